//! Wording that clauses share.

mod text_reuse;
