//! [`Phrases`]: phrases with what each stands for, looked up at a word.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use serde::Deserialize;

use crate::deontic::word::{Word, WordSet, length_bit};

/// Phrases with what each stands for.
///
/// A phrase is written as its places, `|` between the words that can fill one place, `?` after a
/// place that may be left out: `is|are not? bound to`. The first place is never left out.
#[derive(Debug, Deserialize)]
#[serde(
    from = "Vec<Group<T>>",
    bound = "T: Clone + Deserialize<'de>, 'de: 'static"
)]
pub(crate) struct Phrases<T: Clone> {
    entries: Vec<(Vec<Slot>, T)>,
    /// The entries that begin with a word, in the order of the file.
    of_first: HashMap<&'static str, Vec<usize>, RandomState>,
    /// For each first byte the lengths of the words that phrases begin with, a bit a length: few words
    /// of a text pass, and only those are looked up.
    lengths: [u64; 256],
}

/// Phrases that mean the same, as a file has them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, bound = "T: Deserialize<'de>, 'de: 'static")]
struct Group<T> {
    means: T,
    phrases: Vec<&'static str>,
}

/// The words that can fill a place of a phrase.
#[derive(Debug)]
struct Slot {
    words: WordSet,
    is_optional: bool,
}

impl<T: Clone> From<Vec<Group<T>>> for Phrases<T> {
    fn from(groups: Vec<Group<T>>) -> Self {
        let mut phrases = Self {
            entries: Vec::new(),
            of_first: HashMap::default(),
            lengths: [0; 256],
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
        let slots: Vec<Slot> = phrase.split_whitespace().map(Slot::new).collect();
        for word in slots.iter().take(1).flat_map(|slot| &slot.words.words) {
            let of_first = self.of_first.entry(*word).or_default();
            of_first.push(self.entries.len());
            self.lengths[first_byte(word)] |= length_bit(word);
        }
        self.entries.push((slots, value));
    }

    /// Returns what the longest phrase at a word stands for, and how many words it has.
    pub(crate) fn at(&self, words: &[Word<'_>], index: usize) -> Option<(&T, usize)> {
        let form = &*words.get(index)?.form;
        if self.lengths[first_byte(form)] & length_bit(form) == 0 {
            return None;
        }
        let candidates = self.of_first.get(form)?;
        let mut best: Option<(&T, usize)> = None;
        for &entry in candidates {
            let (slots, value) = &self.entries[entry];
            let length = length_of_match(slots, &words[index..]).unwrap_or(0);
            if length > best.map_or(0, |(_, length)| length) {
                best = Some((value, length));
            }
        }
        best
    }
}

impl Slot {
    fn new(written: &'static str) -> Self {
        let words = written.trim_end_matches('?');
        Self {
            words: words.split('|').collect::<Vec<_>>().into(),
            is_optional: words.len() < written.len(),
        }
    }
}

fn first_byte(word: &str) -> usize {
    word.bytes().next().map_or(0, usize::from)
}

/// Returns how many words match all slots; a place that may be left out is filled if it can be.
fn length_of_match(slots: &[Slot], words: &[Word<'_>]) -> Option<usize> {
    let mut length = 0;
    for slot in slots {
        let is_here = words
            .get(length)
            .is_some_and(|word| word.is_in(&slot.words));
        if is_here {
            length += 1;
        } else if !slot.is_optional {
            return None;
        }
    }
    Some(length)
}
