//! How the tasks scale: seconds and memory for 10,000, 83,000, 240,000 and a million clauses.
//!
//! The clauses of every size are drawn from the whole collection, so that their lengths are the same. The
//! task of shared passages ends at 240,000: in a collection made from itself, their number grows with the
//! square of the size.
//!
//! `cargo bench --bench scale` prints the table and the exponents; `-- vectors` runs that task only.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark fails loudly and prints what it measured"
)]

use std::env;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use serde_json::{Value, json};

use crate::work::peak_mb;
use crate::work::tasks::run;

#[allow(dead_code, reason = "each benchmark uses a part")]
mod work;

/// The numbers of clauses.
const SIZES: [usize; 4] = [10_000, 83_000, 240_000, 1_000_000];
/// Tasks that scale linearly; the neighbors scale with the reported pairs.
const TASKS: [&str; 5] = ["index", "vectors", "clusters", "runs", "table"];
const SEED: u64 = 6;
/// The task that scales with the pairs it finds, and its maximum number of clauses.
const PAIRWISE: &str = "runs";
const MOST_PAIRWISE: usize = 240_000;
/// Marks the process that runs one task, so that its memory is its own.
const ONE: &str = "--one";

fn main() {
    let arguments: Vec<String> = env::args().skip(1).filter(|a| a != "--bench").collect();
    if let [mark, task, path] = arguments.as_slice()
        && mark == ONE
    {
        let (_, cost) = run(task, Path::new(path));
        println!("{} {} {}", cost.wall, cost.cpu, peak_mb());
        return;
    }
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/treaties/perf_en.jsonl.gz");
    if !source.exists() {
        println!("left out: {} is not there", source.display());
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let texts = texts(&source);
    let inputs: Vec<PathBuf> = SIZES
        .iter()
        .map(|&size| input(&texts, size, folder.path()))
        .collect();
    drop(texts);
    println!(
        "{:<12}{:>10}{:>9}{:>9}{:>10}{:>10}",
        "task", "clauses", "wall s", "CPU s", "peak MB", "exponent"
    );
    let is_wanted = |task: &&&str| arguments.is_empty() || arguments.iter().any(|a| a == **task);
    for task in TASKS.iter().filter(is_wanted) {
        print_growth(task, &inputs);
    }
}

/// Runs a task on each input in a process of its own; the exponent is that of CPU seconds between a size
/// and the preceding one.
fn print_growth(task: &str, inputs: &[PathBuf]) {
    let mut before: Option<(usize, f64)> = None;
    for (&size, input) in SIZES.iter().zip(inputs) {
        if task == PAIRWISE && size > MOST_PAIRWISE {
            continue;
        }
        let program = env::current_exe().unwrap();
        let output = Command::new(program)
            .args([ONE, task])
            .arg(input)
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{task} {size}: {text}");
        let numbers: Vec<f64> = text
            .split_whitespace()
            .map(|n| n.parse().unwrap())
            .collect();
        let (wall, cpu, peak) = (numbers[0], numbers[1], numbers[2]);
        let exponent = before.map_or_else(String::new, |(smaller, seconds)| {
            format!(
                "{:.2}",
                (cpu / seconds).ln() / (size as f64 / smaller as f64).ln()
            )
        });
        println!("{task:<12}{size:>10}{wall:>9.2}{cpu:>9.2}{peak:>10.0}{exponent:>10}");
        before = Some((size, cpu));
    }
}

/// Returns the clauses of a collection in random order: agreement and text.
fn texts(path: &Path) -> Vec<(String, String)> {
    let file = File::open(path).unwrap();
    let lines = BufReader::new(flate2::read::MultiGzDecoder::new(file)).lines();
    let records = lines.map(|line| serde_json::from_str::<Value>(&line.unwrap()).unwrap());
    let field = |record: &Value, name: &str| record[name].as_str().unwrap_or_default().to_owned();
    let mut texts: Vec<(String, String)> = records
        .map(|record| (field(&record, "agreement"), field(&record, "text")))
        .collect();
    texts.shuffle(&mut Xoshiro256PlusPlus::seed_from_u64(SEED));
    texts
}

/// Writes `size` clauses: first those of the collection, then clauses combined from two random ones, each
/// group of a few hundred as an agreement of its own.
fn input(texts: &[(String, String)], size: usize, folder: &Path) -> PathBuf {
    let path = folder.join(format!("{size}.jsonl"));
    let mut out = BufWriter::new(fs::File::create(&path).unwrap());
    let mut random = Xoshiro256PlusPlus::seed_from_u64(SEED);
    for index in 0..size {
        let (agreement, text) = match texts.get(index) {
            Some((agreement, text)) => (agreement.clone(), text.clone()),
            None => (format!("made {}", index / 300), made(texts, &mut random)),
        };
        let record = json!({"agreement": agreement, "text": text, "lang": "en"});
        writeln!(out, "{record}").unwrap();
    }
    path
}

/// Returns the first half of one clause and the second of another, with a few words of neither.
fn made(texts: &[(String, String)], random: &mut Xoshiro256PlusPlus) -> String {
    let mut words: Vec<String> = Vec::new();
    for is_first in [true, false] {
        let text = &texts[random.gen_range(0..texts.len())].1;
        let all: Vec<&str> = text.split_whitespace().collect();
        let half = all.len() / 2;
        let part = if is_first { &all[..half] } else { &all[half..] };
        words.extend(part.iter().map(ToString::to_string));
    }
    for _ in 0..words.len() / 50 {
        let place = random.gen_range(0..words.len());
        words[place] = format!("w{}", random.gen_range(0..50_000));
    }
    words.join(" ")
}
