//! [`Lexicon`]: the words of a language that carry force, and the words that name actors.
//!
//! The words are data: one TOML file per language, which explains each list.

use serde::Deserialize;

use crate::deontic::addressee::Addressee;
use crate::deontic::class::ModalClass;
use crate::deontic::phrase::Phrases;
use crate::deontic::qualifier::QualifierKind;
use crate::deontic::word::{Elisions, Word, WordSet};
use crate::language::Language;

/// The role of a word or phrase in a sentence; the files have examples.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum CueRole {
    /// A modal after its subject.
    Modal(ModalClass),
    /// A modal that needs an actor or a passive.
    Destined,
    /// A future: a promise if the subject is an actor, else a forecast.
    Future,
    /// The authors promise.
    Promise,
    /// The authors ask somebody else.
    Ask(ModalClass),
    /// It forbids by itself.
    Forbid,
    /// It exempts from a duty.
    Exempt,
    /// With a negative subject it permits.
    Hinder,
    /// The authors state or affirm.
    Say,
    /// The same as a participle, which only begins a recital.
    Recital,
}

/// How the words after a trigger change its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Turn {
    /// They reverse it.
    Refrain,
    /// They leave room.
    Effort,
    /// A recommendation becomes weak.
    Consider,
    /// A permission.
    Permit,
    /// An obligation; if negated, no obligation.
    Bind,
    /// A prohibition.
    Forbid,
    /// A recommendation of that strength.
    Ask(ModalClass),
    /// A permission after a negation.
    Hinder,
    /// What a text says about itself and its terms.
    Constitute,
    /// What things do; with an actor it is an act like any other.
    Describe,
    /// What happens even to an actor.
    Happen,
    /// No change: the verb comes later.
    Aside,
}

/// The end of a word that carries force.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ending {
    #[serde(rename = "ending")]
    letters_at_end: &'static str,
    /// The minimum number of letters of the word.
    letters: usize,
    means: CueRole,
}

/// Small sets of words; each is explained in the files.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub(crate) struct WordSets {
    pub(crate) negations: WordSet,
    pub(crate) ability: WordSet,
    pub(crate) not_after: WordSet,
    pub(crate) only: WordSet,
    pub(crate) not_before: WordSet,
    pub(crate) no: WordSet,
    pub(crate) no_but: WordSet,
    pub(crate) after_no: WordSet,
    pub(crate) adverbs: WordSet,
    pub(crate) adverb_endings: Vec<&'static str>,
    pub(crate) subordinators: WordSet,
    pub(crate) that: WordSet,
    pub(crate) and: WordSet,
    pub(crate) finite: WordSet,
    pub(crate) they: WordSet,
    pub(crate) pronouns: WordSet,
    pub(crate) we_endings: Vec<&'static str>,
    pub(crate) be: WordSet,
    pub(crate) before_not: WordSet,
    pub(crate) before_object: WordSet,
    pub(crate) prepositions: WordSet,
    pub(crate) by: WordSet,
    pub(crate) of: WordSet,
    pub(crate) articles: WordSet,
    pub(crate) nouns_before_for: WordSet,
    pub(crate) relatives: WordSet,
    pub(crate) singular: WordSet,
    pub(crate) determiners: WordSet,
    pub(crate) after_head: WordSet,
    pub(crate) text: WordSet,
    pub(crate) things: WordSet,
    pub(crate) to: WordSet,
    pub(crate) imperatives: WordSet,
    pub(crate) imperative_endings: Vec<&'static str>,
    pub(crate) no_imperatives: WordSet,
    pub(crate) selves: WordSet,
    pub(crate) present_binds: bool,
    pub(crate) elisions: Elisions,
}

/// The words of a language, indexed for look-up.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub(crate) struct Lexicon {
    triggers: Phrases<CueRole>,
    #[serde(default)]
    endings: Vec<Ending>,
    pub(crate) complements: Phrases<Turn>,
    pub(crate) qualifiers: Phrases<QualifierKind>,
    pub(crate) actors: Phrases<Vec<Addressee>>,
    pub(crate) words: WordSets,
}

/// Makes the function that returns the lexicon of a language, from the files in the folder `lexicon` beside the
/// file that calls this; each is parsed when it is needed first.
macro_rules! lexicons {
    ($lexicon:ty) => {
        impl $lexicon {
            /// Returns the lexicon of a language, if there is one.
            pub(crate) fn of(language: $crate::language::Language) -> Option<&'static Self> {
                use std::sync::LazyLock;

                type Parsed = LazyLock<$lexicon>;
                const VALID: &str = "a test reads every lexicon";
                static ENGLISH: Parsed =
                    LazyLock::new(|| toml::from_str(include_str!("lexicon/en.toml")).expect(VALID));
                static FRENCH: Parsed =
                    LazyLock::new(|| toml::from_str(include_str!("lexicon/fr.toml")).expect(VALID));
                static SPANISH: Parsed =
                    LazyLock::new(|| toml::from_str(include_str!("lexicon/es.toml")).expect(VALID));
                match language.code() {
                    "en" => Some(&ENGLISH),
                    "fr" => Some(&FRENCH),
                    "es" => Some(&SPANISH),
                    _ => None,
                }
            }
        }
    };
}

pub(crate) use lexicons;

lexicons!(Lexicon);

/// The effect of a single word on the meaning of a norm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sense {
    /// It reverses the meaning.
    Negation,
    /// It binds, advises or permits; a declaration is a possibility ("can", "could").
    Modal(ModalClass),
}

impl Sense {
    /// Returns the effect of a word in lower case, if it is a negation or a modal verb.
    pub(crate) fn of(word: &str, language: Language) -> Option<Self> {
        let lexicon = Lexicon::of(language)?;
        let word = [Word::alone(word)];
        if word[0].is_in(&lexicon.words.negations) {
            return Some(Self::Negation);
        }
        if word[0].is_in(&lexicon.words.ability) {
            return Some(Self::Modal(ModalClass::Declaration));
        }
        match lexicon.triggers.at(&word, 0)?.0 {
            CueRole::Modal(class) => Some(Self::Modal(*class)),
            // As a single word, "will" is equivalent to "shall".
            CueRole::Future => Some(Self::Modal(ModalClass::Obligation)),
            _ => None,
        }
    }
}

impl Lexicon {
    /// Returns the role of the longest trigger at a word, and its number of words.
    pub(crate) fn trigger_at(&self, words: &[Word<'_>], index: usize) -> Option<(CueRole, usize)> {
        if let Some((role, length)) = self.triggers.at(words, index) {
            return Some((*role, length));
        }
        let form = &words[index].form;
        let fits = |end: &&Ending| {
            form.ends_with(end.letters_at_end) && form.chars().count() >= end.letters
        };
        let by_ending = self.endings.iter().find(fits);
        by_ending.map(|end| (end.means, 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a phrase follows the notation explained in the files.
    fn is_well_formed(phrase: &str) -> bool {
        let mut places = phrase.split_whitespace().peekable();
        let starts_well = places.peek().is_some_and(|first| !first.ends_with('?'));
        let is_word = |word: &str| !word.is_empty() && !word.contains('?');
        let is_place = |place: &str| {
            place
                .strip_suffix('?')
                .unwrap_or(place)
                .split('|')
                .all(is_word)
        };
        starts_well && phrase == phrase.to_lowercase() && places.all(is_place)
    }

    #[test]
    fn every_lexicon_is_well_formed() {
        let files = [
            ("en", include_str!("lexicon/en.toml")),
            ("fr", include_str!("lexicon/fr.toml")),
            ("es", include_str!("lexicon/es.toml")),
        ];
        for (language, file) in files {
            let lexicon = Lexicon::of(Language::from_tag(language).unwrap()).unwrap();
            assert!(!lexicon.words.negations.is_empty());
            let tables: toml::Table = toml::from_str(file).unwrap();
            for kind in ["triggers", "complements", "qualifiers", "actors"] {
                let groups = tables[kind].as_array().unwrap();
                for phrase in groups
                    .iter()
                    .flat_map(|group| group["phrases"].as_array().unwrap())
                {
                    assert!(
                        is_well_formed(phrase.as_str().unwrap()),
                        "{language}: {phrase}"
                    );
                }
            }
        }
    }

    #[test]
    fn negations_and_modal_verbs_are_known_word_by_word() {
        use ModalClass::{Declaration, Obligation, Permission, StrongRecommendation};
        let cases = [
            ("en", "without", Some(Sense::Negation)),
            ("en", "shall", Some(Sense::Modal(Obligation))),
            ("en", "will", Some(Sense::Modal(Obligation))),
            ("en", "ought", Some(Sense::Modal(StrongRecommendation))),
            ("en", "may", Some(Sense::Modal(Permission))),
            ("en", "could", Some(Sense::Modal(Declaration))),
            ("en", "sin", None),
            ("es", "sin", Some(Sense::Negation)),
            ("fr", "peuvent", Some(Sense::Modal(Permission))),
            ("de", "no", None),
        ];
        for (language, word, expected) in cases {
            let language = Language::from_tag(language).unwrap();
            assert_eq!(Sense::of(word, language), expected, "{word}");
        }
    }
}
