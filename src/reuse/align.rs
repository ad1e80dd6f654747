//! [`align`]: which words of one text correspond to which words of another, in order.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;

use crate::score::Score;
use crate::words::{BrokenWord, broken_words, fold_into, word_ranges};

/// The most steps one alignment may take; what is not aligned by then counts as changed. Only
/// repetitive texts of ten thousand words come near.
const MAX_STEPS: usize = 200_000_000;

/// Equal words in two lists: where they begin, and their number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct MatchingBlock {
    pub(crate) a: usize,
    pub(crate) b: usize,
    pub(crate) n: usize,
}

/// A text as words.
pub(crate) struct TextWords<'t> {
    pub(crate) text: &'t str,
    pub(crate) ranges: Vec<Range<usize>>,
    pub(crate) folded: Vec<String>,
    pub(crate) ids: Vec<u32>,
}

impl MatchingBlock {
    /// Returns its words in both lists.
    pub(crate) fn words(&self) -> Stretch {
        Stretch {
            a: self.a..self.a + self.n,
            b: self.b..self.b + self.n,
        }
    }
}

/// A part of both lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub(crate) a: Range<usize>,
    pub(crate) b: Range<usize>,
}

impl Stretch {
    /// Returns no words, at two positions.
    pub(crate) fn at([a, b]: [usize; 2]) -> Self {
        Self { a: a..a, b: b..b }
    }

    /// Returns what is between the end of this part and the start of a later one.
    pub(crate) fn gap_to(&self, next: &Self) -> Self {
        Self {
            a: self.a.end..next.a.start,
            b: self.b.end..next.b.start,
        }
    }

    /// Returns the number of words on the longer side.
    pub(crate) fn n_words(&self) -> usize {
        self.a.len().max(self.b.len())
    }
}

impl<'t> TextWords<'t> {
    pub(crate) fn of(text: &'t str, numbers: &mut HashMap<String, u32>) -> Self {
        let ranges: Vec<Range<usize>> = word_ranges(text).collect();
        let mut folded = Vec::with_capacity(ranges.len());
        let mut ids = Vec::with_capacity(ranges.len());
        for range in &ranges {
            let mut word = String::new();
            fold_into(&mut word, &text[range.clone()]);
            let next = u32::try_from(numbers.len()).expect("a text has fewer than 2^32 words");
            ids.push(*numbers.entry(word.clone()).or_insert(next));
            folded.push(word);
        }
        Self {
            text,
            ranges,
            folded,
            ids,
        }
    }

    /// Joins words that a line end breaks, if they are numbered as one word.
    pub(crate) fn join_broken(&mut self, numbers: &HashMap<String, u32>) {
        let mut is_second = vec![false; self.ids.len()];
        for BrokenWord { place, joined } in broken_words(self.text, &self.ranges) {
            if let Some(&id) = numbers.get(&joined).filter(|_| !is_second[place]) {
                self.ranges[place].end = self.ranges[place + 1].end;
                (self.folded[place], self.ids[place]) = (joined, id);
                is_second[place + 1] = true;
            }
        }
        if is_second.contains(&true) {
            keep_first(&mut self.ranges, &is_second);
            keep_first(&mut self.folded, &is_second);
            keep_first(&mut self.ids, &is_second);
        }
    }

    /// Returns the bytes from the first to the last of these words; for an empty range, an empty range
    /// after the preceding word.
    pub(crate) fn bytes(&self, words: Range<usize>) -> Range<usize> {
        if words.is_empty() {
            let before = words.start.checked_sub(1);
            let at = before.map_or(0, |before| self.ranges[before].end);
            return at..at;
        }
        self.ranges[words.start].start..self.ranges[words.end - 1].end
    }

    pub(crate) fn share(&self, n: usize) -> Score {
        Score::new(n as f64 / self.ids.len().max(1) as f64)
    }
}

/// Removes what stands at the second parts of joined words.
fn keep_first<T>(list: &mut Vec<T>, is_second: &[bool]) {
    let mut is_second = is_second.iter();
    list.retain(|_| is_second.next() == Some(&false));
}

/// Returns the blocks of words that two lists share, in order: the longest shared passage, then the
/// longest one preceding it and the longest one after it, and so on. Ties go to the first.
///
/// After Ratcliff and Obershelp (1988). Unlike an alignment with the fewest edits, it keeps long
/// passages whole, so it shows what was reused. Costs, for each passage found, the pairs of equal
/// words in the part searched.
pub(crate) fn align(a: &[u32], b: &[u32]) -> Vec<MatchingBlock> {
    let mut finder = Finder::new(b);
    let mut blocks = Vec::new();
    let mut parts = vec![Stretch::at([0, 0]).gap_to(&Stretch::at([a.len(), b.len()]))];
    while let Some(part) = parts.pop() {
        let Some(block) = finder.longest(a, &part) else {
            continue;
        };
        blocks.push(block);
        let (starts, ends) = ([part.a.start, part.b.start], [part.a.end, part.b.end]);
        parts.push(Stretch::at(starts).gap_to(&block.words()));
        parts.push(block.words().gap_to(&Stretch::at(ends)));
    }
    blocks.sort_unstable();
    joined(blocks)
}

/// Returns the longest passage that two lists share, the first one if several are equally long; `None`
/// if they share nothing. Costs the pairs of equal tokens.
pub(crate) fn longest<T: Copy + Eq + Hash>(a: &[T], b: &[T]) -> Option<MatchingBlock> {
    let whole = Stretch::at([0, 0]).gap_to(&Stretch::at([a.len(), b.len()]));
    Finder::new(b).longest(a, &whole)
}

/// Joins blocks that follow each other without a gap.
fn joined(blocks: Vec<MatchingBlock>) -> Vec<MatchingBlock> {
    let mut joined: Vec<MatchingBlock> = Vec::with_capacity(blocks.len());
    for block in blocks {
        match joined.last_mut() {
            Some(last) if last.a + last.n == block.a && last.b + last.n == block.b => {
                last.n += block.n;
            }
            _ => joined.push(block),
        }
    }
    joined
}

/// Finds the longest passage that parts of two lists share.
struct Finder<T> {
    /// The positions of each word in the second list.
    places: HashMap<T, Vec<usize>>,
    /// For each position of the second list, from 1, the length of the passage that ends there with
    /// the current word of the first list, and with the preceding word.
    lengths: [Vec<usize>; 2],
    steps_left: usize,
}

impl<T: Copy + Eq + Hash> Finder<T> {
    fn new(b: &[T]) -> Self {
        let mut places: HashMap<T, Vec<usize>> = HashMap::new();
        for (place, &word) in b.iter().enumerate() {
            places.entry(word).or_default().push(place);
        }
        Self {
            places,
            lengths: [vec![0; b.len() + 1], vec![0; b.len() + 1]],
            steps_left: MAX_STEPS,
        }
    }

    fn longest(&mut self, a: &[T], part: &Stretch) -> Option<MatchingBlock> {
        let mut best = MatchingBlock { a: 0, b: 0, n: 0 };
        let [mut above, mut here] = std::mem::take(&mut self.lengths);
        let mut filled: Vec<usize> = Vec::new();
        for (i, word) in a.iter().enumerate().take(part.a.end).skip(part.a.start) {
            let mut newly_filled = Vec::new();
            for j in places_in(&self.places, word, &part.b) {
                self.steps_left = self.steps_left.saturating_sub(1);
                let n = above[j] + 1;
                here[j + 1] = n;
                newly_filled.push(j + 1);
                if n > best.n {
                    best = MatchingBlock {
                        a: i + 1 - n,
                        b: j + 1 - n,
                        n,
                    };
                }
            }
            for place in filled {
                above[place] = 0;
            }
            filled = newly_filled;
            std::mem::swap(&mut above, &mut here);
            if self.steps_left == 0 {
                break;
            }
        }
        for place in filled {
            above[place] = 0;
        }
        self.lengths = [above, here];
        (best.n > 0).then_some(best)
    }
}

/// Returns the positions of a word within a part of the second list.
fn places_in<'p, T: Eq + Hash>(
    places: &'p HashMap<T, Vec<usize>>,
    word: &T,
    part: &Range<usize>,
) -> impl Iterator<Item = usize> + use<'p, T> {
    let all = places.get(word).map_or(&[][..], Vec::as_slice);
    let first = all.partition_point(|place| *place < part.start);
    let end = all.partition_point(|place| *place < part.end);
    all[first..end.max(first)].iter().copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(a: &[u32], b: &[u32], expected: &[(usize, usize, usize)]) {
        let found: Vec<_> = align(a, b).iter().map(|x| (x.a, x.b, x.n)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_longest_passage_comes_first_then_its_neighbors() {
        check(
            &[1, 2, 3, 9, 4, 5],
            &[1, 2, 3, 4, 5],
            &[(0, 0, 3), (4, 3, 2)],
        );
        // Words in another order are left out.
        check(&[7, 8, 1, 2, 3], &[1, 2, 3, 7, 8], &[(2, 0, 3)]);
        check(&[1, 1, 1], &[1], &[(0, 0, 1)]);
        check(&[1], &[2], &[]);
        check(&[], &[2], &[]);
        let found = longest(&[1, 2, 3, 9, 4, 5], &[7, 4, 5, 1, 2, 3]);
        assert_eq!(found, Some(MatchingBlock { a: 0, b: 3, n: 3 }));
        assert_eq!(longest(&[1], &[8]), None);
    }

    proptest! {
        #[test]
        fn blocks_hold_equal_words_in_order_and_no_word_twice(
            a in prop::collection::vec(0_u32..5, 0..40),
            b in prop::collection::vec(0_u32..5, 0..40),
        ) {
            let mut end = (0, 0);
            for block in align(&a, &b) {
                prop_assert!(block.n > 0 && block.a >= end.0 && block.b >= end.1);
                end = (block.a + block.n, block.b + block.n);
                prop_assert_eq!(&a[block.a..end.0], &b[block.b..end.1]);
            }
            let whole = align(&a, &a);
            prop_assert_eq!(whole.iter().map(|block| block.n).sum::<usize>(), a.len());
        }
    }
}
