//! Which clauses are alike: the spaces they are compared in ([`Representation`]), nearest neighbors
//! ([`NeighborSearch`]), all distances ([`Distances`]), and neighbor expansion ([`expand`]).

mod distances;
mod every;
mod expand;
mod nearest;
mod neighbors;
mod question;
mod representation;

pub use distances::Distances;
pub(crate) use every::nearest_of_each;
pub use expand::{ExpansionParams, expand};
pub use nearest::{NearestParams, NearestPlan};
pub use neighbors::{Neighbor, NeighborSearch};
pub use question::rank_for_text;
pub use representation::{Reduction, Representation, RepresentationParams};
