//! [`in_order`]: the order of rows.

use std::collections::BTreeMap;

use crate::id::RowId;
use crate::table::convergence_table::{Row, Theme};
use crate::table::layout::Counting;

/// Sorts the rows, and updates references to them by index.
pub(super) fn in_order(
    mut rows: Vec<(usize, Row)>,
    themes: &[Theme],
    counting: Counting,
) -> Vec<Row> {
    let theme_of = |row: &Row| {
        themes
            .iter()
            .position(|of| Some(&of.name) == row.theme.as_ref())
    };
    rows.sort_by(|(_, a), (_, b)| {
        let by_theme = theme_of(a).cmp(&theme_of(b));
        by_theme.then_with(|| order_of_rows(counting, a, b))
    });
    let places = rows.iter().map(|(place, _)| *place).zip(0..);
    let new_place: BTreeMap<usize, usize> = places.collect();
    let mut rows: Vec<Row> = rows.into_iter().map(|(_, row)| row).collect();
    let cells = rows.iter_mut().flat_map(|row| row.cells.values_mut());
    for near in cells.flatten().flat_map(|quote| &mut quote.also_near) {
        near.row = RowId::new(new_place[&near.row.index()]);
    }
    rows
}

fn order_of_rows(counting: Counting, a: &Row, b: &Row) -> std::cmp::Ordering {
    let n_clauses = |row: &Row| row.counted_ids().count();
    let stability = |row: &Row| row.stability.map(|of| of.stability);
    let first = match counting {
        Counting::Processes => b.n_processes.cmp(&a.n_processes),
        Counting::Agreements => b.n_agreements.cmp(&a.n_agreements),
        Counting::Clauses => n_clauses(b).cmp(&n_clauses(a)),
    };
    let is_driven = |row: &Row| row.boilerplate.is_some();
    is_driven(a)
        .cmp(&is_driven(b))
        .then(first)
        .then_with(|| b.n_processes.cmp(&a.n_processes))
        .then_with(|| stability(b).cmp(&stability(a)))
        .then_with(|| b.n_agreements.cmp(&a.n_agreements))
        .then_with(|| a.issue.cmp(&b.issue))
}
