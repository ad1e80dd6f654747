//! Sentence vectors: clauses as dense vectors of their meaning, worked out with a model from a folder
//! ([`SentenceModel`]).
//!
//! For whoever has such a model; without one everything works by the words alone.

#[cfg(feature = "vectors")]
mod bert;
#[cfg(feature = "vectors")]
mod files;
mod kept;
#[cfg(feature = "vectors")]
mod layer;
mod model;
mod space;
#[cfg(all(test, feature = "vectors"))]
mod twin;
#[cfg(feature = "vectors")]
mod weights;

pub use model::{SentenceModel, SentenceWork};
pub(crate) use space::SentenceSpace;
