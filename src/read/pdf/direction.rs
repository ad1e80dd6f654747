//! [`in_logical_order`]: puts lines of Arabic and Hebrew from visual order into reading order.

use crate::read::pdf::piece::TextItem;

/// The direction in which words are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Writing {
    #[default]
    Rightward,
    Leftward,
}

impl Writing {
    /// Returns the direction of most letters of the words.
    pub(super) fn of<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        let (mut n_leftward, mut n_rightward) = (0, 0);
        for c in words.flat_map(str::chars) {
            n_leftward += usize::from(is_rtl_letter(c));
            n_rightward += usize::from(c.is_alphabetic() && !is_rtl_letter(c));
        }
        if n_leftward > n_rightward {
            Self::Leftward
        } else {
            Self::Rightward
        }
    }
}

fn is_rtl_letter(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{65F}' | '\u{66A}'..='\u{6EF}' | '\u{6FA}'..='\u{8FF}' | '\u{FB1D}'..='\u{FEFC}')
}

/// Whether a character is a mark above or below the letter before it.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{591}'..='\u{5C7}' | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}')
}

/// Puts items given from left to right into reading order.
///
/// In a line from right to left, numbers and words of other scripts keep their own order, and
/// brackets are mirrored: the steps of the Unicode bidirectional algorithm (Unicode Standard Annex
/// 9), backward, for lines of one embedding. Takes linear time.
pub(super) fn in_logical_order(mut items: Vec<TextItem>, writing: Writing) -> Vec<TextItem> {
    if writing == Writing::Rightward {
        return items;
    }
    items.reverse();
    let mut at = 0;
    while at < items.len() {
        let end = end_of_ltr(&items, at);
        items[at..end].reverse();
        at = end.max(at + 1);
    }
    // From left to right a mark follows its letter; after reversal it precedes it.
    for at in 1..items.len() {
        if items[at - 1].words.chars().all(is_mark) && !items[at].words.chars().all(is_mark) {
            items.swap(at - 1, at);
        }
    }
    turn_brackets(&mut items);
    items
}

/// Returns the end of the left-to-right part that begins at a position, or the position itself if
/// there is none.
fn end_of_ltr(items: &[TextItem], at: usize) -> usize {
    let is_letter = |item: &TextItem| {
        item.words
            .chars()
            .any(|c| c.is_alphabetic() && !is_rtl_letter(c))
    };
    let is_digit = |item: &TextItem| item.words.chars().any(char::is_numeric);
    let (mut end, mut has_letter) = (at, false);
    for (index, item) in items.iter().enumerate().skip(at) {
        if is_letter(item) || is_digit(item) {
            has_letter |= is_letter(item);
            end = index + 1;
            continue;
        }
        // A sign between numbers belongs to them; between words, a blank does too.
        let joins = matches!(item.words.as_str(), "." | "," | ":" | "/" | "-" | "%");
        let is_before_letter = items.get(index + 1).is_some_and(is_letter);
        let is_in_words = (has_letter || is_before_letter) && index - end < 2;
        let is_near = index == end && joins || is_in_words;
        let is_neutral = !item.words.chars().any(is_rtl_letter);
        if index == at || !is_near || !is_neutral {
            break;
        }
    }
    end
}

fn turn_brackets(items: &mut [TextItem]) {
    const PAIRS: [(char, char); 4] = [('(', ')'), ('[', ']'), ('{', '}'), ('«', '»')];
    let closes = |c: char| PAIRS.iter().any(|(_, close)| *close == c);
    let opens = |c: char| PAIRS.iter().any(|(open, _)| *open == c);
    let mut letters = items.iter().flat_map(|item| item.words.chars());
    let first = letters.find(|c| opens(*c) || closes(*c));
    if !first.is_some_and(closes) {
        return;
    }
    let turned = |c: char| {
        let pair = PAIRS.iter().find(|(open, close)| *open == c || *close == c);
        pair.map_or(c, |(open, close)| if *open == c { *close } else { *open })
    };
    for item in items {
        item.words = item.words.chars().map(turned).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_foreign_words_keep_their_order() {
        // From left to right, as drawn.
        let cases = [
            (
                "12 \u{62F}\u{62C}\u{628}\u{623}",
                "\u{623}\u{628}\u{62C}\u{62F} 12",
            ),
            (
                ".\u{62F} UN 3.5 \u{62C})\u{628}(",
                "(\u{628})\u{62C} UN 3.5 \u{62F}.",
            ),
        ];
        for (seen, expected) in cases {
            let items = seen.chars().map(|c| TextItem {
                words: c.to_string(),
                is_raised: false,
            });
            let read = in_logical_order(items.collect(), Writing::Leftward);
            let read: String = read.iter().map(|item| item.words.as_str()).collect();
            assert_eq!(read, expected);
        }
    }
}
