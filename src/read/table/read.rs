//! Reads the tables that are text: lines with tabs, and CSV.

use csv::StringRecord;

use crate::error::{Diagnostic, Error, Result, Severity};
use crate::read::document::Parsed;
use crate::read::limits::{ReadLimits, within};
use crate::read::table::parsed::{quotes_nothing, reading_of};
use crate::read::table::rows::{Line, heads_issues};
use crate::read::table::{evidence, rows, tabs};
use crate::read::text;

/// Reads the comparison tables of a text whose cells are separated by tabs; prose around them is
/// skipped with a note.
///
/// Takes time linear in the text, and quadratic in the number of quotations of one provision.
///
/// # Errors
///
/// [`ErrorKind::Format`](crate::error::ErrorKind::Format) if the bytes are not text, or no cell of the table quotes anything.
pub(crate) fn read(bytes: &[u8], limits: &ReadLimits) -> Result<Parsed> {
    let mut diagnostics = Vec::new();
    let decoded = text::decode(bytes, limits, &mut diagnostics)?;
    let found = evidence::find(tabs::lines(&decoded));
    reading_of(found, diagnostics).ok_or_else(quotes_nothing)
}

/// Returns whether the names in the first row of a CSV file are those of a comparison table.
pub(crate) fn is_header_of_matrix(names: &[&str]) -> bool {
    names.len() >= rows::MIN_COLUMNS && heads_issues(names[0])
}

/// Reads a comparison table from the rows of a CSV file.
///
/// # Errors
///
/// [`ErrorKind::Format`](crate::error::ErrorKind::Format) if no cell quotes anything, [`ErrorKind::Limit`](crate::error::ErrorKind::Limit) if there are too many columns.
pub(crate) fn read_matrix(
    header: &StringRecord,
    records: impl Iterator<Item = csv::Result<StringRecord>>,
    limits: &ReadLimits,
) -> Result<Parsed> {
    let told = |error: Error| error.at_line(1);
    within(header.len(), limits.max_columns, "more than {} columns").map_err(told)?;
    let mut diagnostics = Vec::new();
    let mut lines = vec![matrix_line(header)];
    for record in records {
        match record {
            Ok(record) => lines.push(matrix_line(&record)),
            Err(error) => {
                let message = format!("a row is left out: {error}");
                diagnostics.push(Diagnostic::new(Severity::Skipped, message));
            }
        }
    }
    reading_of(evidence::find(lines), diagnostics).ok_or_else(quotes_nothing)
}

/// Returns whether the rows of a CSV file are a comparison table by what they quote.
pub(crate) fn quotes_clauses_in<'r>(rows: impl IntoIterator<Item = &'r StringRecord>) -> bool {
    let cells = |record: &StringRecord| record.iter().map(tabs::plain).collect();
    let rows: Vec<evidence::Cells> = rows
        .into_iter()
        .take(evidence::MAX_ROWS)
        .map(cells)
        .collect();
    evidence::quotes_clauses(&rows)
}

fn matrix_line(record: &StringRecord) -> Line {
    let line = record.position().map(csv::Position::line);
    Line::Cells {
        number: line.and_then(|line| usize::try_from(line).ok()),
        cells: record.iter().map(tabs::plain).collect(),
    }
}
