//! How reliable a row is: stability, similarity to other rows, and boilerplate-driven rows.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::cluster::{Resampling, mean};
use crate::corpus::Corpus;
use crate::id::{ClauseId, RowId, TermId};
use crate::reuse::{Boilerplate, CommonPassage, TokenLists, common_passages};
use crate::score::Score;
use crate::similarity::Representation;
use crate::table::issue::Issue;
use crate::table::parts::{PlacedTerms, parts_of_mean, sums_of_issues};
use crate::term::TokenizedCorpus;
use crate::vector::VectorSpace;

/// The thresholds of high and medium stability.
const FIRM_FROM: f64 = 0.75;
const LIKELY_FROM: f64 = 0.6;
/// A clause is also near another row from this proportion of its similarity to its own row, and from
/// this similarity.
const ALSO_NEAR_SHARE: f64 = 0.7;
const ALSO_NEAR_FROM: f64 = 0.15;
/// The most other rows a clause is shown to be near.
const MAX_ALSO_NEAR: usize = 2;
/// The most clauses whose similarity to every row is computed; above, it would take longer than the
/// table itself.
const MAX_COMPARED: usize = 20_000;

/// The level of a row's stability.
///
/// The thresholds are the usual ones for cluster stability: from 0.75 a group exists, from 0.6 a
/// pattern exists but membership is doubtful (Hennig, 2007).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum StabilityLevel {
    /// Stability below 0.6: a few words or neighbors make the row.
    Low,
    /// Stability from 0.6 on.
    Medium,
    /// Stability from 0.75 on.
    High,
}

impl StabilityLevel {
    /// Returns the level of a stability.
    pub(crate) fn of(stability: Score) -> Self {
        match stability.value() {
            value if value >= FIRM_FROM => Self::High,
            value if value >= LIKELY_FROM => Self::Medium,
            _ => Self::Low,
        }
    }

    /// Returns the word shown to users.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }
}

/// How stable a row is under resampling.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct RowStability {
    /// The mean proportion of the resampled runs in which two clauses of the row stay together.
    pub(crate) stability: Score,
    /// The same as a level.
    pub(crate) level: StabilityLevel,
    /// The number of runs.
    pub(crate) n_runs: usize,
}

/// A passage that many clauses of a row share and that makes most of their similarity: they may have
/// nothing but boilerplate in common.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct RowBoilerplate {
    /// The words as written in the first clause that has them.
    pub(crate) words: String,
    /// The terms of all such passages.
    #[serde(skip)]
    pub(crate) terms: BTreeSet<TermId>,
    /// The proportion of the similarity within the row that comes from words of such passages.
    pub(crate) share: Score,
}

/// Another row that a clause is near.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct AlsoNear {
    /// The other row; JSON identifies it by its issue.
    #[serde(skip, default = "first_row")]
    pub(crate) row: RowId,
    /// The other row's issue.
    pub(crate) issue: String,
    /// Its mean similarity to the clauses there, on the vectors that are clustered.
    pub(crate) score: Score,
}

/// The row of a value read from JSON until it is looked up.
fn first_row() -> RowId {
    RowId::new(0)
}

/// Returns the stability of a row and of each of its clauses; `None` for a row of one clause, or
/// without resampling.
pub(crate) fn row_trust(
    resampling: &Resampling,
    clauses: &[ClauseId],
) -> (Option<RowStability>, Vec<Option<Score>>) {
    let each = resampling.stability(clauses);
    let whole = mean(each.iter().flatten().map(|share| share.value()));
    let stability = whole.map(|stability| {
        let stability = Score::new(stability);
        RowStability {
            stability,
            level: StabilityLevel::of(stability),
            n_runs: resampling.n_runs(),
        }
    });
    (stability, each)
}

/// The position of a clause among the rows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Standing {
    /// Its mean similarity to the other clauses of its issue, on the vectors that are clustered.
    pub(crate) within: f64,
    /// Its silhouette, in `-1..=1`; `None` if it is alone in its row or there is no other row.
    pub(crate) silhouette: Option<f64>,
    /// The indexes of the issues it is also near, with its mean similarity to each.
    pub(crate) also_near: Vec<(usize, Score)>,
}

/// Returns the position of each clause in an issue of two clauses or more; in a corpus of more than 20,000
/// clauses only its similarity within the issue.
///
/// The silhouette is `(b - a) / max(a, b)`, with `a` the mean distance `1 - cosine` to the others of its
/// issue and `b` the smallest mean distance to another issue (Rousseeuw, 1987). A clause is also near an
/// issue if its mean similarity there is at least 0.15 and at least 0.7 of that in its own. This is a soft
/// membership for readers and moves no clause. Costs one product for each clause and issue.
pub(crate) fn standings(
    representation: &Representation,
    issues: &[&Issue],
) -> BTreeMap<ClauseId, Standing> {
    let rows = representation.rows();
    let sums = sums_of_issues(rows, issues);
    let own_of: Vec<(ClauseId, usize)> = issues
        .iter()
        .enumerate()
        .filter(|(_, issue)| issue.clauses.len() > 1)
        .flat_map(|(place, issue)| issue.clauses.iter().map(move |clause| (*clause, place)))
        .collect();
    own_of
        .par_iter()
        .map(|&(clause, own)| {
            let row = rows.row(clause.index());
            // In its own issue a clause is not compared with itself.
            let with_others = row.dot(sums.row(own)) - row.dot(row);
            let within = mean_of(with_others, issues[own].clauses.len() - 1);
            if rows.n_rows() > MAX_COMPARED {
                let standing = Standing {
                    within,
                    ..Standing::default()
                };
                return (clause, standing);
            }
            let others = issues.iter().zip(sums.rows());
            let mut similarities: Vec<f64> = others
                .map(|(issue, sum)| mean_of(row.dot(sum), issue.clauses.len()))
                .collect();
            similarities[own] = within;
            (clause, standing(&similarities, own))
        })
        .collect()
}

/// Returns a mean; that of no values is below every other number.
fn mean_of(sum: f64, n: usize) -> f64 {
    if n == 0 {
        return f64::NEG_INFINITY;
    }
    sum / n as f64
}

fn standing(similarities: &[f64], own: usize) -> Standing {
    let is_other = |(place, similarity): &(usize, f64)| *place != own && similarity.is_finite();
    let others = similarities.iter().copied().enumerate().filter(is_other);
    let mut others: Vec<(usize, f64)> = others.collect();
    others.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let distance = |similarity: f64| (1.0 - similarity).clamp(0.0, 1.0);
    let within = distance(similarities[own]);
    let silhouette = others.first().map(|(_, nearest)| {
        let between = distance(*nearest);
        match within.max(between) {
            larger if larger > 0.0 => (between - within) / larger,
            _ => 0.0,
        }
    });
    let least = (ALSO_NEAR_SHARE * similarities[own]).max(ALSO_NEAR_FROM);
    let also_near = others
        .into_iter()
        .take_while(|(_, similarity)| *similarity >= least)
        .take(MAX_ALSO_NEAR)
        .map(|(place, similarity)| (place, Score::new(similarity)))
        .collect();
    Standing {
        within: similarities[own],
        silhouette,
        also_near,
    }
}

/// The fewest clauses of a boilerplate-driven row: two clauses that share a passage are text reuse.
const MIN_DRIVEN_CLAUSES: usize = 3;
/// The shortest passage searched for, in terms.
const MIN_PASSAGE_TERMS: usize = 3;
/// The most passages of a row that are judged, the longest first.
const MAX_PASSAGES: usize = 200;
/// The proportion of a row's similarity from which the row is boilerplate-driven.
const DRIVEN_SHARE: f64 = 0.5;

/// The number of rows from which a passage has no subject of its own.
const MIN_ROWS: usize = 5;

/// Returns the boilerplate of a boilerplate-driven row of three clauses or more; `None` for other
/// rows. Half of its clauses or more must share boilerplate of three terms or more, and its words must
/// make at least half of the similarity of the row's clauses. A passage is boilerplate if the clauses
/// of the row say so ([`Boilerplate`]), or if clauses of five rows or more have it, fewer than half of
/// them in this row.
///
/// Costs what [`common_passages`] costs for the row, one pass over its values, and for a row that may be
/// driven one pass over all terms for each passage.
pub(crate) fn boilerplate(
    corpus: &Corpus,
    representation: &Representation,
    clauses: &[ClauseId],
    issues: &[&Issue],
) -> Option<RowBoilerplate> {
    if clauses.len() < MIN_DRIVEN_CLAUSES {
        return None;
    }
    let lists = TokenLists::of_terms(representation.lists(), clauses);
    let mut passages = common_passages(&lists, MIN_PASSAGE_TERMS, clauses.len().div_ceil(2));
    passages.truncate(MAX_PASSAGES);
    let terms_of = |passage: &CommonPassage| -> Vec<TermId> {
        let terms = passage
            .first()
            .map(|place| TermId::new(lists.all()[place] as usize));
        terms.collect()
    };
    // Boilerplate makes no more of the similarity than all shared passages.
    let shared: BTreeSet<TermId> = passages.iter().flat_map(terms_of).collect();
    if shared.is_empty() || share_of_terms(representation, clauses, &shared) < DRIVEN_SHARE {
        return None;
    }
    let boilerplate = Boilerplate {
        corpus,
        representation,
    };
    let mut placed = PlacedTerms::new(corpus, representation);
    let mut words_of = |passage: &CommonPassage| -> Option<String> {
        let text = lists.text_of(passage.places[0]);
        let start = passage.places[0] - lists.places(text).start;
        let terms = start..start + passage.n_words;
        let words = placed.words(clauses[text], terms)?;
        let having: BTreeSet<ClauseId> = passage.texts.iter().map(|text| clauses[*text]).collect();
        let is_boilerplate = boilerplate.why(&words, &having).is_some()
            || is_spread(
                representation.lists(),
                &terms_of(passage),
                having.len(),
                issues,
            );
        is_boilerplate.then_some(words)
    };
    let (worded, of_boilerplate): (Vec<String>, Vec<&CommonPassage>) = passages
        .iter()
        .filter_map(|passage| Some((words_of(passage)?, passage)))
        .unzip();
    let terms = of_boilerplate.iter().flat_map(|passage| terms_of(passage));
    let terms: BTreeSet<TermId> = terms.collect();
    let share = share_of_terms(representation, clauses, &terms);
    let longest = worded.into_iter().next();
    longest
        .filter(|_| share >= DRIVEN_SHARE)
        .map(|words| RowBoilerplate {
            words,
            terms,
            share: Score::new(share),
        })
}

/// Returns whether clauses of five rows or more have a passage, fewer than half of them in a row with
/// `n_own` of them.
fn is_spread(lists: &TokenizedCorpus, passage: &[TermId], n_own: usize, issues: &[&Issue]) -> bool {
    let has = |clause: &&ClauseId| {
        let mut parts = lists.of_clause(**clause).windows(passage.len());
        parts.any(|part| part.iter().map(|term| &term.term).eq(passage))
    };
    let n_in = issues
        .iter()
        .map(|issue| issue.clauses.iter().filter(has).count());
    let n_in: Vec<usize> = n_in.filter(|n| *n > 0).collect();
    n_in.len() >= MIN_ROWS && n_own * 2 < n_in.iter().sum::<usize>()
}

/// Returns whether a feature is made of these terms alone.
pub(crate) fn is_of_terms(words: &VectorSpace, column: u32, terms: &BTreeSet<TermId>) -> bool {
    let feature = words.terms_of(column);
    feature.is_some_and(|(first, second)| {
        terms.contains(&first) && second.is_none_or(|second| terms.contains(&second))
    })
}

/// Returns the proportion of the similarity of all pairs of clauses that comes from features of these terms.
fn share_of_terms(
    representation: &Representation,
    clauses: &[ClauseId],
    terms: &BTreeSet<TermId>,
) -> f64 {
    let words = representation.words();
    let parts = parts_of_mean(words.matrix(), clauses);
    let whole: f64 = parts.iter().map(|(_, part)| part).sum();
    let of_terms = parts
        .iter()
        .filter(|(column, _)| is_of_terms(words, *column, terms));
    let part: f64 = of_terms.map(|(_, part)| part).sum();
    if whole > 0.0 { part / whole } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_standing_by_hand() {
        // Distances 0.4 to its own, 0.5 to the nearest other: (0.5 - 0.4) / 0.5.
        let standing = standing(&[0.5, 0.6, f64::NEG_INFINITY, 0.1], 1);
        assert!((standing.silhouette.unwrap() - 0.2).abs() < 1e-12);
        // 0.5 is above 0.7 * 0.6, 0.1 is not.
        assert_eq!(standing.also_near, [(0, Score::new(0.5))]);
    }

    #[test]
    fn stability_in_words() {
        let cases = [
            (0.9, StabilityLevel::High),
            (0.75, StabilityLevel::High),
            (0.7, StabilityLevel::Medium),
            (0.59, StabilityLevel::Low),
        ];
        for (stability, expected) in cases {
            assert_eq!(
                StabilityLevel::of(Score::new(stability)),
                expected,
                "{stability}"
            );
        }
    }
}
