//! [`GapParams`]: what counts as a gap.

use crate::setters::setters;

/// What counts as a gap; the default needs no tuning.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct GapParams {
    /// The fewest words of a shared passage that make a candidate false negative, 5 by default.
    pub min_run: usize,
    /// The fewest processes of an issue that is reported as missing for a region or a kind of actor, 2
    /// by default.
    pub min_processes: usize,
    /// The most candidate false negatives that are reported, 200 by default.
    pub max_missed: usize,
}

impl Default for GapParams {
    fn default() -> Self {
        Self {
            min_run: 5,
            min_processes: 2,
            max_missed: 200,
        }
    }
}

impl GapParams {
    setters! {
        min_run: usize,
        min_processes: usize,
        max_missed: usize,
    }
}
