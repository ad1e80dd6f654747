//! A new text against the corpus: what is agreed already, and what is new.

mod check;
mod result;
mod words;

pub use check::{DraftParams, check_draft};
pub use result::{
    Against, AgreedWords, DraftCheck, DraftClause, DraftStanding, Novelty, Precedent,
};
