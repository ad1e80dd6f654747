//! The gaps of a table: what it lacks, and clauses it may have missed.

mod facet;
mod gaps;
mod missed;
mod near_miss;
mod params;

pub use facet::{FacetGap, GapFacet, MissingIssue};
pub use gaps::{Gaps, SingleIssue, gaps};
pub use missed::MissedClause;
pub use near_miss::{EmptyCell, NearestMiss};
pub use params::GapParams;
