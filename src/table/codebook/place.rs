//! [`place`]: assigns clauses to given issues.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::corpus::Corpus;
use crate::error::{Diagnostic, Error, ErrorKind, Result, Severity};
use crate::id::{ClauseId, FeatureId};
use crate::score::Score;
use crate::similarity::{NeighborSearch, Representation};
use crate::table::codebook::given::{Codebook, CodebookParams};
use crate::table::codebook::names::vectors_of_issues;
use crate::vector::{SparseMatrix, SparseRow, normalize, single};

/// The most scores, clauses times issues, that are stored: 400 MB.
const MAX_SCORES: usize = 50_000_000;
/// The most clauses whose neighbors are searched; above, it would take minutes.
const MAX_WITH_NEIGHBORS: usize = 10_000;
/// The number of rounds in which scores pass between neighbors; a further round adds less than 0.3^10.
const N_ROUNDS: usize = 10;
/// The number of times the centers of the issues are computed anew.
const N_CENTERINGS: usize = 2;
/// The number of words that explain an assignment.
const N_WORDS: usize = 6;

/// The assignment of the clauses of a corpus to given issues.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Assignments {
    /// One entry for each clause, in the order of their ids.
    pub clauses: Vec<AssignedClause>,
    /// The issues to which no word can assign a clause.
    pub diagnostics: Vec<Diagnostic>,
}

/// A clause and the given issues that it may belong to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AssignedClause {
    /// The clause.
    pub clause: ClauseId,
    /// The issue it is assigned to, counted in the order of the codebook; `None` if none is similar enough.
    pub issue: Option<usize>,
    /// Whether the codebook itself names the clause.
    pub is_seed: bool,
    /// The issues with a score above 0, the best first, ties in the order of the codebook. For a seed,
    /// its own issue comes first, with score 1.
    pub ranked: Vec<RankedIssue>,
    /// The words it shares with the first issue, those of the greatest weight first, as stems; empty
    /// if only its neighbors or the other clauses of the issue are the reason.
    pub words: Vec<String>,
}

/// A given issue and its similarity to a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RankedIssue {
    /// The issue, counted in the order of the codebook.
    pub issue: usize,
    /// The similarity.
    pub score: Score,
}

impl Assignments {
    /// Returns the clauses assigned to each issue of a codebook with `n_issues`, in order.
    pub fn clauses_of_issues(&self, n_issues: usize) -> Vec<Vec<ClauseId>> {
        let mut clauses = vec![Vec::new(); n_issues];
        for assigned in &self.clauses {
            if let Some(issue) = assigned.issue {
                clauses[issue].push(assigned.clause);
            }
        }
        clauses
    }

    /// Returns the clauses that are similar enough to no given issue, in order.
    pub fn free(&self) -> Vec<ClauseId> {
        self.clauses
            .iter()
            .filter(|assigned| assigned.issue.is_none())
            .map(|assigned| assigned.clause)
            .collect()
    }
}

/// Scores every clause with each issue of a codebook, and assigns it.
///
/// The score, which is 1 at most, has three parts: the cosine of the clause with the issue's words; scores
/// taken from the most similar clauses of *other* processes, `s' = (1 - share) * s + share * W s`, where W
/// holds each clause's neighbors weighted by their cosines (label propagation, Zhou et al., 2004); and the
/// cosine with the center of the clauses that these scores assign to the issue, as far as it exceeds the
/// clause's mean cosine with all (relevance feedback, Rocchio, 1971). Only names are needed (dataless
/// classification, Chang et al., 2008). Costs the neighbors of every clause, and clauses times issues.
///
/// # Errors
///
/// [`ErrorKind::Parameter`] if a parameter is outside its range, or a seed names no clause, several, or one
/// that another issue names; [`ErrorKind::Limit`] if clauses times issues are more than 50 million.
pub fn place(
    corpus: &Corpus,
    representation: &Representation,
    guide: &Codebook,
) -> Result<Assignments> {
    guide.check_params()?;
    let (n_clauses, n_issues) = (corpus.clauses().len(), guide.issues.len());
    if n_clauses.saturating_mul(n_issues) > MAX_SCORES {
        let message =
            format!("{n_clauses} clauses by {n_issues} issues are more than {MAX_SCORES}");
        return Err(Error::new(ErrorKind::Limit, message));
    }
    let seeds = guide.seeds(corpus)?;
    let issues = vectors_of_issues(guide, corpus, representation, &seeds);
    let mut issue_of_seed = vec![None; n_clauses];
    for (issue, clauses) in seeds.iter().enumerate() {
        for clause in clauses {
            issue_of_seed[clause.index()] = Some(issue);
        }
    }
    let scores = scores(representation, &issues, &issue_of_seed, &guide.params);
    let assigned = |index: usize| {
        let clause = Scored {
            index,
            scores: &scores[index],
            seeded_in: issue_of_seed[index],
        };
        clause.assigned(representation, &issues, guide.params.min_score)
    };
    Ok(Assignments {
        clauses: (0..n_clauses).into_par_iter().map(assigned).collect(),
        diagnostics: diagnostics(guide, &issues),
    })
}

/// Returns the score of each clause with each issue, in `0..=1`.
fn scores(
    representation: &Representation,
    issues: &SparseMatrix,
    issue_of_seed: &[Option<usize>],
    params: &CodebookParams,
) -> Vec<Vec<f64>> {
    let by_words: Vec<Vec<f64>> = representation
        .words()
        .matrix()
        .rows()
        .zip(issue_of_seed)
        .map(|(row, seeded_in)| {
            let product = |issue: usize| row.dot(issues.row(issue)).clamp(0.0, 1.0);
            let own = |issue: usize| {
                if *seeded_in == Some(issue) {
                    1.0
                } else {
                    product(issue)
                }
            };
            (0..issues.n_rows()).map(own).collect()
        })
        .collect();
    let near = passed_on(representation, by_words, params);
    let mut scores = near.clone();
    let middle = middle(representation.rows());
    for _ in 0..N_CENTERINGS {
        let centers = centers(representation.rows(), &scores, issue_of_seed);
        let of_clause = |(row, near): (SparseRow<'_>, &Vec<f64>)| -> Vec<f64> {
            // What a clause shares with all others is no evidence for an issue.
            let with_any = row.dot(middle.row(0)).max(0.0);
            near.iter()
                .zip(centers.rows())
                .map(|(score, center)| (score, (row.dot(center) - with_any).max(0.0)))
                .map(|(score, nearness)| score + params.center_weight * nearness)
                .map(|sum| sum / (1.0 + params.center_weight))
                .collect()
        };
        scores = representation
            .rows()
            .rows()
            .zip(&near)
            .map(of_clause)
            .collect();
    }
    scores
}

/// Returns the mean of all rows as a matrix of one row: its product with a row is the row's mean
/// product with all rows.
fn middle(rows: &SparseMatrix) -> SparseMatrix {
    let all: Vec<usize> = (0..rows.n_rows()).collect();
    let mut sum = rows.sum_of_rows(&all);
    for (_, value) in &mut sum {
        *value = single(f64::from(*value) / all.len().max(1) as f64);
    }
    SparseMatrix::from_rows(rows.n_columns(), [sum])
}

/// Gives every clause a part of the scores of its most similar clauses of other processes.
fn passed_on(
    representation: &Representation,
    own: Vec<Vec<f64>>,
    params: &CodebookParams,
) -> Vec<Vec<f64>> {
    if own.len() > MAX_WITH_NEIGHBORS || params.n_neighbors == 0 {
        return own;
    }
    let (rows, process_of) = (representation.rows(), representation.process_of());
    let search = NeighborSearch::new(rows);
    let neighbors: Vec<Vec<(usize, f64)>> = (0..own.len())
        .into_par_iter()
        .map(|index| {
            let is_foreign = |other: ClauseId| process_of[other.index()] != process_of[index];
            let near = search.nearest(rows.row(index), params.n_neighbors, is_foreign);
            let sum: f64 = near.iter().map(|neighbor| neighbor.score.value()).sum();
            let share = |score: Score| params.neighbor_share * score.value() / sum;
            near.iter()
                .map(|neighbor| (neighbor.clause.index(), share(neighbor.score)))
                .collect()
        })
        .collect();
    let mut scores = own.clone();
    for _ in 0..N_ROUNDS {
        scores = (0..own.len())
            .into_par_iter()
            .map(|index| {
                let mut sum: Vec<f64> = own[index]
                    .iter()
                    .map(|score| (1.0 - params.neighbor_share) * score)
                    .collect();
                for &(other, share) in &neighbors[index] {
                    for (sum, score) in sum.iter_mut().zip(&scores[other]) {
                        *sum += share * score;
                    }
                }
                sum
            })
            .collect();
    }
    scores
}

/// Returns the center of the clauses assigned to each issue, each weighted by its score.
fn centers(
    rows: &SparseMatrix,
    scores: &[Vec<f64>],
    issue_of_seed: &[Option<usize>],
) -> SparseMatrix {
    let n_issues = scores.first().map_or(0, Vec::len);
    let mut sums = vec![vec![0.0_f64; rows.n_columns()]; n_issues];
    for (index, scores) in scores.iter().enumerate() {
        let drawn_to = match issue_of_seed[index] {
            Some(issue) => Some((issue, 1.0)),
            None => best(scores),
        };
        let Some((issue, score)) = drawn_to else {
            continue;
        };
        for (column, value) in rows.row(index).iter() {
            sums[issue][column as usize] += score * f64::from(value);
        }
    }
    let rows_of_centers = sums.into_iter().map(|sum| {
        let cells = (0_u32..).zip(sum).filter(|(_, value)| *value != 0.0);
        let mut row: Vec<(u32, f32)> = cells.map(|(c, value)| (c, single(value))).collect();
        normalize(&mut row);
        row
    });
    SparseMatrix::from_rows(rows.n_columns(), rows_of_centers)
}

/// Returns the first issue with the greatest score, if that is above 0.
fn best(scores: &[f64]) -> Option<(usize, f64)> {
    scores
        .iter()
        .copied()
        .enumerate()
        .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
        .filter(|(_, score)| *score > 0.0)
}

/// A clause with its scores.
struct Scored<'s> {
    index: usize,
    scores: &'s [f64],
    seeded_in: Option<usize>,
}

impl Scored<'_> {
    fn assigned(
        &self,
        representation: &Representation,
        issues: &SparseMatrix,
        min_score: f64,
    ) -> AssignedClause {
        let score_of = |(issue, score): (usize, &f64)| RankedIssue {
            issue,
            score: match self.seeded_in {
                Some(own) if own == issue => Score::ONE,
                // The parts of a score may sum to more than 1.
                _ => Score::new(score.clamp(0.0, 1.0)),
            },
        };
        let scored = self.scores.iter().enumerate().map(score_of);
        let mut ranked: Vec<RankedIssue> =
            scored.filter(|ranked| ranked.score > Score::ZERO).collect();
        let is_other = |ranked: &RankedIssue| self.seeded_in != Some(ranked.issue);
        ranked.sort_by_key(|r| (is_other(r), std::cmp::Reverse(r.score), r.issue));
        let first = ranked.first().copied();
        let is_near = |ranked: &RankedIssue| ranked.score.value() >= min_score;
        let nearest = first.filter(is_near).map(|ranked| ranked.issue);
        AssignedClause {
            clause: ClauseId::new(self.index),
            issue: self.seeded_in.or(nearest),
            is_seed: self.seeded_in.is_some(),
            words: first.map_or_else(Vec::new, |first| {
                self.weightiest_words(representation, issues.row(first.issue))
            }),
            ranked,
        }
    }

    /// Returns the words that the clause shares with an issue, ordered by their part of the cosine.
    fn weightiest_words(
        &self,
        representation: &Representation,
        issue: SparseRow<'_>,
    ) -> Vec<String> {
        let own = representation.words().matrix().row(self.index);
        let mut shared: Vec<(f64, u32)> = own
            .iter()
            .filter_map(|(column, value)| {
                let place = issue.columns.binary_search(&column).ok()?;
                Some((f64::from(value) * f64::from(issue.values[place]), column))
            })
            .collect();
        shared.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let feature = |column: u32| {
            representation
                .words()
                .feature(FeatureId::new(column as usize))
        };
        shared
            .into_iter()
            .map(|(_, column)| feature(column))
            .take(N_WORDS)
            .collect()
    }
}

/// Reports the issues without a word that could assign a clause.
fn diagnostics(guide: &Codebook, issues: &SparseMatrix) -> Vec<Diagnostic> {
    let is_mute = |index: &usize| issues.row(*index).columns.is_empty();
    (0..guide.issues.len())
        .filter(is_mute)
        .map(|index| {
            let name = &guide.issues[index].name;
            let message = format!(
                "no clause can be drawn to the issue `{name}`: each of its words stands in another \
                 issue's name or in no clause; give it `words` or `clauses`"
            );
            Diagnostic::new(Severity::Note, message)
        })
        .collect()
}
