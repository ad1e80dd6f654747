//! How strongly every clause binds, and whom: its class with the deciding words, the addressees, and
//! the qualifiers.

#[path = "finding/mod.rs"]
mod finding;

use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;
use consonance::corpus::Corpus;
use consonance::finding::forces;

use finding::Common;

const EXAMPLES: &str = "\
Examples (after `cargo run --release --example force --`):
  (nothing)                      the bundled corpus, class by class
  treaty.md --limit 100          a text of my own
  treaties/ --format csv         a line a clause, for a spreadsheet
  clauses.jsonl --json           everything, for a program

The words that decide may stand in the lead-in: “Signatories pledge” makes each item a commitment.
English, French and Spanish are read; clauses in other languages are “unknown”. What texts bind in
law is a matter of their metadata (`status`), told apart from their wording.

Exit status: 0 done; 1 failed; 2 wrong usage; 3 done, but some files were refused.";

/// Finds how strongly each clause binds, whom, and by which words.
#[derive(Debug, Parser)]
#[command(name = "force", version, after_help = EXAMPLES, max_term_width = 100)]
struct Args {
    #[command(flatten)]
    common: Common,
}

fn main() -> ExitCode {
    finding::report_outcome("force", run(&Args::parse()))
}

fn run(args: &Args) -> Result<Corpus> {
    let corpus = finding::load_corpus(&args.common, &[])?;
    let found = forces(&corpus);
    finding::write(&args.common, &found)?;
    Ok(corpus)
}
