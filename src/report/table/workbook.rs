//! [`to_xlsx`]: a table and the findings on it as a workbook, with a sheet for each finding.

use crate::error::Result;
use crate::finding::Annotated;
use crate::report::form::records::Records;
use crate::report::form::xlsx::Workbook;
use crate::report::table::matrix::matrix_records;
use crate::report::table::tidy::{source_cells, tidy_records};
use crate::table::ConvergenceTable;

/// Returns a table and findings as a workbook (Office Open XML, ECMA-376).
///
/// The sheets are `Table` (the matrix), `Clauses` (the long format: see
/// [`to_tidy_csv`](crate::report::to_tidy_csv)), those of the findings by their names, `Agreements`, and `About`,
/// which says how the table was made. Headers stay visible and have filters, text is wrapped, and
/// nothing is computed: text that looks like a formula stays text. The same parts give the same bytes.
///
/// A cell holds at most 32,767 UTF-16 units: longer text ends with a note that it was cut, and `About`
/// names the cell. The sheet `Clauses` is the one that is read again as the table.
///
/// # Errors
///
/// [`ErrorKind::Limit`](crate::error::ErrorKind::Limit) if a sheet needs more than 1,048,576 rows or 16,384
/// columns, or cannot have its name.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::finding::citations;
/// use consonance::report::{Report, to_xlsx};
/// use consonance::table::{ConvergeParams, converge};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let table = converge(&corpus, &ConvergeParams::default().n_resamples(0))?;
/// // Findings become further sheets.
/// let cited = citations(&corpus).records().named("citations");
/// let workbook = to_xlsx(&table, &[cited])?;
/// assert!(workbook.starts_with(b"PK"), "a ZIP archive");
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn to_xlsx<'a>(table: impl Into<Annotated<'a>>, findings: &[Records]) -> Result<Vec<u8>> {
    let table = table.into();
    let mut workbook = Workbook::titled("Convergence table")?;
    let mut matrix = matrix_records(table).named("Table");
    matrix.n_fixed = 2;
    workbook.add(&matrix)?;
    workbook.add(&tidy_records(table).named("Clauses"))?;
    for sheet in findings {
        workbook.add(sheet)?;
    }
    workbook.add(&agreement_records(&table).named("Agreements"))?;
    let mut about = about_records(&table);
    for place in std::mem::take(&mut workbook.cut) {
        about.add(vec!["cut".to_owned(), place]);
    }
    workbook.add(&about.named("About"))?;
    workbook.finish()
}

/// Returns the agreements with all known metadata.
fn agreement_records(table: &ConvergenceTable) -> Records {
    let mut header = vec!["key", "name"];
    let known = table.agreements.first().map(source_cells);
    header.extend(known.into_iter().flatten().map(|(name, _)| name));
    let mut records = Records::new(header).with_numbers(&["year"]);
    for source in &table.agreements {
        let mut record = vec![source.key.clone(), source.name.clone()];
        record.extend(source_cells(source).into_iter().map(|(_, value)| value));
        records.add(record);
    }
    records
}

/// Returns how the table was made, and the diagnostics of its input.
fn about_records(table: &ConvergenceTable) -> Records {
    let mut records = Records::of("what, value");
    for (name, value) in &table.parameters {
        records.add(vec![name.clone(), value.clone()]);
    }
    let hint =
        "the sheet Clauses is read again as the table: correct its columns `issue`, `text` ...";
    records.add(vec!["corrections".to_owned(), hint.to_owned()]);
    for oddity in &table.diagnostics {
        records.add(vec!["diagnostic".to_owned(), oddity.to_string()]);
    }
    records
}
