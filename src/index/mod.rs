//! Ad-hoc search: [`ClauseIndex`] finds clauses by words, phrases and what is known of them.
//!
//! # How to ask
//!
//! | query | finds clauses with |
//! |---|---|
//! | `critical infrastructure` | either word; both count more, rare words count most |
//! | `"critical infrastructure"` | the words in a row |
//! | `"protect infrastructure"~2` | the words in this order, with up to two others between them |
//! | `cyber*`, `inter*al`, `state?` | words as written, not by stem: `*` any letters, `?` one |
//! | `sovereignity~1` | this word but for one edit (or `~2`): a letter more, less, other, or two swapped |
//! | `/coop.*\|collab.*/` | words that are this regular expression as a whole |
//! | `cyber AND attack`, `cyber OR attack`, `attack NOT armed` | both, either, the first alone |
//! | `+cyber attack -armed` | `cyber` for certain, `attack` if possible, `armed` never |
//! | `(cyber OR digital) AND peace` | parentheses group |
//! | `process:GGE`, `agreement:gge2015`, `heading:cooperation` | these words in the name |
//! | `label:13(f)` | this official number, also further down: `13(f)(i)` |
//! | `year:2015`, `year:2010..2018`, `year:2015..` | a year or a range, both ends among them |
//! | `language:en`, `key:gge2015/13(f)` | exactly this |
//! | `force:obligation`, `addressee:companies` | how the clause binds, and whom |
//! | `actor:states`, `region:africa`, `status:convention` | who speaks, for where, and its status |
//!
//! `NOT` binds closer than `AND`, and `AND` closer than standing side by side or `OR`. The three
//! words count as operators in capitals only. Names are compared without case, accents and
//! punctuation, whole word by whole word; quote a name of several words: `process:"UN GGE"`.
//!
//! A field query narrows what is found and adds nothing to the score. Fields side by side must all
//! match, but several values of one field are alternatives (`process:GGE process:OSCE`); joined by
//! `OR` a field query is an alternative like any other part.
//!
//! Words are analyzed as the clauses were, in every language of the corpus, and found where any of
//! them fits. Stop words are left out with a note, though a phrase keeps their places. What is
//! written as one word but analyzed as several, such as a compound with a hyphen, is a phrase.
//!
//! Patterns are held against each word without case and accents; an apostrophe parts words. Regular
//! expressions have the syntax of the `regex` crate.
//!
//! A query has at most 4 KiB, 64 levels and 1,024 parts. An error names the column, in characters
//! from 1, and says what was expected there.
//!
//! # What to ask for
//!
//! - [`ClauseIndex::search`]: the hits, by score, year or citation, their words marked; counts of all
//!   of them by process, year, language, force and more ([`FacetField`]).
//! - [`ClauseIndex::concordance`]: every place where the query matched, with its context.
//! - [`ClauseIndex::keyness`] and [`ClauseIndex::collocations`]: the words by which the clauses found
//!   differ from all others, and those that stand near what was found.
//! - [`ClauseIndex::more_like`]: clauses like a clause or a text, with the words that say so.
//! - [`IndexFolder`]: an index on disk, of which one agreement is added, replaced or taken out.
//!
//! # What to rely on
//!
//! The same corpus and the same query give the same hits, scores and order, whatever the number of
//! threads and however the index was written: scores are computed in clause order from exact
//! counts ([`Bm25`] gives the formula), and equal scores stand in corpus order.

mod answer;
mod complete;
mod concordance;
mod count;
mod facet;
mod keyness;
mod like;
mod query;
mod retrieve;
mod search;
mod store;

pub use answer::{Hit, HitOrder, SearchParams, SearchResult};
pub use complete::Completion;
pub use concordance::{Concordance, ConcordanceLine, ConcordanceParams, LineOrder};
pub use facet::{Facet, FacetCount, FacetField};
pub use keyness::{Collocate, Collocations, KeyWord, Keyness, KeynessParams, WordOrder};
pub use like::{LikeExample, LikeHit, LikeParams, LikeResult, SharedWord};
pub use retrieve::bm25::Bm25;
pub use search::ClauseIndex;
pub use store::build::IndexParams;
pub use store::update::{IndexChanges, IndexFolder};
