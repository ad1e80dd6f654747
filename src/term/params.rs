//! [`AnalyzerParams`]: what an analyzer takes for a word, and for one term.

use crate::setters::setters;
use crate::term::genre::Genre;
use crate::term::thesaurus::Thesaurus;

/// What an [`Analyzer`](crate::term::Analyzer) takes for one term, and what it holds for mere genre.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct AnalyzerParams {
    /// Words and phrases that count as one term; none by default.
    pub thesaurus: Thesaurus,
    /// Words that every agreement uses.
    pub(crate) genre: Genre,
    /// What is a word, and what becomes of it.
    pub words: WordForm,
}

impl AnalyzerParams {
    setters! {
        thesaurus: Thesaurus,
        words: WordForm,
    }
}

/// What is a word, and what becomes of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum WordForm {
    /// Words as their language has them: spelling made one, stemmed, stop words left out, bare
    /// numbers and single letters without weight. The default.
    #[default]
    Stemmed,
    /// Runs of letters and digits in lower case, as common counters of words take them: to compare
    /// with what those give.
    Plain {
        /// The words, in lower case, that are left out.
        stop_words: Vec<String>,
    },
}
