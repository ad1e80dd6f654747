//! Bytes of one format in, [`Document`]s out: one file or folder for each format, and [`read`],
//! which knows them all. Formats do not use each other, except that tables use the markup they
//! occur in.
//!
//! The kind of a file is decided by its content first and by its name second. For any bytes, the
//! result is documents or an [`Error`](crate::error::Error), within the [`ReadLimits`]. No reader
//! is known to panic; if one does, [`read`] returns an error for that file. This is only a backstop
//! and needs a program that unwinds.

mod akn;
mod archive;
mod blocks;
mod csv_records;
mod detect;
mod dispatch;
mod document;
mod docx;
pub(crate) mod front_matter;
mod guess;
mod html;
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
mod workbook;
pub(crate) mod written;
mod xlsx;
mod xml;

pub use document::{Body, ClauseRecord, Document, Hint, HintKind, Parsed, Placement};

pub use dispatch::read;
pub use kind::format_of;
pub use limits::ReadLimits;

pub(crate) use dispatch::{add_guesses, check_size, read_as_told, size_limit};
pub(crate) use kind::is_document_name;
pub(crate) use written::formula::guarded;
pub(crate) use written::tidy::columns;
pub(crate) use written::word::{
    ALONE_HEADER, CITATION_STYLE, NOTE_STYLE, OTHER_PROCESSES, TEXT_STYLE, source_columns,
};
