//! [`assign`]: assigns each row to its nearest centroid.

use ndarray::ArrayView2;
use rayon::prelude::*;

use crate::vector::{SparseMatrix, SparseRow};

/// Returns for each row the nearest centroid and the cosine with it; ties go to the first.
pub(super) fn assign(matrix: &SparseMatrix, centroids: &SparseMatrix) -> Vec<(usize, f64)> {
    if matrix.is_full() && centroids.is_full() {
        return assign_full(matrix, centroids);
    }
    let postings = Postings::of(centroids);
    (0..matrix.n_rows())
        .into_par_iter()
        .map_init(
            || vec![0.0; centroids.n_rows()],
            |products, row| {
                postings.products(matrix.row(row), products);
                first_greatest(products.iter().map(|product| f64::from(*product)))
            },
        )
        .collect()
}

/// A feature of at least one in this many centroids is stored for all of them, which is faster to sum.
const FULL_FROM: usize = 8;

/// For each feature its values in the centroids.
struct Postings {
    some: SparseMatrix,
    /// For each feature the position of its values in `full`, if stored there.
    full_at: Vec<Option<u32>>,
    /// The values of frequent features, one for each centroid.
    full: Vec<f32>,
}

impl Postings {
    fn of(directions: &SparseMatrix) -> Self {
        let some = directions.transposed();
        let n_directions = directions.n_rows();
        let mut full = Vec::new();
        let full_at = some.rows().map(|row| {
            if row.columns.len() * FULL_FROM < n_directions {
                return None;
            }
            let start = full.len();
            full.resize(start + n_directions, 0.0);
            for (direction, value) in row.iter() {
                full[start + direction as usize] = value;
            }
            u32::try_from(start).ok()
        });
        Self {
            full_at: full_at.collect(),
            some,
            full,
        }
    }

    /// Computes the product of a row with each centroid.
    fn products(&self, row: SparseRow<'_>, products: &mut [f32]) {
        products.fill(0.0);
        for (column, value) in row.iter() {
            if let Some(start) = self.full_at[column as usize] {
                let weights = &self.full[start as usize..start as usize + products.len()];
                for (product, weight) in products.iter_mut().zip(weights) {
                    *product += value * weight;
                }
                continue;
            }
            for (direction, weight) in self.some.row(column as usize).iter() {
                products[direction as usize] += value * weight;
            }
        }
    }
}

/// The number of rows whose products with all centroids are computed at once.
const BLOCK: usize = 512;

/// The same for dense matrices, by products of blocks.
fn assign_full(matrix: &SparseMatrix, centroids: &SparseMatrix) -> Vec<(usize, f64)> {
    let n_columns = matrix.n_columns();
    let shape = (centroids.n_rows(), n_columns);
    let Ok(directions) = ArrayView2::from_shape(shape, centroids.values()) else {
        return Vec::new();
    };
    matrix
        .values()
        .par_chunks(BLOCK * n_columns.max(1))
        .flat_map_iter(|values| {
            let rows = ArrayView2::from_shape((values.len() / n_columns, n_columns), values)
                .expect("a block holds whole rows");
            let products = rows.dot(&directions.t());
            let nearest: Vec<(usize, f64)> = products
                .rows()
                .into_iter()
                .map(|row| first_greatest(row.iter().map(|product| f64::from(*product))))
                .collect();
            nearest
        })
        .collect()
}

/// Returns the greatest number, the first among equals, and its index.
fn first_greatest(numbers: impl Iterator<Item = f64>) -> (usize, f64) {
    let mut best = (0, f64::NEG_INFINITY);
    for (place, number) in numbers.enumerate() {
        if number > best.1 {
            best = (place, number);
        }
    }
    best
}
