//! [`Workbook`]: records as sheets of a workbook.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook as Book, Worksheet,
    XlsxError,
};

use crate::error::{Error, ErrorKind, Result};
use crate::report::form::records::Records;
use crate::report::form::visible::visible;

/// The most UTF-16 units of a cell, and the units kept of a longer text, followed by a note that it was cut.
const MAX_UNITS: usize = 32_767;
const KEPT_UNITS: usize = 32_000;
/// The most rows of a sheet.
const MAX_ROWS: usize = 1_048_576;
/// The smallest and greatest column widths, in characters.
const NARROWEST: usize = 6;
const WIDEST: usize = 60;

/// A sheet of a workbook.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Sheet {
    /// Its name: at most 31 characters, none of `[]:*?/\`, different from those of the other sheets.
    pub name: String,
    /// Its content.
    pub records: Records,
    /// The number of columns that stay visible when a reader scrolls to the right: 0 by default.
    pub n_fixed: u16,
}

impl Sheet {
    /// Returns a sheet of this name.
    pub fn new(name: impl Into<String>, records: Records) -> Self {
        Self {
            name: name.into(),
            records,
            n_fixed: 0,
        }
    }
}

/// A workbook in preparation.
pub(in crate::report) struct Workbook {
    book: Book,
    /// The cells whose text was cut, in words.
    pub(in crate::report) cut: Vec<String>,
}

impl Workbook {
    /// # Errors
    ///
    /// Does not fail in practice: the fixed date of all workbooks is valid.
    pub(in crate::report) fn titled(title: &str) -> Result<Self> {
        let made_at = ExcelDateTime::from_ymd(2000, 1, 1).map_err(|error| not_written(&error))?;
        let properties = DocProperties::new()
            .set_title(title)
            .set_creation_datetime(&made_at);
        let mut book = Book::new();
        book.set_properties(&properties);
        let cut = Vec::new();
        Ok(Self { book, cut })
    }

    /// Adds a sheet.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Limit`] if it needs more than 1,048,576 rows or 16,384 columns, or cannot have its name.
    pub(in crate::report) fn add(&mut self, sheet: &Sheet) -> Result<()> {
        let (name, n_rows) = (&sheet.name, 1 + sheet.records.rows.len());
        if n_rows > MAX_ROWS {
            let message =
                format!("the sheet `{name}` needs {n_rows} rows, and a sheet has {MAX_ROWS}");
            return Err(Error::new(ErrorKind::Limit, message));
        }
        fill(self.book.add_worksheet(), sheet, &mut self.cut).map_err(|error| not_written(&error))
    }

    /// Returns the workbook as a file (Office Open XML, ECMA-376).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Limit`] if it is too large.
    pub(in crate::report) fn finish(mut self) -> Result<Vec<u8>> {
        let bytes = self.book.save_to_buffer();
        bytes.map_err(|error| not_written(&error))
    }
}

fn not_written(error: &XlsxError) -> Error {
    let message = format!("the workbook cannot be written: {error}");
    Error::new(ErrorKind::Limit, message)
}

fn fill(out: &mut Worksheet, sheet: &Sheet, cut: &mut Vec<String>) -> Result<(), XlsxError> {
    let Sheet {
        name,
        records,
        n_fixed,
    } = sheet;
    out.set_name(name)?;
    let plain = Format::new().set_align(FormatAlign::Top).set_text_wrap();
    let head = plain
        .clone()
        .set_bold()
        .set_background_color(Color::RGB(0x00E7_ECF3));
    let header = &records.header;
    for (column, title) in (0_u16..).zip(header) {
        write_words(out, Place { row: 0, column }, title, &head)?;
    }
    for (row, record) in (1_u32..).zip(&records.rows) {
        for ((column, title), cell) in (0_u16..).zip(header).zip(record) {
            let place = Place { row, column };
            let number = records.numbers.contains(&title.as_str());
            let number = number.then(|| cell.parse::<f64>().ok()).flatten();
            if let Some(number) = number.filter(|number| number.is_finite()) {
                out.write_number_with_format(row, column, number, &plain)?;
            } else if write_words(out, place, cell, &plain)? == Fit::Cut {
                let (row, n) = (row + 1, cell.chars().count());
                cut.push(format!(
                    "sheet {name}, row {row}, column {title}: {n} characters"
                ));
            }
        }
    }
    out.set_freeze_panes(1, *n_fixed)?;
    for (column, width) in (0_u16..).zip(widths(records)) {
        out.set_column_width(column, width as f64)?;
    }
    let last_row = u32::try_from(records.rows.len()).unwrap_or(u32::MAX);
    let last_column = u16::try_from(header.len().saturating_sub(1)).unwrap_or(u16::MAX);
    out.autofilter(0, 0, last_row, last_column)?;
    out.set_landscape().set_repeat_rows(0, 0)?;
    Ok(())
}

/// The position of a cell, from 0.
#[derive(Clone, Copy)]
struct Place {
    row: u32,
    column: u16,
}

/// Whether a cell holds the whole text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fit {
    Whole,
    Cut,
}

fn write_words(
    out: &mut Worksheet,
    place: Place,
    words: &str,
    format: &Format,
) -> Result<Fit, XlsxError> {
    if words.is_empty() {
        return Ok(Fit::Whole);
    }
    let (words, fit) = in_cell(words);
    out.write_string_with_format(place.row, place.column, words, format)?;
    Ok(fit)
}

/// Returns the text that a cell shows, and whether it is complete.
fn in_cell(words: &str) -> (String, Fit) {
    // U+FFFE and U+FFFF are not characters, and XML cannot contain them.
    let shown = visible(words).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
    if shown.encode_utf16().count() <= MAX_UNITS {
        return (shown, Fit::Whole);
    }
    let mut units = 0;
    let kept: String = shown
        .chars()
        .take_while(|c| {
            units += c.len_utf16();
            units <= KEPT_UNITS
        })
        .collect();
    let n = shown.chars().count();
    let remark = format!("{kept} […] (cut: a cell cannot hold all {n} characters)");
    (remark, Fit::Cut)
}

/// Returns the column widths, in characters: the length of a cell that is longer than nine of ten in
/// its column.
fn widths(records: &Records) -> Vec<usize> {
    let width_of = |(column, title): (usize, &String)| {
        let cells = records.rows.iter().filter_map(|row| row.get(column));
        let mut lengths: Vec<usize> = cells.map(|cell| cell.chars().count()).collect();
        lengths.sort_unstable();
        let common = lengths.get(lengths.len() * 9 / 10).copied().unwrap_or(0);
        let title = title.chars().count().min(20) + 3;
        common.max(title).clamp(NARROWEST, WIDEST)
    };
    records.header.iter().enumerate().map(width_of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_was_cut_says_so() {
        assert_eq!(in_cell("words"), ("words".to_owned(), Fit::Whole));
        let (long, fit) = in_cell(&"𝒳y".repeat(20_000));
        assert_eq!(fit, Fit::Cut);
        assert!(long.ends_with("all 40000 characters)"), "{long}");
        assert!(long.encode_utf16().count() <= MAX_UNITS);
    }
}
