//! Spherical k-means: sparse, parallel, seeded.

use linfa::DatasetBase;
use linfa::traits::Fit;
use ndarray::ArrayView2;
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use rayon::prelude::*;

use crate::cluster::clustering::mean_direction;
use crate::cluster::{Clustering, check_matrix, check_n_clusters, choose};
use crate::error::{Error, ErrorKind, Result};
use crate::vector::{SparseMatrix, SparseRow};

/// From how many starts the best is kept, unless set.
const N_STARTS: usize = 5;
/// Above so many rows a single start is made, unless set.
const MANY_ROWS: usize = 5_000;

/// A start has settled when less than one clause in so many still moves.
const SETTLED: usize = 1_000;

/// Spherical k-means (Dhillon and Modha, 2001): each clause goes to the cluster whose mean
/// direction has the greatest cosine with it, and the directions are taken anew, until less than one
/// clause in a thousand moves.
///
/// The start is k-means++ on `1 - cosine` (Arthur and Vassilvitskii, 2007); of several starts the
/// one with the greatest sum of cosines is kept. Costs, a round, the stored values times the
/// clusters that have their feature. The seed fixes the result to the bit on any number of threads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SphericalKMeansParams(SphericalKMeansValidParams);

/// The checked form of [`SphericalKMeansParams`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SphericalKMeansValidParams {
    n_clusters: Option<usize>,
    n_starts: Option<usize>,
    max_rounds: usize,
    seed: u64,
}

impl SphericalKMeansParams {
    /// Returns the rule with 5 starts (1 above 5,000 clauses) of at most 30 rounds; without
    /// `n_clusters` the mean silhouette chooses.
    pub fn new(n_clusters: Option<usize>, seed: u64) -> Self {
        Self(SphericalKMeansValidParams {
            n_clusters,
            n_starts: None,
            max_rounds: 30,
            seed,
        })
    }

    /// Sets from how many starts the best is kept.
    #[must_use]
    pub fn n_starts(mut self, n_starts: usize) -> Self {
        self.0.n_starts = Some(n_starts);
        self
    }

    /// Sets after how many rounds a start ends even if clauses still move.
    #[must_use]
    pub fn max_rounds(mut self, max_rounds: usize) -> Self {
        self.0.max_rounds = max_rounds;
        self
    }
}

impl SphericalKMeansValidParams {
    fn verify(&self) -> Result<()> {
        if self.n_starts == Some(0) || self.max_rounds == 0 {
            let message = "n_starts and max_rounds must be 1 or more";
            return Err(Error::new(ErrorKind::Parameter, message));
        }
        self.n_clusters.map_or(Ok(()), |n_clusters| {
            check_n_clusters(n_clusters, usize::MAX)
        })
    }
}

guarded_by_verify!(SphericalKMeansParams => SphericalKMeansValidParams);

impl<T> Fit<SparseMatrix, T, Error> for SphericalKMeansValidParams {
    type Object = Clustering;

    fn fit(&self, dataset: &DatasetBase<SparseMatrix, T>) -> Result<Clustering> {
        let matrix = dataset.records();
        check_matrix(matrix)?;
        let (n_clusters, choice) = choose::given_or_chosen(self.n_clusters, matrix)?;
        let postings = matrix.transposed();
        let mut random = Xoshiro256PlusPlus::seed_from_u64(self.seed);
        let mut best: Option<Start> = None;
        let by_size = if matrix.n_rows() > MANY_ROWS {
            1
        } else {
            N_STARTS
        };
        for _ in 0..self.n_starts.unwrap_or(by_size) {
            let seeds = seed_rows(matrix, &postings, (n_clusters, &mut random));
            let start = self.run(matrix, &seeds);
            if best.as_ref().is_none_or(|best| start.total > best.total) {
                best = Some(start);
            }
        }
        let labels: Vec<Option<usize>> = best
            .map(|start| start.labels.into_iter().map(Some).collect())
            .unwrap_or_default();
        Ok(Clustering::from_labels(matrix, &labels, choice))
    }
}

/// Where one start has ended.
struct Start {
    labels: Vec<usize>,
    /// The sum over all clauses of the cosine with their cluster's direction.
    total: f64,
}

impl SphericalKMeansValidParams {
    fn run(&self, matrix: &SparseMatrix, seeds: &[usize]) -> Start {
        let rows = seeds.iter().map(|&row| matrix.row(row).iter().collect());
        let mut centroids = SparseMatrix::from_rows(matrix.n_columns(), rows);
        let mut start = Start {
            labels: Vec::new(),
            total: 0.0,
        };
        for _ in 0..self.max_rounds {
            let assigned = assign(matrix, &centroids);
            let mut labels: Vec<usize> = assigned.iter().map(|(label, _)| *label).collect();
            fill_empty_clusters(&mut labels, &assigned, seeds.len());
            let total = assigned.iter().map(|(_, cosine)| cosine).sum();
            let n_moved = labels
                .iter()
                .zip(&start.labels)
                .filter(|(new, old)| new != old)
                .count();
            let is_settled = !start.labels.is_empty() && n_moved * SETTLED < labels.len().max(1);
            start = Start { labels, total };
            if is_settled {
                break;
            }
            centroids = directions(matrix, &start.labels, seeds.len());
        }
        start
    }
}

/// Returns for each row the nearest centroid and the cosine with it; ties go to the first.
fn assign(matrix: &SparseMatrix, centroids: &SparseMatrix) -> Vec<(usize, f64)> {
    if matrix.is_full() && centroids.is_full() {
        return assign_full(matrix, centroids);
    }
    let postings = centroids.transposed();
    let nearest = |products: &mut Vec<f64>, row: SparseRow<'_>| {
        products.fill(0.0);
        for (column, value) in row.iter() {
            let value = f64::from(value);
            for (cluster, weight) in postings.row(column as usize).iter() {
                products[cluster as usize] += value * f64::from(weight);
            }
        }
        first_greatest(products.iter().copied())
    };
    (0..matrix.n_rows())
        .into_par_iter()
        .map_init(
            || vec![0.0; centroids.n_rows()],
            |products, row| nearest(products, matrix.row(row)),
        )
        .collect()
}

/// Rows whose products with all centroids are worked out at once.
const BLOCK: usize = 512;

/// The same for matrices without gaps, by products of dense blocks.
fn assign_full(matrix: &SparseMatrix, centroids: &SparseMatrix) -> Vec<(usize, f64)> {
    let n_columns = matrix.n_columns();
    let shape = (centroids.n_rows(), n_columns);
    let Ok(directions) = ArrayView2::from_shape(shape, centroids.values()) else {
        return Vec::new();
    };
    matrix
        .values()
        .par_chunks(BLOCK * n_columns.max(1))
        .flat_map_iter(|values| {
            let rows = ArrayView2::from_shape((values.len() / n_columns, n_columns), values)
                .expect("a block holds whole rows");
            let products = rows.dot(&directions.t());
            let nearest: Vec<(usize, f64)> = products
                .rows()
                .into_iter()
                .map(|row| first_greatest(row.iter().map(|product| f64::from(*product))))
                .collect();
            nearest
        })
        .collect()
}

/// Returns the first of the greatest numbers and its place.
fn first_greatest(numbers: impl Iterator<Item = f64>) -> (usize, f64) {
    let mut best = (0, f64::NEG_INFINITY);
    for (place, number) in numbers.enumerate() {
        if number > best.1 {
            best = (place, number);
        }
    }
    best
}

/// Gives each empty cluster the clause that fits its own cluster worst and is not alone there.
fn fill_empty_clusters(labels: &mut [usize], assigned: &[(usize, f64)], n_clusters: usize) {
    let mut sizes = vec![0_usize; n_clusters];
    for &label in labels.iter() {
        sizes[label] += 1;
    }
    if sizes.iter().all(|&size| size > 0) {
        return;
    }
    let mut worst_first: Vec<usize> = (0..labels.len()).collect();
    worst_first.sort_by(|&a, &b| assigned[a].1.total_cmp(&assigned[b].1).then(a.cmp(&b)));
    let mut candidates = worst_first.into_iter();
    for cluster in (0..n_clusters)
        .filter(|&cluster| sizes[cluster] == 0)
        .collect::<Vec<_>>()
    {
        let Some(row) = candidates.find(|&row| sizes[labels[row]] > 1) else {
            return;
        };
        sizes[labels[row]] -= 1;
        sizes[cluster] += 1;
        labels[row] = cluster;
    }
}

fn directions(matrix: &SparseMatrix, labels: &[usize], n_clusters: usize) -> SparseMatrix {
    let mut members = vec![Vec::new(); n_clusters];
    for (row, &label) in labels.iter().enumerate() {
        members[label].push(row);
    }
    let rows: Vec<Vec<(u32, f32)>> = members
        .par_iter()
        .map(|rows| mean_direction(matrix, rows))
        .collect();
    SparseMatrix::from_rows(matrix.n_columns(), rows)
}

/// Picks rows to start from: the first at random, each next with a chance in proportion to its
/// distance from the nearest already picked.
fn seed_rows(
    matrix: &SparseMatrix,
    postings: &SparseMatrix,
    (n_clusters, random): (usize, &mut Xoshiro256PlusPlus),
) -> Vec<usize> {
    let mut seeds = vec![random.gen_range(0..matrix.n_rows())];
    let mut distance = vec![1.0_f64; matrix.n_rows()];
    while seeds.len() < n_clusters {
        let newest = seeds[seeds.len() - 1];
        let mut products = vec![0.0; matrix.n_rows()];
        for (column, value) in matrix.row(newest).iter() {
            for (row, weight) in postings.row(column as usize).iter() {
                products[row as usize] += f64::from(value) * f64::from(weight);
            }
        }
        for (row, product) in products.into_iter().enumerate() {
            distance[row] = distance[row].min((1.0 - product).max(0.0));
        }
        distance[newest] = 0.0;
        seeds.push(draw(&distance, &seeds, random));
    }
    seeds
}

/// Draws a row with a chance in proportion to its weight; if all weights are zero, the first row
/// not yet picked.
fn draw(weights: &[f64], picked: &[usize], random: &mut Xoshiro256PlusPlus) -> usize {
    let total: f64 = weights.iter().sum();
    let unpicked = || {
        (0..weights.len())
            .find(|row| !picked.contains(row))
            .unwrap_or(0)
    };
    if total <= 0.0 {
        return unpicked();
    }
    let mut left = random.gen_range(0.0..total);
    let mut last_possible = None;
    for (row, &weight) in weights
        .iter()
        .enumerate()
        .filter(|(_, weight)| **weight > 0.0)
    {
        last_possible = Some(row);
        if left < weight {
            break;
        }
        left -= weight;
    }
    last_possible.unwrap_or_else(unpicked)
}
