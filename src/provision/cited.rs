//! [`number_at`]: numbers as texts cite them, with their levels.

use std::ops::Range;

use crate::provision::numbering::{latin_ordinal, parse_letters, parse_roman};
use crate::words::prefix_length;

/// A number directly after its word: as [`number_at`], or a capital letter without parentheses.
pub(crate) fn first_number_at(text: &str, from: usize) -> Option<CitedNumber> {
    let rest = &text[from..];
    let is_letter = capitals_length(rest) == 1;
    let length = if is_letter { 1 } else { number_length(rest) };
    with_levels(text, from..from + length)
}

/// A number such as `5`, `19A`, `12 bis`, `14.2`, `IV`, `(a)`, with the levels in parentheses after it.
pub(crate) fn number_at(text: &str, from: usize) -> Option<CitedNumber> {
    with_levels(text, from..from + number_length(&text[from..]))
}

/// A number as a text cites it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CitedNumber {
    /// Where it ends in the text.
    pub(crate) end: usize,
    /// The number without white space.
    pub(crate) written: String,
}

fn number_length(rest: &str) -> usize {
    let n_capitals = capitals_length(rest);
    let is_roman = n_capitals > 1 && parse_roman(&rest[..n_capitals]).is_some();
    if is_roman {
        n_capitals
    } else {
        digits_length(rest)
    }
}

fn capitals_length(rest: &str) -> usize {
    prefix_length(rest, |c| c.is_ascii_uppercase())
}

/// The length of `5`, `19A`, `12 bis`, `14.2`.
fn digits_length(rest: &str) -> usize {
    let n_digits = |text: &str| prefix_length(text, char::is_numeric);
    let mut length = n_digits(rest);
    if length == 0 {
        return 0;
    }
    while let Some(more) = rest[length..].strip_prefix('.')
        && n_digits(more) > 0
    {
        length += 1 + n_digits(more);
    }
    length + inserted_length(&rest[length..])
}

fn with_levels(text: &str, number: Range<usize>) -> Option<CitedNumber> {
    let mut end = number.end;
    let is_glued = text[end..].starts_with(|c: char| c.is_alphanumeric() || c == '/');
    if !number.is_empty() && is_glued || number.len() > 12 {
        return None;
    }
    let mut written = text[number].to_owned();
    while let Some(more) = level_length(&text[end..]) {
        written.push_str(text[end..end + more].trim_start());
        end += more;
    }
    (!written.is_empty()).then_some(CitedNumber { end, written })
}

/// The length of `A` or ` bis` after a number.
fn inserted_length(rest: &str) -> usize {
    let word = rest.trim_start_matches(' ');
    let letters = prefix_length(word, char::is_alphabetic);
    let n_spaces = rest.len() - word.len();
    let is_letter =
        n_spaces == 0 && letters == 1 && word.starts_with(|c: char| c.is_ascii_alphabetic());
    if is_letter || n_spaces <= 1 && latin_ordinal(&word[..letters]).is_some() {
        n_spaces + letters
    } else {
        0
    }
}

/// The length of a level in parentheses: `(a)`, or ` (iv)` after a space if it is not a word.
fn level_length(rest: &str) -> Option<usize> {
    const MAX_LEVEL: usize = 6;
    let inner = rest.trim_start_matches(' ');
    let n_spaces = rest.len() - inner.len();
    let inside = inner.strip_prefix('(')?;
    let length = inside
        .find(')')
        .filter(|length| (1..=MAX_LEVEL).contains(length))?;
    let level = &inside[..length];
    let is_number = match n_spaces {
        0 => level.chars().all(char::is_alphanumeric),
        1 => level.len() < 4 && level.chars().all(char::is_numeric) || is_small_number(level),
        _ => false,
    };
    is_number.then_some(n_spaces + length + 2)
}

/// Whether a level is a small letter or Roman number, and not a word: `a`, `bb`, `iv`.
fn is_small_number(level: &str) -> bool {
    level.starts_with(char::is_lowercase)
        && (parse_letters(level).is_some() || parse_roman(level).is_some())
}
