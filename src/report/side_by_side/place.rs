//! [`places`]: the rows of the page in their order, with the places that moved clauses left.

use std::collections::BTreeMap;

use crate::finding::{ClauseChange, VersionStep};

/// A row of the page.
pub(super) struct PageRow<'s> {
    /// The index of the change in its step.
    pub(super) index: usize,
    pub(super) change: &'s ClauseChange,
    pub(super) role: RowRole,
}

/// What a row shows of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowRole {
    /// The clause where it stands in the later version, or stood if it was dropped.
    Clause,
    /// The place that a moved clause left.
    OldPlace,
}

/// Returns the changes in the order of the later version, and the place that each moved clause left: after the
/// clause that it followed in the earlier version, of those that did not move.
pub(super) fn places(step: &VersionStep) -> Vec<PageRow<'_>> {
    let left = left_places(step);
    let old = |anchor: Option<usize>| {
        let indices = left.iter().filter(move |place| place.anchor == anchor);
        indices.map(|place| row(step, place.index, RowRole::OldPlace))
    };
    let mut rows: Vec<PageRow<'_>> = old(None).collect();
    for index in 0..step.changes.len() {
        rows.push(row(step, index, RowRole::Clause));
        rows.extend(old(Some(index)));
    }
    rows
}

/// The place that a moved clause left.
struct LeftPlace {
    /// The index of the change before it that did not move.
    anchor: Option<usize>,
    /// The index of the change that moved.
    index: usize,
}

/// Returns the places that moved clauses left, in the order of the earlier version.
fn left_places(step: &VersionStep) -> Vec<LeftPlace> {
    let changes = step.changes.iter().enumerate();
    let before = changes.filter_map(|(index, of)| Some((of.before.first()?.place, index)));
    let before: BTreeMap<usize, usize> = before.collect();
    let mut anchor = None;
    let mut left = Vec::new();
    for index in before.into_values() {
        if step.changes[index].is_moved {
            left.push(LeftPlace { anchor, index });
        } else {
            anchor = Some(index);
        }
    }
    left
}

fn row(step: &VersionStep, index: usize, role: RowRole) -> PageRow<'_> {
    let change = &step.changes[index];
    PageRow {
        index,
        change,
        role,
    }
}
