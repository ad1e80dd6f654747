//! Bytes of one format in, [`Document`]s out: one file or folder for each format, and [`read`],
//! which knows them all. Formats do not use each other, except that tables use the markup they
//! occur in.
//!
//! For programs whose texts are not in files; the others load a [`Corpus`](crate::corpus::Corpus).
//!
//! The kind of a file is decided by its content first and by its name second. For any bytes, the
//! result is documents or an [`Error`](crate::error::Error), within the [`ReadLimits`]. No reader
//! is known to panic; if one does, [`read`] returns an error for that file. This is only a backstop
//! and needs a program that unwinds.
//!
//! Plain text, JSON lines, CSV and tables with tabs are always read. Each other format is a feature of the
//! crate; a file whose format is off is refused with the name of the feature.

#[cfg(feature = "office")]
mod akn;
mod amendment_marks;
mod answers;
#[cfg(feature = "office")]
mod archive;
#[cfg(any(feature = "html", feature = "office"))]
mod bilingual;
mod blocks;
mod csv_records;
mod detect;
mod dispatch;
mod document;
#[cfg(feature = "office")]
mod docx;
mod encoding;
mod file_text;
#[cfg(feature = "markdown")]
mod front_matter;
mod guess;
mod headings;
#[cfg(feature = "html")]
mod html;
mod input;
mod kind;
mod limits;
#[cfg(feature = "markdown")]
mod markdown;
#[cfg(feature = "markdown")]
mod markdown_html;
#[cfg(feature = "office")]
mod odt;
mod off;
#[cfg(feature = "office")]
mod package;
#[cfg(feature = "office")]
mod packed;
#[cfg(feature = "pdf")]
mod pdf;
mod plain_text;
mod record;
mod records;
pub(crate) mod setting;
mod table;
pub(crate) mod text;
#[cfg(feature = "office")]
mod treaty;
#[cfg(feature = "encodings")]
mod utf32;
#[cfg(feature = "xlsx")]
mod workbook;
pub(crate) mod written;
#[cfg(feature = "xlsx")]
mod xlsx;
#[cfg(feature = "office")]
pub(crate) mod xml;

pub(crate) use answers::NO_ROW;
pub use answers::{FilledAnswer, read_answers};
pub use document::{Body, ClauseRecord, Document, Hint, HintKind, Parsed, Placement};

pub use dispatch::read;
pub use file_text::add_to_file_text;
pub use kind::format_of;
pub use limits::ReadLimits;

#[cfg(feature = "office")]
pub(crate) use answers::ANSWER_HEADER;
pub(crate) use dispatch::{add_guesses, check_size, read_as_told, size_limit};
#[cfg(feature = "office")]
pub(crate) use docx::WordAnchors;
pub(crate) use file_text::start_after;
pub(crate) use kind::is_document_name;
#[cfg(feature = "office")]
pub(crate) use package::Package;
pub(crate) use written::formula::guarded;
pub(crate) use written::tidy::columns;
pub(crate) use written::wide::{CHECKED, STRENGTH};
#[cfg(feature = "office")]
pub(crate) use written::word::{
    ALONE_HEADER, CITATION_STYLE, FURTHER_HEADER, NOTE_STYLE, OTHER_PROCESSES, TEXT_STYLE,
    source_columns,
};
