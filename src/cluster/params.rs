//! [`RuleParams`]: parameters common to all clustering rules.

use crate::progress::Progress;
use crate::setters::setters;

/// Parameters common to all rules.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RuleParams {
    /// The number of clusters; chosen from the data by default.
    pub n_clusters: Option<usize>,
    /// Random seed, for rules that need one; 1 by default.
    pub seed: u64,
    /// Progress of the rule, which can be cancelled.
    pub progress: Progress,
}

impl Default for RuleParams {
    fn default() -> Self {
        Self {
            n_clusters: None,
            seed: 1,
            progress: Progress::default(),
        }
    }
}

impl RuleParams {
    setters! {
        n_clusters: impl Into<Option<usize>>,
        seed: u64,
        progress: Progress,
    }
}
