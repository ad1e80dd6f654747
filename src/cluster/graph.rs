//! Communities of the graph of nearest neighbors.

use linfa::DatasetBase;
use linfa::traits::Fit;

use crate::cluster::clustering::Clustering;
use crate::cluster::clustering::mean_direction;
use crate::cluster::leiden::{WeightedGraph, communities};
use crate::cluster::linkage::Dendrogram;
use crate::cluster::{check_matrix, check_n_clusters, choose};
use crate::error::{Error, ErrorKind, Result};
use crate::progress::{Stage, Watch};
use crate::similarity::{Distances, nearest_of_each};
use crate::vector::{SparseMatrix, normalize};

/// To how many of its nearest neighbors a clause is joined, unless set.
const N_NEIGHBORS: usize = 10;
/// How often the range of resolutions is halved to come near the wanted number.
const MAX_HALVINGS: usize = 20;

/// Communities of the graph in which each clause is joined to its 10 nearest neighbors, an edge
/// weighing its cosine: groups of clauses that are more like each other than a threshold, by Leiden
/// and the constant Potts model, which has no limit of resolution (Traag, Van Dooren and Nesterov,
/// 2011; Traag, Waltman and van Eck, 2019).
///
/// The threshold is found by halving, so that there are as few communities as can be without being
/// fewer than the clusters wanted; the few too many are merged by average linkage of their mean
/// directions. Without a number the mean silhouette of average linkage on a sample chooses it.
///
/// Costs the exact neighbors, which is the square of the number of clauses in time but not in
/// memory, and twenty searches for communities, each in proportion to the edges. The seed fixes the
/// result on any number of threads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraphParams(GraphValidParams);

/// The checked form of [`GraphParams`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraphValidParams {
    n_clusters: Option<usize>,
    n_neighbors: usize,
    seed: u64,
    watch: Watch,
}

impl GraphParams {
    /// Returns the rule with 10 neighbors; without `n_clusters` the mean silhouette chooses.
    pub fn new(n_clusters: Option<usize>, seed: u64) -> Self {
        Self(GraphValidParams {
            n_clusters,
            n_neighbors: N_NEIGHBORS,
            seed,
            watch: Watch::default(),
        })
    }

    /// Sets who is told how far the rule is, and can end it.
    #[must_use]
    pub fn watch(mut self, watch: Watch) -> Self {
        self.0.watch = watch;
        self
    }

    /// Sets to how many of its nearest neighbors a clause is joined; at least 1.
    #[must_use]
    pub fn n_neighbors(mut self, n_neighbors: usize) -> Self {
        self.0.n_neighbors = n_neighbors;
        self
    }
}

impl GraphValidParams {
    fn verify(&self) -> Result<()> {
        if self.n_neighbors == 0 {
            let message = "n_neighbors is 0: it must be 1 or more";
            return Err(Error::new(ErrorKind::Parameter, message));
        }
        self.n_clusters.map_or(Ok(()), |n_clusters| {
            check_n_clusters(n_clusters, usize::MAX)
        })
    }
}

guarded_by_verify!(GraphParams => GraphValidParams);

impl<T> Fit<SparseMatrix, T, Error> for GraphValidParams {
    type Object = Clustering;

    fn fit(&self, dataset: &DatasetBase<SparseMatrix, T>) -> Result<Clustering> {
        let matrix = dataset.records();
        check_matrix(matrix)?;
        let (n_clusters, choice) = choose::given_or_chosen(self.n_clusters, matrix)?;
        let rows = unit_rows(matrix);
        let stage = self.watch.stage("neighbors", rows.n_rows() as u64);
        let graph = neighbor_graph(&rows, self.n_neighbors, &stage)?;
        let stage = self.watch.stage("clusters", 1);
        stage.advance(0)?;
        let labels = at_least(&graph, n_clusters, self.seed);
        let labels = merged(&rows, labels, n_clusters)?;
        let labels: Vec<Option<usize>> = labels.into_iter().map(Some).collect();
        Ok(Clustering::from_labels(matrix, &labels, choice))
    }
}

fn unit_rows(matrix: &SparseMatrix) -> SparseMatrix {
    let unit = |row: usize| {
        let mut cells: Vec<(u32, f32)> = matrix.row(row).iter().collect();
        normalize(&mut cells);
        cells
    };
    SparseMatrix::from_rows(matrix.n_columns(), (0..matrix.n_rows()).map(unit))
}

/// Returns the graph in which two rows are joined if either is among the `k` nearest of the other.
fn neighbor_graph(rows: &SparseMatrix, k: usize, stage: &Stage<'_>) -> Result<WeightedGraph> {
    let near = nearest_of_each(rows, k, |row, other| row != other, stage)?;
    let mut edges: Vec<(usize, usize, f64)> = Vec::new();
    for (row, near) in near.into_iter().enumerate() {
        edges.extend(near.into_iter().map(|neighbor| {
            let other = neighbor.clause.index();
            (row.min(other), row.max(other), neighbor.score.value())
        }));
    }
    edges.sort_unstable_by_key(|(a, b, _)| (*a, *b));
    edges.dedup_by_key(|(a, b, _)| (*a, *b));
    Ok(WeightedGraph::new(vec![1.0; rows.n_rows()], &edges))
}

/// Returns communities of at least the wanted number, as few as halving the range of resolutions
/// finds.
///
/// At a resolution of 0 all that hangs together is one community; at 1 no cosine is enough to join
/// two rows, so that there is always an answer.
fn at_least(graph: &WeightedGraph, n_wanted: usize, seed: u64) -> Vec<usize> {
    let (mut too_few, mut enough) = (0.0, 1.0);
    let mut fewest = communities(graph, enough, seed);
    let coarsest = communities(graph, too_few, seed);
    if number(&coarsest) >= n_wanted {
        return coarsest;
    }
    for _ in 0..MAX_HALVINGS {
        if number(&fewest) == n_wanted {
            break;
        }
        let middle = f64::midpoint(too_few, enough);
        let found = communities(graph, middle, seed);
        if number(&found) < n_wanted {
            too_few = middle;
        } else {
            enough = middle;
            if number(&found) < number(&fewest) {
                fewest = found;
            }
        }
    }
    fewest
}

fn number(labels: &[usize]) -> usize {
    labels.iter().max().map_or(0, |most| most + 1)
}

/// Merges communities until there are as many as wanted, those first whose mean directions are
/// nearest.
fn merged(rows: &SparseMatrix, labels: Vec<usize>, n_wanted: usize) -> Result<Vec<usize>> {
    let n_communities = number(&labels);
    if n_communities <= n_wanted {
        return Ok(labels);
    }
    let mut members = vec![Vec::new(); n_communities];
    for (row, &label) in labels.iter().enumerate() {
        members[label].push(row);
    }
    let directions = members
        .iter()
        .map(|rows_of_one| mean_direction(rows, rows_of_one));
    let directions = SparseMatrix::from_rows(rows.n_columns(), directions);
    let merged_of = Dendrogram::of(&Distances::of(&directions)?).cut(n_wanted);
    Ok(labels.into_iter().map(|label| merged_of[label]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows in one plane at these angles, in degrees.
    fn at_angles(degrees: &[f32]) -> SparseMatrix {
        let rows = degrees
            .iter()
            .map(|angle| vec![(0, angle.to_radians().cos()), (1, angle.to_radians().sin())]);
        SparseMatrix::from_rows(2, rows)
    }

    fn labels(matrix: &SparseMatrix, params: &GraphParams) -> Vec<usize> {
        let data = DatasetBase::new(matrix.clone(), ());
        let clustering = params.0.fit(&data).unwrap();
        let index = |cluster: &Option<crate::id::ClusterId>| cluster.unwrap().index();
        clustering.cluster_of.iter().map(index).collect()
    }

    #[test]
    fn either_neighbor_makes_an_edge_by_hand() {
        // The nearest of 0 is 10 and of 10 is 0; the nearest of 30 is 10.
        let watch = Watch::default();
        let stage = watch.stage("neighbors", 3);
        let graph = neighbor_graph(&at_angles(&[0.0, 10.0, 30.0]), 1, &stage).unwrap();
        let cosine = |degrees: f64| degrees.to_radians().cos();
        let edges = [(0, 1, cosine(10.0)), (1, 2, cosine(20.0))];
        let expected = WeightedGraph::new(vec![1.0; 3], &edges);
        assert_eq!(format!("{graph:.5?}"), format!("{expected:.5?}"));
    }

    #[test]
    fn the_wanted_number_is_met_also_where_the_graph_has_more_parts() {
        // With one neighbor three pairs hang together; merging joins the two pairs that are near.
        let matrix = at_angles(&[0.0, 2.0, 30.0, 33.0, 80.0, 84.0]);
        let cases: [(usize, &[usize]); 5] = [
            (1, &[0, 0, 0, 0, 0, 0]),
            (2, &[0, 0, 0, 0, 1, 1]),
            (3, &[0, 0, 1, 1, 2, 2]),
            (5, &[0, 0, 1, 2, 3, 4]),
            (6, &[0, 1, 2, 3, 4, 5]),
        ];
        for (n_clusters, expected) in cases {
            let params = GraphParams::new(Some(n_clusters), 1).n_neighbors(1);
            assert_eq!(labels(&matrix, &params), expected, "{n_clusters}");
        }
    }
}
