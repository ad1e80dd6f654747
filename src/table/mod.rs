//! The convergence table: [`converge`] makes the [`ConvergenceTable`], optionally from the issues of a
//! [`Codebook`] and with a person's [`Corrections`].
//!
//! For every program that makes a table.

mod codebook;
mod converge;
mod convergence_table;
mod corrections;
mod counted;
mod grid;
mod issue;
mod layout;
mod parts;
mod preamble;
mod rows;
mod stability;
mod themes;
mod weak;

pub use codebook::{Codebook, GivenIssue};
pub use converge::{ConvergeParams, converge, converge_on};
pub use convergence_table::{Alone, Column, ConvergenceTable, Quote, Row, SourceAgreement, Theme};
pub(crate) use convergence_table::{IssueCandidate, SCHEMA};
pub(crate) use corrections::ClauseAnchor;
pub use corrections::{Action, Corrections, Decision, Outcome, Request, find_row};
pub(crate) use counted::Counted;
pub(crate) use grid::Grid;
pub(crate) use issue::{Issue, Origin};
pub use layout::{ColumnKind, Counting, LayoutParams};
pub(crate) use parts::{PlacedTerm, parts_of_mean, placed_terms, words_of_terms};
pub(crate) use rows::{Membership, RowEvidence, TableMaker};
pub(crate) use stability::{RowBoilerplate, RowStability};
