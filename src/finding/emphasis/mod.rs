//! What each process stresses, within an issue and over all.

mod compare;
mod log_odds;
mod result;

pub use compare::{EmphasisParams, emphasis};
pub use result::{Clarity, ColumnEmphasis, Emphasis, Example, IssueEmphasis, StressedTerm};
