//! Which clauses are alike: the spaces they are compared in ([`Representation`]), nearest neighbors
//! ([`NeighborSearch`]), all distances ([`Distances`]), and neighbor expansion ([`expand`]).

mod distances;
mod expand;
mod join;
mod k_nearest;
mod neighbors;
mod rank_for_text;
mod representation;

pub use distances::Distances;
pub use expand::{ExpansionParams, expand};
pub use join::{NearestParams, NearestPlan};
pub use neighbors::{Neighbor, NeighborSearch};
pub use rank_for_text::rank_for_text;
pub use representation::{Reduction, Representation, RepresentationParams};
