//! [`Codebook`]: issues that a person names before the clauses are looked at, and
//! [`place`]: which clauses belong to them.

mod given;
mod names;
mod place;

pub use given::{Codebook, CodebookParams, GivenIssue};
pub use place::{AssignedClause, Assignments, RankedIssue, place};
