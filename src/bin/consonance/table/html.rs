//! The page for a browser: the table with all findings on it.

use std::path::Path;

use anyhow::{Result, bail};
use consonance::corpus::Corpus;
use consonance::finding::{DraftCheck, Findings, Study, check_draft};
use consonance::id::AgreementId;
use consonance::report::{HtmlParams, to_html};
use consonance::similarity::Representation;
use consonance::table::ConvergeParams;

use super::args::Args;
use super::find::load_params;
use crate::inputs;

/// Returns the page of a table.
pub(crate) fn page(args: &Args, study: &Study, params: &ConvergeParams) -> Result<String> {
    let mut findings = Findings::of(study)?;
    findings.corrections = params.corrections.as_ref();
    findings.draft = match &args.draft {
        Some(path) => Some(checked_draft(args, path, params)?),
        None => None,
    };
    let mut page = HtmlParams::default();
    if let Some(title) = &args.title {
        page.title.clone_from(title);
    }
    Ok(to_html(&findings, &page))
}

/// Returns a draft compared with the inputs, in a corpus of its own, because it is not part of the table.
fn checked_draft(args: &Args, path: &Path, params: &ConvergeParams) -> Result<DraftCheck> {
    let load = load_params(args);
    let alone = Corpus::load(&[path.to_owned()], &load)?;
    let [draft] = alone.agreements() else {
        bail!("a draft is one text, and {} holds several", path.display());
    };
    let corpus = inputs::builder(&args.input, &[path.to_owned()], &load)?.build()?;
    let mut agreements = corpus.agreements().iter();
    let Some(place) = agreements.position(|agreement| agreement.text == draft.text) else {
        bail!("{} was refused", path.display());
    };
    let representation = Representation::of(&corpus, &params.representation)?;
    let draft = AgreementId::new(place);
    Ok(check_draft(&corpus, &representation, draft))
}
