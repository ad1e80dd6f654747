//! The cost of comparable Rust crates: elapsed seconds, CPU seconds, peak MB, and the result.
//!
//! `peers TASK FILE.jsonl`: `index`, `vectors` or `clusters`; `peers.py` in the parent folder runs them in
//! turn with the library's own tasks.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::time::Instant;

use serde_json::Value;

mod clusters;
mod index;
mod vectors;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [task, path] = arguments.as_slice() else {
        panic!("usage: peers index|vectors|clusters FILE.jsonl");
    };
    let path = Path::new(path);
    let (found, (wall, cpu)) = match task.as_str() {
        "index" => timed(|| index::run(path)),
        "vectors" => {
            let texts = texts(path);
            timed(|| vectors::run(texts))
        }
        "clusters" => {
            let rows = clusters::rows();
            timed(|| clusters::run(rows))
        }
        other => panic!("there is no task `{other}`"),
    };
    println!("{wall} {cpu} {} {found}", peak_mb());
}

/// Returns the records of a file, one JSON object per line.
fn records(path: &Path) -> impl Iterator<Item = Value> {
    let lines = BufReader::new(File::open(path).unwrap()).lines();
    lines.map(|line| serde_json::from_str(&line.unwrap()).unwrap())
}

fn texts(path: &Path) -> Vec<String> {
    let text = |record: Value| record["text"].as_str().unwrap_or_default().to_owned();
    records(path).map(text).collect()
}

fn timed(work: impl FnOnce() -> Value) -> (Value, (f64, f64)) {
    let (start, cpu) = (Instant::now(), cpu_seconds());
    let found = work();
    (found, (start.elapsed().as_secs_f64(), cpu_seconds() - cpu))
}

fn cpu_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(") ").next().unwrap_or_default();
    let ticks = after_name.split(' ').skip(11).take(2);
    ticks.filter_map(|n| n.parse::<f64>().ok()).sum::<f64>() / 100.0
}

fn peak_mb() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kb = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok());
    kb.unwrap_or(0.0_f64) / 1000.0
}
