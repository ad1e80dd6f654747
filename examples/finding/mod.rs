//! What the programs of the findings share: their inputs, the table they read findings from, and how
//! they write them.

#[allow(dead_code, reason = "the table of `converge` uses more of it")]
#[path = "../converge/layout.rs"]
mod layout;
#[path = "../converge/output.rs"]
mod output;

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, ValueEnum};
use consonance::corpus::{Corpus, LoadParams, read_file};
use consonance::finding::score::Coding;
use consonance::finding::{ConvergeParams, ConvergenceTable, Guide, converge, table_of_coding};
use consonance::report::{Block, Inline, Page, finding_to_json, save};
use consonance::similarity::Representation;
use serde::Serialize;

use layout::{Frame, Span, Style, painted, paragraph, span};
use output::{is_closed_pipe, natural_width, print, tell};

/// The folder of the bundled corpus, and what a person put where in it.
const BUNDLED_CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
const BUNDLED_CODING: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/coding.jsonl");

/// The exit status of a run that failed.
const FAILED: u8 = 1;
/// The exit status of a run that finished without some of the files.
const SOME_REFUSED: u8 = 3;

/// What every program of a finding understands.
#[derive(Debug, Args)]
pub(crate) struct Common {
    /// Folders and files to read; the bundled corpus with its coding if none is given.
    input: Vec<PathBuf>,

    /// Rows are the issues of a human coding: JSONL with a clause `id` (or `clause_id`) and an
    /// `issue` a line. A hand-made comparison table among the inputs counts as one.
    #[arg(long, value_name = "CODING.jsonl", conflicts_with_all = ["issues", "clusters"])]
    coding: Option<PathBuf>,

    /// Rows are the issues of a TOML file, as for `converge`.
    #[arg(long, value_name = "FILE")]
    issues: Option<PathBuf>,

    /// How many issues to look for; chosen from the texts if not given.
    #[arg(long, value_name = "N")]
    clusters: Option<usize>,

    /// The most entries of each section on the terminal and in Markdown; CSV and JSON have all.
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) limit: usize,

    /// The form of the finding.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,

    /// The same as --format json.
    #[arg(long, conflicts_with = "format")]
    json: bool,

    /// Write to this file instead of the terminal.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// How many columns wide to print; the terminal's own width, or 80, if not given.
    #[arg(long, value_name = "N")]
    width: Option<usize>,
}

/// The form of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For the terminal
    Text,
    /// For a document
    Markdown,
    /// For a spreadsheet
    Csv,
    /// For a program; holds everything
    Json,
    /// Networks alone: for programs that draw them
    Graphml,
}

/// A corpus, how it is represented, and its table.
pub(crate) struct Loaded {
    pub(crate) corpus: Corpus,
    pub(crate) representation: Representation,
    pub(crate) table: ConvergenceTable,
}

/// A finding in the forms that are not JSON.
pub(crate) struct Forms {
    pub(crate) page: Page,
    pub(crate) csv: String,
    /// Nothing for a finding that is no network.
    pub(crate) graphml: Option<String>,
}

/// Reads the inputs and makes the table: of a person's coding, or else by clustering.
pub(crate) fn load(args: &Common) -> Result<Loaded> {
    let corpus = load_corpus(args)?;
    let mut params = ConvergeParams::default();
    // Findings do not tell how firm a row is.
    params.n_resamples = Some(0);
    params.n_clusters = args.clusters;
    let representation = Representation::of(&corpus, &params.representation)?;
    let table = match coding_of(args, &corpus)? {
        Some(coding) => table_of_coding(&corpus, &representation, &coding, &params)?,
        None => {
            params.guide = args.issues.as_deref().map(read_guide).transpose()?;
            converge(&corpus, &params)?
        }
    };
    Ok(Loaded {
        corpus,
        representation,
        table,
    })
}

/// Reads the inputs alone.
pub(crate) fn load_corpus(args: &Common) -> Result<Corpus> {
    let bundled = [PathBuf::from(BUNDLED_CORPUS)];
    let inputs = if args.input.is_empty() {
        &bundled[..]
    } else {
        &args.input
    };
    Ok(Corpus::load(inputs, &LoadParams::default())?)
}

fn coding_of(args: &Common, corpus: &Corpus) -> Result<Option<Coding>> {
    let path = match &args.coding {
        Some(path) => path,
        None if args.issues.is_some() || args.clusters.is_some() => return Ok(None),
        None if args.input.is_empty() => Path::new(BUNDLED_CODING),
        None if corpus.placements().is_empty() => return Ok(None),
        None => return Ok(Some(Coding::of_placements(corpus.placements()))),
    };
    let coding = Coding::parse(&read_file(path)?);
    Ok(Some(coding.map_err(|error| {
        error.in_file(path.display().to_string())
    })?))
}

fn read_guide(path: &Path) -> Result<Guide> {
    let guide = Guide::parse(&read_file(path)?);
    Ok(guide.map_err(|error| error.in_file(path.display().to_string()))?)
}

/// Writes a finding in the form that was asked for.
pub(crate) fn write(args: &Common, finding: &impl Serialize, forms: &Forms) -> Result<()> {
    let text = match args.format {
        _ if args.json => finding_to_json(finding),
        Format::Json => finding_to_json(finding),
        Format::Markdown => forms.page.to_markdown(),
        Format::Csv => forms.csv.clone(),
        Format::Graphml => match &forms.graphml {
            Some(graphml) => graphml.clone(),
            None => anyhow::bail!("this finding is no network: it has no GraphML"),
        },
        Format::Text => on_terminal(args, &forms.page),
    };
    match &args.output {
        Some(path) => Ok(save(path, &text)?),
        None => print(&text),
    }
}

/// Runs a program and returns its exit status; what was refused and what failed goes to the error
/// stream.
pub(crate) fn report_outcome(name: &str, outcome: Result<Corpus>) -> ExitCode {
    match outcome {
        Ok(corpus) => {
            corpus
                .refused_files()
                .for_each(|refused| tell(&refused.to_string()));
            match corpus.has_refusals() {
                true => ExitCode::from(SOME_REFUSED),
                false => ExitCode::SUCCESS,
            }
        }
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            tell(&format!("{name}: {error:#}"));
            ExitCode::from(FAILED)
        }
    }
}

/// Returns a page as lines for a terminal.
fn on_terminal(args: &Common, page: &Page) -> String {
    let is_on_terminal = args.output.is_none() && io::stdout().is_terminal();
    let is_plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let frame = Frame {
        width: args.width.unwrap_or_else(|| natural_width(is_on_terminal)),
        first: 0,
        rest: 0,
        has_styles: is_on_terminal && !is_plain,
    };
    let mut lines: Vec<String> = Vec::new();
    for block in &page.blocks {
        let is_below = matches!(block, Block::Item { depth: 1.., .. });
        if !lines.is_empty() && !is_below {
            lines.push(String::new());
        }
        lines.extend(lines_of(block, frame));
    }
    lines.push(String::new());
    lines.join("\n")
}

fn lines_of(block: &Block, frame: Frame) -> Vec<String> {
    let title = |words: &str| paragraph(&[span(Style::Strong, &words.to_uppercase())], frame);
    match block {
        Block::Title(words) => title(words),
        Block::Heading(words) => {
            let rule = painted(&"─".repeat(frame.width), Style::Faint, frame.has_styles);
            std::iter::once(rule).chain(title(words)).collect()
        }
        Block::Text(words) => paragraph(&spans_of(words), frame),
        Block::Item { depth, words } => {
            let first = 2 * depth;
            let rest = first + 2;
            paragraph(
                &spans_of(words),
                Frame {
                    first,
                    rest,
                    ..frame
                },
            )
        }
        _ => Vec::new(),
    }
}

fn spans_of(words: &[Inline]) -> Vec<Span> {
    words
        .iter()
        .map(|inline| {
            let style = match inline {
                Inline::Strong(_) => Style::Strong,
                _ => Style::Plain,
            };
            span(style, &inline.shown())
        })
        .collect()
}
