//! [`paired`]: the clauses of two versions matched one to one, by number, words and order together.

use crate::finding::versions::assignment::{Partner, best_matching};
use crate::finding::versions::candidates::CandidatePair;
use crate::finding::versions::order::{PlacedPair, heaviest_in_order};
use crate::finding::versions::text::NumberMatch;
use crate::finding::versions::wordings::Wordings;

/// What the number, the order, and heading and lead-in add to the similarity of words, which is 1 at most.
const SAME_NUMBER: f64 = 0.15;
const PART_OF_NUMBER: f64 = 0.1;
const IN_ORDER: f64 = 0.1;
const SURROUNDINGS: f64 = 0.05;
/// The worth below which two clauses are not the same clause.
const THRESHOLD: f64 = 0.4;
/// The least similarity of words of the same clause.
const MIN_SIMILARITY: f64 = 0.2;
/// The least similarity of pairs from which the order of the others is taken.
const SURE: f64 = 0.5;
/// The share of a clause in another from which it may be a part of it, and what each share that a pair has less than
/// that takes off its worth.
const WHOLLY: f64 = 0.85;
const BETTER_ELSEWHERE: f64 = 0.5;
/// The scale of worths as whole numbers.
const SCALE: f64 = 1_000_000.0;

/// Returns the clause of the second version for each clause of the first, if there is one.
///
/// A pair is worth the similarity of its words, and a little more if the numbers agree, if it stands where its
/// neighbors do, and if heading and lead-in are the same; less if one of the two is nearly wholly in a third clause,
/// which it then is a part of. All pairs are chosen together so that their worths
/// above a threshold have the greatest sum ([`best_matching`]): once by the share of the text that stands before
/// each clause, and a second time by where the sure pairs of the first time are.
pub(crate) fn paired(wordings: &Wordings, pairs: &[CandidatePair]) -> Vec<Option<usize>> {
    let n = [wordings.before.len(), wordings.after.len()];
    let scale = n[1] as f64 / n[0].max(1) as f64;
    let evenly: Vec<f64> = (0..n[0]).map(|place| place as f64 * scale).collect();
    let first = matched(wordings, pairs, &evenly);
    let sure = sure_pairs(wordings, pairs, &first);
    let expected = places_between(&sure, n[0]);
    matched(wordings, pairs, &expected)
}

fn matched(wordings: &Wordings, pairs: &[CandidatePair], expected: &[f64]) -> Vec<Option<usize>> {
    let mut partners: Vec<Vec<Partner>> = vec![Vec::new(); wordings.before.len()];
    let best = best_shares(wordings, pairs);
    for pair in pairs {
        let worth = worth(wordings, pair, expected[pair.before]);
        let value = worth - lost_elsewhere(pair, &best) - THRESHOLD;
        if pair.likeness.similarity >= MIN_SIMILARITY && value > 0.0 {
            partners[pair.before].push(partner(pair.after, value));
        }
    }
    best_matching(wordings.after.len(), &partners)
}

#[allow(clippy::cast_possible_truncation, reason = "a worth is below 2")]
fn partner(column: usize, value: f64) -> Partner {
    let value = (value * SCALE).round() as i64;
    Partner { column, value }
}

/// Returns what a pair is worth less because one of the two is nearly wholly in a third clause.
fn lost_elsewhere(pair: &CandidatePair, best: &[Vec<f64>; 2]) -> f64 {
    let bests = [best[0][pair.before], best[1][pair.after]];
    let lacking = bests.iter().zip(pair.likeness.shares);
    let lacking = lacking.filter(|(best, _)| **best >= WHOLLY);
    let lost: f64 = lacking.map(|(best, share)| best - share).sum();
    BETTER_ELSEWHERE * lost
}

/// Returns for each clause of both versions the greatest share of it that is in one of the other version.
fn best_shares(wordings: &Wordings, pairs: &[CandidatePair]) -> [Vec<f64>; 2] {
    let mut best = [&wordings.before, &wordings.after].map(|of| vec![0.0_f64; of.len()]);
    for pair in pairs {
        for (side, place) in [pair.before, pair.after].into_iter().enumerate() {
            best[side][place] = best[side][place].max(pair.likeness.shares[side]);
        }
    }
    best
}

fn worth(wordings: &Wordings, pair: &CandidatePair, expected: f64) -> f64 {
    let number = match pair.numbering {
        NumberMatch::Same => SAME_NUMBER,
        NumberMatch::Part => PART_OF_NUMBER,
        NumberMatch::Unknown | NumberMatch::Other => 0.0,
    };
    let distance = (pair.after as f64 - expected).abs();
    let (before, after) = (&wordings.before[pair.before], &wordings.after[pair.after]);
    pair.likeness.similarity
        + number
        + IN_ORDER / (1.0 + distance / 2.0)
        + SURROUNDINGS * before.shared_surroundings(after)
}

/// Returns the pairs with most of their words in common that stand in one order, by their places.
fn sure_pairs(
    wordings: &Wordings,
    pairs: &[CandidatePair],
    matched: &[Option<usize>],
) -> Vec<PlacedPair> {
    let is_sure = |pair: &&CandidatePair| {
        matched[pair.before] == Some(pair.after) && pair.likeness.similarity >= SURE
    };
    let placed = pairs.iter().filter(is_sure).map(|pair| PlacedPair {
        before: pair.before,
        after: pair.after,
        weight: wordings.before[pair.before].ids.len(),
    });
    let sure: Vec<PlacedPair> = placed.collect();
    let is_in_order = heaviest_in_order(&sure);
    let in_order = sure.into_iter().zip(is_in_order);
    in_order
        .filter_map(|(pair, keeps)| keeps.then_some(pair))
        .collect()
}

/// Returns where each clause of the first version is to be expected in the second: as far from the nearest sure pair
/// as it stands from it in the first.
fn places_between(sure: &[PlacedPair], n_before: usize) -> Vec<f64> {
    (0..n_before)
        .map(|place| expected_place(sure, place))
        .collect()
}

fn expected_place(sure: &[PlacedPair], place: usize) -> f64 {
    let next = sure.partition_point(|pair| pair.before <= place);
    let last = next.checked_sub(1).map(|last| &sure[last]);
    let distance = |pair: &&PlacedPair| pair.before.abs_diff(place);
    let nearest = last.into_iter().chain(sure.get(next)).min_by_key(distance);
    let shift = nearest.map_or(0.0, |pair| pair.after as f64 - pair.before as f64);
    place as f64 + shift
}
