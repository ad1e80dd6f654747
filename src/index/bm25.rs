//! [`Bm25`]: how well a clause answers a query.

use std::cmp::Ordering;

use serde::Serialize;

/// How well a clause answers a query: 0 or more, without an upper bound, never NaN.
///
/// The sum over the query's words, phrases and prefixes that occur in the clause of
///
/// ```text
/// ln(1 + (n - df + 0.5) / (df + 0.5)) * tf * (k1 + 1) / (tf + k1 * (1 - b + b * length / mean))
/// ```
///
/// where `n` is the number of clauses, `df` the number of clauses it occurs in, `tf` how often it
/// occurs in this clause, `length` the clause's number of terms, `mean` the mean of that over all
/// clauses, `k1 = 1.2` and `b = 0.75`. A phrase or a prefix counts as one word that occurs wherever
/// it matches. Field queries and negations add nothing.
///
/// Compare scores of one query only. Source: Robertson and Zaragoza, "The Probabilistic Relevance
/// Framework: BM25 and Beyond" (2009), with the logarithm kept above 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Bm25(f64);

/// How soon further occurrences stop to count.
const K1: f64 = 1.2;
/// How much a long clause is held back.
const B: f64 = 0.75;

impl Bm25 {
    /// No word of the query occurs.
    pub(crate) const ZERO: Self = Self(0.0);

    /// Returns the number.
    pub fn value(self) -> f64 {
        self.0
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

/// What the score of a word depends on besides the clause.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weighing {
    idf: f64,
    mean_length: f64,
}

impl Weighing {
    /// Returns how to weigh a word that occurs in `df` of `n_clauses` clauses.
    pub(crate) fn new(df: usize, n_clauses: usize, mean_length: f64) -> Self {
        let df = df as f64;
        let n = n_clauses as f64;
        Self {
            idf: (1.0 + (n - df + 0.5) / (df + 0.5)).ln(),
            // Without any term there is no length to compare with.
            mean_length: mean_length.max(f64::MIN_POSITIVE),
        }
    }

    /// Returns the score of a word that occurs `tf` times among `length` terms.
    pub(crate) fn score(self, tf: u32, length: u32) -> Bm25 {
        let tf = f64::from(tf);
        let relative_length = f64::from(length) / self.mean_length;
        let saturated = tf * (K1 + 1.0) / (tf + K1 * (1.0 - B + B * relative_length));
        Bm25(self.idf * saturated)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equals_three_clauses_worked_by_hand() {
        // Three clauses of 2, 4 and 6 terms; the word stands once in the first, twice in the third.
        let weighing = Weighing::new(2, 3, 4.0);
        let idf = 1.6_f64.ln();
        let first = idf * 2.2 / (1.0 + 1.2 * 0.625);
        let third = idf * 4.4 / (2.0 + 1.2 * 1.375);
        assert!((weighing.score(1, 2).value() - first).abs() < 1e-12);
        assert!((weighing.score(2, 6).value() - third).abs() < 1e-12);
    }
}
