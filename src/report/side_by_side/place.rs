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
    let first_before = |change: &ClauseChange| change.before.first().map(|clause| clause.place);
    let mut stays: BTreeMap<usize, usize> = BTreeMap::new();
    for (index, change) in step
        .changes
        .iter()
        .enumerate()
        .filter(|(_, of)| !of.is_moved)
    {
        stays.extend(first_before(change).map(|place| (place, index)));
    }
    let mut left: BTreeMap<Option<usize>, Vec<(usize, usize)>> = BTreeMap::new();
    for (index, change) in step
        .changes
        .iter()
        .enumerate()
        .filter(|(_, of)| of.is_moved)
    {
        let Some(place) = first_before(change) else {
            continue;
        };
        let anchor = stays.range(..place).next_back().map(|(_, index)| *index);
        left.entry(anchor).or_default().push((place, index));
    }
    let mut rows = Vec::new();
    let left_behind = |anchor: Option<usize>| {
        let mut places = left.get(&anchor).cloned().unwrap_or_default();
        places.sort_unstable();
        places.into_iter().map(|(_, index)| index)
    };
    rows.extend(left_behind(None).map(|index| row(step, index, RowRole::OldPlace)));
    for index in 0..step.changes.len() {
        rows.push(row(step, index, RowRole::Clause));
        let old = left_behind(Some(index));
        rows.extend(old.map(|index| row(step, index, RowRole::OldPlace)));
    }
    rows
}

fn row(step: &VersionStep, index: usize, role: RowRole) -> PageRow<'_> {
    PageRow {
        index,
        change: &step.changes[index],
        role,
    }
}
