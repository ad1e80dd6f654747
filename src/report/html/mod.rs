//! A table and all findings on it as one page, which needs only a browser.
//!
//! The page holds all text in its HTML: a matrix of issues by processes whose cells are links to the quoted
//! clauses below it. It can be read, searched and printed without script. Themes, further clauses of an
//! agreement in a cell and kinds of clauses that make no rows are `details` elements, which browsers neither
//! lay out nor paint while they are closed. The script, whose parts are the files of `script/`, adds sorting,
//! filters, dialogs, comparison, corrections and questions to the reader. It takes the text from the page itself, so
//! that no text is stored twice. A content security policy forbids every request, and
//! every script and style except the two of this folder, identified by their SHA-256.

mod anchor;
mod assets;
mod cell;
mod clause;
mod data;
mod document_head;
mod doubts;
mod draft;
mod features;
mod kinds;
mod lists;
mod matrix;
mod page;
mod params;
mod parts;
mod policy;
mod quotes;
mod remarks;
mod scope;
mod themes;
mod together;
mod top;
mod views;
mod words;

pub(super) use document_head::{DocumentHead, push_document_head};
pub use page::to_html;
pub use params::HtmlParams;
