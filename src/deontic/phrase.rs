//! [`Phrases`]: maps phrases to their meanings, looked up at a word.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use serde::Deserialize;

use crate::deontic::word::{Word, WordCode, WordSet};

/// Phrases with their meanings.
///
/// A phrase is written as a sequence of places: `|` separates alternative words of a place, `?` follows
/// an optional place: `is|are not? bound to`. The first place is never optional.
#[derive(Debug, Deserialize)]
#[serde(
    from = "Vec<Group<T>>",
    bound = "T: Clone + Deserialize<'de>, 'de: 'static"
)]
pub(crate) struct Phrases<T: Clone> {
    entries: Vec<(Vec<Alternatives>, T)>,
    /// The entries whose first place includes a word, in the order of the file.
    of_first: HashMap<&'static str, Vec<usize>, RandomState>,
    /// The codes of the words with which phrases begin, as a bit set: few words of a text pass this test, and
    /// only those are looked up.
    codes: [u64; WordCode::COUNT / 64],
}

/// Phrases of one meaning, as in the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, bound = "T: Deserialize<'de>, 'de: 'static")]
struct Group<T> {
    means: T,
    phrases: Vec<&'static str>,
}

/// The alternative words of a place.
#[derive(Debug)]
struct Alternatives {
    words: WordSet,
    is_optional: bool,
}

impl<T: Clone> From<Vec<Group<T>>> for Phrases<T> {
    fn from(groups: Vec<Group<T>>) -> Self {
        let mut phrases = Self {
            entries: Vec::new(),
            of_first: HashMap::default(),
            codes: [0; WordCode::COUNT / 64],
        };
        for group in groups {
            for phrase in group.phrases {
                phrases.add(phrase, group.means.clone());
            }
        }
        phrases
    }
}

impl<T: Clone> Phrases<T> {
    fn add(&mut self, phrase: &'static str, value: T) {
        let places: Vec<Alternatives> = phrase.split_whitespace().map(Alternatives::new).collect();
        for word in places.iter().take(1).flat_map(|place| place.words.iter()) {
            let of_first = self.of_first.entry(word).or_default();
            of_first.push(self.entries.len());
            let code = WordCode::of(word);
            self.codes[code.index() / 64] |= code.bit();
        }
        self.entries.push((places, value));
    }

    /// Returns the meaning of the longest phrase at a word, and its number of words.
    #[inline]
    pub(crate) fn at(&self, words: &[Word<'_>], index: usize) -> Option<(&T, usize)> {
        let code = words.get(index)?.code();
        if self.codes[code.index() / 64] & code.bit() == 0 {
            return None;
        }
        self.longest(&words[index..])
    }

    /// Returns the meaning of the longest phrase that words begin with, and its number of words.
    fn longest(&self, words: &[Word<'_>]) -> Option<(&T, usize)> {
        let (first, rest) = words.split_first()?;
        let candidates = self.of_first.get(&*first.form)?;
        let mut best: Option<(&T, usize)> = None;
        for &entry in candidates {
            let (places, value) = &self.entries[entry];
            let length = length_of_match(&places[1..], rest).map_or(0, |length| length + 1);
            if length > best.map_or(0, |(_, length)| length) {
                best = Some((value, length));
            }
        }
        best
    }
}

impl Alternatives {
    fn new(written: &'static str) -> Self {
        let words = written.trim_end_matches('?');
        Self {
            words: words.split('|').collect::<Vec<_>>().into(),
            is_optional: words.len() < written.len(),
        }
    }
}

/// Returns the number of words that match all places; an optional place is filled if possible.
fn length_of_match(places: &[Alternatives], words: &[Word<'_>]) -> Option<usize> {
    let mut length = 0;
    for place in places {
        let is_here = words
            .get(length)
            .is_some_and(|word| word.is_in(&place.words));
        if is_here {
            length += 1;
        } else if !place.is_optional {
            return None;
        }
    }
    Some(length)
}
