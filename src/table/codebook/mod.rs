//! [`Guide`]: issues that a person names before the clauses are looked at, and
//! [`place`]: which clauses belong to them.

mod guide;
mod names;
mod place;

pub use guide::{GivenIssue, Guide, GuideParams};
pub use place::{PlacedClause, Placing, RankedIssue, place};
