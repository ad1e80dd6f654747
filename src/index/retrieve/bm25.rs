//! [`Bm25`]: how well a clause matches a query.

use std::cmp::Ordering;

/// How well a clause matches a query, by the formula in the [documentation of the room](crate::index): 0 or
/// more, without an upper bound, never NaN.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Bm25(f64);

/// How soon further occurrences stop counting.
const K1: f64 = 1.2;
/// How strongly length is normalized.
const B: f64 = 0.75;

impl Bm25 {
    /// No word of the query occurs.
    pub(crate) const ZERO: Self = Self(0.0);

    /// One.
    #[cfg(test)]
    pub(crate) const ONE: Self = Self(1.0);

    /// Returns the number.
    pub(crate) fn value(self) -> f64 {
        self.0
    }

    /// Returns the score times a weight of 0 or more.
    pub(crate) fn times(self, weight: f64) -> Self {
        Self(self.0 * weight)
    }

    /// Returns the sum of two scores.
    pub(crate) fn plus(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Eq for Bm25 {}

impl PartialOrd for Bm25 {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Bm25 {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// The length norms of the clauses.
#[derive(Clone, Debug, Default)]
pub(crate) struct Norms {
    /// `k1 * (1 - b + b * length / mean)` of each document.
    by_slot: Vec<f64>,
    n_clauses: usize,
    /// The total number of terms of all clauses.
    pub(crate) n_terms: u64,
}

impl Norms {
    /// Returns the norms of `n_clauses` clauses; `lengths` has one entry per document, 0 for none.
    pub(crate) fn new(lengths: Vec<u32>, n_clauses: usize) -> Self {
        let n_terms: u64 = lengths.iter().map(|&length| u64::from(length)).sum();
        let mean = n_terms as f64 / n_clauses.max(1) as f64;
        // Without terms there is no mean length; avoid division by 0.
        let mean = mean.max(f64::MIN_POSITIVE);
        let norm = |length| K1 * (1.0 - B + B * f64::from(length) / mean);
        Self {
            by_slot: lengths.into_iter().map(norm).collect(),
            n_clauses,
            n_terms,
        }
    }

    /// Returns the weighting of a word that occurs in `df` clauses.
    pub(crate) fn weighing(&self, df: usize) -> Weighing<'_> {
        let df = df as f64;
        let n = self.n_clauses as f64;
        let idf = (1.0 + (n - df + 0.5) / (df + 0.5)).ln();
        Weighing {
            factor: idf * (K1 + 1.0),
            norms: &self.by_slot,
        }
    }
}

/// The weighting of one word of a query.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weighing<'a> {
    /// The logarithm of the formula times `k1 + 1`.
    factor: f64,
    norms: &'a [f64],
}

impl Weighing<'_> {
    /// Returns the score of a word that occurs `tf` times in a document.
    pub(crate) fn score(self, tf: u32, slot: u32) -> Bm25 {
        let tf = f64::from(tf);
        Bm25(self.factor * tf / (tf + self.norms[slot as usize]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equals_three_clauses_worked_by_hand() {
        // Three clauses of 2, 4 and 6 terms; the word occurs once in the first, twice in the third.
        let norms = Norms::new(vec![2, 4, 6], 3);
        let weighing = norms.weighing(2);
        let idf = 1.6_f64.ln();
        let first = idf * 2.2 / (1.0 + 1.2 * 0.625);
        let third = idf * 4.4 / (2.0 + 1.2 * 1.375);
        assert!((weighing.score(1, 0).value() - first).abs() < 1e-12);
        assert!((weighing.score(2, 2).value() - third).abs() < 1e-12);
    }
}
