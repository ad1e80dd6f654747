//! [`Wordings`]: the words of the clauses of two versions, and how much of a clause stands in another.

use std::collections::HashMap;

use crate::finding::versions::text::VersionClause;
use crate::reuse::{MatchingBlock, TextWords, kept_blocks};
use crate::words::single_spaced;

/// The words of the clauses of two versions, weighed by how rare they are in both together.
pub(crate) struct Wordings {
    pub(crate) before: Vec<ClauseWords>,
    pub(crate) after: Vec<ClauseWords>,
    /// The weight of each word, by its id: `ln((n + 1) / (df + 1)) + 1` for a word in `df` of `n` clauses.
    weights: Vec<f64>,
}

/// The words of a clause, as ids: the same id for the same word, in any case.
pub(crate) struct ClauseWords {
    pub(crate) ids: Vec<u32>,
    /// The same, each once, in order.
    pub(crate) distinct: Vec<u32>,
    /// The sum of the weights of the words.
    pub(crate) weight: f64,
    /// The words by which clauses of the same words are told apart: heading and lead-in.
    pub(crate) surroundings: [String; 2],
}

/// What two clauses have in common, word by word.
#[derive(Clone, Debug, Default)]
pub(crate) struct Likeness {
    /// The words of both, in order.
    pub(crate) kept: Vec<MatchingBlock>,
    /// Twice the weight of the common words, by the weight of all: 1 for the same words.
    pub(crate) similarity: f64,
    /// The share of the weight of each side that is common.
    pub(crate) shares: [f64; 2],
}

impl Wordings {
    pub(crate) fn of(before: &[VersionClause], after: &[VersionClause]) -> Self {
        let mut numbers = HashMap::new();
        let [mut old, mut new] = [before, after].map(|clauses| {
            let texts = clauses.iter().map(VersionClause::text);
            let words = texts.map(|text| TextWords::of(text, &mut numbers));
            words.collect::<Vec<_>>()
        });
        for words in old.iter_mut().chain(&mut new) {
            words.join_broken(&numbers);
        }
        let wording =
            |(words, clause): (&TextWords, &VersionClause)| ClauseWords::of(words, clause);
        let mut wordings = Self {
            before: old.iter().zip(before).map(wording).collect(),
            after: new.iter().zip(after).map(wording).collect(),
            weights: vec![0.0; numbers.len()],
        };
        wordings.weigh();
        wordings
    }

    fn weigh(&mut self) {
        for wording in self.before.iter().chain(&self.after) {
            for id in &wording.distinct {
                self.weights[*id as usize] += 1.0;
            }
        }
        let n = (self.before.len() + self.after.len()) as f64;
        for weight in &mut self.weights {
            *weight = ((n + 1.0) / (*weight + 1.0)).ln() + 1.0;
        }
        for wording in self.before.iter_mut().chain(&mut self.after) {
            let ids = wording.ids.iter();
            wording.weight = ids.map(|id| self.weights[*id as usize]).sum();
        }
    }

    pub(crate) fn weight_of(&self, ids: &[u32]) -> f64 {
        let weights = ids.iter().map(|id| self.weights[*id as usize]);
        weights.fold(0.0, |sum, weight| sum + weight)
    }

    /// Returns the weight of the words that two lists have in common, given the first list.
    pub(crate) fn weight_of_kept(&self, ids: &[u32], kept: &[MatchingBlock]) -> f64 {
        let words = kept.iter().map(|block| &ids[block.words().a]);
        words.fold(0.0, |sum, ids| sum + self.weight_of(ids))
    }

    /// Returns what two clauses have in common, in order. Costs the pairs of equal words.
    pub(crate) fn likeness(&self, before: usize, after: usize) -> Likeness {
        let (a, b) = (&self.before[before], &self.after[after]);
        if a.ids == b.ids {
            return Likeness::whole(a.ids.len());
        }
        let kept = kept_blocks(&a.ids, &b.ids);
        let common = self.weight_of_kept(&a.ids, &kept);
        let share = |of: f64| if of > 0.0 { common / of } else { 0.0 };
        Likeness {
            similarity: share(f64::midpoint(a.weight, b.weight)),
            shares: [share(a.weight), share(b.weight)],
            kept,
        }
    }
}

impl Likeness {
    /// Returns the likeness of two clauses of the same words.
    fn whole(n: usize) -> Self {
        Self {
            kept: vec![MatchingBlock { a: 0, b: 0, n }],
            similarity: 1.0,
            shares: [1.0; 2],
        }
    }
}

impl ClauseWords {
    fn of(words: &TextWords<'_>, clause: &VersionClause) -> Self {
        let mut distinct = words.ids.clone();
        distinct.sort_unstable();
        distinct.dedup();
        let surroundings = [clause.heading.as_deref(), clause.lead_in()];
        Self {
            ids: words.ids.clone(),
            distinct,
            weight: 0.0,
            surroundings: surroundings.map(|words| single_spaced(words.unwrap_or_default())),
        }
    }

    /// Returns the share of heading and lead-in that two clauses have in common: 0, a half or 1.
    pub(crate) fn shared_surroundings(&self, other: &Self) -> f64 {
        let pairs = self.surroundings.iter().zip(&other.surroundings);
        pairs.filter(|(own, other)| own == other).count() as f64 / 2.0
    }
}
