//! `consonance draft`: a draft compared with the corpus: which words are agreed language, which clauses
//! have precedents, how strongly it binds in comparison, and what is new.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Result;
use consonance::corpus::LoadParams;
use consonance::finding::check_draft;
use consonance::similarity::RepresentationParams;

use crate::command::Outcome;
use crate::finding::{self, Common};
use crate::inputs::{agreement_in, builder, tell_unread};
use crate::sentences::SentenceArgs;

/// The draft to try the subcommand with.
const EXAMPLE: (&str, &str) = ("harbor.md", include_str!("harbor.md"));

/// The most precedents of a clause on the terminal and in Markdown.
const MAX_PRECEDENTS: usize = 2;

const EXAMPLES: &str = "\
Examples:
  consonance draft                                a draft of ours against the bundled corpus
  consonance draft mine.md                        my draft against the bundled corpus
  consonance draft mine.docx treaties/ --limit 2  against a folder, two precedents a clause
  consonance draft mine.md treaties/ --json       everything, with byte ranges, for a program

A clause is a duplicate where nearly the same clause exists, agreed where half of its words or more
stand in other agreements (runs of six words or more that are no formula), partly agreed where some
do, related where others speak of its subject, else new.

Exit status: 0 done; 1 failed; 2 wrong usage; 3 done, but some files were refused.";

/// Finds what of a draft is agreed language, and what is new.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The draft, in any readable format; a bundled example if not given.
    draft: Option<PathBuf>,

    #[command(flatten)]
    sentences: SentenceArgs,

    #[command(flatten)]
    common: Common,
}

pub(crate) fn run(mut args: Args) -> Result<Outcome> {
    args.common.limit = args.common.limit.min(MAX_PRECEDENTS);
    let further: Vec<PathBuf> = args.draft.iter().cloned().collect();
    args.common.refuse_inputs(&further)?;
    let mut builder = builder(&args.common.input, &further, &LoadParams::default())?;
    let file = if let Some(path) = &args.draft {
        path.display().to_string()
    } else {
        builder.add_files(&BTreeMap::from([(EXAMPLE.0, EXAMPLE.1.as_bytes())]))?;
        EXAMPLE.0.to_owned()
    };
    builder.keep_apart(&file);
    let corpus = builder.build()?;
    let draft = agreement_in(&corpus, &file)?;
    let mut params = RepresentationParams::default();
    let representation = args.sentences.represent(&corpus, &mut params)?;
    let found = check_draft(&corpus, &representation, draft);
    finding::write(&args.common, &found)?;
    Ok(tell_unread(&corpus))
}
