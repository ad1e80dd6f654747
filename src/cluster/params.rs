//! [`RuleParams`]: parameters common to all clustering rules.

use crate::progress::Progress;
use crate::setters::setters;

/// Parameters common to all rules.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RuleParams {
    /// The number of clusters; chosen from the data by default.
    pub n_clusters: Option<usize>,
    /// The most clusters if their number is chosen from the data; no limit by default.
    pub max_clusters: Option<usize>,
    /// The number of resampled runs of [`Resampling`](crate::cluster::Resampling); 25 by default.
    pub n_resamples: usize,
    /// Random seed, for rules that need one; 1 by default.
    pub seed: u64,
    /// Progress of the rule, which can be cancelled.
    pub progress: Progress,
}

impl Default for RuleParams {
    fn default() -> Self {
        Self {
            n_clusters: None,
            max_clusters: None,
            n_resamples: 25,
            seed: 1,
            progress: Progress::default(),
        }
    }
}

impl RuleParams {
    setters! {
        n_clusters: impl Into<Option<usize>>,
        max_clusters: impl Into<Option<usize>>,
        n_resamples: usize,
        seed: u64,
        progress: Progress,
    }
}
