//! Checks common to all rules, and the dense matrix for linfa's rules.

use ndarray::Array2;

use crate::error::{Error, ErrorKind, Result};
use crate::id::ProcessId;
use crate::vector::{LatentParams, SparseMatrix, reduce};

/// Implements linfa's parameter guard: `verify` of the checked form checks the parameters.
macro_rules! guarded_by_verify {
    ($params:ident => $checked:ident) => {
        impl linfa::ParamGuard for $params {
            type Checked = $checked;
            type Error = Error;

            fn check_ref(&self) -> Result<&$checked> {
                self.0.verify().map(|()| &self.0)
            }

            fn check(self) -> Result<$checked> {
                self.0.verify().map(|()| self.0)
            }
        }
    };
}
pub(super) use guarded_by_verify;

/// Returns a dense matrix of 1 to `n_dimensions` columns, for rules that need one.
pub(super) fn reduced(
    matrix: &SparseMatrix,
    n_dimensions: usize,
    seed: u64,
) -> Result<Array2<f64>> {
    if matrix.n_columns() == 0 {
        // linfa panics on rows without columns; one zero column is equivalent.
        return Ok(Array2::zeros((matrix.n_rows(), 1)));
    }
    if matrix.n_columns() <= n_dimensions {
        return matrix.to_dense();
    }
    let params = LatentParams {
        n_dimensions: Some(n_dimensions),
        centering: 0.0,
        seed,
        ..LatentParams::default()
    };
    reduce(matrix, &vec![ProcessId::new(0); matrix.n_rows()], &params)
}

/// The largest value a matrix may contain: the sum over all clauses of a corpus is still finite.
const LARGEST: f32 = 1e30;

/// Refuses a matrix that no rule can cluster.
pub(super) fn check_matrix(matrix: &SparseMatrix) -> Result<()> {
    let refuse = |message: String| Err(Error::new(ErrorKind::Parameter, message));
    if matrix.n_rows() == 0 {
        return refuse("there is no clause to cluster".to_owned());
    }
    if let Some(row) = matrix.first_row_not_finite() {
        return refuse(format!("row {row} holds a number that is not finite"));
    }
    let is_large = |value: &f32| value.abs() > LARGEST;
    match matrix
        .rows()
        .position(|row| row.values.iter().any(is_large))
    {
        Some(row) => refuse(format!("row {row} holds a number above {LARGEST:e}")),
        None => Ok(()),
    }
}

/// Refuses a number of clusters that is 0 or more than the number of rows.
pub(super) fn check_n_clusters(n_clusters: usize, n_rows: usize) -> Result<()> {
    if (1..=n_rows).contains(&n_clusters) {
        return Ok(());
    }
    let message = format!("{n_clusters} clusters cannot be made of {n_rows} clauses");
    Err(Error::new(ErrorKind::Parameter, message))
}
