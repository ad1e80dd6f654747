//! Numbers as official texts write them: arabic, Roman, letters, Chinese numerals, `bis` and `ter`.

use crate::provision::numeral::{CYRILLIC, IDEOGRAPHS, ROMAN, roman};
use crate::words::prefix_length;

/// The letters that lists use; Cyrillic lists omit ё, й, ъ, ы, ь, Japanese ones are in the order of a poem.
const ALPHABETS: [&str; 6] = [
    "abcdefghijklmnopqrstuvwxyz",
    CYRILLIC,
    "αβγδεζηθικλμνξοπρστυφχψω",
    "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
    "가나다라마바사아자차카타파하",
    "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス",
];

/// The Latin words for inserted provisions: `bis` is the second provision with its number.
const LATIN: [&str; 9] = [
    "bis",
    "ter",
    "quater",
    "quinquies",
    "sexies",
    "septies",
    "octies",
    "novies",
    "decies",
];

/// Marks of unnumbered items: dashes, points and figures.
const BULLETS: &str = "-*•‐‒–—―·∙◦▪▫●‣⁃○■□◆◇►▶➢➤✓✔❖";

/// The longest Roman number, in letters: 3888 is `mmmdccclxxxviii`.
const MAX_ROMAN: usize = 15;

/// Returns whether a character marks an unnumbered item.
pub(crate) fn is_bullet(c: char) -> bool {
    BULLETS.contains(c)
}

/// Returns the value of a Roman number in one case, if it is well formed.
pub(crate) fn parse_roman(word: &str) -> Option<u32> {
    if word.is_empty() || word.len() > MAX_ROMAN || !is_one_case(word) {
        return None;
    }
    let lower = word.to_ascii_lowercase();
    let mut rest = lower.as_str();
    let mut value = 0;
    for (step, digits) in ROMAN {
        while let Some(after) = rest.strip_prefix(digits) {
            value += step;
            rest = after;
        }
    }
    let is_canonical = rest.is_empty() && roman(value)? == lower;
    is_canonical.then_some(value)
}

/// Returns the position of a letter in its alphabet; `aa` follows `z`, `bb` follows `aa`.
pub(crate) fn parse_letters(word: &str) -> Option<u32> {
    if !is_one_case(word) {
        return None;
    }
    let mut letters = word.chars().flat_map(char::to_lowercase);
    let first = letters.next()?;
    let n_more = letters.clone().count();
    if n_more > 2 || letters.any(|letter| letter != first) {
        return None;
    }
    ALPHABETS.iter().find_map(|alphabet| {
        let place = alphabet.chars().position(|letter| letter == first)?;
        u32::try_from(n_more * alphabet.chars().count() + place + 1).ok()
    })
}

/// Returns the value of a run of decimal digits of any script, if it is a `u32`.
pub(crate) fn parse_digits(run: &str) -> Option<u32> {
    if run.is_empty() {
        return None;
    }
    run.chars().try_fold(0u32, |value, c| {
        value.checked_mul(10)?.checked_add(digit_of(c)?)
    })
}

/// The zeros of the decimal digits of all scripts but Latin, in order (Unicode, category Nd).
const ZEROS: [u32; 38] = [
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66,
    0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90,
    0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10,
    0x104A0, 0x10D30,
];

/// Returns the value of a decimal digit of any script.
pub(crate) fn digit_of(c: char) -> Option<u32> {
    let code = u32::from(c);
    if c.is_ascii() || code < ZEROS[0] {
        return c.to_digit(10);
    }
    let next = ZEROS.partition_point(|zero| *zero <= code);
    let value = code - ZEROS[next - 1];
    (value < 10).then_some(value)
}

/// Returns how many bytes at the start of a text are signs of a Chinese numeral, or digits.
pub(crate) fn chinese_length(text: &str) -> usize {
    prefix_length(text, |c| {
        parse_chinese(c.encode_utf8(&mut [0; 4])).is_some()
    })
}

/// Returns the value of a Chinese numeral below ten thousand, or of digits.
pub(crate) fn parse_chinese(numeral: &str) -> Option<u32> {
    if let Some(value) = parse_digits(numeral) {
        return Some(value);
    }
    let (mut total, mut digit) = (0u32, 0u32);
    let mut is_seen = false;
    for c in numeral.chars() {
        is_seen = true;
        if let Some(value) = IDEOGRAPHS.chars().position(|x| x == c) {
            digit = u32::try_from(value).ok()?;
            continue;
        }
        let unit = match c {
            '零' => continue,
            '两' => {
                digit = 2;
                continue;
            }
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            _ => return None,
        };
        total = total.checked_add(digit.max(1) * unit)?;
        digit = 0;
        if total > 9999 {
            return None;
        }
    }
    is_seen.then_some(total + digit)
}

/// Returns 2 for `bis`, 3 for `ter` and so on.
pub(crate) fn latin_ordinal(word: &str) -> Option<u32> {
    // Most words are none of them.
    word.as_bytes().get(2)?;
    LATIN
        .iter()
        .position(|latin| word.eq_ignore_ascii_case(latin))
        .and_then(|place| u32::try_from(place + 2).ok())
}

/// Whether all letters of a word have the same case.
fn is_one_case(word: &str) -> bool {
    !(word.chars().any(char::is_lowercase) && word.chars().any(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_roman_number_is_parsed_back() {
        for number in 1..=3999 {
            let written = roman(number).unwrap();
            assert_eq!(parse_roman(&written), Some(number), "{written}");
            assert_eq!(parse_roman(&written.to_uppercase()), Some(number));
        }
        for bad in ["", "iiii", "vx", "ic", "Iv", "abc", "mmmmm", "iix", "ⅳ"] {
            assert_eq!(parse_roman(bad), None, "{bad}");
        }
        assert_eq!(roman(0), None);
        assert_eq!(roman(4000), None);
    }

    #[test]
    fn letters_continue_by_doubling() {
        let cases = [
            ("a", 1),
            ("z", 26),
            ("aa", 27),
            ("bb", 28),
            ("B", 2),
            ("в", 3),
            ("и", 9),
            ("к", 10),
            ("ج", 3),
        ];
        for (word, value) in cases {
            assert_eq!(parse_letters(word), Some(value), "{word}");
        }
        for bad in ["", "ab", "aA", "aaaa", "1", "é"] {
            assert_eq!(parse_letters(bad), None, "{bad}");
        }
    }

    #[test]
    fn digits_of_all_scripts_are_parsed_and_never_overflow() {
        let cases = [
            ("0", Some(0)),
            ("4294967295", Some(u32::MAX)),
            ("4294967296", None),
        ];
        for (run, value) in cases {
            assert_eq!(parse_digits(run), value, "{run}");
        }
        assert_eq!(parse_digits("٢٥"), Some(25));
        assert_eq!(parse_digits("２５"), Some(25));
        assert_eq!(parse_digits(""), None);
    }

    #[test]
    fn chinese_numerals_are_parsed() {
        let cases = [
            ("五", 5),
            ("十", 10),
            ("十二", 12),
            ("二十", 20),
            ("一百零三", 103),
            ("九千九百九十九", 9999),
            ("25", 25),
        ];
        for (numeral, value) in cases {
            assert_eq!(parse_chinese(numeral), Some(value), "{numeral}");
        }
        assert_eq!(parse_chinese("甲"), None);
        assert_eq!(parse_chinese(""), None);
    }
}
