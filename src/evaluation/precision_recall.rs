//! [`PrecisionRecall`]: precision, recall and their harmonic mean.

use serde::{Deserialize, Serialize};

use crate::score::Score;

/// Precision, recall and their harmonic mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PrecisionRecall {
    /// The proportion of found items that are right.
    pub precision: Score,
    /// The proportion of right items that were found.
    pub recall: Score,
    /// `2 * precision * recall / (precision + recall)`, and 0 if both are 0.
    pub f1: Score,
}

impl PrecisionRecall {
    /// Returns the two proportions with their harmonic mean.
    pub fn new(precision: f64, recall: f64) -> Self {
        let sum = precision + recall;
        let f1 = if sum > 0.0 {
            2.0 * precision * recall / sum
        } else {
            0.0
        };
        Self {
            precision: Score::new(precision),
            recall: Score::new(recall),
            f1: Score::new(f1),
        }
    }

    /// Returns the proportions of `n_right` in `n_found` and in `n_true`; 0 of 0 is 0.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::evaluation::PrecisionRecall;
    ///
    /// // Of four that were found three are right, of six that should be.
    /// let figures = PrecisionRecall::of_counts(3, 4, 6);
    /// let figures = [figures.precision, figures.recall, figures.f1].map(|figure| figure.value());
    /// assert_eq!(figures[..2], [0.75, 0.5]);
    /// assert!((figures[2] - 0.6).abs() < 1e-9);
    /// ```
    pub fn of_counts(n_right: usize, n_found: usize, n_true: usize) -> Self {
        let share = |whole: usize| match whole {
            0 => 0.0,
            _ => n_right as f64 / whole as f64,
        };
        Self::new(share(n_found), share(n_true))
    }
}
