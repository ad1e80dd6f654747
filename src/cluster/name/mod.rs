//! Names of clusters: a title that a drafter would write, and the characteristic terms beside it.
//!
//! Candidates come from the section headings of a cluster's clauses (`heading.rs`), from noun phrases of
//! its clauses (`phrase.rs`), from the concepts of the thesaurus and the subjects of a [`Catalogue`]
//! (`subject.rs`). A candidate is good if the clauses of the cluster have it and those of other clusters do
//! not; `choose.rs` gives each cluster one that no other has. A cluster without candidates, such as one in
//! a language without word lists (`title_words.rs`), is named by its first terms (`terms.rs`).

mod candidate;
mod catalogue;
mod choose;
mod contrast;
mod evidence;
mod heading;
mod issue_name;
mod phrase;
mod reading;
mod sample;
mod span;
mod subject;
mod terms;
mod title;
mod title_words;

pub use catalogue::Catalogue;
pub(crate) use catalogue::CatalogueSubject;
pub(crate) use choose::name_clusters;
pub(crate) use issue_name::{IssueName, NameSource, first_free};
