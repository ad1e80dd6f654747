//! Average-linkage agglomerative clustering on the cosine.

use kodama::Method;
use linfa::DatasetBase;
use linfa::traits::Fit;

use crate::cluster::clustering::Choice;
use crate::cluster::clustering::Clustering;
use crate::cluster::{check_matrix, check_n_clusters, choose};
use crate::error::{Error, Result};
use crate::similarity::Distances;
use crate::vector::SparseMatrix;

/// Average linkage: clusters are merged two by two, each time the pair whose members are nearest on
/// average (Sokal and Michener, 1958), on `1 - cosine`.
///
/// Costs the square of the number of clauses in time and memory; up to 16,000 of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AverageLinkageParams(AverageLinkageValidParams);

/// The checked form of [`AverageLinkageParams`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AverageLinkageValidParams {
    n_clusters: Option<usize>,
}

impl AverageLinkageParams {
    /// Returns the rule; without `n_clusters` the mean silhouette chooses.
    pub fn new(n_clusters: Option<usize>) -> Self {
        Self(AverageLinkageValidParams { n_clusters })
    }
}

impl AverageLinkageValidParams {
    fn verify(&self) -> Result<()> {
        self.n_clusters.map_or(Ok(()), |n_clusters| {
            check_n_clusters(n_clusters, usize::MAX)
        })
    }
}

guarded_by_verify!(AverageLinkageParams => AverageLinkageValidParams);

impl<T> Fit<SparseMatrix, T, Error> for AverageLinkageValidParams {
    type Object = Clustering;

    fn fit(&self, dataset: &DatasetBase<SparseMatrix, T>) -> Result<Clustering> {
        let matrix = dataset.records();
        check_matrix(matrix)?;
        let distances = Distances::of(matrix)?;
        let dendrogram = Dendrogram::of(&distances);
        let (n_clusters, choice) = match self.n_clusters {
            Some(n_clusters) => (n_clusters, Choice::Given),
            None => (
                choose::by_silhouette(&distances, &dendrogram),
                Choice::Silhouette,
            ),
        };
        check_n_clusters(n_clusters, matrix.n_rows())?;
        let labels: Vec<Option<usize>> = dendrogram.cut(n_clusters).into_iter().map(Some).collect();
        Ok(Clustering::from_labels(matrix, &labels, choice))
    }
}

/// The merges of average linkage, the nearest first: every number of clusters at once.
#[derive(Clone, Debug)]
pub struct Dendrogram {
    n_rows: usize,
    /// The two clusters of each merge: rows first, then merges, counted from `n_rows`.
    merges: Vec<(usize, usize)>,
    /// The mean distance between the two, merge by merge.
    heights: Vec<f32>,
}

impl Dendrogram {
    /// Returns the merges of all rows.
    pub fn of(distances: &Distances) -> Self {
        let n_rows = distances.n_rows();
        let mut condensed = distances.condensed().to_vec();
        let steps = kodama::linkage(&mut condensed, n_rows, Method::Average);
        let steps = steps.steps().iter();
        let (merges, heights) = steps
            .map(|step| ((step.cluster1, step.cluster2), step.dissimilarity))
            .unzip();
        Self {
            n_rows,
            merges,
            heights,
        }
    }

    /// Returns the merges, the nearest first: the two clusters of each and their mean distance. A
    /// cluster is a row, or the number of rows plus the place of an earlier merge.
    pub fn merges(&self) -> impl ExactSizeIterator<Item = (usize, usize, f32)> + '_ {
        let pairs = self.merges.iter().zip(&self.heights);
        pairs.map(|(&(left, right), &height)| (left, right, height))
    }

    /// Returns for each row the number of its cluster when there are `n_clusters`; the numbers
    /// follow the first row of each cluster.
    pub fn cut(&self, n_clusters: usize) -> Vec<usize> {
        let n_merges = self.n_rows.saturating_sub(n_clusters);
        let mut parent: Vec<usize> = (0..self.n_rows + n_merges).collect();
        for (index, &(left, right)) in self.merges[..n_merges].iter().enumerate() {
            parent[left] = self.n_rows + index;
            parent[right] = self.n_rows + index;
        }
        // A merge's parent comes after it, so from the last down every root is known in time.
        for node in (0..parent.len()).rev() {
            parent[node] = parent[parent[node]];
        }
        let mut number_of_root = std::collections::BTreeMap::new();
        let mut number = |root: usize| {
            let next = number_of_root.len();
            *number_of_root.entry(root).or_insert(next)
        };
        parent[..self.n_rows]
            .iter()
            .map(|&root| number(root))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merges_by_hand() {
        // Two near pairs and one far row.
        let rows = [
            vec![(0, 1.0)],
            vec![(1, 0.8), (2, 0.6)],
            vec![(0, 0.8), (3, 0.6)],
            vec![(1, 1.0)],
            vec![(4, 1.0)],
        ];
        let distances = Distances::of(&SparseMatrix::from_rows(5, rows)).unwrap();
        let dendrogram = Dendrogram::of(&distances);
        assert_eq!(dendrogram.cut(5), [0, 1, 2, 3, 4]);
        assert_eq!(dendrogram.cut(3), [0, 1, 0, 1, 2]);
        assert_eq!(dendrogram.cut(1), [0; 5]);
    }
}
