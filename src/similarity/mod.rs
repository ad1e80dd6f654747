//! Similarity of clauses: the spaces in which they are compared ([`Representation`]) and the nearest
//! neighbors of all clauses at once ([`NearestPlan`]).

mod distances;
mod join;
mod k_nearest;
mod neighbors;
mod rank_for_text;
mod representation;
mod smoothing;

pub(crate) use distances::Distances;
pub use join::{NearestParams, NearestPlan};
pub use neighbors::Neighbor;
pub(crate) use neighbors::NeighborSearch;
pub use rank_for_text::rank_for_text;
pub use representation::{Reduction, Representation, RepresentationParams};
