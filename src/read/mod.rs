//! Bytes of one format in, [`Document`]s out: one file a format, one door, [`read`].
//!
//! The kind of a file is told by its content first and by the ending of its name second. Whatever
//! the bytes are, the answer is documents or an [`Error`](crate::error::Error), within the
//! [`ReadLimits`].

mod akn;
mod archive;
mod blocks;
mod csv_records;
mod document;
mod docx;
mod door;
pub(crate) mod front_matter;
mod guess;
mod html;
mod html_content;
mod html_guard;
mod kind;
mod limits;
mod markdown;
mod odt;
mod package;
#[cfg(feature = "pdf")]
mod pdf;
mod record;
mod records;
mod table;
pub(crate) mod text;
mod word_numbering;
pub(crate) mod written;
mod xml;

pub use document::{Body, ClauseRecord, Document, Hint, HintKind, Placement, Reading};
pub use door::read;
pub use kind::Kind;
pub use limits::ReadLimits;

pub(crate) use door::{add_guesses, check_size, read_as_told, size_limit};
pub(crate) use kind::is_document_name;
pub(crate) use written::formula::guarded;
pub(crate) use written::tidy::columns;
pub(crate) use written::word::{
    ALONE_HEADER, CITATION_STYLE, NOTE_STYLE, OTHER_PROCESSES, TEXT_STYLE, source_columns,
};
