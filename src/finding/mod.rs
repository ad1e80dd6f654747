//! What the clusters say: [`converge`] makes the [`ConvergenceTable`], among issues that a person gives
//! if there is a [`Guide`], and with a person's corrections if there is a [`Ledger`];
//! [`score`](mod@score) holds it against a human coding.

pub mod borrowing;
mod citation;
mod coded;
mod converge;
mod emphasis;
mod gap;
mod grid;
mod guide;
mod issue;
mod ledger;
mod phrase;
mod rows;
pub mod score;
mod table;
mod trust;
mod why;

pub use citation::find_clause;
pub use coded::table_of_coding;
pub use converge::{ColumnKind, ConvergeParams, Counting, converge};
pub use emphasis::{
    ColumnEmphasis, Emphasis, EmphasisParams, Example, IssueEmphasis, Strength, StressedTerm,
    emphasis,
};
pub use gap::{
    EmptyCell, Facet, FacetGap, GapParams, Gaps, Missed, MissingIssue, NearMiss, SharedWords,
    SingleIssue, gaps,
};
pub use grid::CitedClause;
pub use guide::{GivenIssue, Guide, GuideParams, PlacedClause, Placing, RankedIssue, place};
pub use issue::{Issue, Origin};
pub use ledger::{
    Action, ClauseMark, Decision, IssueMark, Ledger, Outcome, Status, Wish, find_row,
};
use rows::TableMaker;
pub use table::{Alone, Column, ConvergenceTable, Nearest, Placed, Quote, Row};
pub use trust::{AlsoNear, Firmness, Formula, RowTrust};
pub use why::{SharedRun, Why, why_row, why_together};
