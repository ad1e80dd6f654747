//! Words into terms.
//!
//! [`Analyzer`] cuts a text into words (Unicode Standard Annex 29), makes their spelling one, drops
//! stop words, applies a [`Thesaurus`] of variants, stems, and marks words of the [`Genre`] that
//! every agreement uses. [`TermLists`] is the whole corpus, analyzed once, in parallel.

mod analyzer;
mod concept;
mod genre;
mod lists;
mod normal;
mod phrase;
mod stem;
mod stop;
mod thesaurus;

pub(crate) use analyzer::Session;
pub use analyzer::{Analyzer, AnalyzerParams, Token, WordForm};
pub use concept::Concepts;
pub use genre::Genre;
pub use lists::{TermLists, Vocabulary, WeightedTerm};
pub(crate) use stem::stem;
pub use thesaurus::Thesaurus;
