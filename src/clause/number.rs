//! [`Enumerator`]: a possible number at the start of a line, and its value.

use std::ops::Range;

use crate::clause::line::is_space;
use crate::provision::{
    ProvisionKind, digit_of, latin_ordinal, parse_chinese, parse_digits, parse_letters, parse_roman,
};
use crate::words::prefix_length;

/// How a number is separated from the words after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Delimiter {
    /// `1.`
    Dot,
    /// `(1)`
    Parentheses,
    /// `1)`
    Closing,
    /// `1°`
    Degree,
    /// `①`
    Circle,
    /// `1` and white space, or the end of the line.
    Space,
    /// `Article 1`
    Word,
    /// `-`, `•`
    Bullet,
}

/// A possible value of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// A number, with 1 for `A` or `bis` after it.
    Arabic { number: u32, inserted: u32 },
    /// `3.2`: all levels.
    Decimal(Vec<u32>),
    /// Letters, of which some are Roman numbers as well, with 1 for the `a` of `za` after them.
    Letters {
        letter: Option<u32>,
        roman: Option<u32>,
        inserted: u32,
        is_upper: bool,
    },
    /// No number: a bullet, `Annex`, `Preamble`.
    Nothing,
}

impl Value {
    /// The number `1`, `2` and so on, with nothing inserted after it.
    pub(super) fn plain(number: u32) -> Self {
        Self::Arabic {
            number,
            inserted: 0,
        }
    }

    /// The same value with something inserted after it, if there is anything.
    pub(super) fn with_inserted(mut self, more: u32) -> Self {
        if let (Self::Letters { inserted, .. }, 1..) = (&mut self, more) {
            *inserted = more;
        }
        self
    }

    /// Returns the number of levels, and of digits: the same for numbers of one list.
    pub(crate) fn n_levels(&self) -> (u8, usize) {
        match self {
            Self::Arabic { .. } => (0, 1),
            Self::Decimal(levels) => (1, levels.len()),
            Self::Letters { .. } => (2, 1),
            Self::Nothing => (3, 1),
        }
    }

    /// Whether it is the next letter or the next Roman number after another.
    pub(crate) fn may_follow(&self, before: &Self) -> bool {
        let is_next = |a: Option<u32>, b: Option<u32>| a.zip(b).is_some_and(|(a, b)| a + 1 == b);
        let ((a, i), (b, ii)) = (before.letters(), self.letters());
        is_next(a, b) || is_next(i, ii)
    }

    /// The number as a letter and as a Roman number.
    pub(crate) fn letters(&self) -> (Option<u32>, Option<u32>) {
        match self {
            Self::Letters {
                letter,
                roman,
                inserted: 0,
                ..
            } => (*letter, *roman),
            _ => (None, None),
        }
    }

    /// Whether a list may begin with it: `1`, `a`, `i`.
    pub(crate) fn is_first(&self) -> bool {
        if let Self::Arabic { number, .. } = self {
            return *number == 1;
        }
        let (letter, roman) = self.letters();
        letter == Some(1) || roman == Some(1)
    }
}

/// A possible number at the start of a line; ranges count from the start of the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Enumerator {
    pub(crate) kind: Option<ProvisionKind>,
    pub(crate) delimiter: Delimiter,
    pub(crate) value: Value,
    /// The number as written, without its delimiters: `25`, `a`, `3.2`.
    pub(crate) number: Range<usize>,
    /// The kind's word and the number as written: `Article 25(4)`.
    pub(crate) written: Range<usize>,
    /// Where the words after it begin.
    pub(crate) body: usize,
    /// Whether a mark, or nothing, is between the number and the words, not only white space.
    pub(crate) is_set_apart: bool,
}

impl Enumerator {
    /// An item without number and mark.
    pub(crate) fn unmarked() -> Self {
        Self {
            kind: None,
            delimiter: Delimiter::Bullet,
            value: Value::Nothing,
            number: 0..0,
            written: 0..0,
            body: 0,
            is_set_apart: true,
        }
    }
}

/// A possible number and its line.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) line: usize,
    pub(crate) number: Enumerator,
}

/// What `bis` adds to the insertion after a number, times its place: letters may be inserted there.
const LATIN_STEP: u32 = 100;

/// The letter in the last level of `4.a` is counted from here, after all numbers.
pub(super) const LETTER_LEVEL: u32 = 1_000_000;

/// The most bytes in which a number is searched for.
const MAX_NUMBER: usize = 24;

/// Digits and what may follow directly: decimals, an inserted letter, or `bis` after a space.
pub(super) fn arabic(start: &str) -> Option<(Value, usize)> {
    let mut end = digits_end(start);
    let number = parse_digits(&start[..end])?;
    let mut levels = vec![number];
    while let Some(rest) = start[end..].strip_prefix('.') {
        let length = digits_end(rest);
        if length == 0 {
            break;
        }
        levels.push(parse_digits(&rest[..length])?);
        end += 1 + length;
    }
    let is_date = levels.len() > 2 && levels.last().is_some_and(|level| *level >= 1000);
    if is_date {
        return None;
    }
    if let Some(letter) = letter_level(&start[end..]) {
        levels.push(LETTER_LEVEL + letter);
        end += 2;
    }
    if levels.len() > 1 {
        return Some((Value::Decimal(levels), end));
    }
    let rest = &start[end..];
    if let Some((inserted, length)) = inserted_number(rest) {
        return Some((Value::Arabic { number, inserted }, end + length));
    }
    let letters = prefix_length(rest, |c| c.is_ascii_alphabetic());
    let glued = &rest[..letters];
    let is_inserted =
        letters == 1 && !glued.starts_with(|c: char| c.is_ascii_lowercase() && c > 'h');
    if is_inserted && let Some(inserted) = parse_letters(glued) {
        return Some((Value::Arabic { number, inserted }, end + 1));
    }
    let (inserted, length) = inserted_words(rest);
    Some((Value::Arabic { number, inserted }, end + length))
}

/// The letter below a number: `a` of `4.a`.
fn letter_level(rest: &str) -> Option<u32> {
    let mut chars = rest.strip_prefix('.')?.chars();
    let letter = chars.next().filter(char::is_ascii_lowercase)?;
    let is_alone = chars
        .next()
        .is_none_or(|c| c.is_whitespace() || matches!(c, ')' | ':'));
    is_alone.then(|| u32::from(letter) - u32::from(b'a') + 1)
}

/// A number inserted after a number, and its length: `¹` of `2¹`, `의2` of `1의2`.
fn inserted_number(rest: &str) -> Option<(u32, usize)> {
    if let Some(digits) = rest.strip_prefix('의') {
        let length = digits_end(digits);
        return Some((parse_digits(&digits[..length])?, '의'.len_utf8() + length));
    }
    if rest.as_bytes().first()?.is_ascii() {
        return None;
    }
    let length = prefix_length(rest, is_superscript);
    let mut digits = rest[..length].chars().map(superscript_value);
    let number = digits.try_fold(0u32, |value, digit| {
        value.checked_mul(10)?.checked_add(digit?)
    })?;
    (length > 0).then_some((number, length))
}

/// The title in parentheses, no number, that words begin with: `(통보)` after `제4조`.
pub(super) fn title_in_parentheses(words: &str) -> Option<&str> {
    let inner = words.strip_prefix(['(', '（', '【'])?;
    let title = &inner[..inner.find([')', '）', '】'])?];
    value_of(title).is_none().then_some(title)
}

pub(super) fn is_superscript(c: char) -> bool {
    superscript_value(c).is_some()
}

fn superscript_value(c: char) -> Option<u32> {
    match c {
        '¹' => Some(1),
        '²' => Some(2),
        '³' => Some(3),
        '⁰' | '⁴'..='⁹' => Some(u32::from(c) - u32::from('⁰')),
        _ => None,
    }
}

/// What the words after a number insert, and their length: ` bis`, ` ter A`, `-A`; nothing if there are none.
pub(super) fn inserted_words(rest: &str) -> (u32, usize) {
    let after_dash = || rest.strip_prefix('-').and_then(capital_letters);
    match latin_words(rest) {
        (0, _) => after_dash().map_or((0, 0), |(letter, length)| (letter, 1 + length)),
        latin => latin,
    }
}

/// What the Latin words after a number insert, and their length: ` bis`, ` ter A`.
pub(super) fn latin_words(rest: &str) -> (u32, usize) {
    let spaced = rest.strip_prefix([' ', '\u{a0}', '-']).unwrap_or(rest);
    let length = prefix_length(spaced, |c| c.is_ascii_alphabetic());
    let Some(ordinal) = latin_ordinal(&spaced[..length]) else {
        return (0, 0);
    };
    let end = rest.len() - spaced.len() + length;
    let after = rest[end..].strip_prefix(' ');
    // `A` may be an article of the words after the number.
    let letters = after.and_then(capital_letters).filter(|(_, length)| {
        let behind = rest[end + 1 + length..].trim_start_matches(' ');
        behind.is_empty() || behind.starts_with(['.', ':', '(', '-', '–', '—'])
    });
    match letters {
        Some((letter, length)) => (ordinal * LATIN_STEP + letter, end + 1 + length),
        None => (ordinal * LATIN_STEP, end),
    }
}

/// One or two capital letters that are no part of a word: `A`, `AA`.
fn capital_letters(text: &str) -> Option<(u32, usize)> {
    let length = prefix_length(text, |c| c.is_ascii_uppercase());
    let is_word = text[length..].starts_with(char::is_alphanumeric);
    let letter = parse_letters(&text[..length]).filter(|_| length <= 2 && !is_word)?;
    Some((letter, length))
}

pub(super) fn digits_end(text: &str) -> usize {
    prefix_length(text, |c| digit_of(c).is_some())
}

/// The value of text that is alone between marks.
pub(super) fn value_of(text: &str) -> Option<Value> {
    let first = text.chars().next()?;
    if digit_of(first).is_some() {
        let (value, end) = arabic(text)?;
        return (end == text.len()).then_some(value);
    }
    if let Some(number) = parse_chinese(text) {
        return Some(Value::plain(number));
    }
    let end = prefix_length(text, char::is_alphabetic);
    let (inserted, length) = latin_words(&text[end..]);
    if end + length < text.len() {
        return None;
    }
    let value = letters_of(&text[..end])?;
    Some(value.with_inserted(inserted))
}

/// The value of letters: `a`, `iv`, `za`.
fn letters_of(text: &str) -> Option<Value> {
    let is_upper = text.starts_with(char::is_uppercase);
    let (letter, roman) = (parse_letters(text), parse_roman(text));
    if letter.is_some() || roman.is_some() {
        return Some(Value::Letters {
            letter,
            roman,
            inserted: 0,
            is_upper,
        });
    }
    let is_pair = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_lowercase());
    is_pair.then(|| Value::Letters {
        letter: parse_letters(&text[..1]),
        roman: None,
        inserted: parse_letters(&text[1..]).unwrap_or_default(),
        is_upper,
    })
}

/// The first bytes from a position on, ending at a character boundary, in which a number is searched for.
pub(super) fn head(line: &str, from: usize) -> &str {
    head_of(&line[from..], MAX_NUMBER)
}

pub(super) fn head_of(text: &str, n_bytes: usize) -> &str {
    &text[..text.floor_char_boundary(n_bytes)]
}

pub(super) fn skip_space(line: &str, from: usize) -> usize {
    line.len() - line[from..].trim_start_matches(is_space).len()
}
