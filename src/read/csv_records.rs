//! CSV files: clause records, one in each row; tables that this crate wrote; comparison tables made by hand.

use std::iter;

use csv::{ReaderBuilder, StringRecord};

use crate::error::{Diagnostic, Error, ErrorKind, Result};
use crate::read::document::Parsed;
use crate::read::limits::ReadLimits;
use crate::read::record::Bad;
use crate::read::records;
use crate::read::written::formula::unguarded;
use crate::read::written::{WrittenEntry, tidy, wide};
use crate::read::{table, text, written};

/// Reads a CSV file.
///
/// Clause records are one in each row, with the columns named like the fields of JSON records; with
/// a column `issue` they are a table. A file whose first row is a header of issues and columns is
/// the matrix of a table, written by this crate or by hand. Fields are separated by the sign that a
/// line `sep=;` above the first row tells, else by commas, or by semicolons or tabs if the first row
/// has more of them. A row whose number of fields differs from the first is skipped and reported.
///
/// # Errors
///
/// [`ErrorKind::Format`] if there is neither a `text` column nor the header of a matrix, or no row
/// with text; [`ErrorKind::Limit`] if there are too many columns.
pub(crate) fn read(bytes: &[u8], limits: &ReadLimits) -> Result<Parsed> {
    let mut diagnostics = Vec::new();
    let decoded = text::decode(bytes, limits, &mut diagnostics)?;
    let first = decoded.lines().next().unwrap_or_default();
    let told = told_separator(first);
    let mut reader = ReaderBuilder::new()
        .delimiter(told.unwrap_or_else(|| most_frequent_separator(first)))
        .flexible(true)
        .has_headers(false)
        .from_reader(decoded.as_bytes());
    // The line that tells the separator is read and dropped, so that lines are counted as in the file.
    let mut rows = reader.records().skip(usize::from(told.is_some()));
    let Some(Ok(header)) = rows.next() else {
        let message = "the CSV file has no first row";
        return Err(Error::new(ErrorKind::Format, message));
    };
    let names: Vec<&str> = header.iter().collect();
    if wide::is_header(&names) {
        return Ok(told_first(diagnostics, wide::read(&header, rows, limits)?));
    }
    if table::is_header_of_matrix(&names) {
        let matrix = table::read_matrix(&header, rows, limits)?;
        return Ok(told_first(diagnostics, matrix));
    }
    let mut notes = Vec::new();
    match tidy::Header::of(&names, limits, &mut notes) {
        Ok(columns) => {
            diagnostics.append(&mut notes);
            read_clauses(&columns, rows, limits, diagnostics)
        }
        Err(error) => {
            let rows: Vec<csv::Result<StringRecord>> = rows.collect();
            let readable = rows.iter().filter_map(|row| row.as_ref().ok());
            if !table::quotes_clauses_in(iter::once(&header).chain(readable)) {
                return Err(error);
            }
            let matrix = table::read_matrix(&header, rows.into_iter(), limits)?;
            Ok(told_first(diagnostics, matrix))
        }
    }
}

/// Returns what was read, with what is told of the bytes before it.
fn told_first(diagnostics: Vec<Diagnostic>, mut parsed: Parsed) -> Parsed {
    parsed.diagnostics.splice(..0, diagnostics);
    parsed
}

/// Returns the separator that a spreadsheet's line `sep=;` tells.
fn told_separator(line: &str) -> Option<u8> {
    let line = line.trim_end_matches(['\r', '\n']);
    let bare = line.trim_matches('"');
    let prefix = bare.get(..4)?;
    match bare.as_bytes()[4..] {
        [sign] if prefix.eq_ignore_ascii_case("sep=") && sign != b'"' => Some(sign),
        _ => None,
    }
}

/// Returns the separator that is most frequent in the first row; among several, the comma.
fn most_frequent_separator(first: &str) -> u8 {
    let n_of = |sign: &u8| first.bytes().filter(|byte| byte == sign).count();
    // Of equals the last is taken.
    let most = [b'\t', b';', b','].into_iter().max_by_key(n_of);
    most.unwrap_or(b',')
}

/// Reads one clause from each row.
fn read_clauses(
    columns: &tidy::Header,
    rows: impl Iterator<Item = csv::Result<StringRecord>>,
    limits: &ReadLimits,
    diagnostics: Vec<Diagnostic>,
) -> Result<Parsed> {
    let mut entries = Vec::new();
    let mut bad = Vec::new();
    for row in rows {
        let outcome = row
            .map_err(|error| Bad::in_line(0, error.to_string()))
            .and_then(|row| entry_of(&row, columns, limits));
        match outcome {
            Ok(entry) => entries.push(entry),
            Err(outcome) => bad.push(outcome),
        }
    }
    if columns.is_table {
        return written::reading_of(entries, &bad, diagnostics);
    }
    let records = entries.into_iter().map(|entry| entry.record).collect();
    records::reading_of(records, &bad, diagnostics)
}

/// Returns the clause of a row, or why it is not a clause.
fn entry_of(
    row: &StringRecord,
    columns: &tidy::Header,
    limits: &ReadLimits,
) -> Result<WrittenEntry, Bad> {
    let line = row.position().map_or(0, csv::Position::line);
    let line = usize::try_from(line).unwrap_or_default();
    let n_columns = columns.n_columns;
    if row.len() != n_columns {
        let reason = format!("{} fields where the first row has {n_columns}", row.len());
        return Err(Bad::in_line(line, reason));
    }
    // Clauses outside a table of this crate may begin with an apostrophe of their own.
    let cells: Vec<&str> = if columns.has_issues() {
        row.iter().map(unguarded).collect()
    } else {
        row.iter().collect()
    };
    columns
        .entry(&cells, limits)
        .map_err(|reason| Bad::in_line(line, reason))
}
