//! The forms of the table that are files: what each is made of.

use std::io::{self, IsTerminal};

use anyhow::{Result, bail};
use consonance::corpus::Corpus;
use consonance::finding::{EmphasisParams, citations, emphasis, forces, network, timeline};
use consonance::report::{
    Graph, Report, Sheet, to_bibtex, to_csl, to_csv, to_docx, to_json, to_markdown, to_tidy_csv,
    to_xlsx,
};
use consonance::reuse::{BorrowingParams, SharedWording, find_borrowings};
use consonance::similarity::Representation;
use consonance::table::{ConvergeParams, ConvergenceTable};

use crate::args::{Args, FormatArg};
use crate::html;
use crate::picture;
use crate::progress::Progress;

/// Refuses to write to a terminal what it cannot show.
pub(crate) fn check_terminal(args: &Args) -> Result<()> {
    if args.format().is_binary() && args.output.is_none() && io::stdout().is_terminal() {
        bail!("this form is no text for a terminal: name a file, as in `--output table.docx`");
    }
    Ok(())
}

/// Returns whether a form shows how strongly clauses bind without being asked to.
pub(crate) fn shows_forces(format: FormatArg) -> bool {
    matches!(format, FormatArg::Html | FormatArg::Tidy | FormatArg::Xlsx)
}

/// Returns the table in the form that was asked for; nothing for the terminal.
pub(crate) fn contents(
    args: &Args,
    (corpus, representation): (&Corpus, &Representation),
    table: &ConvergenceTable,
    (params, progress): (&ConvergeParams, &Progress),
) -> Result<Option<Vec<u8>>> {
    let text = match args.format() {
        FormatArg::Table => return Ok(None),
        FormatArg::Docx => return Ok(Some(to_docx(table))),
        FormatArg::Xlsx => {
            progress.say("looking for who said what first");
            return workbook(corpus, representation, table).map(Some);
        }
        FormatArg::Html => {
            progress.say("looking for who said what first");
            html::page(args, (corpus, representation), table, params)?
        }
        FormatArg::Svg => picture::picture(&args.picture, (corpus, representation), table)?,
        FormatArg::Markdown => to_markdown(table),
        FormatArg::Csv => to_csv(table),
        FormatArg::Tidy => to_tidy_csv(table),
        FormatArg::Json => to_json(table),
        FormatArg::Graphml => graph_of(corpus, representation).to_graphml(),
        FormatArg::Gexf => graph_of(corpus, representation).to_gexf(),
        FormatArg::Bibtex => to_bibtex(table),
        FormatArg::Csl => to_csl(table),
    };
    Ok(Some(text.into_bytes()))
}

fn wording_of(corpus: &Corpus, representation: &Representation) -> SharedWording {
    let min_words = BorrowingParams::default().min_run_words;
    SharedWording::of(corpus, representation, min_words)
}

fn graph_of(corpus: &Corpus, representation: &Representation) -> Graph {
    let wording = wording_of(corpus, representation);
    let network = network(corpus, &citations(corpus), &wording);
    Graph::from(&network)
}

fn workbook(
    corpus: &Corpus,
    representation: &Representation,
    table: &ConvergenceTable,
) -> Result<Vec<u8>> {
    let wording = wording_of(corpus, representation);
    let params = BorrowingParams::default();
    let borrowings = find_borrowings(corpus, representation, &wording, &params);
    let emphasis = emphasis(corpus, representation, table, EmphasisParams::default())?;
    let timeline = timeline(corpus, representation, table);
    let gaps = table
        .gaps
        .iter()
        .map(|gaps| Sheet::new("Gaps", gaps.records()));
    let mut sheets: Vec<Sheet> = gaps.collect();
    sheets.extend([
        Sheet::new("Borrowings", borrowings.records()),
        Sheet::new("Emphasis", emphasis.records()),
        Sheet::new("Timeline", timeline.records()),
        Sheet::new("Citations", citations(corpus).records()),
        Sheet::new("Force", forces(corpus).records()),
    ]);
    Ok(to_xlsx(table, &sheets)?)
}
