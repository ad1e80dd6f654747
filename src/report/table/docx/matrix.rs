//! The table itself: issues in rows, processes in columns, quotations in the cells.

use std::collections::BTreeMap;

use crate::finding::Annotated;
use crate::read::{NOTE_STYLE, TEXT_STYLE};
use crate::report::form::visible::one_line;
use crate::report::form::words::counted;
use crate::report::table::cell::Digest;
use crate::report::table::docx::layout::{Layout, quotes_of};
use crate::report::table::docx::markup::{TableMarkup, link, note, paragraph_of, plain, run};
use crate::report::table::quotation::Quotation;
use crate::report::table::remarks::{checked, extent_of, stability};
use crate::table::{ConvergenceTable, Row};

/// The bookmark of each source, by the agreement's key.
pub(super) struct Bookmarks<'a>(BTreeMap<&'a str, usize>);

impl<'a> Bookmarks<'a> {
    pub(super) fn of(table: &'a ConvergenceTable) -> Self {
        let keys = table.agreements.iter().map(|source| source.key.as_str());
        Self(keys.zip(1..).collect())
    }

    /// Returns the name of a source's bookmark; `source_0` if the source is unknown.
    pub(super) fn name(&self, agreement: &str) -> String {
        let number = self.0.get(agreement).copied().unwrap_or_default();
        format!("source_{number}")
    }
}

/// Appends the table, if it has rows.
pub(super) fn push(out: &mut String, table: Annotated<'_>, layout: &Layout) {
    if table.rows.is_empty() {
        let words = "No issue is shared by several clauses.";
        out.push_str(&plain("Normal", words));
        return;
    }
    let bookmarks = Bookmarks::of(&table);
    let mut header = vec!["Issue"];
    header.extend(layout.columns.iter().map(|column| column.title));
    let mut widths = vec![layout.issue_width];
    widths.extend(layout.columns.iter().map(|column| column.width));
    let markup = TableMarkup {
        widths: &widths,
        header: &header,
    };
    markup.begin(out);
    for (id, row) in table.row_ids().zip(&table.rows) {
        if let Some(theme) = table.theme_begun_by(id) {
            markup.across(out, &format!("{}: {}", theme.name, extent_of(theme)));
        }
        let mut cells = vec![issue_cell(table, row)];
        for column in &layout.columns {
            let shown = Digest::of(table, quotes_of(row, column)).shown;
            let quotes = shown.iter().map(|shown| Quotation::of_shown(table, shown));
            cells.push(quotes.map(|quoted| clause(&quoted, &bookmarks)).collect());
        }
        markup.row(out, &cells, layout.split_of(row));
    }
    TableMarkup::end(out);
}

/// Returns the name of a row, with notes on it below.
fn issue_cell(table: Annotated<'_>, row: &Row) -> String {
    let mut cell = paragraph_of("Issue", &run(None, &row.issue), &row.issue);
    let n_processes = counted(row.n_processes, "process", "processes");
    let remarks = [
        Some(n_processes),
        stability(row),
        checked(row),
        table.strength(row),
        table.shared(row),
        table.collapsed(row),
        table.parted(row),
        table.preamble(row),
    ];
    for remark in remarks.iter().flatten() {
        cell.push_str(&note("Cell", remark));
    }
    cell
}

/// Returns a clause as a paragraph: citation, lead-in, text, note.
pub(super) fn clause(quoted: &Quotation, bookmarks: &Bookmarks) -> String {
    let clause = quoted.clause;
    let bookmark = bookmarks.name(&clause.agreement);
    let mut runs = link(&bookmark, &clause.id, &clause.citation);
    if let Some(force) = quoted.force {
        runs.push_str(&run(Some(NOTE_STYLE), &format!(" [{}]", force.tag())));
    }
    let lead_in = quoted.lead_in.as_deref();
    let lead_in = lead_in.map(|lead_in| one_line(lead_in) + " ");
    let lead_in = lead_in.unwrap_or_default();
    runs.push_str(&run(None, &format!(": {lead_in}“")));
    runs.push_str(&run(Some(TEXT_STYLE), quoted.words.trim()));
    runs.push_str(&run(None, "”"));
    if let Some(remark) = &quoted.remark {
        runs.push_str(&run(Some(NOTE_STYLE), &format!(" ({remark})")));
    }
    paragraph_of("Cell", &runs, &clause.text)
}
