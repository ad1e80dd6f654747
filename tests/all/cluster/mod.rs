//! Clauses to clusters.

mod clustering;
