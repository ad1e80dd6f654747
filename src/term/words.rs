//! The words of a text as they stand in it, by the rules of Unicode.

use std::borrow::Cow;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::term::normal::is_ignorable;

/// A word as it stands in a text, or two halves of a hyphened one put together.
pub(super) struct RawWord<'t> {
    pub(super) spelling: Cow<'t, str>,
    pub(super) range: Range<usize>,
}

/// Prefixes that belong to the word after their hyphen: "co-operation" is "cooperation".
const JOINED_PREFIXES: [&str; 20] = [
    "anti", "bi", "co", "counter", "cross", "e", "extra", "inter", "intra", "mis", "multi", "non",
    "post", "pre", "pro", "re", "sub", "trans", "un", "under",
];

/// A prefix that is a word of its own: "cyberattack", "cyber-attack" and "cyber attack" are one.
const SPLIT_PREFIX: &str = "cyber";

/// Returns the words of a text.
pub(super) fn raw_words(text: &str) -> Vec<RawWord<'_>> {
    let mut words = Vec::new();
    each_raw_word(text, |word| words.push(word));
    words
}

/// Calls `each` with the words of a text, in order.
pub(super) fn each_raw_word<'t>(text: &'t str, mut each: impl FnMut(RawWord<'t>)) {
    // A word waits until it is seen whether the next one belongs to it.
    let mut waiting: Option<RawWord<'t>> = None;
    each_standard_word(text, |start, spelling| {
        let range = start..start + spelling.len();
        if let Some(prefix) = waiting.as_mut()
            && is_joined(text, prefix, start)
        {
            prefix.spelling = format!("{}{spelling}", prefix.spelling).into();
            prefix.range.end = range.end;
            return;
        }
        waiting.take().into_iter().for_each(&mut each);
        let mut rest = RawWord {
            spelling: spelling.into(),
            range,
        };
        if has_split_prefix(spelling) {
            let (first, second) = spelling.split_at(SPLIT_PREFIX.len());
            let middle = start + first.len();
            each(RawWord {
                spelling: first.into(),
                range: start..middle,
            });
            rest.spelling = second.into();
            rest.range.start = middle;
        }
        waiting = Some(rest);
    });
    waiting.into_iter().for_each(each);
}

/// Returns whether `prefix` and the word at `next` are one word: parted by a hyphen that does not
/// count, or by characters of no width where the script would not part them itself.
fn is_joined(text: &str, prefix: &RawWord<'_>, next: usize) -> bool {
    let between = &text[prefix.range.end..next];
    let first = between.bytes().next();
    if first.is_some_and(|byte| byte.is_ascii() && byte != b'-') {
        return false;
    }
    if !between.is_empty() && between.chars().all(is_ignorable) {
        let ends = text[..prefix.range.end].chars().next_back();
        let seam: String = ends
            .into_iter()
            .chain(text[next..].chars().next())
            .collect();
        return seam.unicode_words().count() == 1;
    }
    matches!(between, "-" | "‐" | "‑")
        && JOINED_PREFIXES
            .iter()
            .any(|known| prefix.spelling.eq_ignore_ascii_case(known))
}

fn has_split_prefix(word: &str) -> bool {
    let length = SPLIT_PREFIX.len();
    word.len() >= length + 3
        && word.is_ascii()
        && word[..length].eq_ignore_ascii_case(SPLIT_PREFIX)
        && word.as_bytes()[length].is_ascii_alphabetic()
}

/// Calls `each` with the words of Unicode Standard Annex 29 and where they start, in order.
///
/// A blank parts words whatever stands around it, so each stretch between blanks is looked at alone:
/// most are one run of letters and digits; the full rules are for those that are not plain ASCII.
pub(crate) fn each_standard_word<'t>(text: &'t str, mut each: impl FnMut(usize, &'t str)) {
    let bytes = text.as_bytes();
    let mut start = 0;
    while start < bytes.len() {
        let mut end = end_of_run(bytes, start);
        if end > start && bytes.get(end).is_none_or(|byte| *byte == b' ') {
            each_if_word(&text[start..end], |word| each(start, word));
            start = end + 1;
            continue;
        }
        while end < bytes.len() && bytes[end] != b' ' {
            end += 1;
        }
        let stretch = &text[start..end];
        if stretch.is_ascii() {
            each_ascii_word(stretch, |place, word| each(start + place, word));
        } else {
            for (place, word) in stretch.unicode_word_indices() {
                each(start + place, word);
            }
        }
        start = end + 1;
    }
}

/// Calls `each` with a run of letters, digits and low lines, unless it is of low lines only.
fn each_if_word<'t>(run: &'t str, each: impl FnOnce(&'t str)) {
    let mut bytes = run.bytes();
    if bytes.any(|byte| byte != b'_') {
        each(run);
    }
}

/// The same for a stretch of ASCII: what the rules come to where there are no other characters.
fn each_ascii_word<'t>(stretch: &'t str, mut each: impl FnMut(usize, &'t str)) {
    let bytes = stretch.as_bytes();
    let mut start = 0;
    while start < bytes.len() {
        if !is_inner(bytes[start]) {
            start += 1;
            continue;
        }
        let end = end_of_ascii_word(bytes, start);
        each_if_word(&stretch[start..end], |word| each(start, word));
        start = end;
    }
}

/// Returns where the word that starts at a place ends: a point, a colon or an apostrophe between
/// letters does not part them, nor a point, a comma, a semicolon or an apostrophe between digits.
fn end_of_ascii_word(bytes: &[u8], start: usize) -> usize {
    let mut end = start;
    loop {
        end = end_of_run(bytes, end);
        let (Some(&byte), Some(&next)) = (bytes.get(end), bytes.get(end + 1)) else {
            break;
        };
        let before = bytes[end - 1];
        let joins_letters = matches!(byte, b':' | b'.' | b'\'')
            && before.is_ascii_alphabetic()
            && next.is_ascii_alphabetic();
        let joins_digits = matches!(byte, b',' | b';' | b'.' | b'\'')
            && before.is_ascii_digit()
            && next.is_ascii_digit();
        if !joins_letters && !joins_digits {
            break;
        }
        end += 1;
    }
    end
}

/// Which bytes are letters, digits or low lines.
const IS_INNER: [bool; 256] = {
    let mut is_inner = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        is_inner[byte as usize] = byte.is_ascii_alphanumeric() || byte == b'_';
        byte += 1;
    }
    is_inner
};

fn is_inner(byte: u8) -> bool {
    IS_INNER[usize::from(byte)]
}

/// Returns where the run of letters, digits and low lines ends that starts at a place.
fn end_of_run(bytes: &[u8], start: usize) -> usize {
    let rest = &bytes[start..];
    let length = rest.iter().position(|byte| !is_inner(*byte));
    start + length.unwrap_or(rest.len())
}

/// Calls `each` with the runs of letters and digits of a text: what a counter of words that knows no
/// language takes for one.
pub(super) fn each_plain_word<'t>(text: &'t str, mut each: impl FnMut(RawWord<'t>)) {
    let mut start = None;
    let mut at = 0;
    while at < text.len() {
        let byte = text.as_bytes()[at];
        let (is_part, length) = if byte.is_ascii() {
            (byte.is_ascii_alphanumeric(), 1)
        } else {
            let c = text[at..].chars().next().unwrap_or_default();
            (c.is_alphanumeric(), c.len_utf8())
        };
        match (start, is_part) {
            (None, true) => start = Some(at),
            (Some(begun), false) => {
                each(plain_word(text, begun..at));
                start = None;
            }
            _ => {}
        }
        at += length;
    }
    if let Some(begun) = start {
        each(plain_word(text, begun..text.len()));
    }
}

fn plain_word(text: &str, range: Range<usize>) -> RawWord<'_> {
    RawWord {
        spelling: text[range.clone()].into(),
        range,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn runs_of_letters_and_digits_by_hand() {
        let mut words = Vec::new();
        each_plain_word("L’été: 3.5 co-operation_s", |word| {
            words.push(word.spelling)
        });
        assert_eq!(words, ["L", "été", "3", "5", "co", "operation", "s"]);
    }

    proptest! {
        #[test]
        fn words_are_those_of_the_full_rules(text in "[a-c0-2_:.',; \"\\-\n\té\u{300}\u{200d}\u{ad}א中“]{0,24}|\\PC{0,12}") {
            let mut found = Vec::new();
            each_standard_word(&text, |place, word| found.push((place, word)));
            let expected: Vec<(usize, &str)> = text.unicode_word_indices().collect();
            prop_assert_eq!(found, expected);
        }
    }
}
