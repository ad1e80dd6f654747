//! The convergence table: [`converge`] makes the [`ConvergenceTable`], among the issues of a codebook if
//! there is a [`Guide`], and with a person's corrections if there is a [`Ledger`].

mod codebook;
mod converge;
mod convergence_table;
mod corrections;
mod grid;
mod issue;
mod rows;
mod stability;
mod why;

pub use codebook::{GivenIssue, Guide, GuideParams};
pub use codebook::{PlacedClause, Placing, RankedIssue, place};
pub(crate) use converge::SCHEMA;
pub use converge::{ColumnKind, ConvergeParams, Counting, converge, converge_on};
pub use convergence_table::{
    Alone, Column, ConvergenceTable, Nearest, Placed, Quote, Row, SourceAgreement,
};
pub use corrections::{Action, Decision, Ledger};
pub use corrections::{ClauseMark, IssueMark};
pub use corrections::{Outcome, Status};
pub use corrections::{Wish, find_row};
pub use grid::CitedClause;
pub(crate) use grid::Grid;
pub use issue::{Issue, Origin};
pub(crate) use rows::TableMaker;
pub use stability::{AlsoNear, Firmness, Formula, RowTrust};
pub(crate) use why::shared_words;
pub use why::{Why, why_row, why_together};
