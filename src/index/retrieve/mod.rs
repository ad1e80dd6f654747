//! Matching and scoring: which clauses match a query, their scores, and the words that match.

pub(super) mod bm25;
pub(super) mod cursor;
pub(super) mod evaluate;
pub(super) mod highlight;
pub(super) mod kept;
pub(super) mod phrase;
pub(super) mod postings;
pub(super) mod scored;
pub(super) mod top;
pub(super) mod window;
