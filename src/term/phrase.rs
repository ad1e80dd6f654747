//! [`PhraseMap`]: the longest known phrase that starts at a word.

use std::collections::HashMap;

/// Maps phrases to values and finds the longest phrase first.
///
/// A look-up costs one hash of the first word, then a comparison with the phrases that start with it.
#[derive(Clone, Debug, Default)]
pub(super) struct PhraseMap<V> {
    /// By first word: the other words and the value, longest phrase first.
    by_first: HashMap<String, Vec<(Vec<String>, V)>>,
}

impl<V: Clone> PhraseMap<V> {
    /// Adds a phrase; the first value of a phrase is kept.
    pub(super) fn insert(&mut self, mut words: Vec<String>, value: V) {
        if words.is_empty() {
            return;
        }
        let first = words.remove(0);
        let phrases = self.by_first.entry(first).or_default();
        if phrases.iter().any(|(rest, _)| *rest == words) {
            return;
        }
        phrases.push((words, value));
        phrases.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
    }

    /// Returns whether a phrase starts with `word`.
    pub(super) fn has_start(&self, word: &str) -> bool {
        self.by_first.contains_key(word)
    }

    /// Returns the number of words and the value of the longest phrase at `start` of a text, whose words
    /// `word_at` returns.
    pub(super) fn longest_at<'w>(
        &self,
        start: usize,
        word_at: impl Fn(usize) -> Option<&'w str>,
    ) -> Option<(usize, &V)> {
        let phrases = self.by_first.get(word_at(start)?)?;
        let stands_here = |rest: &[String]| {
            rest.iter()
                .enumerate()
                .all(|(i, word)| word_at(start + 1 + i) == Some(word.as_str()))
        };
        phrases
            .iter()
            .find(|(rest, _)| stands_here(rest))
            .map(|(rest, value)| (rest.len() + 1, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_wins() {
        let mut phrases = PhraseMap::default();
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        phrases.insert(words("supply"), 1);
        phrases.insert(words("supply chain"), 2);
        phrases.insert(words("supply chain security"), 3);
        let text = words("the supply chain of supply chain security");
        let longest = |start| {
            phrases
                .longest_at(start, |i| text.get(i).map(String::as_str))
                .map(|(n, v)| (n, *v))
        };
        assert_eq!(longest(0), None);
        assert_eq!(longest(1), Some((2, 2)));
        assert_eq!(longest(4), Some((3, 3)));
        assert_eq!(longest(5), None);
    }
}
