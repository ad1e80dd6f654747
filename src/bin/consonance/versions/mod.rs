//! `consonance versions`: what changed between versions of a text.

mod args;
mod inputs;

use std::io::{self, IsTerminal};

use anyhow::{Result, bail};
use consonance::finding::{Versions, compare_versions};
use consonance::report::{Page, RedlineParams, Report, save, to_json, to_redline, to_side_by_side};

pub(crate) use args::Args;

use crate::command::Outcome;
use crate::output::{has_styles, natural_width, print_bytes, refuse_inputs};
use crate::terminal::layout::Frame;
use crate::terminal::page::page_lines;
use args::FormatArg;

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    refuse_inputs(args.output.as_deref(), &args.versions)?;
    let (texts, outcome) = inputs::read(&args.versions)?;
    write(args, &compare_versions(&texts))?;
    Ok(outcome)
}

fn write(args: &Args, found: &Versions) -> Result<()> {
    if args.format() == FormatArg::Docx && args.output.is_none() && io::stdout().is_terminal() {
        bail!("this form is no text for a terminal: name a file, as in `--output redline.docx`");
    }
    let bytes = match args.format() {
        FormatArg::Text => on_terminal(args, &found.page(args.limit)).into_bytes(),
        FormatArg::Markdown => found.page(args.limit).to_markdown().into_bytes(),
        FormatArg::Csv => found.records().to_csv().into_bytes(),
        FormatArg::Json => to_json(found).into_bytes(),
        FormatArg::Html => to_side_by_side(found).into_bytes(),
        FormatArg::Docx => {
            let params = RedlineParams::default()
                .author(args.author.clone())
                .date(args.date.clone());
            to_redline(found, &params)?
        }
    };
    match &args.output {
        Some(path) => Ok(save(path, bytes)?),
        None => print_bytes(&bytes),
    }
}

fn on_terminal(args: &Args, page: &Page) -> String {
    let is_on_terminal = args.output.is_none() && io::stdout().is_terminal();
    let frame = Frame {
        width: args.width.unwrap_or_else(|| natural_width(is_on_terminal)),
        first: 0,
        rest: 0,
        has_styles: has_styles(is_on_terminal),
    };
    let mut lines = page_lines(page, frame);
    lines.push(String::new());
    lines.join("\n")
}
