//! [`compare`]: compares two texts word by word: what they share, and how they differ.

use std::collections::HashMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::reuse::align::{Gap, MatchingBlock, TextWords, align};
use crate::reuse::change::{Change, ChangeKind, Namer, kinds_of_changes};
use crate::reuse::passage::{MIN_WORDS, Passage};
use crate::score::Score;

/// The most changed words between two exact passages that are joined into one.
const MAX_GAP_WORDS: usize = 3;
/// The shortest block of words that counts as moved.
const MIN_MOVED_WORDS: usize = 3;
/// Up to this number of kept words between two longer changes are chance: the changes count as one.
const MAX_ISLAND_WORDS: usize = 2;

/// How two texts are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CompareParams {
    /// The shortest passage that counts as shared, in words, 6 by default. Shorter ones also occur
    /// between unrelated texts.
    pub min_run_words: usize,
    /// The language of the texts, English by default; it decides which words are inflections of one word.
    pub language: Language,
}

impl Default for CompareParams {
    fn default() -> Self {
        Self {
            min_run_words: MIN_WORDS,
            language: Language::ENGLISH,
        }
    }
}

/// What two texts share word by word, and how they differ.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Comparison {
    /// The passages in both texts in the same order; no word is in two of them.
    pub runs: Vec<Passage>,
    /// Further passages, in another order in the two texts.
    pub moved: Vec<Passage>,
    /// Passages joined if only a few words between them differ.
    pub passages: Vec<Passage>,
    /// The proportion of each text's words that `runs` cover.
    pub coverage: [Score; 2],
    /// The proportion of each text's words that `passages` or `moved` cover, without changed words.
    pub close_coverage: [Score; 2],
    /// The whole of both texts, as kept and changed parts in turn.
    pub diff: Vec<DiffPart>,
    /// The changed parts, each with its kind.
    pub changes: Vec<Change>,
}

/// What happened to a part of the first text in the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// The same words are in both.
    Kept,
    /// Words that only the first text has.
    Deleted,
    /// Words that only the second text has.
    Inserted,
    /// Words of the first text, replaced by others in the second.
    Replaced,
}

/// A part of the difference of two texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DiffPart {
    /// What happened.
    pub fate: Fate,
    /// The bytes of the first text, from the first word of the part to its last; empty if it has none.
    pub a: Range<usize>,
    /// The same for the second text.
    pub b: Range<usize>,
}

impl Comparison {
    /// Returns the kinds among its changes, each once: first what changes are, the gravest first, then
    /// what longer insertions, deletions and replacements hold besides.
    pub fn kinds_of_changes(&self) -> Vec<ChangeKind> {
        kinds_of_changes(&self.changes)
    }
}

/// Compares two texts word by word; case and punctuation do not count.
///
/// The longest shared passages are found first (Ratcliff and Obershelp, 1988), so that text reused
/// whole is shown whole. Costs about the number of pairs of equal words in the two texts.
pub fn compare(a: &str, b: &str, params: &CompareParams) -> Comparison {
    let mut numbers = HashMap::new();
    let left = TextWords::of(a, &mut numbers);
    let right = TextWords::of(b, &mut numbers);
    let blocks = align(&left.ids, &right.ids);
    let min_words = params.min_run_words.max(1);
    let long: Vec<MatchingBlock> = blocks
        .iter()
        .copied()
        .filter(|block| block.n >= min_words)
        .collect();
    let lengths = [left.ids.len(), right.ids.len()];
    let kept = without_islands(&blocks, lengths);
    let moved = moved_blocks(&left, &right, &kept);
    let passages = passages_of(&kept, min_words);
    let far: Vec<MatchingBlock> = moved
        .iter()
        .copied()
        .filter(|block| block.n >= min_words)
        .collect();
    let gaps = gaps_of(&kept, lengths);
    let in_passages: usize = passages.iter().map(|passage| passage.n_kept).sum();
    let n_close = in_passages + far.iter().map(|block| block.n).sum::<usize>();
    let n_long: usize = long.iter().map(|block| block.n).sum();
    let share = |n: usize| [&left, &right].map(|words| words.share(n));
    let passage = |a: Range<usize>, b: Range<usize>, n_words: usize| {
        Passage::new(left.bytes(a), right.bytes(b), n_words)
    };
    let passage_of = |block: &MatchingBlock| {
        let (a, b) = (block.a..block.a + block.n, block.b..block.b + block.n);
        passage(a, b, block.n)
    };
    let namer = Namer {
        a: &left,
        b: &right,
        gaps: &gaps,
        moved: &moved,
        language: params.language,
    };
    Comparison {
        runs: long.iter().map(passage_of).collect(),
        moved: far.iter().map(passage_of).collect(),
        passages: passages
            .iter()
            .map(|joined| passage(joined.a.clone(), joined.b.clone(), joined.n_kept))
            .collect(),
        coverage: share(n_long),
        close_coverage: share(n_close),
        diff: diff_of(&left, &right, &kept, &gaps),
        changes: namer.changes(),
    }
}

/// Returns the words preceding, between and after blocks, if there are any.
fn gaps_of(blocks: &[MatchingBlock], [n_a, n_b]: [usize; 2]) -> Vec<Gap> {
    let mut end = (0, 0);
    let mut gaps = Vec::new();
    let last = MatchingBlock {
        a: n_a,
        b: n_b,
        n: 0,
    };
    for block in blocks.iter().chain([&last]) {
        let gap = Gap {
            a: end.0..block.a,
            b: end.1..block.b,
        };
        if gap.n_words() > 0 {
            gaps.push(gap);
        }
        end = (block.a + block.n, block.b + block.n);
    }
    gaps
}

/// Removes blocks of one or two words inside longer changes: a shared "of" there means nothing.
fn without_islands(blocks: &[MatchingBlock], [n_a, n_b]: [usize; 2]) -> Vec<MatchingBlock> {
    let mut kept: Vec<MatchingBlock> = Vec::with_capacity(blocks.len());
    for (place, block) in blocks.iter().enumerate() {
        let before = kept
            .last()
            .map_or((0, 0), |last| (last.a + last.n, last.b + last.n));
        let after = blocks
            .get(place + 1)
            .map_or((n_a, n_b), |next| (next.a, next.b));
        let change_before = (block.a - before.0).max(block.b - before.1);
        let end = (block.a + block.n, block.b + block.n);
        let change_after = (after.0 - end.0).max(after.1 - end.1);
        let is_island = block.n <= MAX_ISLAND_WORDS && change_before.min(change_after) > block.n;
        if !is_island {
            kept.push(*block);
        }
    }
    kept
}

/// Returns the blocks among the changed words of both texts that are in another order than the kept
/// ones; the longest first, no word twice.
fn moved_blocks(left: &TextWords, right: &TextWords, kept: &[MatchingBlock]) -> Vec<MatchingBlock> {
    let masked = |ids: &[u32], places: &mut dyn Iterator<Item = Range<usize>>, mask: u32| {
        let mut ids = ids.to_vec();
        for place in places {
            ids[place].fill(mask);
        }
        ids
    };
    // Two masks, so that masked words equal nothing.
    let places_a = kept.iter().map(|block| block.a..block.a + block.n);
    let places_b = kept.iter().map(|block| block.b..block.b + block.n);
    let mut a = masked(&left.ids, &mut { places_a }, u32::MAX);
    let mut b = masked(&right.ids, &mut { places_b }, u32::MAX - 1);
    let mut moved = Vec::new();
    loop {
        let blocks = align(&a, &b);
        let found: Vec<MatchingBlock> = blocks
            .into_iter()
            .filter(|block| block.n >= MIN_MOVED_WORDS)
            .collect();
        if found.is_empty() {
            break;
        }
        for block in &found {
            a[block.a..block.a + block.n].fill(u32::MAX);
            b[block.b..block.b + block.n].fill(u32::MAX - 1);
        }
        moved.extend(found);
    }
    moved.sort_unstable();
    moved
}

/// Kept blocks and the small changes between them.
struct PassageWords {
    a: Range<usize>,
    b: Range<usize>,
    n_kept: usize,
}

/// Joins kept blocks over gaps of a few words, and returns those that keep at least `min_words`.
fn passages_of(kept: &[MatchingBlock], min_words: usize) -> Vec<PassageWords> {
    let mut passages: Vec<PassageWords> = Vec::new();
    for block in kept {
        match passages.last_mut() {
            Some(last)
                if block.a - last.a.end <= MAX_GAP_WORDS
                    && block.b - last.b.end <= MAX_GAP_WORDS =>
            {
                last.a.end = block.a + block.n;
                last.b.end = block.b + block.n;
                last.n_kept += block.n;
            }
            _ => passages.push(PassageWords {
                a: block.a..block.a + block.n,
                b: block.b..block.b + block.n,
                n_kept: block.n,
            }),
        }
    }
    // A passage keeps at least half of its words.
    let is_close = |passage: &PassageWords| {
        let n_words = passage.a.len().max(passage.b.len());
        passage.n_kept >= min_words && passage.n_kept * 2 >= n_words
    };
    passages.retain(is_close);
    passages
}

fn diff_of(
    left: &TextWords,
    right: &TextWords,
    kept: &[MatchingBlock],
    gaps: &[Gap],
) -> Vec<DiffPart> {
    let blocks = kept.iter().map(|block| {
        let words = (block.a..block.a + block.n, block.b..block.b + block.n);
        (Fate::Kept, words)
    });
    let changed = gaps.iter().map(|gap| {
        let fate = match (gap.a.is_empty(), gap.b.is_empty()) {
            (true, _) => Fate::Inserted,
            (_, true) => Fate::Deleted,
            _ => Fate::Replaced,
        };
        (fate, (gap.a.clone(), gap.b.clone()))
    });
    let mut parts: Vec<_> = blocks.chain(changed).collect();
    parts.sort_by_key(|(_, (a, b))| (a.start, b.start));
    parts
        .into_iter()
        .map(|(fate, (a, b))| DiffPart {
            fate,
            a: left.bytes(a),
            b: right.bytes(b),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const OLD: &str = "1. Every harbor master keeps a list of the ships that lie in the harbor, and shows it on request.";
    const NEW: &str = "Every harbor master keeps a true list of the ships that lie in a harbor; and shows it on request!";

    fn compared(a: &str, b: &str) -> Comparison {
        compare(a, b, &CompareParams::default())
    }

    #[test]
    fn exact_passages_and_the_passage_that_joins_them() {
        let found = compared(OLD, NEW);
        let words: Vec<(&str, &str)> = found
            .runs
            .iter()
            .map(|run| (&OLD[run.a.clone()], &NEW[run.b.clone()]))
            .collect();
        let same = "list of the ships that lie in";
        assert_eq!(
            words,
            [
                (same, same),
                (
                    "harbor, and shows it on request",
                    "harbor; and shows it on request"
                )
            ]
        );
        assert_eq!(found.passages.len(), 1);
        assert_eq!(found.passages[0].n_words, 18);
        assert!((found.coverage[0].value() - 13.0 / 20.0).abs() < 1e-9);
    }

    #[test]
    fn moved_words_are_shown_apart_from_words_in_order() {
        let first = "Ships show their lamps from dusk to dawn in every weather.";
        let second = "Boats without a crew lie at the inner pier.";
        let a = format!("{first} {second}");
        let b = format!("{second} {first}");
        let found = compared(&a, &b);
        assert_eq!(found.runs.len(), 1);
        assert_eq!(found.moved.len(), 1);
        assert_eq!(&a[found.moved[0].a.clone()], second.trim_end_matches('.'));
    }

    proptest! {
        #[test]
        fn the_parts_of_a_difference_are_all_the_words(a in "[a-d ]{0,60}", b in "[a-d ]{0,60}") {
            let found = compared(&a, &b);
            let mut left = Vec::new();
            let mut right = Vec::new();
            for part in &found.diff {
                left.extend(a[part.a.clone()].split_whitespace());
                right.extend(b[part.b.clone()].split_whitespace());
                prop_assert_eq!(part.fate == Fate::Inserted, part.a.is_empty());
                prop_assert_eq!(part.fate == Fate::Deleted, part.b.is_empty());
            }
            prop_assert_eq!(left, a.split_whitespace().collect::<Vec<_>>());
            prop_assert_eq!(right, b.split_whitespace().collect::<Vec<_>>());
        }
    }
}
