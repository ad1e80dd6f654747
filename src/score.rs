//! [`Score`]: a similarity or proportion, always a number from 0 to 1.
//!
//! For programs that compute with scores; the others call [`Score::value`].

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

/// How far a number may be outside `0..=1` because of rounding.
const TOLERANCE: f64 = 1e-6;

/// A similarity or a proportion: a number in `0..=1`, never NaN, so that it can be ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Score(f64);

impl Score {
    /// Nothing in common.
    pub const ZERO: Self = Self(0.0);
    /// Greatest possible similarity.
    pub const ONE: Self = Self(1.0);

    /// Returns `value` as a score, clamped to `0..=1`.
    ///
    /// A number that is outside by more than rounding, or NaN, comes from a wrong formula: debug
    /// builds panic, others clamp it (NaN to 0).
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::score::Score;
    ///
    /// assert_eq!(Score::new(0.63).value(), 0.63);
    /// assert_eq!(Score::new(1.000_001), Score::ONE, "a rounding error is cut off");
    /// assert!(Score::new(0.2) < Score::new(0.3));
    /// ```
    pub fn new(value: f64) -> Self {
        debug_assert!(is_nearly_score(value), "{value} is no score");
        let is_a_number = !value.is_nan();
        Self(if is_a_number {
            value.clamp(0.0, 1.0)
        } else {
            0.0
        })
    }

    /// Returns a cosine as a score; negative cosines become 0.
    pub fn of_cosine(cosine: f64) -> Self {
        Self::new(cosine.max(0.0))
    }

    /// Returns the number, in `0..=1`.
    pub fn value(self) -> f64 {
        self.0
    }
}

impl Eq for Score {}

impl PartialOrd for Score {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Score {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl TryFrom<f64> for Score {
    type Error = String;

    fn try_from(value: f64) -> Result<Self, String> {
        if is_nearly_score(value) {
            return Ok(Self::new(value));
        }
        Err(format!("{value} is no score: it must be from 0 to 1"))
    }
}

fn is_nearly_score(value: f64) -> bool {
    (-TOLERANCE..=1.0 + TOLERANCE).contains(&value)
}

impl From<Score> for f64 {
    fn from(score: Score) -> Self {
        score.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_is_clamped_and_scores_have_an_order() {
        assert_eq!(Score::new(1.0 + 1e-7), Score::ONE);
        assert_eq!(Score::new(-1e-7), Score::ZERO);
        assert_eq!(Score::of_cosine(-0.5), Score::ZERO);
        assert!(Score::new(0.25) < Score::new(0.5));
    }

    #[test]
    #[cfg(debug_assertions)]
    #[should_panic(expected = "1.5 is no score")]
    fn a_wrong_formula_panics_in_debug_builds() {
        Score::new(1.5);
    }

    #[test]
    fn a_parsed_number_must_be_a_score() {
        assert_eq!(
            serde_json::from_str::<Score>("0.5").unwrap(),
            Score::new(0.5)
        );
        let error = serde_json::from_str::<Score>("1.5").unwrap_err();
        assert!(error.to_string().starts_with("1.5 is no score"), "{error}");
        assert!(Score::try_from(f64::NAN).is_err());
    }
}
