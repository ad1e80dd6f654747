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
    let total: usize = steps.iter().flatten().map(height).sum();
    let _ = write!(
        out,
        "<nav class=heat aria-label=\"Where the text changed\"><svg viewBox=\"0 0 1 {}\" preserveAspectRatio=none>",
        total.max(1)
    );
    let mut y = 0;
    for (step, rows) in steps.iter().enumerate() {
        for row in rows {
            if !is_same(row) {
                push_link(out, &anchor(step, row), row, y);
            }
            y += height(row);
        }
    }
    out.push_str("</svg></nav>\n");
}

fn push_link(out: &mut String, anchor: &str, row: &PageRow<'_>, y: usize) {
    let (height, class) = (height(row), row.change.fate.name());
    let (number, told) = (text(&numbers(row.change)), told_of(row.change));
    let _ = write!(
        out,
        "<a href=\"#{anchor}\"><title>{number}: {told}</title>\
         <rect class={class} x=0 y={y} width=1 height={height} /></a>"
    );
}

fn height(row: &PageRow<'_>) -> usize {
    let words = row.change.revisions.iter().map(|revision| &revision.words);
    let n_words: usize = words.map(|words| words.split_whitespace().count()).sum();
    OF_A_ROW + n_words
}
