//! Words as runs of letters and digits, in any language.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use crate::words::joined::RawWord;

/// Returns the byte range of each word of a text: a run of letters, digits, marks and low lines; in
/// scripts without spaces, a single character.
///
/// For finding text reuse: no character between two words joins them, so that a different hyphen or
/// apostrophe hides no copy.
pub(crate) fn word_ranges(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut place = 0;
    std::iter::from_fn(move || {
        let bytes = text.as_bytes();
        place += prefix_of(&bytes[place..], is_blank);
        let length = prefix_of(&bytes[place..], is_word_byte);
        if length > 0 && bytes.get(place + length).is_none_or(u8::is_ascii) {
            let word = place..place + length;
            place = word.end;
            return Some(word);
        }
        let mut characters = text[place..].char_indices();
        let (skipped, first) = characters.find(|(_, c)| is_word_character(*c))?;
        let start = place + skipped;
        let mut end = start + first.len_utf8();
        let stands_alone = is_without_spaces(first);
        let belongs = |c: &char| {
            !c.is_ascii() && is_combining_mark(*c)
                || !stands_alone && is_word_character(*c) && !is_without_spaces(*c)
        };
        let rest = text[end..].chars().take_while(belongs);
        end += rest.map(char::len_utf8).sum::<usize>();
        place = end;
        Some(start..end)
    })
}

/// Returns the runs of characters of a kind in a text, in order, and an empty one where two others meet:
/// for words in lines of another making than prose.
pub(crate) fn runs_of(
    text: &str,
    is_of_kind: impl Fn(char) -> bool,
) -> impl DoubleEndedIterator<Item = &str> {
    text.split(move |c: char| !is_of_kind(c))
}

/// Returns how many bytes at the start of a text are characters of a kind.
pub(crate) fn prefix_length(text: &str, is_of_kind: impl Fn(char) -> bool) -> usize {
    text.find(|c| !is_of_kind(c)).unwrap_or(text.len())
}

/// Returns the words of a text with one space between two of them.
pub(crate) fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns how many bytes at the start are of a kind.
fn prefix_of(bytes: &[u8], is_of_kind: impl Fn(u8) -> bool) -> usize {
    let other = bytes.iter().position(|byte| !is_of_kind(*byte));
    other.unwrap_or(bytes.len())
}

fn is_blank(byte: u8) -> bool {
    byte.is_ascii() && !is_word_byte(byte)
}

fn is_word_byte(byte: u8) -> bool {
    const OF_BYTE: [bool; 256] = {
        let mut of_byte = [false; 256];
        let mut byte = 0_u8;
        while byte < 128 {
            of_byte[byte as usize] = byte.is_ascii_alphanumeric() || byte == b'_';
            byte += 1;
        }
        of_byte
    };
    OF_BYTE[usize::from(byte)]
}

fn is_word_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || (!c.is_ascii() && c.is_alphanumeric())
}

/// Returns whether a script is written without spaces: Chinese, Japanese, Thai, Lao, Khmer, Burmese.
fn is_without_spaces(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Calls `each` with the runs of letters and digits of a text, without marks and with no exception
/// for scripts without spaces, as a word counter that knows no language does. For figures that are
/// compared with such a counter.
pub(crate) fn each_plain_word<'t>(text: &'t str, mut each: impl FnMut(RawWord<'t>)) {
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

/// Characters that no standard word crosses: blanks, ends of lines, the comma of lists and the full stop of Chinese and
/// Japanese, whose texts have no blanks.
const BETWEEN_WORDS: [char; 6] = [' ', '\t', '\n', '\r', '、', '。'];

fn plain_word(text: &str, range: Range<usize>) -> RawWord<'_> {
    RawWord {
        spelling: text[range.clone()].into(),
        written: stretch_around(text, &range),
        range,
    }
}

/// Returns the bytes between the characters around a part of a text that no standard word crosses: all standard words that
/// it shares letters with are inside.
fn stretch_around(text: &str, part: &Range<usize>) -> Range<usize> {
    let before = text[..part.start].char_indices().rev();
    let before = before.filter(|(_, c)| BETWEEN_WORDS.contains(c));
    let start = before.map(|(at, c)| at + c.len_utf8()).next().unwrap_or(0);
    let after = text[part.end..].find(BETWEEN_WORDS);
    start..after.map_or(text.len(), |after| part.end + after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn word_ranges_by_hand() {
        let mut words = Vec::new();
        each_plain_word("L’été: 3.5 co-operation_s", |word| {
            words.push(word.spelling);
        });
        assert_eq!(words, ["L", "été", "3", "5", "co", "operation", "s"]);
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<&str> = word_ranges(text).map(|range| &text[range]).collect();
            assert_eq!(found, expected, "{text}");
        };
        check(
            "(66) the State's co-op",
            &["66", "the", "State", "s", "co", "op"],
        );
        check("software--to make", &["software", "to", "make"]);
        check("e\u{301}tat 网络", &["e\u{301}tat", "网", "络"]);
        check(" .. ", &[]);
    }
}
