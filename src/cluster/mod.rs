//! Clusters clauses into issues.
//!
//! Each rule is one file with its parameters, linfa's [`ParamGuard`](linfa::ParamGuard) and linfa's
//! [`Fit`](linfa::traits::Fit) on a [`SparseMatrix`]. All return a [`Clustering`], which implements
//! linfa's [`Predict`](linfa::traits::Predict) for new rows. Rules that need a number of clusters choose,
//! if none is given, the fewest whose mean silhouette is close to the greatest.

mod assign;
mod checked;
mod choose;
mod clustering;
mod dbscan;
mod dendrogram;
mod k_means;
mod linkage;
mod name;
mod resample;
mod rule;
mod seeding;
mod spherical;

pub use clustering::{Choice, Clustering};
pub use dbscan::{DbscanParams, DbscanValidParams};
pub(crate) use dendrogram::Dendrogram;
pub use k_means::{KMeansParams, KMeansValidParams};
pub use linkage::{AverageLinkageParams, AverageLinkageValidParams};
pub use name::{IssueName, name_clusters};
pub(crate) use resample::mean;
pub use resample::{ResampleParams, Resampling};
pub use rule::{Rule, RuleParams};
pub use spherical::{SphericalKMeansParams, SphericalKMeansValidParams};
