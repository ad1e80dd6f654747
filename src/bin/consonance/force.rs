//! How strongly every clause binds, and whom: its class with the deciding words, the addressees, and
//! the qualifiers.

use anyhow::Result;
use consonance::finding::forces;

use crate::command::Outcome;
use crate::finding::{self, Common};
use crate::inputs::tell_unread;

const EXAMPLES: &str = "\
Examples:
  consonance force                         the bundled corpus, class by class
  consonance force treaty.md --limit 100   a text of my own
  consonance force treaties/ --format csv  a line a clause, for a spreadsheet
  consonance force clauses.jsonl --json    everything, for a program

The words that decide may stand in the lead-in: “Signatories pledge” makes each item a commitment.
English, French and Spanish are read; clauses in other languages are “unknown”. What texts bind in
law is a matter of their metadata (`status`), told apart from their wording.

Exit status: 0 done; 1 failed; 2 wrong usage; 3 done, but some files were refused.";

/// Finds how strongly each clause binds, whom, and by which words.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(flatten)]
    common: Common,
}

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    let corpus = finding::load_corpus(&args.common)?;
    let found = forces(&corpus);
    finding::write(&args.common, &found)?;
    Ok(tell_unread(&corpus))
}
