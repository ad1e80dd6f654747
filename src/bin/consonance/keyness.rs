//! The keyness of each process, over all its texts and within each issue.

use anyhow::Result;
use consonance::finding::keyness;

use crate::command::Outcome;
use crate::finding::table::{self, TableArgs};
use crate::finding::{self, Common};
use crate::inputs::tell_unread;

const EXAMPLES: &str = "\
Examples:
  consonance keyness                                              the bundled corpus, under the issues of its coding
  consonance keyness treaties/                                    a folder, under the issues found in it
  consonance keyness clauses.jsonl --coding mine.jsonl            under the issues of my own table
  consonance keyness treaties/ --issues corpus/norms.toml --json  for a program

Exit status: 0 done; 1 failed; 2 wrong usage; 3 done, but some files were refused.";

/// Finds which words each process uses more or less than the others, with examples.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(flatten)]
    common: Common,

    #[command(flatten)]
    table: TableArgs,
}

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    let study = table::load(&args.common, &args.table)?;
    let found = keyness(&study);
    finding::write(&args.common, &found)?;
    Ok(tell_unread(study.corpus()))
}
