//! [`to_markdown`]: the table as a document that people read and edit.

use crate::finding::Annotated;
use crate::report::finding::report::Report;
use crate::report::form::page::{Block, Cell, Page, plain, strong};
use crate::report::form::words::counted;
use crate::report::table::cell::Digest;
use crate::report::table::listed::{NOT_COMPARED, listed_by_kind};
use crate::report::table::quotation::Quotation;
use crate::report::table::remarks::{extent_of, made_with};
use crate::table::{Row, Theme};

/// The most gaps of each kind that are shown.
const MAX_GAPS: usize = 25;
/// The most candidates that are shown.
const MAX_CANDIDATES: usize = 40;

/// Returns the table as Markdown: a title, how it was made, the table, the candidates of given issues, the
/// clauses that stand alone, the gaps if they are to be shown, the diagnostics.
///
/// A cell holds `**citation**: “text”` for one clause an agreement, `<br>` between them (see
/// [`Page::to_markdown`]), with the number of its further clauses; see [`Annotated::words_per_cell`]. A row in capital
/// letters is a theme, of which the rows after it are the issues.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::report::to_markdown;
/// use consonance::table::{ConvergeParams, converge};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let table = converge(&corpus, &ConvergeParams::default().n_resamples(0))?;
/// let document = to_markdown(&table);
/// assert!(document.starts_with("# Convergence table\n"));
/// assert!(document.contains("| **Human rights online**"));
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn to_markdown<'a>(table: impl Into<Annotated<'a>>) -> String {
    let table = table.into();
    let mut page = Page::titled("Convergence table");
    if let Some(made_with) = made_with(&table) {
        page.text(made_with);
    }
    if table.rows.is_empty() {
        page.text("No issue is shared by several clauses.");
    } else {
        page.blocks.push(matrix(table));
    }
    page.blocks.extend(table.candidates(MAX_CANDIDATES).blocks);
    let compared = || table.alone.iter().filter(|alone| alone.is_compared);
    if compared().next().is_some() {
        page.heading("Standing alone");
    }
    for alone in compared() {
        page.item(0, Quotation::of_alone(table, alone).in_words());
    }
    let listed = listed_by_kind(&table);
    if !listed.is_empty() {
        page.heading(NOT_COMPARED);
    }
    for (title, citations) in listed {
        page.item(0, vec![strong(title), plain(citations)]);
    }
    if let Some(gaps) = table.gaps {
        page.blocks.extend(gaps.page(MAX_GAPS).blocks);
    }
    if !table.diagnostics.is_empty() {
        page.heading("Diagnostics");
    }
    for diagnostic in &table.diagnostics {
        page.item(0, vec![plain(diagnostic.to_string())]);
    }
    page.to_markdown()
}

fn matrix(table: Annotated<'_>) -> Block {
    let titles = table.columns.iter().map(|column| column.title.clone());
    let rows = table.row_ids().zip(&table.rows).flat_map(|(id, row)| {
        let above = table
            .theme_begun_by(id)
            .map(|theme| theme_row(table, theme));
        let cells = table.columns.iter().map(|column| {
            let quotes = row.cells.get(&column.id).into_iter().flatten();
            let shown = Digest::of(table, quotes).shown;
            let quotations = shown.iter();
            quotations
                .map(|shown| Quotation::of_shown(table, shown).in_words())
                .collect()
        });
        let cells = std::iter::once(issue_cell(table, row))
            .chain(cells)
            .collect();
        above.into_iter().chain([cells])
    });
    Block::Table {
        header: std::iter::once("Issue".to_owned()).chain(titles).collect(),
        rows: rows.collect(),
    }
}

/// Returns the row above the rows of a theme: its name, and how widely it is shared.
fn theme_row(table: Annotated<'_>, theme: &Theme) -> Vec<Cell> {
    let mut cells = vec![vec![
        vec![strong(theme.name.to_uppercase())],
        vec![plain(extent_of(theme))],
    ]];
    cells.resize(table.columns.len() + 1, Vec::new());
    cells
}

fn issue_cell(table: Annotated<'_>, row: &Row) -> Cell {
    let n_processes = counted(row.n_processes, "process", "processes");
    let mut lines = vec![vec![strong(&row.issue)], vec![plain(n_processes)]];
    let remarks = table.remarks(row).into_iter();
    lines.extend(remarks.map(|line| vec![plain(line)]));
    lines
}
