//! Similarity join: for every row its most similar rows of other groups, exactly.

mod block;
mod ranked;
mod search;
mod twins;

pub use search::k_nearest;
