//! Web pages: the words of the main content, and what the elements say about their structure.
//!
//! `guard` checks the source before it is parsed, `content` finds the content of the page, and
//! `walk` writes it, with the numbers of `list` and without the footnote marks that `note`
//! recognizes; `read` combines these steps.

mod content;
mod guard;
mod language_table;
mod list;
mod note;
mod read;
mod walk;

pub(crate) use content::{NodeRef, cells_of, rows_of};
pub(crate) use read::read;
