//! The list as a Word document: a table with a row a clause, the answer in the last cell.

use roxmltree::{Document as Xml, Node};

use crate::error::{Error, ErrorKind, Result};
use crate::read::answers::filled::{FilledAnswer, NO_ROW};
use crate::read::limits::ReadLimits;
use crate::read::package::Package;
use crate::read::table::{WORD, parts_of, rows_of};
use crate::read::xml::not_well_formed;
use crate::words::single_spaced;

/// The titles of the columns of the table. The first cell of a row has the number and, below it, the id of the
/// clause; the fourth a paragraph `1: NAME` for each rival.
pub(crate) const ANSWER_HEADER: [&str; 5] = ["No.", "Clause", "It is in", "It may be in", "Answer"];

/// Reads the table of answers in a document.
///
/// # Errors
///
/// [`ErrorKind::Format`] if it is damaged, [`ErrorKind::Limit`] if it exceeds one of the limits.
pub(super) fn read(bytes: &[u8], limits: &ReadLimits) -> Result<Vec<FilledAnswer>> {
    let mut package = Package::open(bytes, limits)?;
    let document = package.entry("word/document.xml")?;
    let document = document.and_then(|bytes| String::from_utf8(bytes).ok());
    let Some(document) = document else {
        return Err(Error::new(ErrorKind::Format, "this is no Word document"));
    };
    let parsed = Xml::parse(&document).map_err(|error| not_well_formed(&error))?;
    let tables = parsed
        .descendants()
        .filter(|node| node.tag_name().name() == "tbl");
    Ok(tables.flat_map(answers_in).collect())
}

/// Returns the answers in a table, if its header is that of the list.
fn answers_in(table: Node<'_, '_>) -> Vec<FilledAnswer> {
    let mut rows = rows_of(table, &WORD).map(cells_of);
    let titles: Vec<String> = rows
        .next()
        .unwrap_or_default()
        .iter()
        .map(|cell| cell.join(" "))
        .collect();
    if titles != ANSWER_HEADER {
        return Vec::new();
    }
    let answer = |(number, cells): (usize, Vec<Vec<String>>)| {
        let [first, _, here, rivals, answer] = &cells[..] else {
            return None;
        };
        let mut filled = FilledAnswer {
            place: format!("row {number}"),
            clause: first.get(1)?.clone(),
            here: here.first().filter(|name| *name != NO_ROW).cloned(),
            rivals: Vec::new(),
            answer: answer.join(" "),
        };
        for (number, name) in rivals.iter().filter_map(|line| rival_of(line)) {
            filled.offer(number, name);
        }
        Some(filled)
    };
    (1..).zip(rows).filter_map(answer).collect()
}

/// Returns the number and the name in `1: NAME`.
fn rival_of(line: &str) -> Option<(usize, String)> {
    let (number, name) = line.split_once(": ")?;
    Some((number.parse().ok()?, name.to_owned()))
}

/// Returns the paragraphs of each cell of a row, without those that are empty.
fn cells_of(row: Node<'_, '_>) -> Vec<Vec<String>> {
    let cells = parts_of(row, "tr", &["tc"]);
    let paragraphs = |cell| -> Vec<String> {
        let lines = parts_of(cell, "tc", &["p"]).map(|paragraph| {
            let mut words = String::new();
            add_words(paragraph, &mut words);
            single_spaced(&words)
        });
        lines.filter(|line| !line.is_empty()).collect()
    };
    cells.map(paragraphs).collect()
}

fn add_words(node: Node<'_, '_>, words: &mut String) {
    for child in node.children() {
        match child.tag_name().name() {
            "del" | "moveFrom" | "Fallback" | "pPr" => {}
            "t" => words.push_str(child.text().unwrap_or_default()),
            "br" | "cr" | "tab" => words.push(' '),
            _ => add_words(child, words),
        }
    }
}
