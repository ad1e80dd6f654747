//! The table without its clauses: a mark in each filled cell.

use consonance::report::one_line;
use consonance::table::{Column, ConvergenceTable, Quote, Row};

use super::layout::{Frame, Style, cut_to_width, fit, painted, width_of};

/// The fewest columns of the terminal for the names of the issues in the overview.
const MIN_ISSUE_WIDTH: usize = 24;
/// The greatest width of a process's name in the overview.
const MAX_LEGEND_WIDTH: usize = 36;

/// Returns the overview: issues in rows, processes as letters in columns, a mark in each filled cell.
pub(crate) fn overview(table: &ConvergenceTable, frame: Frame) -> Vec<String> {
    let codes = codes(table.columns.len());
    let mut lines = legend(&table.columns, &codes, frame.width);
    let code_width = codes.first().map_or(1, String::len) + 1;
    let rank_width = table.rows.len().to_string().len().max(2);
    let most = table
        .rows
        .iter()
        .map(|row| row.n_processes)
        .max()
        .unwrap_or(0);
    let count_width = most.to_string().len().max(2);
    let fixed = rank_width + 2 + 2 + count_width + 1;
    let widest = table
        .rows
        .iter()
        .map(|row| width_of(&one_line(&row.issue)))
        .max();
    let room = frame.width.saturating_sub(fixed + codes.len() * code_width);
    let issue_width = room.max(MIN_ISSUE_WIDTH).min(widest.unwrap_or(0).max(5));
    let per_band = frame.width.saturating_sub(fixed + issue_width) / code_width;
    let columns: Vec<(&Column, &String)> = table.columns.iter().zip(&codes).collect();
    for band in columns.chunks(per_band.max(1)) {
        lines.push(String::new());
        let heads: Vec<String> = band.iter().map(|(_, code)| format!(" {code}")).collect();
        let issue = fit("Issue", issue_width);
        let head = format!(
            "{:>rank_width$}  {issue}  {:>count_width$} {}",
            "",
            "of",
            heads.concat()
        );
        lines.push(painted(head.trim_end(), Style::Strong, frame.has_styles));
        for ((index, row), id) in table.rows.iter().enumerate().zip(table.row_ids()) {
            if let Some(theme) = table.theme_begun_by(id) {
                let name = one_line(&theme.name).to_uppercase();
                let name = fit(&name, rank_width + 2 + issue_width);
                let line = format!("{name}  {:>count_width$}", theme.n_processes);
                lines.push(painted(&line, Style::Strong, frame.has_styles));
            }
            let issue = fit(&one_line(&row.issue), issue_width);
            let marks: Vec<String> = band
                .iter()
                .map(|(column, _)| format!("{:>code_width$}", mark(quotes_of(row, column))))
                .collect();
            let (rank, n, marks) = (index + 1, row.n_processes, marks.concat());
            lines.push(format!(
                "{rank:>rank_width$}  {issue}  {n:>count_width$} {marks}"
            ));
        }
    }
    lines
}

/// The letters of the processes, in as many columns as fit, to be read downwards.
fn legend(columns: &[Column], codes: &[String], width: usize) -> Vec<String> {
    let entries: Vec<String> = columns
        .iter()
        .zip(codes)
        .map(|(column, code)| {
            format!(
                "{code} {}",
                cut_to_width(&one_line(&column.title), MAX_LEGEND_WIDTH)
            )
        })
        .collect();
    let entry_width = entries
        .iter()
        .map(|entry| width_of(entry))
        .max()
        .unwrap_or(0)
        + 2;
    let n_across = (width / entry_width).max(1);
    let n_down = entries.len().div_ceil(n_across);
    let mut lines = Vec::new();
    for line in 0..n_down {
        let across = entries.iter().skip(line).step_by(n_down);
        let text: String = across.map(|entry| fit(entry, entry_width)).collect();
        lines.push(text.trim_end().to_owned());
    }
    lines
}

/// Returns the quotations in a cell.
pub(crate) fn quotes_of<'a>(row: &'a Row, column: &Column) -> &'a [Quote] {
    row.cells.get(&column.id).map_or(&[], Vec::as_slice)
}

/// Returns the mark in the overview for a cell.
fn mark(quotes: &[Quote]) -> String {
    match quotes.iter().filter(|quote| quote.is_counted()).count() {
        0 if !quotes.is_empty() => "○".to_owned(),
        0 => "·".to_owned(),
        1 => "●".to_owned(),
        n @ 2..=9 => n.to_string(),
        _ => "+".to_owned(),
    }
}

/// Returns `n` short codes of one length: A, B, C ..., or AA, AB, AC ... if one letter is not enough.
fn codes(n: usize) -> Vec<String> {
    const LETTERS: usize = 26;
    let mut length = 1;
    let mut n_codes = LETTERS;
    while n_codes < n {
        length += 1;
        n_codes *= LETTERS;
    }
    let code = |number: usize| {
        let mut code = String::new();
        let mut unit = n_codes / LETTERS;
        for _ in 0..length {
            let letter = u8::try_from(number / unit % LETTERS).unwrap_or(0);
            code.push(char::from(b'A' + letter));
            unit = (unit / LETTERS).max(1);
        }
        code
    };
    (0..n).map(code).collect()
}
