//! [`Codebook`]: issues that a person gives in advance, and which clauses belong to them.

mod given;
mod names;
mod place;

pub use given::{Codebook, GivenIssue};
pub(crate) use place::{Assignments, place};
