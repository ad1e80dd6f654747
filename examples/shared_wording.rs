//! Finds whose words are in whose text: passages that agreements share, from the earlier to the later.
//!
//! ```sh
//! cargo run --release --example shared_wording
//! cargo run --release --example shared_wording -- my/agreements
//! ```

use std::env;
use std::io::{self, Write};
use std::path::PathBuf;

use consonance::corpus::{Corpus, Direction, LoadParams};
use consonance::reuse::{ReuseParams, SharedWording, find_reuse};
use consonance::similarity::{Representation, RepresentationParams};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let bundled = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
    let folder = env::args_os().nth(1).unwrap_or(bundled.into());
    let corpus = Corpus::load(&[PathBuf::from(folder)], &LoadParams::default())?;

    // All passages of six words or more are found once. Which of them are boilerplate is decided by the
    // subjects of the clauses that have them, which the representation knows.
    let params = ReuseParams::default();
    let representation = Representation::of(&corpus, &RepresentationParams::default())?;
    let wording = SharedWording::of(&corpus, &representation, params.min_run_words);
    let found = find_reuse(&corpus, &representation, &wording, &params);

    let mut out = io::stdout().lock();
    let is_own = |pair: &&consonance::reuse::ReusePair| !pair.is_formula_only();
    for pair in found.pairs.iter().filter(is_own).take(5) {
        // The direction is by the day of publication: the later text need not have its words from the
        // earlier, both may have them from a third.
        let (earlier, later) = match pair.direction {
            Direction::BToA => (&pair.b, &pair.a),
            _ => (&pair.a, &pair.b),
        };
        writeln!(
            out,
            "\n{} -> {}: {} words",
            earlier.citation, later.citation, pair.n_words
        )?;
        writeln!(out, "  {}", pair.overlap.grade.name())?;
        for passage in &pair.runs {
            writeln!(out, "  “{}”", passage.words)?;
        }
    }
    writeln!(
        out,
        "\n{} passages are boilerplate",
        found.boilerplate.len()
    )?;
    Ok(())
}
