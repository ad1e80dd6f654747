//! [`to_csv`]: the matrix of issues and columns, for a spreadsheet.

use crate::finding::Annotated;
use crate::read::{CHECKED, STRENGTH};
use crate::report::form::records::Records;
use crate::report::form::words::joined;
use crate::report::table::quotation::Quotation;
use crate::report::table::remarks::{checked, nearest_or_reason};
use crate::table::{Alone, Row};

/// Returns the table as CSV: a line for each issue, a column for each process, then a line for each
/// clause that stands alone.
///
/// The header is `Issue`, `Processes` (their number), then the titles of the columns. A cell holds
/// `citation: “text”` for each clause, separated by line breaks. If the table has forces, `[class]`
/// follows the citation, and a last column `(strength)` says whether the row's strengths differ. For a
/// clause that stands alone, the issue is `(alone)` and its nearest neighbor. If a cell begins like a
/// formula, an apostrophe is put in front: see [`Records::to_csv`].
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::report::to_csv;
/// use consonance::table::{ConvergeParams, converge};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let table = converge(&corpus, &ConvergeParams::default().n_resamples(0))?;
/// let matrix = to_csv(&table);
/// assert!(matrix.contains("Issue,Processes,AU,Arab League,"));
/// assert!(matrix.contains("\nHuman rights online,8,"));
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn to_csv<'a>(table: impl Into<Annotated<'a>>) -> String {
    matrix_records(table.into()).to_csv()
}

/// Returns the lines of the matrix.
pub(in crate::report) fn matrix_records(table: Annotated<'_>) -> Records {
    let place_of = |id: &str| table.columns.iter().position(|column| column.id == id);
    let mut header = vec!["Issue", "Processes"];
    header.extend(table.columns.iter().map(|column| column.title.as_str()));
    if table
        .alone
        .iter()
        .any(|alone| place_of(&alone.column).is_none())
    {
        header.push("(no column)");
    }
    if table.rows.iter().any(|row| table.row_force(row).is_some()) {
        header.push(STRENGTH);
    }
    if table.rows.iter().any(|row| checked(row).is_some()) {
        header.push(CHECKED);
    }
    let mut records = Records::new(header).with_numbers(&["Processes"]);
    for row in &table.rows {
        let cells = cells_of_row(table, row);
        let notes = [(STRENGTH, table.strength(row)), (CHECKED, checked(row))];
        records.add_with_notes(cells, &notes);
    }
    for alone in &table.alone {
        let place = place_of(&alone.column).unwrap_or(table.columns.len());
        records.add(cells_of_alone(table, alone, place));
    }
    records
}

fn cells_of_row(table: Annotated<'_>, row: &Row) -> Vec<String> {
    let mut cells = vec![row.issue.clone(), row.n_processes.to_string()];
    cells.extend(table.columns.iter().map(|column| {
        let quotes = row.cells.get(&column.id).into_iter().flatten();
        let quotes = quotes.map(|quote| in_cell(&Quotation::of_quote(table, quote)));
        joined(quotes, "\n")
    }));
    cells
}

fn cells_of_alone(table: Annotated<'_>, alone: &Alone, place: usize) -> Vec<String> {
    let issue = format!("(alone) {}", nearest_or_reason(alone));
    let mut cells = vec![issue, "1".to_owned()];
    cells.resize(2 + place, String::new());
    cells.push(in_cell(&Quotation::of_alone(table, alone)));
    cells
}

fn in_cell(quoted: &Quotation) -> String {
    match &quoted.clause.lead_in {
        Some(lead_in) => format!("{}: {lead_in} “{}”", quoted.cited(), quoted.clause.text),
        None => format!("{}: “{}”", quoted.cited(), quoted.clause.text),
    }
}
