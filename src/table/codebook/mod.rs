//! [`Codebook`]: issues that a person gives in advance, and which clauses belong to them.

mod evidence;
mod given;
mod judge;
mod names;
mod place;
mod scores;
mod usual;

pub use given::{Codebook, GivenIssue};
pub(crate) use place::{Assignments, issue_scores, place};
