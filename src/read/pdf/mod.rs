//! PDF documents with a text layer, with the feature `pdf`.
//!
//! `guard` first checks whether the file would inflate to more than is allowed (`measure`) or nests
//! its objects too deeply (`nesting`); `budget` counts the work throughout. For each page, `glyphs`
//! follows the drawing instructions and records each character (`glyph`) with its position
//! (`state`), `letters` decodes the codes of the fonts; `order` divides the page into columns of
//! pieces (`piece`), `lines` joins characters to lines of words, and `direction` reverses lines
//! from right to left. For all pages together, `furniture` removes headers, footers and footnotes,
//! `paragraphs` joins the lines, `hyphen` repairs broken words, `digits` corrects numbers, and
//! `pages` makes the running text.

mod budget;
mod digits;
mod direction;
mod furniture;
mod glyph;
mod glyphs;
mod guard;
mod hyphen;
mod letters;
mod lines;
mod measure;
mod nesting;
mod order;
mod pages;
mod paragraphs;
mod piece;
mod read;
mod state;

pub(crate) use read::read;
