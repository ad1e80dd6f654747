//! Tables of word processors: DOCX and ODT name the same parts differently.

use roxmltree::Node;

use crate::read::document::Parsed;
use crate::read::table::evidence::{self, Cells, MAX_ROWS, quotes_clauses};
use crate::read::table::parsed::reading_of;
use crate::read::table::quotation::{LINK_END, LINK_START};
use crate::read::table::rows::{Line, heads_issues, paragraphs_of};

/// The names of the parts of tables in a format.
#[derive(Debug)]
pub(crate) struct Names {
    table: &'static str,
    row: &'static str,
    /// The cells of a row, including those covered by another cell.
    cells: &'static [&'static str],
    link: &'static str,
    /// The only element that contains words, if there is one.
    words: Option<&'static str>,
    /// Elements that are not part of a cell's words.
    never: &'static [&'static str],
    /// The attribute with the number of columns of a cell, in formats without covered cells.
    span: Option<&'static str>,
}

/// The names of DOCX.
pub(crate) const WORD: Names = Names {
    table: "tbl",
    row: "tr",
    cells: &["tc"],
    link: "hyperlink",
    words: Some("t"),
    never: &["del", "moveFrom", "Fallback"],
    span: Some("gridSpan"),
};

/// The names of ODT.
pub(crate) const OPEN_DOCUMENT: Names = Names {
    table: "table",
    row: "table-row",
    cells: &["table-cell", "covered-table-cell"],
    link: "a",
    words: None,
    never: &["note", "annotation", "tracked-changes"],
    span: None,
};

/// The most columns of one cell.
const MAX_SPAN: usize = 64;

/// Reads the comparison tables of a document of a word processor; `None` if no cell quotes a clause.
pub(crate) fn read_document(root: Node<'_, '_>, names: &Names) -> Option<Parsed> {
    let found = evidence::find(lines(root, names));
    reading_of(found, Vec::new())
}

/// Returns the rows of the comparison tables of a document, and a line for each paragraph outside
/// them; empty if there is no such table. Where a table has a header of issues, others are none for what
/// they quote.
fn lines(root: Node<'_, '_>, names: &Names) -> Vec<Line> {
    let is_headed = |node: Node<'_, '_>| has_issue_header(node, names);
    let has_header = root.descendants().any(is_headed);
    let is_comparison = |node: Node<'_, '_>| {
        if has_header {
            is_headed(node)
        } else {
            quotes_clauses_in(node, names)
        }
    };
    if !has_header && !root.descendants().any(is_comparison) {
        return Vec::new();
    }
    let mut lines = Vec::new();
    let mut skipped_to = 0;
    for node in root.descendants() {
        if node.range().start < skipped_to {
            continue;
        }
        if is_comparison(node) {
            skipped_to = node.range().end;
            lines.extend(rows_of(node, names).map(|row| Line::Cells {
                number: None,
                cells: cells_of(row, names),
            }));
            lines.extend((!has_header).then_some(Line::Blank));
        } else if matches!(node.tag_name().name(), "p" | "h") {
            lines.extend([Line::Prose, Line::Blank]);
        }
    }
    lines
}

/// Returns whether a node is a table whose first cell is a header of issues.
fn has_issue_header(node: Node<'_, '_>, names: &Names) -> bool {
    if node.tag_name().name() != names.table {
        return false;
    }
    let first = rows_of(node, names).next();
    let cell = first.and_then(|row| parts_of(row, names.row, names.cells).next());
    cell.is_some_and(|cell| heads_issues(&words_of(cell, names).join(" ")))
}

/// Returns whether a node is a table that quotes clauses in its cells.
fn quotes_clauses_in(table: Node<'_, '_>, names: &Names) -> bool {
    let is_table = |node: &Node<'_, '_>| node.tag_name().name() == names.table;
    // Tables inside others are not examined: that would take time quadratic in their number.
    if !is_table(&table) || table.ancestors().skip(1).any(|above| is_table(&above)) {
        return false;
    }
    let rows = rows_of(table, names).take(MAX_ROWS);
    let rows: Vec<Cells> = rows.map(|row| cells_of(row, names)).collect();
    quotes_clauses(&rows)
}

/// Returns the rows of a table, without those of tables inside it.
pub(crate) fn rows_of<'a, 'i: 'a>(
    table: Node<'a, 'i>,
    names: &'a Names,
) -> impl Iterator<Item = Node<'a, 'i>> {
    parts_of(table, names.table, std::slice::from_ref(&names.row))
}

/// Returns the descendants named in `parts` whose nearest ancestor called `name` is `whole`.
pub(crate) fn parts_of<'a, 'i: 'a>(
    whole: Node<'a, 'i>,
    name: &'a str,
    parts: &'a [&'a str],
) -> impl Iterator<Item = Node<'a, 'i>> {
    whole.descendants().filter(move |part| {
        let mut above = part.ancestors().skip(1);
        parts.contains(&part.tag_name().name())
            && above.find(|node| node.tag_name().name() == name) == Some(whole)
    })
}

fn cells_of(row: Node<'_, '_>, names: &Names) -> Vec<Vec<String>> {
    let mut cells = Vec::new();
    for cell in parts_of(row, names.row, names.cells) {
        cells.push(words_of(cell, names));
        let span = names.span.and_then(|span| {
            let mut parts = cell.descendants();
            let part = parts.find(|part| part.tag_name().name() == span)?;
            let value = part.attributes().find(|value| value.name() == "val")?;
            value.value().parse::<usize>().ok()
        });
        let n_more = span.unwrap_or(1).clamp(1, MAX_SPAN) - 1;
        cells.resize(cells.len() + n_more, Vec::new());
    }
    cells
}

/// Returns the paragraphs of a cell, with the names of links marked.
fn words_of(cell: Node<'_, '_>, names: &Names) -> Vec<String> {
    let mut words = String::new();
    add_words(cell, names, &mut words);
    paragraphs_of(&words)
}

fn add_words(node: Node<'_, '_>, names: &Names, words: &mut String) {
    let holds_words = names
        .words
        .is_none_or(|name| node.tag_name().name() == name);
    for child in node.children() {
        if let Some(text) = child.text().filter(|_| child.is_text() && holds_words) {
            let plain = text.replace([LINK_START, LINK_END], "");
            words.push_str(&plain.replace(char::is_whitespace, " "));
            continue;
        }
        match child.tag_name().name() {
            name if names.never.contains(&name) => {}
            name if name == names.link => {
                words.push(LINK_START);
                add_words(child, names, words);
                words.push(LINK_END);
            }
            "p" | "h" => {
                words.push('\n');
                add_words(child, names, words);
                words.push('\n');
            }
            "br" | "cr" | "line-break" => words.push('\n'),
            "tab" | "s" => words.push(' '),
            _ => add_words(child, names, words),
        }
    }
}
