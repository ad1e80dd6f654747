//! [`to_csv`]: the table for a spreadsheet.

use crate::read::guarded;
use crate::report::force::force_line;
use crate::report::{Quoted, nearest_or_reason, visible};
use crate::table::{Alone, ConvergenceTable, Row};

/// Returns the table as CSV: a line an issue, a column a process, then a line for each clause that
/// stands alone.
///
/// The header is `Issue`, `Processes` (how many), then the titles of the columns. A cell holds
/// `citation: “text”` for each clause, a line break between them. Where the table has forces, `[class]`
/// stands behind the citation, and a last column `(strength)` tells whether the row's strengths differ.
/// For a clause alone, the issue says `(alone)` and its nearest neighbor. Where a cell would begin like a formula, an apostrophe goes
/// before it, which spreadsheets take as "this is text". UTF-8, lines end in `\n`.
///
/// # Panics
///
/// Never: all lines have as many cells as the header, and memory takes what is written.
pub fn to_csv(table: &ConvergenceTable) -> String {
    written(wide_records(table))
}

/// Returns the lines of the matrix, the header first.
pub(super) fn wide_records(table: &ConvergenceTable) -> Vec<Vec<String>> {
    let has_homeless = table
        .alone
        .iter()
        .any(|alone| !has_column(table, &alone.column));
    let mut header = vec!["Issue".to_owned(), "Processes".to_owned()];
    header.extend(table.columns.iter().map(|column| column.title.clone()));
    if has_homeless {
        header.push("(no column)".to_owned());
    }
    let has_forces = table.rows.iter().any(|row| row.force.is_some());
    if has_forces {
        header.push("(strength)".to_owned());
    }
    let width = header.len();
    let mut records = vec![header];
    records.extend(table.rows.iter().map(|row| {
        let mut record = record_of_row(table, row);
        if let Some(strength) = force_line(row) {
            record.resize(width - 1, String::new());
            record.push(strength);
        }
        record
    }));
    records.extend(
        table
            .alone
            .iter()
            .map(|alone| record_of_alone(table, alone)),
    );
    records
}

/// Returns records as CSV, all as wide as the first, with nothing that a spreadsheet would obey.
pub(super) fn written(mut records: Vec<Vec<String>>) -> String {
    let width = records.first().map_or(0, Vec::len);
    for record in &mut records {
        record.resize(width, String::new());
        for cell in record {
            *cell = harmless(cell);
        }
    }
    to_text(&records)
}

/// Returns records of one width as CSV.
fn to_text(records: &[Vec<String>]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for record in records {
        writer
            .write_record(record)
            .expect("records of one width go into memory");
    }
    let bytes = writer.into_inner().expect("memory takes what is written");
    String::from_utf8(bytes).expect("UTF-8 cells joined by commas are UTF-8")
}

fn has_column(table: &ConvergenceTable, id: &str) -> bool {
    table.columns.iter().any(|column| column.id == id)
}

fn record_of_row(table: &ConvergenceTable, row: &Row) -> Vec<String> {
    let mut record = vec![row.issue.clone(), row.n_processes.to_string()];
    for column in &table.columns {
        let quotes = row.cells.get(&column.id).map_or(&[][..], Vec::as_slice);
        let quotes: Vec<String> = quotes.iter().map(|quote| quotation(quote.into())).collect();
        record.push(quotes.join("\n"));
    }
    record
}

fn record_of_alone(table: &ConvergenceTable, alone: &Alone) -> Vec<String> {
    let mut record = vec![
        format!("(alone) {}", nearest_or_reason(alone)),
        "1".to_owned(),
    ];
    let place = table
        .columns
        .iter()
        .position(|column| column.id == alone.column);
    record.resize(2 + place.unwrap_or(table.columns.len()), String::new());
    record.push(quotation(alone.into()));
    record
}

fn quotation(quoted: Quoted) -> String {
    match quoted.lead_in {
        Some(lead_in) => format!("{}: {lead_in} “{}”", quoted.cited(), quoted.text),
        None => format!("{}: “{}”", quoted.cited(), quoted.text),
    }
}

/// Returns the cell with nothing in it that a spreadsheet or a terminal would obey.
fn harmless(cell: &str) -> String {
    guarded(visible(cell)).into_owned()
}
