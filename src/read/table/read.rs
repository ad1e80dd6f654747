//! Reads the tables of each layout, using the steps in the other files.

use csv::StringRecord;
use roxmltree::Node;
use scraper::Html;

use crate::error::{Diagnostic, Error, ErrorKind, Result, Severity};
use crate::read::document::Parsed;
use crate::read::limits::{ReadLimits, within};
use crate::read::table::office::Names;
use crate::read::table::rows::{FoundTable, Line, heads_issues};
use crate::read::table::{collect, office, page, pipes, rows, sheet, tabs};
use crate::read::workbook::WorkbookSheet;
use crate::read::{front_matter, text};

/// Reads the comparison tables of a text whose cells are separated by tabs; prose around them is
/// skipped with a note.
///
/// Takes time linear in the text, and quadratic in the number of quotations of one provision.
///
/// # Errors
///
/// [`ErrorKind::Format`] if the bytes are not text, or no cell of the table quotes anything.
pub(crate) fn read(bytes: &[u8], limits: &ReadLimits) -> Result<Parsed> {
    let mut diagnostics = Vec::new();
    let decoded = text::decode(bytes, limits, &mut diagnostics)?;
    let found = rows::find(tabs::lines(&decoded));
    reading_of(found, diagnostics).ok_or_else(quotes_nothing)
}

/// Reads the comparison tables of a Markdown file; `None` if no cell quotes a clause.
///
/// # Errors
///
/// [`ErrorKind::Format`] if the bytes are not text, [`ErrorKind::Manifest`] if the front matter breaks
/// its rules.
pub(crate) fn read_markdown(bytes: &[u8], limits: &ReadLimits) -> Result<Option<Parsed>> {
    if !pipes::has_header(bytes) {
        return Ok(None);
    }
    let mut diagnostics = Vec::new();
    let decoded = text::decode(bytes, limits, &mut diagnostics)?;
    let (_, source) = front_matter::split(&decoded, &mut diagnostics)?;
    Ok(reading_of(rows::find(pipes::lines(source)), diagnostics))
}

/// Reads the comparison tables of a web page; `None` if no cell quotes a clause.
///
/// # Errors
///
/// [`ErrorKind::Limit`] if a table exceeds one of the `limits`.
pub(crate) fn read_page(
    html: &Html,
    limits: &ReadLimits,
    diagnostics: &[Diagnostic],
) -> Result<Option<Parsed>> {
    let found = rows::find(page::lines(html, limits)?);
    Ok(reading_of(found, diagnostics.to_vec()))
}

/// Reads the comparison tables of a document of a word processor; `None` if no cell quotes a clause.
pub(crate) fn read_document(root: Node<'_, '_>, names: &Names) -> Option<Parsed> {
    let found = rows::find(office::lines(root, names));
    reading_of(found, Vec::new())
}

/// Returns whether the names in the first row of a CSV file are those of a comparison table.
pub(crate) fn is_header_of_matrix(names: &[&str]) -> bool {
    names.len() >= rows::MIN_COLUMNS && heads_issues(names[0])
}

/// Reads a comparison table from the rows of a CSV file.
///
/// # Errors
///
/// [`ErrorKind::Format`] if no cell quotes anything, [`ErrorKind::Limit`] if there are too many columns.
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
    reading_of(rows::find(lines), diagnostics).ok_or_else(quotes_nothing)
}

fn matrix_line(record: &StringRecord) -> Line {
    let line = record.position().map(csv::Position::line);
    Line::Cells {
        number: line.and_then(|line| usize::try_from(line).ok()),
        cells: record.iter().map(tabs::plain).collect(),
    }
}

/// Reads the comparison tables of a spreadsheet, one in each sheet.
///
/// # Errors
///
/// [`ErrorKind::Format`] if no cell quotes anything, [`ErrorKind::Limit`] if a sheet has too many columns.
pub(crate) fn read_sheets(sheets: Vec<WorkbookSheet>, limits: &ReadLimits) -> Result<Parsed> {
    let found = sheet::find(sheets, limits)?;
    reading_of(found, Vec::new()).ok_or_else(quotes_nothing)
}

fn quotes_nothing() -> Error {
    let message = "the comparison table quotes no clause";
    Error::new(ErrorKind::Format, message)
}

/// Makes agreements and the coding from the tables; `None` if they quote nothing.
fn reading_of(found: FoundTable, mut diagnostics: Vec<Diagnostic>) -> Option<Parsed> {
    let n = found.n_paragraphs_outside;
    let what = "paragraphs outside the comparison table were not read";
    diagnostics.extend(Diagnostic::counted(Severity::Note, n, what));
    diagnostics.extend(found.diagnostics);
    let (documents, placements) = collect::collect(&found.tables, &mut diagnostics);
    (!documents.is_empty()).then_some(Parsed {
        documents,
        placements,
        diagnostics,
        ..Parsed::default()
    })
}
