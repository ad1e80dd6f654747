//! [`Clustering`]: the cluster of each clause.

use linfa::traits::Predict;
use serde::{Deserialize, Serialize};

use crate::id::{ClauseId, ClusterId};
use crate::vector::{SparseMatrix, normalize};

/// The cluster of each clause; clusters are numbered by their first clause.
///
/// # Examples
///
/// ```
/// use consonance::cluster::{Rule, RuleParams};
/// use consonance::vector::SparseMatrix;
/// use consonance::linfa::traits::Predict;
///
/// let rows = [vec![(0, 1.0)], vec![(0, 0.8), (1, 0.6)], vec![(2, 1.0)]];
/// let matrix = SparseMatrix::from_rows(3, rows);
/// let params = RuleParams::default().n_clusters(2);
/// let clustering = Rule::AverageLinkage.fit(&matrix, &params)?;
/// assert_eq!(clustering.cluster_of[0], clustering.cluster_of[1]);
///
/// // New rows go to the cluster with the nearest centroid.
/// let new = SparseMatrix::from_rows(3, [vec![(2, 1.0)]]);
/// assert_eq!(clustering.predict(&new)[0], clustering.cluster_of[2]);
/// # Ok::<(), consonance::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Clustering {
    /// For each clause its cluster; `None` if the rule left it out.
    pub cluster_of: Vec<Option<ClusterId>>,
    /// The centroid of each cluster, `(clusters, features)`: the mean of its clauses' rows, scaled to
    /// length 1.
    pub centroids: SparseMatrix,
    /// How the number of clusters was chosen.
    pub(crate) choice: Choice,
}

/// How the number of clusters was chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub(crate) enum Choice {
    /// The caller gave it.
    Given,
    /// The smallest number whose mean silhouette is close to the greatest.
    Silhouette,
    /// The rule takes no number: density decides.
    Density,
}

impl std::fmt::Display for Choice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Given => "given",
            Self::Silhouette => "chosen by mean silhouette",
            Self::Density => "found by density",
        })
    }
}

impl Clustering {
    /// Returns the clustering given by `labels`, which may be any numbers.
    pub(super) fn from_labels(
        matrix: &SparseMatrix,
        labels: impl IntoIterator<Item = Option<usize>>,
        choice: Choice,
    ) -> Self {
        let cluster_of = numbered_by_first(labels);
        let n_clusters = cluster_of.iter().flatten().max();
        let n_clusters = n_clusters.map_or(0, |id| id.index() + 1);
        let mut members = vec![Vec::new(); n_clusters];
        for (row, cluster) in cluster_of.iter().enumerate() {
            if let Some(cluster) = cluster {
                members[cluster.index()].push(row);
            }
        }
        let rows = members.iter().map(|rows| mean_direction(matrix, rows));
        let centroids = SparseMatrix::from_rows(matrix.n_columns(), rows);
        Self {
            cluster_of,
            centroids,
            choice,
        }
    }

    /// Returns the number of clusters.
    pub fn n_clusters(&self) -> usize {
        self.centroids.n_rows()
    }

    /// Returns the clauses of each cluster, in order.
    pub fn clusters(&self) -> Vec<Vec<ClauseId>> {
        let mut clusters = vec![Vec::new(); self.n_clusters()];
        for (index, cluster) in self.cluster_of.iter().enumerate() {
            if let Some(cluster) = cluster {
                clusters[cluster.index()].push(ClauseId::new(index));
            }
        }
        clusters
    }
}

impl Predict<&SparseMatrix, Vec<Option<ClusterId>>> for Clustering {
    /// Returns for each row the cluster with the nearest centroid; `None` for a row that shares no feature
    /// with any.
    fn predict(&self, rows: &SparseMatrix) -> Vec<Option<ClusterId>> {
        let nearest = |row| {
            let products = self
                .centroids
                .rows()
                .map(|centroid| centroid.dot(row))
                .enumerate();
            let best = products.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
            (best.1 > 0.0).then(|| ClusterId::new(best.0))
        };
        rows.rows().map(nearest).collect()
    }
}

/// Renumbers labels in the order of each cluster's first member.
fn numbered_by_first(labels: impl IntoIterator<Item = Option<usize>>) -> Vec<Option<ClusterId>> {
    let mut new_of_old = std::collections::BTreeMap::new();
    let mut number_of = |label: usize| {
        let next = ClusterId::new(new_of_old.len());
        *new_of_old.entry(label).or_insert(next)
    };
    let labels = labels.into_iter();
    labels.map(|label| label.map(&mut number_of)).collect()
}

/// Returns the sum of some rows, scaled to length 1.
pub(super) fn mean_direction(matrix: &SparseMatrix, rows: &[usize]) -> Vec<(u32, f32)> {
    let mut sum = matrix.sum_of_rows(rows);
    normalize(&mut sum);
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clusters_are_numbered_by_their_first_clause_and_predict_the_nearest() {
        let rows = [
            vec![(0, 1.0)],
            vec![(1, 1.0)],
            vec![(0, 1.0)],
            vec![(2, 1.0)],
        ];
        let matrix = SparseMatrix::from_rows(3, rows);
        let labels = [Some(9), Some(4), Some(9), None];
        let clustering = Clustering::from_labels(&matrix, labels, Choice::Given);
        assert_eq!(clustering.n_clusters(), 2);
        assert_eq!(
            clustering.clusters()[0],
            [ClauseId::new(0), ClauseId::new(2)]
        );
        let predicted = clustering.predict(&matrix);
        let expected = [
            Some(ClusterId::new(0)),
            Some(ClusterId::new(1)),
            Some(ClusterId::new(0)),
            None,
        ];
        assert_eq!(predicted, expected);
    }
}
