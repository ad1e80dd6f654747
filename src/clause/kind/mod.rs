//! [`ClauseKind`]: what a clause is for: to bind, to recall, to define, to bring into force, to explain.
//!
//! [`Kinds::of`] reads the segments of a document in order: their place, their headings, their lead-ins and
//! their words. [`ClauseRecord::classify`](crate::read::ClauseRecord::classify) reads a
//! record: its words alone.
//!
//! The parts of a treaty and their order follow Aust (*Modern Treaty Law and Practice*, 2013, chapters 5
//! and 23: preamble, operative provisions, final clauses, testimonium); the verbs that open the preambular
//! and operative paragraphs of resolutions follow the United Nations Editorial Manual. The rules are our own.

mod citation;
mod class;
mod document;
mod form;
mod heading;
mod lexicon;
mod reader;
mod reason;
mod record;
mod signs;
mod speech;
mod zone;

pub use class::ClauseKind;
pub use document::Kinds;
pub use reason::{Classified, KindReason};
pub(crate) use record::RecordKind;
