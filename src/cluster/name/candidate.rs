//! [`TitleCandidate`]: a title that a cluster may get, and how good it is.

use crate::cluster::name::issue_name::NameSource;

/// A title that a cluster may get.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TitleCandidate {
    pub(super) title: String,
    pub(super) source: NameSource,
    /// How good it is; compared with those of all sources and clusters.
    pub(super) score: f64,
}
