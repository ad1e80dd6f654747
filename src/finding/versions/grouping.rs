//! [`groups`]: the clauses of two versions in groups that are one clause, or one that was split or merged.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::versions::candidates::CandidatePair;
use crate::finding::versions::text::NumberMatch;
use crate::finding::versions::wordings::Wordings;
use crate::reuse::MatchingBlock;

/// The share of the weight of a clause that stands in another from which it is a part of it; and from which it is one
/// if its number says so, or if it has what no other part has.
const PART_FROM: f64 = 0.6;
const NAMED_PART_FROM: f64 = 0.35;
/// The share of these words that no other part of it has.
const OWN_FROM: f64 = 0.6;
/// The share of what the other parts of the whole do not have from which a part is what is left of it.
const REST_FROM: f64 = 0.6;
/// The fewest words of a part.
const MIN_PART_WORDS: usize = 4;

/// Clauses of two versions that belong together, by their places: one of each; one and its parts; or one alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ClauseGroup {
    pub(crate) before: Vec<usize>,
    pub(crate) after: Vec<usize>,
}

/// The two sides, turned so that wholes come first: 0 finds split clauses, 1 merged ones.
#[derive(Clone, Copy)]
struct Sides {
    whole: usize,
    part: usize,
}

/// Returns every clause of both versions in one group: the pairs, and with each the clauses without a partner
/// that are a part of it.
///
/// A clause is a part of another if six tenths of its words (by weight) stand in it in order, and most of these
/// are words of the whole that no other part of it has. A good third is enough if its number is that of a part (`4(b)`
/// of `4`), or if it has most of what the other parts leave of the whole.
pub(crate) fn groups(
    wordings: &Wordings,
    pairs: &[CandidatePair],
    matched: &[Option<usize>],
) -> Vec<ClauseGroup> {
    let mut grouping = Grouping::new(wordings, pairs, matched);
    grouping.add_parts(Sides { whole: 0, part: 1 });
    grouping.add_parts(Sides { whole: 1, part: 0 });
    grouping.finish()
}

struct Grouping<'w> {
    wordings: &'w Wordings,
    pairs: BTreeMap<[usize; 2], &'w CandidatePair>,
    /// The partners of each clause in the other version.
    partners: [Vec<BTreeSet<usize>>; 2],
}

impl<'w> Grouping<'w> {
    fn new(wordings: &'w Wordings, pairs: &'w [CandidatePair], matched: &[Option<usize>]) -> Self {
        let n = [wordings.before.len(), wordings.after.len()];
        let mut grouping = Self {
            wordings,
            pairs: pairs
                .iter()
                .map(|pair| ([pair.before, pair.after], pair))
                .collect(),
            partners: n.map(|n| vec![BTreeSet::new(); n]),
        };
        for (before, after) in matched.iter().enumerate() {
            if let Some(after) = after {
                grouping.join([before, *after]);
            }
        }
        grouping
    }

    fn join(&mut self, pair: [usize; 2]) {
        self.partners[0][pair[0]].insert(pair[1]);
        self.partners[1][pair[1]].insert(pair[0]);
    }

    /// Gives each clause without a partner to the clause of the other version that it is a part of.
    fn add_parts(&mut self, sides: Sides) {
        let mut possible: Vec<(f64, [usize; 2])> = self
            .pairs
            .iter()
            .map(|(places, pair)| (pair.likeness.shares[sides.part], *places))
            .filter(|(share, places)| *share >= NAMED_PART_FROM && self.is_open(*places, sides))
            .collect();
        possible.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        for (_, places) in possible {
            if self.is_open(places, sides) && self.is_part(places, sides) {
                self.join(places);
            }
        }
    }

    /// Returns whether the part has no partner, and the whole is itself no part.
    fn is_open(&self, places: [usize; 2], sides: Sides) -> bool {
        let partners = &self.partners[sides.whole][places[sides.whole]];
        let is_no_part = partners
            .iter()
            .all(|partner| self.partners[sides.part][*partner].len() == 1);
        self.partners[sides.part][places[sides.part]].is_empty() && is_no_part
    }

    /// Returns whether the words of a part are words of the whole that its other parts do not have.
    fn is_part(&self, places: [usize; 2], sides: Sides) -> bool {
        let taken = self.words_of_parts(places, sides);
        let own = self.words_in_whole(places, sides);
        let is_free = |word: &usize| !taken.contains(word);
        let weight = |words: Vec<usize>| self.weight_in_whole(&words, places, sides);
        let free = weight(own.iter().copied().filter(is_free).collect());
        let n_words = self.ids_of_whole(places, sides).len();
        let rest = weight((0..n_words).filter(is_free).collect());
        let pair = self.pairs[&places];
        let is_named = pair.numbering == NumberMatch::Part;
        let is_rest = !taken.is_empty() && free >= REST_FROM * rest;
        let is_much = pair.likeness.shares[sides.part] >= PART_FROM;
        let is_own = own.len() >= MIN_PART_WORDS && free >= OWN_FROM * weight(own);
        is_own && (is_much || is_named || is_rest)
    }

    /// Returns the places of the words of the whole that its parts so far have.
    fn words_of_parts(&self, places: [usize; 2], sides: Sides) -> BTreeSet<usize> {
        let others = self.partners[sides.whole][places[sides.whole]].iter();
        let words = others.flat_map(|other| {
            let mut pair = places;
            pair[sides.part] = *other;
            self.words_in_whole(pair, sides)
        });
        words.collect()
    }

    fn ids_of_whole(&self, places: [usize; 2], sides: Sides) -> &[u32] {
        match sides.whole {
            0 => &self.wordings.before[places[0]].ids,
            _ => &self.wordings.after[places[1]].ids,
        }
    }

    fn weight_in_whole(&self, words: &[usize], places: [usize; 2], sides: Sides) -> f64 {
        let ids = self.ids_of_whole(places, sides);
        let ids: Vec<u32> = words.iter().map(|word| ids[*word]).collect();
        self.wordings.weight_of(&ids)
    }

    /// Returns the places of the words of the whole that a part has.
    fn words_in_whole(&self, places: [usize; 2], sides: Sides) -> Vec<usize> {
        let Some(pair) = self.pairs.get(&places) else {
            return Vec::new();
        };
        let blocks = pair.likeness.kept.iter().map(MatchingBlock::words);
        let in_whole = blocks.map(|words| if sides.whole == 0 { words.a } else { words.b });
        in_whole.flatten().collect()
    }

    fn finish(self) -> Vec<ClauseGroup> {
        let n_before = self.partners[0].len();
        let groups = (0..n_before).filter_map(|before| self.group_begun_by(before));
        let mut groups: Vec<ClauseGroup> = groups.collect();
        let after = self.partners[1].iter().enumerate();
        let alone = after.filter(|(_, partners)| partners.is_empty());
        groups.extend(alone.map(|(after, _)| ClauseGroup {
            before: Vec::new(),
            after: vec![after],
        }));
        groups
    }

    /// Returns the group whose first clause in the earlier version is this one.
    fn group_begun_by(&self, before: usize) -> Option<ClauseGroup> {
        let [of_before, of_after] = &self.partners;
        let after: Vec<usize> = of_before[before].iter().copied().collect();
        let merged = match after[..] {
            [only] => of_after[only].iter().copied().collect(),
            _ => vec![before],
        };
        (merged.first() == Some(&before)).then_some(ClauseGroup {
            before: merged,
            after,
        })
    }
}
