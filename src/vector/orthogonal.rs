//! Small dense matrices: orthogonal columns, eigenvalues, rows of length 1.

use ndarray::linalg::general_mat_mul;
use ndarray::{Array1, Array2, ArrayViewMut2, Axis};

/// The maximum number of sweeps of the eigenvalue rotation; it converges long before.
const MAX_SWEEPS: usize = 60;
/// The number of columns orthogonalized at once, by products of matrices.
const BLOCK: usize = 16;

/// Makes the columns orthonormal (Gram-Schmidt by blocks, each step twice for accuracy); a column that
/// depends on preceding ones becomes zero.
pub(super) fn orthonormal(matrix: Array2<f64>) -> Array2<f64> {
    let mut rows = matrix.reversed_axes().as_standard_layout().to_owned();
    let n_rows = rows.nrows();
    for start in (0..n_rows).step_by(BLOCK) {
        let end = (start + BLOCK).min(n_rows);
        let (before, from_here) = rows.view_mut().split_at(Axis(0), start);
        let (mut block, _) = from_here.split_at(Axis(0), end - start);
        let lengths: Vec<f64> = block
            .rows()
            .into_iter()
            .map(|row| row.dot(&row).sqrt())
            .collect();
        for _ in 0..2 {
            if start > 0 {
                let overlaps = block.dot(&before.t());
                general_mat_mul(-1.0, &overlaps, &before, 1.0, &mut block);
            }
        }
        orthonormal_within(&mut block, &lengths);
    }
    rows.reversed_axes().as_standard_layout().to_owned()
}

/// Makes the rows of a block orthonormal; `lengths` are their original lengths.
fn orthonormal_within(block: &mut ArrayViewMut2<'_, f64>, lengths: &[f64]) {
    for (place, length_before) in lengths.iter().enumerate() {
        let (before, mut from_here) = block.view_mut().split_at(Axis(0), place);
        let mut row = from_here.row_mut(0);
        for _ in 0..2 {
            for earlier in before.rows() {
                let overlap = earlier.dot(&row);
                row.scaled_add(-overlap, &earlier);
            }
        }
        let length = row.dot(&row).sqrt();
        let is_dependent = length <= 1e-12 * length_before.max(f64::MIN_POSITIVE);
        let factor = if is_dependent { 0.0 } else { 1.0 / length };
        row.mapv_inplace(|x| x * factor);
    }
}

/// Returns the eigenvalues, largest first, and the eigenvectors in columns, of a small symmetric matrix,
/// by cyclic rotations (Jacobi, 1846). The first component of each vector that is not small is positive.
pub(super) fn eigen(mut matrix: Array2<f64>) -> (Array1<f64>, Array2<f64>) {
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
                rotate(&mut matrix, &mut vectors, p, q);
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
fn rotate(matrix: &mut Array2<f64>, vectors: &mut Array2<f64>, p: usize, q: usize) {
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

/// Scales each row to length 1; rows of zeros stay.
pub(super) fn unit_rows(mut matrix: Array2<f64>) -> Array2<f64> {
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
}
