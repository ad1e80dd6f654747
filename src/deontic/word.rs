//! [`Word`]: lower-case words and punctuation of a clause with their ranges; [`WordSet`].

use std::borrow::Cow;
use std::cmp::Ordering;
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
    /// Whether it is a punctuation mark.
    is_mark: bool,
    /// The code of its form.
    code: WordCode,
    /// Whether this mark ends a sentence or an independent part.
    pub(crate) is_stop: bool,
}

impl<'t> Word<'t> {
    fn of(text: &'t str, range: Range<usize>) -> Self {
        let written = &text[range.clone()];
        let form = form_of(written);
        Self {
            code: WordCode::of(&form),
            form,
            range,
            is_capital: written.starts_with(char::is_uppercase),
            is_mark: !written.starts_with(char::is_alphanumeric),
            is_stop: false,
        }
    }

    /// Returns a word in lower case that belongs to no text.
    pub(crate) fn alone(form: &'t str) -> Self {
        Self {
            code: WordCode::of(form),
            form: Cow::Borrowed(form),
            range: 0..form.len(),
            is_capital: false,
            is_mark: false,
            is_stop: false,
        }
    }

    /// Whether it is a punctuation mark.
    pub(crate) fn is_mark(&self) -> bool {
        self.is_mark
    }

    /// Whether it is in a set.
    #[inline]
    pub(crate) fn is_in(&self, set: &WordSet) -> bool {
        set.codes & self.code.bit() != 0 && set.finds(&self.form)
    }

    /// Returns the code of its form.
    pub(crate) fn code(&self) -> WordCode {
        self.code
    }
}

/// A number of a word from its length and its ends: two words of one code are seldom different, so that most
/// look-ups of words that are not there end with a glance at their code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WordCode(u16);

impl WordCode {
    /// The number of codes.
    pub(crate) const COUNT: usize = 1 << 12;

    pub(crate) fn of(word: &str) -> Self {
        let end = |byte: Option<&u8>| u32::from(byte.copied().unwrap_or_default());
        let bytes = word.as_bytes();
        let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        let mixed = end(bytes.first()) | end(bytes.last()) << 8 | length << 16;
        // Knuth's multiplicative hash, of which the upper bits are mixed best.
        let upper = mixed.wrapping_mul(0x9E37_79B1) >> 20;
        Self(u16::try_from(upper).unwrap_or_default())
    }

    /// Returns the code as an index.
    #[inline]
    pub(crate) fn index(self) -> usize {
        usize::from(self.0)
    }

    /// Returns the bit of the code in a set of 64 bits, in which codes share bits.
    #[inline]
    pub(crate) fn bit(self) -> u64 {
        1 << (self.0 % 64)
    }
}

/// A set of words.
#[derive(Debug, Deserialize)]
#[serde(from = "Vec<&'static str>", bound(deserialize = "'de: 'static"))]
pub(crate) struct WordSet {
    /// Sorted by length, then by letters.
    words: Vec<&'static str>,
    /// The bits of their codes.
    codes: u64,
}

impl From<Vec<&'static str>> for WordSet {
    fn from(mut words: Vec<&'static str>) -> Self {
        words.sort_unstable_by(|x, y| by_length(x, y));
        let bit = |word: &&'static str| WordCode::of(word).bit();
        let codes = words.iter().map(bit).fold(0, |bits, bit| bits | bit);
        Self { words, codes }
    }
}

impl WordSet {
    pub(crate) fn has(&self, word: &str) -> bool {
        self.codes & WordCode::of(word).bit() != 0 && self.finds(word)
    }

    fn finds(&self, word: &str) -> bool {
        let place = self.words.binary_search_by(|other| by_length(other, word));
        place.is_ok()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.words.iter().copied()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

fn by_length(x: &str, y: &str) -> Ordering {
    x.len().cmp(&y.len()).then_with(|| x.cmp(y))
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
    let mut words = Vec::with_capacity(text.len() / 5);
    // The latest word, until it is known whether it goes on.
    let mut waiting: Option<Range<usize>> = None;
    let mut end = 0;
    for mut word in word_ranges(text) {
        let between = end..word.start;
        end = word.end;
        if let Some(last) = waiting.take() {
            match join_of(&text[between.clone()], elisions) {
                Join::Goes => word.start = last.start,
                Join::Elided => words.push(Word::of(text, last.start..word.start)),
                Join::Ends => {
                    words.push(Word::of(text, last));
                    words.extend(marks_in(text, between));
                }
            }
        } else {
            words.extend(marks_in(text, between));
        }
        waiting = Some(word);
    }
    words.extend(waiting.map(|last| Word::of(text, last)));
    words.extend(marks_in(text, end..text.len()));
    mark_stops(&mut words, text);
    words
}

/// What the characters between two words do.
enum Join {
    /// They make one word of the two.
    Goes,
    /// They are the apostrophe of an elision, which belongs to the first word.
    Elided,
    Ends,
}

fn join_of(between: &str, elisions: Elisions) -> Join {
    match between {
        "'" | "’" | "ʼ" if elisions == Elisions::Split => Join::Elided,
        "'" | "’" | "ʼ" | "-" | "‑" => Join::Goes,
        _ => Join::Ends,
    }
}

/// Returns the marks between two words.
fn marks_in(text: &str, between: Range<usize>) -> impl Iterator<Item = Word<'_>> {
    let characters = text[between.clone()].char_indices();
    let marks = characters.filter(|(_, c)| !c.is_whitespace());
    marks.map(move |(at, c)| {
        let start = between.start + at;
        Word::of(text, start..start + c.len_utf8())
    })
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
        if !words[index].is_mark {
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
