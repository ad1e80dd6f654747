//! Tables of spreadsheets, one in each sheet.

use crate::error::{Diagnostic, Error, ErrorKind, Result, Severity};
use crate::read::document::Parsed;
use crate::read::limits::ReadLimits;
use crate::read::table::evidence::orient;
use crate::read::table::parsed::{quotes_nothing, reading_of};
use crate::read::table::quotation::{LINK_END, LINK_START};
use crate::read::table::rows::{
    Above, FoundTable, MIN_COLUMNS, header_of, names_of, paragraphs_of,
};
use crate::read::workbook::{WorkbookRow, WorkbookSheet};

/// The most rows of a sheet above its header.
const MAX_ROWS_ABOVE: usize = 20;

/// A row with words: its number, from 1, and its cells.
struct SheetRow {
    number: usize,
    cells: Vec<Vec<String>>,
}

/// Reads the comparison tables of a spreadsheet, one in each sheet.
///
/// # Errors
///
/// [`ErrorKind::Format`] if no cell quotes anything, [`ErrorKind::Limit`] if a sheet has too many columns.
pub(crate) fn read_sheets(sheets: Vec<WorkbookSheet>, limits: &ReadLimits) -> Result<Parsed> {
    let found = find(sheets, limits)?;
    reading_of(found, Vec::new()).ok_or_else(quotes_nothing)
}

/// Finds the table of each sheet.
///
/// The header is the first row whose first cell is a header of issues, else the first row about as
/// full as the fullest. Columns without a name are left out. If no header decides it, and the first
/// column names more agreements than the header does, rows are agreements and columns issues; this
/// is reported as a guess.
///
/// # Errors
///
/// [`ErrorKind::Format`] if no sheet holds a table, [`ErrorKind::Limit`] if one has too many columns.
fn find(sheets: Vec<WorkbookSheet>, limits: &ReadLimits) -> Result<FoundTable> {
    let mut found = FoundTable::default();
    // Tables whose header does not say what their rows are.
    let mut unknown = FoundTable::default();
    let mut n_known = 0;
    for sheet in sheets {
        let name = &sheet.name;
        if sheet.is_too_wide {
            let limit = limits.max_columns;
            let message = format!("the sheet `{name}` has more than {limit} columns");
            return Err(Error::new(ErrorKind::Limit, message));
        }
        let rows = sheet.rows.iter().map(SheetRow::of);
        if !add_table(name, rows.collect(), &mut found) {
            unknown.tables.append(&mut found.tables.split_off(n_known));
        }
        n_known = found.tables.len();
    }
    if !unknown.tables.is_empty() {
        orient(&mut unknown.tables, &mut found.diagnostics);
        found.tables.append(&mut unknown.tables);
    }
    if found.tables.is_empty() {
        let message = "no sheet of the workbook holds a comparison table: a header row, an issue a \
                       row, a column a source";
        return Err(Error::new(ErrorKind::Format, message));
    }
    Ok(found)
}

impl SheetRow {
    fn of(row: &WorkbookRow) -> Self {
        let words = |cell: &String| paragraphs_of(&cell.replace([LINK_START, LINK_END, '\r'], ""));
        Self {
            number: row.number,
            cells: row.cells.iter().map(words).collect(),
        }
    }
}

/// Adds the table of a sheet, if there is one; returns whether its header says what its rows are.
fn add_table(name: &str, mut rows: Vec<SheetRow>, found: &mut FoundTable) -> bool {
    let tell = |found: &mut FoundTable, severity, what: &str| {
        let message = format!("sheet `{name}`: {what}");
        found.diagnostics.push(Diagnostic::new(severity, message));
    };
    let Some(header) = header_in(&rows) else {
        if !rows.is_empty() {
            found.n_paragraphs_outside += rows.len();
            tell(found, Severity::Note, "there is no table in it");
        }
        return true;
    };
    found.n_paragraphs_outside += header;
    let columns = names_of(&rows[header].cells[1..]);
    let n_unnamed = keep_named_columns(&columns, &mut rows);
    if n_unnamed > 0 {
        let message = format!("{n_unnamed} columns without a name are left out");
        tell(found, Severity::Skipped, &message);
    }
    let columns: Vec<String> = columns
        .into_iter()
        .filter(|name| !name.is_empty())
        .collect();
    let is_known = header_of(&rows[header].cells).is_some();
    found.begin_table(columns);
    for row in rows.drain(header + 1..) {
        found.add_row(row.cells, Some(row.number), Above::SamePage);
    }
    is_known
}

/// Returns the index of the header: the first row whose first cell is a header of issues, else the
/// first with at least three quarters of the largest number of filled cells.
fn header_in(rows: &[SheetRow]) -> Option<usize> {
    let first = rows.iter().take(MAX_ROWS_ABOVE);
    if let Some(known) = first
        .clone()
        .position(|row| header_of(&row.cells).is_some())
    {
        return Some(known);
    }
    let n_filled = |row: &SheetRow| row.cells.iter().filter(|cell| !cell.is_empty()).count();
    let most = first.clone().map(n_filled).max()?;
    let index = first
        .clone()
        .position(|row| n_filled(row) * 4 >= most * 3)?;
    let is_header = most >= MIN_COLUMNS && index + 1 < rows.len();
    is_header.then_some(index)
}

/// Drops the cells in columns without a name; returns the number of such columns with words.
fn keep_named_columns(columns: &[String], rows: &mut [SheetRow]) -> usize {
    let is_named =
        |column: usize| column == 0 || columns.get(column - 1).is_some_and(|name| !name.is_empty());
    let mut dropped: Vec<usize> = Vec::new();
    for row in rows {
        let mut column = 0;
        row.cells.retain(|cell| {
            let is_kept = is_named(column);
            if !is_kept && !cell.is_empty() {
                dropped.push(column);
            }
            column += 1;
            is_kept
        });
    }
    dropped.sort_unstable();
    dropped.dedup();
    dropped.len()
}
