//! Who has whose words.
//!
//! Three questions, from small to large:
//!
//! * How do two texts differ, word by word? [`compare`] finds the runs they share, exact ones and
//!   passages with small changes, and names each change: a negation, a number, a modal verb ...
//! * How far do two clauses say the same? [`grade`] tells same wording, same norm, same subject and
//!   opposed apart, from the comparison, the nearness of the two and their force.
//! * Who has whose words in a corpus? [`Passages`] are all runs of words that clauses of different
//!   agreements share, [`SharedWording`] marks those that are mere boilerplate; [`find_reuse`] compares
//!   the pairs, tells who was first by [`PublicationDate`](crate::corpus::PublicationDate), and follows
//!   each phrase through its [`ReuseChain`].
//!
//! [`SourceSearch`] ranks the clauses that a text which is none of them may have its words from. One
//! [`Passage`] tells of shared words everywhere, and nothing else in the crate looks for them.

mod align;
mod boilerplate;
mod chain;
mod change;
mod compare;
mod find;
mod grade;
mod passage;
mod passages;
mod shared_wording;
mod similarity_scale;
mod source;
mod synonyms;
mod tokens;

pub(crate) use align::longest;
pub(crate) use boilerplate::Boilerplate;
pub use chain::{ChainMember, ReuseChain};
pub use change::{Change, ChangeKind, kinds_of_changes};
pub use compare::{CompareParams, Comparison, DiffPart, Fate, compare};
pub use find::{ReusePair, ReuseParams, TextReuse, find_reuse};
pub use grade::{Grade, GradedClause, Overlap, TopicSimilarity, Verdict, grade};
pub(crate) use passage::MIN_WORDS;
pub use passage::Passage;
pub use passages::Passages;
pub(crate) use passages::{CommonPassage, Run, common_passages};
pub use shared_wording::{BoilerplatePassage, SharedWording};
pub use similarity_scale::SimilarityScale;
pub use source::{ReuseSource, SourceSearch};
pub(crate) use tokens::TokenLists;
