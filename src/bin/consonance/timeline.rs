//! Who addressed an issue first, who followed when and how strongly, and which source each may have used.

use anyhow::Result;
use consonance::finding::timeline;

use crate::command::Outcome;
use crate::finding::table::StudyArgs;

const EXAMPLES: &str = "\
Examples:
  consonance timeline                                                    the bundled corpus, under the issues of its coding
  consonance timeline treaties/                                          a folder, under the issues found in it
  consonance timeline clauses.jsonl --coding mine.jsonl                  under the issues of my own table
  consonance timeline treaties/ --issues corpus/norms.toml --format csv  for a spreadsheet

Exit status: 0 done; 1 failed; 2 wrong usage; 3 done, but some files were refused.";

/// Finds for each issue who addressed it first, who followed, how strongly, and which source each may
/// have used.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(flatten)]
    study: StudyArgs,
}

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    args.study.tell(timeline)
}
