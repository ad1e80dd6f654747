//! K-means by linfa, on the reduced space.

use linfa::DatasetBase;
use linfa::traits::{Fit, Predict};
use linfa_clustering::{KMeans, KMeansInit};
use rand::SeedableRng;
use rand_xoshiro::Xoshiro256Plus;

use crate::cluster::checked::{check_matrix, check_n_clusters, guarded_by_verify, reduced};
use crate::cluster::choose;
use crate::cluster::clustering::Clustering;
use crate::error::{Error, ErrorKind, Result};
use crate::vector::SparseMatrix;

/// K-means (Lloyd, 1982) by linfa, on the matrix reduced by latent semantic analysis.
///
/// Dense, and slower than spherical k-means beyond a few
/// thousand clauses; provided for comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KMeansParams(KMeansValidParams);

/// The checked form of [`KMeansParams`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KMeansValidParams {
    n_clusters: Option<usize>,
    n_dimensions: usize,
    n_starts: usize,
    seed: u64,
}

impl KMeansParams {
    /// Returns the rule with 50 dimensions and 10 starts; without `n_clusters` the mean silhouette decides.
    pub(super) fn new(n_clusters: Option<usize>, seed: u64) -> Self {
        Self(KMeansValidParams {
            n_clusters,
            n_dimensions: 50,
            n_starts: 10,
            seed,
        })
    }
}

impl KMeansValidParams {
    fn verify(&self) -> Result<()> {
        if self.n_dimensions == 0 {
            return Err(Error::parameter("n_dimensions", 0, "1 or more"));
        }
        self.n_clusters.map_or(Ok(()), |n_clusters| {
            check_n_clusters(n_clusters, usize::MAX)
        })
    }
}

guarded_by_verify!(KMeansParams => KMeansValidParams);

impl<T> Fit<SparseMatrix, T, Error> for KMeansValidParams {
    type Object = Clustering;

    fn fit(&self, dataset: &DatasetBase<SparseMatrix, T>) -> Result<Clustering> {
        let matrix = dataset.records();
        check_matrix(matrix)?;
        let (n_clusters, choice) = choose::given_or_chosen(self.n_clusters, matrix)?;
        let dense = reduced(matrix, self.n_dimensions, self.seed)?;
        let records = DatasetBase::from(dense);
        let random = Xoshiro256Plus::seed_from_u64(self.seed);
        // linfa's k-means|| depends on the number of threads; k-means++ does not.
        let model = KMeans::params_with_rng(n_clusters, random)
            .init_method(KMeansInit::KMeansPlusPlus)
            .n_runs(self.n_starts)
            .fit(&records)
            .map_err(|error| {
                Error::new(ErrorKind::Parameter, "k-means refused its input").caused_by(error)
            })?;
        let labels: Vec<Option<usize>> = model
            .predict(records.records())
            .into_iter()
            .map(Some)
            .collect();
        Ok(Clustering::from_labels(matrix, &labels, choice))
    }
}

#[cfg(test)]
mod tests {
    use linfa::ParamGuard;

    use super::*;

    #[test]
    fn checked_parameters_refuse_what_lies_outside_their_range() {
        let refuses = |params: KMeansValidParams| KMeansParams(params).check().is_err();
        let KMeansParams(params) = KMeansParams::new(None, 1);
        assert!(!refuses(params.clone()));
        let n_dimensions = 0;
        assert!(refuses(KMeansValidParams {
            n_dimensions,
            ..params
        }));
        assert!(KMeansParams::new(Some(0), 1).check().is_err());
    }
}
