//! Clauses into issues.
//!
//! Every rule is one file with its parameters behind linfa's [`ParamGuard`](linfa::ParamGuard) and
//! linfa's [`Fit`](linfa::traits::Fit) on a [`SparseMatrix`]; all give a [`Clustering`], which
//! implements linfa's [`Predict`](linfa::traits::Predict) for new rows. [`choose`] finds the number
//! of clusters from the data.

pub mod choose;
mod clustering;
mod dbscan;
mod k_means;
mod linkage;
mod spherical;

pub use clustering::Clustering;
pub use dbscan::{DbscanParams, DbscanValidParams};
pub use k_means::{KMeansParams, KMeansValidParams};
pub use linkage::{AverageLinkageParams, AverageLinkageValidParams, Dendrogram};
pub use spherical::{SphericalKMeansParams, SphericalKMeansValidParams};

use crate::error::{Error, ErrorKind, Result};
use crate::vector::SparseMatrix;

/// Refuses a matrix that no rule can work on.
fn check_matrix(matrix: &SparseMatrix) -> Result<()> {
    let refuse = |message: String| Err(Error::new(ErrorKind::Parameter, message));
    if matrix.n_rows() == 0 {
        return refuse("there is no clause to cluster".to_owned());
    }
    match matrix.first_row_not_finite() {
        Some(row) => refuse(format!("row {row} holds a number that is not finite")),
        None => Ok(()),
    }
}

/// Refuses a number of clusters that is 0 or more than the number of rows.
fn check_n_clusters(n_clusters: usize, n_rows: usize) -> Result<()> {
    if (1..=n_rows).contains(&n_clusters) {
        return Ok(());
    }
    let message = format!("{n_clusters} clusters cannot be made of {n_rows} clauses");
    Err(Error::new(ErrorKind::Parameter, message))
}
