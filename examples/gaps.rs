//! What a convergence table lacks: empty cells with the nearest miss, candidate false negatives,
//! issues of one process, and issues that regions and kinds of actors do not address.

#[path = "finding/mod.rs"]
mod finding;
#[path = "finding/table.rs"]
mod table;

use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;
use consonance::corpus::Corpus;
use consonance::finding::gaps;

use finding::Common;
use table::TableArgs;

const EXAMPLES: &str = "\
Examples (after `cargo run --release --example gaps --`):
  (nothing)                      the bundled corpus, under the issues of its coding
  treaties/                      a folder, under the issues found in it
  clauses.jsonl --coding mine.jsonl   what my own table may have missed
  table.docx                     the same for a hand-made comparison table
  treaties/ --issues corpus/norms.toml --json   for a program

Exit status: 0 done; 1 failed; 2 wrong usage; 3 done, but some files were refused.";

/// Finds what a convergence table lacks, and which clauses it may have missed.
#[derive(Debug, Parser)]
#[command(name = "gaps", version, after_help = EXAMPLES, max_term_width = 100)]
struct Args {
    #[command(flatten)]
    common: Common,

    #[command(flatten)]
    table: TableArgs,
}

fn main() -> ExitCode {
    finding::report_outcome("gaps", run(&Args::parse()))
}

fn run(args: &Args) -> Result<Corpus> {
    let study = table::load(&args.common, &args.table)?;
    let found = gaps(&study);
    finding::write(&args.common, &found)?;
    Ok(study.into_corpus())
}
