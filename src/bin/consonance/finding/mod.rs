//! The shared parts of the subcommands of findings: their inputs and output. The table that most of
//! them need is made in `table.rs`.

pub(crate) mod examples;
pub(crate) mod table;

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use consonance::corpus::{Corpus, LoadParams};
use consonance::report::{Page, Report, save, to_json};
use serde::Serialize;

use crate::inputs;
use crate::output::{has_styles, natural_width, print, refuse_inputs};
use crate::terminal::layout::Frame;
use crate::terminal::page::page_lines;

/// The options of every subcommand of a finding.
#[derive(Debug, Args)]
pub(crate) struct Common {
    /// Folders and files to read; the bundled corpus if none is given.
    pub(crate) input: Vec<PathBuf>,

    /// The most entries of each section on the terminal and in Markdown; CSV and JSON have all.
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) limit: usize,

    /// The output format.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// The same as --format json.
    #[arg(long, conflicts_with = "format")]
    json: bool,

    /// Write to this file instead of the terminal.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// The width of the output, in columns; by default that of the terminal, otherwise 80.
    #[arg(long, value_name = "N")]
    width: Option<usize>,
}

/// The output format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For the terminal
    Text,
    /// For a document
    Markdown,
    /// For a spreadsheet
    Csv,
    /// For a program; complete
    Json,
    /// A network only: for network programs
    Graphml,
    /// A network only: its edges, for a spreadsheet
    Edges,
    /// A network only: for Gephi
    Gexf,
}

impl Common {
    /// Refuses to write over the inputs, or over further files that are read.
    pub(crate) fn refuse_inputs(&self, further: &[PathBuf]) -> Result<()> {
        let inputs = [&self.input[..], further].concat();
        refuse_inputs(self.output.as_deref(), &inputs)
    }

    /// Returns the file that is written, if it is one.
    pub(crate) fn output(&self) -> Option<&Path> {
        self.output.as_deref()
    }

    /// Returns the requested format.
    pub(crate) fn format(&self) -> Format {
        if self.json { Format::Json } else { self.format }
    }
}

/// Reads the inputs.
pub(crate) fn load_corpus(args: &Common) -> Result<Corpus> {
    args.refuse_inputs(&[])?;
    inputs::load(&args.input, &LoadParams::default())
}

/// Writes a finding in the requested format.
pub(crate) fn write(args: &Common, finding: &(impl Report + Serialize)) -> Result<()> {
    let text = match args.format() {
        Format::Json => to_json(finding),
        Format::Markdown => finding.page(args.limit).to_markdown(),
        Format::Csv => finding.records().to_csv(),
        Format::Text => on_terminal(
            &finding.page(args.limit),
            args.width,
            args.output.as_deref(),
        ),
        Format::Graphml | Format::Edges | Format::Gexf => bail!("this finding is no network"),
    };
    write_text(args, &text)
}

/// Writes a text to the requested file or the terminal.
pub(crate) fn write_text(args: &Common, text: &str) -> Result<()> {
    match &args.output {
        Some(path) => Ok(save(path, text)?),
        None => print(text),
    }
}

/// Returns a page as lines for a terminal, or for a file, of a width if one is given.
pub(crate) fn on_terminal(page: &Page, width: Option<usize>, output: Option<&Path>) -> String {
    let is_on_terminal = output.is_none() && io::stdout().is_terminal();
    let frame = Frame {
        width: width.unwrap_or_else(|| natural_width(is_on_terminal)),
        first: 0,
        rest: 0,
        has_styles: has_styles(is_on_terminal),
    };
    let mut lines = page_lines(page, frame);
    lines.push(String::new());
    lines.join("\n")
}
