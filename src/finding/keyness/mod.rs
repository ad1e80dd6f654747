//! What each process stresses, within an issue and over all.

mod compare;
mod log_odds;
mod result;

pub use compare::{TableKeynessParams, keyness};
pub use result::{Clarity, ColumnKeyness, Example, IssueKeyness, KeyTerm, TableKeyness};
