//! Ad-hoc search: [`ClauseIndex`] finds clauses by words, phrases and metadata.
//!
//! For programs that search. The table needs no index.
//!
//! # Query language
//!
//! | query | finds clauses with |
//! |---|---|
//! | `critical infrastructure` | either word; both count more, rare words count most |
//! | `"critical infrastructure"` | this phrase |
//! | `"protect infrastructure"~2` | the words in this order, with up to two others between them |
//! | `cyber*`, `inter*al`, `state?` | words as written, not stemmed: `*` any letters, `?` one letter |
//! | `sovereignity~1` | this word within one edit (or `~2`): a letter added, removed, replaced or swapped |
//! | `/coop.*\|collab.*/` | words that are this regular expression as a whole |
//! | `cyber AND attack`, `cyber OR attack`, `attack NOT armed` | both, either, the first without the second |
//! | `+cyber attack -armed` | `cyber` required, `attack` optional, `armed` prohibited |
//! | `(cyber OR digital) AND peace` | parentheses group |
//! | `process:GGE`, `agreement:gge2015`, `heading:cooperation` | these words in the name |
//! | `label:13(f)` | this official number and those below it: `13(f)(i)` |
//! | `year:2015`, `year:2010..2018`, `year:2015..` | a year or a range, both ends included |
//! | `language:en`, `key:gge2015/13(f)` | exactly this |
//! | `kind:norm`, `kind:preamble` | what kind of clause it is: [`ClauseKind`](crate::clause::ClauseKind) |
//! | `force:obligation`, `addressee:companies` | how the clause binds, and whom |
//! | `actor:states`, `region:africa`, `status:convention` | the kind of actor, the region, the legal status |
//!
//! `NOT` binds closer than `AND`, and `AND` closer than `OR` or mere juxtaposition. The three words are
//! operators in capitals only. Names are compared without case, accents and punctuation, in whole
//! words; quote a name of several words: `process:"UN GGE"`.
//!
//! A field query filters the hits and adds nothing to the score. Different fields must all match, but
//! several values of one field are alternatives (`process:GGE process:OSCE`); joined by `OR` a field
//! query is an alternative like any other part.
//!
//! Words are analyzed as the clauses were, in every language of the corpus, and match if any of these
//! analyses does. Stop words are left out with a note, though a phrase keeps their positions. A word
//! that is analyzed as several, such as a compound with a hyphen, is a phrase.
//!
//! Patterns are compared with each word without case and accents; an apostrophe separates words.
//! Regular expressions have the syntax of the `regex` crate.
//!
//! A query has at most 4 KiB, 64 levels and 1,024 parts. An error gives the column, in characters from
//! 1, and what was expected there.
//!
//! # Entry points
//!
//! - [`ClauseIndex::search`]: the hits, by score, year or citation, with highlights; counts of all hits
//!   by process, year, language, force and more ([`FacetField`]).
//! - [`ClauseIndex::concordance`]: every match with its context.
//! - [`ClauseIndex::keyness`] and [`ClauseIndex::collocations`]: the words by which the hits differ from
//!   all other clauses, and the words that occur near the matches.
//! - [`ClauseIndex::more_like`]: clauses similar to a clause or a text, with the words they share.
//! - [`IndexFolder`]: an index on disk, to which agreements are added, replaced or removed one by one.
//!
//! # Guarantees
//!
//! The same corpus and the same query give the same hits, scores and order, whatever the number of
//! threads and however the index was written: scores are computed in clause order from exact
//! counts, and ties are in corpus order.
//!
//! # Scores
//!
//! A hit's score is its BM25: 0 or more, without an upper bound.
//! The sum over the query's words, phrases and prefixes that occur in the clause of
//!
//! ```text
//! ln(1 + (n - df + 0.5) / (df + 0.5)) * tf * (k1 + 1) / (tf + k1 * (1 - b + b * length / mean))
//! ```
//!
//! where `n` is the number of clauses, `df` the number of clauses with the word, `tf` its number of
//! occurrences in this clause, `length` the clause's number of terms, `mean` the mean length of all
//! clauses, `k1 = 1.2` and `b = 0.75`. A phrase or a prefix counts as one word that occurs at each
//! match. Field queries and negations add nothing.
//!
//! Scores of different queries are not comparable. Source: Robertson and Zaragoza, "The Probabilistic
//! Relevance Framework: BM25 and Beyond" (2009), with the logarithm kept above 0.
//!
//! # Examples
//!
//! ```
//! use consonance::corpus::{Corpus, LoadParams};
//! use consonance::index::{ClauseIndex, IndexParams, SearchParams};
//! use consonance::term::Analyzer;
//!
//! let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
//! let index = ClauseIndex::build(&corpus, &Analyzer::default(), &IndexParams::default())?;
//! // Only which clauses match, in order: quicker than hits with their texts.
//! let ranked = index.rank("supply chain", &SearchParams::default())?;
//! let cited: Vec<String> = ranked.iter().map(|(id, _)| corpus.citation(*id)).collect();
//! assert_eq!(cited[..2], ["Paris Call 2018 Principle 6", "GGE 2015 ¶13(i)"]);
//! # Ok::<(), consonance::Error>(())
//! ```

mod answer;
mod cited;
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

pub use answer::{Hit, HitOrder, SearchParams, SearchResult, SharedWord};
pub use concordance::{Concordance, ConcordanceLine, ConcordanceParams, LineOrder};
pub use facet::{Facet, FacetCount};
pub use keyness::{Collocate, Collocations, KeyWord, Keyness, KeynessParams};
pub use like::LikeExample;
pub use search::ClauseIndex;
pub use store::build::IndexParams;
pub use store::field::FacetField;
pub use store::update::{IndexChanges, IndexFolder};
