//! [`without_breaks`]: joins words broken at a line end.

use crate::words::prefix_length;

use std::collections::HashSet;

/// Joins words that a hyphen at a line end broke; returns how many.
///
/// The hyphen is removed if the whole word occurs elsewhere in the text, or if one of its halves
/// does not occur elsewhere as a word; it stays in `user-friendly` if both `user` and `friendly`
/// occur. Takes linear time.
pub(super) fn without_breaks(paragraphs: &[String]) -> (Vec<String>, usize) {
    let known = Known::of(paragraphs);
    let mut n_mended = 0;
    let mended = paragraphs
        .iter()
        .map(|paragraph| mend(paragraph, &known, &mut n_mended))
        .collect();
    (mended, n_mended)
}

/// The words of a text, without the halves of broken ones, and its hyphenated compounds.
struct Known(HashSet<String>);

impl Known {
    fn of(paragraphs: &[String]) -> Self {
        let mut known = HashSet::new();
        for paragraph in paragraphs {
            let mut is_tail = false;
            for word in paragraph.split_whitespace() {
                let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '-');
                if !is_tail && !word.ends_with('-') && !word.is_empty() {
                    known.extend(word.split('-').map(str::to_lowercase));
                    known.insert(word.to_lowercase());
                }
                is_tail = word.ends_with('-');
            }
        }
        Self(known)
    }

    fn has(&self, word: &str) -> bool {
        self.0.contains(&word.to_lowercase())
    }

    /// Returns whether two halves are parts of a compound that is written with a hyphen.
    fn is_compound(&self, head: &str, tail: &str) -> bool {
        if self.has(&format!("{head}-{tail}")) {
            return true;
        }
        !self.has(&format!("{head}{tail}")) && self.has(head) && self.has(tail)
    }
}

fn mend(paragraph: &str, known: &Known, n_mended: &mut usize) -> String {
    /// Words before which a suspended hyphen is intended.
    const HANGING: [&str; 8] = ["and", "or", "to", "et", "ou", "und", "oder", "y"];
    let mut text = String::with_capacity(paragraph.len());
    let mut rest = paragraph;
    while let Some(at) = rest.find("- ") {
        let (before, after) = (&rest[..at], &rest[at + 2..]);
        let head = last_word(before);
        let tail = &after[..prefix_length(after, char::is_alphanumeric)];
        let is_break =
            !head.is_empty() && tail.starts_with(char::is_lowercase) && !HANGING.contains(&tail);
        text.push_str(before);
        if is_break {
            *n_mended += 1;
            if known.is_compound(head, tail) {
                text.push('-');
            }
        } else {
            text.push_str("- ");
        }
        rest = after;
    }
    text.push_str(rest);
    text
}

/// Returns the letters at the end of a text.
fn last_word(text: &str) -> &str {
    let kept = text.trim_end_matches(char::is_alphabetic).len();
    &text[kept..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_words_are_joined_and_suspended_hyphens_stay() {
        let cases = [
            (
                "inter- national peace, international law",
                "international peace, international law",
            ),
            (
                "a user- friendly, friendly user",
                "a user-friendly, friendly user",
            ),
            (
                "a well- known, well-known case",
                "a well-known, well-known case",
            ),
            ("from coope- ration", "from cooperation"),
            ("pre- and post-war", "pre- and post-war"),
            ("North- South", "North- South"),
        ];
        for (broken, expected) in cases {
            let (mended, _) = without_breaks(&[broken.to_owned()]);
            assert_eq!(mended, [expected]);
        }
    }
}
