//! [`Token`]: a term where it occurs.

use std::ops::Range;

/// A term of a text, and the bytes of the original it stands for.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Token {
    /// The term: stemmed, lower case, spelling made one.
    pub term: String,
    /// The bytes of the text, on character boundaries, in order and not overlapping.
    pub range: Range<usize>,
    /// The number of the word in the text once variants are made one, from 0; stop words count, so
    /// that phrases keep their gaps.
    pub position: usize,
    /// How much an occurrence counts in a vector: 1, less for words of the genre, 0 for bare
    /// numbers and single letters.
    pub weight: f32,
}
