//! The command line.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::output::format_by_ending;

const EXAMPLES: &str = "\
Examples:
  consonance check paper.docx treaties/
      what of the paper's quotations has to be corrected, on the terminal
  consonance check paper.pdf treaties/ --output quotations.md
      the same as a Markdown file
  consonance check paper.docx treaties/ --output checked.docx --author \"Secretariat\"
      a copy of the paper in Word with a comment on each quotation
  consonance check paper.md gge2015.md paris2018.md --json
      everything, for a program

A quotation is what stands in quotation marks of any language, or in a paragraph set apart (`>` in Markdown,
a style of quotations or an indent on both sides in Word), with four words or more; runs of eight words or
more that the corpus has are told as unmarked. It is exact, exact but for punctuation or case, altered,
right under a wrong number, or not found. An ellipsis and brackets are understood. Numbers near a quotation
(norm 13(c), para. 4) are held against the clauses with its words, others against the agreement named.

Exit status: 0 all is right; 1 something is altered, under a wrong number, unknown or not found; 2 failed, or
wrong usage; 3 all is right, but some files were refused.";

/// Checks whether a paper quotes and cites agreements right.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The paper, in any readable format.
    pub(crate) paper: PathBuf,

    /// Folders and files with the agreements it quotes; the bundled corpus if none is given.
    pub(crate) corpus: Vec<PathBuf>,

    /// The most quotations shown of each verdict on the terminal and in Markdown; the other formats have all.
    #[arg(long, value_name = "N", default_value_t = 1_000)]
    pub(crate) limit: usize,

    /// The output format; by default that of the ending of --output, otherwise text for the terminal.
    #[arg(long, value_enum)]
    format: Option<FormatArg>,

    /// The same as --format json.
    #[arg(long, conflicts_with = "format")]
    json: bool,

    /// Write to this file instead of the terminal.
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// In whose name the comments in Word are.
    #[arg(long, value_name = "NAME", default_value = "consonance")]
    pub(crate) author: String,

    /// The date of the comments in Word, such as 2026-03-01 or 2026-03-01T12:00:00Z; none if not given.
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<String>,

    /// The width of the output, in columns; by default that of the terminal, otherwise 80.
    #[arg(long, value_name = "N")]
    pub(crate) width: Option<usize>,
}

/// The output format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FormatArg {
    /// For the terminal
    Text,
    /// For a document
    Markdown,
    /// For a spreadsheet: one line for each quotation and each reference
    Csv,
    /// For a program; complete
    Json,
    /// For Word: the paper with a comment on each quotation
    Docx,
}

/// The file extensions that select a format.
const ENDINGS: [(&str, FormatArg); 5] = [
    ("md", FormatArg::Markdown),
    ("markdown", FormatArg::Markdown),
    ("csv", FormatArg::Csv),
    ("json", FormatArg::Json),
    ("docx", FormatArg::Docx),
];

impl Args {
    pub(crate) fn format(&self) -> FormatArg {
        if self.json {
            return FormatArg::Json;
        }
        let by_ending = format_by_ending(self.output.as_deref(), &ENDINGS);
        self.format.or(by_ending).unwrap_or(FormatArg::Text)
    }
}
