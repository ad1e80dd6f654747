//! Word documents: paragraphs with the numbers that Word computes, tables in order, footnotes apart.
//!
//! `read` opens the parts of the package; `styles` and `numbering` know what its styles and lists say;
//! `words` takes the words out of a paragraph, and `walk` writes the text.

mod numbering;
mod read;
mod styles;
mod walk;
mod words;

pub(crate) use read::read;
