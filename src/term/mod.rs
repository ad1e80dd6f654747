//! Words into terms.
//!
//! For programs that search, which need an [`Analyzer`], and for whoever sets a [`Thesaurus`].
//!
//! [`Analyzer`] splits a text into words (Unicode Standard Annex 29), normalizes their spelling, drops
//! stop words, applies a [`Thesaurus`] of variants, stems, and marks words that occur in every
//! agreement. [`TokenizedCorpus`] is the whole corpus, analyzed once, in parallel.

mod analyzer;
mod concept;
mod genre;
mod greek;
mod normal;
mod params;
mod phrase;
mod rules;
mod session;
mod spelling;
mod stem;
mod stop;
mod thesaurus;
mod token;
mod tokenized;
mod vocabulary;
mod written_text;

pub use analyzer::Analyzer;
pub(crate) use concept::{ConceptId, Concepts};
pub use params::AnalyzerParams;
pub(crate) use session::{Session, SessionWord};
pub(crate) use stem::stem;
pub use thesaurus::Thesaurus;
pub use token::Token;
pub use tokenized::TokenizedCorpus;
pub(crate) use vocabulary::{Vocabulary, WeightedTerm};
pub(crate) use written_text::WrittenText;
