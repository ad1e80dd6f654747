//! Clauses into issues.
//!
//! Every rule is one file with its parameters behind linfa's [`ParamGuard`](linfa::ParamGuard) and
//! linfa's [`Fit`](linfa::traits::Fit) on a [`SparseMatrix`]; all give a [`Clustering`], which
//! implements linfa's [`Predict`](linfa::traits::Predict) for new rows. Without a number of clusters
//! the rules that need one take the fewest whose mean silhouette comes close to the greatest.

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

pub(crate) use clustering::Choice;
pub use clustering::Clustering;
pub(crate) use dendrogram::Dendrogram;
pub(crate) use name::{IssueName, name_clusters};
pub(crate) use resample::mean;
pub use resample::{ResampleParams, Resampling};
pub use rule::{Rule, RuleParams};
