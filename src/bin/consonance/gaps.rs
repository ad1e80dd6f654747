//! What a convergence table lacks: empty cells with the nearest miss, candidate false negatives,
//! issues of one process, and issues that regions and kinds of actors do not address.

use anyhow::Result;
use consonance::finding::gaps;

use crate::command::Outcome;
use crate::finding::table::StudyArgs;

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
    study: StudyArgs,
}

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    args.study.tell(gaps)
}
