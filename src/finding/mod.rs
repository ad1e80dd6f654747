//! What the clusters say: [`ConvergenceTable`], and how well it agrees with a human coding
//! ([`score`](mod@score)).

pub mod score;
mod table;

pub use table::{Alone, Column, ConvergenceTable, Nearest, Quote, Row};
