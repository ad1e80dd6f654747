//! Compares a new text with the corpus: which language is agreed already, and which is new.

mod check;
mod result;
mod words;

pub use check::check_draft;
pub(crate) use result::{Against, DraftStanding};
pub use result::{DraftCheck, DraftClause, Precedent};
