//! Counting the terms of clauses, and the measures that compare two counts.

use std::collections::{BTreeMap, HashMap};

use crate::index::store::schema::index_term;
use crate::term::Token;

/// Terms, each with its frequency and its spellings.
#[derive(Debug, Default)]
pub(crate) struct TermCounts {
    counts: BTreeMap<String, TermCount>,
    /// The number of all terms counted.
    pub(crate) n_terms: u64,
}

/// The frequency and the spellings of a term.
#[derive(Debug, Default)]
pub(crate) struct TermCount {
    pub(crate) n: u64,
    spellings: HashMap<String, u64>,
}

impl TermCounts {
    /// Adds one token of a clause.
    pub(crate) fn add(&mut self, token: &Token, text: &str) {
        let term = index_term(&token.term).to_owned();
        let count = self.counts.entry(term).or_default();
        count.n += 1;
        let spelling = text[token.range.clone()].to_lowercase();
        *count.spellings.entry(spelling).or_default() += 1;
        self.n_terms += 1;
    }

    /// Returns the terms with their counts, in alphabetical order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&String, &TermCount)> {
        self.counts.iter()
    }
}

impl TermCount {
    /// Returns the most frequent spelling, ties in alphabetical order.
    pub(crate) fn spelling(&self) -> &str {
        let most = self
            .spellings
            .iter()
            .max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
        most.map_or("", |(spelling, _)| spelling)
    }
}

/// The frequency of something in two sets of clauses.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Contrast {
    /// Occurrences here, and elsewhere.
    pub(crate) n: [u64; 2],
    /// All terms here, and elsewhere.
    pub(crate) of: [u64; 2],
}

impl Contrast {
    /// Returns the log-likelihood ratio of one common frequency against one frequency for each side:
    /// 2 * sum of O * ln(O / E) over the four cells (with and without, here and elsewhere), where E is
    /// row sum * column sum / total. 0 or more. Source: Dunning (1993).
    pub(crate) fn log_likelihood(self) -> f64 {
        let with = self.n.map(|n| n as f64);
        let of = self.of.map(|n| n as f64);
        let without = [of[0] - with[0], of[1] - with[1]];
        let total = of[0] + of[1];
        let cell = |observed: f64, row: [f64; 2], side: usize| {
            let expected = (row[0] + row[1]) * of[side] / total;
            if observed > 0.0 {
                observed * (observed / expected).ln()
            } else {
                0.0
            }
        };
        let sum: f64 = [with, without]
            .into_iter()
            .flat_map(|row| [cell(row[0], row, 0), cell(row[1], row, 1)])
            .sum();
        (2.0 * sum).max(0.0)
    }

    /// Returns the binary logarithm of the relative frequency here divided by that elsewhere: 1 is twice
    /// as frequent. A count of 0 is taken as one half. Source: Hardie (2014).
    pub(crate) fn log_ratio(self) -> f64 {
        let at_least_half = |n: u64| if n == 0 { 0.5 } else { n as f64 };
        let here = at_least_half(self.n[0]) / (self.of[0].max(1) as f64);
        let elsewhere = at_least_half(self.n[1]) / (self.of[1].max(1) as f64);
        (here / elsewhere).log2()
    }
}

/// Returns logDice, 14 + log2(2 * together / (x + y)), of two things that occur x, y and together times:
/// at most 14; 1 less is half as strong, whatever the size of the corpus. Source: Rychlý (2008).
pub(crate) fn log_dice(together: u64, x: u64, y: u64) -> f64 {
    let together = together.min(x).min(y) as f64;
    14.0 + (2.0 * together / (x as f64 + y as f64)).log2()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9
    }

    #[test]
    fn log_likelihood_equals_a_table_worked_by_hand() {
        // 6 of 10 here and 2 of 30 elsewhere; expected 2 and 6, and 8 and 24 without.
        let contrast = Contrast {
            n: [6, 2],
            of: [10, 30],
        };
        let by_hand = 2.0
            * (6.0 * 3.0_f64.ln()
                + 2.0 * (1.0_f64 / 3.0).ln()
                + 4.0 * 0.5_f64.ln()
                + 28.0 * (28.0_f64 / 24.0).ln());
        assert!(close(contrast.log_likelihood(), by_hand));
        // Equally frequent: no difference.
        let even = Contrast {
            n: [5, 15],
            of: [10, 30],
        };
        assert!(close(even.log_likelihood(), 0.0) && close(even.log_ratio(), 0.0));
        // 0.6 to 1/15 is nine times as frequent; never elsewhere counts as one half.
        assert!(close(contrast.log_ratio(), 9.0_f64.log2()));
        let never = Contrast {
            n: [6, 0],
            of: [10, 30],
        };
        assert!(close(never.log_ratio(), 36.0_f64.log2()));
    }

    #[test]
    fn log_dice_equals_counts_worked_by_hand() {
        // Always together is 14; 4 of 8 and 24 together is 8/32, two halvings less.
        assert!(close(log_dice(5, 5, 5), 14.0));
        assert!(close(log_dice(4, 8, 24), 12.0));
    }
}
