//! The command line.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::finding::table::TableArgs;
use crate::output::format_by_ending;

const EXAMPLES: &str = "\
Examples:
  consonance versions zero-draft.docx rev1.docx
      what became of each clause, on the terminal
  consonance versions zero-draft.pdf rev1.pdf adopted.pdf --output changes.md
      three versions, each against the one before, as a Markdown file
  consonance versions rev1.docx rev2.docx --output redline.docx --author \"Secretariat\" --date 2026-03-01
      the later version in Word, with tracked insertions and deletions against the earlier one
  consonance versions rev1.docx rev2.docx --output changes.html
      both side by side, one page for a browser
  consonance versions zero-draft.docx rev1.docx --corpus treaties/
      what was dropped, and which agreements of a folder have it
  consonance versions --row \"human rights online\"
      the clauses of a row of the table of the bundled corpus, each against the one before
  consonance versions clauses.jsonl#rev1 clauses.jsonl#rev2 --json
      two texts of one file, by their keys; everything, for a program

A clause is kept, moved, changed, split, merged, new or dropped. Clauses are matched by words, number and
order together; a new number alone, case and punctuation are no change. Whether a clause binds more or
less is told by its verbs of force and its qualifiers, in English, French and Spanish.

Exit status: 0 done; 1 failed; 2 wrong usage; 3 done, but some files were refused.";

/// Compares versions of a text: what became of each clause, with which words, and whether it binds more or less.
///
/// Each version is compared with the one before; all are in one language.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The versions, the earliest first, in any readable format; `FILE#KEY` is one text of a file that holds
    /// several. With --row, the inputs of the table; the bundled corpus if there are none.
    #[arg(required_unless_present = "row", value_name = "VERSION")]
    pub(crate) versions: Vec<PathBuf>,

    /// Compare the clauses of a row of the table, in the order of their dates, each with the one before; part of the
    /// row's name is enough.
    #[arg(long, value_name = "ROW", conflicts_with = "corpus")]
    pub(crate) row: Option<String>,

    /// Tell who has words that were dropped, among these files and folders.
    #[arg(long, value_name = "FOLDER", num_args = 1..)]
    pub(crate) corpus: Vec<PathBuf>,

    /// The most clauses shown of each comparison on the terminal and in Markdown; the other formats have all.
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

    /// In whose name the changes in Word are tracked.
    #[arg(long, value_name = "NAME", default_value = "consonance")]
    pub(crate) author: String,

    /// The date of the changes in Word, such as 2026-03-01 or 2026-03-01T12:00:00Z; none if not given.
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<String>,

    /// The width of the output, in columns; by default that of the terminal, otherwise 80.
    #[arg(long, value_name = "N")]
    pub(crate) width: Option<usize>,

    #[command(flatten, next_help_heading = "The table of --row")]
    pub(crate) table: TableArgs,
}

/// The output format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FormatArg {
    /// For the terminal
    Text,
    /// For a document
    Markdown,
    /// For a spreadsheet: one line for each clause
    Csv,
    /// For a program; complete
    Json,
    /// For Word: tracked insertions and deletions; of two versions
    Docx,
    /// For a browser: one page, side by side
    Html,
}

/// The file extensions that select a format.
const ENDINGS: [(&str, FormatArg); 7] = [
    ("md", FormatArg::Markdown),
    ("markdown", FormatArg::Markdown),
    ("csv", FormatArg::Csv),
    ("json", FormatArg::Json),
    ("docx", FormatArg::Docx),
    ("html", FormatArg::Html),
    ("htm", FormatArg::Html),
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
