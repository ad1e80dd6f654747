//! [`Token`]: an occurrence of a term.

use std::ops::Range;

/// A term of a text, and its bytes in the original.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Token {
    /// The term: normalized, lower case, stemmed.
    pub term: String,
    /// The bytes of the text, on character boundaries, in order and not overlapping.
    pub range: Range<usize>,
    /// The number of the word in the text after variants are replaced, from 0; stop words count, so that
    /// phrases keep their gaps.
    pub position: usize,
    /// The weight of the occurrence in a vector: 1; less for boilerplate words; 0 for bare numbers and
    /// single letters.
    pub weight: f32,
}
