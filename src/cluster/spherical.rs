//! Spherical k-means: sparse, parallel, seeded.

use rand::SeedableRng;
use rand_xoshiro::Xoshiro256PlusPlus;
use rayon::prelude::*;

use crate::cluster::assign::assign;
use crate::cluster::choose;
use crate::cluster::clustering::{Clustering, mean_direction};
use crate::cluster::params::RuleParams;
use crate::cluster::seeding::seed_rows;
use crate::error::Result;
use crate::progress::Progress;
use crate::vector::SparseMatrix;

/// The default number of starts, of which the best is kept.
const N_STARTS: usize = 5;
/// The most rounds of a start.
const MAX_ROUNDS: u64 = 30;
/// Above this number of rows the default is a single start.
const MANY_ROWS: usize = 5_000;

/// A start has converged when less than one clause in this many moves.
const SETTLED: usize = 1_000;
/// Centroids are first computed on a sample of this many rows per cluster, and at least [`MIN_SAMPLE`],
/// if there are at least twice as many rows.
const SAMPLED_PER_CLUSTER: usize = 100;
const MIN_SAMPLE: usize = 10_000;
/// The number of features of a centroid, the largest ones, with which rows are compared if there is a
/// sample: the others hardly change a cosine and cost most of the time.
const MAX_COMPARED: usize = 1_000;

/// Spherical k-means (Dhillon and Modha, 2001): each clause is assigned to the cluster whose centroid has
/// the greatest cosine with it, and the centroids are recomputed, until less than one clause in a
/// thousand moves.
///
/// The start is k-means++ on `1 - cosine` (Arthur and Vassilvitskii, 2007), on a sample the best of three
/// draws at each step; of several starts the one with the greatest sum of cosines is kept. With many
/// clauses, centroids are first computed on an evenly spread sample of 100 per cluster and then on all
/// clauses, until less than one in fifty moves; then only the 1,000 largest features of a centroid are
/// compared. A round costs the number of stored values times the number of clusters that have their
/// feature. The seed determines the result bitwise, on any number of threads.
///
/// Makes 5 starts (1 above 5,000 clauses) of at most 30 rounds; without a number of clusters the mean
/// silhouette decides.
pub(super) fn fit(matrix: &SparseMatrix, params: &RuleParams) -> Result<Clustering> {
    let (n_clusters, choice) = choose::given_or_chosen(params, matrix)?;
    let mut random = Xoshiro256PlusPlus::seed_from_u64(params.seed);
    let sample = sample(matrix, n_clusters);
    let is_large = matrix.n_rows() > MANY_ROWS;
    let mut best: Option<Start> = None;
    for _ in 0..if is_large { 1 } else { N_STARTS } {
        let mut first = |matrix: &SparseMatrix, care: Care| {
            let seeds = seed_rows(matrix, n_clusters, care.n_candidates, &mut random);
            run(matrix, matrix.rows_at(seeds), care, &params.progress)
        };
        let start = if let Some(sample) = &sample {
            let known = first(sample, SAMPLE)?;
            let centroids = directions(sample, &known.labels, n_clusters);
            run(matrix, centroids, AFTER_SAMPLE, &params.progress)?
        } else {
            first(matrix, ALL)?
        };
        if best.as_ref().is_none_or(|best| start.total > best.total) {
            best = Some(start);
        }
    }
    let labels = best.into_iter().flat_map(|start| start.labels).map(Some);
    Ok(Clustering::from_labels(matrix, labels, choice))
}

/// The accuracy of a start.
#[derive(Clone, Copy)]
struct Care {
    /// The number of draws for each seed, of which the best is taken.
    n_candidates: usize,
    /// A start ends when less than one row in this many moves.
    settled: usize,
    /// The number of largest features of a centroid with which rows are compared.
    max_compared: usize,
}

/// On all rows, with several starts of which the best is kept.
const ALL: Care = Care {
    n_candidates: 1,
    settled: SETTLED,
    max_compared: usize::MAX,
};

/// On a sample, with a single start.
const SAMPLE: Care = Care {
    n_candidates: 3,
    settled: 200,
    max_compared: MAX_COMPARED,
};

/// On all rows, starting from the centroids of a sample: only borderline rows still move.
const AFTER_SAMPLE: Care = Care {
    settled: 50,
    ..SAMPLE
};

/// The result of one start.
struct Start {
    labels: Vec<usize>,
    /// The sum over all clauses of the cosine with their cluster's centroid.
    total: f64,
}

/// Alternates assignment and recomputation until few rows move.
fn run(
    matrix: &SparseMatrix,
    mut centroids: SparseMatrix,
    care: Care,
    progress: &Progress,
) -> Result<Start> {
    let n_clusters = centroids.n_rows();
    let mut start = Start {
        labels: Vec::new(),
        total: 0.0,
    };
    let stage = progress.stage("clusters", MAX_ROUNDS);
    for _ in 0..MAX_ROUNDS {
        let assigned = assign(matrix, &centroids);
        let mut labels: Vec<usize> = assigned.iter().map(|(label, _)| *label).collect();
        fill_empty_clusters(&mut labels, &assigned, n_clusters);
        let total = assigned.iter().map(|(_, cosine)| cosine).sum();
        let pairs = labels.iter().zip(&start.labels);
        let n_moved = pairs.filter(|(new, old)| new != old).count();
        let is_settled = !start.labels.is_empty() && n_moved * care.settled < labels.len().max(1);
        start = Start { labels, total };
        if is_settled {
            break;
        }
        centroids = lightened(directions(matrix, &start.labels, n_clusters), care);
        stage.advance(1)?;
    }
    Ok(start)
}

/// Returns an evenly spread sample of the rows, if there are many more than needed to compute the
/// centroids of this many clusters.
fn sample(matrix: &SparseMatrix, n_clusters: usize) -> Option<SparseMatrix> {
    let n_wanted = MIN_SAMPLE.max(SAMPLED_PER_CLUSTER * n_clusters);
    let step = matrix.n_rows() / n_wanted;
    if step < 2 {
        return None;
    }
    Some(matrix.rows_at((0..matrix.n_rows()).step_by(step)))
}

/// Returns centroids with their largest features only.
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

/// Gives each empty cluster the clause that fits its own cluster worst and is not its only one.
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
    for cluster in 0..n_clusters {
        if sizes[cluster] > 0 {
            continue;
        }
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
    let direction = |rows: &Vec<usize>| mean_direction(matrix, rows);
    let rows: Vec<Vec<(u32, f32)>> = members.par_iter().map(direction).collect();
    SparseMatrix::from_rows(matrix.n_columns(), rows)
}
