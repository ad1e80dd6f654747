//! [`SharedRuns`]: all runs of words that clauses of different agreements share.

use std::ops::Range;

use rayon::prelude::*;

use crate::corpus::Corpus;
use crate::id::ClauseId;
use crate::reuse::tokens::{GAP, WordLists};

/// An odd number that spreads the bits of a word's number (Knuth, 1973).
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
/// The base of the rolling hash; any large odd number does.
const BASE: u64 = 0xc2b2_ae3d_27d4_eb4f;
/// Clauses a worker looks at in one go.
const BATCH: usize = 512;

/// All maximal shared runs of words between clauses of different agreements.
///
/// Each run is as long as it can be: the words before it differ, and those after it. A pair of clauses
/// may share several, in any order.
#[derive(Clone, Debug, Default)]
pub struct SharedRuns {
    words: WordLists,
    runs: Vec<Run>,
}

/// The same words at two places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Run {
    pub(crate) a: u32,
    pub(crate) b: u32,
    pub(crate) n_words: u32,
}

/// A run of words that two clauses share.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClauseRun {
    /// The two clauses, that of the smaller id first.
    pub clauses: [ClauseId; 2],
    /// The bytes of the run in the text of either.
    pub ranges: [Range<usize>; 2],
    /// Its length in words.
    pub n_words: usize,
}

impl SharedRuns {
    /// Returns the runs of at least `min_words` words, ordered by where they begin in their first
    /// clause and then in their second.
    ///
    /// Every place of the corpus is put into the group of places that begin with the same
    /// `min_words` words, by a rolling hash (Karp and Rabin, 1987); two places of a group whose words
    /// before differ begin a run, which is then compared word by word, so that no collision of hashes
    /// shows. Costs time and memory in proportion to the words of the corpus and the runs found,
    /// spread over rayon's threads; the result does not depend on their number.
    pub fn of(corpus: &Corpus, min_words: usize) -> Self {
        let owners: Vec<u32> = corpus
            .clauses()
            .iter()
            .map(|clause| owner(clause.agreement.index()))
            .collect();
        let words = WordLists::of(corpus);
        let runs = find_runs(&words, &owners, min_words);
        Self { words, runs }
    }

    /// Returns the number of runs.
    pub fn len(&self) -> usize {
        self.runs.len()
    }

    /// Returns whether nothing is shared.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// Returns the runs.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = ClauseRun> + '_ {
        self.runs.iter().map(|run| self.run_of(*run))
    }

    /// Returns the words that the runs are made of.
    pub fn words(&self) -> &WordLists {
        &self.words
    }

    /// Returns the runs as places among all words.
    pub(crate) fn raw(&self) -> &[Run] {
        &self.runs
    }

    pub(crate) fn run_of(&self, run: Run) -> ClauseRun {
        let n_words = run.n_words as usize;
        let places = [run.a as usize, run.b as usize];
        ClauseRun {
            clauses: places.map(|place| ClauseId::new(self.words.text_of(place))),
            ranges: places.map(|place| self.words.bytes(place..place + n_words)),
            n_words,
        }
    }
}

/// Returns the runs of at least `min_words` words (one at least) between texts of different owners,
/// in order.
pub(crate) fn find_runs(words: &WordLists, owners: &[u32], min_words: usize) -> Vec<Run> {
    let min_words = min_words.max(1);
    let groups = Groups::of(words, owners, min_words);
    let texts: Vec<usize> = (0..words.len()).collect();
    texts
        .par_chunks(BATCH)
        .flat_map_iter(|texts| groups.runs_from(words, texts, min_words))
        .collect()
}

/// A place, and what it begins with.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Gram {
    hash: u64,
    place: u32,
    owner: u32,
}

/// A place of a group.
#[derive(Clone, Copy)]
struct Member {
    place: u32,
    owner: u32,
    /// The word before; a gap at the start of a text.
    before: u32,
}

/// The places that begin with the same words, where those belong to several owners.
struct Groups {
    /// For each place its group, from 1; 0 for none.
    group_of: Vec<u32>,
    /// Where each group starts in `members`, and the end.
    starts: Vec<u32>,
    members: Vec<Member>,
}

impl Groups {
    fn of(words: &WordLists, owners: &[u32], n_words: usize) -> Self {
        let grams = sorted_grams(words, owners, n_words);
        let ids = words.all();
        let mut groups = Self {
            group_of: vec![0; ids.len()],
            starts: vec![0],
            members: Vec::new(),
        };
        for group in grams.chunk_by(|x, y| x.hash == y.hash) {
            let first = group[0].owner;
            if group.iter().all(|gram| gram.owner == first) || begins_nowhere(ids, group) {
                continue;
            }
            let number = owner(groups.starts.len());
            for gram in group {
                let place = gram.place as usize;
                groups.group_of[place] = number;
                groups.members.push(Member {
                    place: gram.place,
                    owner: gram.owner,
                    before: place.checked_sub(1).map_or(GAP, |before| ids[before]),
                });
            }
            groups.starts.push(owner(groups.members.len()));
        }
        groups
    }

    /// Returns the runs that begin in some texts and end in later ones, by place.
    fn runs_from(&self, words: &WordLists, texts: &[usize], min_words: usize) -> Vec<Run> {
        let mut runs = Vec::new();
        let ids = words.all();
        for place in texts.iter().flat_map(|&text| words.places(text)) {
            let Some(group) = (self.group_of[place] as usize).checked_sub(1) else {
                continue;
            };
            let members =
                &self.members[self.starts[group] as usize..self.starts[group + 1] as usize];
            let own = members.partition_point(|member| (member.place as usize) < place);
            let (own, later) = (members[own], &members[own + 1..]);
            for other in later {
                let goes_on = own.before == other.before && own.before != GAP;
                if goes_on || own.owner == other.owner {
                    continue;
                }
                let n_words = n_equal(ids, place, other.place as usize);
                if n_words >= min_words {
                    let n_words = owner(n_words);
                    let (a, b) = (own.place, other.place);
                    runs.push(Run { a, b, n_words });
                }
            }
        }
        runs
    }
}

/// Returns whether the same word stands before all places of a group: then each of its runs begins
/// earlier, as within texts that are copied whole.
fn begins_nowhere(ids: &[u32], group: &[Gram]) -> bool {
    let before = |gram: &Gram| (gram.place as usize).checked_sub(1).map(|place| ids[place]);
    let first = before(&group[0]).filter(|word| *word != GAP);
    first.is_some() && group.iter().all(|gram| before(gram) == first)
}

/// Words that are compared at once.
const STRIDE: usize = 8;

/// Returns how many words are the same from two places on.
fn n_equal(ids: &[u32], a: usize, b: usize) -> usize {
    let is_same = |x: u32, y: u32| x == y && x != GAP;
    let (left, right) = (&ids[a..], &ids[b..]);
    let strides = left.chunks_exact(STRIDE).zip(right.chunks_exact(STRIDE));
    // Without an early end within a stride, its words are compared side by side.
    let all_same = |(x, y): &(&[u32], &[u32])| {
        let same = x.iter().zip(*y).map(|(x, y)| is_same(*x, *y));
        same.fold(true, |all, one| all & one)
    };
    let n_whole = STRIDE * strides.take_while(all_same).count();
    let rest = left[n_whole..].iter().zip(&right[n_whole..]);
    n_whole + rest.take_while(|(x, y)| is_same(**x, **y)).count()
}

/// Returns all runs of exactly `n_words` words, equal ones side by side.
fn sorted_grams(words: &WordLists, owners: &[u32], n_words: usize) -> Vec<Gram> {
    let texts: Vec<usize> = (0..words.len()).collect();
    let mut grams: Vec<Gram> = texts
        .par_chunks(BATCH)
        .flat_map_iter(|texts| {
            let mut grams = Vec::new();
            for &text in texts {
                push_grams(&mut grams, words, (text, owners[text]), n_words);
            }
            grams
        })
        .collect();
    grams.par_sort_unstable();
    grams
}

fn push_grams(grams: &mut Vec<Gram>, words: &WordLists, (text, owner_of): (usize, u32), n: usize) {
    let places = words.places(text);
    let ids = words.words(text);
    if ids.len() < n {
        return;
    }
    let weight_of_oldest = (1..n).fold(1_u64, |weight, _| weight.wrapping_mul(BASE));
    let mut hash = 0_u64;
    for (index, &id) in ids.iter().enumerate() {
        if let Some(oldest) = index.checked_sub(n) {
            hash = hash.wrapping_sub(spread(ids[oldest]).wrapping_mul(weight_of_oldest));
        }
        hash = hash.wrapping_mul(BASE).wrapping_add(spread(id));
        if let Some(start) = (index + 1).checked_sub(n) {
            grams.push(Gram {
                hash: hash ^ (hash >> 29),
                place: owner(places.start + start),
                owner: owner_of,
            });
        }
    }
}

fn spread(id: u32) -> u64 {
    let mixed = (u64::from(id) + 1).wrapping_mul(SPREAD);
    mixed ^ (mixed >> 32)
}

fn owner(count: usize) -> u32 {
    u32::try_from(count).expect("a corpus has fewer than 2^32 words: the reader limits it")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// All maximal runs by comparing every place with every other.
    fn by_brute_force(words: &WordLists, owners: &[u32], min_words: usize) -> Vec<Run> {
        let ids = words.all();
        let mut runs = Vec::new();
        for a in 0..ids.len() {
            for b in a + 1..ids.len() {
                let is_foreign = owners[words.text_of(a)] != owners[words.text_of(b)];
                let starts = a == 0 || ids[a - 1] == GAP || ids[a - 1] != ids[b - 1];
                let n_words = n_equal(ids, a, b);
                if is_foreign && starts && n_words >= min_words {
                    runs.push(Run {
                        a: owner(a),
                        b: owner(b),
                        n_words: owner(n_words),
                    });
                }
            }
        }
        runs
    }

    #[test]
    fn several_runs_of_a_pair_in_any_order() {
        let texts = [
            "the salt tax is due in may, ships wait",
            "ships wait: the salt tax is low",
        ];
        let words = WordLists::of_texts(&texts);
        let found: Vec<(&str, usize)> = find_runs(&words, &[0, 1], 2)
            .iter()
            .map(|run| {
                let places = run.a as usize..(run.a + run.n_words) as usize;
                (&texts[0][words.bytes(places)], run.n_words as usize)
            })
            .collect();
        assert_eq!(found, [("the salt tax is", 4), ("ships wait", 2)]);
        assert!(
            find_runs(&words, &[7, 7], 2).is_empty(),
            "one owner borrows nothing of itself"
        );
    }

    proptest! {
        #[test]
        fn runs_are_those_of_a_brute_force_search(
            texts in prop::collection::vec("[ab]( [abc]){0,12}|", 2..7),
            owners in prop::collection::vec(0_u32..3, 7),
            min_words in 1_usize..5,
        ) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let words = WordLists::of_texts(&texts);
            let expected = by_brute_force(&words, &owners, min_words);
            prop_assert_eq!(find_runs(&words, &owners[..texts.len()], min_words), expected);
        }
    }
}
