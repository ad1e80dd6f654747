//! For every row its most similar rows of other groups, exactly, all at once.

mod block;
mod plan;
mod ranked;
mod twins;

pub use plan::{NearestParams, NearestPlan};
