//! [`Best`]: the `limit` best clauses by score, without keeping the others.

use std::cmp::Ordering;

use crate::index::retrieve::bm25::Bm25;
use crate::index::retrieve::scored::{Scored, ScoredItem};

/// Candidates kept beyond `2 * limit` before pruning.
const SLACK: usize = 64;

/// Keeps the best offered clauses and counts all.
pub(crate) struct Best {
    limit: usize,
    /// The number of clauses offered.
    pub(crate) n_found: usize,
    kept: Scored,
    /// Scores below this cannot enter the top `limit`.
    floor: Bm25,
}

impl Best {
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            limit,
            n_found: 0,
            kept: Scored::new(),
            floor: Bm25::ZERO,
        }
    }

    /// Adds a clause if it may be among the best.
    pub(crate) fn offer(&mut self, clause: u32, score: Bm25) {
        self.n_found += 1;
        if score >= self.floor {
            self.kept.push(ScoredItem { id: clause, score });
            if self.kept.len() >= self.limit.saturating_mul(2).saturating_add(SLACK) {
                self.drop_worst();
            }
        }
    }

    fn drop_worst(&mut self) {
        keep_first(&mut self.kept, self.limit, better_first);
        self.floor = self.kept.last().map_or(self.floor, |worst| worst.score);
    }

    /// Returns the best, highest score first, ties by clause.
    pub(crate) fn finish(mut self) -> Scored {
        keep_first(&mut self.kept, self.limit, better_first);
        self.kept
    }
}

/// Sorts the first `limit` items and drops the rest.
pub(crate) fn keep_first(
    found: &mut Scored,
    limit: usize,
    compare: impl Fn(&ScoredItem, &ScoredItem) -> Ordering,
) {
    if limit < found.len() {
        found.select_nth_unstable_by(limit, &compare);
        found.truncate(limit);
    }
    found.sort_unstable_by(compare);
}

/// Higher score first, ties by clause.
pub(crate) fn better_first(a: &ScoredItem, b: &ScoredItem) -> Ordering {
    b.score.cmp(&a.score).then(a.id.cmp(&b.id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_best_are_the_first_of_all_in_order(
            scores in prop::collection::vec(0_u8..6, 0..400),
            limit in 0_usize..120,
        ) {
            // Clauses may come in any order: here every seventh comes first.
            let n = scores.len();
            let offered = (0..n).map(|i| if n % 7 == 0 { i } else { i * 7 % n });
            let offered: Scored = offered
                .map(|i| ScoredItem {
                    id: u32::try_from(i).unwrap(),
                    score: Bm25::ONE.times(f64::from(scores[i])),
                })
                .collect();
            let mut best = Best::new(limit);
            for item in &offered {
                best.offer(item.id, item.score);
            }
            let mut all = offered;
            all.sort_by(better_first);
            all.truncate(limit);
            prop_assert_eq!(best.n_found, n);
            prop_assert_eq!(best.finish(), all);
        }
    }
}
