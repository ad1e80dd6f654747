//! The convergence table: [`converge`] makes the [`ConvergenceTable`], optionally from the issues of a
//! [`Codebook`] and with a person's [`Corrections`].
//!
//! For every program that makes a table.

mod codebook;
mod columns;
mod converge;
mod convergence_table;
mod corrections;
mod counted;
mod found;
mod grid;
mod issue;
mod judged;
mod layout;
mod order;
mod params;
mod parts;
mod preamble;
mod review;
mod rows;
mod stability;
mod themes;
mod weak;

pub use codebook::{Codebook, GivenIssue};
#[cfg(feature = "office")]
pub(crate) use codebook::{QDC_CLAUSES, QDC_SEPARATOR, QDC_WORDS};
pub use converge::{converge, converge_on};
pub use convergence_table::{Alone, Column, ConvergenceTable, Quote, Row, SourceAgreement, Theme};
pub(crate) use convergence_table::{IssueCandidate, SCHEMA};
pub use corrections::{Action, Corrections, Decision, Outcome, Request, find_row};
pub(crate) use corrections::{Checked, ClauseAnchor};
pub(crate) use counted::CountedClauses;
pub(crate) use grid::Grid;
pub(crate) use issue::{Issue, Origin};
pub(crate) use judged::{Membership, RowEvidence, WeakRows};
pub use layout::{ColumnKind, Counting, LayoutParams};
pub use params::ConvergeParams;
pub(crate) use parts::{PlacedTerm, PlacedTerms, parts_of_mean, placed_terms};
pub use review::{Answer, Contender, Doubt, DoubtParams, doubts, proposals};
pub(crate) use rows::TableMaker;
pub(crate) use stability::{RowBoilerplate, RowStability};
