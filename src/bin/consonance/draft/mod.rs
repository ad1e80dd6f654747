//! `consonance draft`: a draft compared with the corpus: which words are agreed language, which clauses
//! have precedents, how strongly it binds in comparison, and what is new.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Result, bail};
use consonance::corpus::{Corpus, CorpusBuilder, LoadParams};
use consonance::finding::check_draft;
use consonance::id::AgreementId;
use consonance::similarity::{Representation, RepresentationParams};

use crate::command::Outcome;
use crate::finding::{self, Common};
use crate::inputs::{builder, tell_unread};

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
    common: Common,
}

pub(crate) fn run(mut args: Args) -> Result<Outcome> {
    args.common.limit = args.common.limit.min(MAX_PRECEDENTS);
    let further: Vec<PathBuf> = args.draft.iter().cloned().collect();
    args.common.refuse_inputs(&further)?;
    let params = LoadParams::default();
    let mut all = builder(&args.common.input, &further, &params)?;
    let mut alone = CorpusBuilder::with_params(&params);
    if further.is_empty() {
        let example = BTreeMap::from([(EXAMPLE.0, EXAMPLE.1.as_bytes())]);
        all.add_files(&example)?;
        alone.add_files(&example)?;
    } else {
        alone.add_paths(&further)?;
    }
    let corpus = all.build()?;
    let draft = agreement_of(&corpus, &alone.build()?)?;
    let representation = Representation::of(&corpus, &RepresentationParams::default())?;
    let found = check_draft(&corpus, &representation, draft);
    finding::write(&args.common, &found)?;
    Ok(tell_unread(&corpus))
}

/// Returns the agreement of the corpus that is the draft: the one with its text.
fn agreement_of(corpus: &Corpus, alone: &Corpus) -> Result<AgreementId> {
    let [draft] = alone.agreements() else {
        bail!("a draft is one text, and this file holds several");
    };
    let mut agreements = corpus.agreements().iter();
    match agreements.position(|agreement| agreement.text == draft.text) {
        Some(place) => Ok(AgreementId::new(place)),
        None => bail!("the draft was refused"),
    }
}
