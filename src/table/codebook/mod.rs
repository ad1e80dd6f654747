//! [`Codebook`]: issues that a person gives in advance, and which clauses belong to them.

mod evidence;
mod given;
mod judge;
mod names;
mod of_table;
mod place;
#[cfg(feature = "office")]
mod refi;
mod scores;
mod usual;

pub use given::{Codebook, GivenIssue};
pub(crate) use place::{Assignments, issue_scores, place};
#[cfg(feature = "office")]
pub(crate) use refi::{CLAUSES as QDC_CLAUSES, SEPARATOR as QDC_SEPARATOR, WORDS as QDC_WORDS};
