//! The parts around the table: title, clauses that stand alone, sources, how it was made.

use std::collections::BTreeSet;

use crate::error::Severity;
use crate::finding::Annotated;
use crate::read::{ALONE_HEADER, FURTHER_HEADER, source_columns};
use crate::report::form::words::counted;
use crate::report::table::cell::Digest;
use crate::report::table::docx::layout::{Layout, quotes_of};
use crate::report::table::docx::markup::{
    Split, TableMarkup, bookmarked, link, note, paragraph, plain, run,
};
use crate::report::table::docx::matrix::{Bookmarks, clause};
use crate::report::table::listed::{NOT_COMPARED, listed_by_kind};
use crate::report::table::quotation::Quotation;
use crate::report::table::remarks::made_with;
use crate::report::table::tidy::source_cells;
use crate::table::{Alone, Column, ConvergenceTable};

/// The widths of the columns of the two tables, in percent of the page.
const ALONE_SHARES: [usize; 3] = [12, 63, 25];
const SOURCE_SHARES: [usize; 12] = [9, 8, 8, 15, 13, 4, 7, 6, 6, 8, 4, 12];
/// The most diagnostics that are listed.
const MAX_ODDITIES: usize = 100;

/// Appends the title, the extent and the meaning of the columns.
pub(super) fn push_head(out: &mut String, table: &ConvergenceTable, layout: &Layout) {
    out.push_str(&plain("Title", "Convergence table"));
    let extent = format!(
        "{} by {}; {}. The most widely shared issue stands first.",
        counted(table.rows.len(), "issue", "issues"),
        counted(table.columns.len(), "column", "columns"),
        counted(
            table.alone.iter().filter(|alone| alone.is_compared).count(),
            "clause stands alone",
            "clauses stand alone"
        ),
    );
    out.push_str(&plain("Normal", &extent));
    let mut legend: Vec<String> = Vec::new();
    for shown in &layout.columns {
        let names: Vec<String> = match &shown.columns[..] {
            [column] => sources_of(table, column),
            several => several.iter().map(|column| column.title.clone()).collect(),
        };
        legend.push(format!("{}: {}", shown.title, names.join(", ")));
    }
    out.push_str(&paragraph(
        "Normal",
        &run(None, &format!("Columns: {}.", legend.join("; "))),
    ));
    if !layout.empty.is_empty() {
        let titles: Vec<&str> = layout.empty.iter().map(|c| c.title.as_str()).collect();
        let words = format!("Without a clause in any row: {}.", titles.join(", "));
        out.push_str(&plain("Normal", &words));
    }
}

/// Returns the names of the agreements whose clauses are in a column, with their years.
fn sources_of(table: &ConvergenceTable, column: &Column) -> Vec<String> {
    let cells = table
        .rows
        .iter()
        .filter_map(|row| row.cells.get(&column.id));
    let keys: BTreeSet<&str> = cells
        .flatten()
        .map(|quote| quote.agreement.as_str())
        .collect();
    let sources = table.agreements.iter();
    sources
        .filter(|source| keys.contains(source.key.as_str()))
        .map(|source| match source.metadata.year {
            Some(year) if !source.name.contains(&year.to_string()) => {
                format!("{} ({year})", source.name)
            }
            _ => source.name.clone(),
        })
        .collect()
}

/// Appends the clauses that cells only count, and the whole words of those they cut.
pub(super) fn push_further(out: &mut String, table: Annotated<'_>, layout: &Layout) {
    let bookmarks = Bookmarks::of(&table);
    let widths = ALONE_SHARES.map(|share| share * layout.page.text_width() / 100);
    let markup = TableMarkup {
        widths: &widths,
        header: &FURTHER_HEADER,
    };
    let mut rows = String::new();
    for row in &table.rows {
        for column in &layout.columns {
            for further in Digest::of(table, quotes_of(row, column)).rest {
                let with = &further.with.quoted;
                let with = link(&bookmarks.name(&with.agreement), &with.id, &with.citation);
                let cells = [
                    plain("Cell", column.title),
                    clause(&Quotation::of_quote(table, further.quote), &bookmarks),
                    paragraph("Cell", &with),
                ];
                markup.row(&mut rows, &cells, Split::IfNeeded);
            }
        }
    }
    if rows.is_empty() {
        return;
    }
    out.push_str(&plain("Heading1", "Further clauses"));
    markup.begin(out);
    out.push_str(&rows);
    TableMarkup::end(out);
}

/// Appends the clauses that stand alone, with the reasons, then those of kinds that make no rows.
pub(super) fn push_alone(out: &mut String, table: Annotated<'_>, layout: &Layout) {
    let (compared, listed): (Vec<&Alone>, Vec<&Alone>) =
        table.alone.iter().partition(|alone| alone.is_compared);
    if !compared.is_empty() {
        out.push_str(&plain("Heading1", "Standing alone"));
        push_clauses(out, table, layout, &compared);
    }
    if !listed.is_empty() {
        out.push_str(&plain("Heading1", NOT_COMPARED));
        for (title, citations) in listed_by_kind(&table) {
            out.push_str(&plain("Normal", &format!("{title}: {citations}")));
        }
        push_clauses(out, table, layout, &listed);
    }
}

/// Appends clauses that are in no row, with the reasons.
fn push_clauses(out: &mut String, table: Annotated<'_>, layout: &Layout, clauses: &[&Alone]) {
    let bookmarks = Bookmarks::of(&table);
    let widths = ALONE_SHARES.map(|share| share * layout.page.text_width() / 100);
    let markup = TableMarkup {
        widths: &widths,
        header: &ALONE_HEADER,
    };
    markup.begin(out);
    for alone in clauses {
        let column = table
            .columns
            .iter()
            .find(|column| column.id == alone.column);
        let title = column.map_or(alone.column.as_str(), |column| &column.title);
        let mut quoted = Quotation::of_alone(table, alone);
        // The reason has a column of its own.
        let why = quoted.remark.take().unwrap_or_default();
        let cells = [
            plain("Cell", title),
            clause(&quoted, &bookmarks),
            note("Cell", &why),
        ];
        markup.row(out, &cells, Split::Never);
    }
    TableMarkup::end(out);
}

/// Appends the agreements with all known metadata.
pub(super) fn push_sources(out: &mut String, table: &ConvergenceTable, layout: &Layout) {
    out.push_str(&plain("Heading1", "Sources"));
    let bookmarks = Bookmarks::of(table);
    let widths = SOURCE_SHARES.map(|share| share * layout.page.text_width() / 100);
    let header: Vec<&str> = source_columns().map(|(title, _)| title).collect();
    let markup = TableMarkup {
        widths: &widths,
        header: &header,
    };
    markup.begin(out);
    for (number, source) in (1..).zip(&table.agreements) {
        let known = source_cells(source);
        let cells = source_columns().map(|(_, field)| {
            let runs = match field {
                "" => bookmarked(number, &bookmarks.name(&source.key), &source.name),
                "agreement" => run(None, &source.key),
                _ => {
                    let value = known.iter().find(|(name, _)| *name == field);
                    run(None, value.map_or("", |(_, value)| value))
                }
            };
            paragraph("Cell", &runs)
        });
        markup.row(out, &cells.collect::<Vec<_>>(), Split::Never);
    }
    TableMarkup::end(out);
}

/// Appends how the table was made, and the diagnostics of its input.
pub(super) fn push_notes(out: &mut String, table: &ConvergenceTable) {
    out.push_str(&plain("Heading1", "How it was made"));
    if let Some(words) = made_with(table) {
        out.push_str(&plain("Normal", &words));
    }
    let words = "A row is a proposal: read its clauses. Rows may be renamed, merged and reordered here, \
                 and quotations moved; the program reads the document again as the table it then is.";
    out.push_str(&plain("Normal", words));
    let oddities: Vec<String> = table
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity > Severity::Note)
        .map(ToString::to_string)
        .collect();
    for oddity in oddities.iter().take(MAX_ODDITIES) {
        out.push_str(&note("Normal", oddity));
    }
    if oddities.len() > MAX_ODDITIES {
        let words = format!("and {} more", oddities.len() - MAX_ODDITIES);
        out.push_str(&note("Normal", &words));
    }
}
