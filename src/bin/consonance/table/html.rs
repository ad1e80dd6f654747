//! The page for a browser: the table with all findings on it.

use std::path::Path;

use anyhow::Result;
use consonance::finding::{DraftCheck, Findings, Study, check_draft};
use consonance::report::{HtmlParams, to_html};
use consonance::similarity::Representation;
use consonance::table::{ConvergeParams, Doubt, DoubtParams, doubts};

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
    findings.doubts = asked(args, study, params)?;
    let mut page = HtmlParams::default();
    if let Some(title) = &args.title {
        page.title.clone_from(title);
    }
    Ok(to_html(&findings, &page))
}

/// Returns the clauses that the page asks about: none of a table whose rows were given whole, which takes no corrections.
fn asked(args: &Args, study: &Study, params: &ConvergeParams) -> Result<Vec<Doubt>> {
    if args.ask == 0 || args.from_table.is_some() {
        return Ok(Vec::new());
    }
    let guided = DoubtParams::default().guide(params.guide.clone());
    let asking = guided.most(args.ask);
    let (corpus, representation) = (study.corpus(), study.representation());
    Ok(doubts(corpus, representation, study.table(), &asking)?)
}

/// Returns a draft compared with the inputs, in a corpus of its own, because it is not part of the table.
fn checked_draft(args: &Args, path: &Path, params: &ConvergeParams) -> Result<DraftCheck> {
    let file = path.display().to_string();
    let mut builder = inputs::builder(&args.input, &[path.to_owned()], &load_params(args))?;
    builder.keep_apart(&file);
    let corpus = builder.build()?;
    let draft = inputs::agreement_in(&corpus, &file)?;
    let representation = Representation::of(&corpus, &params.representation)?;
    Ok(check_draft(&corpus, &representation, draft))
}
