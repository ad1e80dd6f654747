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
    let mut words: Vec<RawWord<'_>> = Vec::with_capacity(text.len() / 5);
    each_standard_word(text, |start, spelling| {
        let range = start..start + spelling.len();
        match words.last_mut() {
            Some(prefix) if is_joined(text, prefix, start) => {
                prefix.spelling = format!("{}{spelling}", prefix.spelling).into();
                prefix.range.end = range.end;
            }
            _ if has_split_prefix(spelling) => {
                let (first, second) = spelling.split_at(SPLIT_PREFIX.len());
                let middle = start + first.len();
                words.push(RawWord {
                    spelling: first.into(),
                    range: start..middle,
                });
                words.push(RawWord {
                    spelling: second.into(),
                    range: middle..range.end,
                });
            }
            _ => words.push(RawWord {
                spelling: spelling.into(),
                range,
            }),
        }
    });
    words
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
/// by the full rules only where it is not plain ASCII.
fn each_standard_word<'t>(text: &'t str, mut each: impl FnMut(usize, &'t str)) {
    let bytes = text.as_bytes();
    let mut start = 0;
    while start < bytes.len() {
        let mut is_ascii = true;
        let mut end = start;
        while end < bytes.len() && bytes[end] != b' ' {
            is_ascii &= bytes[end].is_ascii();
            end += 1;
        }
        let stretch = &text[start..end];
        if is_ascii {
            each_ascii_word(stretch, |place, word| each(start + place, word));
        } else {
            for (place, word) in stretch.unicode_word_indices() {
                each(start + place, word);
            }
        }
        start = end + 1;
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
        if bytes[start..end].iter().any(u8::is_ascii_alphanumeric) {
            each(start, &stretch[start..end]);
        }
        start = end;
    }
}

/// Returns where the word that starts at a place ends: a point, a colon or an apostrophe between
/// letters does not part them, nor a point, a comma, a semicolon or an apostrophe between digits.
fn end_of_ascii_word(bytes: &[u8], start: usize) -> usize {
    let mut end = start + 1;
    while let Some(&byte) = bytes.get(end) {
        if is_inner(byte) {
            end += 1;
            continue;
        }
        let Some(&next) = bytes.get(end + 1) else {
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
        end += 2;
    }
    end
}

fn is_inner(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Returns the runs of letters and digits of a text: what a counter of words that knows no language
/// takes for one.
pub(super) fn plain_words(text: &str) -> Vec<RawWord<'_>> {
    let is_part = |c: char| c.is_alphanumeric();
    let mut words = Vec::new();
    let mut rest = 0;
    while let Some(skipped) = text[rest..].find(is_part) {
        let start = rest + skipped;
        let length = text[start..].find(|c| !is_part(c));
        let end = length.map_or(text.len(), |length| start + length);
        words.push(RawWord {
            spelling: text[start..end].into(),
            range: start..end,
        });
        rest = end;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn runs_of_letters_and_digits_by_hand() {
        let words: Vec<&str> = plain_words("L’été: 3.5 co-operation_s")
            .iter()
            .map(|word| &"L’été: 3.5 co-operation_s"[word.range.clone()])
            .collect();
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
