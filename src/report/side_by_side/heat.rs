//! The strip along the scroll bar: where in the page what happened.

use std::fmt::Write;

use crate::report::finding::versions::{numbers, told_of};
use crate::report::form::html::text;
use crate::report::side_by_side::clause::{anchor, is_same};
use crate::report::side_by_side::place::PageRow;

/// The height of a row without its words, as so many words.
const OF_A_ROW: usize = 20;

/// Appends the strip: a link for each row that is not the same as before, as high as its share of the text.
pub(super) fn push(out: &mut String, steps: &[Vec<PageRow<'_>>]) {
    let heights: Vec<Vec<usize>> = steps
        .iter()
        .map(|rows| rows.iter().map(height).collect())
        .collect();
    let total: usize = heights.iter().flatten().sum();
    let _ = write!(
        out,
        "<nav class=heat aria-label=\"Where the text changed\"><svg viewBox=\"0 0 1 {}\" preserveAspectRatio=none>",
        total.max(1)
    );
    let mut y = 0;
    for (step, (rows, heights)) in steps.iter().zip(&heights).enumerate() {
        for (row, height) in rows.iter().zip(heights) {
            if !is_same(row) {
                let _ = write!(
                    out,
                    "<a href=\"#{}\"><title>{}: {}</title><rect class={} x=0 y={y} width=1 height={height} /></a>",
                    anchor(step, row),
                    text(&numbers(row.change)),
                    told_of(row.change),
                    row.change.fate.name()
                );
            }
            y += height;
        }
    }
    out.push_str("</svg></nav>\n");
}

fn height(row: &PageRow<'_>) -> usize {
    let words = row.change.revisions.iter().map(|revision| &revision.words);
    let n_words: usize = words.map(|words| words.split_whitespace().count()).sum();
    OF_A_ROW + n_words
}
