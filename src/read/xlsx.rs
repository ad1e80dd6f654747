//! Workbooks: the sheet of clauses if this crate wrote it, otherwise comparison tables made by hand.

use crate::error::Result;
use crate::read::document::Parsed;
use crate::read::limits::ReadLimits;
use crate::read::package::Package;
use crate::read::record::Bad;
use crate::read::table;
use crate::read::workbook::{WorkbookSheet, sheets_of};
use crate::read::written::{WrittenEntry, reading_of, tidy};

/// Reads a workbook: the sheet of clauses if this crate wrote it, otherwise its comparison tables,
/// one in each sheet.
///
/// # Errors
///
/// [`ErrorKind::Format`](crate::error::ErrorKind::Format) if the workbook is damaged or no cell
/// quotes anything, [`ErrorKind::Limit`](crate::error::ErrorKind::Limit) if it exceeds one of the
/// `limits`.
pub(crate) fn read(package: Package<'_>, bytes: &[u8], limits: &ReadLimits) -> Result<Parsed> {
    let sheets = sheets_of(package, bytes, limits)?;
    match sheets.iter().find_map(|sheet| clauses_of(sheet, limits)) {
        Some((entries, bad)) => reading_of(entries, &bad, Vec::new()),
        None => table::read_sheets(sheets, limits),
    }
}

/// Returns the clauses of a sheet in the long format, and the rows that are not clauses; `None` for
/// another sheet.
fn clauses_of(sheet: &WorkbookSheet, limits: &ReadLimits) -> Option<(Vec<WrittenEntry>, Vec<Bad>)> {
    let (first, rows) = sheet.rows.split_first()?;
    let names: Vec<&str> = first.cells.iter().map(String::as_str).collect();
    if !tidy::is_table(&names) {
        return None;
    }
    let header = tidy::Header::of(&names, limits, &mut Vec::new()).ok()?;
    let (mut entries, mut bad) = (Vec::new(), Vec::new());
    for (number, row) in (2..).zip(rows) {
        let cells: Vec<&str> = row.cells.iter().map(String::as_str).collect();
        match header.entry(&cells, limits) {
            Ok(entry) => entries.push(entry),
            Err(reason) => bad.push(Bad::in_line(number, reason)),
        }
    }
    Some((entries, bad))
}
