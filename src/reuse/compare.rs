//! [`compare`]: compares two texts word by word: what they share, and how they differ.

use std::collections::HashMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::reuse::align::{MatchingBlock, Stretch, TextWords, align};
use crate::reuse::change::{Change, ChangeKind, Namer, kinds_of_changes};
use crate::reuse::passage::Passage;
use crate::score::Score;

/// The most changed words between two exact passages that are joined into one.
const MAX_GAP_WORDS: usize = 3;
/// The shortest block of words that counts as moved.
const MIN_MOVED_WORDS: usize = 3;
/// Up to this number of kept words between two longer changes are chance: the changes count as one.
const MAX_ISLAND_WORDS: usize = 2;

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
    pub(crate) diff: Vec<DiffPart>,
    /// The changed parts, each with its kind.
    pub(crate) changes: Vec<Change>,
}

/// What happened to a part of the first text in the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Fate {
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
pub(crate) struct DiffPart {
    /// What happened.
    pub(crate) fate: Fate,
    /// The bytes of the first text, from the first word of the part to its last; empty if it has none.
    pub(crate) a: Range<usize>,
    /// The same for the second text.
    pub(crate) b: Range<usize>,
}

impl Comparison {
    /// Returns the kinds among its changes, each once: first what changes are, the gravest first, then
    /// what longer insertions, deletions and replacements hold besides.
    pub(crate) fn kinds_of_changes(&self) -> Vec<ChangeKind> {
        kinds_of_changes(&self.changes)
    }
}

/// Compares two texts word by word; case and punctuation do not count. Passages of at least
/// `min_run_words` words count as shared (6 is usual: shorter ones also occur between unrelated texts);
/// the language decides which words are inflections of one word.
///
/// The longest shared passages are found first (Ratcliff and Obershelp, 1988), so that text reused
/// whole is shown whole. Costs about the number of pairs of equal words in the two texts.
///
/// # Examples
///
/// ```
/// use consonance::language::Language;
/// use consonance::reuse::compare;
///
/// let draft = "States should protect the critical infrastructure of their people.";
/// let adopted = "States shall protect the critical infrastructure of all their people.";
/// let found = compare([draft, adopted], Language::ENGLISH, 3);
/// assert_eq!(found.runs.len(), 1);
/// assert_eq!(&draft[found.runs[0].a.clone()], "protect the critical infrastructure of");
/// assert!((found.coverage[0].value() - 5.0 / 9.0).abs() < 1e-9, "five words of nine");
/// ```
pub fn compare(texts: [&str; 2], language: Language, min_run_words: usize) -> Comparison {
    let mut numbers = HashMap::new();
    let [mut left, mut right] = texts.map(|text| TextWords::of(text, &mut numbers));
    left.join_broken(&numbers);
    right.join_broken(&numbers);
    let blocks = align(&left.ids, &right.ids);
    let min_words = min_run_words.max(1);
    let ends = Stretch::at([left.ids.len(), right.ids.len()]);
    let kept = without_islands(&blocks, &ends);
    let moved = moved_blocks(&left, &right, &kept);
    let gaps = gaps_of(&kept, &ends);
    let passage = |words: Stretch, n_words: usize| {
        Passage::new(left.bytes(words.a), right.bytes(words.b), n_words)
    };
    let long = |blocks: &[MatchingBlock]| -> Vec<Passage> {
        let long = blocks.iter().filter(|block| block.n >= min_words);
        long.map(|block| passage(block.words(), block.n)).collect()
    };
    let (runs, far) = (long(&blocks), long(&moved));
    let joined = passages_of(&kept, min_words).into_iter();
    let passages: Vec<Passage> = joined
        .map(|joined| passage(joined.words, joined.n_kept))
        .collect();
    let share = |passages: &[&[Passage]]| {
        let n_words = passages
            .iter()
            .copied()
            .flatten()
            .map(|passage| passage.n_words)
            .sum();
        [&left, &right].map(|words| words.share(n_words))
    };
    let namer = Namer {
        a: &left,
        b: &right,
        gaps: &gaps,
        moved: &moved,
        language,
    };
    Comparison {
        coverage: share(&[&runs]),
        close_coverage: share(&[&passages, &far]),
        diff: diff_of(&left, &right, &kept, &gaps),
        changes: namer.changes(),
        runs,
        moved: far,
        passages,
    }
}

/// Returns the words preceding, between and after blocks, if there are any.
fn gaps_of(blocks: &[MatchingBlock], ends: &Stretch) -> Vec<Stretch> {
    let mut before = Stretch::at([0, 0]);
    let mut gaps = Vec::new();
    for next in blocks
        .iter()
        .map(MatchingBlock::words)
        .chain([ends.clone()])
    {
        gaps.push(before.gap_to(&next));
        before = next;
    }
    gaps.retain(|gap| gap.n_words() > 0);
    gaps
}

/// Returns the words that two lists have in common in order, without words that are common by chance inside
/// longer changes.
pub(crate) fn kept_blocks(a: &[u32], b: &[u32]) -> Vec<MatchingBlock> {
    without_islands(&align(a, b), &Stretch::at([a.len(), b.len()]))
}

/// Removes blocks of one or two words inside longer changes: a shared "of" there means nothing.
fn without_islands(blocks: &[MatchingBlock], ends: &Stretch) -> Vec<MatchingBlock> {
    let mut kept: Vec<MatchingBlock> = Vec::with_capacity(blocks.len());
    for (place, block) in blocks.iter().enumerate() {
        let before = kept
            .last()
            .map_or(Stretch::at([0, 0]), MatchingBlock::words);
        let next = blocks
            .get(place + 1)
            .map_or(ends.clone(), MatchingBlock::words);
        let changes = [before.gap_to(&block.words()), block.words().gap_to(&next)];
        let is_inside = changes.iter().all(|change| change.n_words() > block.n);
        if block.n > MAX_ISLAND_WORDS || !is_inside {
            kept.push(*block);
        }
    }
    kept
}

/// Returns the blocks among the changed words of both texts that are in another order than the kept
/// ones; the longest first, no word twice.
fn moved_blocks(left: &TextWords, right: &TextWords, kept: &[MatchingBlock]) -> Vec<MatchingBlock> {
    let (mut a, mut b) = (left.ids.clone(), right.ids.clone());
    let mut moved = Vec::new();
    let mut found = kept.to_vec();
    loop {
        for words in found.iter().map(MatchingBlock::words) {
            // Two masks, so that masked words equal nothing.
            a[words.a].fill(u32::MAX);
            b[words.b].fill(u32::MAX - 1);
        }
        found = align(&a, &b);
        found.retain(|block| block.n >= MIN_MOVED_WORDS);
        if found.is_empty() {
            break;
        }
        moved.extend_from_slice(&found);
    }
    moved.sort_unstable();
    moved
}

/// Kept blocks and the small changes between them.
struct Joined {
    words: Stretch,
    n_kept: usize,
}

/// Joins kept blocks over gaps of a few words, and returns those that keep at least `min_words`.
fn passages_of(kept: &[MatchingBlock], min_words: usize) -> Vec<Joined> {
    let mut passages: Vec<Joined> = Vec::new();
    for block in kept {
        let words = block.words();
        match passages.last_mut() {
            Some(last) if last.words.gap_to(&words).n_words() <= MAX_GAP_WORDS => {
                last.words.a.end = words.a.end;
                last.words.b.end = words.b.end;
                last.n_kept += block.n;
            }
            _ => passages.push(Joined {
                words,
                n_kept: block.n,
            }),
        }
    }
    // A passage keeps at least half of its words.
    passages
        .retain(|joined| joined.n_kept >= min_words && joined.n_kept * 2 >= joined.words.n_words());
    passages
}

fn diff_of(
    left: &TextWords,
    right: &TextWords,
    kept: &[MatchingBlock],
    gaps: &[Stretch],
) -> Vec<DiffPart> {
    let kept = kept.iter().map(|block| (Fate::Kept, block.words()));
    let changed = gaps.iter().map(|gap| {
        let fate = match (gap.a.is_empty(), gap.b.is_empty()) {
            (true, _) => Fate::Inserted,
            (_, true) => Fate::Deleted,
            _ => Fate::Replaced,
        };
        (fate, gap.clone())
    });
    let mut parts: Vec<_> = kept.chain(changed).collect();
    parts.sort_by_key(|(_, words)| (words.a.start, words.b.start));
    let part = |(fate, words): (Fate, Stretch)| DiffPart {
        fate,
        a: left.bytes(words.a),
        b: right.bytes(words.b),
    };
    parts.into_iter().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const OLD: &str = "1. Every harbor master keeps a list of the ships that lie in the harbor, and shows it on request.";
    const NEW: &str = "Every harbor master keeps a true list of the ships that lie in a harbor; and shows it on request!";

    fn compared(a: &str, b: &str) -> Comparison {
        compare([a, b], Language::ENGLISH, 6)
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
