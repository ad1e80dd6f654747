//! K-means by linfa, on the reduced space.

use linfa::DatasetBase;
use linfa::traits::{Fit, Predict};
use linfa_clustering::{KMeans, KMeansInit};
use rand::SeedableRng;
use rand_xoshiro::Xoshiro256Plus;

use crate::cluster::checked::reduced;
use crate::cluster::choose;
use crate::cluster::clustering::Clustering;
use crate::cluster::params::RuleParams;
use crate::error::{Error, ErrorKind, Result};
use crate::vector::SparseMatrix;

/// The number of starts, of which the best is kept.
const N_STARTS: usize = 10;

/// K-means (Lloyd, 1982) by linfa, on the matrix reduced by latent semantic analysis; without
/// `n_clusters` the mean silhouette decides.
///
/// Dense, and slower than spherical k-means beyond a few thousand clauses; provided for comparison.
pub(super) fn fit(matrix: &SparseMatrix, params: &RuleParams) -> Result<Clustering> {
    let (n_clusters, choice) = choose::given_or_chosen(params, matrix)?;
    let seed = params.seed;
    let records = DatasetBase::from(reduced(matrix, seed)?);
    // linfa's k-means|| depends on the number of threads; k-means++ does not.
    let model = KMeans::params_with_rng(n_clusters, Xoshiro256Plus::seed_from_u64(seed))
        .init_method(KMeansInit::KMeansPlusPlus)
        .n_runs(N_STARTS)
        .fit(&records)
        .map_err(|error| {
            Error::new(ErrorKind::Parameter, "k-means refused its input").caused_by(error)
        })?;
    let labels = model.predict(records.records()).into_iter().map(Some);
    Ok(Clustering::from_labels(matrix, labels, choice))
}
