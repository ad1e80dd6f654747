//! DBSCAN by linfa, on the reduced space.

use linfa::traits::Transformer;
use linfa_clustering::Dbscan;
use ndarray::Array2;
use rayon::prelude::*;

use crate::cluster::checked::reduced;
use crate::cluster::clustering::{Choice, Clustering};
use crate::error::{Error, ErrorKind, Result};
use crate::vector::SparseMatrix;

/// A clause with this many clauses near it, itself included, is a core point.
const MIN_POINTS: usize = 2;

/// DBSCAN (Ester, Kriegel, Sander and Xu, 1996) by linfa, on the matrix reduced by latent semantic
/// analysis: clusters are dense regions of clauses; isolated clauses are left out.
///
/// A clause is a core point if at least one other is within the median distance of clauses to their
/// nearest neighbor. The number of clusters cannot be given. Costs the square of the number of clauses.
pub(super) fn fit(matrix: &SparseMatrix, seed: u64) -> Result<Clustering> {
    let dense = reduced(matrix, seed)?;
    // For rows of length 1 the squared distance is 2 - 2 cosine.
    let square = 2.0 - 2.0 * median_nearest_cosine(&dense);
    let labels = Dbscan::params(MIN_POINTS)
        .tolerance(square.max(1e-12).sqrt())
        .transform(&dense)
        .map_err(|error| {
            Error::new(ErrorKind::Parameter, "DBSCAN refused its input").caused_by(error)
        })?;
    let choice = Choice::Density;
    Ok(Clustering::from_labels(matrix, labels, choice))
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
