//! [`score_rankings`]: evaluates whether clauses of the same issue are ranked first.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::evaluation::coding::{CodedClause, Coding};
use crate::score::Score;

/// The number of ranked answers that nDCG and recall consider.
const DEPTH: usize = 10;

/// How well rankings put the right clauses first: means over the queries that have a right answer.
///
/// All figures are in `0..=1`; relevance is yes or no. Cost: linear in the ranked clauses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RetrievalFigures {
    /// The number of queries that have a right answer; the others are not counted.
    pub n_queries: usize,
    /// Mean average precision: for each query the mean, over all its right answers, of the precision at
    /// the rank of each; 0 for one that is not ranked. Source: Buckley and Voorhees, 2000.
    pub map: Score,
    /// The gain of the first ten, `sum of 1 / log2(place + 1)` over the right ones, as a proportion of the
    /// maximum. Source: Järvelin and Kekäläinen, 2002.
    pub ndcg_at_10: Score,
    /// The proportion of queries whose first answer is right.
    pub precision_at_1: Score,
    /// The proportion of the right answers that are among the first ten.
    pub recall_at_10: Score,
    /// The mean of `1 / place` of the first right answer. Source: Voorhees, 1999.
    pub reciprocal_rank: Score,
}

impl RetrievalFigures {
    /// Returns the figures of queries. Each query has its ranked answers (right or not), the best first, and
    /// the number of right answers; a query without right answers is not counted.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::evaluation::RetrievalFigures;
    ///
    /// // Two queries with one right answer each: found first, and found second.
    /// let queries = [(vec![true, false], 1), (vec![false, true], 1)];
    /// let figures = RetrievalFigures::of_queries(queries);
    /// assert_eq!(figures.reciprocal_rank.value(), 0.75);
    /// assert_eq!(figures.precision_at_1.value(), 0.5);
    /// ```
    pub fn of_queries(queries: impl IntoIterator<Item = (Vec<bool>, usize)>) -> Self {
        let mut n_queries = 0;
        let mut sums = [0.0; 5];
        for (is_right, n_right) in queries.into_iter().filter(|(_, n_right)| *n_right > 0) {
            n_queries += 1;
            for (sum, figure) in sums.iter_mut().zip(figures_of(&is_right, n_right)) {
                *sum += figure;
            }
        }
        let means = sums.map(|sum| Score::new(sum / n_queries.max(1) as f64));
        let [
            map,
            ndcg_at_10,
            precision_at_1,
            recall_at_10,
            reciprocal_rank,
        ] = means;
        Self {
            n_queries,
            map,
            ndcg_at_10,
            precision_at_1,
            recall_at_10,
            reciprocal_rank,
        }
    }
}

/// Returns the figures of one query, in the order of [`RetrievalFigures`].
fn figures_of(is_right: &[bool], n_right: usize) -> [f64; 5] {
    let places = (1_usize..).zip(is_right).filter(|(_, right)| **right);
    let places: Vec<usize> = places.map(|(place, _)| place).collect();
    let found = (1_usize..).zip(&places);
    let precisions = found.map(|(n_found, &place)| n_found as f64 / place as f64);
    let gain = |place: usize| 1.0 / (place as f64 + 1.0).log2();
    let near = || places.iter().copied().filter(|&place| place <= DEPTH);
    let best_gain: f64 = (1..=DEPTH.min(n_right)).map(gain).sum();
    let reciprocal = places.first().map_or(0.0, |&first| 1.0 / first as f64);
    [
        precisions.sum::<f64>() / n_right as f64,
        near().map(gain).sum::<f64>() / best_gain,
        f64::from(u8::from(places.first() == Some(&1))),
        near().count() as f64 / n_right as f64,
        reciprocal,
    ]
}

/// Returns how well rankings put clauses of the same issue first.
///
/// `rankings` has for each clause, by its key, the keys of other clauses, the best first; `groups` the
/// group of each clause: the process or its equivalent. Each coded clause is a query for the coded clauses of other groups that share an issue with it.
/// Clauses of its own group, clauses without a coding and duplicates are skipped in a ranking, so a
/// ranking may include all clauses. The group is the one in `groups`, else the process in the coding; a
/// clause with neither is a group of its own.
///
/// # Errors
///
/// [`ErrorKind::Empty`] if no coded clause has one of the same issue in another group.
///
/// # Examples
///
/// ```
/// use std::collections::BTreeMap;
/// use consonance::evaluation::{Coding, score_rankings};
///
/// let coding = Coding::parse(
///     r#"{"clause_id": "a/1", "issue": "Light"}
///        {"clause_id": "b/1", "issue": "Light"}
///        {"clause_id": "b/2", "issue": "Toll"}"#,
/// )?;
/// let ranked = |keys: [&str; 2]| keys.map(str::to_owned).to_vec();
/// let rankings = BTreeMap::from([
///     ("a/1".to_owned(), ranked(["b/1", "b/2"])),
///     ("b/1".to_owned(), ranked(["b/2", "a/1"])),
/// ]);
/// let groups = ["a/1", "b/1", "b/2"].map(|key| (key.to_owned(), key[..1].to_owned()));
/// let figures = score_rankings(&coding, &rankings, &BTreeMap::from(groups))?;
/// assert_eq!(figures.n_queries, 2, "nobody else speaks of tolls");
/// assert_eq!(figures.precision_at_1.value(), 1.0, "b/2 is of the group of b/1: skipped");
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn score_rankings(
    coding: &Coding,
    rankings: &BTreeMap<String, Vec<String>>,
    groups: &BTreeMap<String, String>,
) -> Result<RetrievalFigures> {
    let group_of =
        |clause: &CodedClause| groups.get(&clause.id).or(clause.process.as_ref()).cloned();
    let clauses = coding.clauses().iter();
    let clause_of_id: BTreeMap<&str, (&CodedClause, Option<String>)> = clauses
        .map(|clause| (clause.id.as_str(), (clause, group_of(clause))))
        .collect();
    let queries = coding.clauses().iter().map(|query| {
        let own_group = group_of(query);
        let is_foreign = |clause: &CodedClause, group: &Option<String>| {
            clause.id != query.id && (group.is_none() || *group != own_group)
        };
        let is_right = |clause: &CodedClause| shares_issue(query, clause);
        let n_right = clause_of_id
            .values()
            .filter(|(clause, group)| is_foreign(clause, group) && is_right(clause))
            .count();
        let mut seen = BTreeSet::new();
        let ranked = rankings.get(&query.id).map_or(&[][..], Vec::as_slice);
        let is_right = ranked
            .iter()
            .filter_map(|id| clause_of_id.get(id.as_str()))
            .filter(|(clause, group)| is_foreign(clause, group))
            .filter(|(clause, _)| seen.insert(clause.id.as_str()))
            .map(|(clause, _)| is_right(clause))
            .collect();
        (is_right, n_right)
    });
    let figures = RetrievalFigures::of_queries(queries);
    if figures.n_queries == 0 {
        let message = "no coded clause shares an issue with one of another process";
        return Err(Error::new(ErrorKind::Empty, message));
    }
    Ok(figures)
}

fn shares_issue(a: &CodedClause, b: &CodedClause) -> bool {
    a.issues.iter().any(|issue| b.issues.contains(issue))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(found: Score, by_hand: f64) {
        assert!(
            (found.value() - by_hand).abs() < 1e-12,
            "{found:?} {by_hand}"
        );
    }

    #[test]
    fn by_hand_on_two_queries() {
        // The first has its right answers at ranks 1 and 3, of three right ones; the second has its only one
        // at rank 11; the third has none.
        let mut far = vec![false; 10];
        far.push(true);
        let queries = [(vec![true, false, true], 3), (far, 1), (vec![false], 0)];
        let found = RetrievalFigures::of_queries(queries);
        assert_eq!(found.n_queries, 2);
        let first = (1.0 + 2.0 / 3.0) / 3.0;
        check(found.map, f64::midpoint(first, 1.0 / 11.0));
        // 1 / log2(2) + 1 / log2(4), of 1 + 1 / log2(3) + 1 / log2(4).
        check(found.ndcg_at_10, 1.5 / (1.5 + 1.0 / 3.0_f64.log2()) / 2.0);
        check(found.precision_at_1, 0.5);
        check(found.recall_at_10, 2.0 / 3.0 / 2.0);
        check(found.reciprocal_rank, f64::midpoint(1.0, 1.0 / 11.0));
    }
}
