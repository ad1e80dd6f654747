//! How strongly clauses bind, and whom.

mod force;
