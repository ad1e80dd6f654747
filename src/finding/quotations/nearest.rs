//! [`beside`]: what of a clause a quotation that is not word for word in it was made of; [`spelled_in`]: whether only its
//! spelling differs.

use std::collections::HashMap;
use std::ops::Range;

use crate::finding::quotations::wording::{FREE_CASE, Gap, QuotedWording};
use crate::finding::versions::{Revision, revisions};
use crate::reuse::{Fate, MatchingBlock, TextWords, kept_blocks};
use crate::score::Score;
use crate::words::{letters_and_digits, word_ranges};

/// Quoted words beside those of a clause.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Beside {
    /// The share of the quoted words that the clause has in the same order.
    pub(super) share: Score,
    /// The words kept, deleted and inserted, from the clause to the quotation.
    pub(super) difference: Vec<Revision>,
}

/// Returns a wording beside a text.
///
/// The words of both are beside ([`compare`](crate::reuse::compare)); what the quotation leaves out between two parts
/// is no difference. Costs the pairs of equal words.
pub(super) fn beside(wording: &QuotedWording, text: &str) -> Beside {
    let quoted = wording.words();
    let mut numbers = HashMap::new();
    let [mut left, mut right] =
        [quoted.as_str(), text].map(|text| TextWords::of(text, &mut numbers));
    left.join_broken(&numbers);
    right.join_broken(&numbers);
    let blocks = kept_blocks(&left.ids, &right.ids);
    let n_kept: usize = blocks.iter().map(|block| block.n).sum();
    let mut difference = Vec::new();
    let mut from = 0;
    for part in &wording.parts {
        let until = (from + part.n_words).min(left.ids.len());
        let window = window_of(&blocks, from..until, right.ids.len());
        let words = &text[right.bytes(window)];
        if !difference.is_empty() {
            difference.push(Revision {
                fate: Fate::Kept,
                words: " … ".to_owned(),
            });
        }
        let own = part.text.replace(FREE_CASE, "");
        difference.extend(revisions(&[words.trim()], &[own.trim()]));
        from = until;
    }
    Beside {
        share: left.share(n_kept),
        difference,
    }
}

/// Returns the words of a text that have the letters of each part of a wording, in order; `None` if it has them not.
///
/// So what one writes as one word and the other as two, with a hyphen or without, is found. Costs one pass for each
/// part.
pub(super) fn spelled_in(wording: &QuotedWording, text: &str) -> Option<Vec<String>> {
    let mut letters = String::new();
    let mut words = Vec::new();
    for range in word_ranges(text) {
        let start = letters.len();
        letters.extend(letters_and_digits(&text[range.clone()]));
        words.push(SpelledWord {
            letters: start..letters.len(),
            range,
        });
    }
    let mut found = Vec::new();
    let mut from = 0;
    for part in &wording.parts {
        let wanted: String = letters_and_digits(&part.text).collect();
        let places = words.iter().enumerate().skip(from);
        let place = places.filter(|(_, word)| letters[word.letters.start..].starts_with(&wanted));
        let mut place = place.filter_map(|(first, word)| {
            let end = word.letters.start + wanted.len();
            let last = (first..words.len()).find(|last| words[*last].letters.end == end)?;
            Some([first, last])
        });
        let [first, last] = place.next()?;
        if part.gap == Gap::Nothing && !found.is_empty() && first != from {
            return None;
        }
        found.push(text[words[first].range.start..words[last].range.end].to_owned());
        from = last + 1;
    }
    Some(found)
}

/// A word, and where its letters are among all.
struct SpelledWord {
    letters: Range<usize>,
    /// The bytes of the text.
    range: Range<usize>,
}

/// Returns the words of the text that belong to some quoted words: from the first to the last equal one, and as many
/// on either side as the quotation has there.
fn window_of(blocks: &[MatchingBlock], part: Range<usize>, n_words: usize) -> Range<usize> {
    let within = blocks.iter().filter_map(|block| {
        let start = block.a.max(part.start);
        let end = (block.a + block.n).min(part.end);
        (start < end).then(|| {
            [
                start,
                end,
                block.b + start - block.a,
                block.b + end - block.a,
            ]
        })
    });
    let within: Vec<[usize; 4]> = within.collect();
    let (Some(first), Some(last)) = (within.first(), within.last()) else {
        return 0..0;
    };
    let before = blocks.iter().take_while(|block| block.a < part.start);
    let from = before
        .map(|block| (block.b + block.n).min(first[2]))
        .max()
        .unwrap_or(0);
    let behind = blocks
        .iter()
        .find(|block| block.a + block.n > part.end && block.a >= part.end);
    let until = behind.map_or(n_words, |block| block.b);
    let start = first[2].saturating_sub(first[0] - part.start).max(from);
    let end = (last[3] + part.end - last[1]).min(until);
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(quoted: &str, text: &str, share: f64, expected: &str) {
        let wording = QuotedWording::ways(quoted).pop().unwrap();
        let found = beside(&wording, text);
        let shown = |revision: &Revision| match revision.fate {
            Fate::Deleted => format!("[-{}-]", revision.words),
            Fate::Inserted => format!("{{+{}+}}", revision.words),
            _ => revision.words.clone(),
        };
        let difference: String = found.difference.iter().map(shown).collect();
        assert_eq!(difference, expected);
        assert!(
            (found.share.value() - share).abs() < 1e-9,
            "{}",
            found.share.value()
        );
    }

    #[test]
    fn only_the_quoted_part_of_a_clause_is_compared() {
        let text = "In fog, ships shall keep a light on every pier, and ring a bell at noon.";
        check(
            "ships should keep a light on every pier",
            text,
            7.0 / 8.0,
            "ships[- shall-]{+ should+} keep a light on every pier",
        );
        check(
            "ships should keep a light … ring a bell at night",
            text,
            8.0 / 10.0,
            "ships[- shall-]{+ should+} keep a light … ring a bell at[- noon-]{+ night+}",
        );
        check(
            "boats shall keep a light on",
            text,
            5.0 / 6.0,
            "[-ships-]{+boats+} shall keep a light on",
        );
    }

    #[test]
    fn one_word_or_two_are_the_same_letters() {
        let check = |quoted: &str, text: &str, expected: Option<&[&str]>| {
            let wording = QuotedWording::ways(quoted).pop().unwrap();
            let found = spelled_in(&wording, text);
            let found: Option<Vec<&str>> = found
                .as_ref()
                .map(|parts| parts.iter().map(String::as_str).collect());
            assert_eq!(found.as_deref(), expected, "{quoted} | {text}");
        };
        check(
            "the cooperation zone",
            "all of the co-operation zone",
            Some(&["the co-operation zone"]),
        );
        check(
            "co-operation … zone",
            "the cooperation in a zone",
            Some(&["cooperation", "zone"]),
        );
        check("the cooperation of all", "the co-operation of most", None);
        check("art of it", "the part of it", None);
        check("the par", "the part of it", None);
        check("zone … co-operation", "the cooperation in a zone", None);
    }
}
