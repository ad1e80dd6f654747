//! The convergence table: [`converge`] makes the [`ConvergenceTable`], optionally from the issues of a
//! [`Codebook`] and with a person's [`Corrections`].

mod codebook;
mod converge;
mod convergence_table;
mod corrections;
mod grid;
mod issue;
mod layout;
mod parts;
mod rows;
mod stability;

pub use codebook::{
    AssignedClause, Assignments, Codebook, CodebookParams, GivenIssue, RankedIssue, place,
};
pub use converge::{ConvergeParams, converge, converge_on};
pub(crate) use convergence_table::SCHEMA;
pub use convergence_table::{
    Alone, Assigned, Column, ConvergenceTable, Nearest, Quote, Row, SourceAgreement,
};
pub use corrections::{
    Action, ClauseAnchor, Corrections, Decision, IssueAnchor, Outcome, Request, Status, find_row,
};
pub(crate) use grid::Grid;
pub(crate) use issue::Issue;
pub use issue::Origin;
pub use layout::{ColumnKind, Counting, LayoutParams};
pub(crate) use parts::{PlacedTerm, parts_of_mean, placed_terms};
pub(crate) use rows::{Membership, RowEvidence, TableMaker};
pub use stability::{AlsoNear, RowBoilerplate, RowStability, StabilityLevel};
