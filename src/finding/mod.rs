//! What the clusters say: [`converge`] makes the [`ConvergenceTable`].

mod converge;
mod table;

pub use converge::{ColumnKind, ConvergeParams, Counting, converge};
pub use table::{Alone, Column, ConvergenceTable, Nearest, Quote, Row};
