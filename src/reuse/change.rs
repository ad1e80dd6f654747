//! [`Change`]: what kind of change stands between two texts.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::reuse::align::{Block, Gap, TextWords};
use crate::reuse::synonyms::{are_synonyms, is_actor, is_negation, modal, number, roman};
use crate::term::stem;

/// The longest change, in words on either side, that is looked at word by word.
const MAX_SMALL_WORDS: usize = 5;

/// A kind of change, the gravest first: what turns, measures and binds before what reads otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ChangeKind {
    /// A negation came or went.
    Negation,
    /// A number, in digits or in words, became another.
    Number,
    /// A modal verb came, went or became one that binds otherwise.
    Modal,
    /// A name, or the word for those who are bound, became another.
    Name,
    /// Words stand elsewhere.
    Order,
    /// Words are gone.
    Deletion,
    /// Words came in.
    Insertion,
    /// Other words stand instead.
    Replacement,
    /// Words that mean the same stand instead.
    Synonym,
    /// The same word in another form or spelling.
    Inflection,
}

impl ChangeKind {
    /// Returns its name, as reports spell it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Negation => "negation",
            Self::Number => "number",
            Self::Modal => "modal",
            Self::Name => "name",
            Self::Order => "order",
            Self::Deletion => "deletion",
            Self::Insertion => "insertion",
            Self::Replacement => "replacement",
            Self::Synonym => "synonym",
            Self::Inflection => "inflection",
        }
    }

    /// Returns whether it only says that words came, went or gave way.
    fn is_plain(self) -> bool {
        matches!(self, Self::Deletion | Self::Insertion | Self::Replacement)
    }

    /// Returns whether a norm with such a change cannot be called the same: its sense, its measure or
    /// its force is another.
    pub fn is_grave(self) -> bool {
        matches!(self, Self::Negation | Self::Number | Self::Modal)
    }
}

/// A place where two texts differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Change {
    /// What it is; several where several words changed at once, the one that says most first.
    pub kinds: Vec<ChangeKind>,
    /// The bytes of the first text; empty where it has nothing.
    pub a: Range<usize>,
    /// The bytes of the second.
    pub b: Range<usize>,
    /// The words of the first text.
    pub from: String,
    /// The words of the second.
    pub to: String,
}

/// Returns the kinds among changes, each once: first what changes are, the gravest first, then what
/// longer insertions, deletions and replacements hold besides.
pub fn kinds_of_changes(changes: &[Change]) -> Vec<ChangeKind> {
    let mut main: Vec<ChangeKind> = Vec::new();
    let mut held: Vec<ChangeKind> = Vec::new();
    for change in changes {
        let is_plain = change.kinds.first().is_some_and(|kind| kind.is_plain());
        for (place, kind) in change.kinds.iter().enumerate() {
            let is_main = place == 0 || !is_plain;
            if is_main { &mut main } else { &mut held }.push(*kind);
        }
    }
    main.sort_unstable();
    main.dedup();
    held.sort_unstable();
    held.dedup();
    held.retain(|kind| !main.contains(kind));
    main.extend(held);
    main
}

/// Names the change in each gap between kept words.
///
/// A gap of more than five words is an insertion, a deletion or a replacement first, and only then
/// what it holds; a smaller one is looked at word by word.
pub(crate) fn name_changes(
    (a, b): (&TextWords, &TextWords),
    gaps: &[Gap],
    (moved, language): (&[Block], Language),
) -> Vec<Change> {
    let namer = Namer { a, b, language };
    gaps.iter()
        .map(|gap| Change {
            kinds: if namer.is_moved(gap, gaps, moved) {
                namer.kinds_of_moved(gap, moved)
            } else {
                namer.kinds_of(gap)
            },
            a: a.bytes(gap.a.clone()),
            b: b.bytes(gap.b.clone()),
            from: a.text[a.bytes(gap.a.clone())].to_owned(),
            to: b.text[b.bytes(gap.b.clone())].to_owned(),
        })
        .collect()
}

struct Namer<'t> {
    a: &'t TextWords<'t>,
    b: &'t TextWords<'t>,
    language: Language,
}

/// A changed word.
struct Word<'t> {
    folded: &'t str,
    written: &'t str,
    starts_sentence: bool,
}

impl Word<'_> {
    fn number(&self) -> Option<u64> {
        number(self.folded).or_else(|| roman(self.written))
    }

    fn is_capitalized(&self) -> bool {
        self.written.starts_with(char::is_uppercase)
    }

    fn has_role(&self) -> bool {
        self.number().is_some() || is_negation(self.folded) || modal(self.folded).is_some()
    }
}

impl Namer<'_> {
    /// Returns whether the words of a gap stand elsewhere in the other text.
    fn is_moved(&self, gap: &Gap, gaps: &[Gap], moved: &[Block]) -> bool {
        let touches = |block: &Block| {
            overlap(&gap.a, block.a, block.n) + overlap(&gap.b, block.b, block.n) > 0
        };
        if moved.iter().any(touches) {
            return true;
        }
        // A word or two that left one place and came to another.
        gaps.iter().any(|other| {
            let went = gap.b.is_empty() && other.a.is_empty();
            let came = gap.a.is_empty() && other.b.is_empty();
            went && self.a.ids[gap.a.clone()] == self.b.ids[other.b.clone()]
                || came && self.b.ids[gap.b.clone()] == self.a.ids[other.a.clone()]
        })
    }

    /// Order, and what else changed where less than half of the gap moved.
    fn kinds_of_moved(&self, gap: &Gap, moved: &[Block]) -> Vec<ChangeKind> {
        let n_moved: usize = moved
            .iter()
            .map(|block| overlap(&gap.a, block.a, block.n) + overlap(&gap.b, block.b, block.n))
            .sum();
        let n_words = gap.a.len() + gap.b.len();
        let mut kinds = vec![ChangeKind::Order];
        if n_moved > 0 && n_moved * 2 < n_words {
            kinds.extend(self.kinds_of(gap));
        }
        kinds
    }

    fn kinds_of(&self, gap: &Gap) -> Vec<ChangeKind> {
        let (from, to) = (words_in(self.a, &gap.a), words_in(self.b, &gap.b));
        let mut kinds = Vec::new();
        let is_small = gap.n_words() <= MAX_SMALL_WORDS;
        if !is_small {
            kinds.push(plain_kind(&from, &to));
        }
        kinds.extend(kinds_of_roles(&from, &to));
        if is_small {
            let plain = plain_kind(&from, &to);
            kinds.extend(self.kinds_of_rest(&without_roles(from), &without_roles(to)));
            if kinds.is_empty() {
                kinds.push(plain);
            }
            kinds.sort_unstable();
        }
        let mut seen = Vec::new();
        kinds.retain(|kind| {
            let is_new = !seen.contains(kind);
            seen.push(*kind);
            is_new
        });
        kinds
    }

    /// Names the change of words that are neither numbers nor negations nor modal verbs.
    fn kinds_of_rest(&self, from: &[Word], to: &[Word]) -> Vec<ChangeKind> {
        if from.is_empty() && to.is_empty() {
            return Vec::new();
        }
        if from.is_empty() || to.is_empty() {
            return vec![plain_kind(from, to)];
        }
        let (whole_from, whole_to) = (self.stems(from), self.stems(to));
        if are_synonyms(&whole_from.join(" "), &whole_to.join(" ")) {
            return vec![ChangeKind::Synonym];
        }
        if from.len() != to.len() {
            return vec![kind_of_uneven((from, &whole_from), (to, &whole_to))];
        }
        let words = from.iter().zip(to);
        let stems = whole_from.iter().zip(&whole_to);
        words
            .zip(stems)
            .filter(|((x, y), _)| x.folded != y.folded)
            .map(|((x, y), (stem_x, stem_y))| kind_of_word((x, stem_x), (y, stem_y)))
            .collect()
    }

    fn stems(&self, words: &[Word]) -> Vec<String> {
        words
            .iter()
            .map(|word| stem(word.folded, self.language))
            .collect()
    }
}

fn kind_of_uneven(
    (from, stems_from): (&[Word], &[String]),
    (to, stems_to): (&[Word], &[String]),
) -> ChangeKind {
    if stems_from.concat() == stems_to.concat() {
        return ChangeKind::Inflection;
    }
    let are_names = |words: &[Word], stems: &[String]| {
        let is_name = |(word, stem): (&Word, &String)| {
            word.is_capitalized() && !word.starts_sentence || is_actor(stem)
        };
        words.iter().zip(stems).all(is_name)
    };
    if are_names(from, stems_from) && are_names(to, stems_to) {
        ChangeKind::Name
    } else {
        ChangeKind::Replacement
    }
}

fn kind_of_word((x, stem_x): (&Word, &str), (y, stem_y): (&Word, &str)) -> ChangeKind {
    let are_names =
        x.is_capitalized() && y.is_capitalized() && !(x.starts_sentence && y.starts_sentence);
    if stem_x == stem_y {
        ChangeKind::Inflection
    } else if are_names || is_actor(stem_x) && is_actor(stem_y) {
        ChangeKind::Name
    } else if are_synonyms(stem_x, stem_y) {
        ChangeKind::Synonym
    } else {
        ChangeKind::Replacement
    }
}

fn without_roles(words: Vec<Word<'_>>) -> Vec<Word<'_>> {
    words.into_iter().filter(|word| !word.has_role()).collect()
}

/// Names what happened to negations, numbers and modal verbs.
fn kinds_of_roles(from: &[Word], to: &[Word]) -> Vec<ChangeKind> {
    let mut kinds = Vec::new();
    let n_negations = |words: &[Word]| words.iter().filter(|word| is_negation(word.folded)).count();
    if n_negations(from) % 2 != n_negations(to) % 2 {
        kinds.push(ChangeKind::Negation);
    }
    let (mut numbers_from, mut numbers_to) = (numbers_in(from), numbers_in(to));
    if numbers_from.is_empty() || numbers_to.is_empty() {
        // An enumerator or a page number that came or went measures nothing.
        for (numbers, words) in [(&mut numbers_from, from), (&mut numbers_to, to)] {
            if words
                .iter()
                .all(|word| word.number().is_none() || word.starts_sentence)
            {
                numbers.clear();
            }
        }
    }
    if numbers_from != numbers_to {
        kinds.push(ChangeKind::Number);
    } else if !numbers_from.is_empty() {
        kinds.push(ChangeKind::Synonym);
    }
    let modals = |words: &[Word]| {
        words
            .iter()
            .filter_map(|word| modal(word.folded))
            .collect::<Vec<_>>()
    };
    let (modals_from, modals_to) = (modals(from), modals(to));
    if modals_from != modals_to {
        kinds.push(ChangeKind::Modal);
    } else if !modals_from.is_empty() {
        // One modal verb for another that binds alike.
        kinds.push(ChangeKind::Synonym);
    }
    kinds
}

fn numbers_in(words: &[Word]) -> Vec<u64> {
    words.iter().filter_map(Word::number).collect()
}

fn plain_kind(from: &[Word], to: &[Word]) -> ChangeKind {
    match (from.is_empty(), to.is_empty()) {
        (true, _) => ChangeKind::Insertion,
        (_, true) => ChangeKind::Deletion,
        _ => ChangeKind::Replacement,
    }
}

fn words_in<'t>(words: &'t TextWords, range: &Range<usize>) -> Vec<Word<'t>> {
    range
        .clone()
        .map(|place| {
            let bytes = words.ranges[place].clone();
            Word {
                folded: &words.folded[place],
                written: &words.text[bytes.clone()],
                starts_sentence: starts_sentence(&words.text[..bytes.start]),
            }
        })
        .collect()
}

fn starts_sentence(before: &str) -> bool {
    let last = before
        .chars()
        .rev()
        .find(|c| *c == '\n' || !c.is_whitespace());
    last.is_none_or(|c| matches!(c, '.' | '\n' | ';' | ':' | ')' | '!' | '?' | '“' | '"'))
}

/// Returns how many words of a range stand in a block.
fn overlap(range: &Range<usize>, start: usize, n: usize) -> usize {
    range
        .end
        .min(start + n)
        .saturating_sub(range.start.max(start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reuse::compare::{CompareParams, compare};

    #[test]
    fn each_kind_of_change_is_named() {
        use ChangeKind as Kind;
        let old = "Each harbor shall keep two lamps lit in accordance with the rules of the Tide Union, and shall show them to ships.";
        let cases: &[(&str, &str, &[Kind])] = &[
            ("shall keep", "shall not keep", &[Kind::Negation]),
            ("two lamps", "four lamps", &[Kind::Number]),
            ("two lamps", "2 lamps", &[Kind::Synonym]),
            ("shall keep", "should keep", &[Kind::Modal]),
            ("shall keep", "must keep", &[Kind::Synonym]),
            ("shall keep", "may not keep", &[Kind::Negation, Kind::Modal]),
            ("Tide Union", "Salt Union", &[Kind::Name]),
            ("in accordance with", "pursuant to", &[Kind::Synonym]),
            ("lamps lit", "lamp lit", &[Kind::Inflection]),
            (
                "two lamps",
                "two large and bright lamps",
                &[Kind::Insertion],
            ),
            (" of the Tide Union", "", &[Kind::Deletion]),
            (
                "show them to ships",
                "paint them for ships",
                &[Kind::Replacement],
            ),
            ("harbor", "harbor", &[]),
        ];
        for (from, to, expected) in cases {
            let new = old.replacen(from, to, 1);
            let found = compare(old, &new, &CompareParams::default());
            assert_eq!(kinds_of_changes(&found.changes), *expected, "{from} > {to}");
        }
    }

    #[test]
    fn a_block_that_moved_is_order_and_nothing_else() {
        let a = "1. Boats lie at the inner pier. Ships show their lamps from dusk to dawn.";
        let b = "Ships show their lamps from dusk to dawn. 1. Boats lie at the inner pier.";
        let found = compare(a, b, &CompareParams::default());
        assert_eq!(kinds_of_changes(&found.changes), [ChangeKind::Order]);
        let b = "Boats lie at the inner pier. Ships show their lamps from dusk to dawn. 1.";
        let found = compare(a, b, &CompareParams::default());
        assert_eq!(kinds_of_changes(&found.changes), [ChangeKind::Order]);
    }
}
