//! Findings into bytes: documents, spreadsheets, pages, data, and figures in words. All formatting is here.
//!
//! For programs that write files or show results.
//!
//! Each finding provides a page and records ([`Report`]); each form (Markdown, CSV, a sheet of a
//! workbook) is made of these and knows no finding. A network and the table have more forms of their
//! own; each of those of the table holds every clause: those in rows, and those that stand alone. Quotations are the
//! clause's own words; only characters that are invisible, or that are syntax of the form, are shown
//! differently: see [`visible`].
//!
//! # Examples
//!
//! ```
//! use consonance::corpus::{Corpus, LoadParams};
//! use consonance::finding::forces;
//! use consonance::report::{Report, to_json};
//!
//! # let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
//! let corpus = Corpus::load(&[folder.into()], &LoadParams::default())?;
//! let found = forces(&corpus);
//! let for_readers = found.page(10).to_markdown();
//! assert!(for_readers.starts_with("# Force and addressee"));
//! let for_spreadsheets = found.records().to_csv();
//! assert_eq!(for_spreadsheets.lines().next().unwrap().split(',').next(), Some("id"));
//! let for_programs = to_json(&found);
//! # Ok::<(), consonance::Error>(())
//! ```

#[cfg(feature = "office")]
mod comments;
mod file;
mod finding;
mod form;
#[cfg(feature = "page")]
mod html;
#[cfg(feature = "office")]
mod redline;
#[cfg(feature = "page")]
mod side_by_side;
pub mod svg;
mod table;

#[cfg(feature = "office")]
pub use self::comments::to_commented;
pub use self::file::save;
pub use self::finding::Report;
pub use self::form::{Block, Inline, Page, Records, to_json};
pub use self::form::{counted, one_line, visible};
#[cfg(feature = "page")]
pub use self::html::{HtmlParams, to_html};
#[cfg(feature = "office")]
pub use self::redline::{RedlineParams, to_redline};
#[cfg(feature = "page")]
pub use self::side_by_side::to_side_by_side;
#[cfg(feature = "xlsx")]
pub use self::table::to_xlsx;
pub use self::table::{Quotation, made_with};
pub use self::table::{from_json, to_csv, to_markdown, to_tidy_csv};
#[cfg(feature = "office")]
pub use self::table::{page_to_docx, to_docx, to_form, to_qdc};
pub use self::table::{to_bibtex, to_csl};
