//! [`SampleReading`]: the clauses of a sample in one language as runs of words, each with its class.

use std::collections::HashMap;
use std::ops::Range;

use crate::cluster::name::sample::NameSample;
use crate::cluster::name::title_words::TitleWords;
use crate::corpus::Corpus;
use crate::id::TermId;
use crate::language::Language;
use crate::similarity::Representation;
use crate::term::{Session, SessionWord};

/// The clauses of a sample in one language.
pub(super) struct SampleReading {
    pub(super) words: &'static TitleWords,
    /// The distinct words.
    pub(super) forms: Vec<TitleForm>,
    /// The clauses, by index in the sample.
    pub(super) clauses: HashMap<usize, ClauseRuns>,
}

/// A distinct word, normalized.
pub(super) struct TitleForm {
    pub(super) normal: String,
    pub(super) class: FormClass,
}

/// What a word can be in a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FormClass {
    /// A word with meaning, and its term.
    Content(TermId),
    /// A word between two words, such as "of".
    Connector,
    /// An article, which may follow a connector.
    Article,
    /// Any other function word, number or word that is in no title.
    Other,
}

/// The words of a clause between punctuation marks.
pub(super) struct ClauseRuns {
    pub(super) text: String,
    pub(super) runs: Vec<Vec<ReadWord>>,
}

/// A word of a clause.
#[derive(Clone, Debug)]
pub(super) struct ReadWord {
    /// Its index among the distinct words.
    pub(super) form: usize,
    /// Its bytes in the clause.
    pub(super) range: Range<usize>,
}

impl SampleReading {
    /// Reads the clauses of a language; `None` if it has no word lists.
    pub(super) fn of(
        corpus: &Corpus,
        representation: &Representation,
        sample: &NameSample,
        language: Language,
    ) -> Option<Self> {
        let words = TitleWords::of(language)?;
        let mut reader = Reader {
            words,
            representation,
            session: representation.analyzer().take_session(language),
            forms: Vec::new(),
            form_of_entry: HashMap::new(),
            form_of_word: HashMap::new(),
        };
        let clusters = sample.clusters.iter();
        let indices = clusters
            .filter(|cluster| cluster.language == language)
            .flat_map(|cluster| cluster.sampled.clone());
        let clauses = indices
            .map(|index| {
                let text = corpus.compared_text(sample.clauses[index].id).into_owned();
                let runs = reader.runs(&text);
                (index, ClauseRuns { text, runs })
            })
            .collect();
        representation.analyzer().give_back(reader.session);
        Some(Self {
            words,
            forms: reader.forms,
            clauses,
        })
    }
}

/// Reads clauses one after another, and keeps the words met.
struct Reader<'r> {
    words: &'static TitleWords,
    representation: &'r Representation,
    session: Session,
    forms: Vec<TitleForm>,
    form_of_entry: HashMap<u32, usize>,
    form_of_word: HashMap<String, usize>,
}

impl Reader<'_> {
    fn runs(&mut self, text: &str) -> Vec<Vec<ReadWord>> {
        let mut runs: Vec<Vec<ReadWord>> = Vec::new();
        let mut end = None;
        for word in self.session.rewrite(text).words {
            let form = self.form(&word);
            let is_in_run = end.is_some_and(|end| is_one_run(text, end..word.range.start));
            end = Some(word.range.end);
            let range = word.range;
            match runs.last_mut() {
                Some(run) if is_in_run => run.push(ReadWord { form, range }),
                _ => runs.push(vec![ReadWord { form, range }]),
            }
        }
        runs
    }

    /// Returns the index of the distinct word.
    fn form(&mut self, word: &SessionWord) -> usize {
        if let Some(form) = self.form_of_entry.get(&word.entry) {
            return *form;
        }
        let entry = self.session.entry(word.entry);
        let normal = &entry.normal;
        let form = if let Some(form) = self.form_of_word.get(normal) {
            *form
        } else {
            let class = self.class(word);
            let normal = normal.clone();
            self.form_of_word.insert(normal.clone(), self.forms.len());
            self.forms.push(TitleForm { normal, class });
            self.forms.len() - 1
        };
        self.form_of_entry.insert(word.entry, form);
        form
    }

    fn class(&self, word: &SessionWord) -> FormClass {
        let entry = self.session.entry(word.entry);
        let vocabulary = self.representation.lists().vocabulary();
        if self.words.connectors.contains(&entry.normal) {
            FormClass::Connector
        } else if self.words.articles.contains(&entry.normal) {
            FormClass::Article
        } else if word.kind.is_stop || word.weight <= 0.0 || self.words.breaks(&entry.normal) {
            FormClass::Other
        } else {
            let term = vocabulary.find(&entry.term);
            term.map_or(FormClass::Other, FormClass::Content)
        }
    }
}

/// Returns whether nothing but space, or a hyphen, stands between two words.
fn is_one_run(text: &str, gap: Range<usize>) -> bool {
    let gap = text.get(gap).unwrap_or_default();
    let is_space = gap.chars().all(char::is_whitespace) && gap.matches('\n').count() < 2;
    is_space || matches!(gap, "-" | "\u{2010}" | "\u{2011}" | "'" | "’")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn punctuation_ends_a_run_and_a_hyphen_does_not() {
        let cases = [
            ("lamp post", true),
            ("lamp-post", true),
            ("lamp, post", false),
            ("lamp\n\npost", false),
        ];
        for (text, expected) in cases {
            let gap = 4..text.len() - 4;
            assert_eq!(is_one_run(text, gap), expected, "{text}");
        }
    }
}
