//! [`NameSample`]: the clauses of each cluster that its name is drawn from.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::corpus::Corpus;
use crate::id::{ClauseId, TermId};
use crate::language::Language;
use crate::similarity::Representation;

/// The number of clauses that all names are drawn from.
const MAX_CLAUSES: usize = 6_000;
/// The smallest and the greatest number of clauses of a cluster.
const FEWEST: usize = 12;
const MOST: usize = 60;

/// Some clauses of each cluster, in the language of most of its clauses, at even distances.
pub(super) struct NameSample {
    pub(super) clusters: Vec<SampledCluster>,
    /// The clauses of all clusters, one cluster after another.
    pub(super) clauses: Vec<SampledClause>,
    /// The sampled clauses with each term, by index, in order.
    with_term: HashMap<TermId, Vec<usize>>,
}

/// A cluster and its clauses in the sample.
pub(super) struct SampledCluster {
    pub(super) language: Language,
    /// The number of all its clauses.
    pub(super) n_clauses: usize,
    /// Its clauses, by index in the sample.
    pub(super) sampled: std::ops::Range<usize>,
}

/// A clause of the sample and the cluster it is in.
pub(super) struct SampledClause {
    pub(super) id: ClauseId,
    pub(super) cluster: usize,
}

/// How far clauses of a cluster, and of all clusters, have something.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Coverage {
    /// The proportion of the cluster's clauses that have it.
    pub(super) share: f64,
    /// The proportion of the clauses that have it which are in the cluster.
    pub(super) precision: f64,
}

impl SampledCluster {
    pub(super) fn n_sampled(&self) -> usize {
        self.sampled.len()
    }

    /// Returns the number of clauses for which each clause of the sample stands.
    pub(super) fn weight(&self) -> f64 {
        self.n_clauses as f64 / self.n_sampled().max(1) as f64
    }
}

impl NameSample {
    pub(super) fn of(
        corpus: &Corpus,
        representation: &Representation,
        clusters: &[Vec<ClauseId>],
    ) -> Self {
        let most = (MAX_CLAUSES / clusters.len().max(1)).clamp(FEWEST, MOST);
        let mut sample = Self {
            clusters: Vec::with_capacity(clusters.len()),
            clauses: Vec::new(),
            with_term: HashMap::new(),
        };
        for (cluster, clauses) in clusters.iter().enumerate() {
            let language = language_of_most(corpus, clauses);
            let of_language = |id: &ClauseId| corpus.clause(*id).language == language;
            let clauses_of_language: Vec<ClauseId> =
                clauses.iter().copied().filter(of_language).collect();
            let start = sample.clauses.len();
            let taken = at_even_distances(&clauses_of_language, most);
            sample
                .clauses
                .extend(taken.map(|id| SampledClause { id, cluster }));
            sample.clusters.push(SampledCluster {
                language,
                n_clauses: clauses.len(),
                sampled: start..sample.clauses.len(),
            });
        }
        for (index, clause) in sample.clauses.iter().enumerate() {
            let terms = representation.lists().of_clause(clause.id).iter();
            let distinct: BTreeSet<TermId> = terms.map(|term| term.term).collect();
            for term in distinct {
                sample.with_term.entry(term).or_default().push(index);
            }
        }
        sample
    }

    /// Returns the clauses of the sample with a term, by index, in order.
    pub(super) fn with_term(&self, term: TermId) -> &[usize] {
        self.with_term.get(&term).map_or(&[], Vec::as_slice)
    }

    /// Returns the clauses of the sample with all of some terms, by index.
    pub(super) fn with_all(&self, terms: &[TermId]) -> Vec<usize> {
        let mut lists: Vec<&[usize]> = terms.iter().map(|term| self.with_term(*term)).collect();
        lists.sort_by_key(|list| list.len());
        let Some((rarest, others)) = lists.split_first() else {
            return Vec::new();
        };
        let is_in_all = |index: &usize| others.iter().all(|list| list.binary_search(index).is_ok());
        rarest.iter().copied().filter(is_in_all).collect()
    }

    /// Returns how far a cluster is covered by some clauses of the sample, each of them named once.
    pub(super) fn coverage(&self, cluster: usize, clauses: &[usize]) -> Coverage {
        let own = &self.clusters[cluster];
        let n_own = clauses
            .iter()
            .filter(|index| own.sampled.contains(index))
            .count();
        let weights = clauses
            .iter()
            .map(|&index| self.clusters[self.clauses[index].cluster].weight());
        let everywhere: f64 = weights.sum();
        Coverage {
            share: n_own as f64 / own.n_sampled().max(1) as f64,
            precision: n_own as f64 * own.weight() / everywhere.max(f64::MIN_POSITIVE),
        }
    }

    /// Returns how rare something is that a number of clauses of the sample have: the logarithm of the number
    /// of all clauses over it.
    pub(super) fn rarity(&self, n_with: usize) -> f64 {
        ((self.clauses.len() + 1) as f64 / (n_with + 1) as f64).ln()
    }
}

/// Returns the language of most clauses; of equally frequent ones, the first by code.
fn language_of_most(corpus: &Corpus, clauses: &[ClauseId]) -> Language {
    let mut counts: BTreeMap<&str, (usize, Language)> = BTreeMap::new();
    for id in clauses {
        let language = &corpus.clause(*id).language;
        counts.entry(language.code()).or_insert((0, *language)).0 += 1;
    }
    let most = counts.into_values().rev().max_by_key(|(n, _)| *n);
    most.map_or(Language::ENGLISH, |(_, language)| language)
}

/// Returns at most `most` items, the first of each of as many stretches of equal length.
fn at_even_distances(ids: &[ClauseId], most: usize) -> impl Iterator<Item = ClauseId> {
    let n = ids.len().min(most);
    (0..n).map(move |place| ids[place * ids.len() / n])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_spread_over_the_cluster() {
        let ids: Vec<ClauseId> = (0..10).map(ClauseId::new).collect();
        let places =
            |most| -> Vec<usize> { at_even_distances(&ids, most).map(ClauseId::index).collect() };
        assert_eq!(places(4), [0, 2, 5, 7]);
        assert_eq!(places(20).len(), 10);
        assert!(at_even_distances(&[], 3).next().is_none());
    }
}
