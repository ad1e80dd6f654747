//! Text reuse: which clauses share wording, and which came first.
//!
//! For whoever asks whose words are in whose text, or what changed between two wordings.
//!
//! Three questions, from small to large:
//!
//! * How do two texts differ, word by word? [`compare`] finds the passages they share, exact ones and
//!   ones with small changes, and names each change: a negation, a number, a modal verb ...
//! * How similar is the content of two clauses? A [`Grade`] tells same wording, same norm, same subject
//!   and opposed apart, from the comparison, the similarity of the two ([`SimilarityScale`]) and their
//!   force.
//! * Where does a corpus reuse text? [`Passages`] are all passages that clauses of different
//!   agreements share, [`SharedWording`] marks those that are boilerplate. [`find_reuse`] compares the
//!   pairs, finds the earlier one by its [`PublicationDate`](crate::corpus::PublicationDate), and
//!   follows each phrase through its [`ReuseChain`].
//!
//! [`SourceSearch`] ranks the clauses of a corpus as possible sources of a text from outside. Nothing
//! else in the crate searches for shared words, and each result is a [`Passage`].
//!
//! # Examples
//!
//! ```
//! use consonance::corpus::{Corpus, LoadParams};
//! use consonance::reuse::Passages;
//!
//! let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
//! let passages = Passages::of(&corpus, 6);
//! let ([a, b], passage) = passages.iter().next().unwrap();
//! assert_eq!(corpus.citation(a), "EP Resolution 2018 cl. 48");
//! assert_eq!(corpus.text(a)[passage.a], corpus.text(b)[passage.b]);
//! # Ok::<(), consonance::Error>(())
//! ```

mod align;
mod boilerplate;
mod chain;
mod change;
mod common;
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

pub(crate) use align::{MatchingBlock, TextWords, longest};
pub(crate) use boilerplate::Boilerplate;
pub use chain::{ChainMember, ReuseChain};
pub(crate) use change::{Change, ChangeKind};
pub(crate) use common::{CommonPassage, common_passages};
pub use compare::{Comparison, compare};
pub(crate) use compare::{Fate, kept_blocks};
pub use find::{ReusePair, ReuseParams, TextReuse, find_reuse};
pub use grade::{Grade, Overlap};
pub(crate) use passage::MIN_WORDS;
pub use passage::Passage;
pub use passages::Passages;
pub(crate) use passages::{Run, runs_from_first};
pub use shared_wording::{BoilerplatePassage, SharedWording};
pub use similarity_scale::SimilarityScale;
pub use source::SourceSearch;
pub(crate) use tokens::{TokenLists, WordLists};
