//! What is found in a corpus and its table: gaps, keyness, the timeline, citations, force, and how a
//! draft compares with agreed language. Most findings take a [`Study`].
//!
//! For programs that ask a corpus more than what its table shows.

mod annotated;
mod briefing;
mod citations;
mod co_mention;
mod common_ground;
mod draft;
mod findings;
mod force;
mod gap;
mod keyness;
mod quotations;
mod similarity_matrix;
mod study;
mod timeline;
mod versions;
mod why;

pub use annotated::Annotated;
pub use briefing::{Briefing, BriefingParams, briefing};
pub(crate) use briefing::{IssueBrief, NewAgreement, Silence, SuggestedReading};
pub use citations::{Citation, Citations, Network, citations, network};
pub(crate) use citations::{Edge, EdgeKind, Node, NodeKind};
pub(crate) use co_mention::{CoMention, MentionedIssue};
pub use co_mention::{CoMentions, co_mentions};
pub use common_ground::{CommonGrounds, common_ground};
pub(crate) use draft::{Against, DraftStanding};
pub use draft::{DraftCheck, DraftClause, Precedent, check_draft};
pub use findings::Findings;
pub(crate) use force::ClauseForce;
pub use force::{Forces, forces};
pub use gap::{EmptyCell, Gaps, MissedClause, NearestMiss, gaps};
pub(crate) use gap::{FacetGap, GapFacet};
pub(crate) use keyness::{Clarity, ColumnKeyness, Example, IssueKeyness, KeyTerm};
pub use keyness::{TableKeyness, keyness};
pub(crate) use quotations::{
    CheckedQuotation, CheckedReference, PaperPlace, QuotationVerdict, QuotedIn, ReferenceVerdict,
    SourceClause,
};
pub use quotations::{Paper, Quotations, check_quotations};
pub use similarity_matrix::SimilarityMatrix;
pub use study::Study;
pub(crate) use timeline::IssueTimeline;
pub(crate) use timeline::{Descent, PossibleSource, Year};
pub use timeline::{Timeline, timeline};
#[cfg(feature = "office")]
pub(crate) use versions::revisions;
pub(crate) use versions::{
    ClauseChange, ClauseFate, ClauseHistory, DroppedWording, Revision, VersionClause, VersionStep,
    WordingHolder,
};
pub use versions::{VersionText, Versions, compare_versions, row_versions};
pub use why::Why;
