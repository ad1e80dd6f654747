//! From a folder of agreements to the table of what they agree on.
//!
//! States, companies and experts have agreed the same norms again and again, in other words.
//! `consonance` reads their texts, cuts them into clauses with official numbers, finds which clauses
//! of different processes speak of one issue, and makes the **convergence table**: issues down the
//! side, processes across, quoted clauses in the cells, the most widely shared issue first.
//!
//! # A tour
//!
//! What goes in is text in files; what comes out is a [`finding::ConvergenceTable`], a serde value.
//!
//! ```
//! use consonance::corpus::{Corpus, LoadParams};
//! use consonance::table::{ConvergeParams, converge};
//! use consonance::report::to_markdown;
//!
//! # let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
//! // A folder of texts; a `corpus.toml` in it may say who agreed which text when.
//! let corpus = Corpus::load(&[folder.into()], &LoadParams::default())?;
//! let table = converge(&corpus, &ConvergeParams::default())?;
//!
//! let widest = &table.rows[0];
//! assert!(widest.n_processes > 1, "several processes share the first issue");
//! for (column, quotes) in &widest.cells {
//!     for quote in quotes {
//!         assert!(quote.citation.len() > 2 && !quote.text.is_empty(), "{column}");
//!     }
//! }
//! assert!(to_markdown(&table).contains(&widest.issue));
//! # Ok::<(), consonance::Error>(())
//! ```
//!
//! # The words
//!
//! An *agreement* is one text. It belongs to a *process*, which may have several. A *clause* is the
//! smallest numbered or listed provision, cited by its official *label* (`¶13(f)`, `Norm 4`). An
//! *issue* is a row of the table: a group of clauses about one subject. Convergence counts distinct
//! processes, never clauses: a long-winded text cannot converge with itself.
//!
//! # The steps, in the order of the modules
//!
//! 1. [`read`]: bytes of one format to documents. Never panics, bounded memory.
//! 2. [`clause`]: a text to its clauses, without losing a byte, the labels they are cited by, and how
//!    strongly they bind whom.
//! 3. [`corpus`]: all texts, in an order that does not depend on how they were read; the only module
//!    that opens text files. Oddities become [`Diagnostic`](error::Diagnostic)s: nothing is dropped
//!    silently, and one bad file never costs the good ones.
//! 4. [`term`]: words to terms: stems, stop words, one spelling, concepts of a thesaurus, words of the
//!    genre.
//! 5. [`index`]: ad-hoc search by words, phrases, prefixes and fields.
//! 6. [`vector`]: clauses as sparse TF-IDF vectors, and their latent dimensions.
//! 7. [`similarity`]: nearest neighbors, distances, neighbor expansion across processes.
//! 8. [`cluster`]: clauses to issues, by rules behind linfa's traits; which stay together when the
//!    corpus is resampled; issue names.
//! 9. [`finding`]: the convergence table, among given issues and with a corrections of corrections if there
//!    are any; how firm its rows are and why; its agreement with a human coding; how
//!    strongly each clause binds; how a draft stands to all.
//! 10. [`report`]: Markdown, CSV and JSON; the only module that formats.
//!
//! # What can be relied on
//!
//! The same corpus and the same parameters give the same bytes, whatever the order of the files and
//! the number of threads. Quotations are byte ranges of the texts. Scores are in `0..=1`. No module
//! reads the clock, the environment or the network.

pub mod agreement;
pub mod clause;
pub mod cluster;
pub mod corpus;
pub mod deontic;
pub mod error;
pub mod evaluation;
pub mod finding;
mod gallop;
pub mod id;
pub mod index;
pub mod language;
pub mod progress;
pub mod provision;
pub mod read;
pub mod report;
pub mod reuse;
pub mod score;
mod setters;
pub mod similarity;
pub mod table;
pub mod term;
pub mod vector;
mod words;

pub use error::{Error, ErrorKind, Result};

/// The programs of the README, compiled and run as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
