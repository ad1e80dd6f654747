//! [`scores`]: how similar clauses are to given issues.

use ndarray::Array2;
use rayon::prelude::*;

use crate::id::ClauseId;
use crate::score::Score;
use crate::similarity::{NeighborSearch, Representation};
use crate::vector::{SparseMatrix, SparseRow, single, unit_row};

/// The most clauses whose neighbors are searched; above, it would take minutes.
const MAX_WITH_NEIGHBORS: usize = 10_000;
/// The number of rounds in which scores pass between neighbors; a further round adds less than 0.3^10.
const N_ROUNDS: usize = 10;
/// The number of neighbors of other processes that a clause takes scores from.
const N_NEIGHBORS: usize = 8;
/// The proportion of a clause's score that comes from its neighbors.
const NEIGHBOR_SHARE: f64 = 0.3;
/// The weight of the similarity to the clauses already assigned to an issue, relative to that of its words.
const CENTER_WEIGHT: f64 = 0.3;
/// The number of times the centers of the issues are computed anew.
const N_CENTERINGS: usize = 2;

/// The rows that clauses are compared with, and those that stand for the clauses.
pub(super) struct Compared<'a> {
    pub(super) representation: &'a Representation,
    /// The words of each issue, `(issues, features)`.
    pub(super) issues: &'a SparseMatrix,
    /// The sentence vector of what each issue is known by, if there is a model.
    pub(super) meanings: Option<&'a Array2<f64>>,
    /// The issue that names each clause itself.
    pub(super) issue_of_seed: &'a [Option<usize>],
}

impl Compared<'_> {
    /// Returns the cosines `(clauses, issues)` of the sentence vectors, those below 0 as 0, if there is a model.
    fn by_meaning(&self) -> Option<Array2<f64>> {
        let (sentences, meanings) = (self.representation.sentences()?, self.meanings?);
        Some(
            sentences
                .rows()
                .dot(&meanings.t())
                .mapv(|cosine| cosine.clamp(0.0, 1.0)),
        )
    }

    /// Returns the similarity of a clause with an issue by their words, those of its heading among them.
    fn by_words(&self, clause: usize, issue: usize) -> f64 {
        if self.issue_of_seed[clause] == Some(issue) {
            return 1.0;
        }
        let issue = self.issues.row(issue);
        let text = self.representation.words().matrix().row(clause);
        text.dot(issue).clamp(0.0, 1.0)
    }
}

/// Returns the score of each clause with each issue: see [`Codebook::assign`](crate::table::Codebook::assign).
pub(super) fn scores(compared: &Compared<'_>) -> Vec<Vec<f64>> {
    let Compared {
        representation,
        issues,
        issue_of_seed,
        ..
    } = *compared;
    let by_meaning = compared.by_meaning();
    let own = |clause: usize, issue: usize| {
        let words = compared.by_words(clause, issue);
        match &by_meaning {
            Some(meaning) if issue_of_seed[clause].is_none() => {
                f64::midpoint(words, meaning[[clause, issue]])
            }
            _ => words,
        }
    };
    let of_clause = |clause: usize| -> Vec<f64> {
        let issues = 0..issues.n_rows();
        issues.map(|issue| own(clause, issue)).collect()
    };
    let own = (0..issue_of_seed.len()).map(of_clause).collect();
    let near = passed_on(representation, own);
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
                .map(|(score, nearness)| score + CENTER_WEIGHT * nearness)
                .map(|sum| sum / (1.0 + CENTER_WEIGHT))
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
fn passed_on(representation: &Representation, own: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
    if own.len() > MAX_WITH_NEIGHBORS {
        return own;
    }
    let (rows, process_of) = (representation.rows(), representation.process_of());
    let search = NeighborSearch::new(rows);
    let neighbors: Vec<Vec<(usize, f64)>> = (0..own.len())
        .into_par_iter()
        .map(|index| {
            let is_foreign = |other: ClauseId| process_of[other.index()] != process_of[index];
            let near = search.nearest(rows.row(index), N_NEIGHBORS, is_foreign);
            let sum: f64 = near.iter().map(|neighbor| neighbor.score.value()).sum();
            let share = |score: Score| NEIGHBOR_SHARE * score.value() / sum;
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
                    .map(|score| (1.0 - NEIGHBOR_SHARE) * score)
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
            None => best(scores.iter().copied()),
        };
        let Some((issue, score)) = drawn_to else {
            continue;
        };
        for (column, value) in rows.row(index).iter() {
            sums[issue][column as usize] += score * f64::from(value);
        }
    }
    let rows_of_centers = sums.into_iter().map(|sum| {
        let cells = (0_u32..).zip(sum);
        unit_row(cells.filter(|(_, value)| *value != 0.0))
    });
    SparseMatrix::from_rows(rows.n_columns(), rows_of_centers)
}

/// Returns the first issue with the greatest score, if that is above 0.
pub(super) fn best(scores: impl Iterator<Item = f64>) -> Option<(usize, f64)> {
    let greatest = scores
        .enumerate()
        .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
    greatest.filter(|(_, score)| *score > 0.0)
}
