//! Words by the rules of Unicode: what a reader takes for a word.

use unicode_segmentation::UnicodeSegmentation;

/// Returns the words of Unicode Standard Annex 29 and where they start, in order.
pub(crate) fn standard_words(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    each_standard_word(text, |start, word| words.push((start, word)));
    words
}

/// Calls `each` with the words of Unicode Standard Annex 29 and where they start, in order.
///
/// White space always separates words, so each stretch between it is examined alone. Most are one
/// run of ASCII letters and digits; the full rules are for the others.
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

/// Calls `each` with a run of letters, digits and low lines, unless it has only low lines.
fn each_if_word<'t>(run: &'t str, each: impl FnOnce(&'t str)) {
    let mut bytes = run.bytes();
    if bytes.any(|byte| byte != b'_') {
        each(run);
    }
}

/// The same for a stretch of ASCII, for which the rules are simpler.
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

/// Returns where the word that starts at `start` ends: a full stop, a colon or an apostrophe
/// between letters is part of the word, as is a full stop, a comma, a semicolon or an apostrophe
/// between digits.
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

/// Returns the end of the run of letters, digits and low lines that starts at `start`.
fn end_of_run(bytes: &[u8], start: usize) -> usize {
    let rest = &bytes[start..];
    let length = rest.iter().position(|byte| !is_inner(*byte));
    start + length.unwrap_or(rest.len())
}

/// Calls `each` with the parts of a word between apostrophes, and where they start.
pub(crate) fn each_part<'t>(word: &'t str, mut each: impl FnMut(usize, &'t str)) {
    let mut start = 0;
    for part in word.split(['\'', '’']) {
        each(start, part);
        let end = start + part.len();
        start = end + word[end..].chars().next().map_or(0, char::len_utf8);
    }
}

/// Returns whether a word may continue across a byte of a text; may be true by mistake, but is
/// never false by mistake. A sign such as a full stop separates words unless letters are on both
/// sides of it; white space always does.
pub(crate) fn is_inside_word(text: &str, at: usize) -> bool {
    let joins = |c: char| c.is_alphanumeric() || c == '_' || !c.is_ascii();
    let is_sign = |c: char| c.is_ascii_punctuation();
    let mut before = text[..at].chars().rev();
    let mut after = text[at..].chars();
    match (before.next(), after.next()) {
        (Some(last), Some(next)) if joins(last) && joins(next) => true,
        (Some(last), Some(sign)) if joins(last) && is_sign(sign) => after.next().is_some_and(joins),
        (Some(sign), Some(next)) if is_sign(sign) && joins(next) => {
            before.next().is_some_and(joins)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn shortcut_gives_the_words_of_the_full_rules(text in "[a-c0-2_:.',; \"\\-\n\té\u{300}\u{200d}\u{ad}א中“]{0,24}|\\PC{0,12}") {
            let mut found = Vec::new();
            each_standard_word(&text, |place, word| found.push((place, word)));
            // The full rules join blanks with a mark after them; here white space always separates.
            let words = text.unicode_word_indices().map(|(place, word)| {
                let bare = word.trim_start_matches(' ');
                (place + word.len() - bare.len(), bare)
            });
            prop_assert_eq!(found, words.collect::<Vec<_>>());
        }
    }
}
