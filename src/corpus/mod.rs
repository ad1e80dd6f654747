//! [`Corpus`]: all agreements, processes and clauses, owned, in a fixed order, immutable.
//!
//! Every program begins here.
//!
//! `load` opens files and passes them to the [`read`](crate::read) module; `listing` decides which
//! files of a folder are read, `manifest` parses its `corpus.toml`. `builder` combines the documents of an agreement, `draft` and
//! `segmentation` divide them into clauses, and `assemble` gives ids to all. `lookup` finds the
//! clause that a person cites, `cite` names a clause as reports do, `original` says where its words are in a file, `date` says which of two texts
//! was published first.
//!
//! # Examples
//!
//! ```
//! use std::path::Path;
//! use consonance::corpus::{Corpus, CorpusBuilder, hash_file, read_file};
//!
//! // Some files instead of a folder; which files of a folder are read is told by their names.
//! let mut builder = CorpusBuilder::new();
//! builder.add_paths(&["corpus/gge2015.md".into(), "corpus/paris2018.md".into()])?;
//! assert_eq!(builder.build()?.agreements().len(), 2);
//! assert!(Corpus::opens("treaty.txt") && !Corpus::opens(".hidden.md"));
//!
//! // The hash of a file, as others can make it.
//! let hashed = hash_file(Path::new("corpus/issues.toml"))?;
//! assert_eq!(hashed.sha256.len(), 64);
//!
//! // A file that is no agreement.
//! let issues = read_file(Path::new("corpus/issues.toml"))?;
//! assert!(issues.contains("[[issue]]"));
//! # Ok::<(), consonance::Error>(())
//! ```

mod assemble;
mod builder;
mod cite;
mod clause;
mod collection;
mod copies;
mod date;
mod draft;
mod in_memory;
mod listing;
mod load;
mod lookup;
mod manifest;
mod original;
mod params;
mod segmentation;

pub use builder::CorpusBuilder;
pub use cite::{ClauseRef, DatedClause, Quoted};
pub use clause::Clause;
pub use collection::{Corpus, Process};
pub use date::{Direction, PublicationDate};
pub use load::{hash_file, read_file};
pub use lookup::find_clause;
pub use original::{Original, SourceFile};
pub use params::LoadParams;
