//! [`Score`]: a similarity or share, always a number from 0 to 1.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

/// A similarity or a share: a number in `0..=1`, never NaN, so that it can be ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "f64", into = "f64")]
pub struct Score(f64);

impl Score {
    /// Nothing in common.
    pub const ZERO: Self = Self(0.0);
    /// As alike as can be.
    pub const ONE: Self = Self(1.0);

    /// Returns `value` as a score: clamped to `0..=1`, and NaN taken as 0.
    pub fn new(value: f64) -> Self {
        if value.is_nan() {
            Self::ZERO
        } else {
            Self(value.clamp(0.0, 1.0))
        }
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

impl From<f64> for Score {
    fn from(value: f64) -> Self {
        Self::new(value)
    }
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
    fn stays_in_range_and_is_never_nan() {
        assert_eq!(Score::new(f64::NAN), Score::ZERO);
        assert_eq!(Score::new(1.5), Score::ONE);
        assert_eq!(Score::new(-0.5), Score::ZERO);
        assert!(Score::new(0.25) < Score::new(0.5));
    }
}
