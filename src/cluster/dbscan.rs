//! DBSCAN by linfa, on the reduced space.

use linfa::DatasetBase;
use linfa::traits::{Fit, Transformer};
use linfa_clustering::Dbscan;
use ndarray::Array2;
use rayon::prelude::*;

use crate::cluster::checked::{check_matrix, guarded_by_verify, reduced};
use crate::cluster::clustering::{Choice, Clustering};
use crate::error::{Error, ErrorKind, Result};
use crate::vector::SparseMatrix;

/// DBSCAN (Ester, Kriegel, Sander and Xu, 1996) by linfa, on the matrix reduced by latent semantic
/// analysis: clusters are dense regions of clauses; isolated clauses are left out.
///
/// The number of clusters cannot be given. Costs the square of the number of clauses.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct DbscanParams(DbscanValidParams);

/// The checked form of [`DbscanParams`].
#[derive(Clone, Debug, PartialEq)]
pub(super) struct DbscanValidParams {
    min_cosine: Option<f64>,
    min_points: usize,
    n_dimensions: usize,
    seed: u64,
}

impl DbscanParams {
    /// Returns the rule with 50 dimensions. A clause is a core point if at least one other is within the
    /// median distance of clauses to their nearest neighbor.
    pub(super) fn new(seed: u64) -> Self {
        Self(DbscanValidParams {
            min_cosine: None,
            min_points: 2,
            n_dimensions: 50,
            seed,
        })
    }
}

impl DbscanValidParams {
    fn verify(&self) -> Result<()> {
        if self.min_points < 2 {
            return Err(Error::parameter("min_points", self.min_points, "2 or more"));
        }
        match self.min_cosine {
            Some(cosine) if !(0.0..1.0).contains(&cosine) => Err(Error::parameter(
                "min_cosine",
                cosine,
                "from 0 up and below 1",
            )),
            _ => Ok(()),
        }
    }
}

guarded_by_verify!(DbscanParams => DbscanValidParams);

impl<T> Fit<SparseMatrix, T, Error> for DbscanValidParams {
    type Object = Clustering;

    fn fit(&self, dataset: &DatasetBase<SparseMatrix, T>) -> Result<Clustering> {
        let matrix = dataset.records();
        check_matrix(matrix)?;
        let dense = reduced(matrix, self.n_dimensions, self.seed)?;
        let min_cosine = self
            .min_cosine
            .unwrap_or_else(|| median_nearest_cosine(&dense));
        // For rows of length 1 the squared distance is 2 - 2 cosine.
        let tolerance = (2.0 - 2.0 * min_cosine).max(1e-12).sqrt();
        let labels = Dbscan::params(self.min_points)
            .tolerance(tolerance)
            .transform(&dense)
            .map_err(|error| {
                Error::new(ErrorKind::Parameter, "DBSCAN refused its input").caused_by(error)
            })?;
        Ok(Clustering::from_labels(
            matrix,
            &labels.to_vec(),
            Choice::Density,
        ))
    }
}

/// Returns the median over all rows of the cosine with the nearest other row.
fn median_nearest_cosine(dense: &Array2<f64>) -> f64 {
    let n_rows = dense.nrows();
    let mut nearest: Vec<f64> = (0..n_rows)
        .into_par_iter()
        .map(|row| {
            let others = (0..n_rows).filter(|&other| other != row);
            others
                .map(|other| dense.row(row).dot(&dense.row(other)))
                .fold(0.0, f64::max)
        })
        .collect();
    nearest.sort_by(f64::total_cmp);
    nearest.get(n_rows / 2).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use linfa::ParamGuard;

    use super::*;

    fn refuses(params: DbscanValidParams) -> bool {
        DbscanParams(params).check().is_err()
    }

    #[test]
    fn checked_parameters_refuse_what_lies_outside_their_range() {
        let DbscanParams(params) = DbscanParams::new(1);
        assert!(!refuses(params.clone()));
        for min_cosine in [1.0, -0.1, f64::NAN] {
            let min_cosine = Some(min_cosine);
            assert!(refuses(DbscanValidParams {
                min_cosine,
                ..params.clone()
            }));
        }
        assert!(refuses(DbscanValidParams {
            min_points: 1,
            ..params
        }));
    }
}
