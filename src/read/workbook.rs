//! [`sheets_of`]: the rows of a workbook, sheet by sheet.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx, XlsxError};

use crate::error::{Error, ErrorKind, Result};
use crate::read::limits::{ReadLimits, within};
use crate::read::package::Package;
use crate::read::xml;

/// A sheet with the rows that have words.
pub(crate) struct WorkbookSheet {
    pub(crate) name: String,
    pub(crate) rows: Vec<WorkbookRow>,
    /// Whether it has cells beyond the column limit; these are left out.
    pub(crate) is_too_wide: bool,
}

/// A row of a sheet: its number, from 1, and its cells up to the last one with words.
pub(crate) struct WorkbookRow {
    pub(crate) number: usize,
    pub(crate) cells: Vec<String>,
}

/// Returns the sheets of a workbook whose parts keep to the `limits`. Empty rows are skipped: a
/// sheet may declare millions of them.
///
/// # Errors
///
/// [`ErrorKind::Format`] if it is damaged, [`ErrorKind::Limit`] if it exceeds one of the `limits`. A text that many
/// cells share counts for each of them.
pub(crate) fn sheets_of(
    mut package: Package<'_>,
    bytes: &[u8],
    limits: &ReadLimits,
) -> Result<Vec<WorkbookSheet>> {
    // Every part is inflated once to check the limits of archives, and of XML.
    for name in package.names().to_vec() {
        let part = package.entry(&name)?.unwrap_or_default();
        if part.trim_ascii_start().starts_with(b"<") && !name.starts_with("xl/media/") {
            xml::decode(&part, limits).map_err(|error| error.in_file(&name))?;
        }
    }
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let mut room = Room {
        limits,
        n_cells: 0,
        n_bytes: 0,
    };
    let names = workbook.sheet_names();
    names
        .into_iter()
        .map(|name| sheet_of(&mut workbook, name, &mut room))
        .collect()
}

fn damaged(error: &XlsxError) -> Error {
    let message = format!("the workbook is damaged: {error}");
    Error::new(ErrorKind::Format, message)
}

/// What the sheets so far hold, and how much they may.
struct Room<'l> {
    limits: &'l ReadLimits,
    n_cells: usize,
    n_bytes: usize,
}

impl Room<'_> {
    /// Counts cells and their words.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Limit`] if there are too many.
    fn take(&mut self, n_cells: usize, n_bytes: usize) -> Result<()> {
        self.n_cells = self.n_cells.saturating_add(n_cells);
        self.n_bytes = self.n_bytes.saturating_add(n_bytes);
        let rule =
            "the sheets have more than {} cells, with the empty ones before the last one of a row";
        within(self.n_cells, self.limits.max_cells, rule)?;
        let rule = "the cells have more than {} bytes of words, with those that they share";
        within(self.n_bytes, self.limits.max_archive_bytes, rule)
    }
}

fn sheet_of(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: String,
    room: &mut Room<'_>,
) -> Result<WorkbookSheet> {
    let mut sheet = WorkbookSheet {
        name,
        rows: Vec::new(),
        is_too_wide: false,
    };
    let mut reader = match workbook.worksheet_cells_reader(&sheet.name) {
        Ok(reader) => reader,
        // A sheet that is a chart has no cells.
        Err(XlsxError::WorksheetNotFound(_)) => return Ok(sheet),
        Err(error) => return Err(damaged(&error)),
    };
    while let Some(cell) = reader.next_cell().map_err(|error| damaged(&error))? {
        let (row, column) = cell.get_position();
        let words = words_of(Data::from(cell.get_value().clone()));
        if words.trim().is_empty() {
            continue;
        }
        let number = usize::try_from(row).unwrap_or(usize::MAX).saturating_add(1);
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column >= room.limits.max_columns {
            sheet.is_too_wide = true;
            continue;
        }
        if sheet.rows.last().is_none_or(|row| row.number != number) {
            let cells = Vec::new();
            sheet.rows.push(WorkbookRow { number, cells });
        }
        if let Some(row) = sheet.rows.last_mut() {
            let n_cells = row.cells.len().max(column + 1);
            room.take(n_cells - row.cells.len(), words.len())?;
            row.cells.resize(n_cells, String::new());
            row.cells[column] = words;
        }
    }
    Ok(sheet)
}

fn words_of(value: Data) -> String {
    match value {
        Data::String(words) => words,
        Data::Int(_) | Data::Float(_) => value.to_string(),
        _ => String::new(),
    }
}
