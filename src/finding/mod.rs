//! What is found in a corpus and its table: gaps, keyness, the timeline, citations, force, and how a draft
//! compares with what was agreed.

mod citations;
mod dossier;
mod draft;
mod emphasis;
mod force;
mod gap;
mod likeness;
mod timeline;

pub use citations::{Citation, Citations, CitedInstrument, citations};
pub use citations::{Edge, EdgeKind, Network, Node, NodeKind, network};
pub use dossier::Dossier;
pub use draft::{Against, AgreedWords, DraftCheck, DraftClause, DraftStanding, Novelty, Precedent};
pub use draft::{DraftParams, check_draft};
pub use emphasis::{
    Clarity, ColumnEmphasis, Emphasis, EmphasisParams, Example, IssueEmphasis, StressedTerm,
    emphasis,
};
pub use force::{ClauseForce, Forces, RowForce, forces};
pub use gap::Missed;
pub use gap::{EmptyCell, GapParams, Gaps, NearMiss, SingleIssue, gaps};
pub use gap::{Facet, FacetGap, MissingIssue};
pub use likeness::{Likeness, LikenessItem, Merge, likeness_of_agreements, likeness_of_issues};
pub use timeline::{
    Descent, Entry, Firsts, IssueTimeline, PossibleSource, Timeline, Year, timeline,
};
