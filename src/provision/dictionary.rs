//! The one dictionary of the words that provisions are cited by: kinds, numbers in words, and the
//! small words around them, with a data file for each language.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::provision::kind::ProvisionKind;
use crate::words::prefix_length;

/// The data, one file for each language.
const LANGUAGES: [&str; 15] = [
    include_str!("words/ar.toml"),
    include_str!("words/de.toml"),
    include_str!("words/el.toml"),
    include_str!("words/en.toml"),
    include_str!("words/es.toml"),
    include_str!("words/fr.toml"),
    include_str!("words/id.toml"),
    include_str!("words/it.toml"),
    include_str!("words/ko.toml"),
    include_str!("words/nl.toml"),
    include_str!("words/pl.toml"),
    include_str!("words/pt.toml"),
    include_str!("words/ru.toml"),
    include_str!("words/tr.toml"),
    include_str!("words/zh.toml"),
];

/// The purpose of a word list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WordList {
    /// Joins two numbers or items: `and`.
    Joint,
    /// Joins two items, but only after a semicolon: `but`.
    JointAfterSemicolon,
    /// Joins the first and the last number of a range: `to`.
    Range,
    /// Does not end a title or a sentence: a name or a number follows.
    Open,
    /// A number follows: `see`.
    OpenBeforeNumber,
    /// Does not end a title, though it may end a sentence: `a`.
    OpenBeforeName,
    /// The heading of a table of contents.
    ContentsHeading,
    /// The words before the recitals of an act: `whereas`.
    RecitalsOpening,
    /// What bears a number and is no provision: `table`.
    NoProvision,
    /// A heading that many documents give to a section: `introduction`.
    SectionName,
    /// The words before the signatures: `done at`.
    Testimonium,
    /// A body that adopts acts: `assembly`.
    Body,
    /// A verb in the present with which a body acts: `adopts`.
    Enacting,
    /// Numbers a provision that has no other beside it: `unique`.
    Only,
    /// Says that a provision is in the operative part: `operative paragraph 3`.
    Operative,
    /// Says that a provision is in the preamble: `preambular paragraph 3`.
    Preambular,
    /// A part without a number before the provisions.
    Introduction,
    /// Says what a provision after the articles is for: `disposición final`.
    Disposition,
    /// A document that is cited by its number: `resolution 58/199`.
    NumberedDocument,
    /// A noun that names an agreement, and alone refers to one named before: `the Charter`.
    NounAlone,
    /// A noun that names an agreement together with other words: `Geneva Conventions`.
    NounNamed,
    /// A noun of names that also occurs in lines that are not titles: `Agenda item 9`.
    NounInside,
    /// A noun that names something only with words after it: `Action Plan` does not.
    NounWeak,
    /// A noun in titles of texts that is not the head of a name: `Report`.
    NounTitled,
    /// A small word that continues a name after its noun: `on`.
    NameLink,
    /// A small word that occurs only inside a name: `and`.
    NameSmall,
    /// A word between the name of an agreement and a provision of it: `notably`.
    ProvisionLead,
    /// A word before a noun that means the text itself: `this`.
    OwnText,
    /// A word that begins no name, even with a capital.
    NeverName,
}

/// The contents of a data file.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Language {
    provision: BTreeMap<ProvisionKind, Forms>,
    /// Words written directly after or around a number: `第五条`.
    counter: BTreeMap<ProvisionKind, Vec<String>>,
    number: BTreeMap<String, u32>,
    lists: BTreeMap<WordList, Vec<String>>,
}

/// The words for one kind of provision.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Forms {
    /// How a label writes all of them; `None` if unchanged.
    label: Option<String>,
    words: Vec<String>,
    /// Plurals and other forms that occur only before numbers, with their base word.
    many: BTreeMap<String, String>,
    /// Abbreviations, with the form a label uses.
    short: BTreeMap<String, String>,
}

/// A word that says what a number counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DictionaryWord {
    pub(crate) kind: ProvisionKind,
    pub(crate) form: Form,
    label: Option<String>,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// `article`
    Whole,
    /// `articles`
    Many,
    /// `art.`
    Short,
}

/// The dictionary of all languages together.
#[derive(Debug, Default)]
struct Dictionary {
    words: HashMap<String, DictionaryWord>,
    numbers: HashMap<String, u32>,
    /// The lists a word is in, one bit each.
    lists: HashMap<String, u32>,
    /// Longest first.
    counters: Vec<(String, ProvisionKind)>,
    /// The lengths of the words for kinds, one bit each, by their first byte: most words of a text
    /// need no further look-up.
    lengths: Vec<u64>,
}

static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(|| {
    let languages = LANGUAGES.iter().map(|data| toml::from_str(data));
    Dictionary::of(languages.map(Result::unwrap_or_default))
});

/// The longest word for a kind in bytes; a longer word needs no look-up.
pub(crate) const MAX_WORD: usize = 32;

impl Dictionary {
    fn of(languages: impl Iterator<Item = Language>) -> Self {
        let mut dictionary = Self {
            lengths: vec![0; 256],
            ..Self::default()
        };
        for language in languages {
            dictionary.add(language);
        }
        let n_bytes = |(word, _): &(String, ProvisionKind)| std::cmp::Reverse(word.len());
        dictionary.counters.sort_by_key(n_bytes);
        dictionary
    }

    fn add(&mut self, language: Language) {
        for (kind, forms) in language.provision {
            for (word, form, label) in forms.all() {
                self.add_word(word, DictionaryWord { kind, form, label });
            }
        }
        for (kind, words) in language.counter {
            for word in words {
                let whole = DictionaryWord {
                    kind,
                    form: Form::Whole,
                    label: None,
                };
                self.add_word(word.clone(), whole);
                self.counters.push((word, kind));
            }
        }
        self.numbers.extend(language.number);
        for (list, words) in language.lists {
            for word in words {
                *self.lists.entry(word).or_default() |= 1 << list as u32;
            }
        }
    }

    fn add_word(&mut self, written: String, word: DictionaryWord) {
        if let Some(&first) = written.as_bytes().first() {
            self.lengths[usize::from(first)] |= 1 << written.len().min(63);
        }
        self.words.insert(written, word);
    }
}

impl Forms {
    /// Returns each word with its form and the form a label uses.
    fn all(self) -> impl Iterator<Item = (String, Form, Option<String>)> {
        let label = self.label;
        let own = label.clone();
        let words = self.words.into_iter();
        let whole = words.map(move |word| (word, Form::Whole, own.clone()));
        let many = self.many.into_iter();
        let many =
            many.map(move |(word, one)| (word, Form::Many, Some(label.clone().unwrap_or(one))));
        let short = self.short.into_iter();
        let short = short.map(|(word, label)| (word, Form::Short, Some(label)));
        whole.chain(many).chain(short)
    }
}

impl DictionaryWord {
    /// Returns the word as it is written in a label: `Art.` for `arts`, `Principle` for `Principles`.
    pub(crate) fn in_label(&self, written: &str) -> String {
        let label = self.label.as_deref().unwrap_or(written);
        match label.chars().next() {
            // A plural keeps its case.
            Some(first) if self.form == Form::Many && written.starts_with(char::is_uppercase) => {
                first.to_uppercase().chain(label.chars().skip(1)).collect()
            }
            _ => label.to_owned(),
        }
    }
}

/// Returns the dictionary entry of a word in any case; `None` if it names no kind of provision.
pub(crate) fn word(written: &str) -> Option<&'static DictionaryWord> {
    let first = written.as_bytes().first()?.to_ascii_lowercase();
    if written.len() > MAX_WORD {
        return None;
    }
    let dictionary = &*DICTIONARY;
    if !written.is_ascii() {
        return dictionary.words.get(&written.to_lowercase());
    }
    if dictionary.lengths[usize::from(first)] >> written.len() & 1 == 0 {
        return None;
    }
    let mut lower = [0; MAX_WORD];
    let lower = &mut lower[..written.len()];
    lower.copy_from_slice(written.as_bytes());
    lower.make_ascii_lowercase();
    dictionary.words.get(std::str::from_utf8(lower).ok()?)
}

/// Returns the kind of provision that a word in any case names.
pub(crate) fn kind_of(written: &str) -> Option<ProvisionKind> {
    word(written).map(|word| word.kind)
}

/// Returns the value of a number in words, in any case: `one`, `first`, `premier`.
pub(crate) fn number_word(written: &str) -> Option<u32> {
    if written.len() > MAX_WORD {
        return None;
    }
    DICTIONARY.numbers.get(&*in_lower_case(written)).copied()
}

/// Whether a word or phrase in any case is in one of the lists.
pub(crate) fn is_in(written: &str, lists: &[WordList]) -> bool {
    let wanted = lists.iter().fold(0, |bits, list| bits | 1 << *list as u32);
    let known = DICTIONARY.lists.get(&*in_lower_case(written));
    known.is_some_and(|known| known & wanted != 0)
}

fn in_lower_case(written: &str) -> Cow<'_, str> {
    if written.chars().any(char::is_uppercase) {
        Cow::Owned(written.to_lowercase())
    } else {
        Cow::Borrowed(written)
    }
}

/// Splits a Chinese numeral followed by its word into both: `二十五条`.
pub(crate) fn split_counter(token: &str) -> Option<(&str, ProvisionKind)> {
    let mut counters = DICTIONARY.counters.iter();
    counters.find_map(|(word, kind)| Some((token.strip_suffix(word.as_str())?, *kind)))
}

/// Returns the range and the kind of the first word for a kind that comes after its number.
pub(crate) fn find_counter(text: &str) -> Option<(Range<usize>, ProvisionKind)> {
    text.char_indices().find_map(|(at, _)| {
        let mut counters = DICTIONARY.counters.iter();
        let (word, kind) = counters.find(|(word, _)| text[at..].starts_with(word.as_str()))?;
        Some((at..at + word.len(), *kind))
    })
}

/// Returns the length of the joint between two numbers of a list: ` and `, `, or `, ` y `, `, `.
pub(crate) fn joint_length(text: &str) -> Option<usize> {
    length_before_number(text, WordList::Joint)
}

/// Returns the length of the joint between the ends of a range of numbers: ` to `, ` bis `, `–`.
pub(crate) fn range_length(text: &str) -> Option<usize> {
    let dash = ["–", "-", " – ", " — "];
    let dash = dash.iter().find(|dash| text.starts_with(**dash));
    dash.map(|dash| dash.len())
        .or_else(|| length_before_number(text, WordList::Range))
}

fn length_before_number(text: &str, list: WordList) -> Option<usize> {
    let after_comma = text.strip_prefix(',').unwrap_or(text);
    let word_from = after_comma.trim_start_matches(' ');
    let is_spaced = word_from.len() < after_comma.len();
    let end = prefix_length(word_from, |c| c.is_alphabetic() || c == '&' || c == '/');
    let (word, rest) = word_from.split_at(end);
    let is_joint = word == "&" || is_in(word, &[list]);
    if is_spaced && end > 0 && is_joint && rest.starts_with(' ') {
        return Some(text.len() - rest.trim_start_matches(' ').len());
    }
    let is_comma = list == WordList::Joint && is_spaced && after_comma.len() < text.len();
    is_comma.then_some(text.len() - word_from.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_data_file_is_valid_sorted_and_without_duplicates() {
        for data in LANGUAGES {
            let name = data.lines().next().unwrap();
            let language: Language = toml::from_str(data).unwrap_or_else(|e| panic!("{name} {e}"));
            let mut all: Vec<String> = Vec::new();
            for forms in language.provision.into_values() {
                assert!(forms.words.is_sorted(), "{name} {forms:?}");
                let singular = |one: &String| forms.label.is_some() || forms.words.contains(one);
                assert!(forms.many.values().all(singular), "{name} {forms:?}");
                all.extend(forms.all().map(|(word, ..)| word));
            }
            all.extend(language.counter.into_values().flatten());
            let n_words = all.len();
            all.sort();
            all.dedup();
            assert_eq!(all.len(), n_words, "{name} has a word twice");
            assert!(all.iter().all(|word| word.len() <= MAX_WORD), "{name}");
            for (list, words) in language.lists {
                assert!(words.is_sorted_by(|a, b| a < b), "{name} {list:?}");
                all.extend(words);
            }
            all.extend(language.number.into_keys());
            assert!(
                all.iter().all(|word| *word == word.to_lowercase()),
                "{name}"
            );
        }
    }

    #[test]
    fn a_word_means_the_same_in_all_languages() {
        let mut known: BTreeMap<String, DictionaryWord> = BTreeMap::new();
        let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
        for data in LANGUAGES {
            let language: Language = toml::from_str(data).unwrap();
            for (kind, forms) in language.provision {
                for (written, form, label) in forms.all() {
                    let word = DictionaryWord { kind, form, label };
                    let before = known.insert(written.clone(), word.clone());
                    assert!(before.is_none_or(|before| before == word), "{written}");
                }
            }
            for (written, value) in language.number {
                let before = numbers.insert(written.clone(), value);
                assert!(before.is_none_or(|before| before == value), "{written}");
            }
        }
    }

    #[test]
    fn only_dictionary_words_are_found_in_any_case() {
        assert_eq!(kind_of("ARTICLES"), Some(ProvisionKind::Article));
        assert_eq!(kind_of("Статьёй"), Some(ProvisionKind::Article));
        assert_eq!(kind_of("§"), Some(ProvisionKind::Section));
        assert_eq!(kind_of("harbor"), None);
        assert_eq!(kind_of(""), None);
        assert_eq!(number_word("Première"), Some(1));
        assert!(is_in("Table of Contents", &[WordList::ContentsHeading]));
        assert!(!is_in("of", &[WordList::Joint]));
        assert_eq!(split_counter("三部分"), Some(("三", ProvisionKind::Part)));
    }

    #[test]
    fn numbers_are_joined_by_words_commas_and_dashes() {
        let cases = [
            (" and 4", Some(5)),
            (", or 4", Some(5)),
            (", 4", Some(2)),
            (" y 4", Some(3)),
            (" & 4", Some(3)),
            (",4", None),
            ("and 4", None),
            (" andes", None),
            (" to 4", None),
        ];
        for (text, length) in cases {
            assert_eq!(joint_length(text), length, "{text}");
        }
        assert_eq!(range_length(" to 4"), Some(4));
        assert_eq!(range_length("–4"), Some(3));
        assert_eq!(range_length(" – 4"), Some(5));
    }
}
