//! Who addressed an issue first, who followed when and how strongly, and which source each may have used.

#[path = "finding/mod.rs"]
mod finding;
#[path = "finding/table.rs"]
mod table;

use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;
use consonance::corpus::Corpus;
use consonance::finding::timeline;

use finding::Common;
use table::TableArgs;

const EXAMPLES: &str = "\
Examples (after `cargo run --release --example timeline --`):
  (nothing)                      the bundled corpus, under the issues of its coding
  treaties/                      a folder, under the issues found in it
  clauses.jsonl --coding mine.jsonl   under the issues of my own table
  treaties/ --issues corpus/norms.toml --format csv   for a spreadsheet

Exit status: 0 done; 1 failed; 2 wrong usage; 3 done, but some files were refused.";

/// Finds for each issue who addressed it first, who followed, how strongly, and which source each may
/// have used.
#[derive(Debug, Parser)]
#[command(name = "timeline", version, after_help = EXAMPLES, max_term_width = 100)]
struct Args {
    #[command(flatten)]
    common: Common,

    #[command(flatten)]
    table: TableArgs,
}

fn main() -> ExitCode {
    finding::report_outcome("timeline", run(&Args::parse()))
}

fn run(args: &Args) -> Result<Corpus> {
    let study = table::load(&args.common, &args.table)?;
    let found = timeline(&study);
    finding::write(&args.common, &found)?;
    Ok(study.into_corpus())
}
