//! [`Layout`]: the page, its columns and their widths.

use std::cmp::Reverse;

use crate::report::table::docx::markup::Split;
use crate::table::{Column, ConvergenceTable, Quote, Row};

/// The most columns of processes on A4, and on any page.
const MAX_ON_A4: usize = 6;
const MAX_COLUMNS: usize = 12;
/// The margins on each side and the width of the issue column, in twentieths of a point.
pub(super) const MARGIN: usize = 680;
const ISSUE_WIDTH: usize = 1_700;
/// The smallest and greatest column width, in percent of the mean.
const NARROWEST: f64 = 65.0;
const WIDEST: f64 = 170.0;

/// A page, in twentieths of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) struct PageSize {
    pub(super) width: usize,
    pub(super) height: usize,
}

impl PageSize {
    /// A4 higher than wide, for text.
    pub(in crate::report) const A4_UPRIGHT: Self = Self {
        width: 11_906,
        height: 16_838,
    };
    pub(super) const A4: Self = Self {
        width: 16_838,
        height: 11_906,
    };
    const A3: Self = Self {
        width: 23_811,
        height: 16_838,
    };

    /// Returns the width between the margins.
    pub(super) fn text_width(self) -> usize {
        self.width - 2 * MARGIN
    }
}

/// A column of the document: one of the table, or several combined.
pub(super) struct ShownColumn<'a> {
    pub(super) title: &'a str,
    pub(super) columns: Vec<&'a Column>,
    pub(super) width: usize,
}

/// The layout of the document.
pub(super) struct Layout<'a> {
    pub(super) page: PageSize,
    pub(super) columns: Vec<ShownColumn<'a>>,
    /// The columns in which no row has a clause.
    pub(super) empty: Vec<&'a Column>,
    pub(super) issue_width: usize,
}

/// The title of the column that combines the least filled ones.
pub(super) use crate::read::OTHER_PROCESSES;

impl<'a> Layout<'a> {
    pub(super) fn of(table: &'a ConvergenceTable) -> Self {
        let (filled, empty): (Vec<&Column>, Vec<&Column>) = table
            .columns
            .iter()
            .partition(|column| n_quotes(table, column) > 0);
        let mut columns: Vec<ShownColumn> = in_sight(table, filled);
        let page = if columns.len() > MAX_ON_A4 {
            PageSize::A3
        } else {
            PageSize::A4
        };
        let room = page.text_width() - ISSUE_WIDTH;
        let shown = columns.iter();
        let amounts: Vec<f64> = shown.map(|of| amount_of_words(table, of)).collect();
        for (column, width) in columns.iter_mut().zip(widths(&amounts, room)) {
            column.width = width;
        }
        Self {
            page,
            columns,
            empty,
            issue_width: ISSUE_WIDTH,
        }
    }

    /// Returns the font size, in half points: smaller for many columns.
    pub(super) fn half_points(&self) -> usize {
        if self.columns.len() > 9 { 14 } else { 16 }
    }

    /// Returns whether a row may be split between pages: not if its longest cell is small.
    pub(super) fn split_of(&self, row: &Row) -> Split {
        // A letter is about half as wide as high; a line is a fifth higher than its letters.
        let letter_width = self.half_points() * 5;
        let line_height = self.half_points() * 12;
        let most_lines = self.columns.iter().map(|column| {
            let per_line = (column.width / letter_width).max(1);
            let lines = quotes_of(row, column).map(|quote| 1 + length(quote) / per_line);
            lines.sum::<usize>()
        });
        let is_small = most_lines.max().unwrap_or(0) * line_height * 5 < self.page.height * 3;
        if is_small {
            Split::Never
        } else {
            Split::IfNeeded
        }
    }
}

/// Returns the quotes of a row in a column of the document.
pub(super) fn quotes_of<'a>(
    row: &'a Row,
    column: &'a ShownColumn<'_>,
) -> impl Iterator<Item = &'a Quote> {
    let columns = column.columns.iter();
    columns.flat_map(|column| row.cells.get(&column.id).into_iter().flatten())
}

fn n_quotes(table: &ConvergenceTable, column: &Column) -> usize {
    let rows = table.rows.iter();
    rows.filter_map(|row| row.cells.get(&column.id))
        .map(Vec::len)
        .sum()
}

/// Returns the columns to show: each by itself; if there are too many, the fullest by themselves and
/// the others combined.
fn in_sight<'a>(table: &ConvergenceTable, filled: Vec<&'a Column>) -> Vec<ShownColumn<'a>> {
    let alone = |column: &'a Column| ShownColumn {
        title: &column.title,
        columns: vec![column],
        width: 0,
    };
    if filled.len() <= MAX_COLUMNS {
        return filled.into_iter().map(alone).collect();
    }
    let mut by_fullness = filled.clone();
    // The sort is stable: ties keep the order of the columns.
    by_fullness.sort_by_key(|column| Reverse(n_quotes(table, column)));
    let fullest: Vec<&str> = by_fullness[..MAX_COLUMNS - 1]
        .iter()
        .map(|of| of.id.as_str())
        .collect();
    let is_full = |column: &&Column| fullest.contains(&column.id.as_str());
    let (full, others): (Vec<&Column>, Vec<&Column>) = filled.into_iter().partition(is_full);
    let mut shown: Vec<ShownColumn> = full.into_iter().map(alone).collect();
    shown.push(ShownColumn {
        title: OTHER_PROCESSES,
        columns: others,
        width: 0,
    });
    shown
}

fn length(quote: &Quote) -> usize {
    let lead_in = quote.lead_in.as_deref().unwrap_or_default();
    let words = [&quote.citation, lead_in, &quote.text];
    words.iter().map(|words| words.chars().count() + 2).sum()
}

/// Returns the square root of the number of letters in a column: a column with four times the text is
/// twice as wide.
fn amount_of_words(table: &ConvergenceTable, column: &ShownColumn) -> f64 {
    let quotes = table.rows.iter().flat_map(|row| quotes_of(row, column));
    let n: usize = quotes.map(length).sum();
    (n as f64).sqrt()
}

/// Distributes `room` among columns by their amounts of text, none far from the mean.
fn widths(amounts: &[f64], room: usize) -> Vec<usize> {
    let mean = amounts.iter().sum::<f64>() / amounts.len().max(1) as f64;
    let bound = |amount: &f64| (100.0 * amount / mean.max(1.0)).clamp(NARROWEST, WIDEST);
    let bounded: Vec<f64> = amounts.iter().map(bound).collect();
    let total: f64 = bounded.iter().sum();
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of a page is a small positive number"
    )]
    let share = |part: &f64| (room as f64 * part / total) as usize;
    bounded.iter().map(share).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_distributed_by_the_amount_of_text_within_bounds() {
        assert_eq!(widths(&[10.0, 10.0], 1_000), [500, 500]);
        let uneven = widths(&[1.0, 10.0, 1_000.0], 1_000);
        assert!(uneven.iter().sum::<usize>() <= 1_000);
        assert!(uneven[0] > 200 && uneven[2] < 600, "{uneven:?}");
        assert!(widths(&[], 1_000).is_empty());
    }
}
