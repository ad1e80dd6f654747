//! Clusters clauses into issues.
//!
//! For whoever clusters otherwise than [`converge`](crate::table::converge) does; most programs need not look
//! here.
//!
//! Each rule is one file; k-means and DBSCAN are linfa's. All return a [`Clustering`], which implements
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
mod params;
mod resample;
mod rule;
mod seeding;
mod spherical;

pub(crate) use clustering::Choice;
pub use clustering::Clustering;
pub(crate) use dendrogram::Dendrogram;
pub use name::Catalogue;
pub(crate) use name::{CatalogueSubject, IssueName, NameSource, first_free, name_clusters};
pub use params::RuleParams;
pub use resample::Resampling;
pub(crate) use resample::mean;
pub use rule::Rule;
