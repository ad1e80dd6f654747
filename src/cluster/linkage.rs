//! Average-linkage agglomerative clustering on the cosine.

use crate::cluster::checked::check_n_clusters;
use crate::cluster::choose;
use crate::cluster::clustering::{Choice, Clustering};
use crate::cluster::dendrogram::Dendrogram;
use crate::cluster::params::RuleParams;
use crate::error::Result;
use crate::similarity::Distances;
use crate::vector::SparseMatrix;

/// Average linkage: repeatedly merges the two clusters whose members are nearest on average (Sokal and
/// Michener, 1958), by `1 - cosine`; without `n_clusters` the mean silhouette decides.
///
/// Costs the square of the number of clauses in time and memory; at most 16,000 clauses.
pub(super) fn fit(matrix: &SparseMatrix, params: &RuleParams) -> Result<Clustering> {
    let distances = Distances::of(matrix)?;
    let dendrogram = Dendrogram::of(&distances);
    let (n_clusters, choice) = if let Some(n_clusters) = params.n_clusters {
        (n_clusters, Choice::Given)
    } else {
        let chosen = choose::by_silhouette(&distances, &dendrogram, params.max_clusters);
        (chosen, Choice::Silhouette)
    };
    check_n_clusters(n_clusters, matrix.n_rows())?;
    let labels = dendrogram.cut(n_clusters).into_iter().map(Some);
    Ok(Clustering::from_labels(matrix, labels, choice))
}
