//! What the command line says.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

use crate::decide::DecisionArgs;
use crate::picture::PictureArgs;

const EXAMPLES: &str = "\
Examples:
  converge
      the bundled corpus, as a table on the terminal
  converge --rows 1,3-5
      the clauses of some of its rows
  converge treaties/ --format markdown --output table.md
      all texts of a folder, as a Markdown file
  converge treaties/ --format html --output table.html
      one page for a browser, with search, pictures and corrections; needs no network
  converge treaties/ --output table.docx
      a Word document; table.xlsx is a workbook, table.bib the sources
  converge treaties/ --from-table table.docx --output table.html
      the document, corrected in Word, as the table again
  converge treaties/ --format svg --view timeline --size slide --output timeline.svg
      one picture, for a slide or a column of a journal
  converge a.md b.md c.txt --clusters 12 --min-processes 3
      three files, twelve issues, of which those that three processes share
  converge treaties/ --grain article
      whole articles are compared, not their paragraphs and items
  converge clauses.jsonl --columns agreement --format json
      clauses that are cut already, a column an agreement, for a program
  converge clauses.jsonl --clusters 21 --score coding.jsonl
      how far the table agrees with one made by hand
  converge treaties/ --issues corpus/norms.toml
      issues that are given; clauses near none of them make rows of their own
  converge treaties/ --reference \"Paris Call\"
      all others arranged under the clauses of one process
  converge --corrections mine.toml --move \"GGE 13(i)\" --to \"Proliferation\"
      a correction, kept in a file; every run with --corrections mine.toml heeds it

From the project's folder, `cargo run --release --example converge --` stands for `converge`.

An INPUT is a folder, a document (text, Markdown, HTML, PDF, DOCX, ODT, XML), a hand-made
comparison table, or a JSONL file with one clause a line ({\"text\": ..., \"agreement\": ..., \"process\": ...}).
A folder may hold a corpus.toml that says which text belongs to which process.

Exit status: 0 done; 1 failed; 2 wrong usage; 3 done, but some files were refused.";

/// Makes the convergence table of a set of agreements.
///
/// Issues stand down the side, the most widely shared first; processes stand across; the cells quote
/// the clauses. Clauses that no other process echoes are listed after the table.
#[derive(Debug, Parser)]
#[command(name = "converge", version, after_help = EXAMPLES, max_term_width = 100)]
pub(crate) struct Args {
    /// Folders and files to read; the bundled corpus if none is given.
    pub(crate) input: Vec<PathBuf>,

    /// What a column stands for.
    #[arg(long, value_enum, default_value_t = ColumnsArg::Process)]
    pub(crate) columns: ColumnsArg,

    /// How finely texts are cut into clauses.
    #[arg(long, value_enum, default_value_t = GrainArg::Item)]
    pub(crate) grain: GrainArg,

    /// How many issues to look for; chosen from the texts if not given.
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    pub(crate) clusters: Option<usize>,

    /// Show only issues that at least this many processes share.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = at_least_one)]
    pub(crate) min_processes: usize,

    /// How many times to resample the corpus, to tell firm rows from loose ones; 0 for not at all.
    /// By default 100 times for some hundred clauses, fewer for more.
    #[arg(long, value_name = "N")]
    pub(crate) resamples: Option<usize>,

    /// Tell why two clauses are alike instead of printing the table.
    #[arg(long, num_args = 2, value_name = "CLAUSE")]
    pub(crate) why: Vec<String>,

    /// Tell what holds a row together instead of printing the table; a few words of its name do.
    #[arg(long, value_name = "ROW", conflicts_with = "why")]
    pub(crate) why_row: Option<String>,

    /// Tell what the table lacks as well: empty cells with what comes nearest, clauses possibly missed,
    /// issues of one process, what regions and kinds of actors do not speak of. Not in CSV: see the
    /// program `gaps`.
    #[arg(long)]
    pub(crate) gaps: bool,

    /// What makes an issue widely shared, and so orders the rows.
    #[arg(long, value_enum, default_value_t = CountArg::Processes)]
    pub(crate) count: CountArg,

    /// How clauses are grouped into issues; by default average linkage up to 5,000 clauses, and
    /// spherical k-means above.
    #[arg(long, value_enum)]
    pub(crate) rule: Option<RuleArg>,

    /// Show how strongly each clause binds: a tag behind each citation, and rows whose strengths differ
    /// are told.
    #[arg(long)]
    pub(crate) force: bool,

    /// The form of the table; without it the ending of --output tells it, else it is `table`.
    #[arg(long, value_enum)]
    format: Option<FormatArg>,

    #[command(flatten)]
    pub(crate) picture: PictureArgs,

    /// The title of the page of `--format html`.
    #[arg(long, value_name = "TITLE")]
    pub(crate) title: Option<String>,

    /// A draft to hold against the agreements, for the page of `--format html`.
    #[arg(long, value_name = "FILE")]
    pub(crate) draft: Option<PathBuf>,

    /// Take the rows from this table instead of clustering: a file that converge wrote (DOCX, XLSX, CSV,
    /// JSON), corrected by hand, or one made by hand. The clauses are those of INPUT, else those that the
    /// table quotes.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["issues", "reference", "clusters", "rule", "corrections"])]
    pub(crate) from_table: Option<PathBuf>,

    /// Write the table to this file instead of the terminal; its ending tells the form: md, csv, json,
    /// html, svg, docx, xlsx, graphml, gexf, bib.
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Where chance enters, begin with this number: the same number, the same table.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,

    /// How many threads to use; as many as there are processors if not given.
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    pub(crate) threads: Option<usize>,

    /// Compare with a human coding: JSONL with a clause `id` (or `clause_id`) and an `issue` a line.
    #[arg(long, value_name = "CODING.jsonl")]
    pub(crate) score: Option<PathBuf>,

    /// A TOML file of words that point to the same subject, or `none`; the bundled one if not given.
    /// Spellings and abbreviations are made one in any case.
    #[arg(long, value_name = "FILE|none")]
    pub(crate) thesaurus: Option<PathBuf>,

    /// A TOML file of issues to arrange the clauses under: `[[issue]]` with a `name`, and if wanted
    /// `description`, `words` and `clauses`.
    #[arg(long, value_name = "FILE", conflicts_with = "reference")]
    pub(crate) issues: Option<PathBuf>,

    /// Arrange all other clauses under those of this process.
    #[arg(long, alias = "spine", value_name = "PROCESS")]
    pub(crate) reference: Option<String>,

    /// A TOML file of corrections; it may be new if a correction is given.
    #[arg(long, alias = "ledger", value_name = "FILE")]
    pub(crate) corrections: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) decision: DecisionArgs,

    /// Which rows to show with their clauses: numbers (1,3-5), a few words of a name, `all` or `none`.
    /// By default a terminal shows the matrix alone, a file or another program gets all.
    #[arg(long, value_name = "ROWS")]
    pub(crate) rows: Option<String>,

    /// How many columns wide to print; the terminal's own width, or 80, if not given.
    #[arg(long, value_name = "N", value_parser = width)]
    pub(crate) width: Option<usize>,
}

/// What a column stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColumnsArg {
    /// A process, with all its agreements
    Process,
    /// A single agreement
    Agreement,
}

/// How finely texts are cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum GrainArg {
    /// Whole articles
    Article,
    /// Numbered paragraphs with their items
    Paragraph,
    /// The smallest numbered or listed provisions
    Item,
}

/// What orders the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CountArg {
    /// Distinct processes
    Processes,
    /// Distinct agreements
    Agreements,
    /// Clauses
    Clauses,
}

/// How clauses are grouped into issues.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RuleArg {
    /// Join the most similar groups, step by step; best up to some thousand clauses
    AverageLinkage,
    /// Move clauses to the nearest of N centers; fast for many clauses
    SphericalKMeans,
    /// The same on a reduced space, by a general library
    KMeans,
    /// Groups are where clauses stand dense; leaves many alone
    Dbscan,
}

/// The form of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FormatArg {
    /// For the terminal
    Table,
    /// For a document
    Markdown,
    /// For a spreadsheet
    Csv,
    /// For a program; holds everything
    Json,
    /// For a browser: one page with the table, all clauses, pictures, search and corrections
    Html,
    /// For a data frame or a spreadsheet: CSV with a clause and an issue a line
    Tidy,
    /// For Word: the table in landscape, to comment and correct
    Docx,
    /// For Excel: a workbook, a sheet a finding
    Xlsx,
    /// For programs that draw networks: who cites whom, who has whose words
    Graphml,
    /// The same for Gephi
    Gexf,
    /// The agreements for LaTeX
    Bibtex,
    /// The agreements for Zotero and the like: CSL-JSON
    Csl,
    /// One picture: see --view and --size
    Svg,
}

/// The endings of file names that tell a form.
const ENDINGS: [(&str, FormatArg); 12] = [
    ("md", FormatArg::Markdown),
    ("markdown", FormatArg::Markdown),
    ("csv", FormatArg::Csv),
    ("json", FormatArg::Json),
    ("html", FormatArg::Html),
    ("htm", FormatArg::Html),
    ("docx", FormatArg::Docx),
    ("xlsx", FormatArg::Xlsx),
    ("graphml", FormatArg::Graphml),
    ("gexf", FormatArg::Gexf),
    ("bib", FormatArg::Bibtex),
    ("svg", FormatArg::Svg),
];

impl FormatArg {
    /// Returns whether a terminal cannot show it.
    pub(crate) fn is_binary(self) -> bool {
        matches!(self, Self::Docx | Self::Xlsx)
    }
}

impl Args {
    /// Returns the form that was asked for, in words or by the ending of the file.
    pub(crate) fn format(&self) -> FormatArg {
        let ending = self.output.as_ref().and_then(|path| path.extension());
        let ending = ending.map(|ending| ending.to_string_lossy().to_lowercase());
        let by_ending = ENDINGS
            .iter()
            .find(|(known, _)| Some(*known) == ending.as_deref())
            .map(|(_, format)| *format);
        self.format.or(by_ending).unwrap_or(FormatArg::Table)
    }
}

fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) | Err(_) => Err("a whole number from 1 is wanted".to_owned()),
        Ok(number) => Ok(number),
    }
}

fn width(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(width @ 40..=1000) => Ok(width),
        _ => Err("a whole number from 40 to 1000 is wanted".to_owned()),
    }
}
