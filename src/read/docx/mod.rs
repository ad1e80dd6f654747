//! Word documents: paragraphs with the numbers that Word computes, tables in order, footnotes at the end.
//!
//! `read` opens the parts of the package; `styles` and `numbering` parse its styles and lists;
//! `anchors` tells where in the markup words are, for notes beside them;
//! `number_field` parses fields that ask for a number; `words` extracts the words of a paragraph, and `walk` writes the text.

mod anchors;
mod number_field;
mod numbering;
mod read;
mod styles;
mod walk;
mod words;

pub(crate) use anchors::WordAnchors;
pub(crate) use read::read;
