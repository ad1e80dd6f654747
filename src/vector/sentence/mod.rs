//! Sentence vectors: clauses as dense vectors of their meaning, worked out with a model from a folder
//! ([`SentenceModel`]).
//!
//! For whoever has such a model; without one everything works by the words alone.

#[cfg(feature = "vectors")]
mod bert;
mod encoder;
#[cfg(feature = "vectors")]
mod files;
mod kept;
#[cfg(feature = "vectors")]
mod layer;
mod model;
mod open;
mod space;
#[cfg(feature = "vectors")]
mod weights;

pub use encoder::SentenceEncoder;
pub use model::{SentenceModel, SentenceWork};
pub(crate) use space::SentenceSpace;
