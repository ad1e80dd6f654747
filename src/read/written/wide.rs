//! The matrix of a table as CSV: an issue in each row, a process in each column, quotations in the cells.

use csv::StringRecord;

use crate::error::{Diagnostic, Result, Severity};
use crate::read::document::Parsed;
use crate::read::limits::ReadLimits;
use crate::read::record::{Bad, Record};
use crate::read::table::heads_issues;
use crate::read::written::formula::unguarded;
use crate::read::written::gather::{WrittenEntry, reading_of};
use crate::read::written::name::{record_of, taken_apart, without_tag};

/// The number of columns before those of the processes: the issue and the number of processes.
const N_BEFORE: usize = 2;
/// The start of the issue of a clause standing alone.
const ALONE: &str = "(alone)";
/// The column with the force of the clauses of a row.
pub(crate) const STRENGTH: &str = "(strength)";
/// The title of the column that says how much of a row a person checked.
pub(crate) const CHECKED: &str = "(checked)";

/// One quotation of a cell.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct WideQuotation<'a> {
    pub(crate) citation: &'a str,
    pub(crate) lead_in: Option<&'a str>,
    pub(crate) text: &'a str,
}

/// Returns whether the names in a first row are those of a matrix that this crate wrote.
pub(crate) fn is_header(names: &[&str]) -> bool {
    names.len() > N_BEFORE && heads_issues(names[0]) && names[1].trim() == "Processes"
}

/// Reads the matrix. The agreements are those that the citations name; such a file contains neither
/// other metadata nor the ids of the clauses.
///
/// A quotation ends with its mark at the end of a line before the next citation; words that look
/// like an end followed by a citation are taken for these.
///
/// # Errors
///
/// [`ErrorKind::Format`](crate::error::ErrorKind::Format) if no cell quotes a clause.
pub(crate) fn read(
    header: &StringRecord,
    rows: impl Iterator<Item = csv::Result<StringRecord>>,
    limits: &ReadLimits,
) -> Result<Parsed> {
    let mut entries = Vec::new();
    let mut bad = Vec::new();
    let mut n_remarks = 0;
    // The first row is the header.
    for (line, row) in (2..).zip(rows) {
        let is_small = |row: &StringRecord| row.iter().all(|c| c.len() <= limits.max_cell_bytes);
        let reason = match row {
            Ok(row) if is_small(&row) => {
                n_remarks += add_row(&mut entries, header, &row);
                continue;
            }
            Ok(_) => format!("a field has more than {} bytes", limits.max_cell_bytes),
            Err(error) => error.to_string(),
        };
        bad.push(Bad::in_line(line, reason));
    }
    let what = "cells of the table quote nothing";
    let told = Diagnostic::counted(Severity::Skipped, n_remarks, what);
    reading_of(entries, &bad, told.into_iter().collect())
}

/// Adds the clauses of a row; returns the number of its cells without a quotation.
fn add_row(entries: &mut Vec<WrittenEntry>, header: &StringRecord, row: &StringRecord) -> usize {
    let issue = row.get(0).map(unguarded).unwrap_or_default();
    let is_alone = issue.starts_with(ALONE);
    let before = entries.len();
    let mut n_remarks = 0;
    for (title, cell) in header.iter().zip(row).skip(N_BEFORE) {
        if [STRENGTH, CHECKED].contains(&title) || cell.trim().is_empty() {
            continue;
        }
        let quotations = quotations_of(unguarded(cell));
        n_remarks += usize::from(quotations.is_empty());
        entries.extend(quotations.iter().map(|quotation| WrittenEntry {
            record: quotation.record(unguarded(title)),
            issue: (!is_alone).then(|| issue.to_owned()),
        }));
    }
    if entries.len() == before && !is_alone && !issue.is_empty() {
        entries.push(WrittenEntry {
            record: Record::default(),
            issue: Some(issue.to_owned()),
        });
    }
    n_remarks
}

impl WideQuotation<'_> {
    fn record(&self, process: &str) -> Record {
        let cited = taken_apart(without_tag(self.citation));
        let mut record = record_of(cited, process);
        record.lead_in = self.lead_in.map(str::to_owned);
        record.set("text", self.text);
        record
    }
}

/// Returns the quotations of a cell: `citation: lead-in “text”`, a line break between two.
fn quotations_of(cell: &str) -> Vec<WideQuotation<'_>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, _) in cell.match_indices("”\n") {
        let next = at + "”\n".len();
        if next > start && begins_quotation(&cell[next..]) {
            found.extend(quotation_of(&cell[start..next]));
            start = next;
        }
    }
    found.extend(quotation_of(&cell[start..]));
    found
}

/// Returns whether words begin with a citation, a colon and a quotation on one line.
fn begins_quotation(words: &str) -> bool {
    let line = words.lines().next().unwrap_or_default();
    let head = line.split_once('“').map(|(head, _)| head);
    head.is_some_and(|head| {
        let citation = head.split_once(": ").map(|(citation, _)| citation);
        citation.is_some_and(|citation| {
            let cited = taken_apart(without_tag(citation));
            cited.label.is_some() || citation.ends_with(']')
        })
    })
}

/// Parses a quotation: `citation: lead-in “text”`.
pub(crate) fn quotation_of(words: &str) -> Option<WideQuotation<'_>> {
    let (head, quoted) = words.split_once('“')?;
    let text = quoted.trim_end();
    let text = text.strip_suffix('”').unwrap_or(text);
    let (citation, lead_in) = match head.split_once(": ") {
        Some((citation, lead_in)) => (citation, lead_in.trim()),
        None => (head.trim_end().trim_end_matches(':'), ""),
    };
    Some(WideQuotation {
        citation: citation.trim(),
        lead_in: (!lead_in.is_empty()).then_some(lead_in),
        text,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_split_into_its_quotations() {
        let quotation = |citation, lead_in, text| WideQuotation {
            citation,
            lead_in,
            text,
        };
        let cases = [
            ("Code ¶1: “a”", vec![quotation("Code ¶1", None, "a")]),
            (
                "Code ¶1: States should “a ”\nb”\nOath [2]: “c”",
                vec![
                    quotation("Code ¶1", Some("States should"), "a ”\nb"),
                    quotation("Oath [2]", None, "c"),
                ],
            ),
            ("a remark", vec![]),
        ];
        for (cell, expected) in cases {
            assert_eq!(quotations_of(cell), expected, "{cell}");
        }
    }
}
