//! Ready clauses in a CSV file: one a row, the columns named in the first row.

use csv::{ReaderBuilder, StringRecord};

use crate::error::{Diagnostic, Error, ErrorKind, Result, Severity};
use crate::read::records::{Bad, Name, Place, Record, reading_of};
use crate::read::{ReadLimits, Reading, text};

/// The columns that are read; `text` must be there.
const COLUMNS: [&str; 17] = [
    "id",
    "agreement",
    "title",
    "process",
    "year",
    "clause",
    "heading",
    "lead_in",
    "text",
    "lang",
    "short_name",
    "body",
    "first_published",
    "actor_kind",
    "region",
    "status",
    "address",
];

/// Reads a CSV file of ready clauses, its columns named as the fields of JSON records.
///
/// Fields are parted by commas, or by semicolons if the first row has more of them. A row with
/// another number of fields than the first is skipped and told.
///
/// # Errors
///
/// [`ErrorKind::Format`] if there is no `text` column or no row with a text; [`ErrorKind::Limit`] if
/// there are too many columns.
pub(crate) fn read(bytes: &[u8], limits: &ReadLimits) -> Result<Reading> {
    let mut diagnostics = Vec::new();
    let decoded = text::decode(bytes, limits, &mut diagnostics)?;
    let first = decoded.lines().next().unwrap_or_default();
    let is_semicolon = first.matches(';').count() > first.matches(',').count();
    let mut reader = ReaderBuilder::new()
        .delimiter(if is_semicolon { b';' } else { b',' })
        .flexible(true)
        .has_headers(false)
        .from_reader(decoded.as_bytes());
    let mut rows = reader.records();
    let Some(Ok(header)) = rows.next() else {
        return Err(Error::new(
            ErrorKind::Format,
            "the CSV file has no first row",
        ));
    };
    let columns = columns_of(&header, limits, &mut diagnostics)?;
    let mut records = Vec::new();
    let mut bad = Vec::new();
    for row in rows {
        let outcome = row
            .map_err(|error| (0, error.to_string()))
            .and_then(|row| record_of(&row, header.len(), &columns, limits));
        match outcome {
            Ok(record) => records.push(record),
            Err((line, reason)) => bad.push(Bad {
                place: Place::Line(line),
                reason,
            }),
        }
    }
    reading_of(records, &bad, diagnostics)
}

/// Returns at which place each of [`COLUMNS`] stands.
fn columns_of(
    header: &StringRecord,
    limits: &ReadLimits,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<[Option<usize>; COLUMNS.len()]> {
    if header.len() > limits.max_columns {
        let message = format!("more than {} columns", limits.max_columns);
        return Err(Error::new(ErrorKind::Limit, message).at_line(1));
    }
    let names: Vec<String> = header
        .iter()
        .map(|name| name.trim().to_lowercase())
        .collect();
    let mut columns = [None; COLUMNS.len()];
    for (index, name) in names.iter().enumerate() {
        match COLUMNS.iter().position(|column| column == name) {
            Some(place) if columns[place].is_some() => {
                let message = format!("the column `{name}` stands there twice");
                return Err(Error::new(ErrorKind::Format, message).at_line(1));
            }
            Some(place) => columns[place] = Some(index),
            None if name.is_empty() => {}
            None => {
                let message = format!("the column `{name}` is not used");
                diagnostics.push(Diagnostic::new(Severity::Note, message).at_line(1));
            }
        }
    }
    if !names.iter().any(|name| name == "text") {
        let message = "no column is named `text`, so this is no file of clauses";
        return Err(Error::new(ErrorKind::Format, message).at_line(1));
    }
    Ok(columns)
}

/// Returns the record of a row, or its line and why it is none.
fn record_of(
    row: &StringRecord,
    n_columns: usize,
    columns: &[Option<usize>; COLUMNS.len()],
    limits: &ReadLimits,
) -> Result<Record, (usize, String)> {
    let line = row.position().map_or(0, csv::Position::line);
    let line = usize::try_from(line).unwrap_or_default();
    if row.len() != n_columns {
        let reason = format!("{} fields where the first row has {n_columns}", row.len());
        return Err((line, reason));
    }
    if row.iter().any(|field| field.len() > limits.max_cell_bytes) {
        let reason = format!("a field has more than {} bytes", limits.max_cell_bytes);
        return Err((line, reason));
    }
    let field = |name: &str| {
        let place = COLUMNS.iter().position(|column| *column == name)?;
        let field = row.get(columns[place]?)?;
        (!field.trim().is_empty()).then(|| field.to_owned())
    };
    let named = |name: &str| field(name).map(Name);
    let record = Record {
        id: named("id"),
        agreement: named("agreement"),
        title: named("title"),
        process: named("process"),
        year: named("year"),
        clause: named("clause"),
        heading: field("heading"),
        lead_in: field("lead_in"),
        text: field("text"),
        lang: named("lang"),
        short_name: named("short_name"),
        body: named("body"),
        first_published: named("first_published"),
        actor_kind: named("actor_kind"),
        region: named("region"),
        status: named("status"),
        address: named("address"),
    };
    match record.text {
        Some(_) => Ok(record),
        None => Err((line, "its `text` is empty".to_owned())),
    }
}
