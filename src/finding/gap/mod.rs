//! The gaps of a table: what it lacks, and clauses it may have missed.

mod facet;
mod gaps;
mod missed;
mod near_miss;

pub(crate) use facet::{FacetGap, GapFacet};
pub use gaps::{Gaps, gaps};
pub use missed::MissedClause;
pub(crate) use near_miss::empty_cells;
pub use near_miss::{EmptyCell, NearestMiss};
