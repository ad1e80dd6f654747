//! [`common_passages`]: passages that many texts of a set have.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

use crate::reuse::passages::{Gram, sorted_grams};
use crate::reuse::tokens::{TokenLists, number_of};

/// A passage that several texts of a set have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CommonPassage {
    /// The positions where it begins, in order.
    pub(crate) places: Vec<usize>,
    pub(crate) n_words: usize,
    /// The texts that have it.
    pub(crate) texts: BTreeSet<usize>,
}

impl CommonPassage {
    /// The positions of its tokens at its first occurrence.
    pub(crate) fn first(&self) -> Range<usize> {
        self.places[0]..self.places[0] + self.n_words
    }
}

/// Returns the passages of at least `min_words` tokens that at least `min_texts` texts have and that
/// are part of no longer one; the longest first, then those in the most texts.
///
/// Passages grow by one token at a time while enough texts have them. Costs one sort of the tokens for
/// each token of the longest.
pub(crate) fn common_passages(
    lists: &TokenLists,
    min_words: usize,
    min_texts: usize,
) -> Vec<CommonPassage> {
    let mut found = Vec::new();
    let mut n_words = min_words.max(1);
    let mut common = common_grams(lists, n_words, min_texts);
    while !common.is_empty() {
        n_words += 1;
        let longer = common_grams(lists, n_words, min_texts);
        let begins: HashSet<usize> = longer.iter().flat_map(|it| it.places.clone()).collect();
        let is_part = |place: &usize| {
            begins.contains(place) || place.checked_sub(1).is_some_and(|it| begins.contains(&it))
        };
        common.retain(|passage| !passage.places.iter().any(is_part));
        found.append(&mut common);
        common = longer;
    }
    let words = |passage: &CommonPassage| &lists.all()[passage.first()];
    found.sort_by_cached_key(|passage| {
        let size = (passage.n_words, passage.texts.len());
        (Reverse(size), words(passage).to_vec())
    });
    found
}

/// Returns the passages of exactly `n_words` tokens that at least `min_texts` texts have.
fn common_grams(lists: &TokenLists, n_words: usize, min_texts: usize) -> Vec<CommonPassage> {
    let owners: Vec<u32> = (0..lists.len()).map(number_of).collect();
    let grams = sorted_grams(lists, &owners, n_words);
    let common = |group: &[Gram]| {
        let words = |gram: &Gram| &lists.all()[gram.place as usize..][..n_words];
        let same = group.iter().filter(|gram| words(gram) == words(&group[0]));
        let passage = CommonPassage {
            places: same.clone().map(|gram| gram.place as usize).collect(),
            n_words,
            texts: same.map(|gram| gram.owner as usize).collect(),
        };
        (passage.texts.len() >= min_texts).then_some(passage)
    };
    let groups = grams.chunk_by(|x, y| x.hash == y.hash);
    groups.filter_map(common).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn common_passages_are_those_of_a_brute_force_search(
            texts in prop::collection::vec(prop::collection::vec(0_u32..3, 0..9), 1..6),
            min_words in 1_usize..4,
            min_texts in 1_usize..4,
        ) {
            let lists = TokenLists::of(texts.iter().map(|text| text.iter().copied()));
            let found = common_passages(&lists, min_words, min_texts);
            let words_of = |passage: &CommonPassage| {
                lists.all()[passage.first()].to_vec()
            };
            // Every list of tokens that enough texts have and that no longer such list contains.
            let mut common: BTreeSet<Vec<u32>> = BTreeSet::new();
            let has = |text: &[u32], part: &[u32]| text.windows(part.len()).any(|it| it == part);
            for text in &texts {
                for n in min_words..=text.len() {
                    for part in text.windows(n) {
                        if texts.iter().filter(|text| has(text, part)).count() >= min_texts {
                            common.insert(part.to_vec());
                        }
                    }
                }
            }
            let is_whole = |part: &Vec<u32>| {
                !common.iter().any(|other| other.len() > part.len() && has(other, part))
            };
            let expected: BTreeSet<Vec<u32>> = common.iter().filter(|it| is_whole(it)).cloned().collect();
            prop_assert_eq!(found.iter().map(words_of).collect::<BTreeSet<_>>(), expected);
            prop_assert!(found.is_sorted_by(|x, y| x.n_words >= y.n_words));
            for passage in &found {
                let n_with = texts.iter().filter(|text| has(text, &words_of(passage))).count();
                prop_assert_eq!(passage.texts.len(), n_with);
            }
        }
    }
}
