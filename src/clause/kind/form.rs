//! Forms that need no word list: addresses, symbols of documents, titles, runs of names.

use crate::clause::kind::citation::{is_address_word, is_citation};
use crate::clause::kind::class::ClauseKind;
use crate::clause::kind::reason::{Classified, KindReason};

/// The most characters of a clause that are examined for its form.
const MAX_EXAMINED: usize = 2000;

/// The most words of a title.
const MAX_TITLE: usize = 22;

/// The fewest names of a run.
const MIN_NAMES: usize = 5;

/// The most words of one name in a run.
const MAX_NAME: usize = 8;

/// Returns the kind that the form of a clause shows in any language; `None` if it shows none.
pub(crate) fn kind_by_form(text: &str) -> Option<Classified> {
    let text = beginning_of(text);
    if !text.chars().any(char::is_alphabetic) || is_number_of_page(text) {
        return Some(Classified::new(ClauseKind::Furniture, KindReason::NoWords));
    }
    if is_symbols(text) || is_address(text) {
        return Some(Classified::new(ClauseKind::Note, KindReason::Address));
    }
    if is_citation(text) {
        return Some(Classified::new(ClauseKind::Note, KindReason::Citation));
    }
    if is_title(text) && ends_with_year(text) && has_title_case(text) {
        return Some(Classified::new(ClauseKind::Note, KindReason::Citation));
    }
    if is_headed_by_symbol(text) {
        return Some(Classified::new(ClauseKind::Furniture, KindReason::Address));
    }
    is_name_run(text).then(|| Classified::new(ClauseKind::Names, KindReason::Names))
}

/// Returns the part of a text that is examined.
fn beginning_of(text: &str) -> &str {
    &text[..text.floor_char_boundary(MAX_EXAMINED)]
}

/// Whether a text is an address with at most a few words around it.
fn is_address(text: &str) -> bool {
    if !text.contains("://") && !text.contains("www.") && !text.contains('@') {
        return false;
    }
    let mut words = text.split_whitespace();
    let is_first = words.clone().next().is_some_and(is_address_word);
    let n_words = text.split_whitespace().take(8).count();
    is_first && n_words < 8 || n_words <= 4 && words.any(is_address_word)
}

/// Whether a text is a number with a letter or two, such as the job number at the foot of a page.
fn is_number_of_page(text: &str) -> bool {
    let is_wordy = text.chars().filter(|c| c.is_alphabetic()).nth(2).is_some();
    !is_wordy && text.bytes().filter(u8::is_ascii_digit).nth(4).is_some()
}

/// Whether a word is the symbol of a document: `A/RES/78/265`, `FCCC/CP/2015/10/Add.1`.
fn is_symbol(word: &str) -> bool {
    if !word.contains('/') {
        return false;
    }
    let word = word.trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | ',' | '.' | ';'));
    let has_parts = word.split('/').filter(|part| !part.is_empty()).count() >= 2;
    let is_capital = word.starts_with(|c: char| c.is_ascii_uppercase());
    let has_digit = word.bytes().any(|byte| byte.is_ascii_digit());
    let has_lower_word = word
        .split('/')
        .any(|part| part.len() > 4 && part.bytes().all(|byte| byte.is_ascii_lowercase()));
    has_parts && is_capital && has_digit && !has_lower_word
}

/// Whether a text consists of symbols of documents.
fn is_symbols(text: &str) -> bool {
    if !text.contains('/') {
        return false;
    }
    let mut words = text.split_whitespace();
    let joins = |word: &str| word.chars().count() <= 3 && !word.contains(char::is_numeric);
    // Most texts fail at their first long word.
    words.clone().all(|word| joins(word) || is_symbol(word)) && words.any(is_symbol)
}

/// Whether a short text begins with the symbol of a document, as running heads do.
fn is_headed_by_symbol(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let is_first = words.next().is_some_and(is_symbol);
    is_first && words.take(16).count() < 16 && !text.trim_end().ends_with(['.', ';'])
}

/// Whether a word is written as in a name: with a capital, or short.
fn is_name_word(word: &str) -> bool {
    let word = word.trim_start_matches(['(', '“', '"', '‘']);
    let is_small = word.chars().count() <= 4 && word.chars().all(char::is_lowercase);
    word.starts_with(char::is_uppercase) || is_small
}

/// Whether a text could be one name: few words, with capitals.
pub(crate) fn is_name(text: &str) -> bool {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '(' | ')' | '.'));
    text.starts_with(char::is_uppercase)
        && text.split_whitespace().nth(MAX_NAME).is_none()
        && text.split_whitespace().all(is_name_word)
        && !text.ends_with(['?', '!'])
}

/// Whether words end with a year in brackets, as the title of a cited work does: `(Port Society 2022)`.
fn ends_with_year(text: &str) -> bool {
    let last = text.trim_end().rsplit([' ', '(']).next();
    let last = last.unwrap_or_default();
    let digits = last.trim_end_matches(')');
    let is_year = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_year && last.len() == digits.len() + 1
}

/// Whether a text is a run of names, after a colon if there is one.
fn is_name_run(text: &str) -> bool {
    let separates = |c: char| matches!(c, ',' | ';' | '\n' | '•' | '·' | '|');
    let may_separate = |byte: &u8| matches!(byte, b',' | b';' | b'\n' | b'|') || !byte.is_ascii();
    let may_begin = |byte: &u8| byte.is_ascii_uppercase() || !byte.is_ascii();
    let max_parts = text.bytes().filter(may_separate).count() + 1;
    if max_parts < MIN_NAMES || text.bytes().filter(may_begin).count() < MIN_NAMES {
        return false;
    }
    let list = match text.split_once(':') {
        Some((before, after)) if before.len() < 120 => after,
        _ => text,
    };
    let parts = list.split(separates).map(str::trim);
    let (mut n_names, mut n_others) = (0, 0);
    for part in parts.filter(|part| !part.is_empty()) {
        if is_name(without_joints(part).trim_end_matches('.')) {
            n_names += 1;
        } else {
            n_others += 1;
        }
        // One part in five may be no name.
        if n_others * 5 > max_parts {
            return false;
        }
    }
    n_names >= MIN_NAMES && n_names >= n_others * 4
}

/// Returns a name in a run without the words that join it to the name before it.
fn without_joints(mut name: &str) -> &str {
    for joint in ["and ", "et ", "y ", "the "] {
        while let Some(rest) = name.strip_prefix(joint) {
            name = rest;
        }
    }
    name
}

/// Whether a text has the form of a title: short, begins with a capital or a number, without a mark at its end.
pub(crate) fn is_title(text: &str) -> bool {
    let text = text
        .trim_start_matches(|c: char| !c.is_alphanumeric())
        .trim_end();
    text.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
        && !text.ends_with(['.', ';', ':', ',', '!', '。', '；', '，'])
        && text.split_whitespace().nth(MAX_TITLE).is_none()
}

/// Whether most long words of a title begin with a capital.
pub(crate) fn has_title_case(text: &str) -> bool {
    let words = text.split_whitespace();
    let (mut n_words, mut n_capitals) = (0, 0);
    for word in words.filter(|word| word.chars().count() > 3) {
        n_words += 1;
        n_capitals += usize::from(word.starts_with(|c: char| c.is_uppercase() || c.is_numeric()));
    }
    n_words > 0 && n_capitals * 3 >= n_words * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_recognized_in_any_language() {
        use ClauseKind::{Furniture, Names, Note};
        let cases = [
            ("* * *", Some(Furniture)),
            ("12/40", Some(Furniture)),
            ("https://example.org/treaty", Some(Note)),
            ("Contact: desk@example.org", Some(Note)),
            ("E/CN.9/12, E/CN.9/13 and E/CN.9/14", Some(Note)),
            ("E/2031/77 safe harbors for all", Some(Furniture)),
            (
                "Ríos, Valdoria, Norland, Ostmark, Sudland y Westmark",
                Some(Names),
            ),
            (
                "The members are: Norland, Ostmark, Sudland, the Kingdom of Westmark, Valdoria.",
                Some(Names),
            ),
            (
                "Harbors, and the ships in them, are kept open, safe, clean and fair.",
                None,
            ),
            ("Die Häfen bleiben offen.", None),
        ];
        for (text, expected) in cases {
            assert_eq!(
                kind_by_form(text).map(|found| found.kind),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn titles_have_no_mark_at_their_end() {
        assert!(is_title("Safe Harbors and Open Seas"));
        assert!(has_title_case("Safe Harbors and Open Seas"));
        assert!(!is_title("harbors are open"));
        assert!(!is_title("Harbors are open."));
        assert!(!has_title_case("Harbors that are open to all ships"));
    }
}
