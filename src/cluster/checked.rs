//! Checks common to all rules, and the dense matrix for linfa's rules.

use ndarray::Array2;

use crate::error::{Error, ErrorKind, Result};
use crate::id::ProcessId;
use crate::vector::{LatentParams, SparseMatrix, reduce};

/// The most columns of the matrix for linfa's rules.
const N_DIMENSIONS: usize = 50;

/// Returns a dense matrix of 1 to 50 columns, for rules that need one.
pub(super) fn reduced(matrix: &SparseMatrix, seed: u64) -> Result<Array2<f64>> {
    if matrix.n_columns() == 0 {
        // linfa panics on rows without columns; one zero column is equivalent.
        return Ok(Array2::zeros((matrix.n_rows(), 1)));
    }
    if matrix.n_columns() <= N_DIMENSIONS {
        return matrix.to_dense();
    }
    let params = LatentParams::default().n_dimensions(N_DIMENSIONS);
    let params = params.centering(0.0).seed(seed);
    reduce(matrix, &vec![ProcessId::new(0); matrix.n_rows()], &params)
}

/// The largest value a matrix may contain: the sum over all clauses of a corpus is still finite.
const LARGEST: f32 = 1e30;

/// Refuses a matrix that no rule can cluster.
pub(super) fn check_matrix(matrix: &SparseMatrix) -> Result<()> {
    let row_with = |is_wrong: fn(&f32) -> bool| {
        let mut rows = matrix.rows();
        rows.position(|row| row.values.iter().any(is_wrong))
    };
    let message = if matrix.n_rows() == 0 {
        "there is no clause to cluster".to_owned()
    } else if let Some(row) = row_with(|value| !value.is_finite()) {
        format!("row {row} holds a number that is not finite")
    } else if let Some(row) = row_with(|value| value.abs() > LARGEST) {
        format!("row {row} holds a number above {LARGEST:e}")
    } else {
        return Ok(());
    };
    Err(Error::new(ErrorKind::Parameter, message))
}

/// Refuses a number of clusters that is 0 or more than the number of rows.
pub(super) fn check_n_clusters(n_clusters: usize, n_rows: usize) -> Result<()> {
    if (1..=n_rows).contains(&n_clusters) {
        return Ok(());
    }
    let message = format!("{n_clusters} clusters cannot be made of {n_rows} clauses");
    Err(Error::new(ErrorKind::Parameter, message))
}
