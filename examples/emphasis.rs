//! The keyness of each process, over all its texts and within each issue.

#[path = "finding/mod.rs"]
mod finding;
#[path = "finding/table.rs"]
mod table;

use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;
use consonance::corpus::Corpus;
use consonance::finding::{TableKeynessParams, keyness};

use finding::Common;
use table::TableArgs;

const EXAMPLES: &str = "\
Examples (after `cargo run --release --example emphasis --`):
  (nothing)                      the bundled corpus, under the issues of its coding
  treaties/                      a folder, under the issues found in it
  clauses.jsonl --coding mine.jsonl   under the issues of my own table
  treaties/ --issues corpus/norms.toml --json   for a program

Exit status: 0 done; 1 failed; 2 wrong usage; 3 done, but some files were refused.";

/// Finds which words each process uses more or less than the others, with examples.
#[derive(Debug, Parser)]
#[command(name = "emphasis", version, after_help = EXAMPLES, max_term_width = 100)]
struct Args {
    #[command(flatten)]
    common: Common,

    #[command(flatten)]
    table: TableArgs,
}

fn main() -> ExitCode {
    finding::report_outcome("emphasis", run(&Args::parse()))
}

fn run(args: &Args) -> Result<Corpus> {
    let study = table::load(&args.common, &args.table)?;
    let found = keyness(&study, &TableKeynessParams::default())?;
    finding::write(&args.common, &found)?;
    Ok(study.into_corpus())
}
