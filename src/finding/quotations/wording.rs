//! [`QuotedWording`]: quoted words as parts between what the writer left out or put in brackets.

use crate::provision::references;
use crate::words::word_ranges;

/// Quoted words, understood as the writer marked them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct QuotedWording {
    /// The parts, in order; none is without words.
    pub(super) parts: Vec<WordingPart>,
}

/// Words that follow each other in the quoted text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WordingPart {
    /// What is between the part before and this one.
    pub(super) gap: Gap,
    pub(super) text: String,
    pub(super) n_words: usize,
}

/// What may be between two parts of a quotation in the quoted text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing: a number of a list stands there in the quotation.
    Nothing,
    /// Some words, which the writer replaced or explained in brackets.
    Bracket,
    /// Any words, which the writer left out.
    Ellipsis,
}

/// How quoted words are understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Understanding {
    /// What is in brackets belongs to the quoted text.
    BracketsAsWords,
    /// What is in brackets is the writer's.
    Brackets,
    /// The same, and numbers of lists are no words of the quoted text.
    BracketsAndNumbers,
}

/// The mark before a letter whose case the writer changed: `[S]tates`. It has no width and belongs to no word.
pub(super) const FREE_CASE: char = '\u{2060}';

/// The most bytes in brackets that are the writer's.
const MAX_BRACKET: usize = 80;

impl QuotedWording {
    /// Returns the ways to understand quoted words, the most literal first, each once.
    pub(super) fn ways(quoted: &str) -> Vec<Self> {
        let all = [
            Understanding::BracketsAsWords,
            Understanding::Brackets,
            Understanding::BracketsAndNumbers,
        ];
        let mut ways: Vec<Self> = Vec::new();
        for way in all.map(|understanding| Self::of(quoted, understanding)) {
            if !way.parts.is_empty() && !ways.contains(&way) {
                ways.push(way);
            }
        }
        ways
    }

    /// Returns the place of the longest part, the first one if several are equally long.
    pub(super) fn longest(&self) -> usize {
        let places = 0..self.parts.len();
        let longest = places.rev().max_by_key(|place| self.parts[*place].n_words);
        longest.unwrap_or(0)
    }

    /// Returns the words of all parts.
    pub(super) fn words(&self) -> String {
        let parts = self.parts.iter().map(|part| part.text.trim());
        parts.collect::<Vec<_>>().join(" ")
    }

    fn of(quoted: &str, understanding: Understanding) -> Self {
        let mut reader = WordingReader {
            wording: Self::default(),
            text: String::new(),
            gap: Gap::Nothing,
        };
        let mut rest = match understanding {
            Understanding::BracketsAndNumbers => without_first_number(quoted),
            _ => quoted,
        };
        while let Some(first) = rest.chars().next() {
            let read = match understanding {
                _ if ellipsis_length(rest) > 0 => Some((ellipsis_length(rest), Gap::Ellipsis)),
                Understanding::BracketsAsWords => None,
                _ if first == '[' => {
                    if let Some(length) = reader.read_letters(rest) {
                        rest = &rest[length..];
                        continue;
                    }
                    bracket_length(rest).map(|length| (length, Gap::Bracket))
                }
                Understanding::BracketsAndNumbers if first == '(' && reader.is_at_number() => {
                    number_length(rest).map(|length| (length, Gap::Nothing))
                }
                _ => None,
            };
            let (length, gap) = read.unwrap_or((0, Gap::Nothing));
            if length > 0 {
                reader.end_part(gap);
                rest = &rest[length..];
            } else {
                reader.text.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
        reader.end_part(Gap::Nothing);
        reader.wording
    }
}

/// A wording in preparation.
struct WordingReader {
    wording: QuotedWording,
    text: String,
    /// What is before the part that is read.
    gap: Gap,
}

impl WordingReader {
    fn end_part(&mut self, gap: Gap) {
        let text = std::mem::take(&mut self.text);
        let n_words = word_ranges(&text).count();
        if n_words > 0 {
            let gap = std::mem::replace(&mut self.gap, gap);
            self.wording.parts.push(WordingPart { gap, text, n_words });
        } else if gap == Gap::Ellipsis || self.gap == Gap::Nothing {
            self.gap = gap;
        }
    }

    /// Reads `[S]tates` as one word, and leaves out `protect[ed]`, which another word stood for; returns its length.
    fn read_letters(&mut self, rest: &str) -> Option<usize> {
        let length = bracket_length(rest)?;
        let inside = &rest[1..length - 1];
        if inside.is_empty() || !inside.chars().all(char::is_alphabetic) {
            return None;
        }
        let goes_on = rest[length..].starts_with(char::is_alphabetic);
        if self.text.ends_with(char::is_alphabetic) {
            let word = self.text.trim_end_matches(char::is_alphabetic).len();
            self.text.truncate(word);
            self.end_part(Gap::Bracket);
            let more = rest[length..].find(|c: char| !c.is_alphabetic());
            return Some(more.map_or(rest.len(), |more| length + more));
        }
        if goes_on {
            self.text.push(FREE_CASE);
            self.text.push_str(inside);
        }
        goes_on.then_some(length)
    }

    /// Whether the number of an item may stand here: at the beginning, or after a sign or a word that joins items.
    fn is_at_number(&self) -> bool {
        let before = self.text.trim_end();
        let is_start = before.is_empty() || before.ends_with([';', ':', ',', '.']);
        is_start || before.ends_with(" and") || before.ends_with(" or")
    }
}

/// Returns the length of an ellipsis at the start of a text, in brackets or not; 0 if there is none.
fn ellipsis_length(rest: &str) -> usize {
    let (inner, closing) = match rest.chars().next() {
        Some('[') => (&rest[1..], "]"),
        Some('(') => (&rest[1..], ")"),
        _ => (rest, ""),
    };
    let dots = dots_length(inner.trim_start());
    let lead = rest.len() - inner.trim_start().len();
    if dots == 0 {
        return 0;
    }
    let behind = &rest[lead + dots..];
    let spaces = behind.len() - behind.trim_start().len();
    match behind[spaces..].strip_prefix(closing) {
        Some(_) if !closing.is_empty() => lead + dots + spaces + closing.len(),
        Some(_) if lead == 0 => dots,
        _ => 0,
    }
}

/// Returns the length of `…`, `...` or `. . .` at the start of a text.
fn dots_length(rest: &str) -> usize {
    if rest.starts_with('…') {
        return '…'.len_utf8();
    }
    let (mut length, mut n_dots) = (0, 0);
    while let Some(dot) = rest[length..]
        .trim_start_matches([' ', '\u{a0}'])
        .strip_prefix('.')
    {
        length = rest.len() - dot.len();
        n_dots += 1;
    }
    if n_dots >= 3 && rest.starts_with('.') {
        length
    } else {
        0
    }
}

/// Returns the length of brackets and what is in them.
fn bracket_length(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('[')?;
    let end = inside.find(']').filter(|end| *end <= MAX_BRACKET)?;
    (!inside[..end].contains(['[', '\n'])).then_some(end + 2)
}

/// Returns the length of the number of an item: `(a)`, `(iv)`, `(12)`.
fn number_length(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('(')?;
    let end = inside.find(')').filter(|end| (1..=4).contains(end))?;
    let is_number = inside[..end].chars().all(|c| c.is_ascii_alphanumeric());
    is_number.then_some(end + 2)
}

/// Returns the length of the number without a word at the start of a text; 0 if there is none.
fn length_of_bare_number(text: &str) -> usize {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
    let level = number_length(&text[digits..]).unwrap_or(0);
    let is_number = digits > 0 && (level > 0 || text[digits..].starts_with(['.', ')']));
    if is_number { digits + level } else { 0 }
}

/// Returns a text without the official number it begins with: `13(c)`, `2.`, `Article 5:`.
fn without_first_number(quoted: &str) -> &str {
    let text = quoted.trim_start();
    let cited = references(text).into_iter().next();
    let cited = cited.filter(|cited| cited.range.start == 0);
    let end = cited.map_or_else(|| length_of_bare_number(text), |cited| cited.range.end);
    text[end..].trim_start_matches(|c: char| end > 0 && !c.is_alphanumeric() && !"([".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The parts of the ways, each after the sign of its gap: `|` nothing, `+` brackets, `~` an ellipsis.
    fn ways(quoted: &str) -> Vec<String> {
        let shown = |wording: &QuotedWording| {
            let part = |part: &WordingPart| {
                let sign = match part.gap {
                    Gap::Nothing => '|',
                    Gap::Bracket => '+',
                    Gap::Ellipsis => '~',
                };
                format!("{sign}{}", part.text.trim().replace(FREE_CASE, ""))
            };
            wording.parts.iter().map(part).collect::<String>()
        };
        QuotedWording::ways(quoted).iter().map(shown).collect()
    }

    #[test]
    fn ellipses_and_brackets_are_understood() {
        let check =
            |quoted: &str, expected: &[&str]| assert_eq!(ways(quoted), expected, "{quoted}");
        check("keep a light", &["|keep a light"]);
        check("keep … a light", &["|keep~a light"]);
        check("keep ... a light", &["|keep~a light"]);
        check("keep . . . a light", &["|keep~a light"]);
        check("keep [...] a light", &["|keep~a light"]);
        check("keep [ … ] a (…) light", &["|keep~a~light"]);
        check("… keep a light…", &["~keep a light"]);
        check("[S]hips keep", &["|[S]hips keep", "|Ships keep"]);
        check(
            "[the ships] keep a light",
            &["|[the ships] keep a light", "+keep a light"],
        );
        check("they [shall] keep", &["|they [shall] keep", "|they+keep"]);
        check(
            "they light[ed] a lamp",
            &["|they light[ed] a lamp", "|they+a lamp"],
        );
        check("the end.. of it", &["|the end.. of it"]);
    }

    #[test]
    fn numbers_of_lists_are_no_words_of_the_last_way() {
        let check = |quoted: &str, expected: &str| {
            assert_eq!(ways(quoted).last().unwrap(), expected, "{quoted}");
        };
        check(
            "ships should: (a) ring; and (b) wait",
            "|ships should:|ring; and|wait",
        );
        check("13(c) No ship waits", "|No ship waits");
        check("Article 5. No ship waits", "|No ship waits");
        check("2. No ship waits (at) night", "|No ship waits (at) night");
        check("No ship (b) waits", "|No ship (b) waits");
    }
}
