//! Short excerpts of clauses.

use std::ops::Range;

use crate::report::form::visible::one_line;

/// Returns `range` of a text with at most `n` characters on either side, cut between words, with `…`
/// where text is omitted; on one line.
pub(in crate::report) fn around(text: &str, range: &Range<usize>, n: usize) -> String {
    let before = &text[..range.start];
    let after = &text[range.end..];
    let from = before
        .char_indices()
        .rev()
        .nth(n)
        .map_or(0, |(at, c)| next_gap(before, at + c.len_utf8()));
    let until = after
        .char_indices()
        .nth(n)
        .map_or(text.len(), |(at, _)| range.end + last_gap(after, at));
    let head = if from > 0 { "… " } else { "" };
    let tail = if until < text.len() { " …" } else { "" };
    format!("{head}{}{tail}", one_line(&text[from..until]))
}

/// Returns the whole words of a text that fit in `n_chars` characters, with `…` if any are omitted; on
/// one line.
pub(in crate::report) fn first_words(text: &str, n_chars: usize) -> String {
    let mut kept = String::new();
    for word in one_line(text).split(' ') {
        if !kept.is_empty() && kept.chars().count() + word.chars().count() >= n_chars {
            return kept + " …";
        }
        if !kept.is_empty() {
            kept.push(' ');
        }
        kept.push_str(word);
    }
    kept
}

/// The position after the next white space, or `from` if there is none.
fn next_gap(text: &str, from: usize) -> usize {
    let gap = text[from..].find(char::is_whitespace);
    gap.map_or(from, |gap| from + gap)
}

/// The position of the last white space preceding `until`, or `until` if there is none.
fn last_gap(text: &str, until: usize) -> usize {
    text[..until].rfind(char::is_whitespace).unwrap_or(until)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_not_cut_through() {
        let text = "the keeper of the harbor keeps\nevery beacon burning through the night";
        let check = |word: &str, n: usize, expected: &str| {
            let start = text.find(word).unwrap();
            assert_eq!(around(text, &(start..start + word.len()), n), expected);
        };
        check("keeps", 100, &text.replace('\n', " "));
        check("keeps", 12, "… the harbor keeps every …");
        check("the keeper", 5, "the keeper of …");
        check("night", 6, "… the night");
        assert_eq!(around("ém é", &(0..0), 1), "é …");
    }

    #[test]
    fn a_quotation_is_cut_between_words() {
        assert_eq!(first_words("keep every light", 20), "keep every light");
        assert_eq!(first_words("keep every\nlight", 12), "keep every …");
        assert_eq!(first_words("lighthouses", 3), "lighthouses");
    }
}
