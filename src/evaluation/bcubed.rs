//! [`bcubed`]: extended B-cubed, for clauses of several issues and several clusters.

use crate::evaluation::precision_recall::PrecisionRecall;
use crate::evaluation::sample::{Sample, members};

/// Returns extended B-cubed: for clauses e, f with c common clusters and l common issues, the mean
/// over e of the mean over f of `min(c, l) / c` (precision, f with c > 0) and of `min(c, l) / l`
/// (recall, f with l > 0); f = e counts.
///
/// Cost: the sum of the squared sizes of clusters and issues. Source: Amigó, Gonzalo, Artiles and
/// Verdejo, 2009.
pub(crate) fn bcubed(sample: &Sample) -> PrecisionRecall {
    let (mut precision, mut recall) = (0.0, 0.0);
    let n_clauses = sample.issues.len() as f64;
    for of_clause in of_each_clause(sample) {
        precision += of_clause.precision.value();
        recall += of_clause.recall.value();
    }
    PrecisionRecall::new(precision / n_clauses, recall / n_clauses)
}

/// Returns the precision and recall of each clause, of which [`bcubed`] is the mean.
pub(crate) fn of_each_clause(sample: &Sample) -> Vec<PrecisionRecall> {
    let n_clauses = sample.issues.len();
    let clauses_of_cluster = members(&sample.clusters, sample.n_clusters);
    let clauses_of_issue = members(&sample.issues, sample.n_issues);
    let mut n_clusters_shared = vec![0_usize; n_clauses];
    let mut n_issues_shared = vec![0_usize; n_clauses];
    let mut found = Vec::with_capacity(n_clauses);
    for (clusters, issues) in sample.clusters.iter().zip(&sample.issues) {
        let together = count_shared(clusters, &clauses_of_cluster, &mut n_clusters_shared);
        let alike = count_shared(issues, &clauses_of_issue, &mut n_issues_shared);
        found.push(PrecisionRecall::new(
            mean_share(&together, &n_clusters_shared, &n_issues_shared),
            mean_share(&alike, &n_issues_shared, &n_clusters_shared),
        ));
        for clause in together.into_iter().chain(alike) {
            n_clusters_shared[clause] = 0;
            n_issues_shared[clause] = 0;
        }
    }
    found
}

/// Counts for each clause its memberships in `groups`; returns the clauses that are in any.
fn count_shared(
    groups: &[usize],
    clauses_of_group: &[Vec<usize>],
    n_shared: &mut [usize],
) -> Vec<usize> {
    let mut touched = Vec::new();
    for &clause in groups.iter().flat_map(|&group| &clauses_of_group[group]) {
        if n_shared[clause] == 0 {
            touched.push(clause);
        }
        n_shared[clause] += 1;
    }
    touched
}

/// Returns the mean over `clauses` of `min(n_shared, n_other) / n_shared`.
fn mean_share(clauses: &[usize], n_shared: &[usize], n_other: &[usize]) -> f64 {
    let share =
        |&clause: &usize| n_shared[clause].min(n_other[clause]) as f64 / n_shared[clause] as f64;
    clauses.iter().map(share).sum::<f64>() / clauses.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand_on_three_clauses() {
        // Clause 0 has issues 0 and 1, clause 1 issue 0, clause 2 issue 1; clusters: {0, 1}, {2}.
        let sample = Sample {
            n_issues: 2,
            n_clusters: 2,
            issues: vec![vec![0, 1], vec![0], vec![1]],
            clusters: vec![vec![0], vec![0], vec![1]],
            columns: vec![0; 3],
            is_left_out: vec![false; 2],
            namesake_of_cluster: vec![None; 2],
        };
        let found = bcubed(&sample);
        // Precision: clause 0 with itself min(1, 2) / 1 and with clause 1 1 / 1; all others 1.
        assert!((found.precision.value() - 1.0).abs() < 1e-12);
        // Recall: clause 0: itself 1 / 2, clause 1 1 / 1, clause 2 0; clause 1: itself 1, clause 0 1;
        // clause 2: itself 1, clause 0 0.
        let by_hand = (1.5 / 3.0 + 2.0 / 2.0 + 1.0 / 2.0) / 3.0;
        assert!((found.recall.value() - by_hand).abs() < 1e-12);
    }
}
