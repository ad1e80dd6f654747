//! A draft compared with the corpus: which words are agreed language, which clauses have precedents,
//! how strongly it binds in comparison, and what is new.

#[path = "../finding/mod.rs"]
mod finding;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::Parser;
use consonance::corpus::{Corpus, LoadParams};
use consonance::finding::check_draft;
use consonance::id::AgreementId;
use consonance::similarity::{Representation, RepresentationParams};

use finding::Common;

/// A draft to try the program with.
const EXAMPLE_DRAFT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/draft/harbor.md");

/// The most precedents of a clause on the terminal and in Markdown.
const MAX_PRECEDENTS: usize = 2;

const EXAMPLES: &str = "\
Examples (after `cargo run --release --example draft --`):
  (nothing)                      a draft of ours against the bundled corpus
  mine.md                        my draft against the bundled corpus
  mine.docx treaties/ --limit 2  against a folder, two precedents a clause
  mine.md treaties/ --json       everything, with byte ranges, for a program

A clause is a duplicate where nearly the same clause exists, agreed where half of its words or more
stand in other agreements (runs of six words or more that are no formula), partly agreed where some
do, related where others speak of its subject, else new.

Exit status: 0 done; 1 failed; 2 wrong usage; 3 done, but some files were refused.";

/// Finds what of a draft is agreed language, and what is new.
#[derive(Debug, Parser)]
#[command(name = "draft", version, after_help = EXAMPLES, max_term_width = 100)]
struct Args {
    /// The draft, in any readable format; a bundled example if not given.
    draft: Option<PathBuf>,

    #[command(flatten)]
    common: Common,
}

fn main() -> ExitCode {
    let mut args = Args::parse();
    args.common.limit = args.common.limit.min(MAX_PRECEDENTS);
    finding::report_outcome("draft", run(&args))
}

fn run(args: &Args) -> Result<Corpus> {
    let path = args.draft.as_deref().unwrap_or(Path::new(EXAMPLE_DRAFT));
    let corpus = finding::load_corpus(&args.common, &[path.to_owned()])?;
    let draft = agreement_of(&corpus, path)?;
    let representation = Representation::of(&corpus, &RepresentationParams::default())?;
    let found = check_draft(&corpus, &representation, draft);
    finding::write(&args.common, &found)?;
    Ok(corpus)
}

/// Returns the agreement of the corpus that is the draft: the one with its text.
fn agreement_of(corpus: &Corpus, path: &Path) -> Result<AgreementId> {
    let alone = Corpus::load(&[path.to_owned()], &LoadParams::default())?;
    let [draft] = alone.agreements() else {
        bail!("a draft is one text, and {} holds several", path.display());
    };
    let place = corpus
        .agreements()
        .iter()
        .position(|agreement| agreement.text == draft.text);
    match place {
        Some(place) => Ok(AgreementId::new(place)),
        None => bail!("{} was refused", path.display()),
    }
}
