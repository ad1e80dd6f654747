//! [`sentences_of`]: where sentences begin and end, well enough to tell what is said near a quotation.

use std::ops::Range;

/// What ends a sentence.
const ENDS: [char; 6] = ['.', '!', '?', '。', '！', '？'];

/// Returns the sentences of some paragraphs, in order.
///
/// A sentence ends after a full stop, an exclamation or a question mark, with the marks that close after it, if a
/// capital letter or an opening sign follows: so `para. 4` is inside one.
pub(super) fn sentences_of(text: &str, paragraphs: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    for paragraph in paragraphs {
        let mut start = paragraph.start;
        for (place, end) in text[paragraph.clone()].match_indices(ENDS) {
            let at = paragraph.start + place + end.len();
            if let Some(next) = next_sentence(&text[at..paragraph.end]).filter(|_| at > start) {
                sentences.push(start..at + next);
                start = at + next;
            }
        }
        sentences.push(start..paragraph.end);
    }
    sentences
}

/// Returns how far after a sign the next sentence begins, if the sign ends one.
fn next_sentence(behind: &str) -> Option<usize> {
    let closed = behind.trim_start_matches(['”', '’', '"', '\'', '»', ')', ']', '“', '」', '』']);
    let next = closed.trim_start();
    let is_spaced = next.len() < closed.len() || behind.is_empty();
    let first = next.chars().next()?;
    let begins = first.is_uppercase() || "“‘„«\"'([「『".contains(first);
    (is_spaced && begins).then(|| behind.len() - next.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_before_numbers_end_no_sentence() {
        let text = "It is in para. 4 of it. Then “it ends.” (See art. 5.) Now!";
        let all = sentences_of(text, std::slice::from_ref(&(0..text.len())));
        let words: Vec<&str> = all.iter().map(|range| text[range.clone()].trim()).collect();
        let expected = [
            "It is in para. 4 of it.",
            "Then “it ends.”",
            "(See art. 5.)",
            "Now!",
        ];
        assert_eq!(words, expected);
    }
}
