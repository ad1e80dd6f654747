//! What the clusters say: [`converge`] makes the [`ConvergenceTable`], among issues that a person gives
//! if there is a [`Guide`], and with a person's corrections if there is a [`Ledger`];
//! [`score`](mod@score) holds it against a human coding.

pub mod borrowing;
mod citation;
mod citations;
mod coded;
mod converge;
mod dossier;
mod draft;
mod emphasis;
mod force;
mod gap;
mod grid;
mod guide;
mod issue;
mod ledger;
mod likeness;
mod phrase;
mod rows;
pub mod score;
mod table;
mod timeline;
mod trust;
mod why;

pub use citation::find_clause;
pub use citations::{
    Citation, Citations, CitedInstrument, Edge, EdgeKind, Network, Node, NodeKind, citations,
    network,
};
pub use coded::{coding_in, table_of_coding};
pub use converge::{ColumnKind, ConvergeParams, Counting, converge, converge_on};
pub use dossier::Dossier;
pub use draft::{
    Against, AgreedWords, DraftCheck, DraftClause, DraftParams, DraftStanding, Novelty, Precedent,
    check_draft,
};
pub use emphasis::{
    Clarity, ColumnEmphasis, Emphasis, EmphasisParams, Example, IssueEmphasis, StressedTerm,
    emphasis,
};
pub use force::{ClauseForce, Forces, RowForce, forces};
pub use gap::{
    EmptyCell, Facet, FacetGap, GapParams, Gaps, Missed, MissingIssue, NearMiss, SingleIssue, gaps,
};
pub use grid::CitedClause;
pub use guide::{GivenIssue, Guide, GuideParams, PlacedClause, Placing, RankedIssue, place};
pub use issue::{Issue, Origin};
pub use ledger::{
    Action, ClauseMark, Decision, IssueMark, Ledger, Outcome, Status, Wish, find_row,
};
pub use likeness::{Likeness, LikenessItem, Merge, likeness_of_agreements, likeness_of_issues};
pub use phrase::WordRun;
use rows::TableMaker;
pub use table::{Alone, Column, ConvergenceTable, Nearest, Placed, Quote, Row, SourceAgreement};
pub use timeline::{
    Descent, Entry, Firsts, IssueTimeline, PossibleSource, Timeline, Year, timeline,
};
pub use trust::{AlsoNear, Firmness, Formula, RowTrust};
pub use why::{SharedRun, Why, why_row, why_together};
