//! The timed tasks, each on a corpus of its own, with their cost.

use std::fs;
use std::path::Path;
use std::time::Instant;

use consonance::corpus::{Corpus, LoadParams};

pub(crate) mod tasks;

/// The cost of some work: elapsed seconds, and CPU seconds of all threads.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    pub(crate) wall: f64,
    pub(crate) cpu: f64,
}

/// Runs some work and returns its result and cost.
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (T, Cost) {
    let (start, cpu) = (Instant::now(), cpu_seconds());
    let answer = work();
    let cost = Cost {
        wall: start.elapsed().as_secs_f64(),
        cpu: cpu_seconds() - cpu,
    };
    (answer, cost)
}

/// Returns the CPU seconds of this process's threads, to a hundredth.
fn cpu_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(") ").next().unwrap_or_default();
    let ticks = after_name.split(' ').skip(11).take(2);
    ticks.filter_map(|n| n.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// Returns the peak memory of this process, in MB.
pub(crate) fn peak_mb() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kb = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok());
    kb.unwrap_or(0.0) / 1000.0
}

/// Loads the corpus of a file of records.
pub(crate) fn load(path: &Path) -> Corpus {
    Corpus::load(&[path.to_owned()], &LoadParams::default()).unwrap()
}

/// Returns the total bytes of all clauses.
pub(crate) fn n_bytes(corpus: &Corpus) -> usize {
    corpus.clause_ids().map(|id| corpus.text(id).len()).sum()
}
