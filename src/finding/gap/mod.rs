//! What a table lacks, and whether it only seems to.

mod facet;
mod gaps;
mod missed;
mod near_miss;
mod params;

pub use facet::{Facet, FacetGap, MissingIssue};
pub use gaps::{Gaps, SingleIssue, gaps};
pub use missed::Missed;
pub use near_miss::{EmptyCell, NearMiss};
pub use params::GapParams;
