//! The Word document of a table, which a person may have edited.

use std::collections::BTreeMap;

use roxmltree::Node;

use crate::agreement::FIELDS;
use crate::read::document::Parsed;
use crate::read::record::Record;
use crate::read::table::{WORD, heads_issues, parts_of, rows_of};
use crate::read::written::gather::{WrittenEntry, reading_of};
use crate::read::written::name::{record_of, taken_apart};
use crate::read::written::wide::quotation_of;
use crate::read::xml::attribute_of;
use crate::words::single_spaced;

/// The character styles of citations, of the words of agreements, and of notes by the program.
pub(crate) const CITATION_STYLE: &str = "ClauseCitation";
pub(crate) const TEXT_STYLE: &str = "ClauseText";
pub(crate) const NOTE_STYLE: &str = "ClauseNote";

/// The title of a column that combines several processes.
pub(crate) const OTHER_PROCESSES: &str = "Other processes";
/// The header of the table of the clauses that the cells only count, and of those they cut.
pub(crate) const FURTHER_HEADER: [&str; 3] = [
    "Process",
    "Further clauses, and whole words",
    "Counted with",
];
/// The header of the table of the clauses standing alone.
pub(crate) const ALONE_HEADER: [&str; 3] = ["Process", "Standing alone", "Why"];

/// Returns the columns of the table of sources: their titles, and their columns in the long format.
/// The first has none: it is the name that citations begin with.
pub(crate) fn source_columns() -> impl Iterator<Item = (&'static str, &'static str)> {
    let first = [
        ("Cited as", ""),
        ("Key", "agreement"),
        ("Process", "process"),
    ];
    let fields = FIELDS
        .iter()
        .filter_map(|field| Some((field.title?, field.column?)));
    first
        .into_iter()
        .chain(fields.filter(|(title, _)| *title != "Process"))
}

/// Reads a document that this crate wrote, recognized by its table of sources; `None` for any other.
///
/// A paragraph of a cell is a clause: the citation, the lead-in and the quoted words, distinguished
/// by their character styles, or by their punctuation if a person typed the paragraph. Deletions in
/// tracked changes are dropped.
pub(crate) fn read(root: Node<'_, '_>) -> Option<Parsed> {
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
        } else if header.get(1).map(String::as_str) == Some(FURTHER_HEADER[1]) {
            add_further(&mut entries, table, &sources);
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

/// Returns the words of a cell without notes of the program, its paragraphs joined by spaces.
fn plain_words(cell: &[Paragraph]) -> String {
    let words: Vec<&str> = cell.iter().map(|p| p.all.trim()).collect();
    single_spaced(&words.join(" "))
}

fn add_issues(entries: &mut Vec<WrittenEntry>, table: Node<'_, '_>, sources: &Sources) {
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
                entries.push(WrittenEntry { record, issue });
            }
        }
        if entries.len() == before && !issue.is_empty() {
            let record = Record::default();
            let issue = Some(issue);
            entries.push(WrittenEntry { record, issue });
        }
    }
}

fn add_alone(entries: &mut Vec<WrittenEntry>, table: Node<'_, '_>, sources: &Sources) {
    for row in rows_of(table, &WORD).skip(1) {
        if let [process, clause, ..] = &cells_of(row)[..] {
            let records = clauses_of(clause, sources, &plain_words(process));
            entries.extend(records.into_iter().map(|record| WrittenEntry {
                record,
                issue: None,
            }));
        }
    }
}

/// Adds the clauses that the cells of the table only count, each to the issue of the quotation it is counted with,
/// wherever a person moved that.
fn add_further(entries: &mut Vec<WrittenEntry>, table: Node<'_, '_>, sources: &Sources) {
    let issue_of: BTreeMap<String, String> = entries
        .iter()
        .filter_map(|entry| Some((entry.record.name("id")?.to_owned(), entry.issue.clone()?)))
        .collect();
    for row in rows_of(table, &WORD).skip(1) {
        let [process, clause, with] = &cells_of(row)[..] else {
            continue;
        };
        let with = with.iter().find_map(|paragraph| paragraph.id.as_ref());
        let issue = with.and_then(|id| issue_of.get(id)).cloned();
        let records = clauses_of(clause, sources, &plain_words(process));
        entries.extend(records.into_iter().map(|record| WrittenEntry {
            record,
            issue: issue.clone(),
        }));
    }
}

/// Returns the clauses of a cell. A paragraph of only quoted words continues the one before, which
/// a person has divided.
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

/// The words of a paragraph, separated by their styles.
#[derive(Debug, Default)]
struct Paragraph {
    citation: String,
    /// The id of the clause, from the link of the citation.
    id: Option<String>,
    /// The bookmark of the source, from the link of the citation.
    bookmark: Option<String>,
    /// The text between the citation and the quotation, with its punctuation.
    between: String,
    text: String,
    /// Everything except notes of the program.
    all: String,
    /// The bookmark that begins in the paragraph.
    own_bookmark: Option<String>,
}

fn paragraphs_of(cell: Node<'_, '_>) -> Vec<Paragraph> {
    parts_of(cell, "tc", &["p"]).map(paragraph_of).collect()
}

/// The words of a paragraph and what they are.
fn paragraph_of(node: Node<'_, '_>) -> Paragraph {
    let mut paragraph = Paragraph::default();
    paragraph.add(node, Within::Paragraph);
    paragraph
}

/// The parent of a run in a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Within {
    Paragraph,
    Link,
}

impl Paragraph {
    fn add(&mut self, node: Node<'_, '_>, within: Within) {
        for child in node.children() {
            match child.tag_name().name() {
                "del" | "moveFrom" | "Fallback" | "pPr" => {}
                "r" => self.add_run(child, within),
                "hyperlink" => {
                    self.id = attribute_of(child, "tooltip")
                        .map(str::to_owned)
                        .or(self.id.take());
                    self.bookmark = attribute_of(child, "anchor")
                        .map(str::to_owned)
                        .or(self.bookmark.take());
                    self.add(child, Within::Link);
                }
                "bookmarkStart" => {
                    let name = attribute_of(child, "name").map(str::to_owned);
                    let name = name.filter(|name| name.starts_with("source_"));
                    self.own_bookmark = name.or(self.own_bookmark.take());
                }
                _ => self.add(child, within),
            }
        }
    }

    fn add_run(&mut self, run: Node<'_, '_>, within: Within) {
        let style = run
            .descendants()
            .find(|node| node.tag_name().name() == "rStyle")
            .and_then(|style| attribute_of(style, "val"))
            .unwrap_or_default();
        if style == NOTE_STYLE {
            return;
        }
        let words = words_of(run);
        self.all.push_str(&words);
        if style == TEXT_STYLE {
            self.text.push_str(&words);
        } else if within == Within::Link || style == CITATION_STYLE {
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
            record.set("lead_in", typed.lead_in.unwrap_or_default());
            record.set("text", typed.text);
            return Some(record);
        }
        let mut record = sources.record(self.citation.trim(), self.bookmark.as_deref(), process);
        record.set("id", self.id.as_deref().unwrap_or_default());
        let lead_in = self.between.trim().trim_start_matches(':').trim();
        let lead_in = lead_in.strip_suffix('“').unwrap_or(lead_in).trim();
        record.set("lead_in", lead_in);
        record.set("text", self.text.trim());
        Some(record)
    }
}

/// Returns the words of a run; a line break becomes a blank line.
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
struct Sources(Vec<Source>);

struct Source {
    /// The name that citations begin with.
    name: String,
    bookmark: Option<String>,
    /// Its metadata, without a clause.
    record: Record,
}

impl Source {
    /// Returns the source of a row whose cells belong to these columns of the long format.
    fn of(cells: &[Vec<Paragraph>], columns: &[Option<&'static str>]) -> Self {
        let mut name = String::new();
        let mut record = Record::default();
        for (column, cell) in columns.iter().zip(cells) {
            match column {
                Some("") => name = plain_words(cell),
                Some(column) => record.set(column, &plain_words(cell)),
                None => {}
            }
        }
        // The name is the short name, unless it is the title or the key.
        if record.name("title") != Some(&name) && record.name("agreement") != Some(&name) {
            record.set("short_name", &name);
        }
        let first = cells.first().and_then(|cell| cell.first());
        let bookmark = first.and_then(|first| first.own_bookmark.clone());
        Self {
            name,
            bookmark,
            record,
        }
    }
}

impl Sources {
    /// Returns the sources of a table, if it lists them.
    fn of(table: Node<'_, '_>) -> Option<Self> {
        let header = header_of(table);
        let is_header = header.len() > 2 && header[..2] == ["Cited as", "Key"];
        if !is_header {
            return None;
        }
        let column_of = |title: &String| source_columns().find(|(known, _)| known == title);
        let columns: Vec<Option<&'static str>> = header
            .iter()
            .map(|title| column_of(title).map(|(_, column)| column))
            .collect();
        let rows = rows_of(table, &WORD).skip(1);
        let sources = rows.map(|row| Source::of(&cells_of(row), &columns));
        Some(Self(sources.collect()))
    }

    /// Returns the record of a citation, without words: of the source its link names, else of the
    /// source with the longest name it begins with, else of a new source.
    fn record(&self, citation: &str, bookmark: Option<&str>, process: &str) -> Record {
        let citation = single_spaced(citation);
        let is_named = |name: &str| !name.is_empty() && citation.starts_with(name);
        let named = || self.0.iter().filter(|source| is_named(&source.name));
        let linked =
            named().find(|source| bookmark.is_some() && source.bookmark.as_deref() == bookmark);
        let source = linked.or_else(|| named().max_by_key(|source| source.name.len()));
        let Some(source) = source else {
            let process = if process == OTHER_PROCESSES {
                ""
            } else {
                process
            };
            return record_of(taken_apart(&citation), process);
        };
        let label = citation[source.name.len()..].trim();
        let numbered = format!("x {label}");
        let mut record = source.record.clone();
        if taken_apart(&numbered).running_number.is_none() {
            record.set("clause", label);
        }
        record
    }
}
