//! [`Word`]: lower-case words and punctuation of a clause with their ranges; [`WordSet`].

use std::borrow::Cow;
use std::ops::Range;

use serde::Deserialize;

use crate::words::word_ranges;

/// A word or a punctuation mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word<'t> {
    /// Lower-case, with a straight apostrophe.
    pub(crate) form: Cow<'t, str>,
    /// Its bytes in the text.
    pub(crate) range: Range<usize>,
    /// Whether it begins with a capital.
    pub(crate) is_capital: bool,
    /// Whether this mark ends a sentence or an independent part.
    pub(crate) is_stop: bool,
}

impl<'t> Word<'t> {
    fn of(text: &'t str, range: Range<usize>) -> Self {
        let written = &text[range.clone()];
        Self {
            form: form_of(written),
            range,
            is_capital: written.starts_with(char::is_uppercase),
            is_stop: false,
        }
    }

    /// Returns a word in lower case that belongs to no text.
    pub(crate) fn alone(form: &'t str) -> Self {
        Self {
            form: Cow::Borrowed(form),
            range: 0..form.len(),
            is_capital: false,
            is_stop: false,
        }
    }

    /// Whether it is a punctuation mark.
    pub(crate) fn is_mark(&self) -> bool {
        !self.form.starts_with(char::is_alphanumeric)
    }

    /// Whether it is in a set.
    pub(crate) fn is_in(&self, set: &WordSet) -> bool {
        set.has(&self.form)
    }
}

/// A set of words.
#[derive(Debug, Deserialize)]
#[serde(from = "Vec<&'static str>", bound(deserialize = "'de: 'static"))]
pub(crate) struct WordSet {
    pub(crate) words: Vec<&'static str>,
    /// The lengths of the words, as a bit set: most words of a text have another length.
    lengths: u64,
}

impl From<Vec<&'static str>> for WordSet {
    fn from(words: Vec<&'static str>) -> Self {
        let lengths = words.iter().fold(0, |bits, word| bits | length_bit(word));
        Self { words, lengths }
    }
}

impl WordSet {
    pub(crate) fn has(&self, word: &str) -> bool {
        self.lengths & length_bit(word) != 0 && self.words.contains(&word)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// Returns the bit of a word's length in bytes; all long words share the last bit.
pub(crate) fn length_bit(word: &str) -> u64 {
    1 << word.len().min(63)
}

/// What an apostrophe inside a word does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Elisions {
    /// It ends a word: `s'engagent` is two words in French.
    Split,
    /// It belongs to the word.
    Kept,
}

/// Returns the words and marks of a text. An apostrophe or a hyphen between two words
/// ([`word_ranges`]) joins them to one, but an apostrophe of an elision ends its word.
pub(crate) fn words_of(text: &str, elisions: Elisions) -> Vec<Word<'_>> {
    let mut ranges: Vec<Range<usize>> = Vec::with_capacity(text.len() / 5);
    let mut end = 0;
    for word in word_ranges(text) {
        let between = &text[end..word.start];
        let is_apostrophe = matches!(between, "'" | "’" | "ʼ");
        let next_end = word.end;
        match ranges.last_mut() {
            _ if between == " " => ranges.push(word),
            Some(last) if is_apostrophe && elisions == Elisions::Split => {
                last.end = word.start;
                ranges.push(word);
            }
            Some(last) if is_apostrophe || matches!(between, "-" | "‑") => last.end = word.end,
            _ => {
                ranges.extend(marks_in(text, end..word.start));
                ranges.push(word);
            }
        }
        end = next_end;
    }
    ranges.extend(marks_in(text, end..text.len()));
    let mut words: Vec<Word<'_>> = ranges.into_iter().map(|at| Word::of(text, at)).collect();
    mark_stops(&mut words, text);
    words
}

fn marks_in(text: &str, between: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let characters = text[between.clone()].char_indices();
    let marks = characters.filter(|(_, c)| !c.is_whitespace());
    marks.map(move |(at, c)| between.start + at..between.start + at + c.len_utf8())
}

fn form_of(written: &str) -> Cow<'_, str> {
    let is_as_wanted = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    if written.bytes().all(is_as_wanted) {
        Cow::Borrowed(written)
    } else if written.is_ascii() {
        Cow::Owned(written.to_ascii_lowercase())
    } else {
        let lower = written.to_lowercase().replace(['’', 'ʼ'], "'");
        Cow::Owned(lower.replace('‑', "-"))
    }
}

/// Marks the ends of sentences, except the full stop of an abbreviation (`U.S.`) and dots for omitted
/// words.
fn mark_stops(words: &mut [Word<'_>], text: &str) {
    for index in 0..words.len() {
        if words[index].form.starts_with(char::is_alphanumeric) {
            continue;
        }
        words[index].is_stop = match &*words[index].form {
            ";" | "!" | "?" | ":" | "–" | "—" => true,
            "." => {
                let is_initial = index > 0 && words[index - 1].range.len() == 1;
                let next = words.get(index + 1);
                let goes_on = next.is_some_and(|word| {
                    let next = &text[word.range.clone()];
                    next.starts_with(|c: char| c.is_lowercase() || c == '.' || c == ',')
                });
                !is_initial && !goes_on
            }
            _ => false,
        };
    }
}
