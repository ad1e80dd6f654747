//! The command line.

use std::path::PathBuf;

use crate::sentences::SentenceArgs;

const EXAMPLES: &str = "\
Examples:
  consonance review treaties/ --corrections mine.toml
      asks about the twenty most doubtful clauses, one key an answer
  consonance table treaties/ --corrections mine.toml
      the table with these answers
  consonance review treaties/ --issues issues.toml --ask 10 --corrections mine.toml --author \"A. Keeper\"
      about clauses under given issues, signed
  consonance review treaties/ --list --output doubts.docx
      the same as a form for a colleague; doubts.md and doubts.csv are other forms
  consonance review treaties/ --answers doubts.docx --corrections mine.toml
      reads the form that came back
  consonance review treaties/ --rows --corrections mine.toml --output issues.toml
      cuts rows finer than the table and asks for the name of each; rows of one name are one

Keys: h here, 1 to 3 that row instead, b both, a alone, n another or a new row, s skip, u undo, q quit.
Answers can be piped as well, a line each. What is answered is not asked again.

Exit status: 0 done; 1 failed; 2 wrong usage; 3 done, but some files or answers were refused.";

/// Asks about the clauses whose place in the table is unsure, and keeps the answers as corrections.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Folders and files to read; the bundled corpus if none is given.
    pub(crate) input: Vec<PathBuf>,

    /// A TOML file of given issues, as for `consonance table`.
    #[arg(long, value_name = "FILE")]
    pub(crate) issues: Option<PathBuf>,

    /// The number of issues; chosen from the texts if not given.
    #[arg(long, value_name = "N")]
    pub(crate) clusters: Option<usize>,

    #[command(flatten)]
    pub(crate) sentences: SentenceArgs,

    /// The most clauses to ask about.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) ask: usize,

    /// The file of corrections to which answers are added; it is created if missing.
    #[arg(long, value_name = "FILE", required_unless_present = "list")]
    pub(crate) corrections: Option<PathBuf>,

    /// Who answers, for the record.
    #[arg(long, value_name = "NAME")]
    pub(crate) author: Option<String>,

    /// When, for the record.
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<String>,

    /// Print the list instead of asking: Markdown to be filled in, or the form of the ending of --output: md, csv,
    /// docx, json.
    #[arg(long, conflicts_with_all = ["answers", "rows"])]
    pub(crate) list: bool,

    /// Take the answers from a list that was filled in: Markdown, CSV or Word.
    #[arg(long, value_name = "FILE", conflicts_with = "rows")]
    pub(crate) answers: Option<PathBuf>,

    /// Ask for the name of each row of a finer table: by number, or a new one.
    #[arg(long)]
    pub(crate) rows: bool,

    /// How many times finer than the table rows are cut, for --rows.
    #[arg(long, value_name = "NUMBER", default_value_t = 1.75, requires = "rows")]
    pub(crate) finer: f64,

    /// Further names to choose from, for --rows: the issues of a TOML file.
    #[arg(long, value_name = "FILE", requires = "rows")]
    pub(crate) names: Option<PathBuf>,

    /// Write to this file: the list of --list, or the named issues of --rows as a codebook (TOML, or .qdc).
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

impl Args {
    /// Returns the files that are read.
    pub(crate) fn inputs(&self) -> Vec<PathBuf> {
        let single = [&self.issues, &self.answers, &self.names];
        let single = single.into_iter().flatten();
        self.input.iter().chain(single).cloned().collect()
    }
}
