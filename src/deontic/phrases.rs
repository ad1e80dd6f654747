//! [`Phrases`]: a table of phrases, looked up at a word.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::deontic::words::Word;

/// Phrases with what each stands for.
///
/// A phrase is written as its words, `|` between those that can stand in one place, `?` behind a
/// place that may be left out: `is|are not? bound to`. The first place is never left out.
#[derive(Debug)]
pub(crate) struct Phrases<T: 'static> {
    entries: Vec<(Vec<Slot>, T)>,
    /// The entries that begin with a word, in the order of the table.
    of_first: HashMap<&'static str, Vec<usize>, RandomState>,
    /// For each first byte the lengths of the words that phrases begin with, a bit a length: few words
    /// of a text pass, and only those are looked up.
    lengths: [u64; 256],
}

#[derive(Debug)]
struct Slot {
    words: Vec<&'static str>,
    is_optional: bool,
}

impl<T: Copy> Phrases<T> {
    /// Returns the table of these phrases.
    pub(crate) fn new(table: &[(&'static str, T)]) -> Self {
        let mut entries: Vec<(Vec<Slot>, T)> = Vec::new();
        let mut of_first: HashMap<_, Vec<usize>, _> = HashMap::default();
        let mut lengths = [0; 256];
        for (phrase, value) in table {
            let slots: Vec<Slot> = phrase.split(' ').map(Slot::new).collect();
            for word in &slots[0].words {
                of_first.entry(*word).or_default().push(entries.len());
                lengths[first_byte(word)] |= length_bit(word);
            }
            entries.push((slots, *value));
        }
        Self {
            entries,
            of_first,
            lengths,
        }
    }

    /// Returns what the longest phrase at a word stands for, and how many words it has.
    pub(crate) fn at(&self, words: &[Word<'_>], index: usize) -> Option<(T, usize)> {
        let form = &*words.get(index)?.form;
        if self.lengths[first_byte(form)] & length_bit(form) == 0 {
            return None;
        }
        let candidates = self.of_first.get(form)?;
        let mut best: Option<(T, usize)> = None;
        for &entry in candidates {
            let (slots, value) = &self.entries[entry];
            let length = length_of_match(slots, &words[index..]).unwrap_or(0);
            if length > best.map_or(0, |(_, length)| length) {
                best = Some((*value, length));
            }
        }
        best
    }
}

fn first_byte(word: &str) -> usize {
    word.bytes().next().map_or(0, usize::from)
}

/// Returns the bit of a word's length in bytes; all long words share the last.
fn length_bit(word: &str) -> u64 {
    1 << word.len().min(63)
}

impl Slot {
    fn new(written: &'static str) -> Self {
        let words = written.trim_end_matches('?');
        Self {
            words: words.split('|').collect(),
            is_optional: words.len() < written.len(),
        }
    }
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
