//! Tables of web pages.

use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{Html, Node};

use crate::error::{Diagnostic, Result};
use crate::read::document::Parsed;
use crate::read::html::{NodeRef, cells_of, rows_of};
use crate::read::limits::{ReadLimits, within};
use crate::read::table::evidence::{self, Cells, MAX_ROWS, quotes_clauses};
use crate::read::table::parsed::reading_of;
use crate::read::table::quotation::{LINK_END, LINK_START};
use crate::read::table::rows::{Line, heads_issues, paragraphs_of};

/// A first cell of more bytes than this is not the header of the issues.
const MAX_HEADER_BYTES: usize = 64;

/// Elements that begin and end a paragraph of a cell.
const PARAGRAPHS: [&str; 12] = [
    "p", "br", "li", "div", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "dd",
];
/// Elements of a page that are paragraphs outside its tables.
const PROSE: [&str; 9] = ["p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "pre"];

/// Reads the comparison tables of a web page; `None` if no cell quotes a clause.
///
/// # Errors
///
/// [`ErrorKind::Limit`] if a table exceeds one of the `limits`.
pub(crate) fn read_page(
    html: &Html,
    limits: &ReadLimits,
    diagnostics: &[Diagnostic],
) -> Result<Option<Parsed>> {
    let found = evidence::find(lines(html, limits)?);
    Ok(reading_of(found, diagnostics.to_vec()))
}

/// Returns the rows of the comparison tables of a page, and a line for each paragraph outside them;
/// empty if the page has no such table. Where a table has a header of issues, others are none for what they
/// quote.
///
/// A cell that spans several rows or columns is put in the first of them. Takes two passes.
///
/// # Errors
///
/// [`ErrorKind::Limit`] if a row has more columns than the `limits` allow.
fn lines(html: &Html, limits: &ReadLimits) -> Result<Vec<Line>> {
    let mut lines = Vec::new();
    let has_header = html.tree.root().descendants().any(has_issue_header);
    let is_comparison = |node: NodeRef<'_>| {
        if has_header {
            has_issue_header(node)
        } else {
            quotes_clauses_in(node)
        }
    };
    let mut has_table = false;
    let mut skipped = None;
    for edge in html.tree.root().traverse() {
        match edge {
            Edge::Open(node) if skipped.is_none() => {
                if is_comparison(node) {
                    has_table = true;
                    add_rows(node, limits, &mut lines)?;
                    lines.extend((!has_header).then_some(Line::Blank));
                    skipped = Some(node.id());
                } else if is_one_of(node, &PROSE) {
                    lines.extend([Line::Prose, Line::Blank]);
                }
            }
            Edge::Close(node) if skipped == Some(node.id()) => skipped = None,
            _ => {}
        }
    }
    Ok(if has_table { lines } else { Vec::new() })
}

fn is_one_of(node: NodeRef<'_>, names: &[&str]) -> bool {
    let element = node.value().as_element();
    element.is_some_and(|element| names.contains(&element.name()))
}

/// Returns whether a node is a table whose first cell is a header of issues.
fn has_issue_header(node: NodeRef<'_>) -> bool {
    if !is_one_of(node, &["table"]) {
        return false;
    }
    let first = rows_of(node).next();
    let Some(cell) = first.and_then(|row| cells_of(row).next()) else {
        return false;
    };
    let mut words = String::new();
    for part in cell.descendants() {
        if let Some(text) = part.value().as_text() {
            words.push_str(text);
        }
        if words.len() > MAX_HEADER_BYTES {
            return false;
        }
    }
    heads_issues(&words)
}

/// Returns whether a node is a table that quotes clauses in its cells.
fn quotes_clauses_in(table: NodeRef<'_>) -> bool {
    if !is_one_of(table, &["table"]) {
        return false;
    }
    let cells = |row: NodeRef<'_>| -> Vec<Vec<String>> { cells_of(row).map(words_of).collect() };
    let is_nested = |row: &NodeRef<'_>| row.descendants().any(|part| is_one_of(part, &["table"]));
    let rows: Vec<Cells> = rows_of(table)
        .take(MAX_ROWS)
        .take_while(|row| !is_nested(row))
        .map(cells)
        .collect();
    quotes_clauses(&rows)
}

fn add_rows(table: NodeRef<'_>, limits: &ReadLimits, lines: &mut Vec<Line>) -> Result<()> {
    // The number of further rows that the cell above spans, for each column.
    let mut spanned: Vec<usize> = Vec::new();
    for row in rows_of(table) {
        let mut cells: Vec<Vec<String>> = Vec::new();
        for cell in cells_of(row) {
            while spanned.get(cells.len()).is_some_and(|&n| n > 0) {
                spanned[cells.len()] -= 1;
                cells.push(Vec::new());
            }
            let n_columns = span_of(cell, "colspan").min(limits.max_columns + 1);
            let n_more_rows = span_of(cell, "rowspan") - 1;
            let first = cells.len();
            cells.push(words_of(cell));
            cells.resize(first + n_columns, Vec::new());
            let rule = "a row of a table has more than {} columns";
            within(cells.len(), limits.max_columns, rule)?;
            spanned.resize(spanned.len().max(cells.len()), 0);
            spanned[first..cells.len()].fill(n_more_rows);
        }
        // Spanning cells from above, after the last cell of the row.
        for below in spanned.iter_mut().skip(cells.len()) {
            *below = below.saturating_sub(1);
        }
        if !cells.is_empty() {
            lines.push(Line::Cells {
                number: None,
                cells,
            });
        }
    }
    Ok(())
}

fn span_of(cell: NodeRef<'_>, name: &str) -> usize {
    let element: Option<&Element> = cell.value().as_element();
    let span = element.and_then(|element| element.attr(name)?.trim().parse().ok());
    span.unwrap_or(1).max(1)
}

/// Returns the paragraphs of a cell, with the names of links marked.
fn words_of(cell: NodeRef<'_>) -> Vec<String> {
    let mut words = String::new();
    for edge in cell.traverse() {
        let (node, is_open) = match edge {
            Edge::Open(node) => (node, true),
            Edge::Close(node) => (node, false),
        };
        match node.value() {
            Node::Text(text) if is_open && !is_hidden(node) => {
                let plain = text.replace([LINK_START, LINK_END], "");
                words.push_str(&plain.replace(char::is_whitespace, " "));
            }
            Node::Element(element) if element.name() == "a" => {
                words.push(if is_open { LINK_START } else { LINK_END });
            }
            Node::Element(element) if PARAGRAPHS.contains(&element.name()) => words.push('\n'),
            _ => {}
        }
    }
    paragraphs_of(&words)
}

/// Returns whether a text node is in a script or a style.
fn is_hidden(text: NodeRef<'_>) -> bool {
    let parent = text.parent();
    parent.is_some_and(|parent| is_one_of(parent, &["script", "style", "template"]))
}
