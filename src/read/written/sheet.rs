//! The workbook of a table: its sheet of clauses.

use std::io::{Read, Seek};

use calamine::{Data, Reader, Xlsx, XlsxError};

use crate::read::limits::ReadLimits;
use crate::read::record::{Bad, Place};
use crate::read::written::gather::Entry;
use crate::read::written::tidy;

/// The clauses of a sheet, and the rows that are none.
pub(crate) type Found = (Vec<Entry>, Vec<Bad>);

/// Returns the clauses of the first sheet whose first row is that of a tidy table; nothing if there is
/// none.
///
/// # Errors
///
/// The error of the workbook if it is damaged.
pub(crate) fn entries<R: Read + Seek>(
    workbook: &mut Xlsx<R>,
    limits: &ReadLimits,
) -> Result<Option<Found>, XlsxError> {
    for name in workbook.sheet_names() {
        let Some(rows) = rows_of(workbook, &name, limits)? else {
            continue;
        };
        let Some((header, rows)) = rows.split_first() else {
            continue;
        };
        let names: Vec<&str> = header.iter().map(String::as_str).collect();
        let Ok(header) = tidy::Header::of(&names, limits, &mut Vec::new()) else {
            continue;
        };
        let (mut entries, mut bad) = (Vec::new(), Vec::new());
        for (number, row) in (2..).zip(rows) {
            let cells: Vec<&str> = row.iter().map(String::as_str).collect();
            match header.entry(&cells, limits) {
                Ok(entry) => entries.push(entry),
                Err(reason) => bad.push(Bad {
                    place: Place::Line(number),
                    reason,
                }),
            }
        }
        return Ok(Some((entries, bad)));
    }
    Ok(None)
}

/// Returns the rows of a sheet, if its first row is that of a tidy table.
fn rows_of<R: Read + Seek>(
    workbook: &mut Xlsx<R>,
    name: &str,
    limits: &ReadLimits,
) -> Result<Option<Vec<Vec<String>>>, XlsxError> {
    let mut reader = match workbook.worksheet_cells_reader(name) {
        Ok(reader) => reader,
        // A sheet that is a chart has no cells.
        Err(XlsxError::WorksheetNotFound(_)) => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut last_row = None;
    while let Some(cell) = reader.next_cell()? {
        let (row, column) = cell.get_position();
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        let words = words_of(&Data::from(cell.get_value().clone()));
        if words.is_empty() || column >= limits.max_columns {
            continue;
        }
        // Empty rows are passed over: a sheet may claim millions of them.
        if last_row != Some(row) {
            if rows.len() == 1 && !is_header(&rows[0]) {
                return Ok(None);
            }
            rows.push(Vec::new());
            last_row = Some(row);
        }
        if let Some(cells) = rows.last_mut() {
            cells.resize(cells.len().max(column + 1), String::new());
            cells[column] = words;
        }
    }
    let is_ours = rows.first().is_some_and(|first| is_header(first));
    Ok(is_ours.then_some(rows))
}

fn is_header(row: &[String]) -> bool {
    let names: Vec<&str> = row.iter().map(String::as_str).collect();
    tidy::is_table(&names)
}

fn words_of(value: &Data) -> String {
    match value {
        Data::String(words) => words.clone(),
        Data::Int(_) | Data::Float(_) => value.to_string(),
        _ => String::new(),
    }
}
