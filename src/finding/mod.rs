//! What the clusters say: [`converge`] makes the [`ConvergenceTable`]; [`score`](mod@score) holds it
//! against a human coding.

mod converge;
mod issue;
mod rows;
pub mod score;
mod table;

pub use converge::{ColumnKind, ConvergeParams, Counting, converge};
pub use issue::{Issue, Origin};
use rows::TableMaker;
pub use table::{Alone, Column, ConvergenceTable, Nearest, Quote, Row};
