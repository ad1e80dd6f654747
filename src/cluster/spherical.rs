//! Spherical k-means: sparse, parallel, seeded.

use linfa::DatasetBase;
use linfa::traits::Fit;
use ndarray::ArrayView2;
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use rayon::prelude::*;

use crate::cluster::clustering::Clustering;
use crate::cluster::clustering::mean_direction;
use crate::cluster::{check_matrix, check_n_clusters, choose};
use crate::error::{Error, ErrorKind, Result};
use crate::progress::Watch;
use crate::vector::{SparseMatrix, SparseRow};

/// From how many starts the best is kept, unless set.
const N_STARTS: usize = 5;
/// Above so many rows a single start is made, unless set.
const MANY_ROWS: usize = 5_000;

/// A start has settled when less than one clause in so many still moves.
const SETTLED: usize = 1_000;
/// Directions are first found on a sample of so many rows a cluster, and of no fewer than
/// [`MIN_SAMPLE`], where there are at least twice as many.
const SAMPLED_PER_CLUSTER: usize = 100;
const MIN_SAMPLE: usize = 10_000;
/// The most features of a direction that rows are compared with where there is a sample, the
/// heaviest: the others add next to nothing to a cosine and cost most of the time.
const MAX_COMPARED: usize = 1_000;

/// Spherical k-means (Dhillon and Modha, 2001): each clause goes to the cluster whose mean
/// direction has the greatest cosine with it, and the directions are taken anew, until less than one
/// clause in a thousand moves.
///
/// The start is k-means++ on `1 - cosine` (Arthur and Vassilvitskii, 2007), on a sample the best of
/// three draws at each step; of several starts the
/// one with the greatest sum of cosines is kept. Of many clauses, directions are first found on an
/// evenly spread sample of 100 a cluster and then on all, until less than one in fifty moves; there
/// only the 1,000 heaviest features of a direction are compared. Costs, a round, the stored values
/// times the clusters that have their feature. The seed fixes the result to the bit on any number of
/// threads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SphericalKMeansParams(SphericalKMeansValidParams);

/// The checked form of [`SphericalKMeansParams`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SphericalKMeansValidParams {
    n_clusters: Option<usize>,
    n_starts: Option<usize>,
    max_rounds: usize,
    seed: u64,
    watch: Watch,
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
            watch: Watch::default(),
        })
    }

    /// Sets who is told how far the rule is, and can end it.
    #[must_use]
    pub fn watch(mut self, watch: Watch) -> Self {
        self.0.watch = watch;
        self
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
        let mut random = Xoshiro256PlusPlus::seed_from_u64(self.seed);
        let mut best: Option<Start> = None;
        let by_size = if matrix.n_rows() > MANY_ROWS {
            1
        } else {
            N_STARTS
        };
        let sample = sample(matrix, n_clusters);
        for _ in 0..self.n_starts.unwrap_or(by_size) {
            let start = match &sample {
                Some(sample) => {
                    let known = self.start_anew(sample, (n_clusters, &mut random), SAMPLE)?;
                    let centroids = directions(sample, &known.labels, n_clusters);
                    self.run(matrix, centroids, AFTER_SAMPLE)?
                }
                None => self.start_anew(matrix, (n_clusters, &mut random), ALL)?,
            };
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

/// How carefully a start is made.
#[derive(Clone, Copy)]
struct Care {
    /// Of so many rows drawn the best is the next seed.
    n_candidates: usize,
    /// It ends when less than one row in so many moves.
    settled: usize,
    /// Rows are compared with so many features of a direction, the heaviest.
    max_compared: usize,
}

/// On all rows, where of several starts the best is kept.
const ALL: Care = Care {
    n_candidates: 1,
    settled: SETTLED,
    max_compared: usize::MAX,
};

/// On a sample, where a single start is made.
const SAMPLE: Care = Care {
    n_candidates: 3,
    settled: 200,
    max_compared: MAX_COMPARED,
};

/// On all rows, from the directions of a sample: what still moves stands on a border.
const AFTER_SAMPLE: Care = Care {
    settled: 50,
    ..SAMPLE
};

/// Where one start has ended.
struct Start {
    labels: Vec<usize>,
    /// The sum over all clauses of the cosine with their cluster's direction.
    total: f64,
}

impl SphericalKMeansValidParams {
    fn start_anew(
        &self,
        matrix: &SparseMatrix,
        (n_clusters, random): (usize, &mut Xoshiro256PlusPlus),
        care: Care,
    ) -> Result<Start> {
        let seeds = seed_rows(matrix, (n_clusters, care.n_candidates), random);
        let rows = seeds.iter().map(|&row| matrix.row(row).iter().collect());
        let centroids = SparseMatrix::from_rows(matrix.n_columns(), rows);
        self.run(matrix, centroids, care)
    }

    /// Assigns and takes directions in turn until few rows move.
    fn run(&self, matrix: &SparseMatrix, mut centroids: SparseMatrix, care: Care) -> Result<Start> {
        let n_clusters = centroids.n_rows();
        let mut start = Start {
            labels: Vec::new(),
            total: 0.0,
        };
        let stage = self.watch.stage("clusters", self.max_rounds as u64);
        for _ in 0..self.max_rounds {
            let assigned = assign(matrix, &centroids);
            let mut labels: Vec<usize> = assigned.iter().map(|(label, _)| *label).collect();
            fill_empty_clusters(&mut labels, &assigned, n_clusters);
            let total = assigned.iter().map(|(_, cosine)| cosine).sum();
            let n_moved = labels
                .iter()
                .zip(&start.labels)
                .filter(|(new, old)| new != old)
                .count();
            let is_settled =
                !start.labels.is_empty() && n_moved * care.settled < labels.len().max(1);
            start = Start { labels, total };
            if is_settled {
                break;
            }
            centroids = lightened(directions(matrix, &start.labels, n_clusters), care);
            stage.advance(1)?;
        }
        Ok(start)
    }
}

/// Returns an evenly spread part of the rows, if there are many more than it takes to find the
/// directions of so many clusters.
fn sample(matrix: &SparseMatrix, n_clusters: usize) -> Option<SparseMatrix> {
    let n_wanted = MIN_SAMPLE.max(SAMPLED_PER_CLUSTER * n_clusters);
    let step = matrix.n_rows() / n_wanted;
    if step < 2 {
        return None;
    }
    let rows = (0..matrix.n_rows()).step_by(step);
    let rows = rows.map(|row| matrix.row(row).iter().collect());
    Some(SparseMatrix::from_rows(matrix.n_columns(), rows))
}

/// Returns directions with their heaviest features only.
fn lightened(directions: SparseMatrix, care: Care) -> SparseMatrix {
    if directions
        .rows()
        .all(|row| row.columns.len() <= care.max_compared)
    {
        return directions;
    }
    let rows = directions.rows().map(|row| {
        let mut cells: Vec<(u32, f32)> = row.iter().collect();
        cells.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        cells.truncate(care.max_compared);
        cells.sort_unstable_by_key(|(column, _)| *column);
        cells
    });
    SparseMatrix::from_rows(directions.n_columns(), rows)
}

/// Returns for each row the nearest centroid and the cosine with it; ties go to the first.
fn assign(matrix: &SparseMatrix, centroids: &SparseMatrix) -> Vec<(usize, f64)> {
    if matrix.is_full() && centroids.is_full() {
        return assign_full(matrix, centroids);
    }
    let postings = Postings::of(centroids);
    (0..matrix.n_rows())
        .into_par_iter()
        .map_init(
            || vec![0.0; centroids.n_rows()],
            |products, row| {
                postings.products(matrix.row(row), products);
                first_greatest(products.iter().map(|product| f64::from(*product)))
            },
        )
        .collect()
}

/// A feature that one direction in so many has is kept for all directions, which is faster to add up.
const FULL_FROM: usize = 8;

/// For each feature what the directions have of it.
struct Postings {
    some: SparseMatrix,
    /// For each feature the place of its values among `full`, if they are there.
    full_at: Vec<Option<u32>>,
    /// The values of frequent features, one for each direction.
    full: Vec<f32>,
}

impl Postings {
    fn of(directions: &SparseMatrix) -> Self {
        let some = directions.transposed();
        let n_directions = directions.n_rows();
        let mut full = Vec::new();
        let full_at = some.rows().map(|row| {
            if row.columns.len() * FULL_FROM < n_directions {
                return None;
            }
            let start = full.len();
            full.resize(start + n_directions, 0.0);
            for (direction, value) in row.iter() {
                full[start + direction as usize] = value;
            }
            u32::try_from(start).ok()
        });
        Self {
            full_at: full_at.collect(),
            some,
            full,
        }
    }

    /// Works out the product of a row with each direction.
    fn products(&self, row: SparseRow<'_>, products: &mut [f32]) {
        products.fill(0.0);
        for (column, value) in row.iter() {
            if let Some(start) = self.full_at[column as usize] {
                let weights = &self.full[start as usize..start as usize + products.len()];
                for (product, weight) in products.iter_mut().zip(weights) {
                    *product += value * weight;
                }
                continue;
            }
            for (direction, weight) in self.some.row(column as usize).iter() {
                products[direction as usize] += value * weight;
            }
        }
    }
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
    (n_clusters, n_candidates): (usize, usize),
    random: &mut Xoshiro256PlusPlus,
) -> Vec<usize> {
    let postings = matrix.transposed();
    let mut seeds = vec![random.gen_range(0..matrix.n_rows())];
    let mut distance = distances_with(matrix, &postings, (seeds[0], &vec![1.0; matrix.n_rows()]));
    while seeds.len() < n_clusters {
        let drawn: Vec<usize> = (0..n_candidates)
            .map(|_| draw(&distance, &seeds, random))
            .collect();
        let tried: Vec<(usize, Vec<f64>)> = drawn
            .into_par_iter()
            .map(|row| (row, distances_with(matrix, &postings, (row, &distance))))
            .collect();
        let total = |distance: &Vec<f64>| distance.iter().sum::<f64>();
        let best = tried
            .into_iter()
            .min_by(|a, b| total(&a.1).total_cmp(&total(&b.1)));
        if let Some((row, with_row)) = best {
            seeds.push(row);
            distance = with_row;
        }
    }
    seeds
}

/// Returns how far each row is from the nearest seed once `row` is one too.
fn distances_with(
    matrix: &SparseMatrix,
    postings: &SparseMatrix,
    (newest, distance): (usize, &[f64]),
) -> Vec<f64> {
    let mut products = vec![0.0; matrix.n_rows()];
    for (column, value) in matrix.row(newest).iter() {
        for (row, weight) in postings.row(column as usize).iter() {
            products[row as usize] += f64::from(value) * f64::from(weight);
        }
    }
    let pairs = products.into_iter().zip(distance);
    let mut nearer: Vec<f64> = pairs
        .map(|(product, known)| known.min((1.0 - product).max(0.0)))
        .collect();
    nearer[newest] = 0.0;
    nearer
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
