//! Neighbor smoothing: [`expand`] adds to every clause a part of its nearest neighbors' words.

use rayon::prelude::*;

use crate::error::Result;
use crate::progress::Progress;
use crate::similarity::nearest_of_each::nearest_of_each;
use crate::vector::{SparseMatrix, unit_row};

/// Parameters of neighbor smoothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct SmoothingParams {
    /// The number of neighbors, 5 by default; 0 disables smoothing.
    pub(super) n_neighbors: usize,
    /// The weight of the neighbors' mean relative to the clause's own vector, 1 by default.
    pub(super) weight: f64,
}

impl Default for SmoothingParams {
    fn default() -> Self {
        Self {
            n_neighbors: 5,
            weight: 1.0,
        }
    }
}

/// Returns the matrix with each row moved towards the nearest rows that lend to it, those of *other*
/// processes in its language: `x' = (x + weight * mean of the nearest) / length`.
///
/// Agreements say the same in other words. A clause that lacks a word of its nearest neighbors gets some
/// of it, and so becomes similar to clauses with which it shares no word. Neighbors of the same process
/// are skipped, since they share the house style. After document expansion (Singhal and Pereira, 1999).
/// Costs one neighbor search per row; bitwise identical on any number of threads.
///
/// # Errors
///
/// [`ErrorKind::Cancelled`](crate::error::ErrorKind::Cancelled) if the work was cancelled.
pub(super) fn expand(
    matrix: &SparseMatrix,
    lends: impl Fn(usize, usize) -> bool + Sync,
    params: &SmoothingParams,
    progress: &Progress,
) -> Result<SparseMatrix> {
    if params.n_neighbors == 0 {
        return Ok(matrix.clone());
    }
    let stage = progress.stage("neighbors", matrix.n_rows() as u64);
    let near = nearest_of_each(matrix, params.n_neighbors, lends, &stage)?;
    let rows: Vec<Vec<(u32, f32)>> = near
        .into_par_iter()
        .enumerate()
        .map(|(row, near)| {
            let near: Vec<usize> = near.iter().map(|near| near.clause.index()).collect();
            moved_towards(matrix, row, &near, params.weight)
        })
        .collect();
    Ok(SparseMatrix::from_rows(matrix.n_columns(), rows))
}

fn moved_towards(
    matrix: &SparseMatrix,
    index: usize,
    near: &[usize],
    weight: f64,
) -> Vec<(u32, f32)> {
    let share = weight / near.len().max(1) as f64;
    let scaled = |row: usize, share: f64| {
        let cells = matrix.row(row).iter();
        cells.map(move |(column, value)| (column, share * f64::from(value)))
    };
    let borrowed = near.iter().flat_map(|&other| scaled(other, share));
    let mut sum: Vec<(u32, f64)> = scaled(index, 1.0).chain(borrowed).collect();
    // A stable sort: the terms of each sum stay in the order of the neighbors.
    sum.sort_by_key(|(column, _)| *column);
    sum.dedup_by(|next, kept| {
        let is_same = next.0 == kept.0;
        if is_same {
            kept.1 += next.1;
        }
        is_same
    });
    unit_row(sum.into_iter())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn smoothing_adds_words_of_another_process_by_hand() {
        let half = 0.5_f32.sqrt();
        let rows = [vec![(0, 1.0)], vec![(0, half), (1, half)], vec![(0, 1.0)]];
        let matrix = SparseMatrix::from_rows(2, rows);
        let process_of = [0, 1, 0];
        let lends = |row: usize, other: usize| process_of[row] != process_of[other];
        let params = SmoothingParams::default();
        let expanded = expand(&matrix, lends, &params, &Progress::default()).unwrap();
        // The only allowed neighbor of row 0 is row 1: (1 + 0.7071, 0.7071), of length 1.8478.
        let row = expanded.row(0);
        assert_eq!(row.columns, [0, 1]);
        assert!((row.values[0] - 0.923_88).abs() < 1e-4 && (row.values[1] - 0.382_68).abs() < 1e-4);
    }

    #[test]
    fn a_single_process_stays_as_it_is() {
        let matrix = SparseMatrix::from_rows(1, [vec![(0, 1.0)], vec![(0, 1.0)]]);
        let params = SmoothingParams::default();
        let expanded = expand(&matrix, |_, _| false, &params, &Progress::default()).unwrap();
        assert_eq!(expanded, matrix);
    }
}
