//! Clauses as vectors.

mod vectors;
