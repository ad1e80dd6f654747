//! Which clauses are alike: nearest neighbors ([`NeighborSearch`]), all distances ([`Distances`]),
//! and neighbor expansion ([`expand`]).

mod distances;
mod expand;
mod neighbors;

pub use distances::Distances;
pub use expand::{ExpansionParams, expand};
pub use neighbors::{Neighbor, NeighborSearch};
