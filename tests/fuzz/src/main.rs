//! Hostile input by chance: changes seeds and gives them to a part of the crate, for some time.
//!
//! ```text
//! cargo run --manifest-path tests/fuzz/Cargo.toml -- segment|read|decisions|query|index SECONDS [SEED] [FOLDER]
//! ```
//!
//! The seeds are the files in FOLDER, by default those of `corpus` and of `tests/data`. An input that panics, or takes
//! more than two seconds, is kept in the folder for temporary files and named; the last line counts.

mod mutate;
mod target;

use std::env;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::mutate::Mutator;
use crate::target::{Decisions, IndexFiles, Queries, Readers, Segmenter, Target, files_below};

/// The longest time of one input.
const SLOW: Duration = Duration::from_secs(2);
/// The largest seed: with larger ones there are too few tries.
const MAX_SEED: usize = 64 << 10;

fn main() -> consonance::error::Result<()> {
    let words: Vec<String> = env::args().skip(1).collect();
    let word = |place: usize| words.get(place).map_or("", String::as_str);
    let mut target: Box<dyn Target> = match word(0) {
        "segment" => Box::new(Segmenter),
        "read" => Box::new(Readers),
        "decisions" => Box::new(Decisions),
        "query" => Box::new(Queries::new()?),
        "index" => Box::new(IndexFiles::new()?),
        other => panic!("no target is named `{other}`"),
    };
    let seconds = word(1)
        .parse()
        .expect("the second word is a number of seconds");
    let seeds = target.seeds(seeds_in(word(3)));
    let mut mutator = Mutator::new(word(2).parse().unwrap_or(20_261_130));
    let start = Instant::now();
    let (mut n_inputs, mut n_broken, mut n_slow) = (0_u64, 0_u64, 0_u64);
    while start.elapsed() < Duration::from_secs(seconds) {
        let (name, bytes) = mutator.changed(&seeds);
        let began = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| target.take(name, &bytes)));
        n_inputs += 1;
        if outcome.is_err() {
            n_broken += 1;
            keep("broken", n_broken, name, &bytes);
        } else if began.elapsed() > SLOW {
            n_slow += 1;
            keep("slow", n_slow, name, &bytes);
        }
    }
    println!(
        "{}: {n_inputs} inputs from {} seeds, {n_broken} broken, {n_slow} slow",
        word(0),
        seeds.len()
    );
    Ok(())
}

fn keep(how: &str, n: u64, name: &str, bytes: &[u8]) {
    let ending = Path::new(name)
        .extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or("txt");
    let path = env::temp_dir().join(format!("consonance-fuzz-{how}-{n}.{ending}"));
    match fs::write(&path, bytes) {
        Ok(()) => println!("{how}: {}", path.display()),
        Err(error) => println!("{how}, and not kept: {error}"),
    }
}

/// Returns the files of a folder, or of the crate's own, that are not large: their names and bytes.
fn seeds_in(folder: &str) -> Vec<(String, Vec<u8>)> {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let own = ["corpus", "tests/data"].map(|name| crate_folder.join(name));
    let folders: Vec<PathBuf> = if folder.is_empty() {
        own.into()
    } else {
        vec![folder.into()]
    };
    let paths = folders.iter().flat_map(|folder| files_below(folder));
    let seeds = paths.filter_map(|path| {
        let bytes = fs::read(&path)
            .ok()
            .filter(|bytes| bytes.len() <= MAX_SEED)?;
        Some((path.file_name()?.to_str()?.to_owned(), bytes))
    });
    seeds.collect()
}
