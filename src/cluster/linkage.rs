//! Average-linkage agglomerative clustering on the cosine.

use linfa::DatasetBase;
use linfa::traits::Fit;

use crate::cluster::checked::{check_matrix, check_n_clusters, guarded_by_verify};
use crate::cluster::choose;
use crate::cluster::clustering::{Choice, Clustering};
use crate::cluster::dendrogram::Dendrogram;
use crate::error::{Error, Result};
use crate::similarity::Distances;
use crate::vector::SparseMatrix;

/// Average linkage: repeatedly merges the two clusters whose members are nearest on average (Sokal and
/// Michener, 1958), by `1 - cosine`.
///
/// Costs the square of the number of clauses in time and memory; at most 16,000 clauses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct AverageLinkageParams(AverageLinkageValidParams);

/// The checked form of [`AverageLinkageParams`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct AverageLinkageValidParams {
    n_clusters: Option<usize>,
}

impl AverageLinkageParams {
    /// Returns the rule; without `n_clusters` the mean silhouette decides.
    pub(super) fn new(n_clusters: Option<usize>) -> Self {
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

#[cfg(test)]
mod tests {
    use linfa::ParamGuard;

    use super::*;

    #[test]
    fn checked_parameters_refuse_what_lies_outside_their_range() {
        assert!(AverageLinkageParams::new(None).check().is_ok());
        assert!(AverageLinkageParams::new(Some(0)).check().is_err());
    }
}
