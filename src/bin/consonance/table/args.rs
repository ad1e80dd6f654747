//! The command line.

use std::path::PathBuf;

use anyhow::Result;
use clap::ValueEnum;
use consonance::clause::ClauseKind;

use super::decide::DecisionArgs;
use super::picture::PictureArgs;
use crate::output::{format_by_ending, refuse_inputs};
use crate::record::RecordArgs;
use crate::sentences::SentenceArgs;

const EXAMPLES: &str = "\
Examples:
  consonance table
      the bundled corpus, as a table on the terminal
  consonance table --rows 1,3-5
      the clauses of some of its rows
  consonance table treaties/ --format markdown --output table.md
      all texts of a folder, as a Markdown file
  consonance table treaties/ --format html --output table.html
      one page for a browser, with search, pictures and corrections; needs no network
  consonance table treaties/ --output table.docx
      a Word document; table.xlsx is a workbook, table.bib the sources
  consonance table treaties/ --from-table table.docx --output table.html
      the document, corrected in Word, as the table again
  consonance table treaties/ --format svg --view timeline --size slide --output timeline.svg
      one picture, for a slide or a column of a journal
  consonance table a.md b.md c.txt --clusters 12 --min-processes 3
      three files, twelve issues, of which those that three processes share
  consonance table treaties/ --kinds norm,preamble --themes none
      preambles make rows as well; no themes above the rows
  consonance table treaties/ --grain article
      whole articles are compared, not their paragraphs and items
  consonance table clauses.jsonl --columns agreement --format json
      clauses that are cut already, a column an agreement, for a program
  consonance table clauses.jsonl --clusters 21 --score coding.jsonl
      how far the table agrees with one made by hand
  consonance table treaties/ --issues corpus/norms.toml
      issues that are given; clauses near none of them make rows of their own
  consonance table treaties/ --issues corpus/norms.toml --only-issues
      nothing but these issues; doubtful clauses are listed as candidates
  consonance table treaties/ --reference \"Paris Call\"
      all others arranged under the clauses of one process
  consonance table treaties/ --output table.docx --record run.json
      with a record of what was read, for `consonance verify run.json`
  consonance table --corrections mine.toml --move \"GGE 13(i)\" --to \"Proliferation\"
      a correction, kept in a file; every run with --corrections mine.toml heeds it

An INPUT is a folder, a document (text, Markdown, HTML, PDF, DOCX, ODT, XML), a hand-made
comparison table, or a JSONL file with one clause a line ({\"text\": ..., \"agreement\": ..., \"process\": ...}).
A folder may hold a corpus.toml that says which text belongs to which process.

Exit status: 0 done; 1 failed; 2 wrong usage; 3 done, but some files were refused.";

/// Makes the convergence table of a set of agreements.
///
/// Rows are issues, the most widely shared first; columns are processes; the cells quote the clauses.
/// Clauses that share no issue with another process are listed after the table.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Folders and files to read; the bundled corpus if none is given.
    pub(crate) input: Vec<PathBuf>,

    /// What each column is.
    #[arg(long, value_enum, default_value_t = ColumnsArg::Process)]
    pub(crate) columns: ColumnsArg,

    /// The granularity of clauses.
    #[arg(long, value_enum, default_value_t = GrainArg::Item)]
    pub(crate) grain: GrainArg,

    /// The number of issues; chosen from the texts if not given.
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    pub(crate) clusters: Option<usize>,

    /// The most issues, if their number is chosen from the texts: a number, or `none`.
    #[arg(long, value_name = "N|none", default_value = "40", value_parser = at_most)]
    pub(crate) max_issues: AtMost,

    /// The most themes that issues are grouped under: a number, or `none`. By default none up to 24 issues,
    /// then one for three issues, at most 12.
    #[arg(long, value_name = "N|none", value_parser = at_most)]
    pub(crate) themes: Option<AtMost>,

    /// The kinds of clauses that make the rows, such as `norm,preamble`; the others are listed after the
    /// table. By default norms, ready clauses whose kind their file does not state, and descriptions in texts of fewer than
    /// ten clauses, which are excerpts.
    #[arg(long, value_name = "KINDS", value_delimiter = ',', value_parser = kind)]
    pub(crate) kinds: Option<Vec<ClauseKind>>,

    /// Show only issues that at least this many processes share.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = at_least_one)]
    pub(crate) min_processes: usize,

    /// The number of resampled runs that measure the stability of rows; 0 for none. By default 100 for
    /// some hundred clauses, fewer for more.
    #[arg(long, value_name = "N")]
    pub(crate) resamples: Option<usize>,

    /// Explain why two clauses are similar instead of printing the table.
    #[arg(long, num_args = 2, value_name = "CLAUSE")]
    pub(crate) why: Vec<String>,

    /// Explain a row instead of printing the table; part of its name is enough.
    #[arg(long, value_name = "ROW", conflicts_with = "why")]
    pub(crate) why_row: Option<String>,

    /// Also print what the table lacks: empty cells with the nearest miss, candidate false negatives,
    /// issues of one process, and issues that regions and kinds of actors do not address. Not in CSV:
    /// see `consonance gaps`.
    #[arg(long)]
    pub(crate) gaps: bool,

    /// What the rows are ordered by.
    #[arg(long, value_enum, default_value_t = CountArg::Processes)]
    pub(crate) count: CountArg,

    /// How clauses are grouped into issues; by default average linkage up to 5,000 clauses, and
    /// spherical k-means above.
    #[arg(long, value_enum)]
    pub(crate) rule: Option<RuleArg>,

    /// Show how strongly each clause binds: a tag after each citation, and a note on rows whose
    /// strengths differ.
    #[arg(long)]
    pub(crate) force: bool,

    /// The output format; by default the one of the file extension of --output, otherwise `table`.
    #[arg(long, value_enum)]
    format: Option<FormatArg>,

    #[command(flatten)]
    pub(crate) picture: PictureArgs,

    /// The title of the page of `--format html`.
    #[arg(long, value_name = "TITLE")]
    pub(crate) title: Option<String>,

    /// The most doubtful clauses that the page of `--format html` asks about; 0 for none.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) ask: usize,

    /// A draft to compare with the agreements, for the page of `--format html`.
    #[arg(long, value_name = "FILE")]
    pub(crate) draft: Option<PathBuf>,

    /// Take the rows from this table instead of clustering: a file written by this program (DOCX, XLSX,
    /// CSV, JSON), also if corrected by hand, or a table made by hand. The clauses are those of INPUT;
    /// without INPUT, those that the table quotes.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["issues", "reference", "clusters", "rule", "corrections"])]
    pub(crate) from_table: Option<PathBuf>,

    /// Write the table to this file instead of the terminal; its extension selects the format: md,
    /// csv, json, html, svg, docx, xlsx, graphml, gexf, bib, qdc.
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) record: RecordArgs,

    /// Random seed: the same seed gives the same table.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,

    /// The number of threads, at most 256; by default the number of processors.
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    pub(crate) threads: Option<usize>,

    /// Compare with a human coding: JSONL with a clause `id` (or `clause_id`) and an `issue` on each line.
    #[arg(long, value_name = "CODING.jsonl")]
    pub(crate) score: Option<PathBuf>,

    /// A TOML file of words for the same concept, or `none`; the bundled one if not given. Spellings
    /// and abbreviations are always unified.
    #[arg(long, value_name = "FILE|none")]
    pub(crate) thesaurus: Option<PathBuf>,

    /// A TOML file of usual subjects by which rows can be named: `[[subject]]` with a `name`, a `kind` and
    /// `words`; or `none`. The bundled one if not given.
    #[arg(long, value_name = "FILE|none")]
    pub(crate) catalogue: Option<PathBuf>,

    /// A codebook: a TOML file of issues to which clauses are assigned: `[[issue]]` with a `name`, and
    /// optionally `description`, `words` and `clauses`; or a REFI-QDA codebook (.qdc).
    #[arg(long, value_name = "FILE", conflicts_with = "reference")]
    pub(crate) issues: Option<PathBuf>,

    /// The reference process: arrange all other clauses under its clauses.
    #[arg(long, alias = "spine", value_name = "PROCESS")]
    pub(crate) reference: Option<String>,

    /// Make no rows but those of --issues or --reference: all other clauses stand alone.
    #[arg(long)]
    pub(crate) only_issues: bool,

    /// A TOML file of corrections; it is created if a correction is given.
    #[arg(long, alias = "ledger", value_name = "FILE")]
    pub(crate) corrections: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) decision: DecisionArgs,

    #[command(flatten)]
    pub(crate) sentences: SentenceArgs,

    /// The most words that a cell of a Word or Markdown document quotes, or `none` to quote every clause whole.
    #[arg(long, value_name = "N|none", default_value = "150", value_parser = at_most)]
    pub(crate) words_per_cell: AtMost,

    /// The rows to show with their clauses: numbers (1,3-5), the name of a theme, part of the name of a row, `all` or `none`. By
    /// default a terminal shows only the matrix, a file or another program gets all.
    #[arg(long, value_name = "ROWS")]
    pub(crate) rows: Option<String>,

    /// The width of the output, in columns; by default that of the terminal, otherwise 80.
    #[arg(long, value_name = "N", value_parser = width)]
    pub(crate) width: Option<usize>,
}

/// A greatest number, or no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct AtMost(pub(crate) Option<usize>);

/// What each column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColumnsArg {
    /// A process, with all its agreements
    Process,
    /// A single agreement
    Agreement,
}

/// The granularity of clauses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum GrainArg {
    /// Whole articles
    Article,
    /// Numbered paragraphs with their items
    Paragraph,
    /// The smallest numbered or listed provisions
    Item,
}

/// What the rows are ordered by.
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
    /// Move clauses to the most similar of N centers; fast for many clauses
    SphericalKMeans,
    /// The same in a reduced space, from a general library
    KMeans,
    /// Groups are dense regions of clauses; leaves many clauses alone
    Dbscan,
}

/// The output format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FormatArg {
    /// For the terminal
    Table,
    /// For a document
    Markdown,
    /// For a spreadsheet
    Csv,
    /// For a program; complete
    Json,
    /// For a browser: one page with the table, all clauses, pictures, search and corrections
    Html,
    /// For a data frame or a spreadsheet: CSV in long format, one line for each clause and issue
    Tidy,
    /// For Word: the table in landscape, to comment and correct
    Docx,
    /// For Excel: a workbook with a sheet for each finding
    Xlsx,
    /// For network programs: citations and text reuse
    Graphml,
    /// The same for Gephi
    Gexf,
    /// The agreements for LaTeX
    Bibtex,
    /// The agreements for Zotero and other reference managers: CSL-JSON
    Csl,
    /// One picture: see --view and --size
    Svg,
    /// For programs for coding texts: the rows as a codebook with their clauses (REFI-QDA)
    Qdc,
}

/// The file extensions that select a format.
const ENDINGS: [(&str, FormatArg); 13] = [
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
    ("qdc", FormatArg::Qdc),
];

impl FormatArg {
    /// Returns whether a terminal cannot show the format.
    pub(crate) fn is_binary(self) -> bool {
        matches!(self, Self::Docx | Self::Xlsx)
    }
}

impl Args {
    /// Refuses to write over what is read.
    pub(crate) fn refuse_inputs(&self) -> Result<()> {
        let single = [
            &self.from_table,
            &self.draft,
            &self.score,
            &self.issues,
            &self.thesaurus,
            &self.catalogue,
        ];
        let mut inputs = self.input.clone();
        inputs.extend(single.into_iter().flatten().cloned());
        if self.decision.request().is_some() {
            refuse_inputs(self.corrections.as_deref(), &inputs)?;
        }
        inputs.extend(self.corrections.clone());
        self.record.refuse_inputs(&inputs)?;
        refuse_inputs(self.output.as_deref(), &inputs)
    }

    /// Returns the files and folders that clauses are read from; none for the bundled corpus.
    pub(crate) fn read(&self) -> &[PathBuf] {
        match &self.from_table {
            Some(table) if self.input.is_empty() => std::slice::from_ref(table),
            _ => &self.input,
        }
    }

    /// Returns the requested format, by option or by file extension.
    pub(crate) fn format(&self) -> FormatArg {
        let by_ending = format_by_ending(self.output.as_deref(), &ENDINGS);
        self.format.or(by_ending).unwrap_or(FormatArg::Table)
    }
}

fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) | Err(_) => Err("a whole number from 1 is wanted".to_owned()),
        Ok(number) => Ok(number),
    }
}

fn at_most(text: &str) -> Result<AtMost, String> {
    match text.parse() {
        _ if text == "none" => Ok(AtMost(None)),
        Ok(0) | Err(_) => Err("a whole number from 1, or `none`, is wanted".to_owned()),
        Ok(number) => Ok(AtMost(Some(number))),
    }
}

fn kind(text: &str) -> Result<ClauseKind, String> {
    ClauseKind::from_name(text).ok_or_else(|| {
        let names = ClauseKind::ALL.map(ClauseKind::name);
        format!("a kind of clause is wanted: {}", names.join(", "))
    })
}

fn width(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(width @ 40..=1000) => Ok(width),
        _ => Err("a whole number from 40 to 1000 is wanted".to_owned()),
    }
}
