//! Compares a new text with the corpus: which language is agreed already, and which is new.

mod check;
mod result;
mod words;

pub use check::{DraftParams, check_draft};
pub use result::{
    Against, AgreedWords, DraftCheck, DraftClause, DraftStanding, Novelty, Precedent,
};
