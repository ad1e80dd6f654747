//! [`Passage`]: the same words in two texts.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// The shortest passage that counts as taken, in words, unless told otherwise: shorter ones are found
/// between texts that have nothing to do with each other.
pub(crate) const MIN_WORDS: usize = 6;

/// Words that two texts share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Passage {
    /// The bytes of the first text.
    pub a: Range<usize>,
    /// The bytes of the second.
    pub b: Range<usize>,
    /// The bytes of the first agreement's text, in borrowings; several ranges where page matter stands
    /// between.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub in_agreement_a: Vec<Range<usize>>,
    /// The bytes of the second's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub in_agreement_b: Vec<Range<usize>>,
    /// The words as the first text has them; empty where whoever reads has the texts at hand.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// The number of words that are the same; of terms, where terms were compared.
    pub n_words: usize,
    /// Whether they are boilerplate; `None` where that was not asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_formula: Option<bool>,
}

impl Passage {
    pub(crate) fn new(a: Range<usize>, b: Range<usize>, n_words: usize) -> Self {
        Self {
            a,
            b,
            in_agreement_a: Vec::new(),
            in_agreement_b: Vec::new(),
            words: String::new(),
            n_words,
            is_formula: None,
        }
    }

    /// The same with its words, cut from the first text.
    pub(crate) fn with_words(mut self, text: &str) -> Self {
        text[self.a.clone()].clone_into(&mut self.words);
        self
    }
}
