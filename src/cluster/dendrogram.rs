//! [`Dendrogram`]: the merges of average linkage.

use std::collections::BTreeMap;

use kodama::Method;

use crate::similarity::Distances;

/// The merges of average linkage, the nearest first; gives the clusters for every number.
#[derive(Clone, Debug)]
pub(crate) struct Dendrogram {
    n_rows: usize,
    /// The two clusters of each merge: rows are numbered first, then merges from `n_rows`.
    merges: Vec<(usize, usize)>,
    /// The mean distance between the two clusters of each merge.
    heights: Vec<f32>,
}

impl Dendrogram {
    /// Computes the merges of all rows.
    pub(crate) fn of(distances: &Distances) -> Self {
        let n_rows = distances.n_rows();
        let mut condensed = distances.condensed().to_vec();
        let steps = kodama::linkage(&mut condensed, n_rows, Method::Average);
        let steps = steps.steps().iter();
        let (merges, heights) = steps
            .map(|step| ((step.cluster1, step.cluster2), step.dissimilarity))
            .unzip();
        Self {
            n_rows,
            merges,
            heights,
        }
    }

    /// Returns the merges, the nearest first: the two clusters of each and their mean distance. A cluster is
    /// a row, or the number of rows plus the index of an earlier merge.
    pub(crate) fn merges(&self) -> impl ExactSizeIterator<Item = (usize, usize, f32)> + '_ {
        let pairs = self.merges.iter().zip(&self.heights);
        pairs.map(|(&(left, right), &height)| (left, right, height))
    }

    /// Returns the cluster of each row when there are `n_clusters`, numbered by the first row of each
    /// cluster.
    pub(crate) fn cut(&self, n_clusters: usize) -> Vec<usize> {
        let n_merges = self.n_rows.saturating_sub(n_clusters);
        let mut parent: Vec<usize> = (0..self.n_rows + n_merges).collect();
        for (index, &(left, right)) in self.merges[..n_merges].iter().enumerate() {
            parent[left] = self.n_rows + index;
            parent[right] = self.n_rows + index;
        }
        // A merge's parent comes after it, so in reverse order every root is known when needed.
        for node in (0..parent.len()).rev() {
            parent[node] = parent[parent[node]];
        }
        let mut number_of_root = BTreeMap::new();
        let mut number = |root: usize| {
            let next = number_of_root.len();
            *number_of_root.entry(root).or_insert(next)
        };
        parent[..self.n_rows]
            .iter()
            .map(|&root| number(root))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vector::SparseMatrix;
    use proptest::prelude::*;

    #[test]
    fn merges_by_hand() {
        // Two near pairs and one distant row.
        let rows = [
            vec![(0, 1.0)],
            vec![(1, 0.8), (2, 0.6)],
            vec![(0, 0.8), (3, 0.6)],
            vec![(1, 1.0)],
            vec![(4, 1.0)],
        ];
        let distances = Distances::of(&SparseMatrix::from_rows(5, rows)).unwrap();
        let dendrogram = Dendrogram::of(&distances);
        assert_eq!(dendrogram.cut(5), [0, 1, 2, 3, 4]);
        assert_eq!(dendrogram.cut(3), [0, 1, 0, 1, 2]);
        assert_eq!(dendrogram.cut(1), [0; 5]);
    }

    proptest! {
        #[test]
        fn cuts_are_nested(rows in prop::collection::vec(prop::collection::vec(0.05_f32..1.0, 5), 2..12)) {
            let rows = rows.into_iter().map(|cells| {
                let mut row: Vec<(u32, f32)> = (0..).zip(cells).collect();
                crate::vector::normalize(&mut row);
                row
            });
            let distances = Distances::of(&SparseMatrix::from_rows(5, rows)).unwrap();
            let dendrogram = Dendrogram::of(&distances);
            for n_clusters in 1..distances.n_rows() {
                let (coarse, fine) = (dendrogram.cut(n_clusters), dendrogram.cut(n_clusters + 1));
                prop_assert_eq!(fine.iter().max(), Some(&n_clusters));
                for i in 0..fine.len() {
                    for j in 0..i {
                        prop_assert!(fine[i] != fine[j] || coarse[i] == coarse[j]);
                    }
                }
            }
        }
    }
}
