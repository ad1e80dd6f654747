//! [`Change`]: a difference between two texts, and its kind.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::deontic::{ModalClass, Sense};
use crate::language::Language;
use crate::reuse::align::{MatchingBlock, Stretch, TextWords};
use crate::reuse::synonyms::{are_synonyms, is_actor, number, number_in_capitals};
use crate::term::stem;

/// The longest change, in words on either side, that is analyzed word by word.
const MAX_SMALL_WORDS: usize = 5;

/// A kind of change, the gravest first: changes of sense, number and force come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ChangeKind {
    /// A negation was added or removed.
    Negation,
    /// A number, in digits or in words, became another.
    Number,
    /// A modal verb was added, removed or replaced by one of another force.
    Modal,
    /// A name, or the word for an actor who is bound, became another.
    Name,
    /// Words moved.
    Order,
    /// Words were removed.
    Deletion,
    /// Words were added.
    Insertion,
    /// Words were replaced by others.
    Replacement,
    /// Words were replaced by synonyms.
    Synonym,
    /// The same word in another form or spelling.
    Inflection,
}

impl ChangeKind {
    /// Returns its name, as reports spell it.
    pub(crate) fn name(self) -> &'static str {
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

    /// Returns whether it only says that words were added, removed or replaced.
    pub(crate) fn is_plain(self) -> bool {
        matches!(self, Self::Deletion | Self::Insertion | Self::Replacement)
    }

    /// Returns whether a norm with such a change cannot be called the same: its sense, its numbers or
    /// its force differ.
    pub(crate) fn is_grave(self) -> bool {
        matches!(self, Self::Negation | Self::Number | Self::Modal)
    }
}

/// A place where two texts differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Change {
    /// Its kinds; several if several words changed at once, the most informative first.
    pub(crate) kinds: Vec<ChangeKind>,
    /// The bytes in the first text; empty if it has no words here.
    pub(crate) a: Range<usize>,
    /// The bytes in the second text.
    pub(crate) b: Range<usize>,
    /// The words of the first text.
    pub(crate) from: String,
    /// The words of the second.
    pub(crate) to: String,
}

/// Returns the kinds of some changes, each once: first the main kinds, the gravest first, then the
/// kinds that longer insertions, deletions and replacements contain.
pub(super) fn kinds_of_changes(changes: &[Change]) -> Vec<ChangeKind> {
    let (mut main, mut held) = (BTreeSet::new(), BTreeSet::new());
    for change in changes {
        let is_plain = change.kinds.first().is_some_and(|kind| kind.is_plain());
        for (place, kind) in change.kinds.iter().enumerate() {
            let is_main = place == 0 || !is_plain;
            if is_main { &mut main } else { &mut held }.insert(*kind);
        }
    }
    main.iter().chain(held.difference(&main)).copied().collect()
}

/// Names the changes between two texts.
pub(crate) struct Namer<'t> {
    pub(crate) a: &'t TextWords<'t>,
    pub(crate) b: &'t TextWords<'t>,
    /// Where the texts differ.
    pub(crate) gaps: &'t [Stretch],
    /// The blocks of words that moved in the other text.
    pub(crate) moved: &'t [MatchingBlock],
    pub(crate) language: Language,
}

/// A changed word.
struct Word<'t> {
    folded: &'t str,
    written: &'t str,
    starts_sentence: bool,
    /// Whether it is a negation or a modal verb.
    sense: Option<Sense>,
}

impl Word<'_> {
    fn number(&self) -> Option<u64> {
        number(self.folded).or_else(|| number_in_capitals(self.written))
    }

    fn is_capitalized(&self) -> bool {
        self.written.starts_with(char::is_uppercase)
    }

    fn has_role(&self) -> bool {
        self.number().is_some() || self.sense.is_some()
    }
}

impl Namer<'_> {
    /// Names the change in each gap between kept words.
    ///
    /// A gap of more than five words is first of all an insertion, a deletion or a replacement, and
    /// then what it contains. A smaller one is analyzed word by word.
    pub(crate) fn changes(&self) -> Vec<Change> {
        let change_of = |gap: &Stretch| {
            let (a, b) = (self.a.bytes(gap.a.clone()), self.b.bytes(gap.b.clone()));
            Change {
                kinds: if self.is_moved(gap) {
                    self.kinds_of_moved(gap)
                } else {
                    self.kinds_of(gap)
                },
                from: self.a.text[a.clone()].to_owned(),
                to: self.b.text[b.clone()].to_owned(),
                a,
                b,
            }
        };
        self.gaps.iter().map(change_of).collect()
    }

    /// Returns whether the words of a gap are elsewhere in the other text.
    fn is_moved(&self, gap: &Stretch) -> bool {
        let touches = |block: &MatchingBlock| {
            overlap(&gap.a, block.a, block.n) + overlap(&gap.b, block.b, block.n) > 0
        };
        if self.moved.iter().any(touches) {
            return true;
        }
        // One or two words that moved.
        self.gaps.iter().any(|other| {
            let went = gap.b.is_empty() && other.a.is_empty();
            let came = gap.a.is_empty() && other.b.is_empty();
            went && self.a.ids[gap.a.clone()] == self.b.ids[other.b.clone()]
                || came && self.b.ids[gap.b.clone()] == self.a.ids[other.a.clone()]
        })
    }

    /// Order, and any other change if less than half of the gap moved.
    fn kinds_of_moved(&self, gap: &Stretch) -> Vec<ChangeKind> {
        let n_moved: usize = self
            .moved
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

    fn kinds_of(&self, gap: &Stretch) -> Vec<ChangeKind> {
        let from = self.words_in(self.a, &gap.a);
        let to = self.words_in(self.b, &gap.b);
        let mut kinds = kinds_of_roles(&from, &to);
        let plain = plain_kind(&from, &to);
        if gap.n_words() > MAX_SMALL_WORDS {
            kinds.insert(0, plain);
        } else {
            let [from, to] = [from, to].map(|words| self.plain_words(words));
            kinds.extend(kinds_of_rest(&from, &to));
            if kinds.is_empty() {
                kinds.push(plain);
            }
            kinds.sort_unstable();
        }
        kinds.dedup();
        kinds
    }

    /// The words that are neither numbers nor negations nor modal verbs, with their stems.
    fn plain_words<'w>(&self, words: Vec<Word<'w>>) -> Vec<Stemmed<'w>> {
        let plain = words.into_iter().filter(|word| !word.has_role());
        let stemmed = plain.map(|word| Stemmed {
            stem: stem(word.folded, self.language),
            word,
        });
        stemmed.collect()
    }

    fn words_in<'w>(&self, words: &'w TextWords, range: &Range<usize>) -> Vec<Word<'w>> {
        let places = range.clone();
        let word_at = |place: usize| {
            let bytes = words.ranges[place].clone();
            Word {
                folded: &words.folded[place],
                sense: Sense::of(&words.folded[place], self.language),
                starts_sentence: starts_sentence(&words.text[..bytes.start]),
                written: &words.text[bytes],
            }
        };
        places.map(word_at).collect()
    }
}

/// A changed word and its stem.
struct Stemmed<'t> {
    word: Word<'t>,
    stem: String,
}

/// Names the change of words that are neither numbers, negations nor modal verbs.
fn kinds_of_rest(from: &[Stemmed], to: &[Stemmed]) -> Vec<ChangeKind> {
    if from.is_empty() && to.is_empty() {
        return Vec::new();
    }
    if from.is_empty() || to.is_empty() {
        return vec![plain_kind(from, to)];
    }
    let phrase = |words: &[Stemmed]| {
        let stems: Vec<&str> = words.iter().map(|word| word.stem.as_str()).collect();
        stems.join(" ")
    };
    let (phrase_from, phrase_to) = (phrase(from), phrase(to));
    if are_synonyms(&phrase_from, &phrase_to) {
        return vec![ChangeKind::Synonym];
    }
    if from.len() != to.len() {
        let is_name =
            |x: &Stemmed| x.word.is_capitalized() && !x.word.starts_sentence || is_actor(&x.stem);
        return vec![
            if phrase_from.replace(' ', "") == phrase_to.replace(' ', "") {
                ChangeKind::Inflection
            } else if from.iter().chain(to).all(is_name) {
                ChangeKind::Name
            } else {
                ChangeKind::Replacement
            },
        ];
    }
    let words = from.iter().zip(to);
    words
        .filter(|(x, y)| x.word.folded != y.word.folded)
        .map(|(x, y)| kind_of_word(x, y))
        .collect()
}

fn kind_of_word(x: &Stemmed, y: &Stemmed) -> ChangeKind {
    let are_names = x.word.is_capitalized()
        && y.word.is_capitalized()
        && !(x.word.starts_sentence && y.word.starts_sentence);
    if x.stem == y.stem {
        ChangeKind::Inflection
    } else if are_names || is_actor(&x.stem) && is_actor(&y.stem) {
        ChangeKind::Name
    } else if are_synonyms(&x.stem, &y.stem) {
        ChangeKind::Synonym
    } else {
        ChangeKind::Replacement
    }
}

/// Names the changes of negations, numbers and modal verbs.
fn kinds_of_roles(from: &[Word], to: &[Word]) -> Vec<ChangeKind> {
    let mut kinds = Vec::new();
    let is_negation = |word: &&Word| word.sense == Some(Sense::Negation);
    let n_negations = |words: &[Word]| words.iter().filter(is_negation).count();
    if n_negations(from) % 2 != n_negations(to) % 2 {
        kinds.push(ChangeKind::Negation);
    }
    let (mut numbers_from, mut numbers_to) = (numbers_in(from), numbers_in(to));
    if numbers_from.is_empty() || numbers_to.is_empty() {
        // An added or removed enumerator or page number is not a change of number.
        for (numbers, words) in [(&mut numbers_from, from), (&mut numbers_to, to)] {
            let is_change = |word: &Word| word.number().is_some() && !word.starts_sentence;
            if !words.iter().any(is_change) {
                numbers.clear();
            }
        }
    }
    if numbers_from != numbers_to {
        kinds.push(ChangeKind::Number);
    } else if !numbers_from.is_empty() {
        kinds.push(ChangeKind::Synonym);
    }
    let modal = |word: &Word| match word.sense? {
        Sense::Modal(class) => Some(class),
        Sense::Negation => None,
    };
    let modals = |words: &[Word]| -> Vec<ModalClass> { words.iter().filter_map(modal).collect() };
    let (modals_from, modals_to) = (modals(from), modals(to));
    if modals_from != modals_to {
        kinds.push(ChangeKind::Modal);
    } else if !modals_from.is_empty() {
        // A modal verb replaced by another of the same force.
        kinds.push(ChangeKind::Synonym);
    }
    kinds
}

fn numbers_in(words: &[Word]) -> Vec<u64> {
    words.iter().filter_map(Word::number).collect()
}

fn plain_kind<T>(from: &[T], to: &[T]) -> ChangeKind {
    match (from.is_empty(), to.is_empty()) {
        (true, _) => ChangeKind::Insertion,
        (_, true) => ChangeKind::Deletion,
        _ => ChangeKind::Replacement,
    }
}

fn starts_sentence(before: &str) -> bool {
    let mut before = before.chars().rev();
    let last = before.find(|c| *c == '\n' || !c.is_whitespace());
    last.is_none_or(|c| matches!(c, '.' | '\n' | ';' | ':' | ')' | '!' | '?' | '“' | '"'))
}

/// Returns the number of words of a range in a block.
fn overlap(range: &Range<usize>, start: usize, n: usize) -> usize {
    let end = range.end.min(start + n);
    end.saturating_sub(range.start.max(start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reuse::compare::compare;

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
            let found = compare([old, &new], Language::ENGLISH, 6);
            assert_eq!(kinds_of_changes(&found.changes), *expected, "{from} > {to}");
        }
    }

    #[test]
    fn a_moved_block_is_order_and_nothing_else() {
        let a = "1. Boats lie at the inner pier. Ships show their lamps from dusk to dawn.";
        let b = "Ships show their lamps from dusk to dawn. 1. Boats lie at the inner pier.";
        let found = compare([a, b], Language::ENGLISH, 6);
        assert_eq!(kinds_of_changes(&found.changes), [ChangeKind::Order]);
        let b = "Boats lie at the inner pier. Ships show their lamps from dusk to dawn. 1.";
        let found = compare([a, b], Language::ENGLISH, 6);
        assert_eq!(kinds_of_changes(&found.changes), [ChangeKind::Order]);
    }
}
