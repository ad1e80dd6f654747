//! Similarity of clauses: the spaces in which they are compared ([`Representation`]) and the nearest
//! neighbors of all clauses at once ([`k_nearest`]).
//!
//! For programs that make several tables or findings of one corpus, which share a [`Representation`], and for
//! neighbors without a table.

mod distances;
mod join;
mod nearest_of_each;
mod neighbors;
mod rank_for_text;
mod representation;
mod smoothing;

pub(crate) use distances::Distances;
pub use join::k_nearest;
pub use neighbors::Neighbor;
pub(crate) use neighbors::NeighborSearch;
pub use rank_for_text::rank_for_text;
pub use representation::{Representation, RepresentationParams};
