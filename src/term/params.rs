//! [`AnalyzerParams`]: what counts as a word, and which words are one term.

use crate::setters::setters;
use crate::term::genre::Genre;
use crate::term::thesaurus::Thesaurus;

/// What an [`Analyzer`](crate::term::Analyzer) counts as one term and as boilerplate.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct AnalyzerParams {
    /// Words and phrases that count as one term; none by default.
    pub thesaurus: Thesaurus,
    /// Words that occur in every agreement.
    pub(crate) genre: Genre,
    /// What counts as a word, and how it is normalized.
    pub(crate) words: WordForm,
}

impl AnalyzerParams {
    setters! {
        thesaurus: Thesaurus,
    }

    /// Takes sequences of letters and digits in lower case as words, but for some stop words, also in lower
    /// case: as common word-count vectorizers do, for comparison with those. By default words are those of
    /// natural language: normalized, stemmed, without stop words; bare numbers and single letters have no
    /// weight.
    #[must_use]
    pub fn plain(mut self, stop_words: Vec<String>) -> Self {
        self.words = WordForm::Plain { stop_words };
        self
    }
}

/// What counts as a word, and how it is normalized.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum WordForm {
    /// Words of natural language. The default.
    #[default]
    Stemmed,
    /// Sequences of letters and digits.
    Plain {
        /// The words to leave out, in lower case.
        stop_words: Vec<String>,
    },
}
