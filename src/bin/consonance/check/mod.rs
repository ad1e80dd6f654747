//! `consonance check`: whether a paper quotes and cites agreements right.

mod args;

use std::fs;

use anyhow::{Context, Result};
use consonance::corpus::LoadParams;
use consonance::finding::{Paper, Quotations, check_quotations};
use consonance::read::ReadLimits;
use consonance::report::{RedlineParams, Report, to_commented, to_json};
use consonance::similarity::{Representation, RepresentationParams};

pub(crate) use args::Args;

use crate::command::Outcome;
use crate::finding::on_terminal;
use crate::inputs::{load, tell_unread, tell_unread_of};
use crate::output::{deliver, refuse_inputs, refuse_terminal};
use args::FormatArg;

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    let read = [std::slice::from_ref(&args.paper), &args.corpus].concat();
    refuse_inputs(args.output.as_deref(), &read)?;
    if args.format() == FormatArg::Docx {
        refuse_terminal(args.output.as_deref(), "checked.docx")?;
    }
    let bytes = fs::read(&args.paper).with_context(|| args.paper.display().to_string())?;
    let name = args.paper.file_name().unwrap_or_default().to_string_lossy();
    let paper = Paper::read(&bytes, &name, &ReadLimits::default())?;
    let corpus = load(&args.corpus, &LoadParams::default())?;
    // Only the words are searched: no dimensions of them are needed.
    let params = RepresentationParams::default().reduction(None);
    let representation = Representation::of(&corpus, &params)?;
    let found = check_quotations(&corpus, &representation, &paper);
    write(args, &found, &paper)?;
    let outcomes = [tell_unread_of(paper.diagnostics()), tell_unread(&corpus)];
    if !found.is_all_right() {
        return Ok(Outcome::Differs);
    }
    let is_refused = outcomes.contains(&Outcome::SomeRefused);
    Ok(if is_refused {
        Outcome::SomeRefused
    } else {
        Outcome::Done
    })
}

fn write(args: &Args, found: &Quotations, paper: &Paper) -> Result<()> {
    let page = || found.page(args.limit);
    let bytes = match args.format() {
        FormatArg::Text => on_terminal(&page(), args.width, args.output.as_deref()).into_bytes(),
        FormatArg::Markdown => page().to_markdown().into_bytes(),
        FormatArg::Csv => found.records().to_csv().into_bytes(),
        FormatArg::Json => to_json(found).into_bytes(),
        FormatArg::Docx => {
            let params = RedlineParams::default().author(args.author.as_str());
            to_commented(found, paper, &params.date(args.date.clone()))?
        }
    };
    deliver(args.output.as_deref(), &bytes)
}
