//! The keyness of each process, within an issue and over the whole corpus.

mod compare;
mod log_odds;
mod result;

pub use compare::keyness;
pub use result::TableKeyness;
pub(crate) use result::{Clarity, ColumnKeyness, Example, IssueKeyness, KeyTerm};
