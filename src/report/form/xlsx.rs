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
        let properties = DocProperties::new().set_title(title);
        let properties = properties.set_creation_datetime(&made_at);
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
    pub(in crate::report) fn add(&mut self, sheet: &Records) -> Result<()> {
        let (name, n_rows) = (&sheet.name, 1 + sheet.rows.len());
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

fn fill(out: &mut Worksheet, sheet: &Records, cut: &mut Vec<String>) -> Result<(), XlsxError> {
    let Records { name, header, .. } = sheet;
    out.set_name(name)?;
    let plain = Format::new().set_align(FormatAlign::Top).set_text_wrap();
    let head = plain
        .clone()
        .set_bold()
        .set_background_color(Color::RGB(0x00E7_ECF3));
    for (column, title) in (0_u16..).zip(header) {
        out.write_string_with_format(0, column, in_cell(title).words, &head)?;
    }
    for (row, record) in (1_u32..).zip(&sheet.rows) {
        for ((column, title), cell) in (0_u16..).zip(header).zip(record) {
            let number = sheet.numbers.contains(&title.as_str());
            let number = number.then(|| cell.parse::<f64>().ok()).flatten();
            if let Some(number) = number.filter(|number| number.is_finite()) {
                out.write_number_with_format(row, column, number, &plain)?;
            } else if !cell.is_empty() {
                let shown = in_cell(cell);
                out.write_string_with_format(row, column, shown.words, &plain)?;
                let row = row + 1;
                cut.extend(
                    shown.n_cut.map(|n| {
                        format!("sheet {name}, row {row}, column {title}: {n} characters")
                    }),
                );
            }
        }
    }
    out.set_freeze_panes(1, sheet.n_fixed)?;
    for (column, width) in (0_u16..).zip(widths(sheet)) {
        out.set_column_width(column, width as f64)?;
    }
    let last_row = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX);
    let last_column = u16::try_from(header.len().saturating_sub(1)).unwrap_or(u16::MAX);
    out.autofilter(0, 0, last_row, last_column)?;
    out.set_landscape().set_repeat_rows(0, 0)?;
    Ok(())
}

/// The text of a cell.
struct Shown {
    words: String,
    /// The number of characters of a text that was cut.
    n_cut: Option<usize>,
}

/// Returns the text that a cell shows.
fn in_cell(words: &str) -> Shown {
    // U+FFFE and U+FFFF are not characters, and XML cannot contain them.
    let words = visible(words).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
    if words.encode_utf16().count() <= MAX_UNITS {
        return Shown { words, n_cut: None };
    }
    let mut units = 0;
    let fits = |c: &char| {
        units += c.len_utf16();
        units <= KEPT_UNITS
    };
    let kept: String = words.chars().take_while(fits).collect();
    let n = words.chars().count();
    Shown {
        words: format!("{kept} […] (cut: a cell cannot hold all {n} characters)"),
        n_cut: Some(n),
    }
}

/// Returns the column widths, in characters.
fn widths(records: &Records) -> Vec<usize> {
    let columns = records.header.iter().enumerate();
    let widths = columns.map(|(column, title)| width_of(records, column, title));
    widths.collect()
}

/// Returns the width of a column: the length of a cell that is longer than nine of ten in it.
fn width_of(records: &Records, column: usize, title: &str) -> usize {
    let cells = records.rows.iter().filter_map(|row| row.get(column));
    let mut lengths: Vec<usize> = cells.map(|cell| cell.chars().count()).collect();
    lengths.sort_unstable();
    let common = lengths.get(lengths.len() * 9 / 10).copied().unwrap_or(0);
    let title = title.chars().count().min(20) + 3;
    common.max(title).clamp(NARROWEST, WIDEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_was_cut_says_so() {
        let whole = in_cell("words");
        assert_eq!((whole.words.as_str(), whole.n_cut), ("words", None));
        let Shown { words: long, n_cut } = in_cell(&"𝒳y".repeat(20_000));
        assert_eq!(n_cut, Some(40_000));
        assert!(long.ends_with("all 40000 characters)"), "{long}");
        assert!(long.encode_utf16().count() <= MAX_UNITS);
    }
}
