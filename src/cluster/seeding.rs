//! [`seed_rows`]: initial rows for k-means, far from one another.

use rand::Rng;
use rand_xoshiro::Xoshiro256PlusPlus;
use rayon::prelude::*;

use crate::vector::SparseMatrix;

/// Picks initial rows: the first at random, each further one with a probability proportional to its
/// distance from the nearest row already picked.
///
/// Of `n_candidates` draws, the one that reduces the distances most is picked.
pub(super) fn seed_rows(
    matrix: &SparseMatrix,
    n_clusters: usize,
    n_candidates: usize,
    random: &mut Xoshiro256PlusPlus,
) -> Vec<usize> {
    let postings = matrix.transposed();
    let mut seeds = vec![random.gen_range(0..matrix.n_rows())];
    let mut distance = vec![1.0; matrix.n_rows()];
    distance = distances_with(matrix, &postings, seeds[0], &distance);
    while seeds.len() < n_clusters {
        let drawn: Vec<usize> = (0..n_candidates)
            .map(|_| draw(&distance, &seeds, random))
            .collect();
        let tried: Vec<(usize, Vec<f64>)> = drawn
            .into_par_iter()
            .map(|row| (row, distances_with(matrix, &postings, row, &distance)))
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

/// Returns the distance of each row from the nearest seed, after `newest` is added to the seeds.
fn distances_with(
    matrix: &SparseMatrix,
    postings: &SparseMatrix,
    newest: usize,
    distance: &[f64],
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

/// Draws a row with a probability proportional to its weight; if all weights are zero, the first row not
/// yet picked.
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
