//! Workbooks: tables that this crate wrote, and comparison tables made by hand.

use crate::error::Result;
use crate::read::document::Reading;
use crate::read::limits::ReadLimits;
use crate::read::package::Package;
use crate::read::table::{damaged, open_workbook, read_workbook};
use crate::read::written;

/// Reads a workbook: of one that this crate wrote the sheet of clauses, of another its comparison tables,
/// one a sheet.
///
/// # Errors
///
/// [`ErrorKind::Format`](crate::error::ErrorKind::Format) if the workbook is damaged or no cell quotes
/// anything, [`ErrorKind::Limit`](crate::error::ErrorKind::Limit) if it passes one of the `limits`.
pub(crate) fn read(package: Package<'_>, bytes: &[u8], limits: &ReadLimits) -> Result<Reading> {
    let mut workbook = open_workbook(package, bytes, limits)?;
    let written = written::sheet::entries(&mut workbook, limits);
    match written.map_err(|error| damaged(&error))? {
        Some((entries, bad)) => written::reading_of(entries, &bad, Vec::new()),
        None => read_workbook(&mut workbook, limits),
    }
}
