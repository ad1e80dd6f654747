//! Chooses the number of clusters: the fewest whose mean silhouette is close to the greatest.

use rayon::prelude::*;

use crate::cluster::checked::check_n_clusters;
use crate::cluster::clustering::Choice;
use crate::cluster::dendrogram::Dendrogram;
use crate::cluster::params::RuleParams;
use crate::error::Result;
use crate::similarity::Distances;
use crate::vector::SparseMatrix;

/// The maximum number of candidates tried.
const MAX_CANDIDATES: usize = 60;
/// The maximum number of clauses used; of more, an evenly spread sample is taken.
const MAX_SAMPLE: usize = 2_000;

/// How far the mean silhouette of a smaller number may be below the greatest, as a proportion of it.
const TOLERANCE: f64 = 0.03;

/// Returns the smallest number of clusters of a dendrogram, from 2 to half the rows and at most `most`, whose
/// mean silhouette is within 3 % of the greatest. One row is one cluster.
///
/// The number with the greatest silhouette (Rousseeuw, 1987) lies on a plateau and is slightly too fine;
/// the simplest answer that is not clearly worse is taken instead, as in choosing a tree by its error
/// (Breiman et al., 1984). Up to 60 numbers are tried, in growing steps; each costs the square of the
/// number of rows.
pub(super) fn by_silhouette(
    distances: &Distances,
    dendrogram: &Dendrogram,
    most: Option<usize>,
) -> usize {
    if most == Some(1) {
        return 1;
    }
    let half = (distances.n_rows() / 2).max(2).min(distances.n_rows());
    let most = most.map_or(half, |most| most.min(half));
    let silhouette = |n_clusters: usize| mean_silhouette(distances, &dendrogram.cut(n_clusters));
    let scored: Vec<(usize, f64)> = candidates(most)
        .into_par_iter()
        .map(|n_clusters| (n_clusters, silhouette(n_clusters)))
        .collect();
    let silhouettes = scored.iter().map(|(_, silhouette)| *silhouette);
    let greatest = silhouettes.fold(f64::NEG_INFINITY, f64::max);
    let enough = greatest - TOLERANCE * greatest.abs();
    let fewest = scored.iter().find(|(_, silhouette)| *silhouette >= enough);
    fewest.map_or(1, |(n_clusters, _)| *n_clusters)
}

/// Returns the given number of clusters, or else the number chosen from the rows of the matrix, and which
/// of the two it is.
///
/// # Errors
///
/// [`ErrorKind::Parameter`](crate::error::ErrorKind::Parameter) if the number is 0 or more than the number
/// of rows.
pub(super) fn given_or_chosen(
    params: &RuleParams,
    matrix: &SparseMatrix,
) -> Result<(usize, Choice)> {
    let (n_clusters, choice) = match params.n_clusters {
        Some(n_clusters) => (n_clusters, Choice::Given),
        None => (for_matrix(matrix, params.max_clusters)?, Choice::Silhouette),
    };
    check_n_clusters(n_clusters, matrix.n_rows())?;
    Ok((n_clusters, choice))
}

/// Chooses a number of clusters for a matrix of any size: by silhouette of average linkage on at most
/// 2,000 of its rows, evenly spread.
///
/// # Errors
///
/// None in practice: the sample is small enough for all distances.
fn for_matrix(matrix: &SparseMatrix, most: Option<usize>) -> Result<usize> {
    let step = matrix.n_rows().div_ceil(MAX_SAMPLE).max(1);
    let sample = matrix.rows_at((0..matrix.n_rows()).step_by(step));
    let distances = Distances::of(&sample)?;
    Ok(by_silhouette(&distances, &Dendrogram::of(&distances), most))
}

/// Returns numbers from 2 to `most`: all if they are few, else in steps that grow by a fixed ratio.
fn candidates(most: usize) -> Vec<usize> {
    if most <= MAX_CANDIDATES {
        return (2..=most).collect();
    }
    let ratio = (most as f64 / 2.0).powf(1.0 / (MAX_CANDIDATES - 1) as f64);
    let mut numbers = vec![2];
    let mut exact = 2.0;
    while numbers.last().is_some_and(|&last| last < most) {
        exact *= ratio;
        let rounded = rounded(exact);
        let next = rounded.max(numbers[numbers.len() - 1] + 1).min(most);
        numbers.push(next);
    }
    numbers
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn rounded(value: f64) -> usize {
    value.round() as usize
}

/// Returns the mean silhouette of a partition, in `-1..=1` (Rousseeuw, 1987).
///
/// For one row it is `(b - a) / max(a, b)`, where `a` is the mean distance to the other rows of its
/// cluster and `b` the smallest mean distance to another cluster; 0 for the only row of a cluster.
fn mean_silhouette(distances: &Distances, labels: &[usize]) -> f64 {
    let n_clusters = labels.iter().max().map_or(0, |most| most + 1);
    let mut sizes = vec![0_usize; n_clusters];
    for &label in labels {
        sizes[label] += 1;
    }
    let mut sums = vec![0.0_f64; n_clusters];
    let mut total = 0.0;
    for (row, &own) in labels.iter().enumerate() {
        if sizes[own] < 2 {
            continue;
        }
        sums.fill(0.0);
        for (other, &label) in labels.iter().enumerate() {
            sums[label] += f64::from(distances.between(row, other));
        }
        let within = sums[own] / (sizes[own] - 1) as f64;
        let between = (0..n_clusters)
            .filter(|&label| label != own && sizes[label] > 0)
            .map(|label| sums[label] / sizes[label] as f64)
            .fold(f64::INFINITY, f64::min);
        let larger = within.max(between);
        if between.is_finite() && larger > 0.0 {
            total += (between - within) / larger;
        }
    }
    total / labels.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_pairs() -> Distances {
        let rows = [
            vec![(0, 1.0)],
            vec![(0, 0.8), (1, 0.6)],
            vec![(2, 1.0)],
            vec![(2, 1.0)],
        ];
        Distances::of(&SparseMatrix::from_rows(3, rows)).unwrap()
    }

    #[test]
    fn silhouette_by_hand() {
        // Rows 0 and 1 are 0.2 apart and 1 from the others: (1 - 0.2) / 1; rows 2 and 3 coincide.
        let mean = mean_silhouette(&two_pairs(), &[0, 0, 1, 1]);
        assert!(
            (mean - (0.8 + 0.8 + 1.0 + 1.0) / 4.0).abs() < 1e-6,
            "{mean}"
        );
        assert!(mean_silhouette(&two_pairs(), &[0, 1, 2, 3]).abs() < 1e-12);
    }

    #[test]
    fn two_pairs_are_two_clusters() {
        let distances = two_pairs();
        let dendrogram = Dendrogram::of(&distances);
        assert_eq!(by_silhouette(&distances, &dendrogram, None), 2);
        assert_eq!(by_silhouette(&distances, &dendrogram, Some(1)), 1);
    }

    #[test]
    fn candidates_grow_without_repeating_and_end_at_the_most() {
        for most in [2, 3, 60, 61, 1_000, 2_000] {
            let numbers = candidates(most);
            assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]), "{most}");
            assert_eq!(numbers.last(), Some(&most));
            assert!(
                numbers.len() <= MAX_CANDIDATES + 20,
                "{most}: {}",
                numbers.len()
            );
        }
    }
}
