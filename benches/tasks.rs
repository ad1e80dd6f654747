//! The cost of the long tasks on a real collection: seconds, CPU seconds, memory.
//!
//! `cargo bench --bench tasks -- vectors table` runs some; see the README in this folder.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark fails loudly and prints what it measured"
)]

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::work::tasks::{TASKS, run};
use crate::work::{load, n_bytes, peak_mb};

#[allow(dead_code, reason = "each benchmark uses a part")]
mod work;

/// Marks the process that runs one task, so that its memory is its own.
const ONE: &str = "--one";

fn main() {
    let arguments: Vec<String> = env::args().skip(1).filter(|a| a != "--bench").collect();
    let path = input();
    if !path.exists() {
        println!("left out: {} is not there", path.display());
        return;
    }
    if let [mark, task] = arguments.as_slice()
        && mark == ONE
    {
        let (found, cost) = run(task, &path);
        println!(
            "{task:<12}{:>8.2}{:>8.2}{:>9.0}  {found}",
            cost.wall,
            cost.cpu,
            peak_mb()
        );
        return;
    }
    let corpus = load(&path);
    let megabytes = n_bytes(&corpus) as f64 / 1e6;
    println!(
        "{} clauses, {megabytes:.1} MB of text",
        corpus.clauses().len()
    );
    drop(corpus);
    println!(
        "{:<12}{:>8}{:>8}{:>9}  found",
        "task", "wall s", "CPU s", "peak MB"
    );
    let is_wanted = |task: &&&str| arguments.is_empty() || arguments.iter().any(|a| a == **task);
    for task in TASKS.iter().filter(is_wanted) {
        let program = env::current_exe().unwrap();
        let status = Command::new(program).args([ONE, task]).status().unwrap();
        assert!(status.success(), "{task}");
    }
}

fn input() -> PathBuf {
    let default = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/treaties/trade_paragraphs.jsonl.gz"
    );
    env::var_os("INPUT").map_or_else(|| Path::new(default).to_owned(), PathBuf::from)
}
