//! [`to_xlsx`]: a table and the findings on it as a workbook, a sheet a finding.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Citations, Emphasis, Forces, Gaps, Timeline};
use crate::report::borrowing::borrowings_records;
use crate::report::citations::citations_records;
use crate::report::csv::wide_records;
use crate::report::emphasis::emphasis_records;
use crate::report::force::force_records;
use crate::report::gap::gaps_records;
use crate::report::tidy::{source_cells, tidy_records};
use crate::report::timeline::timeline_records;
use crate::report::visible;
use crate::reuse::Borrowings;
use crate::table::ConvergenceTable;

/// The most UTF-16 units that a cell may hold, and that one keeps which holds more, before the words that
/// say so.
const MAX_UNITS: usize = 32_767;
const KEPT_UNITS: usize = 32_000;
/// The most rows of a sheet.
const MAX_ROWS: usize = 1_048_576;
/// The narrowest and widest columns, in letters.
const NARROWEST: usize = 6;
const WIDEST: usize = 60;
/// The columns whose cells are numbers.
const NUMBERS: [&str; 16] = [
    "Processes",
    "issue_number",
    "processes",
    "year",
    "score",
    "stability",
    "Score",
    "Similarity",
    "words",
    "coverage a",
    "coverage b",
    "Terms",
    "Count",
    "Count of others",
    "Log odds",
    "z",
];

/// What a workbook holds: the table, and each finding that is given a sheet of its own.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct WorkbookParts<'a> {
    /// The table: the sheets `Table`, `Clauses` and `Agreements`.
    pub table: &'a ConvergenceTable,
    /// What it lacks; where nothing is given, the gaps that the table holds.
    pub gaps: Option<&'a Gaps>,
    /// Who has whose words.
    pub borrowings: Option<&'a Borrowings>,
    /// What processes stress.
    pub emphasis: Option<&'a Emphasis>,
    /// Who spoke first.
    pub timeline: Option<&'a Timeline>,
    /// Who cites what.
    pub citations: Option<&'a Citations>,
    /// How strongly clauses bind.
    pub forces: Option<&'a Forces>,
}

impl<'a> WorkbookParts<'a> {
    /// Returns the parts of a table without further findings.
    pub fn new(table: &'a ConvergenceTable) -> Self {
        Self {
            table,
            gaps: table.gaps.as_ref(),
            borrowings: None,
            emphasis: None,
            timeline: None,
            citations: None,
            forces: None,
        }
    }

    /// Returns the sheets in their order: the name, and the lines with the header first.
    fn sheets(&self) -> Vec<(&'static str, Vec<Vec<String>>)> {
        let mut sheets = vec![
            ("Table", wide_records(self.table)),
            ("Clauses", tidy_records(self.table)),
        ];
        sheets.extend(self.gaps.map(|gaps| ("Gaps", gaps_records(gaps))));
        sheets.extend(
            self.borrowings
                .map(|found| ("Borrowings", borrowings_records(found))),
        );
        sheets.extend(
            self.emphasis
                .map(|found| ("Emphasis", emphasis_records(found))),
        );
        sheets.extend(
            self.timeline
                .map(|found| ("Timeline", timeline_records(found))),
        );
        sheets.extend(
            self.citations
                .map(|found| ("Citations", citations_records(found))),
        );
        sheets.extend(self.forces.map(|found| ("Force", force_records(found))));
        sheets.push(("Agreements", agreement_records(self.table)));
        sheets
    }
}

/// Returns a table and findings as a workbook (Office Open XML, ECMA-376).
///
/// The sheets are `Table` (the matrix), `Clauses` (the tidy table: see
/// [`to_tidy_csv`](crate::report::tidy::to_tidy_csv)), one for each finding, `Agreements`, and `About`, which says
/// how the table was made. Headers stand still and have filters, words are wrapped, nothing is computed:
/// words that look like a formula are words. The same parts give the same bytes.
///
/// A cell holds at most 32,767 UTF-16 units: what is longer ends with words that say so, and `About`
/// names the cell. The sheet `Clauses` is what is read again as the table; the others are for looking.
///
/// # Errors
///
/// [`ErrorKind::Limit`] if a sheet needs more than 1,048,576 rows or 16,384 columns.
pub fn to_xlsx(parts: &WorkbookParts<'_>) -> Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    let made_at = ExcelDateTime::from_ymd(2000, 1, 1).map_err(|error| not_written(&error))?;
    let properties = DocProperties::new()
        .set_title("Convergence table")
        .set_creation_datetime(&made_at);
    workbook.set_properties(&properties);
    let mut about = about_records(parts.table);
    for (name, records) in parts.sheets() {
        if records.len() > MAX_ROWS {
            let n_rows = records.len();
            let message =
                format!("the sheet `{name}` needs {n_rows} rows, and a sheet has {MAX_ROWS}");
            return Err(Error::new(ErrorKind::Limit, message));
        }
        let cut = add_sheet(&mut workbook, name, &records)?;
        about.extend(cut.into_iter().map(|place| vec!["cut".to_owned(), place]));
    }
    add_sheet(&mut workbook, "About", &about)?;
    workbook
        .save_to_buffer()
        .map_err(|error| not_written(&error))
}

fn not_written(error: &XlsxError) -> Error {
    let message = format!("the workbook cannot be written: {error}");
    Error::new(ErrorKind::Limit, message)
}

/// Adds a sheet; returns the places of the cells that hold too much, in words.
fn add_sheet(workbook: &mut Workbook, name: &str, records: &[Vec<String>]) -> Result<Vec<String>> {
    let mut cut = Vec::new();
    let sheet = workbook.add_worksheet();
    fill(sheet, (name, records), &mut cut).map_err(|error| not_written(&error))?;
    Ok(cut)
}

fn fill(
    sheet: &mut Worksheet,
    (name, records): (&str, &[Vec<String>]),
    cut: &mut Vec<String>,
) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    let plain = Format::new().set_align(FormatAlign::Top).set_text_wrap();
    let head = plain
        .clone()
        .set_bold()
        .set_background_color(Color::RGB(0x00E7_ECF3));
    let header = records.first().map_or(&[][..], Vec::as_slice);
    for (row, record) in (0_u32..).zip(records) {
        let format = if row == 0 { &head } else { &plain };
        for (column, cell) in (0_u16..).zip(record) {
            let title = header.get(usize::from(column)).map_or("", String::as_str);
            let is_number = row > 0 && NUMBERS.contains(&title);
            if write_cell(sheet, (row, column), (cell, is_number), format)? {
                let (row, n) = (row + 1, cell.chars().count());
                cut.push(format!(
                    "sheet {name}, row {row}, column {title}: {n} characters"
                ));
            }
        }
    }
    let n_still = if name == "Table" { 2 } else { 0 };
    sheet.set_freeze_panes(1, n_still)?;
    for (column, width) in (0_u16..).zip(widths(records)) {
        sheet.set_column_width(column, width as f64)?;
    }
    let last_row = u32::try_from(records.len().saturating_sub(1)).unwrap_or(u32::MAX);
    let last_column = u16::try_from(header.len().saturating_sub(1)).unwrap_or(u16::MAX);
    sheet.autofilter(0, 0, last_row, last_column)?;
    sheet.set_landscape().set_repeat_rows(0, 0)?;
    Ok(())
}

/// Writes a cell, as a number if it should be one and is; returns whether it holds too much.
fn write_cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    (cell, is_number): (&str, bool),
    format: &Format,
) -> Result<bool, XlsxError> {
    if cell.is_empty() {
        return Ok(false);
    }
    let number = cell.parse::<f64>().ok();
    if let Some(number) = number.filter(|number| is_number && number.is_finite()) {
        sheet.write_number_with_format(row, column, number, format)?;
        return Ok(false);
    }
    let (words, is_cut) = in_cell(cell);
    sheet.write_string_with_format(row, column, words, format)?;
    Ok(is_cut)
}

/// Returns the words that a cell shows, and whether they are not all.
fn in_cell(words: &str) -> (String, bool) {
    // The last two of the plane are no characters, and XML cannot hold them.
    let shown = visible(words).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
    if shown.encode_utf16().count() <= MAX_UNITS {
        return (shown, false);
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
    (remark, true)
}

/// Returns how wide the columns are, in letters: as a cell of the column that is longer than nine of ten.
fn widths(records: &[Vec<String>]) -> Vec<usize> {
    let n_columns = records.first().map_or(0, Vec::len);
    let width_of = |column: usize| {
        let cells = records.iter().skip(1).filter_map(|r| r.get(column));
        let mut lengths: Vec<usize> = cells.map(|cell| cell.chars().count()).collect();
        lengths.sort_unstable();
        let common = lengths.get(lengths.len() * 9 / 10).copied().unwrap_or(0);
        let title = records[0][column].chars().count().min(20) + 3;
        common.max(title).clamp(NARROWEST, WIDEST)
    };
    (0..n_columns).map(width_of).collect()
}

/// Returns the agreements, all that is known of each.
fn agreement_records(table: &ConvergenceTable) -> Vec<Vec<String>> {
    let mut header = vec!["key".to_owned(), "name".to_owned()];
    let known = table.agreements.first().map(source_cells);
    let names = known.into_iter().flatten().map(|(name, _)| name.to_owned());
    header.extend(names);
    let mut records = vec![header];
    for source in &table.agreements {
        let mut record = vec![source.key.clone(), source.name.clone()];
        record.extend(source_cells(source).into_iter().map(|(_, value)| value));
        records.push(record);
    }
    records
}

/// Returns how the table was made, and what was odd about its input.
fn about_records(table: &ConvergenceTable) -> Vec<Vec<String>> {
    let mut records = vec![vec!["what".to_owned(), "value".to_owned()]];
    let parameters = table.parameters.iter();
    records.extend(parameters.map(|(name, value)| vec![name.clone(), value.clone()]));
    let hint =
        "the sheet Clauses is read again as the table: correct its columns `issue`, `text` ...";
    records.push(vec!["corrections".to_owned(), hint.to_owned()]);
    let oddities = table.diagnostics.iter();
    records.extend(oddities.map(|oddity| vec!["diagnostic".to_owned(), oddity.to_string()]));
    records
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_cannot_hold_all_says_so() {
        assert_eq!(in_cell("words"), ("words".to_owned(), false));
        let (long, is_cut) = in_cell(&"𝒳y".repeat(20_000));
        assert!(is_cut && long.ends_with("all 40000 characters)"), "{long}");
        assert!(long.encode_utf16().count() <= MAX_UNITS);
    }
}
