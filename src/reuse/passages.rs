//! [`Passages`]: the one search for words, or terms, that texts share.

use std::ops::Range;

use rayon::prelude::*;

use crate::corpus::Corpus;
use crate::id::ClauseId;
use crate::reuse::passage::Passage;
use crate::reuse::tokens::{GAP, TokenLists, WordLists, number_of};
use crate::words::SPREAD;

/// The base of the rolling hash; any large odd number does.
const BASE: u64 = 0xc2b2_ae3d_27d4_eb4f;
/// The number of clauses a worker processes at once.
const BATCH: usize = 512;

/// All passages that clauses of different agreements share, built once for all users.
///
/// Each passage is maximal: the words preceding it differ, and so do the words after it. A pair of
/// clauses may share several, in any order.
#[derive(Clone, Debug, Default)]
pub struct Passages {
    words: WordLists,
    runs: Vec<Run>,
}

/// The same tokens at two positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Run {
    pub(crate) a: u32,
    pub(crate) b: u32,
    pub(crate) n_words: u32,
}

impl Run {
    /// The positions of its first side.
    pub(crate) fn places(self) -> Range<usize> {
        self.a as usize..(self.a + self.n_words) as usize
    }

    /// The same passage with its sides swapped.
    pub(crate) fn turned(self) -> Self {
        Self {
            a: self.b,
            b: self.a,
            n_words: self.n_words,
        }
    }
}

impl Passages {
    /// Returns the passages of at least `min_words` words, ordered by where they begin in their first
    /// clause and then in their second.
    ///
    /// A rolling hash (Karp and Rabin, 1987) groups the positions of the corpus that begin with the
    /// same `min_words` words. Two positions of a group whose preceding words differ begin a passage,
    /// which is then compared word by word, so hash collisions have no effect. Costs `n log n` in the
    /// words of the corpus, and the passages found, spread over rayon's threads; memory in proportion
    /// to both. The result does not depend on the threads.
    pub fn of(corpus: &Corpus, min_words: usize) -> Self {
        let clauses = corpus.clauses().iter();
        let owners = clauses.map(|clause| number_of(clause.agreement.index()));
        let owners: Vec<u32> = owners.collect();
        let words = WordLists::of(corpus);
        let runs = runs_between(words.lists(), &owners, min_words);
        Self { words, runs }
    }

    /// Returns the words of a corpus without its passages, for those [`between`](Self::between) two clauses.
    pub(crate) fn only_words(corpus: &Corpus) -> Self {
        Self {
            words: WordLists::of(corpus),
            runs: Vec::new(),
        }
    }

    /// Returns the number of passages.
    pub fn len(&self) -> usize {
        self.runs.len()
    }

    /// Returns whether nothing is shared.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// Returns the passages by their position in both clauses, without their words.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = ([ClauseId; 2], Passage)> + '_ {
        let runs = self.runs.iter();
        runs.map(|run| (self.clauses_of(*run), self.placed(*run)))
    }

    /// Returns the passages by positions in the whole corpus, in order.
    pub(crate) fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// Returns the words that the passages are made of.
    pub(crate) fn words(&self) -> &WordLists {
        &self.words
    }

    pub(crate) fn clauses_of(&self, run: Run) -> [ClauseId; 2] {
        [run.a, run.b].map(|place| ClauseId::new(self.words.lists().text_of(place as usize)))
    }

    /// Returns the words of a passage as ids.
    pub(crate) fn ids_of(&self, run: Run) -> &[u32] {
        &self.words.lists().all()[run.places()]
    }

    /// Returns a passage with its words as its first clause has them.
    pub(crate) fn passage(&self, corpus: &Corpus, run: Run) -> Passage {
        let [first, _] = self.clauses_of(run);
        self.placed(run).with_words(corpus.text(first))
    }

    fn placed(&self, run: Run) -> Passage {
        let [a, b] = [run, run.turned()].map(|run| self.words.bytes(run.places()));
        Passage::new(a, b, run.n_words as usize)
    }

    /// Returns the information of the words of a passage, in nats: the sum of `ln(N / n)` over its
    /// words, where `n` of `N` clauses have the word.
    pub(crate) fn information(&self, run: Run, frequencies: &[u32]) -> f64 {
        let n_clauses = self.words.lists().len() as f64;
        let ids = self.ids_of(run).iter();
        ids.map(|id| (n_clauses / f64::from(frequencies[*id as usize])).ln())
            .sum()
    }

    /// Returns for each clause the passages it shares, with the clause as their first side, in order.
    pub(crate) fn by_clause(&self) -> Vec<Vec<Run>> {
        let mut of_clause = vec![Vec::new(); self.words.lists().len()];
        for &run in &self.runs {
            for run in [run, run.turned()] {
                of_clause[self.clauses_of(run)[0].index()].push(run);
            }
        }
        let lists = of_clause.par_iter_mut();
        lists.for_each(|runs| runs.sort_unstable());
        of_clause
    }

    /// Returns the passages of at least `min_words` words that two clauses share, in order. Costs
    /// `n log n` in their words.
    pub(crate) fn between(&self, a: ClauseId, b: ClauseId, min_words: usize) -> Vec<Run> {
        let lists = self.words.lists();
        let texts = [a, b].map(|clause| lists.tokens(clause.index()).iter().copied());
        let pair = TokenLists::of(texts);
        let start = [a, b].map(|clause| lists.places(clause.index()).start);
        let place = |side: usize, place: u32| {
            number_of(start[side] + place as usize - pair.places(side).start)
        };
        let runs = runs_between(&pair, &[0, 1], min_words).into_iter();
        let whole = |run: Run| Run {
            a: place(0, run.a),
            b: place(1, run.b),
            ..run
        };
        runs.map(whole).collect()
    }
}

/// Returns the passages of at least `min_words` tokens (at least one) between texts of different
/// owners, in order.
pub(crate) fn runs_between(lists: &TokenLists, owners: &[u32], min_words: usize) -> Vec<Run> {
    let texts: Vec<usize> = (0..lists.len()).collect();
    runs_from(lists, owners, &texts, min_words)
}

/// Returns the passages of at least `min_words` tokens (at least one) that begin in the first `n_first` texts and
/// continue in the others, in order. Costs a sort of all tokens, and the passages.
pub(crate) fn runs_from_first(lists: &TokenLists, n_first: usize, min_words: usize) -> Vec<Run> {
    let owners = (0..lists.len()).map(|text| u32::from(text >= n_first));
    let owners: Vec<u32> = owners.collect();
    let texts: Vec<usize> = (0..n_first).collect();
    runs_from(lists, &owners, &texts, min_words)
}

fn runs_from(lists: &TokenLists, owners: &[u32], texts: &[usize], min_words: usize) -> Vec<Run> {
    let min_words = min_words.max(1);
    let groups = Groups::of(lists, owners, min_words);
    texts
        .par_chunks(BATCH)
        .flat_map_iter(|texts| groups.runs_from(lists, texts, min_words))
        .collect()
}

/// A position, and the hash of the words that begin there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Gram {
    pub(super) hash: u64,
    pub(super) place: u32,
    pub(super) owner: u32,
}

/// A position in a group.
#[derive(Clone, Copy)]
struct Member {
    place: u32,
    owner: u32,
    /// The preceding word; a gap at the start of a text.
    before: u32,
}

/// The positions that begin with the same words, if they belong to several owners.
struct Groups {
    /// The group of each position, from 1; 0 for none.
    group_of: Vec<u32>,
    /// Where each group starts in `members`, and the end.
    starts: Vec<u32>,
    members: Vec<Member>,
}

impl Groups {
    fn of(lists: &TokenLists, owners: &[u32], n_words: usize) -> Self {
        let grams = sorted_grams(lists, owners, n_words);
        let ids = lists.all();
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
            let number = number_of(groups.starts.len());
            for gram in group {
                let place = gram.place as usize;
                groups.group_of[place] = number;
                groups.members.push(Member {
                    place: gram.place,
                    owner: gram.owner,
                    before: place.checked_sub(1).map_or(GAP, |before| ids[before]),
                });
            }
            groups.starts.push(number_of(groups.members.len()));
        }
        groups
    }

    /// Returns the passages that begin in these texts and continue in later ones, by position.
    fn runs_from(&self, lists: &TokenLists, texts: &[usize], min_words: usize) -> Vec<Run> {
        let mut runs = Vec::new();
        let ids = lists.all();
        for place in texts.iter().flat_map(|&text| lists.places(text)) {
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
                    let n_words = number_of(n_words);
                    let (a, b) = (own.place, other.place);
                    runs.push(Run { a, b, n_words });
                }
            }
        }
        runs
    }
}

/// Returns whether all positions of a group have the same preceding word: then each of its passages
/// begins earlier, as within texts that are copied whole.
fn begins_nowhere(ids: &[u32], group: &[Gram]) -> bool {
    let before = |gram: &Gram| (gram.place as usize).checked_sub(1).map(|place| ids[place]);
    let first = before(&group[0]).filter(|word| *word != GAP);
    first.is_some() && group.iter().all(|gram| before(gram) == first)
}

/// The number of words that are compared at once.
const STRIDE: usize = 8;

/// Returns the number of equal words from two positions on.
fn n_equal(ids: &[u32], a: usize, b: usize) -> usize {
    let is_same = |x: u32, y: u32| x == y && x != GAP;
    let (left, right) = (&ids[a..], &ids[b..]);
    let strides = left.chunks_exact(STRIDE).zip(right.chunks_exact(STRIDE));
    // Without an early exit inside a stride, the compiler can vectorize the comparison.
    let all_same = |(x, y): &(&[u32], &[u32])| {
        let same = x.iter().zip(*y).map(|(x, y)| is_same(*x, *y));
        same.fold(true, |all, one| all & one)
    };
    let n_whole = STRIDE * strides.take_while(all_same).count();
    let rest = left[n_whole..].iter().zip(&right[n_whole..]);
    n_whole + rest.take_while(|(x, y)| is_same(**x, **y)).count()
}

/// Returns all sequences of exactly `n_words` words, sorted so that equal ones are adjacent.
pub(super) fn sorted_grams(lists: &TokenLists, owners: &[u32], n_words: usize) -> Vec<Gram> {
    let texts: Vec<usize> = (0..lists.len()).collect();
    let mut grams: Vec<Gram> = texts
        .par_chunks(BATCH)
        .flat_map_iter(|texts| {
            let mut grams = Vec::new();
            for &text in texts {
                let start = lists.places(text).start;
                each_gram(lists.tokens(text), n_words, |hash, place| {
                    grams.push(Gram {
                        hash,
                        place: number_of(start + place),
                        owner: owners[text],
                    });
                });
            }
            grams
        })
        .collect();
    grams.par_sort_unstable();
    grams
}

/// Passes on the hash and the position of each sequence of `n` tokens of a text.
fn each_gram(ids: &[u32], n: usize, mut give: impl FnMut(u64, usize)) {
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
            give(hash ^ (hash >> 29), start);
        }
    }
}

fn spread(id: u32) -> u64 {
    let mixed = (u64::from(id) + 1).wrapping_mul(SPREAD);
    mixed ^ (mixed >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// All maximal passages, by comparing every position with every other.
    fn by_brute_force(words: &TokenLists, owners: &[u32], min_words: usize) -> Vec<Run> {
        let ids = words.all();
        let mut runs = Vec::new();
        for a in 0..ids.len() {
            for b in a + 1..ids.len() {
                let is_foreign = owners[words.text_of(a)] != owners[words.text_of(b)];
                let starts = a == 0 || ids[a - 1] == GAP || ids[a - 1] != ids[b - 1];
                let n_words = n_equal(ids, a, b);
                if is_foreign && starts && n_words >= min_words {
                    runs.push(Run {
                        a: number_of(a),
                        b: number_of(b),
                        n_words: number_of(n_words),
                    });
                }
            }
        }
        runs
    }

    #[test]
    fn several_passages_of_a_pair_in_any_order() {
        let texts = [
            "the salt tax is due in may, ships wait",
            "ships wait: the salt tax is low",
        ];
        let words = WordLists::of_texts(&texts);
        let found: Vec<(&str, u32)> = runs_between(words.lists(), &[0, 1], 2)
            .iter()
            .map(|run| (&texts[0][words.bytes(run.places())], run.n_words))
            .collect();
        assert_eq!(found, [("the salt tax is", 4), ("ships wait", 2)]);
        assert!(
            runs_between(words.lists(), &[7, 7], 2).is_empty(),
            "one owner borrows nothing of itself"
        );
    }

    proptest! {
        #[test]
        fn passages_are_those_of_a_brute_force_search(
            texts in prop::collection::vec("[ab]( [abc]){0,12}|", 2..7),
            owners in prop::collection::vec(0_u32..3, 7),
            min_words in 1_usize..5,
        ) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let words = WordLists::of_texts(&texts);
            let expected = by_brute_force(words.lists(), &owners, min_words);
            prop_assert_eq!(
                runs_between(words.lists(), &owners[..texts.len()], min_words),
                expected
            );
            let first_alone: Vec<u32> = (0..texts.len()).map(|text| u32::from(text > 0)).collect();
            prop_assert_eq!(
                runs_from_first(words.lists(), 1, min_words),
                by_brute_force(words.lists(), &first_alone, min_words)
            );
        }

        #[test]
        fn the_passages_of_two_clauses_are_those_of_the_corpus(
            texts in prop::collection::vec("[ab]( [abc]){0,12}", 2..5),
        ) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let words = WordLists::of_texts(&texts);
            let owners: Vec<u32> = (0..texts.len()).map(number_of).collect();
            let runs = runs_between(words.lists(), &owners, 2);
            let passages = Passages { words, runs };
            let by_clause = passages.by_clause();
            let mut n_runs = 0;
            for (a, runs) in by_clause.iter().enumerate() {
                n_runs += runs.len();
                for b in (0..texts.len()).filter(|b| *b != a).map(ClauseId::new) {
                    let of_pair: Vec<Run> = runs
                        .iter()
                        .copied()
                        .filter(|run| passages.clauses_of(*run)[1] == b)
                        .collect();
                    prop_assert_eq!(passages.between(ClauseId::new(a), b, 2), of_pair);
                }
            }
            prop_assert_eq!(n_runs, 2 * passages.len());
        }
    }
}
