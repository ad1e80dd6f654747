//! The Word document of a table, as a person may have edited it.

use std::collections::BTreeMap;

use roxmltree::Node;

use crate::read::document::Reading;
use crate::read::records::{Name, Record};
use crate::read::table::{WORD, heads_issues, parts_of, rows_of};
use crate::read::written::gather::{Entry, reading_of};
use crate::read::written::name::{record_of, taken_apart};
use crate::read::written::wide::quotation_of;

/// The character styles of citations, of the words of agreements, and of remarks of the program.
pub(crate) const CITATION_STYLE: &str = "ClauseCitation";
pub(crate) const TEXT_STYLE: &str = "ClauseText";
pub(crate) const NOTE_STYLE: &str = "ClauseNote";

/// The title of a column that stands for several processes.
pub(crate) const OTHER_PROCESSES: &str = "Other processes";
/// The header of the table of the clauses that stand alone.
pub(crate) const ALONE_HEADER: [&str; 3] = ["Process", "Standing alone", "Why"];
/// The header of the table of the sources, with the columns of a tidy table that each stands for; the
/// first is the name that citations begin with.
pub(crate) const SOURCE_HEADER: [(&str, &str); 12] = [
    ("Cited as", ""),
    ("Key", "agreement"),
    ("Process", "process"),
    ("Title", "title"),
    ("Adopted by", "body"),
    ("Year", "year"),
    ("First published", "first_published"),
    ("Actors", "actor_kind"),
    ("Region", "region"),
    ("Status", "status"),
    ("Language", "lang"),
    ("Address", "address"),
];

/// Reads a document that this crate wrote; nothing if it is none: it has a table of sources.
///
/// A paragraph of a cell is a clause: the citation, the lead-in, the quoted words; they are told by
/// their character styles, or where a person has typed the paragraph, by their marks. What tracked
/// changes delete is dropped.
pub(crate) fn read(root: Node<'_, '_>) -> Option<Reading> {
    let tables: Vec<Node> = root
        .descendants()
        .filter(|node| node.tag_name().name() == "tbl")
        .collect();
    let sources = tables.iter().find_map(|table| Sources::of(*table))?;
    let mut entries = Vec::new();
    for table in tables {
        let header = header_of(table);
        if header.first().is_some_and(|first| heads_issues(first)) {
            add_issues(&mut entries, table, &sources);
        } else if header.get(1).map(String::as_str) == Some(ALONE_HEADER[1]) {
            add_alone(&mut entries, table, &sources);
        }
    }
    reading_of(entries, &[], Vec::new()).ok()
}

fn cells_of<'a, 'i: 'a>(row: Node<'a, 'i>) -> Vec<Vec<Paragraph>> {
    let cells = parts_of(row, "tr", &["tc"]);
    cells.map(paragraphs_of).collect()
}

fn header_of(table: Node<'_, '_>) -> Vec<String> {
    let first = rows_of(table, &WORD).next();
    let cells = first.map(cells_of).unwrap_or_default();
    cells.iter().map(|cell| plain_words(cell)).collect()
}

/// Returns the words of a cell without remarks, its paragraphs joined by spaces.
fn plain_words(cell: &[Paragraph]) -> String {
    let words: Vec<&str> = cell.iter().map(|p| p.all.trim()).collect();
    let joined = words.join(" ");
    joined.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn add_issues(entries: &mut Vec<Entry>, table: Node<'_, '_>, sources: &Sources) {
    let titles = header_of(table);
    for row in rows_of(table, &WORD).skip(1) {
        let cells = cells_of(row);
        let Some((issue, cells)) = cells.split_first() else {
            continue;
        };
        let issue = plain_words(issue);
        let before = entries.len();
        for (title, cell) in titles.iter().skip(1).zip(cells) {
            for record in clauses_of(cell, sources, title) {
                let issue = Some(issue.clone());
                entries.push(Entry { record, issue });
            }
        }
        if entries.len() == before && !issue.is_empty() {
            let record = Record::default();
            let issue = Some(issue);
            entries.push(Entry { record, issue });
        }
    }
}

fn add_alone(entries: &mut Vec<Entry>, table: Node<'_, '_>, sources: &Sources) {
    for row in rows_of(table, &WORD).skip(1) {
        if let [process, clause, ..] = &cells_of(row)[..] {
            let records = clauses_of(clause, sources, &plain_words(process));
            entries.extend(records.into_iter().map(|record| Entry {
                record,
                issue: None,
            }));
        }
    }
}

/// Returns the clauses of a cell. A paragraph of quoted words alone goes on with the one before: somebody
/// has broken it.
fn clauses_of(cell: &[Paragraph], sources: &Sources, process: &str) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    for paragraph in cell {
        let is_rest = paragraph.citation.is_empty() && !paragraph.text.is_empty();
        match records.last_mut().and_then(|last| last.text.as_mut()) {
            Some(text) if is_rest => {
                text.push('\n');
                text.push_str(paragraph.text.trim());
            }
            _ => records.extend(paragraph.record(sources, process)),
        }
    }
    records
}

/// The words of a paragraph, told apart by their styles.
#[derive(Debug, Default)]
struct Paragraph {
    citation: String,
    /// The id of the clause, from the link of the citation.
    id: Option<String>,
    /// The bookmark of the source, from the link of the citation.
    bookmark: Option<String>,
    /// What stands between the citation and the quotation, with its marks.
    between: String,
    text: String,
    /// All but the remarks.
    all: String,
    /// The bookmark that begins in the paragraph.
    own_bookmark: Option<String>,
}

fn paragraphs_of(cell: Node<'_, '_>) -> Vec<Paragraph> {
    let paragraphs = parts_of(cell, "tc", &["p"]);
    paragraphs
        .map(|node| {
            let mut paragraph = Paragraph::default();
            paragraph.add(node, false);
            paragraph
        })
        .collect()
}

impl Paragraph {
    fn add(&mut self, node: Node<'_, '_>, is_in_link: bool) {
        for child in node.children() {
            match child.tag_name().name() {
                "del" | "moveFrom" | "Fallback" | "pPr" => {}
                "r" => self.add_run(child, is_in_link),
                "hyperlink" => {
                    self.id = attribute(child, "tooltip").or(self.id.take());
                    self.bookmark = attribute(child, "anchor").or(self.bookmark.take());
                    self.add(child, true);
                }
                "bookmarkStart" => {
                    let name = attribute(child, "name");
                    let name = name.filter(|name| name.starts_with("source_"));
                    self.own_bookmark = name.or(self.own_bookmark.take());
                }
                _ => self.add(child, is_in_link),
            }
        }
    }

    fn add_run(&mut self, run: Node<'_, '_>, is_in_link: bool) {
        let style = run
            .descendants()
            .find(|node| node.tag_name().name() == "rStyle")
            .and_then(|style| attribute(style, "val"))
            .unwrap_or_default();
        if style == NOTE_STYLE {
            return;
        }
        let words = words_of(run);
        self.all.push_str(&words);
        if style == TEXT_STYLE {
            self.text.push_str(&words);
        } else if is_in_link || style == CITATION_STYLE {
            self.citation.push_str(&words);
        } else if self.text.is_empty() {
            self.between.push_str(&words);
        }
    }

    /// Returns the clause of the paragraph, if it quotes one.
    fn record(&self, sources: &Sources, process: &str) -> Option<Record> {
        if self.text.trim().is_empty() {
            let typed = quotation_of(&self.all)?;
            let mut record = sources.record(typed.citation, None, process);
            record.lead_in = typed.lead_in.map(str::to_owned);
            record.text = Some(typed.text.to_owned());
            return Some(record);
        }
        let mut record = sources.record(self.citation.trim(), self.bookmark.as_deref(), process);
        record.id = self.id.clone().map(Name).or(record.id);
        let lead_in = self.between.trim().trim_start_matches(':').trim();
        let lead_in = lead_in.strip_suffix('“').unwrap_or(lead_in).trim();
        record.lead_in = (!lead_in.is_empty()).then(|| lead_in.to_owned());
        record.text = Some(self.text.trim().to_owned());
        Some(record)
    }
}

fn attribute(node: Node<'_, '_>, name: &str) -> Option<String> {
    let mut attributes = node.attributes();
    let found = attributes.find(|attribute| attribute.name() == name)?;
    Some(found.value().to_owned())
}

/// Returns the words of a run; a line break stands for a blank line.
fn words_of(run: Node<'_, '_>) -> String {
    let mut words = String::new();
    for child in run.children() {
        match child.tag_name().name() {
            "t" => words.push_str(child.text().unwrap_or_default()),
            "br" | "cr" => words.push_str("\n\n"),
            "tab" => words.push(' '),
            _ => {}
        }
    }
    words
}

/// The agreements that the document lists.
struct Sources {
    /// The name that citations begin with, the bookmark, and what is known.
    known: Vec<(String, Option<String>, BTreeMap<&'static str, String>)>,
}

impl Sources {
    /// Returns the sources of a table, if it lists them.
    fn of(table: Node<'_, '_>) -> Option<Self> {
        let header = header_of(table);
        let is_header = header.len() > 2 && header[..2] == ["Cited as", "Key"];
        if !is_header {
            return None;
        }
        let places: Vec<Option<&'static str>> = header
            .iter()
            .map(|title| {
                let known = SOURCE_HEADER.iter().find(|(name, _)| name == title);
                known.map(|(_, field)| *field)
            })
            .collect();
        let known = rows_of(table, &WORD).skip(1).map(|row| {
            let cells = cells_of(row);
            let values = places.iter().zip(&cells);
            let values = values.filter_map(|(field, cell)| Some(((*field)?, plain_words(cell))));
            let values: BTreeMap<&'static str, String> = values.collect();
            let name = values.get("").cloned().unwrap_or_default();
            let bookmark = cells.first().and_then(|cell| cell.first());
            let bookmark = bookmark.and_then(|first| first.own_bookmark.clone());
            (name, bookmark, values)
        });
        let known = known.collect();
        Some(Self { known })
    }

    /// Returns the record of a citation, without words: of the source that its link names, else of the
    /// one with the longest name it begins with, else of one that the list lacks.
    fn record(&self, citation: &str, bookmark: Option<&str>, process: &str) -> Record {
        let citation = citation.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_named = |name: &str| !name.is_empty() && citation.starts_with(name);
        let named = || self.known.iter().filter(|(name, ..)| is_named(name));
        let linked = named().find(|(_, own, _)| bookmark.is_some() && own.as_deref() == bookmark);
        let source = linked.or_else(|| named().max_by_key(|(name, ..)| name.len()));
        let Some((name, _, values)) = source else {
            let process = if process == OTHER_PROCESSES {
                ""
            } else {
                process
            };
            return record_of(taken_apart(&citation), process);
        };
        let label = citation[name.len()..].trim();
        let numbered = format!("x {label}");
        let is_numbered = taken_apart(&numbered).running_number.is_some();
        let mut record = record_of_source(name, values);
        if !is_numbered && !label.is_empty() {
            record.clause = Some(Name(label.to_owned()));
        }
        record
    }
}

fn record_of_source(name: &str, values: &BTreeMap<&'static str, String>) -> Record {
    let named = |field: &str| {
        let value = values.get(field).filter(|value| !value.is_empty());
        value.map(|value| Name(value.clone()))
    };
    // The name is the short one, unless it is the title or the key.
    let is_other = |field: &str| values.get(field).is_none_or(|value| value != name);
    let has_short_name = is_other("title") && is_other("agreement");
    Record {
        short_name: has_short_name.then(|| Name(name.to_owned())),
        ..Record::about_agreement(named)
    }
}
