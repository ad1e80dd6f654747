//! [`Centered`]: products with a sparse matrix from which process means are partly subtracted.

use std::sync::OnceLock;

use ndarray::{Array2, Axis};
use rayon::prelude::*;

use crate::id::ProcessId;
use crate::vector::sparse::{SparseMatrix, single};

/// A matrix from whose rows a proportion of their process's mean is subtracted, then scaled to length 1.
/// It is never stored; only products with it are computed.
pub(super) struct Centered<'m> {
    pub(super) matrix: &'m SparseMatrix,
    /// The transposed matrix, computed on demand.
    transposed: OnceLock<SparseMatrix>,
    /// The rows of each process, and for each row the index of its process in that list; a process with a
    /// single row is left unchanged.
    rows_of: Vec<Vec<usize>>,
    group_of: Vec<usize>,
    share: f64,
    /// The factor that scales each row to length 1.
    scale: Vec<f64>,
}

impl<'m> Centered<'m> {
    pub(super) fn new(matrix: &'m SparseMatrix, process_of: &[ProcessId], share: f64) -> Self {
        let n_groups = process_of.iter().max().map_or(0, |id| id.index() + 1);
        let mut rows_of = vec![Vec::new(); n_groups];
        for (row, process) in process_of.iter().enumerate() {
            rows_of[process.index()].push(row);
        }
        let group_of = process_of.iter().map(|process| process.index()).collect();
        let scale = vec![1.0; matrix.n_rows()];
        let mut centered = Self {
            matrix,
            transposed: OnceLock::new(),
            rows_of,
            group_of,
            share,
            scale,
        };
        centered.scale = centered.scales();
        centered
    }

    /// The proportion of the process mean that is subtracted from a row.
    fn share_of(&self, group: usize) -> f64 {
        if self.rows_of[group].len() > 1 {
            self.share
        } else {
            0.0
        }
    }

    /// One over the length of each centered row: `|x - s m|^2 = x.x - 2 s x.m + s^2 m.m`.
    fn scales(&self) -> Vec<f64> {
        let means: Vec<SparseMatrix> = self
            .rows_of
            .par_iter()
            .map(|rows| mean_row(self.matrix, rows))
            .collect();
        let norms: Vec<f64> = means
            .iter()
            .map(|mean| mean.row(0).dot(mean.row(0)))
            .collect();
        (0..self.matrix.n_rows())
            .into_par_iter()
            .map(|index| {
                let (row, group) = (self.matrix.row(index), self.group_of[index]);
                let share = self.share_of(group);
                let cross = if share > 0.0 {
                    row.dot(means[group].row(0))
                } else {
                    0.0
                };
                let square = row.dot(row) - 2.0 * share * cross + share * share * norms[group];
                if square > 1e-18 {
                    1.0 / square.sqrt()
                } else {
                    0.0
                }
            })
            .collect()
    }

    /// Returns the centered matrix times a dense one, `(features, k)` to `(clauses, k)`.
    pub(super) fn times(&self, right: &Array2<f64>) -> Array2<f64> {
        let mut product = Array2::zeros((self.matrix.n_rows(), right.ncols()));
        times(self.matrix, right, &mut product);
        self.centered_and_scaled(product)
    }

    /// The same if the dense matrix has rows for some columns only; the other columns count only in the
    /// length of a row.
    pub(super) fn times_mapped(&self, row_of: &[Option<u32>], right: &Array2<f64>) -> Array2<f64> {
        let mut product = Array2::zeros((self.matrix.n_rows(), right.ncols()));
        let rows = product.axis_iter_mut(Axis(0)).into_par_iter().enumerate();
        rows.for_each(|(index, mut out)| {
            for (column, value) in self.matrix.row(index).iter() {
                if let Some(row) = row_of[column as usize] {
                    out.scaled_add(f64::from(value), &right.row(row as usize));
                }
            }
        });
        self.centered_and_scaled(product)
    }

    fn centered_and_scaled(&self, mut product: Array2<f64>) -> Array2<f64> {
        self.take_off_means(&mut product);
        for (mut row, scale) in product.rows_mut().into_iter().zip(&self.scale) {
            row *= *scale;
        }
        product
    }

    /// Computes the transposed centered matrix times a dense one, `(clauses, k)` to `(features, k)`, into
    /// reused memory.
    pub(super) fn transposed_times(&self, right: &Array2<f64>, product: &mut Array2<f64>) {
        let mut scaled = right.clone();
        for (mut row, scale) in scaled.rows_mut().into_iter().zip(&self.scale) {
            row *= *scale;
        }
        self.take_off_means(&mut scaled);
        let transposed = self.transposed.get_or_init(|| self.matrix.transposed());
        times(transposed, &scaled, product);
    }

    /// Subtracts from each row the proportion of its process mean.
    fn take_off_means(&self, dense: &mut Array2<f64>) {
        for (group, rows) in self.rows_of.iter().enumerate() {
            let share = self.share_of(group);
            if share <= 0.0 {
                continue;
            }
            let mean = dense.select(Axis(0), rows).sum_axis(Axis(0)) / rows.len() as f64;
            for &row in rows {
                dense.row_mut(row).scaled_add(-share, &mean);
            }
        }
    }
}

/// Returns the mean of some rows, as a matrix of one row.
fn mean_row(matrix: &SparseMatrix, rows: &[usize]) -> SparseMatrix {
    let n_rows = rows.len().max(1) as f64;
    let mean = matrix
        .sum_of_rows(rows)
        .into_iter()
        .map(|(column, sum)| (column, single(f64::from(sum) / n_rows)))
        .collect();
    SparseMatrix::from_rows(matrix.n_columns(), [mean])
}

/// Computes the product of a sparse and a dense matrix; each row by one thread, summed in order.
fn times(left: &SparseMatrix, right: &Array2<f64>, product: &mut Array2<f64>) {
    product
        .axis_iter_mut(Axis(0))
        .into_par_iter()
        .enumerate()
        .for_each(|(index, mut out)| {
            out.fill(0.0);
            for (column, value) in left.row(index).iter() {
                out.scaled_add(f64::from(value), &right.row(column as usize));
            }
        });
}
