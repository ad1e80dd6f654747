//! [`WrittenText`]: the words of a text as they are written, for the index.

use std::ops::Range;

/// The words of a text as they are written, before variants are replaced; a buffer for many texts.
#[derive(Debug, Default)]
pub(crate) struct WrittenText {
    /// All words, in order.
    pub(crate) words: Vec<TextWord>,
    /// The entries of the words that replaced others.
    pub(crate) added: Vec<u32>,
}

/// A word of a text as it is written.
#[derive(Debug)]
pub(crate) struct TextWord {
    pub(crate) entry: u32,
    /// Whether it is what is written: no joined word, and no part of a divided one.
    pub(crate) is_whole: bool,
    /// The bytes of the standard words that it is made of, or that it is a part of.
    pub(crate) written: Range<usize>,
}

impl WrittenText {
    /// Removes all words and keeps the memory.
    pub(super) fn clear(&mut self) {
        self.words.clear();
        self.added.clear();
    }
}
