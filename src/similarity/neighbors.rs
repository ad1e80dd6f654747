//! [`NeighborSearch`]: exact search for the most similar clauses.

use serde::{Deserialize, Serialize};

use crate::id::ClauseId;
use crate::score::Score;
use crate::vector::{SparseMatrix, SparseRow};

/// A clause and its similarity to the query clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Neighbor {
    /// The clause.
    pub clause: ClauseId,
    /// Its cosine with the query clause.
    pub score: Score,
}

/// Finds the nearest rows of a matrix whose rows have length 1.
///
/// An inverted index finds the rows that share a feature with the query; the result is exact. Ties are
/// in the order of ids.
#[derive(Clone, Debug)]
pub(crate) struct NeighborSearch {
    n_rows: usize,
    /// For each feature the rows that have it.
    postings: SparseMatrix,
}

impl NeighborSearch {
    /// Indexes a matrix; costs one pass over its values.
    pub(crate) fn new(matrix: &SparseMatrix) -> Self {
        Self {
            n_rows: matrix.n_rows(),
            postings: matrix.transposed(),
        }
    }

    /// Returns at most `k` rows most similar to `row` among those that `is_wanted` allows, the most similar
    /// first; rows that share no feature with it are not returned.
    pub(crate) fn nearest(
        &self,
        row: SparseRow<'_>,
        k: usize,
        is_wanted: impl Fn(ClauseId) -> bool,
    ) -> Vec<Neighbor> {
        let products = self.products(row).into_iter().enumerate();
        let found = products
            .filter(|(_, product)| *product > 0.0)
            .map(|(index, product)| Neighbor {
                clause: ClauseId::new(index),
                score: Score::new(product),
            })
            .filter(|neighbor| is_wanted(neighbor.clause));
        most_similar(found.collect(), k)
    }

    /// Returns the scalar product of `row` with every row of the matrix.
    pub(super) fn products(&self, row: SparseRow<'_>) -> Vec<f64> {
        let mut products = vec![0.0; self.n_rows];
        for (column, value) in row.iter() {
            let value = f64::from(value);
            for (other, weight) in self.postings.row(column as usize).iter() {
                products[other as usize] += value * f64::from(weight);
            }
        }
        products
    }
}

/// Returns the `k` most similar, the most similar first; ties by id.
pub(super) fn most_similar(mut found: Vec<Neighbor>, k: usize) -> Vec<Neighbor> {
    let order = |a: &Neighbor, b: &Neighbor| b.score.cmp(&a.score).then(a.clause.cmp(&b.clause));
    if k < found.len() {
        found.select_nth_unstable_by(k, order);
        found.truncate(k);
    }
    found.sort_unstable_by(order);
    // Every row keeps its neighbors: with the room of all candidates that would be the square of the rows.
    found.shrink_to_fit();
    found
}

/// Returns all clauses, those with the greatest products first; ties by id.
pub(super) fn ranked(products: impl Iterator<Item = f64>) -> Vec<ClauseId> {
    let mut ranked: Vec<(f64, usize)> = products.zip(0..).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let places = ranked.into_iter().map(|(_, index)| index);
    places.map(ClauseId::new).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vector::sparse_test::unit_matrix;
    use proptest::prelude::*;

    #[test]
    fn neighbors_take_the_room_of_those_that_are_kept() {
        let near = |index: usize| Neighbor {
            clause: ClauseId::new(index),
            score: Score::new(1.0 / (index + 1) as f64),
        };
        for n in [3, 10_000] {
            let kept = most_similar((0..n).map(near).collect(), 3);
            assert_eq!(kept, [0, 1, 2].map(near));
            assert!(kept.capacity() < 10, "{}", kept.capacity());
        }
    }

    proptest! {
        #[test]
        fn the_index_finds_what_comparing_all_pairs_finds(
            cells in prop::collection::vec(prop::collection::btree_map(0u32..12, 1u8..4, 0..6), 1..30),
            k in 1usize..6,
        ) {
            let matrix = unit_matrix(12, &cells);
            let search = NeighborSearch::new(&matrix);
            for (index, row) in matrix.rows().enumerate() {
                let found = search.nearest(row, k, |clause| clause.index() != index);
                let mut expected: Vec<(usize, f64)> = matrix
                    .rows()
                    .enumerate()
                    .filter(|(other, _)| *other != index)
                    .map(|(other, candidate)| (other, row.dot(candidate)))
                    .filter(|(_, product)| *product > 0.0)
                    .collect();
                expected.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
                expected.truncate(k);
                prop_assert_eq!(found.len(), expected.len());
                for (neighbor, (other, product)) in found.iter().zip(expected) {
                    prop_assert_eq!(neighbor.clause.index(), other);
                    prop_assert!((neighbor.score.value() - product.min(1.0)).abs() < 1e-12);
                }
            }
        }
    }
}
