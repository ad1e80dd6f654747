//! What is found in a corpus and its table: gaps, keyness, the timeline, citations, force, and how a draft
//! compares with what was agreed. Most findings are read from a [`Study`].

mod annotated;
mod citations;
mod draft;
mod emphasis;
mod findings;
mod force;
mod gap;
mod likeness;
mod study;
mod timeline;
mod why;

pub use annotated::Annotated;
pub use citations::{Citation, Citations, CitedInstrument, citations};
pub use citations::{Edge, EdgeKind, Network, Node, NodeKind, network};
pub use draft::{Against, AgreedWords, DraftCheck, DraftClause, DraftStanding, Novelty, Precedent};
pub use draft::{DraftParams, check_draft};
pub use emphasis::{
    Clarity, ColumnEmphasis, Emphasis, EmphasisParams, Example, IssueEmphasis, StressedTerm,
    emphasis,
};
pub use findings::Findings;
pub use force::{ClauseForce, Forces, RowForce, forces};
pub use gap::{EmptyCell, GapParams, Gaps, Missed, NearMiss, SingleIssue, gaps};
pub use gap::{Facet, FacetGap, MissingIssue};
pub use likeness::{Likeness, LikenessItem, Merge, likeness_of_agreements, likeness_of_issues};
pub use study::Study;
pub use timeline::{
    Descent, Entry, Firsts, IssueTimeline, PossibleSource, Timeline, Year, timeline,
};
pub use why::{Why, why_row, why_together};
