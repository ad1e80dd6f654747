//! What is found in a corpus and its table: gaps, keyness, the timeline, citations, force, and how a
//! draft compares with agreed language. Most findings take a [`Study`].

mod annotated;
mod citations;
mod draft;
mod findings;
mod force;
mod gap;
mod keyness;
mod similarity_matrix;
mod study;
mod timeline;
mod why;

pub use annotated::Annotated;
pub use citations::{Citation, Citations, CitedInstrument, citations};
pub use citations::{Edge, EdgeKind, Network, Node, NodeKind, network};
pub use draft::{Against, AgreedWords, DraftCheck, DraftClause, DraftStanding, Novelty, Precedent};
pub use draft::{DraftParams, check_draft};
pub use findings::Findings;
pub use force::{ClauseForce, Forces, RowForce, forces};
pub use gap::{EmptyCell, GapParams, Gaps, MissedClause, NearestMiss, SingleIssue, gaps};
pub use gap::{FacetGap, GapFacet, MissingIssue};
pub use keyness::{
    Clarity, ColumnKeyness, Example, IssueKeyness, KeyTerm, TableKeyness, TableKeynessParams,
    keyness,
};
pub use similarity_matrix::{MatrixItem, Merge, SimilarityMatrix};
pub use study::Study;
pub use timeline::{
    Descent, Entry, Firsts, IssueTimeline, PossibleSource, Timeline, Year, timeline,
};
pub use why::Why;
