//! The main job: from a folder of agreements to the table of what they agree on.
//!
//! ```sh
//! cargo run --release --example converge                     # the bundled corpus
//! cargo run --release --example converge -- my/agreements
//! ```

use std::env;
use std::io::{self, Write};
use std::path::PathBuf;

use consonance::corpus::{Corpus, LoadParams};
use consonance::table::{ConvergeParams, converge};

/// Issues that fewer processes share are not printed.
const MIN_PROCESSES: usize = 3;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Every agreement is read and cut into clauses with their official numbers. What could not be read
    // does not stop the others: it is among the diagnostics.
    let bundled = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
    let folder = env::args_os().nth(1).unwrap_or(bundled.into());
    let corpus = Corpus::load(&[PathBuf::from(folder)], &LoadParams::default())?;

    // Clauses of different processes about one subject make a row. How many rows there are is chosen
    // from the texts, unless `n_clusters` says it.
    let table = converge(&corpus, &ConvergeParams::default())?;

    // The rows are ordered by the number of processes that share them.
    let mut out = io::stdout().lock();
    let shared = table.rows.iter();
    for row in shared.filter(|row| row.n_processes >= MIN_PROCESSES) {
        writeln!(out, "\n{} ({} processes)", row.issue, row.n_processes)?;
        for column in &table.columns {
            for quote in row.cells.get(&column.id).into_iter().flatten() {
                writeln!(out, "  {}: {}", quote.citation, quote.text)?;
            }
        }
    }

    // No clause is dropped: those that share no row are listed, each with its nearest neighbor.
    writeln!(out, "\n{} clauses stand alone", table.alone.len())?;
    for refused in corpus.refused_files() {
        writeln!(io::stderr(), "{refused}")?;
    }
    Ok(())
}
