//! The keyness of each process, over all its texts and within each issue.

use anyhow::Result;
use consonance::finding::keyness;

use crate::command::Outcome;
use crate::finding::table::StudyArgs;

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
    study: StudyArgs,
}

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    args.study.tell(keyness)
}
