//! [`Contingency`]: two partitions of the same clauses, and the measures of their agreement.

use std::collections::BTreeMap;

use crate::evaluation::sample::counts;

/// The number of clauses common to the parts of two partitions: the coding's classes and the clusters.
#[derive(Debug)]
pub(crate) struct Contingency {
    n: usize,
    /// The number of clauses of each class, and of each cluster.
    class_sizes: BTreeMap<usize, usize>,
    cluster_sizes: BTreeMap<usize, usize>,
    /// The number of clauses of a class in a cluster, if any.
    common: BTreeMap<(usize, usize), usize>,
}

impl Contingency {
    /// Counts the clauses, given the class and the cluster of each.
    pub(crate) fn of(classes: &[usize], clusters: &[usize]) -> Self {
        let (classes, clusters) = (classes.iter().copied(), clusters.iter().copied());
        Self {
            n: classes.len(),
            class_sizes: counts(classes.clone()),
            cluster_sizes: counts(clusters.clone()),
            common: counts(classes.zip(clusters)),
        }
    }

    /// Returns the adjusted Rand index of Hubert and Arabie, 1985: see
    /// [`CodingFigures`](super::CodingFigures).
    pub(crate) fn adjusted_rand(&self) -> f64 {
        let in_both: f64 = self.common.values().map(|&size| pairs(size)).sum();
        let in_classes: f64 = self.class_sizes.values().map(|&size| pairs(size)).sum();
        let in_clusters: f64 = self.cluster_sizes.values().map(|&size| pairs(size)).sum();
        let n_parts = self.common.len();
        let is_same = n_parts == self.class_sizes.len() && n_parts == self.cluster_sizes.len();
        if is_same {
            return 1.0;
        }
        let expected = in_classes * in_clusters / pairs(self.n);
        (in_both - expected) / (f64::midpoint(in_classes, in_clusters) - expected)
    }

    /// Returns the mutual information divided by the mean of the two entropies, which is the V-measure of
    /// Rosenberg and Hirschberg, 2007, too; 1 if both are 0.
    pub(crate) fn normalized_information(&self) -> f64 {
        let mean = self.mean_entropy();
        if mean > 0.0 {
            self.information() / mean
        } else {
            1.0
        }
    }

    /// Returns the adjusted mutual information of Vinh, Epps and Bailey, 2010, normalized by the
    /// mean of the entropies.
    pub(crate) fn adjusted_information(&self) -> f64 {
        /// Below this, chance alone reaches the maximum.
        const NOTHING_TO_GAIN: f64 = 1e-12;
        match (self.class_sizes.len(), self.cluster_sizes.len()) {
            (1, 1) => return 1.0,
            (1, _) | (_, 1) => return 0.0,
            _ => {}
        }
        let expected = self.expected_information();
        let room = self.mean_entropy() - expected;
        if room.abs() < NOTHING_TO_GAIN {
            return 1.0;
        }
        (self.information() - expected) / room
    }

    /// Returns the proportion of clauses in the most frequent class of their cluster.
    pub(crate) fn purity(&self) -> f64 {
        let mut largest: BTreeMap<usize, usize> = BTreeMap::new();
        for (&(_, cluster), &size) in &self.common {
            let most = largest.entry(cluster).or_default();
            *most = size.max(*most);
        }
        largest.values().sum::<usize>() as f64 / self.n as f64
    }

    fn mean_entropy(&self) -> f64 {
        f64::midpoint(
            self.entropy(&self.class_sizes),
            self.entropy(&self.cluster_sizes),
        )
    }

    /// Returns the entropy in nats: the sum of `-p ln p`.
    fn entropy(&self, sizes: &BTreeMap<usize, usize>) -> f64 {
        let n = self.n as f64;
        let part = |&size: &usize| {
            let p = size as f64 / n;
            -p * p.ln()
        };
        sizes.values().map(part).sum::<f64>().max(0.0)
    }

    /// Returns the mutual information in nats: the sum of `p(i, j) ln (p(i, j) / (p(i) p(j)))`.
    fn information(&self) -> f64 {
        let n = self.n as f64;
        let part = |(&(class, cluster), &size): (&(usize, usize), &usize)| {
            let expected =
                self.class_sizes[&class] as f64 * self.cluster_sizes[&cluster] as f64 / n;
            size as f64 / n * (size as f64 / expected).ln()
        };
        self.common.iter().map(part).sum::<f64>().max(0.0)
    }

    /// Returns the mean mutual information of all pairs of partitions with these sizes.
    ///
    /// A class of size a and a cluster of size b share m clauses with the hypergeometric probability; equal
    /// sizes are computed once.
    fn expected_information(&self) -> f64 {
        let ln_factorials = ln_factorials(self.n);
        let clusters = counts(self.cluster_sizes.values().copied());
        let mut sum = 0.0;
        for (a, n_classes) in counts(self.class_sizes.values().copied()) {
            for (&b, &n_clusters) in &clusters {
                let times = (n_classes * n_clusters) as f64;
                sum += times * expected_part(a, b, self.n, &ln_factorials);
            }
        }
        sum
    }
}

/// Returns the expected contribution of a class of size `a` and a cluster of size `b`.
fn expected_part(a: usize, b: usize, n: usize, ln_factorials: &[f64]) -> f64 {
    let fewest = (a + b).saturating_sub(n).max(1);
    let fixed = ln_factorials[a] + ln_factorials[b] + ln_factorials[n - a] + ln_factorials[n - b]
        - ln_factorials[n];
    let mut sum = 0.0;
    for m in fewest..=a.min(b) {
        let ln_probability = fixed
            - ln_factorials[m]
            - ln_factorials[a - m]
            - ln_factorials[b - m]
            - ln_factorials[n + m - a - b];
        let gain = (n as f64 * m as f64 / (a as f64 * b as f64)).ln();
        sum += m as f64 / n as f64 * gain * ln_probability.exp();
    }
    sum
}

/// Returns the natural logarithms of 0!, 1! ... n!.
fn ln_factorials(n: usize) -> Vec<f64> {
    let mut sum = 0.0;
    let mut result = vec![0.0];
    for k in 1..=n {
        sum += (k as f64).ln();
        result.push(sum);
    }
    result
}

/// Returns the number of pairs among `n` things.
fn pairs(n: usize) -> f64 {
    let n = n as f64;
    n * (n - 1.0) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Four clauses; the classes are a a b b, the clusters 1 1 1 2. In common: (a,1) 2, (b,1) 1,
    /// (b,2) 1.
    fn four() -> Contingency {
        Contingency::of(&[0, 0, 1, 1], &[0, 0, 0, 1])
    }

    fn check(found: f64, by_hand: f64) {
        assert!((found - by_hand).abs() < 1e-12, "{found} is not {by_hand}");
    }

    #[test]
    fn adjusted_rand_by_hand() {
        // Together in both: 1 pair; in classes: 2; in clusters: 3; pairs: 6; expected: 2 * 3 / 6 = 1.
        check(four().adjusted_rand(), (1.0 - 1.0) / (2.5 - 1.0));
        // a a b b against 1 1 2 3: together 1, 2 and 1 pairs, expected 2 * 1 / 6.
        let other = Contingency::of(&[0, 0, 1, 1], &[0, 0, 1, 2]);
        let expected = 1.0 / 3.0;
        check(other.adjusted_rand(), (1.0 - expected) / (1.5 - expected));
    }

    #[test]
    fn information_measures_by_hand() {
        let ln2 = 2.0_f64.ln();
        // I = 1/2 ln((1/2) / (1/2 * 3/4)) + 1/4 ln((1/4) / (1/2 * 3/4)) + 1/4 ln((1/4) / (1/2 * 1/4))
        let information = 0.5 * (4.0_f64 / 3.0).ln() + 0.25 * (2.0_f64 / 3.0).ln() + 0.25 * ln2;
        let of_clusters = -0.75 * 0.75_f64.ln() - 0.25 * 0.25_f64.ln();
        let table = four();
        check(
            table.normalized_information(),
            2.0 * information / (ln2 + of_clusters),
        );
        let (homogeneity, completeness) = (information / ln2, information / of_clusters);
        check(
            table.normalized_information(),
            2.0 * homogeneity * completeness / (homogeneity + completeness),
        );
        // The single fourth clause is in class b in every relabeling: all have the same information, so
        // that none is above chance.
        check(table.adjusted_information(), 0.0);
    }

    #[test]
    fn adjusted_information_by_hand() {
        // a a b b against 1 1 2 2: of the 6 ways to draw cluster 1, 2 agree (I = ln 2) and 4 share
        // one clause with each class (I = 0): expected ln 2 / 3.
        let ln2 = 2.0_f64.ln();
        check(
            Contingency::of(&[0, 0, 1, 1], &[0, 0, 1, 1]).expected_information(),
            ln2 / 3.0,
        );
        let crossed = Contingency::of(&[0, 0, 1, 1], &[0, 1, 0, 1]);
        check(
            crossed.adjusted_information(),
            (0.0 - ln2 / 3.0) / (ln2 - ln2 / 3.0),
        );
    }

    #[test]
    fn purity_by_hand() {
        // Cluster 1 has two of class a among three, cluster 2 one of one.
        check(four().purity(), 3.0 / 4.0);
    }

    #[test]
    fn one_part_on_either_side() {
        let both = Contingency::of(&[0, 0], &[0, 0]);
        let lumped = Contingency::of(&[0, 1], &[0, 0]);
        for (table, expected) in [(both, 1.0), (lumped, 0.0)] {
            check(table.normalized_information(), expected);
            check(table.adjusted_information(), expected);
            check(table.adjusted_rand(), expected);
        }
    }

    #[test]
    fn singletons_on_both_sides_agree_perfectly() {
        let table = Contingency::of(&[0, 1, 2], &[2, 0, 1]);
        check(table.adjusted_information(), 1.0);
        check(table.adjusted_rand(), 1.0);
        check(table.normalized_information(), 1.0);
    }
}
