//! [`Codebook`]: issues that a person gives in advance, and [`place`]: which clauses belong to them.

mod given;
mod names;
mod place;

pub use given::{Codebook, CodebookParams, GivenIssue};
pub use place::{AssignedClause, Assignments, RankedIssue, place};
