//! [`Rules`]: an analyzer's data for one language, and the term of each word.

use std::collections::HashSet;

use crate::language::Language;
use crate::term::normal::normal_form;
use crate::term::params::{AnalyzerParams, WordForm};
use crate::term::phrase::PhraseMap;
use crate::term::spelling::other_spellings;
use crate::term::stem::stem;
use crate::term::stop::stop_words;
use crate::words::{fold_accents, raw_words};

/// An analyzer's data for one language.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) language: Language,
    stop_words: HashSet<String>,
    /// The normalized words of a form, mapped to the words of its term.
    pub(super) variants: PhraseMap<Vec<String>>,
    /// Stems of boilerplate words and phrases.
    pub(super) genre: PhraseMap<()>,
    pub(super) genre_weight: f32,
    pub(super) is_plain: bool,
}

/// The term of a word.
#[derive(Debug)]
pub(crate) struct RuleEntry {
    pub(crate) normal: String,
    pub(crate) term: String,
    /// The terms of its other spellings, by which a search finds it too.
    pub(super) other_terms: Vec<String>,
}

impl RuleEntry {
    /// Returns the term of the word and those of its other spellings.
    pub(super) fn terms(&self) -> impl Iterator<Item = &String> + Clone {
        std::iter::once(&self.term).chain(&self.other_terms)
    }
}

/// The kind of a word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RuleKind {
    pub(crate) is_stop: bool,
    pub(super) may_start_variant: bool,
    pub(super) may_start_genre: bool,
    pub(super) weight: f32,
}

impl Rules {
    /// Analyzes a word.
    pub(super) fn entry(&self, spelling: &str) -> (RuleEntry, RuleKind) {
        let language = self.language;
        let (normal, folded, term) = if self.is_plain {
            let lower = spelling.to_lowercase();
            (lower.clone(), lower.clone(), lower)
        } else {
            let normal = normal_form(spelling, language);
            let folded = fold_accents(&normal, language);
            let term = fold_accents(&stem(&normal, language), language);
            (normal, folded, term)
        };
        // An accent without a letter folds to the empty string.
        let is_stop = term.is_empty() || self.stop_words.contains(&folded);
        let is_letter = term.len() == 1 && term.is_ascii();
        let has_meaning = self.is_plain || term.chars().any(char::is_alphabetic) && !is_letter;
        let kind = RuleKind {
            may_start_variant: self.variants.has_start(&normal),
            may_start_genre: self.genre.has_start(&term),
            weight: if has_meaning { 1.0 } else { 0.0 },
            is_stop,
        };
        let other_terms = if self.is_plain {
            Vec::new()
        } else {
            self.other_terms(&normal, &term)
        };
        let entry = RuleEntry {
            normal,
            term,
            other_terms,
        };
        (entry, kind)
    }

    /// Returns the terms of a word's other spellings that are no stop words.
    fn other_terms(&self, normal: &str, term: &str) -> Vec<String> {
        let language = self.language;
        let mut others = Vec::new();
        for spelling in other_spellings(normal, language) {
            let other = fold_accents(&stem(&spelling, language), language);
            let is_new = other != term && !others.contains(&other) && !other.is_empty();
            if is_new && !self.stop_words.contains(&spelling) {
                others.push(other);
            }
        }
        others
    }

    pub(super) fn new(params: &AnalyzerParams, language: Language) -> Self {
        let normal_words = |text: &str| -> Vec<String> {
            raw_words(text)
                .iter()
                .map(|word| normal_form(&word.spelling, language))
                .collect()
        };
        let mut variants = PhraseMap::default();
        for variant in params.thesaurus.variants() {
            let term: Vec<String> = raw_words(&variant.term)
                .into_iter()
                .map(|word| word.spelling.into())
                .collect();
            for form in variant.forms.iter().filter(|_| !term.is_empty()) {
                variants.insert(normal_words(form), term.clone());
            }
        }
        let (stop_words, is_plain) = match &params.words {
            WordForm::Stemmed => (stop_words(language), false),
            WordForm::Plain { stop_words } => (stop_words.iter().cloned().collect(), true),
        };
        let mut genre = PhraseMap::default();
        if language == Language::ENGLISH && !is_plain {
            for phrase in &params.genre.phrases {
                let stems = normal_words(phrase)
                    .iter()
                    .map(|word| stem(word, language))
                    .collect();
                genre.insert(stems, ());
            }
        }
        Self {
            language,
            stop_words,
            variants,
            genre,
            genre_weight: params.genre.weight,
            is_plain,
        }
    }
}
