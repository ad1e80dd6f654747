//! Scored results and sets of clauses.

use crate::index::retrieve::bm25::Bm25;

/// Results with scores, ascending, without duplicates.
pub(crate) type Scored = Vec<ScoredItem>;

/// A document of the index or, after translation, a clause, and its score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ScoredItem {
    pub(crate) id: u32,
    pub(crate) score: Bm25,
}

/// A set of clauses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ClauseSet {
    has: Vec<bool>,
}

impl ClauseSet {
    /// Returns the empty set for N clauses.
    pub(crate) fn empty(n_clauses: usize) -> Self {
        Self {
            has: vec![false; n_clauses],
        }
    }

    pub(crate) fn add(&mut self, clause: u32) {
        self.has[clause as usize] = true;
    }

    pub(crate) fn extend(&mut self, clauses: impl Iterator<Item = u32>) {
        clauses.for_each(|clause| self.add(clause));
    }

    pub(crate) fn add_range(&mut self, clauses: std::ops::Range<u32>) {
        self.has[clauses.start as usize..clauses.end as usize].fill(true);
    }

    pub(crate) fn holds(&self, clause: u32) -> bool {
        self.has[clause as usize]
    }

    pub(crate) fn is_empty(&self) -> bool {
        !self.has.contains(&true)
    }

    /// Keeps only the clauses that are also in the other set.
    pub(crate) fn keep_only(&mut self, other: &Self) {
        for (has, others) in self.has.iter_mut().zip(&other.has) {
            *has &= others;
        }
    }

    /// Returns the first clause; `None` if the set is empty.
    pub(crate) fn first(&self) -> Option<u32> {
        (0..)
            .zip(&self.has)
            .find(|(_, has)| **has)
            .map(|(clause, _)| clause)
    }
}
