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

    pub(crate) fn extend(&mut self, clauses: impl IntoIterator<Item = u32>) {
        for clause in clauses {
            self.has[clause as usize] = true;
        }
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

    /// Returns the clauses that are in both sets.
    pub(crate) fn and(mut self, other: &Self) -> Self {
        self.has
            .iter_mut()
            .zip(&other.has)
            .for_each(|(has, others)| *has &= others);
        self
    }

    /// Returns the clauses that are in either set.
    pub(crate) fn or(mut self, other: &Self) -> Self {
        self.has
            .iter_mut()
            .zip(&other.has)
            .for_each(|(has, others)| *has |= others);
        self
    }
}
