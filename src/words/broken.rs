//! [`broken_words`]: words that a hyphen at the end of a line breaks in two.

use std::ops::Range;

use crate::words::fold::fold_into;

/// A word in two parts, which may be one word or two with a hyphen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BrokenWord {
    /// The index of its first part among the words of its text.
    pub(crate) place: usize,
    /// Both parts as one word, folded.
    pub(crate) joined: String,
}

/// Returns the words of a text, given their ranges, that a hyphen and a space or a line end break, or a soft
/// hyphen. Only other texts tell whether they are one word.
pub(crate) fn broken_words(text: &str, words: &[Range<usize>]) -> Vec<BrokenWord> {
    let mut broken = Vec::new();
    for (place, pair) in words.windows(2).enumerate() {
        if !is_break(&text[pair[0].end..pair[1].start]) {
            continue;
        }
        let (first, second) = (&text[pair[0].clone()], &text[pair[1].clone()]);
        let is_one = first.ends_with(char::is_alphabetic) && second.starts_with(char::is_lowercase);
        if is_one {
            let mut joined = String::new();
            fold_into(&mut joined, &format!("{first}{second}"));
            broken.push(BrokenWord { place, joined });
        }
    }
    broken
}

fn is_break(between: &str) -> bool {
    let mut signs = between.chars();
    match signs.next() {
        Some('-' | '‐') => between.len() > 1 && signs.all(char::is_whitespace),
        Some('\u{ad}') => signs.all(char::is_whitespace),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::word_ranges;

    #[test]
    fn breaks_at_line_ends_are_found() {
        let text = "The co-\n  operation of bur\u{ad}dens, co-operation, pre- and post, a- B";
        let words: Vec<Range<usize>> = word_ranges(text).collect();
        let broken = broken_words(text, &words);
        let found: Vec<&str> = broken.iter().map(|word| word.joined.as_str()).collect();
        assert_eq!(found, ["cooperation", "burdens", "preand"]);
        assert_eq!(broken[0].place, 1);
    }
}
