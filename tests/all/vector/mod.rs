//! Clauses as vectors.

mod sentences;
mod vectors;
