//! The quotes of a cell: of each agreement one, and the others behind it.

use crate::report::form::words::counted;
use crate::report::table::cell::{by_agreement, typical_of};
use crate::table::Quote;

/// What one agreement says in a cell.
pub(super) struct Said<'a> {
    /// The counted clause nearest to the center of the row, the first of equally near ones; `None` if none counts.
    pub(super) first: Option<&'a Quote>,
    /// Its other clauses there, in order.
    pub(super) others: Vec<&'a Quote>,
}

impl Said<'_> {
    /// Returns what opens the other clauses: `+12 more, 3 of them weak`.
    pub(super) fn more(&self) -> String {
        let n = self.others.len();
        let n_weak = self.others.iter().filter(|of| !of.is_counted()).count();
        match (self.first, n_weak) {
            (None, _) => format!("{}, not counted", counted(n, "weak clause", "weak clauses")),
            (Some(_), 0) => format!("+{n} more"),
            (Some(_), n_weak) => format!("+{n} more, {n_weak} of them weak"),
        }
    }
}

/// Returns what each agreement says in a cell, in the order of the agreements.
pub(super) fn said_by_agreement(quotes: &[Quote]) -> Vec<Said<'_>> {
    let groups = by_agreement(quotes).into_iter();
    let said = groups.map(|run| {
        let first = Some(typical_of(&run)).filter(|typical| typical.is_counted());
        let is_other = |quote: &&Quote| first.is_none_or(|first| first.id != quote.id);
        Said {
            first,
            others: run.into_iter().filter(is_other).collect(),
        }
    });
    said.collect()
}

/// Returns the number of clauses that count, and of those that do not.
pub(super) fn numbers<'a>(quotes: impl IntoIterator<Item = &'a Quote>) -> Numbers {
    let mut numbers = Numbers::default();
    for quote in quotes {
        if quote.is_counted() {
            numbers.counted += 1;
        } else {
            numbers.weak += 1;
        }
    }
    numbers
}

/// Numbers of clauses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Numbers {
    pub(super) counted: usize,
    pub(super) weak: usize,
}
