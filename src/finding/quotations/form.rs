//! [`has_form_of`]: whether quoted words have the punctuation and the case of the words they were taken from.

use crate::finding::quotations::wording::FREE_CASE;
use crate::words::is_ignorable;

/// Whether two texts of the same words have the same case and punctuation. The form of quotation marks, apostrophes,
/// hyphens and dashes does not count, nor does white space, nor punctuation at either end: a sentence that quotes ends
/// in its own way. The case of a letter that the quotation has in brackets does not count either.
pub(super) fn has_form_of(quoted: &str, original: &str) -> bool {
    let [quoted, original] = [quoted, original].map(plain);
    let is_end = |c: char| !c.is_alphanumeric() && c != FREE_CASE;
    let mut original = original.trim_matches(is_end).chars();
    let mut is_free = false;
    for c in quoted.trim_matches(is_end).chars() {
        if c == FREE_CASE {
            is_free = true;
            continue;
        }
        let is_same = original.next().is_some_and(|other| {
            c == other || is_free && c.to_lowercase().eq(other.to_lowercase())
        });
        if !is_same {
            return false;
        }
        is_free = false;
    }
    original.next().is_none()
}

/// Returns a text with one form of each sign.
fn plain(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for c in text
        .chars()
        .filter(|c| !is_ignorable(*c) || *c == FREE_CASE)
    {
        match c {
            '“' | '”' | '„' | '«' | '»' | '"' | '‹' | '›' => {}
            '’' | '‘' | '‚' | '`' | '´' | 'ʼ' => result.push('\''),
            '‐' | '‑' | '–' | '—' | '−' => result.push('-'),
            c if c.is_whitespace() && result.ends_with(' ') => {}
            c if c.is_whitespace() => result.push(' '),
            c => result.push(c),
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_of_signs_does_not_count_and_the_signs_do() {
        let check = |quoted: &str, original: &str, expected: bool| {
            assert_eq!(
                has_form_of(quoted, original),
                expected,
                "{quoted} | {original}"
            );
        };
        check("keep a “light”,", "keep a \"light\" on", false);
        check("keep a “light”,", "keep a \"light\"", true);
        check("the pilot's\nlamp.", "the  pilot’s lamp;", true);
        check("pre\u{2011}war – lamp", "pre-war - lamp", true);
        check("Keep a light", "keep a light", false);
        check("keep, a light", "keep a light", false);
        check("\u{2060}keep a light", "Keep a light", true);
        check("\u{2060}Keep A light", "keep a light", false);
    }
}
