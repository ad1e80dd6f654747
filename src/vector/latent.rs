//! Latent semantic analysis: a sparse matrix reduced to a few dozen dense dimensions.

use ndarray::{Array1, Array2, Axis, Slice};
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use rayon::prelude::*;

use crate::error::{Error, ErrorKind, Result};
use crate::vector::SparseMatrix;

/// Extra dimensions that are worked with and then dropped, for accuracy.
const OVERSAMPLING: usize = 10;
/// Times the matrix is applied again to sharpen the leading directions.
const POWER_ITERATIONS: usize = 3;
/// Sweeps of the eigenvalue rotation; it has converged long before.
const MAX_SWEEPS: usize = 60;

/// Reduces a matrix `(clauses, features)` to `(clauses, dimensions)` by a truncated singular value
/// decomposition, each row scaled to length 1 (rows of zeros stay).
///
/// Latent semantic analysis (Deerwester et al., 1990) by a randomized range finder (Halko,
/// Martinsson and Tropp, 2011). Fewer dimensions come back where the matrix has no more rank. Costs
/// `dimensions` passes over the stored values, eight times; the seed fixes the result to the bit on
/// any number of threads.
///
/// # Errors
///
/// [`ErrorKind::Parameter`] if `n_dimensions` is 0, the matrix is empty, or a value is not finite.
pub fn reduce(matrix: &SparseMatrix, n_dimensions: usize, seed: u64) -> Result<Array2<f64>> {
    if n_dimensions == 0 || matrix.n_rows() == 0 || matrix.n_columns() == 0 {
        let message = format!(
            "a matrix of {} by {} cannot be reduced to {n_dimensions} dimensions",
            matrix.n_rows(),
            matrix.n_columns()
        );
        return Err(Error::new(ErrorKind::Parameter, message));
    }
    if let Some(row) = matrix.first_row_not_finite() {
        let message = format!("row {row} holds a number that is not finite");
        return Err(Error::new(ErrorKind::Parameter, message));
    }
    let transposed = matrix.transposed();
    let most = matrix.n_rows().min(matrix.n_columns());
    let width = (n_dimensions + OVERSAMPLING).min(most);
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
    let start = Array2::from_shape_fn((matrix.n_columns(), width), |_| random.gen_range(-1.0..1.0));
    let mut basis = orthonormal(times(matrix, &start));
    for _ in 0..POWER_ITERATIONS {
        let back = orthonormal(times(&transposed, &basis));
        basis = orthonormal(times(matrix, &back));
    }
    // With A ~ Q Qᵀ A, the left singular vectors of A are Q times the eigenvectors of (QᵀA)(QᵀA)ᵀ.
    let projected = times(&transposed, &basis);
    let (values, vectors) = eigen(projected.t().dot(&projected));
    let scale = values.mapv(|value| value.max(0.0).sqrt());
    let coordinates = basis.dot(&vectors) * &scale;
    let kept = n_dimensions.min(width);
    Ok(unit_rows(
        coordinates
            .slice_axis(Axis(1), Slice::from(..kept))
            .to_owned(),
    ))
}

/// The product of a sparse and a dense matrix; each row by one thread, summed in order.
fn times(left: &SparseMatrix, right: &Array2<f64>) -> Array2<f64> {
    let width = right.ncols();
    let mut product = vec![0.0; left.n_rows() * width];
    product
        .par_chunks_mut(width)
        .enumerate()
        .for_each(|(index, out)| {
            for (column, value) in left.row(index).iter() {
                let factor = f64::from(value);
                for (sum, x) in out.iter_mut().zip(right.row(column as usize)) {
                    *sum += factor * x;
                }
            }
        });
    Array2::from_shape_vec((left.n_rows(), width), product).expect("the product has this shape")
}

/// Makes the columns orthogonal and of length 1 (Gram-Schmidt, twice for accuracy); a column that
/// depends on those before it becomes zero.
fn orthonormal(mut matrix: Array2<f64>) -> Array2<f64> {
    for place in 0..matrix.ncols() {
        let length_before = matrix.column(place).dot(&matrix.column(place)).sqrt();
        for _ in 0..2 {
            for earlier in 0..place {
                let overlap = matrix.column(earlier).dot(&matrix.column(place));
                let base = matrix.column(earlier).to_owned();
                matrix.column_mut(place).scaled_add(-overlap, &base);
            }
        }
        let length = matrix.column(place).dot(&matrix.column(place)).sqrt();
        let is_dependent = length <= 1e-12 * length_before.max(f64::MIN_POSITIVE);
        let factor = if is_dependent { 0.0 } else { 1.0 / length };
        matrix.column_mut(place).mapv_inplace(|x| x * factor);
    }
    matrix
}

/// Eigenvalues, largest first, and eigenvectors in columns of a small symmetric matrix, by cyclic
/// rotations (Jacobi, 1846). The first component that is not small of each vector is positive.
fn eigen(mut matrix: Array2<f64>) -> (Array1<f64>, Array2<f64>) {
    let n = matrix.nrows();
    let mut vectors = Array2::eye(n);
    let total = matrix.iter().map(|x| x * x).sum::<f64>();
    for _ in 0..MAX_SWEEPS {
        let off: f64 = matrix
            .indexed_iter()
            .filter(|((i, j), _)| i != j)
            .map(|(_, x)| x * x)
            .sum();
        if off <= 1e-24 * total {
            break;
        }
        for p in 0..n {
            for q in p + 1..n {
                rotate(&mut matrix, &mut vectors, (p, q));
            }
        }
    }
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|&i, &j| matrix[[j, j]].total_cmp(&matrix[[i, i]]).then(i.cmp(&j)));
    let values = order.iter().map(|&i| matrix[[i, i]]).collect();
    let mut sorted = vectors.select(Axis(1), &order);
    for mut column in sorted.columns_mut() {
        if column
            .iter()
            .find(|x| x.abs() > 1e-9)
            .is_some_and(|x| *x < 0.0)
        {
            column.mapv_inplace(|x| -x);
        }
    }
    (values, sorted)
}

/// Makes the element `(p, q)` of a symmetric matrix zero by a plane rotation.
fn rotate(matrix: &mut Array2<f64>, vectors: &mut Array2<f64>, (p, q): (usize, usize)) {
    let off = matrix[[p, q]];
    if off.abs() < f64::MIN_POSITIVE {
        return;
    }
    let theta = (matrix[[q, q]] - matrix[[p, p]]) / (2.0 * off);
    let sign = if theta < 0.0 { -1.0 } else { 1.0 };
    let tangent = sign / (theta.abs() + (theta * theta + 1.0).sqrt());
    let cosine = 1.0 / (tangent * tangent + 1.0).sqrt();
    let sine = tangent * cosine;
    for k in 0..matrix.nrows() {
        let (x, y) = (matrix[[k, p]], matrix[[k, q]]);
        matrix[[k, p]] = cosine * x - sine * y;
        matrix[[k, q]] = sine * x + cosine * y;
    }
    for k in 0..matrix.nrows() {
        let (x, y) = (matrix[[p, k]], matrix[[q, k]]);
        matrix[[p, k]] = cosine * x - sine * y;
        matrix[[q, k]] = sine * x + cosine * y;
    }
    for k in 0..vectors.nrows() {
        let (x, y) = (vectors[[k, p]], vectors[[k, q]]);
        vectors[[k, p]] = cosine * x - sine * y;
        vectors[[k, q]] = sine * x + cosine * y;
    }
}

fn unit_rows(mut matrix: Array2<f64>) -> Array2<f64> {
    for mut row in matrix.rows_mut() {
        let length = row.dot(&row).sqrt();
        if length > 0.0 {
            row.mapv_inplace(|x| x / length);
        }
    }
    matrix
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eigenvalues_by_hand() {
        let (values, vectors) = eigen(ndarray::array![[2.0, 1.0], [1.0, 2.0]]);
        assert!((values[0] - 3.0).abs() < 1e-12 && (values[1] - 1.0).abs() < 1e-12);
        assert!((vectors[[0, 0]] - vectors[[1, 0]]).abs() < 1e-12);
    }

    #[test]
    fn all_dimensions_keep_every_cosine() {
        let rows = [
            vec![(0, 1.0), (1, 2.0)],
            vec![(1, 1.0), (3, 1.0)],
            vec![(2, 3.0)],
            vec![(0, 1.0), (3, 2.0)],
        ];
        let matrix = SparseMatrix::from_rows(4, rows);
        let reduced = reduce(&matrix, 4, 7).unwrap();
        for i in 0..4 {
            for j in 0..4 {
                let (a, b) = (matrix.row(i), matrix.row(j));
                let expected = a.dot(b) / (a.norm() * b.norm());
                assert!(
                    (reduced.row(i).dot(&reduced.row(j)) - expected).abs() < 1e-6,
                    "{i} {j}"
                );
            }
        }
    }

    #[test]
    fn two_blocks_fall_on_two_dimensions() {
        let rows = [
            vec![(0, 1.0), (1, 1.0)],
            vec![(0, 1.0)],
            vec![(2, 1.0), (3, 1.0)],
            vec![(3, 1.0)],
        ];
        let reduced = reduce(&SparseMatrix::from_rows(4, rows), 2, 1).unwrap();
        assert!(reduced.row(0).dot(&reduced.row(1)) > 0.99);
        assert!(reduced.row(0).dot(&reduced.row(2)).abs() < 0.01);
    }

    #[test]
    fn nothing_to_reduce_is_an_error() {
        assert!(reduce(&SparseMatrix::new(3), 2, 0).is_err());
        let matrix = SparseMatrix::from_rows(1, [vec![(0, f32::NAN)]]);
        assert!(
            reduce(&matrix, 1, 0)
                .unwrap_err()
                .to_string()
                .contains("row 0")
        );
    }
}
