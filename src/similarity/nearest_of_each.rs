//! [`nearest_of_each`]: the nearest rows of every row of a matrix, sparse or dense.

use ndarray::{ArrayView1, ArrayView2};
use rayon::prelude::*;

use crate::error::Result;
use crate::id::ClauseId;
use crate::progress::Stage;
use crate::score::Score;
use crate::similarity::neighbors::{Neighbor, NeighborSearch, most_similar};
use crate::vector::SparseMatrix;

/// Rows that are compared with all others at once, by one product of matrices.
const BLOCK: usize = 128;
/// A generous bound on the error of a product in single precision.
const SLACK: f32 = 1e-4;

/// Returns for each row at most `k` most similar other rows that `is_wanted(row, other)` allows, as
/// [`NeighborSearch::nearest`] does for one row. The rows have length 1 or are zero.
///
/// Dense rows are compared by products of blocks in single precision; candidates near the `k`-th best are
/// then computed in double precision, so that the answer is bitwise the same. Costs the square of the
/// number of rows.
pub(super) fn nearest_of_each(
    matrix: &SparseMatrix,
    k: usize,
    is_wanted: impl Fn(usize, usize) -> bool + Sync,
    stage: &Stage<'_>,
) -> Result<Vec<Vec<Neighbor>>> {
    let n_rows = matrix.n_rows();
    if matrix.is_full() {
        let blocks: Vec<usize> = (0..n_rows).step_by(BLOCK).collect();
        let of_block = |start: usize| -> Result<Vec<Vec<Neighbor>>> {
            let rows = start..(start + BLOCK).min(n_rows);
            stage.advance(rows.len() as u64)?;
            let products = dense_rows(matrix, rows.clone()).dot(&dense_rows(matrix, 0..n_rows).t());
            let nearest = |(row, products): (usize, ArrayView1<'_, f32>)| {
                let wanted = (0..n_rows).filter(|&other| is_wanted(row, other));
                let rough = wanted.map(|other| (products[other], other)).collect();
                exactly_nearest(matrix, row, k, rough)
            };
            Ok(rows.zip(products.rows()).map(nearest).collect())
        };
        let found: Result<Vec<Vec<_>>> = blocks.into_par_iter().map(of_block).collect();
        return Ok(found?.into_iter().flatten().collect());
    }
    let search = NeighborSearch::new(matrix);
    (0..n_rows)
        .into_par_iter()
        .map(|row| {
            stage.advance(1)?;
            let wanted = |other: ClauseId| is_wanted(row, other.index());
            Ok(search.nearest(matrix.row(row), k, wanted))
        })
        .collect()
}

fn dense_rows(matrix: &SparseMatrix, rows: std::ops::Range<usize>) -> ArrayView2<'_, f32> {
    let n_columns = matrix.n_columns();
    let values = &matrix.values()[rows.start * n_columns..rows.end * n_columns];
    ArrayView2::from_shape((rows.len(), n_columns), values)
        .expect("a full matrix stores every cell")
}

/// Returns the `k` nearest of some rows whose products with `row` are known approximately.
fn exactly_nearest(
    matrix: &SparseMatrix,
    row: usize,
    k: usize,
    mut rough: Vec<(f32, usize)>,
) -> Vec<Neighbor> {
    if k == 0 {
        return Vec::new();
    }
    if k < rough.len() {
        let (_, kth, _) = rough.select_nth_unstable_by(k - 1, |a, b| b.0.total_cmp(&a.0));
        let least = kth.0 - SLACK;
        rough.retain(|(product, _)| *product >= least);
    }
    let own = matrix.row(row);
    let exact = rough
        .into_iter()
        .map(|(_, other)| (own.dot(matrix.row(other)), other))
        .filter(|(product, _)| *product > 0.0);
    let near = exact.map(|(product, other)| Neighbor {
        clause: ClauseId::new(other),
        score: Score::new(product),
    });
    most_similar(near.collect(), k)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::Progress;
    use crate::vector::normalize;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rows_without_gaps_have_the_neighbors_the_index_finds(
            cells in prop::collection::vec(prop::collection::vec(-3_i8..4, 5), 1..40),
            k in 0_usize..6,
        ) {
            let rows = cells.iter().map(|cells| {
                let mut row: Vec<(u32, f32)> = (0..).zip(cells.iter().map(|cell| f32::from(*cell))).collect();
                normalize(&mut row);
                row
            });
            let matrix = SparseMatrix::from_rows(5, rows);
            let progress = Progress::default();
            let stage = progress.stage("neighbors", 1);
            let is_wanted = |row: usize, other: usize| row % 3 != other % 3;
            let found = nearest_of_each(&matrix, k, is_wanted, &stage).unwrap();
            let search = NeighborSearch::new(&matrix);
            for (row, found) in found.into_iter().enumerate() {
                let expected = search.nearest(matrix.row(row), k, |other| is_wanted(row, other.index()));
                prop_assert_eq!(found, expected);
            }
        }
    }
}
