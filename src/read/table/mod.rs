//! Hand-made comparison tables: rows are issues, columns are sources, cells quote clauses.
//!
//! A table is read in four steps. `tabs`, `markdown`, `page`, `office` and `sheet` find the rows of
//! one layout each (lines with tabs, Markdown, web pages, word processors, spreadsheets); `pipes`
//! recognizes Markdown. `rows`
//! joins rows that pages broke; `evidence` finds tables whose header is no word for issues. `entry` divides a cell into entries (who is quoted, under which
//! number, in which words), with the numbers parsed by `reference` and the names normalized by
//! `source`. `collect` makes one agreement of each source and one clause of each provision, and
//! keeps the table's own coding.

mod collect;
mod entry;
mod evidence;
#[cfg(feature = "markdown")]
mod markdown;
#[cfg(feature = "office")]
mod office;
#[cfg(feature = "html")]
mod page;
mod parsed;
mod pipes;
mod quotation;
mod read;
mod reference;
mod rows;
#[cfg(feature = "xlsx")]
mod sheet;
mod source;
mod tabs;

pub(crate) use collect::id_of;
pub(crate) use entry::find_reference;
#[cfg(feature = "markdown")]
pub(crate) use markdown::{cells_of_row, read_markdown};
#[cfg(feature = "office")]
pub(crate) use office::{OPEN_DOCUMENT, WORD, parts_of, read_document, rows_of};
#[cfg(feature = "html")]
pub(crate) use page::read_page;
pub(crate) use pipes::has_header as has_header_of_pipes;
pub(crate) use read::{is_header_of_matrix, quotes_clauses_in, read, read_matrix};
pub(crate) use rows::heads_issues;
#[cfg(feature = "xlsx")]
pub(crate) use sheet::read_sheets;
#[cfg(feature = "markdown")]
pub(crate) use tabs::plain;
pub(crate) use tabs::{has_header as has_header_of_tabs, quotes_clauses as quotes_clauses_in_tabs};
