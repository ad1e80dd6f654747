//! [`SparseMatrix`]: a matrix in compressed sparse row form.

use std::sync::Arc;

use ndarray::Array2;

use crate::error::{Error, Result};

/// The maximum number of cells of a dense copy: 100 million (800 MB).
const MAX_DENSE_CELLS: usize = 100_000_000;

/// A matrix in compressed sparse row form, `(clauses, features)`: for each row the nonzero columns, in
/// order, and their values.
///
/// A clone shares the data of the original and costs nothing.
///
/// # Examples
///
/// ```
/// use consonance::vector::SparseMatrix;
///
/// // Two rows of three columns; a cell that is not named is 0.
/// let matrix = SparseMatrix::from_rows(3, [vec![(0, 0.6), (2, 0.8)], vec![(2, 1.0)]]);
/// assert_eq!((matrix.n_rows(), matrix.n_columns(), matrix.n_values()), (2, 3, 3));
/// let cosine = matrix.row(0).dot(matrix.row(1));
/// assert!((cosine - 0.8).abs() < 1e-6);
/// assert_eq!(matrix.to_dense()?[[0, 1]], 0.0);
/// # Ok::<(), consonance::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SparseMatrix {
    n_columns: usize,
    starts: Arc<Vec<usize>>,
    columns: Arc<Vec<u32>>,
    values: Arc<Vec<f32>>,
}

/// One row of a [`SparseMatrix`]: columns in order and their values.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct SparseRow<'m> {
    /// The nonzero columns, in order.
    pub columns: &'m [u32],
    /// Their values.
    pub values: &'m [f32],
}

impl SparseMatrix {
    /// Returns a matrix without rows.
    pub fn new(n_columns: usize) -> Self {
        Self {
            n_columns,
            starts: Arc::new(vec![0]),
            columns: Arc::default(),
            values: Arc::default(),
        }
    }

    /// Returns a matrix with these rows of `(column, value)` pairs, the columns of a row in order.
    ///
    /// # Panics
    ///
    /// Panics if a column is out of range or out of order.
    pub fn from_rows(n_columns: usize, rows: impl IntoIterator<Item = Vec<(u32, f32)>>) -> Self {
        let mut matrix = Self::new(n_columns);
        for row in rows {
            matrix.push_row(&row);
        }
        matrix
    }

    /// Returns the matrix whose rows lie between consecutive starts, the columns of each in order.
    pub(super) fn from_parts(
        n_columns: usize,
        starts: Vec<usize>,
        columns: Vec<u32>,
        values: Vec<f32>,
    ) -> Self {
        debug_assert!(columns.iter().all(|&column| (column as usize) < n_columns));
        Self {
            n_columns,
            starts: Arc::new(starts),
            columns: Arc::new(columns),
            values: Arc::new(values),
        }
    }

    /// Returns the rows of matrices with the same number of columns, one below the other.
    pub(super) fn concatenated(n_columns: usize, matrices: Vec<Self>) -> Self {
        let n_values = matrices.iter().map(Self::n_values).sum();
        let mut starts = vec![0];
        let mut columns = Vec::with_capacity(n_values);
        let mut values = Vec::with_capacity(n_values);
        for matrix in matrices {
            let before = columns.len();
            starts.extend(matrix.starts[1..].iter().map(|start| before + start));
            columns.extend_from_slice(&matrix.columns);
            values.extend_from_slice(&matrix.values);
        }
        Self::from_parts(n_columns, starts, columns, values)
    }

    /// Converts a dense matrix, `(clauses, dimensions)`, for the clustering rules.
    pub fn from_dense(dense: &Array2<f64>) -> Self {
        let (n_rows, n_columns) = dense.dim();
        let starts = (0..=n_rows).map(|row| row * n_columns).collect();
        let mut columns = Vec::with_capacity(dense.len());
        for _ in 0..n_rows {
            columns.extend((0..).take(n_columns));
        }
        let values = dense.iter().map(|value| single(*value)).collect();
        Self::from_parts(n_columns, starts, columns, values)
    }

    /// Returns the matrix of some rows, in this order.
    pub(crate) fn rows_at(&self, rows: impl IntoIterator<Item = usize>) -> Self {
        let rows = rows.into_iter().map(|row| self.row(row).iter().collect());
        Self::from_rows(self.n_columns, rows)
    }

    /// Appends a row of `(column, value)` pairs, the columns in order.
    ///
    /// # Panics
    ///
    /// Panics if a column is out of range or out of order.
    pub fn push_row(&mut self, row: &[(u32, f32)]) {
        let is_in_order = row.windows(2).all(|pair| pair[0].0 < pair[1].0);
        let is_in_range = row
            .last()
            .is_none_or(|(column, _)| (*column as usize) < self.n_columns);
        assert!(
            is_in_order && is_in_range,
            "the columns of a sparse row are in order and in range"
        );
        let columns = Arc::make_mut(&mut self.columns);
        columns.extend(row.iter().map(|(column, _)| *column));
        Arc::make_mut(&mut self.starts).push(columns.len());
        Arc::make_mut(&mut self.values).extend(row.iter().map(|(_, value)| *value));
    }

    /// Returns the number of rows.
    pub fn n_rows(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Returns the number of columns.
    pub fn n_columns(&self) -> usize {
        self.n_columns
    }

    /// Returns the number of stored values.
    pub fn n_values(&self) -> usize {
        self.values.len()
    }

    /// Returns a row.
    ///
    /// # Panics
    ///
    /// Panics if there is no such row.
    pub fn row(&self, index: usize) -> SparseRow<'_> {
        let range = self.starts[index]..self.starts[index + 1];
        SparseRow {
            columns: &self.columns[range.clone()],
            values: &self.values[range],
        }
    }

    /// Returns the rows, in order.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = SparseRow<'_>> {
        (0..self.n_rows()).map(|index| self.row(index))
    }

    /// Returns the transposed matrix: for each feature the clauses that have it, in order.
    ///
    /// # Panics
    ///
    /// Panics if there are more than 2^32 rows.
    #[must_use]
    pub fn transposed(&self) -> Self {
        let mut starts = vec![0; self.n_columns + 1];
        for &column in self.columns.iter() {
            starts[column as usize + 1] += 1;
        }
        for column in 0..self.n_columns {
            starts[column + 1] += starts[column];
        }
        let mut next = starts.clone();
        let mut columns = vec![0; self.columns.len()];
        let mut values = vec![0.0; self.values.len()];
        for (index, row) in self.rows().enumerate() {
            let row_number = u32::try_from(index).expect("a matrix has fewer than 2^32 rows");
            for (column, value) in row.iter() {
                let place = &mut next[column as usize];
                columns[*place] = row_number;
                values[*place] = value;
                *place += 1;
            }
        }
        Self::from_parts(self.n_rows(), starts, columns, values)
    }

    /// Returns the sum of some rows, as `(column, value)` pairs, summed in the order of the rows.
    pub(crate) fn sum_of_rows(&self, rows: &[usize]) -> Vec<(u32, f32)> {
        let n_cells: usize = rows.iter().map(|&row| self.row(row).columns.len()).sum();
        // Sorting a cell costs about as much as passing over eight columns.
        if n_cells * 8 >= self.n_columns {
            return self.sum_in_full(rows);
        }
        let mut cells: Vec<(u32, f32)> =
            rows.iter().flat_map(|&row| self.row(row).iter()).collect();
        cells.sort_by_key(|(column, _)| *column);
        let sum = |same: &[(u32, f32)]| same.iter().map(|(_, value)| f64::from(*value)).sum();
        cells
            .chunk_by(|a, b| a.0 == b.0)
            .map(|same| (same[0].0, single(sum(same))))
            .collect()
    }

    /// The same by adding every row to a dense row.
    fn sum_in_full(&self, rows: &[usize]) -> Vec<(u32, f32)> {
        let mut sums = vec![0.0_f64; self.n_columns];
        for (column, value) in rows.iter().flat_map(|&row| self.row(row).iter()) {
            sums[column as usize] += f64::from(value);
        }
        let sums = (0..).zip(sums).filter(|(_, sum)| *sum != 0.0);
        sums.map(|(column, sum)| (column, single(sum))).collect()
    }

    /// Returns whether every cell of the matrix is stored.
    pub(crate) fn is_full(&self) -> bool {
        self.n_columns > 0 && self.values.len() == self.n_rows() * self.n_columns
    }

    /// Returns the stored values row by row; if the matrix is full, these are all its cells.
    pub(crate) fn values(&self) -> &[f32] {
        &self.values
    }

    /// Returns the dense matrix, `(clauses, features)`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Limit`](crate::error::ErrorKind::Limit) if it had more than 100 million cells (800 MB).
    pub fn to_dense(&self) -> Result<Array2<f64>> {
        let n_cells = self.n_rows().saturating_mul(self.n_columns);
        if n_cells > MAX_DENSE_CELLS {
            let message = format!(
                "a dense matrix of {} by {} has {n_cells} cells, more than {MAX_DENSE_CELLS}: reduce it first",
                self.n_rows(),
                self.n_columns
            );
            return Err(Error::beyond(MAX_DENSE_CELLS as u64, message));
        }
        let mut dense = Array2::zeros((self.n_rows(), self.n_columns));
        for (index, row) in self.rows().enumerate() {
            for (column, value) in row.iter() {
                dense[[index, column as usize]] = f64::from(value);
            }
        }
        Ok(dense)
    }
}

impl linfa::dataset::Records for SparseMatrix {
    type Elem = f32;

    fn nsamples(&self) -> usize {
        self.n_rows()
    }

    fn nfeatures(&self) -> usize {
        self.n_columns
    }
}

impl<'m> SparseRow<'m> {
    /// Returns the columns and values, in order.
    pub fn iter(self) -> impl Iterator<Item = (u32, f32)> + 'm {
        self.columns
            .iter()
            .copied()
            .zip(self.values.iter().copied())
    }

    /// Returns the scalar product with another row, bitwise symmetric.
    pub fn dot(self, other: SparseRow<'_>) -> f64 {
        let mut sum = 0.0;
        let (mut i, mut j) = (0, 0);
        while i < self.columns.len() && j < other.columns.len() {
            match self.columns[i].cmp(&other.columns[j]) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    sum += f64::from(self.values[i]) * f64::from(other.values[j]);
                    i += 1;
                    j += 1;
                }
            }
        }
        sum
    }

    /// Returns the Euclidean length.
    pub fn norm(self) -> f64 {
        length(self.values.iter())
    }

    /// Returns the columns that both rows have with the products of their values, the greatest first; ties
    /// by column.
    pub(crate) fn shared_with(self, other: SparseRow<'_>) -> Vec<(u32, f64)> {
        let product = |(column, value): (u32, f32)| {
            let place = other.columns.binary_search(&column).ok()?;
            Some((column, f64::from(value) * f64::from(other.values[place])))
        };
        let mut shared: Vec<(u32, f64)> = self.iter().filter_map(product).collect();
        shared.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        shared
    }
}

/// Returns the Euclidean length of a row with these values.
fn length<'v>(values: impl Iterator<Item = &'v f32>) -> f64 {
    values
        .map(|value| f64::from(*value).powi(2))
        .sum::<f64>()
        .sqrt()
}

/// Returns a row of length 1 in the direction of these cells, whose columns are in order.
pub(crate) fn unit_row(cells: impl Iterator<Item = (u32, f64)>) -> Vec<(u32, f32)> {
    let mut row: Vec<(u32, f32)> = cells.map(|(column, x)| (column, single(x))).collect();
    normalize(&mut row);
    row
}

/// Scales the values of a row to length 1; a row of zeros stays.
pub(crate) fn normalize(row: &mut [(u32, f32)]) {
    let norm = length(row.iter().map(|(_, value)| value));
    if norm > 0.0 {
        for (_, value) in row {
            *value = single(f64::from(*value) / norm);
        }
    }
}

/// Scales a dense row to length 1; a row of zeros stays.
pub(super) fn normalize_values(values: &mut [f32]) {
    let norm = length(values.iter());
    if norm > 0.0 {
        for value in values {
            *value = single(f64::from(*value) / norm);
        }
    }
}

/// Converts a weight to single precision, which is enough.
#[allow(clippy::cast_possible_truncation)]
pub(crate) fn single(value: f64) -> f32 {
    value as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    fn matrix() -> SparseMatrix {
        SparseMatrix::from_rows(3, [vec![(0, 1.0), (2, 2.0)], vec![], vec![(2, 3.0)]])
    }

    #[test]
    fn rows_come_back_and_transpose_twice_is_the_same() {
        let matrix = matrix();
        assert_eq!(matrix.row(0).columns, [0, 2]);
        assert!(matrix.row(1).columns.is_empty());
        assert_eq!(matrix.transposed().row(2).columns, [0, 2]);
        assert_eq!(matrix.transposed().transposed(), matrix);
    }

    #[test]
    fn products_by_hand() {
        let matrix = matrix();
        assert!((matrix.row(0).dot(matrix.row(2)) - 6.0).abs() < 1e-12);
        assert!((matrix.row(0).norm() - 5.0_f64.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn a_dense_copy_is_made_or_politely_refused() {
        assert!((matrix().to_dense().unwrap()[[0, 2]] - 2.0).abs() < 1e-12);
        let wide = SparseMatrix::from_rows(200_000_000, [vec![(5, 1.0)]]);
        let error = wide.to_dense().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Limit);
        assert!(error.to_string().contains("200000000 cells"), "{error}");
    }
}
