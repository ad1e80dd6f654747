//! Similarity join: for every row its most similar rows of other groups, exactly.

mod block;
mod plan;
mod ranked;
mod twins;

pub use plan::{NearestParams, NearestPlan};
