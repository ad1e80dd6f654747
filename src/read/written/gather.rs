//! [`WrittenEntry`]: a clause with its issue; [`reading_of`]: the agreements and the coding that entries make.

use std::collections::{BTreeMap, btree_map};

use crate::error::{Diagnostic, Result, Severity};
use crate::read::document::{Parsed, Placement};
use crate::read::record::{Bad, Record};
use crate::read::records;
use crate::read::table::id_of;

/// A clause in a written table, and its issue; `None` if the clause is standing alone.
#[derive(Debug)]
pub(crate) struct WrittenEntry {
    pub(crate) record: Record,
    pub(crate) issue: Option<String>,
}

/// Returns the agreements of entries, and the coding of their clauses.
///
/// A clause under several issues has several entries; its first words are used, and different ones
/// are reported. An entry without words is an issue without clauses. A clause without an id, added
/// by hand, gets one from its agreement and label.
///
/// # Errors
///
/// [`ErrorKind::Format`](crate::error::ErrorKind::Format) if no entry has words.
pub(crate) fn reading_of(
    entries: Vec<WrittenEntry>,
    bad: &[Bad],
    mut diagnostics: Vec<Diagnostic>,
) -> Result<Parsed> {
    let mut placements = Vec::new();
    let mut records: Vec<Record> = Vec::new();
    // The position of each clause's record, by agreement and id.
    let mut place_of: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut n_without_id: BTreeMap<String, usize> = BTreeMap::new();
    for WrittenEntry { mut record, issue } in entries {
        if record.text.is_none() {
            placements.extend(issue.map(empty_issue));
            continue;
        }
        let agreement = record.name("agreement").unwrap_or_default().to_owned();
        let id = match record.name("id") {
            None => new_id(&agreement, &record, &mut n_without_id),
            Some(id) => id.to_owned(),
        };
        record.set("id", &id);
        let placement = issue.map(|issue| placement_of(&record, &id, issue));
        match place_of.entry((agreement, id)) {
            btree_map::Entry::Vacant(free) => {
                placements.extend(placement);
                free.insert(records.len());
                records.push(record);
            }
            btree_map::Entry::Occupied(known) => {
                let first = &mut records[*known.get()];
                if has_cut_lead_in(first) && record.lead_in.is_some() {
                    first.lead_in.clone_from(&record.lead_in);
                }
                if is_excerpt(first, &record) {
                    first.text = record.text;
                } else {
                    placements.extend(placement);
                    tell_other_words(first, &record, &mut diagnostics);
                }
            }
        }
    }
    let reading = records::reading_of(records, bad, diagnostics)?;
    Ok(Parsed {
        placements,
        ..reading
    })
}

fn new_id(agreement: &str, record: &Record, n_without_id: &mut BTreeMap<String, usize>) -> String {
    let label = record.name("clause");
    let n = n_without_id.entry(id_of(agreement, label, 1)).or_default();
    *n += 1;
    id_of(agreement, label, *n)
}

fn empty_issue(issue: String) -> Placement {
    Placement {
        issue,
        ..Placement::default()
    }
}

fn placement_of(record: &Record, id: &str, issue: String) -> Placement {
    let known = |key: &str| record.name(key).map(str::to_owned);
    let mut names = ["short_name", "title", "agreement"].into_iter();
    Placement {
        clause_id: Some(id.to_owned()),
        issue,
        column: known("process"),
        source: names.find_map(known),
        reference: known("clause"),
        text: record.text.clone(),
    }
}

fn has_cut_lead_in(record: &Record) -> bool {
    let lead_in = record.lead_in.as_ref();
    lead_in.is_some_and(|lead_in| lead_in.starts_with('…'))
}

/// Whether the words of a clause are the beginning, middle or end of those it has elsewhere: cells cut long
/// clauses.
fn is_excerpt(first: &Record, whole: &Record) -> bool {
    let (Some(first), Some(whole)) = (&first.text, &whole.text) else {
        return false;
    };
    let is_cut = first.starts_with('…') || first.ends_with('…');
    is_cut && whole.contains(first.trim_matches(['…', ' ']))
}

fn tell_other_words(first: &Record, other: &Record, diagnostics: &mut Vec<Diagnostic>) {
    if first.text != other.text {
        let message = format!(
            "the clause `{}` has other words in a second row: those of the first are taken",
            other.name("id").unwrap_or_default()
        );
        diagnostics.push(Diagnostic::new(Severity::Repaired, message));
    }
}
