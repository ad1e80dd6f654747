//! [`Distances`]: the distances between all pairs of clauses.

use rayon::prelude::*;

use crate::error::{Error, Result};
use crate::similarity::neighbors::NeighborSearch;
use crate::vector::SparseMatrix;
use crate::vector::single;

/// The maximum number of rows: 16,000 rows take 512 MB.
const MAX_ROWS: usize = 16_000;

/// The distance `1 - cosine` of every pair of rows, in `0..=1`, each pair once.
#[derive(Clone, Debug)]
pub(crate) struct Distances {
    n_rows: usize,
    /// Row by row, the pairs `(i, j)` with `i < j`.
    condensed: Vec<f32>,
}

impl Distances {
    /// Returns all distances between the rows of a matrix whose rows have length 1 or are zero.
    ///
    /// Takes 4 bytes per pair.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Limit`](crate::error::ErrorKind::Limit) if there are more than 16,000 rows.
    pub(crate) fn of(matrix: &SparseMatrix) -> Result<Self> {
        let n_rows = matrix.n_rows();
        if n_rows > MAX_ROWS {
            let message = format!(
                "{n_rows} clauses are more than the {MAX_ROWS} whose distances fit in memory: \
                 use the rule spherical-k-means"
            );
            return Err(Error::beyond(MAX_ROWS as u64, message));
        }
        let search = NeighborSearch::new(matrix);
        let mut condensed = vec![0.0; n_rows * n_rows.saturating_sub(1) / 2];
        rows_of(&mut condensed, n_rows)
            .into_par_iter()
            .for_each(|(index, out)| {
                let products = search.products(matrix.row(index));
                for (distance, product) in out.iter_mut().zip(&products[index + 1..]) {
                    *distance = single((1.0 - product).clamp(0.0, 1.0));
                }
            });
        Ok(Self { n_rows, condensed })
    }

    /// Returns the number of rows.
    pub(crate) fn n_rows(&self) -> usize {
        self.n_rows
    }

    /// Returns the distance of two rows, in `0..=1`; 0 of a row from itself.
    ///
    /// # Panics
    ///
    /// Panics if there is no such row.
    pub(crate) fn between(&self, i: usize, j: usize) -> f32 {
        let (low, high) = (i.min(j), i.max(j));
        if low == high {
            return 0.0;
        }
        self.condensed[low * (2 * self.n_rows - low - 1) / 2 + high - low - 1]
    }

    /// Returns the distances row by row, the pairs `(i, j)` with `i < j`.
    pub(crate) fn condensed(&self) -> &[f32] {
        &self.condensed
    }
}

/// Splits a condensed matrix into its rows: each index with the pairs that start with it.
fn rows_of(condensed: &mut [f32], n_rows: usize) -> Vec<(usize, &mut [f32])> {
    let mut rest = condensed;
    let mut rows = Vec::with_capacity(n_rows);
    for index in 0..n_rows {
        let (row, after) = rest.split_at_mut(n_rows - index - 1);
        rows.push((index, row));
        rest = after;
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_by_hand() {
        let half = 0.5_f32.sqrt();
        let rows = [
            vec![(0, 1.0)],
            vec![(0, half), (1, half)],
            vec![(1, 1.0)],
            vec![],
        ];
        let distances = Distances::of(&SparseMatrix::from_rows(2, rows)).unwrap();
        let expected = [
            (0, 1, 1.0 - half),
            (0, 2, 1.0),
            (2, 1, 1.0 - half),
            (3, 0, 1.0),
            (1, 1, 0.0),
        ];
        for (i, j, distance) in expected {
            assert!((distances.between(i, j) - distance).abs() < 1e-6, "{i} {j}");
        }
    }
}
