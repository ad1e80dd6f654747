//! [`mark_provisions`]: provisions that a document sets as headings.

use crate::provision::{first_number_at, word};
use crate::read::blocks::begins_with_number;
use crate::read::document::{Body, Hint, HintKind, Parsed};
use crate::words::prefix_length;

/// The fewest words of a numbered heading that is a sentence although text follows it.
const MIN_LONG: usize = 8;
/// The fewest words of a heading without a final stop that is a sentence.
const MIN_OPEN: usize = 5;
/// The fewest words of a heading without a number that is a sentence.
const MIN_UNNUMBERED: usize = 6;
/// The fewest characters of a sentence in a script without spaces.
const MIN_CHARACTERS: usize = 10;

/// Takes headings that are provisions for paragraphs: numbered sentences, and sentences without any text
/// below them.
pub(crate) fn mark_provisions(parsed: &mut Parsed) {
    for document in &mut parsed.documents {
        if let Body::Text { text, hints } = &mut document.body {
            mark_in(text, hints);
        }
    }
}

fn mark_in(text: &str, hints: &mut [Hint]) {
    let is_block = |hint: &Hint| {
        !matches!(
            hint.kind,
            HintKind::Label
                | HintKind::Note
                | HintKind::Language(_)
                | HintKind::Quotation
                | HintKind::Page(_)
        )
    };
    let blocks: Vec<usize> = (0..hints.len())
        .filter(|&index| is_block(&hints[index]))
        .collect();
    for (place, &index) in blocks.iter().enumerate() {
        let HintKind::Heading(depth) = hints[index].kind else {
            continue;
        };
        let next = blocks.get(place + 1).map(|&next| hints[next].kind);
        let below = match next {
            Some(HintKind::Heading(next)) if next > depth => Below::Heading,
            Some(HintKind::Heading(_)) | None => Below::Nothing,
            Some(_) => Below::Words,
        };
        let words = text[hints[index].range.clone()].trim();
        if reads_as_provision(words, below, place) {
            hints[index].kind = HintKind::Paragraph;
        }
    }
}

/// What follows a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Below {
    /// A heading of a lower level.
    Heading,
    /// A heading of the same or a higher level, or the end.
    Nothing,
    /// Words.
    Words,
}

/// Returns whether the words of a heading are a provision; `place` counts the blocks before it.
fn reads_as_provision(words: &str, below: Below, place: usize) -> bool {
    let rest = after_number(words);
    let sentence = rest.unwrap_or(words).trim_end_matches(['*', '_', ' ']);
    let n_words = sentence.split_whitespace().count();
    let has_text = below == Below::Words;
    let is_stopped = sentence.ends_with(['.', '。', '।', '።', '؟', '!', '?']);
    let goes_on = has_final_semicolon(sentence);
    if sentence.ends_with(['。', '；', '：']) {
        let is_long = sentence.chars().count() >= MIN_CHARACTERS;
        return place > 0 && is_long && (!has_text || rest.is_some() && !sentence.ends_with('：'));
    }
    if rest.is_none() {
        let is_sentence = is_stopped || goes_on;
        return place > 0
            && !has_text
            && is_sentence
            && n_words >= MIN_UNNUMBERED
            && is_running(sentence);
    }
    let is_introduction = sentence.ends_with([':', '—']) && below == Below::Heading;
    let is_sentence = is_stopped && (!has_text || n_words >= MIN_LONG) || is_introduction;
    let is_open = below == Below::Nothing && n_words >= MIN_OPEN && is_running(sentence);
    n_words >= 2 && goes_on || n_words >= 3 && is_sentence || is_open
}

/// Returns whether words end as an item of a list does: with a semicolon, or one and a conjunction.
fn has_final_semicolon(words: &str) -> bool {
    let last = words.rsplit(' ').next().unwrap_or_default();
    let before = words[..words.len() - last.len()].trim_end();
    words.ends_with([';', '؛'])
        || last.chars().count() <= 3
            && last.chars().all(char::is_alphabetic)
            && before.ends_with([';', '؛', ','])
}

/// Returns whether most words begin with a small letter, or the script has none.
fn is_running(words: &str) -> bool {
    let begins = |is: fn(char) -> bool| {
        let words = words.split_whitespace().skip(1);
        words.filter(|word| word.starts_with(is)).count()
    };
    let (n_small, n_capital) = (begins(char::is_lowercase), begins(char::is_uppercase));
    n_small > 2 * n_capital || n_small + n_capital == 0
}

/// Returns the words after the number at the start of a heading: `2.1 `, `(a) `, `Article 5. `.
fn after_number(words: &str) -> Option<&str> {
    let words = words.trim_start_matches(['*', '_']);
    let first = &words[..prefix_length(words, char::is_alphabetic)];
    let numbered = word(first).and_then(|_| {
        let rest = words[first.len()..].trim_start_matches(['.', ' ', '\u{a0}']);
        let number = first_number_at(rest, 0)?;
        Some(&rest[number.end..])
    });
    if let Some(rest) = numbered {
        return Some(rest.trim_start_matches(['.', ':', ')', '–', '—', '-', ' ', '\u{a0}']));
    }
    let n_decimal = prefix_length(words, |c| c.is_ascii_digit() || c == '.');
    let is_decimal = words[..n_decimal].starts_with(|c: char| c.is_ascii_digit())
        && words[..n_decimal].contains('.')
        && words[n_decimal..].starts_with(char::is_whitespace);
    if !is_decimal && !begins_with_number(words) {
        return None;
    }
    words
        .split_once(char::is_whitespace)
        .map(|(_, rest)| rest.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes blocks as a text with hints; returns those that are taken for paragraphs.
    fn provisions(blocks: &[(u8, &str)]) -> Vec<String> {
        let mut text = String::new();
        let mut hints = Vec::new();
        for (depth, words) in blocks {
            let start = text.len();
            text.push_str(words);
            let kind = match depth {
                0 => HintKind::ListItem(1),
                depth => HintKind::Heading(*depth),
            };
            hints.push(Hint {
                range: start..text.len(),
                kind,
            });
            text.push_str("\n\n");
        }
        mark_in(&text, &mut hints);
        let taken = hints.iter().filter(|hint| hint.kind == HintKind::Paragraph);
        taken
            .map(|hint| text[hint.range.clone()].to_owned())
            .collect()
    }

    #[test]
    fn numbered_sentences_are_provisions() {
        let blocks = [
            (1, "Pact of the Heads."),
            (2, "Article 1 Purpose"),
            (3, "1.1 This Pact guards the slipways of the coast."),
            (3, "1.2 A slipway is a ramp."),
            (2, "Article 2 Care"),
            (3, "2.1 Each Party shall:"),
            (4, "(a) sweep its slipways; and"),
            (4, "(b) salt them;"),
            (2, "3. Nobody shall leave a boat there"),
            (
                2,
                "Article 4. The Parties shall meet each year in the port of one of them.",
            ),
            (0, "Words."),
        ];
        let expected: Vec<&str> = [3, 4, 6, 7, 8, 9, 10]
            .map(|index| blocks[index - 1].1)
            .to_vec();
        assert_eq!(provisions(&blocks), expected);
    }

    #[test]
    fn headings_of_sections_stay_headings() {
        let blocks = [
            (1, "The Parties shall keep all lights on."),
            (2, "1. Scope."),
            (0, "Words."),
            (2, "2. Lights of the harbor:"),
            (0, "Words."),
            (2, "3. Duties of the Parties in times of fog and of storm"),
            (0, "Words."),
            (2, "Chapter II"),
            (3, "What the Harbor Master Shall Do in Fog"),
            (2, "5. Final Clauses"),
        ];
        assert_eq!(provisions(&blocks), Vec::<String>::new());
    }

    #[test]
    fn sentences_without_a_number_are_provisions_if_no_text_follows() {
        let blocks = [
            (1, "Pact"),
            (2, "Article 1"),
            (3, "The Parties shall keep their lights on."),
            (2, "第二条"),
            (3, "缔约国应当保持灯塔在夜间发光。"),
        ];
        assert_eq!(provisions(&blocks), [blocks[2].1, blocks[4].1]);
    }
}
