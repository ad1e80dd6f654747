//! The output formats that are files.

use anyhow::Result;
use consonance::finding::{
    Annotated, Network, Study, citations, co_mentions, keyness, network, timeline,
};
use consonance::report::{
    Records, Report, to_bibtex, to_csl, to_csv, to_docx, to_json, to_markdown, to_qdc, to_tidy_csv,
    to_xlsx,
};
use consonance::reuse::{ReuseParams, find_reuse};
use consonance::table::{Codebook, ConvergeParams};

use super::args::{Args, FormatArg};
use super::find::Found;
use super::html;
use super::picture;
use crate::output::refuse_terminal;
use crate::progress::Bar;

/// Refuses to write to a terminal what it cannot show.
pub(crate) fn check_terminal(args: &Args) -> Result<()> {
    if args.format().is_binary() {
        refuse_terminal(args.output.as_deref(), "table.docx")?;
    }
    Ok(())
}

/// Returns whether a format shows how strongly clauses bind by default.
pub(crate) fn shows_forces(format: FormatArg) -> bool {
    matches!(format, FormatArg::Html | FormatArg::Tidy | FormatArg::Xlsx)
}

/// Returns whether a format shows what the clauses of each row agree on and where they part.
pub(crate) fn shows_common_ground(format: FormatArg) -> bool {
    matches!(format, FormatArg::Docx | FormatArg::Json)
}

/// Returns the table in the requested format; `None` for the terminal.
pub(crate) fn contents(
    args: &Args,
    found: &Found,
    params: &ConvergeParams,
    progress: &Bar,
) -> Result<Option<Vec<u8>>> {
    let (study, table) = (&found.study, found.table());
    let text = match args.format() {
        FormatArg::Table => return Ok(None),
        FormatArg::Docx => return Ok(Some(to_docx(table))),
        FormatArg::Xlsx => {
            progress.say("looking for who said what first");
            return workbook(study, table).map(Some);
        }
        FormatArg::Html => {
            progress.say("looking for who said what first");
            html::page(args, study, params)?
        }
        FormatArg::Svg => picture::picture(&args.picture, study)?,
        FormatArg::Markdown => to_markdown(table),
        FormatArg::Csv => to_csv(table),
        FormatArg::Tidy => to_tidy_csv(table),
        FormatArg::Json => to_json(&table),
        FormatArg::Graphml => network_of(study).to_graphml(),
        FormatArg::Gexf => network_of(study).to_gexf(),
        FormatArg::Bibtex => to_bibtex(&table),
        FormatArg::Csl => to_csl(&table),
        FormatArg::Qdc => to_qdc(&Codebook::of_table(&table)?),
    };
    Ok(Some(text.into_bytes()))
}

fn network_of(study: &Study) -> Network {
    let corpus = study.corpus();
    network(corpus, &citations(corpus), study.wording())
}

fn workbook(study: &Study, table: Annotated<'_>) -> Result<Vec<u8>> {
    let (corpus, representation) = (study.corpus(), study.representation());
    let params = ReuseParams::default();
    let borrowings = find_reuse(corpus, representation, study.wording(), &params);
    let emphasis = keyness(study);
    let gaps = table.gaps.map(|gaps| gaps.records().named("Gaps"));
    let forces = table.forces.map(|of| of.records().named("Force"));
    let mut sheets: Vec<Records> = gaps.into_iter().collect();
    sheets.extend([
        borrowings.records().named("Text reuse"),
        emphasis.records().named("Keyness"),
        timeline(study).records().named("Timeline"),
        co_mentions(study).records().named("Co-mention"),
        citations(corpus).records().named("Citations"),
    ]);
    sheets.extend(forces);
    Ok(to_xlsx(table, &sheets)?)
}
