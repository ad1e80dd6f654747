//! Non-negative matrix factorization: clauses as sums of themes.

use ndarray::{Array1, Array2, ArrayView1, Axis};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::vector::latent::{check_values, leading, times, unit_rows};
use crate::vector::sparse::SparseMatrix;

/// The exponent of the number of rows that gives the number of themes, and the most of them.
const THEMES: f64 = 0.6;
const MAX_THEMES: usize = 60;
/// The rounds have settled when one takes less than this share off the error.
const SETTLED: f64 = 1e-5;

/// How a matrix is factorized.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NmfParams {
    /// The number of themes; by default, of `n` clauses, `n^0.6`, at most 60.
    pub n_themes: Option<usize>,
    /// After how many rounds it ends even if the error still falls; 200 by default.
    pub max_rounds: usize,
    /// What the random start of the singular vectors comes from; it moves the result by rounding
    /// errors only.
    pub seed: u64,
}

impl Default for NmfParams {
    fn default() -> Self {
        Self {
            n_themes: None,
            max_rounds: 200,
            seed: 1,
        }
    }
}

/// A matrix of no negative number as the product of two of few themes.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Factorization {
    /// How much of each theme a clause has, `(clauses, themes)`.
    pub clauses: Array2<f64>,
    /// How much of each feature a theme has, `(features, themes)`.
    pub features: Array2<f64>,
    /// The length of the difference between the matrix and the product at the start and after each
    /// round: the root of the sum of squares of all cells.
    pub errors: Vec<f64>,
}

impl Factorization {
    /// Returns how much each clause belongs to each theme, `(clauses, themes)`: no number is
    /// negative, rows have length 1 (rows of zeros stay), and what a theme counts does not depend on
    /// how its weight is shared out between the two factors.
    pub fn memberships(&self) -> Array2<f64> {
        let lengths = self.features.columns().into_iter().map(length);
        unit_rows(&self.clauses * &lengths.collect::<Array1<f64>>())
    }
}

/// Factorizes a matrix `(clauses, features)` without negative numbers into themes.
///
/// Multiplicative updates for the Frobenius norm (Lee and Seung, 2001): with `A ~ W Ht`, `W` is
/// multiplied cell by cell by `A H / W Ht H`, then `H` by `At W / H Wt W`; the error never grows. The
/// start is made of the singular vectors, of each pair the larger of the positive and the negative
/// parts, zeros filled with the mean of the matrix (Boutsidis and Gallopoulos, 2008, NNDSVD with means).
/// Fewer themes come back where the matrix has fewer rows or columns. Costs, a round, two passes
/// over the stored values for each theme, and the rows and columns times the square of the themes;
/// the same to the bit on any number of threads.
///
/// # Errors
///
/// [`ErrorKind::Parameter`] if a parameter is 0, the matrix is empty, or a value is negative or not
/// finite.
pub fn factorize(matrix: &SparseMatrix, params: NmfParams) -> Result<Factorization> {
    check(matrix, params)?;
    let by_size = (matrix.n_rows() as f64).powf(THEMES).round();
    let n_themes = params
        .n_themes
        .unwrap_or(
            (1..MAX_THEMES)
                .take_while(|n| (*n as f64) < by_size)
                .count()
                + 1,
        )
        .min(matrix.n_rows())
        .min(matrix.n_columns());
    let transposed = matrix.transposed();
    let square: f64 = matrix.rows().map(|row| row.dot(row)).sum();
    let (mut clauses, mut features) = start(matrix, (n_themes, params.seed));
    let mut by_clause = Array2::zeros(clauses.dim());
    let mut by_feature = Array2::zeros(features.dim());
    times(&transposed, &clauses, &mut by_feature);
    let mut errors = vec![error(square, &by_feature, (&clauses, &features))];
    for _ in 0..params.max_rounds {
        times(matrix, &features, &mut by_clause);
        let overlaps = features.t().dot(&features);
        multiply(&mut clauses, &by_clause, &overlaps);
        times(&transposed, &clauses, &mut by_feature);
        let overlaps = clauses.t().dot(&clauses);
        multiply(&mut features, &by_feature, &overlaps);
        let before = errors[errors.len() - 1];
        let now = error(square, &by_feature, (&clauses, &features));
        errors.push(now);
        if before - now < SETTLED * before {
            break;
        }
    }
    Ok(Factorization {
        clauses,
        features,
        errors,
    })
}

fn check(matrix: &SparseMatrix, params: NmfParams) -> Result<()> {
    check_values(matrix)?;
    let is_negative = |row: usize| matrix.row(row).values.iter().any(|value| *value < 0.0);
    let message = if params.n_themes == Some(0) || params.max_rounds == 0 {
        "n_themes and max_rounds must be 1 or more".to_owned()
    } else if let Some(row) = (0..matrix.n_rows()).find(|&row| is_negative(row)) {
        format!("row {row} holds a negative number")
    } else {
        return Ok(());
    };
    Err(Error::new(ErrorKind::Parameter, message))
}

/// Returns the factors to start from, made of the singular vectors.
fn start(matrix: &SparseMatrix, (n_themes, seed): (usize, u64)) -> (Array2<f64>, Array2<f64>) {
    let (left, right) = leading(matrix, n_themes, seed);
    let mut clauses = Array2::zeros((matrix.n_rows(), n_themes));
    let mut features = Array2::zeros((matrix.n_columns(), n_themes));
    for theme in 0..n_themes {
        // The columns are as long as the singular value, whose root is wanted on either side.
        let (x, y) = (left.column(theme), right.column(theme));
        let positive = (part(x, 1.0), part(y, 1.0));
        let negative = (part(x, -1.0), part(y, -1.0));
        let size = |(x, y): &(Array1<f64>, Array1<f64>)| length(x.view()) * length(y.view());
        let larger = if size(&positive) >= size(&negative) {
            positive
        } else {
            negative
        };
        let share = (size(&larger) / length(x).max(f64::MIN_POSITIVE)).sqrt();
        let scaled = |part: &Array1<f64>| part * (share / length(part.view()).max(1e-150));
        clauses.column_mut(theme).assign(&scaled(&larger.0));
        features.column_mut(theme).assign(&scaled(&larger.1));
    }
    let sum: f64 = matrix.values().iter().map(|value| f64::from(*value)).sum();
    let mean = sum / matrix.n_rows() as f64 / matrix.n_columns() as f64;
    let fill = |value: &mut f64| *value = if *value > 0.0 { *value } else { mean };
    clauses.iter_mut().for_each(fill);
    features.iter_mut().for_each(fill);
    (clauses, features)
}

/// Returns the numbers of one sign, made positive, the others 0.
fn part(vector: ArrayView1<'_, f64>, sign: f64) -> Array1<f64> {
    vector.mapv(|value| (sign * value).max(0.0))
}

fn length(vector: ArrayView1<'_, f64>) -> f64 {
    vector.dot(&vector).sqrt()
}

/// Multiplies each cell of a factor by `wanted / (factor overlaps)`; a cell whose divisor is 0 stays.
fn multiply(factor: &mut Array2<f64>, wanted: &Array2<f64>, overlaps: &Array2<f64>) {
    factor
        .axis_iter_mut(Axis(0))
        .into_par_iter()
        .zip(wanted.axis_iter(Axis(0)))
        .for_each(|(mut row, wanted)| {
            let divisors = overlaps.dot(&row);
            for ((cell, wanted), divisor) in row.iter_mut().zip(wanted).zip(&divisors) {
                let ratio = wanted / divisor;
                if ratio.is_finite() {
                    *cell *= ratio;
                }
            }
        });
}

/// Returns the length of `A - W Ht`, as the root of `|A|^2 - 2 (At W).H + (Wt W).(Ht H)`, so that
/// the product is never written out.
fn error(
    square: f64,
    by_feature: &Array2<f64>,
    (clauses, features): (&Array2<f64>, &Array2<f64>),
) -> f64 {
    let cross = (by_feature * features).sum();
    let product = (clauses.t().dot(clauses) * features.t().dot(features)).sum();
    (square - 2.0 * cross + product).max(0.0).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rayon::ThreadPoolBuilder;

    fn themes(n_themes: usize) -> NmfParams {
        NmfParams {
            n_themes: Some(n_themes),
            max_rounds: 500,
            ..NmfParams::default()
        }
    }

    #[test]
    fn an_update_by_hand() {
        // W = (1, 2) and H = (1, 1) for A = ((1, 3), (2, 2)): A H = (4, 4), W HtH = (2, 4), so W
        // becomes (2, 2); then At W = (6, 10), H WtW = (8, 8), so H becomes (0.75, 1.25).
        let matrix =
            SparseMatrix::from_rows(2, [vec![(0, 1.0), (1, 3.0)], vec![(0, 2.0), (1, 2.0)]]);
        let mut clauses = ndarray::array![[1.0], [2.0]];
        let mut features = ndarray::array![[1.0], [1.0]];
        let mut product = Array2::zeros((2, 1));
        times(&matrix, &features, &mut product);
        multiply(&mut clauses, &product, &features.t().dot(&features));
        assert_eq!(clauses, ndarray::array![[2.0], [2.0]]);
        times(&matrix.transposed(), &clauses, &mut product);
        multiply(&mut features, &product, &clauses.t().dot(&clauses));
        assert_eq!(features, ndarray::array![[0.75], [1.25]]);
        // The product is (1.5, 2.5) twice: the differences are -0.5, 0.5, 0.5 and -0.5.
        let error = error(18.0, &product, (&clauses, &features));
        assert!((error - 1.0).abs() < 1e-12, "{error}");
    }

    #[test]
    fn two_blocks_are_two_themes_and_a_clause_of_both_has_both() {
        let rows = [
            vec![(0, 1.0), (1, 1.0)],
            vec![(0, 1.0), (1, 1.0)],
            vec![(2, 1.0), (3, 1.0)],
            vec![(2, 1.0), (3, 1.0)],
            vec![(0, 1.0), (1, 1.0), (2, 1.0), (3, 1.0)],
        ];
        let found = factorize(&SparseMatrix::from_rows(4, rows), themes(2)).unwrap();
        assert!(
            found.errors[found.errors.len() - 1] < 0.01,
            "{:?}",
            found.errors
        );
        let memberships = found.memberships();
        let cosine = |a: usize, b: usize| memberships.row(a).dot(&memberships.row(b));
        assert!(cosine(0, 1) > 0.999 && cosine(0, 2) < 0.01);
        assert!((cosine(0, 4) - 0.5_f64.sqrt()).abs() < 0.01);
    }

    #[test]
    fn what_cannot_be_factorized_is_refused() {
        let row = |value: f32| SparseMatrix::from_rows(2, [vec![(0, 1.0)], vec![(1, value)]]);
        let cases = [
            ("negative", row(-1.0), themes(1), "row 1"),
            ("nan", row(f32::NAN), themes(1), "row 1"),
            ("no row", SparseMatrix::new(3), themes(1), "0 by 3"),
            ("no theme", row(1.0), themes(0), "n_themes"),
        ];
        for (name, matrix, params, words) in cases {
            let error = factorize(&matrix, params).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Parameter, "{name}");
            assert!(error.to_string().contains(words), "{name}: {error}");
        }
        let zeros = SparseMatrix::from_rows(2, [vec![], vec![]]);
        let found = factorize(&zeros, themes(2)).unwrap();
        assert!(found.memberships().iter().all(|value| *value == 0.0));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn the_error_never_grows_and_threads_change_nothing(
            cells in prop::collection::vec(prop::collection::btree_map(0_u32..9, 0.1_f32..1.0, 0..6), 1..15),
            n_themes in 1_usize..5,
        ) {
            let rows = cells.into_iter().map(|row| row.into_iter().collect());
            let matrix = SparseMatrix::from_rows(9, rows);
            let on = |n_threads: usize| {
                let pool = ThreadPoolBuilder::new().num_threads(n_threads).build().unwrap();
                pool.install(|| factorize(&matrix, themes(n_themes)).unwrap())
            };
            let found = on(1);
            // The error is a difference of sums, so near 0 its last digits are noise.
            prop_assert!(found.errors.windows(2).all(|pair| pair[1] <= pair[0] + 1e-6), "{:?}", found.errors);
            prop_assert!(found.memberships().iter().all(|value| (0.0..=1.0 + 1e-9).contains(value)));
            prop_assert_eq!(on(3), found);
        }
    }
}
