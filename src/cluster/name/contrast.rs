//! [`ClusterContrast`]: what the words of a cluster are, and those of the other clusters are not.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use crate::cluster::name::sample::NameSample;
use crate::language::Language;
use crate::similarity::Representation;

/// The features that a cluster has more than the others, as a vector of length 1.
pub(super) struct ClusterContrast {
    weights: HashMap<u32, f64>,
}

impl ClusterContrast {
    /// Returns the contrast of each cluster: the mean vector of its clauses less that of all other clauses,
    /// without what is below 0 (Rocchio, 1971).
    pub(super) fn of_all(representation: &Representation, sample: &NameSample) -> Vec<Self> {
        let matrix = representation.words().matrix();
        let means: Vec<Vec<(u32, f64)>> = sample
            .clusters
            .par_iter()
            .map(|cluster| {
                let clauses = &sample.clauses[cluster.sampled.clone()];
                let rows: Vec<usize> = clauses.iter().map(|clause| clause.id.index()).collect();
                let sum = matrix.sum_of_rows(&rows).into_iter();
                let n = rows.len().max(1) as f64;
                sum.map(|(column, value)| (column, f64::from(value) / n))
                    .collect()
            })
            .collect();
        let mut total: BTreeMap<u32, f64> = BTreeMap::new();
        for (cluster, mean) in sample.clusters.iter().zip(&means) {
            for (column, value) in mean {
                *total.entry(*column).or_default() += value * cluster.n_clauses as f64;
            }
        }
        let n_all: usize = sample
            .clusters
            .iter()
            .map(|cluster| cluster.n_clauses)
            .sum();
        let with_means = sample.clusters.iter().zip(&means);
        with_means
            .map(|(cluster, mean)| {
                let n = cluster.n_clauses as f64;
                let n_others = (n_all as f64 - n).max(1.0);
                let rest = |column: &u32, value: f64| (total[column] - value * n) / n_others;
                let cells = mean
                    .iter()
                    .map(|(column, value)| (*column, value - rest(column, *value)));
                Self::of(cells.filter(|(_, value)| *value > 0.0).collect())
            })
            .collect()
    }

    fn of(cells: Vec<(u32, f64)>) -> Self {
        let length = cells
            .iter()
            .map(|(_, value)| value * value)
            .sum::<f64>()
            .sqrt();
        let scaled = cells
            .into_iter()
            .map(|(column, value)| (column, value / length));
        Self {
            weights: scaled.collect(),
        }
    }

    /// Returns the cosine with a vector of length 1.
    pub(super) fn fit(&self, features: &[(u32, f32)]) -> f64 {
        let product = |(column, value): &(u32, f32)| {
            self.weights
                .get(column)
                .map(|weight| weight * f64::from(*value))
        };
        features.iter().filter_map(product).sum()
    }
}

/// Returns the vector of a text in the space of the clauses, of length 1.
pub(super) fn features_of(
    representation: &Representation,
    text: &str,
    language: Language,
) -> Vec<(u32, f32)> {
    let tokens = representation.analyzer().analyze(text, language);
    representation.words().project(&tokens)
}
