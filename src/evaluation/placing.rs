//! [`place`]: matches rows to issues, then counts right and wrong cells and placements.

use std::collections::BTreeSet;

use crate::evaluation::assignment::assign;
use crate::evaluation::precision_recall::PrecisionRecall;
use crate::evaluation::sample::{Sample, members};

/// The minimum number of clauses of a row.
const MIN_ROW: usize = 2;

/// How rows are matched to issues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Matching {
    /// One to one, so that the most clauses are right.
    Best,
    /// By name: a row has the issue of its own name.
    ByName,
}

/// The numbers of right cells and placements.
pub(crate) struct Placing {
    /// The issue of each cluster; `None` for a cluster that is not a row or remained unmatched.
    pub(crate) issue_of_cluster: Vec<Option<usize>>,
    pub(crate) cells: PrecisionRecall,
    pub(crate) placements: PrecisionRecall,
}

/// Counts of one kind: right, predicted, true.
#[derive(Clone, Copy, Default)]
struct Tally {
    right: usize,
    found: usize,
    truth: usize,
}

impl Tally {
    fn shares(self) -> PrecisionRecall {
        PrecisionRecall::of_counts(self.right, self.found, self.truth)
    }
}

/// Matches rows of at least two clauses to issues, and counts.
pub(crate) fn place(sample: &Sample, matching: Matching) -> Placing {
    let (cluster_of_row, rows): (Vec<usize>, Vec<Vec<usize>>) = rows_of(sample).into_iter().unzip();
    let issue_of_row: Vec<Option<usize>> = match matching {
        Matching::Best => match_rows(sample, &rows),
        Matching::ByName => {
            let namesake = |&cluster: &usize| sample.namesake_of_cluster[cluster];
            cluster_of_row.iter().map(namesake).collect()
        }
    };
    let mut issue_of_cluster = vec![None; sample.n_clusters];
    for (&cluster, &issue) in cluster_of_row.iter().zip(&issue_of_row) {
        issue_of_cluster[cluster] = issue;
    }
    let (mut cells, mut placements) = (Tally::default(), Tally::default());
    for (row, issue) in rows.iter().zip(issue_of_row) {
        let is_right =
            |clause: &usize| issue.is_some_and(|issue| sample.issues[*clause].contains(&issue));
        let well_placed: Vec<usize> = row.iter().copied().filter(is_right).collect();
        cells.right += n_columns(sample, &well_placed);
        cells.found += n_columns(sample, row);
        placements.right += well_placed.len();
        placements.found += row.len();
    }
    for clauses in members(&sample.issues, sample.n_issues) {
        cells.truth += n_columns(sample, &clauses);
        placements.truth += clauses.len();
    }
    Placing {
        issue_of_cluster,
        cells: cells.shares(),
        placements: placements.shares(),
    }
}

/// Returns the clusters that are rows, with their clauses, in the order of the clusters.
fn rows_of(sample: &Sample) -> Vec<(usize, Vec<usize>)> {
    let clusters = members(&sample.clusters, sample.n_clusters).into_iter();
    let numbered = clusters.enumerate();
    numbered.filter(|(_, of)| of.len() >= MIN_ROW).collect()
}

/// Returns the issue of each row; `None` if none of its clauses has the issue matched to it.
fn match_rows(sample: &Sample, rows: &[Vec<usize>]) -> Vec<Option<usize>> {
    let n_common: Vec<Vec<i64>> = rows
        .iter()
        .map(|row| {
            let mut counts = vec![0; sample.n_issues];
            for &issue in row.iter().flat_map(|&clause| &sample.issues[clause]) {
                counts[issue] += 1;
            }
            counts
        })
        .collect();
    let mut issue_of_row = assign(&n_common);
    for (issue, counts) in issue_of_row.iter_mut().zip(&n_common) {
        *issue = issue.filter(|&issue| counts[issue] > 0);
    }
    issue_of_row
}

fn n_columns(sample: &Sample, clauses: &[usize]) -> usize {
    let columns = clauses.iter().map(|&clause| sample.columns[clause]);
    columns.collect::<BTreeSet<usize>>().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand_on_five_clauses() {
        // Issue 0: clauses 0, 1, 2 in columns 0, 0, 1; issue 1: clauses 3, 4 in columns 0, 1.
        // Rows: {0, 1, 3} and {2, 4}; both are matched, the first to issue 0, the second to 1.
        let sample = Sample {
            n_issues: 2,
            n_clusters: 2,
            issues: vec![vec![0], vec![0], vec![0], vec![1], vec![1]],
            clusters: vec![vec![0], vec![0], vec![1], vec![0], vec![1]],
            columns: vec![0, 0, 1, 0, 1],
            is_left_out: vec![false; 2],
            namesake_of_cluster: vec![None; 2],
        };
        let found = place(&sample, Matching::Best);
        // Placements: clauses 0, 1 and 4 are right, of five placed and five to place.
        assert_eq!(found.placements, PrecisionRecall::of_counts(3, 5, 5));
        assert_eq!(found.issue_of_cluster, [Some(0), Some(1)]);
        // Cells: row 1 fills column 0 (right), row 2 column 1 (right by clause 4): two of two;
        // the coding fills four.
        assert_eq!(found.cells, PrecisionRecall::of_counts(2, 2, 4));
    }

    #[test]
    fn a_single_clause_is_not_a_row() {
        let sample = Sample {
            n_issues: 1,
            n_clusters: 2,
            issues: vec![vec![0], vec![0]],
            clusters: vec![vec![0], vec![1]],
            columns: vec![0, 0],
            is_left_out: vec![false, true],
            namesake_of_cluster: vec![None; 2],
        };
        let found = place(&sample, Matching::Best);
        assert_eq!(found.cells, PrecisionRecall::of_counts(0, 0, 1));
        assert_eq!(found.placements, PrecisionRecall::of_counts(0, 0, 2));
    }
}
