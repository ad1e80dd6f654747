//! [`Passage`]: the same words in two texts.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// The default shortest passage that counts as reused, in words. Shorter ones also occur between
/// unrelated texts.
pub(crate) const MIN_WORDS: usize = 6;

/// Words that two texts share.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Passage {
    /// The bytes in the first text.
    pub a: Range<usize>,
    /// The bytes in the second text.
    pub b: Range<usize>,
    /// The bytes in the first agreement's text, for text reuse in a corpus; several ranges if page
    /// furniture interrupts it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub in_agreement_a: Vec<Range<usize>>,
    /// The same for the second agreement.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub in_agreement_b: Vec<Range<usize>>,
    /// The words as the first text has them; empty if the reader has the texts.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// The number of equal words, or of equal terms if terms were compared.
    pub n_words: usize,
    /// Whether the words are boilerplate; `None` if that was not tested.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_formula: Option<bool>,
}

impl Passage {
    pub(crate) fn new(a: Range<usize>, b: Range<usize>, n_words: usize) -> Self {
        Self {
            a,
            b,
            n_words,
            ..Self::default()
        }
    }

    /// The same passage with its words from the first text.
    pub(crate) fn with_words(mut self, text: &str) -> Self {
        text[self.a.clone()].clone_into(&mut self.words);
        self
    }
}
