//! [`BriefingParams`]: what a briefing tells.

use crate::setters::setters;

/// The most issues that a reader of five minutes takes in.
const N_ISSUES: usize = 7;

/// What a briefing tells; the default fits a reader of five minutes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BriefingParams {
    /// The most issues it tells of, the most widely shared first; 7 by default.
    pub n_issues: usize,
    /// The first year of what is new; by default the newest year of the corpus.
    pub since: Option<i32>,
}

impl Default for BriefingParams {
    fn default() -> Self {
        Self {
            n_issues: N_ISSUES,
            since: None,
        }
    }
}

impl BriefingParams {
    setters! {
        n_issues: usize,
        since: impl Into<Option<i32>>,
    }
}
