//! [`Contests`]: how near a clause is to its own row and to the others.

use std::collections::BTreeMap;

use crate::corpus::Corpus;
use crate::error::Result;
use crate::id::ClauseId;
use crate::similarity::{NeighborSearch, Representation};
use crate::table::codebook::{Codebook, issue_scores};
use crate::table::convergence_table::{ConvergenceTable, Row};
use crate::vector::SparseMatrix;

/// The most rivals of a row.
const MAX_RIVALS: usize = 3;
/// By how much a difference of scores with given issues is multiplied before it becomes a difference of log odds.
const SHARPNESS: f64 = 20.0;
/// The number of nearest clauses that are asked whether they are in the same row, and their weight.
const N_NEAREST: usize = 2;
const NEAREST_WEIGHT: f64 = 0.5;
/// The most clauses whose nearest are searched; above, it would take minutes.
const MAX_WITH_NEAREST: usize = 10_000;

/// How near a clause is to the rows that it may belong to.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Contest {
    pub(super) clause: ClauseId,
    /// What it is compared with.
    pub(super) among: Among,
    /// The row it is in.
    pub(super) place: Option<usize>,
    /// How near it is to that.
    pub(super) own: f64,
    /// The other rows, the nearest first, with how near it is to each: three at most, and none of score 0.
    pub(super) rivals: Vec<(usize, f64)>,
    /// The share of its nearest clauses that are in its row, or in the one it may be in, each by its similarity;
    /// `None` if they were not searched, or there are none.
    pub(super) agreeing: Option<f64>,
    /// How sure its place is: the least sure is asked about first.
    pub(super) sureness: f64,
}

/// What a clause is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Among {
    /// Given issues, in one of which it is: scores with their words.
    Given,
    /// Given issues, in none of which it is, though some words speak for it.
    Candidate,
    /// Rows that were found: mean similarities to their clauses.
    Found,
}

/// The rows of a table, and how near clauses are to each.
pub(super) struct Contests<'a> {
    representation: &'a Representation,
    members: Vec<Vec<ClauseId>>,
    row_of: BTreeMap<ClauseId, usize>,
    /// The sum of the rows of the members of each row, on the vectors that are clustered.
    sums: SparseMatrix,
    /// The given issue of each row; `None` for a row that was found.
    issue_of_row: Vec<Option<usize>>,
    /// The score of every clause with every given issue; empty without a codebook.
    scores: Vec<Vec<f64>>,
    search: NeighborSearch,
    /// For each clause that may be in a given issue what share of the score it lacks, 0 if only words are missing.
    lacking: BTreeMap<ClauseId, f64>,
}

impl<'a> Contests<'a> {
    pub(super) fn of(
        corpus: &Corpus,
        representation: &'a Representation,
        table: &ConvergenceTable,
        guide: Option<&Codebook>,
    ) -> Result<Self> {
        let rows = table.rows.iter();
        let members: Vec<Vec<ClauseId>> = rows.map(|row| members_of(corpus, row)).collect();
        let mut row_of = BTreeMap::new();
        for (row, clauses) in members.iter().enumerate().rev() {
            row_of.extend(clauses.iter().map(|clause| (*clause, row)));
        }
        let space = representation.rows();
        let sums = members.iter().map(|clauses| {
            let places: Vec<usize> = clauses.iter().map(|clause| clause.index()).collect();
            space.sum_of_rows(&places)
        });
        let issue_of_row = table.rows.iter().map(|row| {
            let mut issues = guide?.issues.iter();
            issues.position(|issue| issue.is_named(&row.issue))
        });
        Ok(Self {
            representation,
            row_of,
            sums: SparseMatrix::from_rows(space.n_columns(), sums),
            search: NeighborSearch::new(space),
            lacking: lacking(corpus, table, guide),
            issue_of_row: issue_of_row.collect(),
            scores: match guide {
                Some(guide) => issue_scores(corpus, representation, guide)?,
                None => Vec::new(),
            },
            members,
        })
    }

    /// Returns the contest about a clause: among given issues if it is in one, or may be by the table's
    /// candidates, otherwise among all rows by the clauses they have.
    pub(super) fn about(&self, clause: ClauseId) -> Contest {
        let place = self.row_of.get(&clause).copied();
        let among = self.among(clause, place);
        let nearness = |row: usize| match (among, self.issue_of_row[row]) {
            (Among::Found, _) => self.mean_similarity(clause, row),
            (_, Some(issue)) => self.scores[clause.index()][issue],
            (_, None) => 0.0,
        };
        let rows = (0..self.members.len()).map(|row| (row, nearness(row)));
        let rows: Vec<(usize, f64)> = rows.filter(|(_, near)| *near > 0.0).collect();
        let mut rivals = rows.clone();
        rivals.retain(|(row, _)| Some(*row) != place);
        rivals.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        rivals.truncate(MAX_RIVALS);
        let own = place.map_or(0.0, |row| match among {
            Among::Candidate => self.mean_similarity(clause, row),
            Among::Given | Among::Found => nearness(row),
        });
        let first = rivals.first().copied().unwrap_or_default();
        // Of a clause in no row, or in none of the given issues, it is asked how sure the nearest one is.
        let (row, near) = match (among, place) {
            (Among::Candidate, _) | (_, None) => first,
            (_, Some(row)) => (row, own),
        };
        let agreeing = self.agreeing(clause, row);
        let sureness = match (among, place) {
            (Among::Given, _) => {
                NEAREST_WEIGHT * agreeing.unwrap_or_default() + share_of(near, &rows)
            }
            (Among::Candidate, _) => self.lacking[&clause],
            (Among::Found, Some(_)) => own,
            (Among::Found, None) => 1.0 - near,
        };
        Contest {
            clause,
            among,
            place,
            own,
            rivals,
            agreeing,
            sureness,
        }
    }

    fn among(&self, clause: ClauseId, place: Option<usize>) -> Among {
        let is_given = |row: usize| self.issue_of_row[row].is_some();
        match place {
            Some(row) if is_given(row) => Among::Given,
            _ if self.lacking.contains_key(&clause) => Among::Candidate,
            _ => Among::Found,
        }
    }

    /// Returns the share of the nearest clauses of a clause that are in a row, each by its similarity; `None` in a
    /// large corpus, and if no clause is near.
    fn agreeing(&self, clause: ClauseId, row: usize) -> Option<f64> {
        let rows = self.representation.rows();
        if rows.n_rows() > MAX_WITH_NEAREST {
            return None;
        }
        let is_wanted = |other| other != clause && self.row_of.contains_key(&other);
        let nearest = self
            .search
            .nearest(rows.row(clause.index()), N_NEAREST, is_wanted);
        let sum: f64 = nearest.iter().map(|of| of.score.value()).sum();
        let in_row = nearest
            .iter()
            .filter(|of| self.row_of.get(&of.clause) == Some(&row));
        let agreeing: f64 = in_row.map(|of| of.score.value()).sum();
        (sum > 0.0).then(|| agreeing / sum)
    }

    /// Returns the mean similarity of a clause to the other clauses of a row; 0 if there is none.
    fn mean_similarity(&self, clause: ClauseId, row: usize) -> f64 {
        let own = self.representation.rows().row(clause.index());
        let members = &self.members[row];
        let sum = own.dot(self.sums.row(row));
        let (sum, n) = match members.binary_search(&clause) {
            Ok(_) => (sum - own.dot(own), members.len() - 1),
            Err(_) => (sum, members.len()),
        };
        if n == 0 {
            0.0
        } else {
            (sum / n as f64).max(0.0)
        }
    }
}

/// Returns the clauses of a row, in order.
fn members_of(corpus: &Corpus, row: &Row) -> Vec<ClauseId> {
    let clauses = row.quotes().filter_map(|quote| corpus.find(&quote.id));
    let mut clauses: Vec<ClauseId> = clauses.collect();
    clauses.sort_unstable();
    clauses
}

/// Returns for each candidate of a table by how much its score is below that from which a clause is placed.
fn lacking(
    corpus: &Corpus,
    table: &ConvergenceTable,
    guide: Option<&Codebook>,
) -> BTreeMap<ClauseId, f64> {
    let Some(guide) = guide else {
        return BTreeMap::new();
    };
    let least = guide.min_score.max(f64::MIN_POSITIVE);
    let candidates = table.candidates.iter();
    let lacking = candidates.filter_map(|candidate| {
        let share = candidate.assigned.score.value() / least;
        Some((corpus.find(&candidate.clause.id)?, (1.0 - share).max(0.0)))
    });
    lacking.collect()
}

/// Returns the share of a score among those of all rows, each taken as log odds: see [`SHARPNESS`].
fn share_of(own: f64, rows: &[(usize, f64)]) -> f64 {
    let odds = rows
        .iter()
        .map(|(_, near)| (SHARPNESS * (near - own)).exp());
    1.0 / odds.sum::<f64>().max(f64::MIN_POSITIVE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_of_a_score_by_hand() {
        // Scores 0.30 and 0.25: odds 1 and e^-1.
        let rows = [(0, 0.30), (1, 0.25)];
        assert!((share_of(0.30, &rows) - 1.0 / (1.0 + (-1.0_f64).exp())).abs() < 1e-12);
        assert!((share_of(0.25, &rows) - 1.0 / (1.0 + 1.0_f64.exp())).abs() < 1e-12);
        assert!((share_of(0.4, &[(0, 0.4)]) - 1.0).abs() < 1e-12);
    }
}
