//! [`has_form_of`]: whether quoted words have the punctuation and the case of the words they were taken from.

use crate::words::is_ignorable;

/// Whether two texts of the same words have the same case and punctuation. The form of quotation marks, apostrophes,
/// hyphens and dashes does not count, nor does white space, nor punctuation at either end: a sentence that quotes ends
/// in its own way.
pub(super) fn has_form_of(quoted: &str, original: &str) -> bool {
    let [quoted, original] = [quoted, original].map(plain);
    let ends = |c: char| !c.is_alphanumeric();
    quoted.trim_matches(ends) == original.trim_matches(ends)
}

/// Returns a text with one form of each sign.
fn plain(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_ignorable(*c)) {
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
    }
}
