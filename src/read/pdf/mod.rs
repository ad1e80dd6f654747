//! PDF documents with a text layer, behind the feature `pdf`.
//!
//! A page is read in these steps: `glyphs` follows its drawing instructions and notes each character
//! (`glyph`) with its place (`state`), `letters` knows what the codes of its fonts stand for; `order` parts it into
//! columns of pieces (`piece`), `lines` puts characters together to lines of words, `direction` turns lines from right to
//! left around. Of all pages together, `furniture` takes heads, feet and footnotes off, `paragraphs`
//! puts the lines together, `hyphen` mends broken words, `digits` mistaken numbers, and `pages` makes the running text. Before,
//! `guard` looks whether the file would inflate to more than is allowed (`measure`) or nests its objects
//! too deep (`nesting`); meanwhile, `budget` counts the work.

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
