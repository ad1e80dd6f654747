//! What the clusters say: [`ConvergenceTable`].

mod table;

pub use table::{Alone, Column, ConvergenceTable, Nearest, Quote, Row};
