//! [`TitleWords`]: the words by which titles of a language are told.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::deontic::Sense;
use crate::language::Language;
use crate::provision::{kind_of, number_word};

/// The words by which titles of a language are told; those of English describe each field.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TitleWords {
    pub(super) connectors: HashSet<String>,
    pub(super) articles: HashSet<String>,
    pub(super) determiners: HashSet<String>,
    pub(super) prepositions: HashSet<String>,
    before_verbs: HashSet<String>,
    pub(super) genitives: HashSet<String>,
    pub(super) after_nouns: HashSet<String>,
    broken_by: HashSet<String>,
    adverb_ending: String,
    not_adverbs: HashSet<String>,
    pub(super) gerund_ending: String,
    not_last: Vec<String>,
    participle_ending: String,
    noun_endings: Vec<String>,
    pub(super) plural_ending: String,
    vague: HashSet<String>,
    nouns_have_capitals: bool,
    #[serde(skip)]
    language: Option<Language>,
}

impl TitleWords {
    /// Returns the words of a language; `None` if there is no list.
    pub(super) fn of(language: Language) -> Option<&'static Self> {
        match language.code() {
            "en" => Some(&ENGLISH),
            "fr" => Some(&FRENCH),
            "es" => Some(&SPANISH),
            "de" => Some(&GERMAN),
            _ => None,
        }
    }

    /// Returns whether a word is a modal verb or a negation.
    fn is_modal(&self, word: &str) -> bool {
        let sense = self.language.map(|language| Sense::of(word, language));
        sense.flatten().is_some()
    }

    /// Returns whether a word is in no title: an adverb, a modal verb, a negation, or one of the list.
    pub(super) fn breaks(&self, word: &str) -> bool {
        let is_adverb = word.ends_with(&self.adverb_ending) && !self.not_adverbs.contains(word);
        is_adverb || self.broken_by.contains(word) || self.is_modal(word)
    }

    /// Returns whether a word stands before a verb.
    pub(super) fn is_before_verb(&self, word: &str) -> bool {
        self.before_verbs.contains(word) || self.is_modal(word)
    }

    /// Returns whether a title can end in a word.
    pub(super) fn can_end(&self, word: &str) -> bool {
        !self.not_last.iter().any(|ending| word.ends_with(ending))
    }

    /// Returns whether a title of two words or more is the name of a body, a place or a text: each word but those
    /// that join them has a capital.
    pub(super) fn is_proper_name(&self, title: &str) -> bool {
        let joins = |word: &&str| self.connectors.contains(*word) || self.articles.contains(*word);
        let mut words = title.split_whitespace().filter(|word| !joins(word));
        let is_long = title.split_whitespace().nth(1).is_some();
        is_long
            && !self.nouns_have_capitals
            && words.all(|word| word.starts_with(char::is_uppercase))
    }

    /// Returns whether a word has the ending of a participle.
    pub(super) fn is_participle(&self, word: &str) -> bool {
        word.ends_with(&self.participle_ending)
    }

    /// Returns whether a word may be a noun or a verb in the form of one.
    pub(super) fn is_gerund(&self, word: &str) -> bool {
        word.ends_with(&self.gerund_ending)
    }

    /// Returns whether a word ends as nouns of acts and states do.
    pub(super) fn is_abstract(&self, word: &str) -> bool {
        self.noun_endings
            .iter()
            .any(|ending| word.ends_with(ending))
    }

    /// Returns whether a word names nothing alone: the name of a provision, a number, or one of the list.
    pub(super) fn is_vague(&self, word: &str) -> bool {
        self.vague.contains(word) || kind_of(word).is_some() || number_word(word).is_some()
    }
}

static ENGLISH: LazyLock<TitleWords> =
    LazyLock::new(|| parsed("en", include_str!("words/en.toml")));
static FRENCH: LazyLock<TitleWords> = LazyLock::new(|| parsed("fr", include_str!("words/fr.toml")));
static SPANISH: LazyLock<TitleWords> =
    LazyLock::new(|| parsed("es", include_str!("words/es.toml")));
static GERMAN: LazyLock<TitleWords> = LazyLock::new(|| parsed("de", include_str!("words/de.toml")));

fn parsed(code: &str, text: &str) -> TitleWords {
    let words: TitleWords = toml::from_str(text).expect("a test parses the word lists");
    TitleWords {
        language: Language::from_tag(code),
        ..words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_well_formed() {
        for code in ["en", "fr", "es", "de"] {
            let words = Language::from_tag(code).and_then(TitleWords::of).unwrap();
            assert!(!words.connectors.is_empty(), "{code}");
        }
        assert!(Language::from_tag("fi").and_then(TitleWords::of).is_none());
    }

    #[test]
    fn adverbs_and_verbs_are_in_no_title() {
        let words = TitleWords::of(Language::ENGLISH).unwrap();
        let cases = [
            ("quickly", true),
            ("supply", false),
            ("laid", true),
            ("lamp", false),
        ];
        for (word, expected) in cases {
            assert_eq!(words.breaks(word), expected, "{word}");
        }
    }
}
