//! Entries to agreements: one for each source, one clause for each provision, and the coding.

use std::collections::{BTreeMap, BTreeSet};

use crate::agreement::{MAX_NAME, Metadata};
use crate::error::{Diagnostic, Severity};
use crate::read::document::{Body, ClauseRecord, Document, Placement};
use crate::read::table::entry::{TableEntry, entries_of};
use crate::read::table::quotation::between_ellipses;
use crate::read::table::rows::Table;
use crate::read::table::source::{Source, acronyms, shorten};
use crate::words::{fold_name, letters_and_digits};

/// The most clauses under one number that a quotation is compared with.
const MAX_COMPARED: usize = 100;

/// An entry with its row and its column.
struct Placed<'a> {
    issue: &'a str,
    column: &'a str,
    source: Source,
    /// Whether the column is the source.
    is_of_column: bool,
    entry: TableEntry,
}

/// A source with its clauses.
#[derive(Default)]
struct Gathered {
    names: Vec<String>,
    year: Option<i32>,
    process: Option<String>,
    clauses: Vec<ClauseRecord>,
    /// The clauses under each number.
    clauses_of_label: BTreeMap<Option<String>, Vec<usize>>,
}

/// Returns an agreement for each source and a placement for each entry.
pub(crate) fn collect(
    tables: &[Table],
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Document>, Vec<Placement>) {
    let mut entries = place_entries(tables, diagnostics);
    unify_names(&mut entries);
    let mut sources: BTreeMap<String, Gathered> = BTreeMap::new();
    for placed in &entries {
        let gathered = sources.entry(fold_name(&placed.source.name)).or_default();
        gathered.names.push(placed.source.name.clone());
        gathered.year = gathered.year.or(placed.source.year);
        if placed.is_of_column && gathered.process.is_none() {
            gathered.process.clone_from(&placed.source.acronym);
        }
    }
    let titles: BTreeMap<String, String> = sources
        .iter()
        .map(|(folded, gathered)| (folded.clone(), title_of(&gathered.names, diagnostics)))
        .collect();
    let mut ids = Vec::with_capacity(entries.len());
    for placed in &entries {
        let folded = fold_name(&placed.source.name);
        let id = sources
            .get_mut(&folded)
            .and_then(|gathered| gathered.add(&folded, &placed.entry));
        ids.push(id);
    }
    let placements = entries
        .into_iter()
        .zip(ids)
        .map(|(placed, clause_id)| placement_of(placed, clause_id, &titles))
        .collect();
    let documents = sources
        .into_iter()
        .filter(|(_, gathered)| !gathered.clauses.is_empty())
        .map(|(folded, gathered)| gathered.into_document(&folded, &titles))
        .collect();
    (documents, placements)
}

fn place_entries<'a>(tables: &'a [Table], diagnostics: &mut Vec<Diagnostic>) -> Vec<Placed<'a>> {
    let mut placed = Vec::new();
    let mut n_remarks = 0;
    for table in tables {
        let columns: Vec<Source> = table
            .columns
            .iter()
            .map(|name| Source::parse(short(name, diagnostics)))
            .collect();
        for row in &table.rows {
            let issue = short(&row.issue, diagnostics);
            for (index, cell) in row.cells.iter().enumerate() {
                let (entries, n_remarks_of_cell) = entries_of(cell);
                n_remarks += n_remarks_of_cell;
                placed.extend(entries.into_iter().map(|entry| {
                    Placed {
                        issue,
                        column: start_of_name(&table.columns[index]),
                        is_of_column: entry.source.is_none(),
                        source: entry
                            .source
                            .clone()
                            .unwrap_or_else(|| columns[index].clone()),
                        entry,
                    }
                }));
            }
        }
    }
    let what = "paragraphs in cells of the table quote nothing";
    diagnostics.extend(Diagnostic::counted(Severity::Skipped, n_remarks, what));
    placed
}

/// Returns the name of an issue or a column, which is said again with each entry, cut if it is too long; this is told.
fn short<'n>(name: &'n str, diagnostics: &mut Vec<Diagnostic>) -> &'n str {
    let kept = start_of_name(name);
    if kept.len() < name.len() {
        let start = &name[..name.floor_char_boundary(40)];
        let n_bytes = name.len();
        let message = format!("`{start}…` has {n_bytes} bytes: its first {MAX_NAME} are its name");
        diagnostics.push(Diagnostic::new(Severity::Repaired, message));
    }
    kept
}

fn start_of_name(name: &str) -> &str {
    &name[..name.floor_char_boundary(MAX_NAME)]
}

/// Replaces full names by acronyms if the table has both.
fn unify_names(entries: &mut [Placed<'_>]) {
    let known: BTreeSet<String> =
        acronyms(entries.iter().map(|placed| placed.source.name.as_str()));
    for placed in entries {
        placed.source.name = shorten(&placed.source.name, &known);
    }
}

/// Returns the most frequent spelling of a name; among several, one with accents.
fn title_of(names: &[String], diagnostics: &mut Vec<Diagnostic>) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in names {
        *counts.entry(name).or_default() += 1;
    }
    let chosen = counts.iter().max_by_key(|(name, n)| (**n, **name));
    let chosen = chosen.map(|(name, _)| *name).unwrap_or_default();
    for other in counts.keys().filter(|other| **other != chosen) {
        let message = format!("source `{other}` is taken for `{chosen}`");
        diagnostics.push(Diagnostic::new(Severity::Repaired, message));
    }
    chosen.to_owned()
}

fn placement_of(
    placed: Placed<'_>,
    clause_id: Option<String>,
    titles: &BTreeMap<String, String>,
) -> Placement {
    let text = placed.entry.text;
    Placement {
        clause_id,
        issue: placed.issue.to_owned(),
        column: Some(placed.column.to_owned()),
        source: titles.get(&fold_name(&placed.source.name)).cloned(),
        reference: placed.entry.label,
        text: (!text.is_empty()).then_some(text),
    }
}

impl Gathered {
    /// Adds the clause that an entry quotes, or finds it if it was quoted before; returns its id.
    fn add(&mut self, folded: &str, entry: &TableEntry) -> Option<String> {
        if entry.text.is_empty() {
            return None;
        }
        let same_label = self
            .clauses_of_label
            .entry(entry.label.clone())
            .or_default();
        let known = same_label
            .iter()
            .take(MAX_COMPARED)
            .find(|&&index| is_same_provision(&self.clauses[index].text, &entry.text));
        if let Some(&index) = known {
            let clause = &mut self.clauses[index];
            if clause.text.len() < entry.text.len() {
                clause.text.clone_from(&entry.text);
            }
            if clause.lead_in.is_none() {
                clause.lead_in.clone_from(&entry.lead_in);
            }
            return clause.id.clone();
        }
        same_label.push(self.clauses.len());
        let id = id_of(folded, entry.label.as_deref(), same_label.len());
        self.clauses.push(ClauseRecord {
            id: Some(id.clone()),
            label: entry.label.clone(),
            lead_in: entry.lead_in.clone(),
            text: entry.text.clone(),
            ..ClauseRecord::default()
        });
        Some(id)
    }

    fn into_document(self, folded: &str, titles: &BTreeMap<String, String>) -> Document {
        let title = titles.get(folded).cloned();
        Document {
            key: Some(hyphenated(folded)),
            metadata: Metadata {
                process: self.process.or_else(|| title.clone()),
                title,
                year: self.year,
                ..Metadata::default()
            },
            body: Body::Clauses(self.clauses),
        }
    }
}

fn hyphenated(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join("-")
}

/// Returns the id of the `n`th clause with a label in an agreement.
pub(crate) fn id_of(folded: &str, label: Option<&str>, n: usize) -> String {
    let key = hyphenated(folded);
    let id = match label {
        Some(label) => {
            let number = hyphenated(&label.replace('¶', "").to_lowercase());
            format!("{key}/{number}")
        }
        None if n > 1 => format!("{key}/"),
        None => key,
    };
    if n > 1 { format!("{id}#{n}") } else { id }
}

/// Returns whether two quotations under one number quote the same words, possibly with omissions in
/// one: its parts occur in the other in the same order.
fn is_same_provision(a: &str, b: &str) -> bool {
    is_excerpt(a, b) || is_excerpt(b, a)
}

fn is_excerpt(excerpt: &str, whole: &str) -> bool {
    let whole = between_ellipses(whole);
    let whole: String = whole
        .iter()
        .flat_map(|part| letters_and_digits(part))
        .collect();
    let mut rest = whole.as_str();
    for part in between_ellipses(excerpt) {
        let part: String = letters_and_digits(&part).collect();
        match rest.find(&part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_the_same_provision() {
        let whole = "States should talk, listen and keep the peace.";
        let cases = [
            ("States should ... keep the peace.", true),
            ("States should TALK, listen, and keep the peace", true),
            ("States should keep ... talk", false),
            ("Other words", false),
        ];
        for (excerpt, expected) in cases {
            assert_eq!(is_same_provision(whole, excerpt), expected, "{excerpt}");
        }
    }
}
