//! Small dense matrices: orthogonal columns, eigenvalues, rows of length 1.

use ndarray::linalg::general_mat_mul;
use ndarray::{Array1, Array2, ArrayView1, ArrayViewMut2, Axis};

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
pub(super) fn eigen(matrix: &Array2<f64>) -> (Array1<f64>, Array2<f64>) {
    let n = matrix.nrows();
    let mut cells: Vec<f64> = matrix.iter().copied().collect();
    let mut vectors: Vec<f64> = Array2::eye(n).into_iter().collect();
    let total = cells.iter().map(|x| x * x).sum::<f64>();
    for _ in 0..MAX_SWEEPS {
        if off_diagonal(&cells, n) <= 1e-24 * total {
            break;
        }
        for p in 0..n {
            for q in p + 1..n {
                rotate(&mut cells, &mut vectors, [p, q, n]);
            }
        }
    }
    let on_diagonal = |i: usize| cells[i * n + i];
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|&i, &j| on_diagonal(j).total_cmp(&on_diagonal(i)).then(i.cmp(&j)));
    let values = order.iter().map(|&i| on_diagonal(i)).collect();
    let mut sorted = Array2::zeros((n, n));
    for (mut column, &i) in sorted.columns_mut().into_iter().zip(&order) {
        let vector = &vectors[i * n..(i + 1) * n];
        let first = vector.iter().find(|x| x.abs() > 1e-9);
        let sign = if first.is_some_and(|x| *x < 0.0) {
            -1.0
        } else {
            1.0
        };
        column.assign(&ArrayView1::from(vector));
        column *= sign;
    }
    (values, sorted)
}

/// Returns the sum of the squares off the diagonal of a matrix of `n` columns.
fn off_diagonal(cells: &[f64], n: usize) -> f64 {
    let cells = cells.iter().enumerate();
    let off = cells.filter(|(place, _)| place / n != place % n);
    off.map(|(_, x)| x * x).sum()
}

/// Makes the element `(p, q)` of a symmetric matrix of `n` columns zero by a plane rotation, `p < q`, and turns the
/// vectors, which are rows, with it.
fn rotate(cells: &mut [f64], vectors: &mut [f64], [p, q, n]: [usize; 3]) {
    let off = cells[p * n + q];
    if off.abs() < f64::MIN_POSITIVE {
        return;
    }
    let theta = (cells[q * n + q] - cells[p * n + p]) / (2.0 * off);
    let sign = if theta < 0.0 { -1.0 } else { 1.0 };
    let tangent = sign / (theta.abs() + (theta * theta + 1.0).sqrt());
    let cosine = 1.0 / (tangent * tangent + 1.0).sqrt();
    let sine = tangent * cosine;
    for row in cells.chunks_exact_mut(n) {
        let (of_p, of_q) = (row[p], row[q]);
        row[p] = cosine * of_p - sine * of_q;
        row[q] = sine * of_p + cosine * of_q;
    }
    for cells in [cells, vectors] {
        let (before, from_q) = cells.split_at_mut(q * n);
        let row_p = &mut before[p * n..(p + 1) * n];
        for (of_p, of_q) in row_p.iter_mut().zip(&mut from_q[..n]) {
            (*of_p, *of_q) = (cosine * *of_p - sine * *of_q, sine * *of_p + cosine * *of_q);
        }
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
        let (values, vectors) = eigen(&ndarray::array![[2.0, 1.0], [1.0, 2.0]]);
        assert!((values[0] - 3.0).abs() < 1e-12 && (values[1] - 1.0).abs() < 1e-12);
        assert!((vectors[[0, 0]] - vectors[[1, 0]]).abs() < 1e-12);
    }
}
