//! `consonance versions`: what changed between versions of a text.

mod args;
mod inputs;

use anyhow::{Result, bail};
use consonance::corpus::LoadParams;
use consonance::finding::{Versions, compare_versions, row_versions};
use consonance::report::{RedlineParams, Report, to_json, to_redline, to_side_by_side};
use consonance::similarity::{Representation, RepresentationParams};
use consonance::table::find_row;

pub(crate) use args::Args;

use crate::command::Outcome;
use crate::finding::on_terminal;
use crate::finding::table::study;
use crate::inputs::{load, tell_unread};
use crate::output::{deliver, refuse_inputs, refuse_terminal};
use args::FormatArg;

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    let read = [&args.versions[..], &args.corpus, &args.table.files()].concat();
    refuse_inputs(args.output.as_deref(), &read)?;
    if args.format() == FormatArg::Docx {
        refuse_terminal(args.output.as_deref(), "redline.docx")?;
    }
    if let Some(name) = &args.row {
        let study = study(&args.versions, &args.table)?;
        let row = find_row(study.table(), name)?;
        write(args, &row_versions(&study, row))?;
        return Ok(tell_unread(study.corpus()));
    }
    if args.table.is_given() {
        bail!("--coding, --issues and --clusters say what the rows are: add --row ROW");
    }
    if args.versions.len() < 2 {
        bail!("a version is compared with another: name two or more");
    }
    let (texts, mut outcome) = inputs::read(&args.versions)?;
    let mut found = compare_versions(&texts);
    if !args.corpus.is_empty() {
        let corpus = load(&args.corpus, &LoadParams::default())?;
        let representation = Representation::of(&corpus, &RepresentationParams::default())?;
        found = found.with_dropped_in(&corpus, &representation);
        if tell_unread(&corpus) == Outcome::SomeRefused {
            outcome = Outcome::SomeRefused;
        }
    }
    write(args, &found)?;
    Ok(outcome)
}

fn write(args: &Args, found: &Versions) -> Result<()> {
    let bytes = match args.format() {
        FormatArg::Text => {
            on_terminal(&found.page(args.limit), args.width, args.output.as_deref()).into_bytes()
        }
        FormatArg::Markdown => found.page(args.limit).to_markdown().into_bytes(),
        FormatArg::Csv => found.records().to_csv().into_bytes(),
        FormatArg::Json => to_json(found).into_bytes(),
        FormatArg::Html => to_side_by_side(found).into_bytes(),
        FormatArg::Docx => {
            let params = RedlineParams::default()
                .author(args.author.as_str())
                .date(args.date.clone());
            to_redline(found, &params)?
        }
    };
    deliver(args.output.as_deref(), &bytes)
}
