//! `consonance reuse`: passages that agreements share, reuse chains, boilerplate; or pairs of texts,
//! compared word by word.

mod args;
mod pairs;
mod view;

use anyhow::Result;
use consonance::corpus::LoadParams;
use consonance::report::{Report, to_json};
use consonance::reuse::{ReuseParams, SharedWording, find_reuse};
use consonance::similarity::{Representation, RepresentationParams};

pub(crate) use args::Args;

use crate::command::Outcome;
use crate::inputs;
use crate::output::print;
use args::FormatArg;

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    let corpus = inputs::load(&args.input, &LoadParams::default())?;
    if let Some(path) = &args.pairs {
        print(&pairs::answer(args, path, &corpus)?)?;
        return Ok(inputs::tell_unread(&corpus));
    }
    let representation = Representation::of(&corpus, &RepresentationParams::default())?;
    let mut params = ReuseParams::default();
    params.min_run_words = args.min_words;
    params.max_pairs = args.max_pairs;
    let wording = SharedWording::of(&corpus, &representation, params.min_run_words);
    let found = find_reuse(&corpus, &representation, &wording, &params);
    let text = match args.format() {
        FormatArg::Text => view::render(&corpus, &found, args.width),
        FormatArg::Markdown => found.page(usize::MAX).to_markdown(),
        FormatArg::Csv => found.records().to_csv(),
        FormatArg::Json => to_json(&found),
    };
    print(&text)?;
    Ok(inputs::tell_unread(&corpus))
}
