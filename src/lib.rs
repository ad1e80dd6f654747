//! From a folder of agreements to the table of what they agree on.
//!
//! States, companies and experts have agreed on the same norms again and again, in different words.
//! `consonance` reads their texts, divides them into clauses with official numbers, finds which
//! clauses of different processes are about one issue, and makes the **convergence table**: issues
//! down the side, processes across, quoted clauses in the cells, the most widely shared issue
//! first.
//!
//! # What goes in, what comes out
//!
//! In goes a folder of texts in any common format; a `corpus.toml` in it may say who agreed which text
//! when. Out comes a [`table::ConvergenceTable`], a serde value that [`report`] writes as Markdown, CSV,
//! JSON, Word, a workbook or a web page.
//!
//! ```
//! use consonance::corpus::{Corpus, LoadParams};
//! use consonance::report::to_markdown;
//! use consonance::table::{ConvergeParams, converge};
//!
//! let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
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
//! # Where to begin
//!
//! - The [tutorial](guide::tutorial): from a folder to a corrected table, in ten steps.
//! - The [cookbook](guide::cookbook): search, text reuse, drafts, gaps, scores, doubts: eleven tasks.
//! - The program `consonance` (feature `cli`) does all of it without a line of Rust: `consonance help`.
//! - Programs to read, each a page long and one job of a researcher; `cargo run --release --example NAME`
//!   runs it:
//!
//! | in `examples/` | what it does |
//! |---|---|
//! | [`converge`](guide::programs::converge) | the main job, from a folder to the rows of the table |
//! | [`search`](guide::programs::search) | ad-hoc search: a query or a prompt, hits with highlights, counts by field |
//! | [`cut_a_text`](guide::programs::cut_a_text) | a text in clauses with their official numbers |
//! | [`similar_clauses`](guide::programs::similar_clauses) | the clauses most like one, and the words that make them so |
//! | [`given_issues`](guide::programs::given_issues) | clauses under issues that are given |
//! | [`corrections`](guide::programs::corrections) | a table corrected once, and replayed |
//! | [`shared_wording`](guide::programs::shared_wording) | whose words are in whose text |
//! | [`check_a_draft`](guide::programs::check_a_draft) | a draft beside its precedents |
//! | [`make_a_page`](guide::programs::make_a_page) | one HTML page with everything on it |
//! | [`score_a_coding`](guide::programs::score_a_coding) | the table against a person's coding |
//!
//! # The words
//!
//! An *agreement* is one text. It belongs to a *process*, which may have several. A *clause* is the
//! smallest numbered or listed provision, cited by its official *label* (`¶13(f)`, `Norm 4`). An
//! *issue* is a row of the table: a group of clauses about one subject. Convergence counts distinct
//! processes, never clauses, so a text that repeats itself does not converge with itself.
//!
//! # Features
//!
//! | feature | what it brings |
//! |---|---|
//! | none | plain text, JSON lines, CSV and tables with tabs are read; clauses, vectors, clusters, the table, findings; Markdown, CSV, JSON and SVG are written |
//! | `formats` | `encodings`, `html`, `markdown`, `office`, `page`, `xlsx` |
//! | `encodings` | texts that are not UTF-8 |
//! | `html`, `markdown` | web pages and Markdown are read |
//! | `office` | Word, `OpenDocument`, official XML and ZIP archives are read; [`report::to_docx`] |
//! | `xlsx` | workbooks are read; [`report::to_xlsx`]; brings `office` |
//! | `page` | [`report::to_html`] |
//! | `search` | [`index`] |
//! | `pdf` | PDF documents are read |
//! | `cli` | the program `consonance`; brings `formats` and `search` |
//! | `full` | all of these |
//! | `vectors` | [`vector::SentenceModel`] reads a model of sentence vectors; not in `full` |
//!
//! `formats` and `search` are on by default. A file whose format is off is refused with the name of the
//! feature to turn on.
//!
//! # The modules, in reading order
//!
//! Most programs need [`corpus`], [`table`] and [`report`]; those that search need [`index`] and [`term`];
//! the other findings are in [`finding`], [`reuse`] and [`evaluation`]. The rest is for whoever takes the
//! parts for something else. A text passes them in this order:
//!
//! 1. [`read`]: bytes of one format to documents. Never panics, bounded memory.
//! 2. [`provision`]: the words and numbers that provisions are cited by: kinds, numerals, labels,
//!    references.
//! 3. [`deontic`]: how strongly words bind, and whom.
//! 4. [`clause`]: a text to its clauses and their labels, without losing a byte.
//! 5. [`corpus`]: all texts, in an order that does not depend on how they were read; the only
//!    module that opens text files. Oddities become [`Diagnostic`](error::Diagnostic)s: nothing is
//!    dropped silently, and one bad file does not prevent the others from being read.
//! 6. [`term`]: words to terms: stems, stop words, spelling variants, concepts of a thesaurus.
//! 7. [`index`]: ad-hoc search by words, phrases, prefixes and fields.
//! 8. [`vector`]: clauses as sparse TF-IDF vectors, and their latent dimensions.
//! 9. [`similarity`]: nearest neighbors, distances, neighbor smoothing across processes.
//! 10. [`reuse`]: wording that agreements share, how it was changed, and which of it is
//!     boilerplate.
//! 11. [`cluster`]: clauses to clusters, by rules of this crate and of linfa; which clusters
//!     survive resampling; their names.
//! 12. [`table`]: the convergence table, with the issues of a codebook and a person's corrections
//!     if they are given; the stability of its rows.
//! 13. [`finding`]: what follows from corpus and table: gaps, keyness, the timeline, citations,
//!     force, the comparison of a draft with all agreements.
//! 14. [`evaluation`]: agreement with a human coding.
//! 15. [`report`]: Markdown, CSV, JSON, HTML, DOCX and XLSX; the only module that formats.
//!
//! Every step uses [`agreement`] (a text and its metadata), [`id`], [`score`], [`language`], [`progress`] and
//! [`error`].
//!
//! # What can be relied on
//!
//! The same corpus and the same parameters give the same bytes, whatever the order of the files and
//! the number of threads. Quotations are byte ranges of the texts. Scores are in `0..=1`. No module
//! reads the clock, the environment or the network.
//!
//! # Limits
//!
//! - Nothing is translated: clauses meet clauses of the same language. Two clauses that share no word, and
//!   whose neighbors share none, are not found to be similar.
//! - Force is read in English, French and Spanish; in other languages it is `unknown`.
//! - Scanned pages are refused: a PDF needs a text layer.
//! - A corpus holds up to 5 million clauses and a text 64 MiB; each module states further limits.
//! - A row is a proposal, ordered by the number of processes and not by importance: read its clauses.

#![cfg_attr(
    not(feature = "default"),
    allow(
        dead_code,
        unused_imports,
        reason = "formats and search share what nothing else uses"
    )
)]

pub mod agreement;
pub mod clause;
pub mod cluster;
pub mod corpus;
pub mod deontic;
mod digest;
pub mod error;
pub mod evaluation;
pub mod finding;
mod gallop;
pub mod guide;
pub mod id;
#[cfg(feature = "search")]
pub mod index;
pub mod language;
mod matching;
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
/// The traits that [`vector::SparseMatrix`] and [`cluster::Clustering`] implement.
///
/// Another minor version of linfa (it is before 1.0) has other traits with the same names: calls of
/// `Predict` and models fitted on a `SparseMatrix` then no longer compile. So it comes only with a new
/// breaking version of this crate. Traits named through this re-export always fit.
pub use linfa;
/// The arrays of [`vector::SparseMatrix::from_dense`], [`vector::SparseMatrix::to_dense`] and what
/// [`cluster::Clustering`] predicts.
///
/// Another minor version of ndarray (it is before 1.0) has other array types: calls that pass or take
/// arrays then no longer compile. It comes with the linfa that uses it, and with a new breaking version of
/// this crate. Arrays named through this re-export always fit.
pub use ndarray;

/// The programs of the README, compiled and run as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
