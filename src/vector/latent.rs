//! Latent semantic analysis: a sparse matrix reduced to a few dozen dense dimensions.

use ndarray::{Array2, Axis, Slice};
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

use crate::error::{Error, ErrorKind, Result};
use crate::id::ProcessId;
use crate::setters::setters;
use crate::vector::centered::Centered;
use crate::vector::orthogonal::{eigen, orthonormal, unit_rows};
use crate::vector::sparse::SparseMatrix;

/// Extra dimensions that are computed for accuracy and then dropped: half of the wanted number if all
/// have full weight; this many if the last ones have little weight, and above [`MAX_SHARP_ROWS`] rows.
const FEW_EXTRA: usize = 10;
/// The number of power iterations, enough for a result that does not depend on the seed.
const POWER_ITERATIONS: usize = 20;
/// The same for a matrix of more than [`MAX_SHARP_ROWS`] rows, to save time.
const FEW_POWER_ITERATIONS: usize = 2;
/// The maximum number of rows for which many power iterations are worthwhile.
const MAX_SHARP_ROWS: usize = 5_000;
/// With more than twice as many rows, the directions are those of an evenly spread sample of about this
/// many: more rows change them little and cost time and memory in proportion.
const SAMPLED_ROWS: usize = 16_000;
/// With `n` rows, dimensions up to `n` to this power have full weight, those beyond `n` to the next power
/// have none, unless a number of dimensions is given.
const FULL_UP_TO: f64 = 0.6;
const NOTHING_FROM: f64 = 0.8;
/// The maximum number of dimensions with full weight, and with any weight.
const MAX_FULL: usize = 60;
const MAX_DIMENSIONS: usize = 140;
/// The maximum number with any weight for a matrix of more than [`MAX_SHARP_ROWS`] rows.
const MAX_FEW_DIMENSIONS: usize = 100;

/// How to reduce a matrix.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::similarity::{Representation, RepresentationParams};
/// use consonance::vector::LatentParams;
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let reduction = LatentParams::default().n_dimensions(20);
/// let params = RepresentationParams::default().reduction(reduction);
/// assert_eq!(Representation::of(&corpus, &params)?.rows().n_columns(), 20);
/// # Ok::<(), consonance::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct LatentParams {
    /// The number of dimensions, all of full weight. By default, for `n` clauses, the first `n^0.6` (at
    /// most 60) have full weight and the following ones less, down to 0 at `n^0.8` (at most 140): since
    /// the spectrum has no gap, a sharp limit would separate similar clauses.
    pub n_dimensions: Option<usize>,
    /// The proportion of its process's mean subtracted from each clause first, in `0..=1`, since house
    /// style is not a subject. 0.3 by default.
    pub centering: f64,
    /// The number of power iterations, which sharpen the leading directions. By default 20, so that the
    /// result does not depend on the seed, and 2 above 5,000 clauses, to save time.
    pub n_power_iterations: Option<usize>,
    /// Seed of the random start; it changes the result by rounding errors only.
    pub seed: u64,
}

impl Default for LatentParams {
    fn default() -> Self {
        Self {
            n_dimensions: None,
            centering: 0.3,
            n_power_iterations: None,
            seed: 1,
        }
    }
}

impl LatentParams {
    setters! {
        n_dimensions: impl Into<Option<usize>>,
        centering: f64,
        n_power_iterations: impl Into<Option<usize>>,
        seed: u64,
    }

    fn check(&self) -> Result<()> {
        Error::check("centering", self.centering, 0.0..=1.0, "from 0 to 1")?;
        Error::check(
            "n_dimensions",
            self.n_dimensions.unwrap_or(1),
            1..,
            "1 or more",
        )
    }

    /// Returns the weight of each dimension for a matrix of `n_rows` rows, descending from 1, above 0.
    fn weights_of_dimensions(&self, n_rows: usize) -> Vec<f64> {
        if let Some(n_dimensions) = self.n_dimensions {
            return vec![1.0; n_dimensions];
        }
        let most = if n_rows <= MAX_SHARP_ROWS {
            MAX_DIMENSIONS
        } else {
            MAX_FEW_DIMENSIONS
        };
        let power =
            |exponent: f64, most: usize| (n_rows as f64).powf(exponent).round().min(most as f64);
        let full = power(FULL_UP_TO, MAX_FULL).max(1.0);
        let nothing = power(NOTHING_FROM, most).max(full + 1.0);
        let weight = |place: usize| ((nothing - place as f64) / (nothing - full)).min(1.0);
        (0..most + MAX_FULL)
            .map(weight)
            .take_while(|w| *w > 0.0)
            .collect()
    }
}

/// Reduces a matrix `(clauses, features)` to `(clauses, dimensions)` by a truncated singular value
/// decomposition, each row scaled to length 1 (rows of zeros stay).
///
/// Latent semantic analysis (Deerwester et al., 1990) by a randomized range finder with power
/// iterations (Halko, Martinsson and Tropp, 2011). `process_of` gives the process of each row; a
/// proportion of the mean row of the process is subtracted first (see [`LatentParams::centering`]). The
/// centered matrix is never stored, so the input stays sparse. There are fewer dimensions if the matrix
/// has fewer rows or columns. Costs about forty passes over the stored values for each dimension (six
/// above 5,000 rows); above 32,000 rows the dimensions are computed on a sample of 16,000 to 32,000
/// rows, with one pass over all values. Bitwise identical on any number of threads.
///
/// # Errors
///
/// [`ErrorKind::Parameter`] if a parameter is out of range, the matrix is empty, a value is not finite,
/// or `process_of` does not have one process per row.
pub(crate) fn reduce(
    matrix: &SparseMatrix,
    process_of: &[ProcessId],
    params: &LatentParams,
) -> Result<Array2<f64>> {
    params.check()?;
    check_matrix(matrix, process_of)?;
    let weights = params.weights_of_dimensions(matrix.n_rows());
    let n_dimensions = weights.len();
    let is_sharp = matrix.n_rows() <= MAX_SHARP_ROWS;
    let n_extra = if is_sharp && params.n_dimensions.is_some() {
        FEW_EXTRA.max(n_dimensions / 2)
    } else {
        FEW_EXTRA
    };
    let width = (n_dimensions + n_extra)
        .min(matrix.n_rows())
        .min(matrix.n_columns());
    let operator = Centered::new(matrix, process_of, params.centering);
    let n_rounds = params.n_power_iterations.unwrap_or(if is_sharp {
        POWER_ITERATIONS
    } else {
        FEW_POWER_ITERATIONS
    });
    let kept = Slice::from(..n_dimensions.min(width));
    let mut coordinates = if let Some(sample) = sample(matrix, process_of) {
        let part = Centered::new(&sample.matrix, &sample.process_of, params.centering);
        let left = coordinates(&part, width, n_rounds, params.seed);
        let left = left.slice_axis(Axis(1), kept).to_owned();
        let directions = right_vectors(&part, &left);
        operator.times_mapped(&sample.column_of, &directions)
    } else {
        let coordinates = coordinates(&operator, width, n_rounds, params.seed);
        coordinates.slice_axis(Axis(1), kept).to_owned()
    };
    for (mut column, weight) in coordinates.columns_mut().into_iter().zip(&weights) {
        // A cosine multiplies two rows, so each gets the square root of the weight.
        column *= weight.sqrt();
    }
    Ok(unit_rows(coordinates))
}

/// Returns the first left singular vectors, `(clauses, width)`, in descending order of the singular
/// values; the length of each is its value.
fn coordinates(operator: &Centered<'_>, width: usize, n_rounds: usize, seed: u64) -> Array2<f64> {
    let (n_rows, n_columns) = (operator.matrix.n_rows(), operator.matrix.n_columns());
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut basis = Array2::from_shape_fn((n_rows, width), |_| random.gen_range(-1.0..1.0));
    let mut projected = Array2::zeros((n_columns, width));
    for _ in 0..=n_rounds {
        operator.transposed_times(&basis, &mut projected);
        basis = orthonormal(operator.times(&projected));
    }
    // With A ~ Q Qt A, the left singular vectors of A are Q times the eigenvectors of (QtA)(QtA)t.
    operator.transposed_times(&basis, &mut projected);
    let (values, vectors) = eigen(&projected.t().dot(&projected));
    let scale = values.mapv(|value| value.max(0.0).sqrt());
    basis.dot(&vectors) * &scale
}

/// Returns the right singular vectors, `(features, k)`, each of length 1, for left ones whose lengths are
/// their values.
fn right_vectors(operator: &Centered<'_>, left: &Array2<f64>) -> Array2<f64> {
    let mut right = Array2::zeros((operator.matrix.n_columns(), left.ncols()));
    operator.transposed_times(left, &mut right);
    // The product has the length of the squared singular value.
    for (mut column, of_left) in right.columns_mut().into_iter().zip(left.columns()) {
        let square = of_left.dot(&of_left);
        column *= if square > 0.0 { 1.0 / square } else { 0.0 };
    }
    right
}

/// An evenly spread sample of the rows, with the columns that occur in it.
struct Sample {
    matrix: SparseMatrix,
    process_of: Vec<ProcessId>,
    /// For each column of the whole matrix its number in the sample.
    column_of: Vec<Option<u32>>,
}

fn sample(matrix: &SparseMatrix, process_of: &[ProcessId]) -> Option<Sample> {
    let step = matrix.n_rows() / SAMPLED_ROWS;
    if step < 2 {
        return None;
    }
    let rows: Vec<usize> = (0..matrix.n_rows()).step_by(step).collect();
    let mut column_of = vec![None; matrix.n_columns()];
    let mut n_columns = 0;
    for row in &rows {
        for &column in matrix.row(*row).columns {
            column_of[column as usize] = Some(0);
        }
    }
    for number in column_of.iter_mut().flatten() {
        *number = n_columns;
        n_columns += 1;
    }
    let renumbered = |row: &usize| {
        let cells = matrix.row(*row).iter();
        cells
            .filter_map(|(column, value)| Some((column_of[column as usize]?, value)))
            .collect()
    };
    Some(Sample {
        matrix: SparseMatrix::from_rows(n_columns as usize, rows.iter().map(renumbered)),
        process_of: rows.iter().map(|&row| process_of[row]).collect(),
        column_of,
    })
}

/// Refuses a matrix that is empty, has a value that is not finite, or has not one process per row.
fn check_matrix(matrix: &SparseMatrix, process_of: &[ProcessId]) -> Result<()> {
    let (n_rows, n_columns) = (matrix.n_rows(), matrix.n_columns());
    let is_wrong = |value: &f32| !value.is_finite();
    let message = if n_rows == 0 || n_columns == 0 {
        format!("a matrix of {n_rows} by {n_columns} cannot be reduced")
    } else if let Some(row) = matrix
        .rows()
        .position(|row| row.values.iter().any(is_wrong))
    {
        format!("row {row} holds a number that is not finite")
    } else if process_of.len() != n_rows {
        format!("{} processes are given for {n_rows} rows", process_of.len())
    } else {
        return Ok(());
    };
    Err(Error::new(ErrorKind::Parameter, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(n_dimensions: usize) -> LatentParams {
        LatentParams {
            n_dimensions: Some(n_dimensions),
            centering: 0.0,
            n_power_iterations: None,
            seed: 7,
        }
    }

    fn processes(of: &[usize]) -> Vec<ProcessId> {
        of.iter().map(|&index| ProcessId::new(index)).collect()
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
        let reduced = reduce(&matrix, &processes(&[0, 1, 2, 3]), &plain(4)).unwrap();
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
    fn dimensions_taper_by_hand() {
        // Of 32 rows the first 32^0.6 = 8 dimensions have full weight, the others less, 0 at 32^0.8 = 16.
        let weights = LatentParams::default().weights_of_dimensions(32);
        assert_eq!(weights.len(), 16);
        assert!(weights[..9].iter().all(|w| (w - 1.0).abs() < 1e-12));
        assert!((weights[12] - 0.5).abs() < 1e-12 && (weights[15] - 0.125).abs() < 1e-12);
        assert_eq!(plain(3).weights_of_dimensions(32), [1.0; 3]);
        assert_eq!(LatentParams::default().weights_of_dimensions(1), [1.0; 2]);
    }

    #[test]
    fn centering_by_hand() {
        // The mean of (1, 0) and (0, 1) is (.5, .5); subtracting half of it leaves (.75, -.25) and
        // (-.25, .75), whose cosine is -.375 / .625. The third row is a process of its own.
        let rows = [vec![(0, 1.0)], vec![(1, 1.0)], vec![(0, 0.6), (1, 0.8)]];
        let matrix = SparseMatrix::from_rows(2, rows);
        let params = LatentParams {
            centering: 0.5,
            ..plain(2)
        };
        let reduced = reduce(&matrix, &processes(&[0, 0, 1]), &params).unwrap();
        assert!((reduced.row(0).dot(&reduced.row(1)) + 0.6).abs() < 1e-9);
        let expected = (0.75 * 0.6 - 0.25 * 0.8) / 0.625_f64.sqrt();
        assert!((reduced.row(0).dot(&reduced.row(2)) - expected).abs() < 1e-6);
    }

    #[test]
    fn two_blocks_fall_on_two_dimensions() {
        let rows = [
            vec![(0, 1.0), (1, 1.0)],
            vec![(0, 1.0)],
            vec![(2, 1.0), (3, 1.0)],
            vec![(3, 1.0)],
        ];
        let matrix = SparseMatrix::from_rows(4, rows);
        let reduced = reduce(&matrix, &processes(&[0, 1, 2, 3]), &plain(2)).unwrap();
        assert!(reduced.row(0).dot(&reduced.row(1)) > 0.99);
        assert!(reduced.row(0).dot(&reduced.row(2)).abs() < 0.01);
    }

    #[test]
    fn nothing_to_reduce_is_an_error() {
        assert!(reduce(&SparseMatrix::new(3), &[], &plain(2)).is_err());
        let matrix = SparseMatrix::from_rows(1, [vec![(0, f32::NAN)]]);
        let error = reduce(&matrix, &processes(&[0]), &plain(1)).unwrap_err();
        assert!(error.to_string().contains("row 0"));
        let matrix = SparseMatrix::from_rows(1, [vec![(0, 1.0)]]);
        let params = plain(1).centering(2.0);
        let error = reduce(&matrix, &processes(&[0]), &params).unwrap_err();
        assert_eq!(error.parameter_name(), Some("centering"));
    }
}
