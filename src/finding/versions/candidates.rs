//! [`candidates`]: which clauses of two versions may be the same clause, by number and by words.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::finding::versions::text::{NumberMatch, VersionClause, levels};
use crate::finding::versions::wordings::{ClauseWords, Likeness, Wordings};
use crate::provision::Label;
use crate::score::Score;

/// The most partners by words that are looked at for a clause, from either side.
const N_NEAREST: usize = 4;
/// The least share of the weight of the shorter of two clauses that makes the pair worth a look.
const MIN_SHARE: f64 = 0.25;

/// Two clauses that may be the same, by their places in the versions.
pub(crate) struct CandidatePair {
    pub(crate) before: usize,
    pub(crate) after: usize,
    pub(crate) likeness: Likeness,
    pub(crate) numbering: NumberMatch,
}

/// Returns the pairs of clauses that may be the same, or of which one may be a part of the other, in order.
///
/// A clause whose words another version has unchanged has no other candidates. For the others these are the four
/// nearest by the weight of the words that both have, in whatever order, by the weight of both clauses and by
/// that of the shorter one, from either side; and those of the same number. Each pair is then compared word by
/// word. Costs the pairs of clauses with a common word, and some ten comparisons for each changed clause.
pub(crate) fn candidates(
    clauses: [&[VersionClause]; 2],
    wordings: &Wordings,
) -> Vec<CandidatePair> {
    let mut pairs = equal_pairs(wordings);
    let has_equal: [BTreeSet<usize>; 2] =
        [0, 1].map(|side| pairs.iter().map(|pair| pair[side]).collect());
    let nearest = nearest_pairs(wordings);
    let labels = clauses.map(|of| of.iter().map(VersionClause::label).collect::<Vec<_>>());
    let named = pairs_of_one_number(&labels);
    // What has its equal is no candidate for a clause that has one, too.
    let is_open =
        |pair: &[usize; 2]| !(has_equal[0].contains(&pair[0]) && has_equal[1].contains(&pair[1]));
    pairs.extend(nearest.into_iter().chain(named).filter(is_open));
    let pairs: Vec<[usize; 2]> = pairs.into_iter().collect();
    pairs
        .into_par_iter()
        .map(|[before, after]| CandidatePair {
            before,
            after,
            likeness: wordings.likeness(before, after),
            numbering: NumberMatch::of(labels[0][before].as_ref(), labels[1][after].as_ref()),
        })
        .collect()
}

/// Returns the pairs of clauses with the same words.
fn equal_pairs(wordings: &Wordings) -> BTreeSet<[usize; 2]> {
    let mut with_words: BTreeMap<&[u32], Vec<usize>> = BTreeMap::new();
    for (place, wording) in wordings.after.iter().enumerate() {
        with_words.entry(&wording.ids).or_default().push(place);
    }
    let mut pairs = BTreeSet::new();
    for (before, wording) in wordings.before.iter().enumerate() {
        let equal = with_words.get(&wording.ids[..]).into_iter().flatten();
        pairs.extend(equal.map(|after| [before, *after]));
    }
    pairs
}

/// Returns the pairs of clauses of the same number.
fn pairs_of_one_number(labels: &[Vec<Option<Label>>; 2]) -> Vec<[usize; 2]> {
    let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (after, label) in labels[1].iter().enumerate() {
        if let Some(label) = label {
            places.entry(levels(label)).or_default().push(after);
        }
    }
    let mut pairs = Vec::new();
    for (before, label) in labels[0].iter().enumerate() {
        let Some(label) = label else { continue };
        let same = places.get(&levels(label)).into_iter().flatten();
        let same = same.filter(|after| {
            let other = labels[1][**after].as_ref();
            NumberMatch::of(Some(label), other) == NumberMatch::Same
        });
        pairs.extend(same.map(|after| [before, *after]));
    }
    pairs
}

/// Returns for each clause of either version the clauses of the other with the most words in common.
fn nearest_pairs(wordings: &Wordings) -> Vec<[usize; 2]> {
    let (before, after) = (&wordings.before, &wordings.after);
    let mut pairs = nearest_of(wordings, before, after);
    let turned = nearest_of(wordings, after, before);
    pairs.extend(turned.into_iter().map(|[after, before]| [before, after]));
    pairs
}

/// Returns for each clause of one side the clauses of the other with the most words in common, as pairs of places.
fn nearest_of(wordings: &Wordings, own: &[ClauseWords], others: &[ClauseWords]) -> Vec<[usize; 2]> {
    let others = Others::of(wordings, others);
    let own: Vec<(usize, &ClauseWords)> = own.iter().enumerate().collect();
    let nearest = |(place, words): (usize, &ClauseWords)| {
        let nearest = others.nearest_to(words).into_iter();
        nearest.map(move |other| [place, other])
    };
    own.into_par_iter().flat_map_iter(nearest).collect()
}

/// The clauses of one side, among which those near to another are looked for.
struct Others<'w> {
    wordings: &'w Wordings,
    /// The clauses that have each word.
    places: BTreeMap<u32, Vec<usize>>,
    /// The weight of each clause's words, each once.
    weights: Vec<f64>,
}

impl<'w> Others<'w> {
    fn of(wordings: &'w Wordings, clauses: &[ClauseWords]) -> Self {
        let mut places: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (place, words) in clauses.iter().enumerate() {
            for id in &words.distinct {
                places.entry(*id).or_default().push(place);
            }
        }
        let weights = clauses.iter().map(|of| wordings.weight_of(&of.distinct));
        Self {
            wordings,
            places,
            weights: weights.collect(),
        }
    }

    fn nearest_to(&self, words: &ClauseWords) -> BTreeSet<usize> {
        let common = self.common_with(words);
        let own = self.wordings.weight_of(&words.distinct);
        best_of(self.weights.len(), |other| {
            let (common, other) = (common[other], self.weights[other]);
            let shorter = own.min(other).max(1.0);
            [2.0 * common / (own + other).max(1.0), common / shorter]
        })
    }

    /// Returns the weight of the words that each clause has in common with another.
    fn common_with(&self, words: &ClauseWords) -> Vec<f64> {
        let mut common = vec![0.0; self.weights.len()];
        for id in &words.distinct {
            let weight = self.wordings.weight_of(&[*id]);
            for other in self.places.get(id).into_iter().flatten() {
                common[*other] += weight;
            }
        }
        common
    }
}

/// Returns the places with the greatest values, by the first value and by the second.
fn best_of(n: usize, worth: impl Fn(usize) -> [f64; 2]) -> BTreeSet<usize> {
    let worths: Vec<(usize, [f64; 2])> = (0..n)
        .map(|place| (place, worth(place)))
        .filter(|(_, [_, of_shorter])| *of_shorter >= MIN_SHARE)
        .collect();
    let mut best = BTreeSet::new();
    for kind in [0, 1] {
        let value = |(place, worth): &(usize, [f64; 2])| {
            (Reverse(Score::new(worth[kind].min(1.0))), *place)
        };
        let mut places = worths.clone();
        if places.len() > N_NEAREST {
            places.select_nth_unstable_by_key(N_NEAREST - 1, value);
            places.truncate(N_NEAREST);
        }
        best.extend(places.iter().map(|(place, _)| *place));
    }
    best
}
