//! A table and all findings on it as one page, which needs only a browser.
//!
//! The page holds all text in its HTML: a matrix of issues by processes whose cells are links to the quoted
//! clauses below it. It can be read, searched and printed without script. The script, whose parts are the
//! files of `script/`, adds sorting, filters, dialogs, comparison and corrections. It takes the text from
//! the page itself, so that no text is stored twice. A content security policy forbids every request, and
//! every script and style except the two of this folder, identified by their SHA-256.

mod anchor;
mod assets;
mod data;
mod draft;
mod features;
mod lists;
mod matrix;
mod page;
mod params;
mod policy;
mod quotes;
mod remarks;
mod scope;
mod top;
mod views;
mod words;

pub use page::to_html;
pub use params::HtmlParams;
