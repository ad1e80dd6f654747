//! Text reuse in a corpus: passages, reuse chains, boilerplate; or pairs of texts, compared word by word.
//!
//! Run `cargo run --release --example borrowing -- --help` for the options.

mod args;
#[path = "../converge/layout.rs"]
#[allow(
    dead_code,
    reason = "the table of issues needs more of it than this program"
)]
mod layout;
#[allow(dead_code, reason = "the width is an argument here")]
#[path = "../converge/output.rs"]
mod output;
mod pairs;
mod view;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;
use consonance::corpus::{Corpus, LoadParams};
use consonance::report::{Report, to_json};
use consonance::reuse::{ReuseParams, SharedWording, find_reuse};
use consonance::similarity::{Representation, RepresentationParams};

use args::{Args, FormatArg};
use output::{is_closed_pipe, print, tell};

/// The folder of the bundled corpus, next to the program's sources.
const BUNDLED_CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
const FAILED: u8 = 1;
const SOME_REFUSED: u8 = 3;

fn main() -> ExitCode {
    let args = Args::parse();
    match run(&args) {
        Ok(status) => status,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            tell(&format!("borrowing: {error:#}"));
            ExitCode::from(FAILED)
        }
    }
}

fn run(args: &Args) -> Result<ExitCode> {
    let inputs = match &args.input[..] {
        [] => vec![PathBuf::from(BUNDLED_CORPUS)],
        given => given.to_vec(),
    };
    let corpus = Corpus::load(&inputs, &LoadParams::default())?;
    if let Some(path) = &args.pairs {
        print(&pairs::answer(args, path, &corpus)?)?;
        return Ok(ExitCode::SUCCESS);
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
    let refused: Vec<String> = corpus.refused_files().map(ToString::to_string).collect();
    for line in &refused {
        tell(line);
    }
    Ok(if refused.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(SOME_REFUSED)
    })
}
