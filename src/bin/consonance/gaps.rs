//! What a convergence table lacks: empty cells with the nearest miss, candidate false negatives,
//! issues of one process, and issues that regions and kinds of actors do not address.

use anyhow::Result;
use consonance::finding::gaps;

use crate::command::Outcome;
use crate::finding::table::{self, TableArgs};
use crate::finding::{self, Common};
use crate::inputs::tell_unread;

const EXAMPLES: &str = "\
Examples:
  consonance gaps                                              the bundled corpus, under the issues of its coding
  consonance gaps treaties/                                    a folder, under the issues found in it
  consonance gaps clauses.jsonl --coding mine.jsonl            what my own table may have missed
  consonance gaps table.docx                                   the same for a hand-made comparison table
  consonance gaps treaties/ --issues corpus/norms.toml --json  for a program

Exit status: 0 done; 1 failed; 2 wrong usage; 3 done, but some files were refused.";

/// Finds what a convergence table lacks, and which clauses it may have missed.
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
    let found = gaps(&study);
    finding::write(&args.common, &found)?;
    Ok(tell_unread(study.corpus()))
}
