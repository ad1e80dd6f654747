//! [`themes_of`]: groups issues into themes.

use crate::corpus::Corpus;
use crate::similarity::Representation;
use crate::table::issue::Issue;
use crate::table::parts::sums_of_issues;
use crate::vector::{SparseMatrix, SparseRow, unit_row};

/// Up to this number of issues a table has no themes: it is read at one sight.
const MAX_WITHOUT_THEMES: usize = 24;
/// The most themes, and the number of issues of one, if their number is not given.
const MAX_THEMES: usize = 12;
const ISSUES_OF_THEME: usize = 3;
/// Issues of different languages are farther apart than any two of one language.
const APART: f64 = 1e6;

/// Returns the number of themes of a table: the given one, but no more than there are issues; else one for three
/// issues, at most 12, and none for at most 24 issues.
pub(crate) fn n_themes(given: Option<usize>, n_issues: usize) -> usize {
    match given {
        Some(given) => given.min(n_issues),
        None if n_issues <= MAX_WITHOUT_THEMES => 0,
        None => n_issues.div_ceil(ISSUES_OF_THEME).min(MAX_THEMES),
    }
}

/// Returns the theme of each issue, numbered by their first issues.
///
/// Issues are points, the mean directions of their clauses, each as heavy as the cube root of its number of clauses:
/// by their number, all small issues would be in one theme. The two groups
/// whose union adds least to the sum of squared distances from their centers are joined (Ward, 1963) until
/// `n_themes` are left; joins of average linkage would leave one large group and many small ones. Distances of
/// a union follow from those of its parts (Lance and Williams, 1967). Costs the square of the number of issues for each
/// join.
pub(crate) fn themes_of(
    corpus: &Corpus,
    representation: &Representation,
    issues: &[&Issue],
    n_themes: usize,
) -> Vec<usize> {
    let rows = representation.rows();
    let sums = sums_of_issues(rows, issues);
    let center = |sum: SparseRow<'_>| {
        let cells = sum.iter();
        unit_row(cells.map(|(column, value)| (column, f64::from(value))))
    };
    let centers = sums.rows().map(center);
    let centers = SparseMatrix::from_rows(rows.n_columns(), centers);
    let language = |issue: &Issue| {
        let first = issue.clauses.first();
        first.map(|clause| corpus.clause(*clause).language)
    };
    let weights = issues
        .iter()
        .map(|issue| (issue.clauses.len().max(1) as f64).cbrt());
    let weights: Vec<f64> = weights.collect();
    let distance = |a: usize, b: usize| {
        if language(issues[a]) != language(issues[b]) {
            return APART;
        }
        let square = 2.0 - 2.0 * centers.row(a).dot(centers.row(b));
        weights[a] * weights[b] / (weights[a] + weights[b]) * square
    };
    let distances = (0..issues.len()).map(|a| (0..issues.len()).map(|b| distance(a, b)).collect());
    joined(distances.collect(), weights, n_themes.max(1))
}

/// Joins the nearest groups until `n_groups` are left; returns the group of each point.
fn joined(mut distances: Vec<Vec<f64>>, mut weights: Vec<f64>, n_groups: usize) -> Vec<usize> {
    let mut groups: Vec<Vec<usize>> = (0..weights.len()).map(|point| vec![point]).collect();
    let mut alive: Vec<usize> = (0..weights.len()).collect();
    while alive.len() > n_groups {
        let pairs = alive
            .iter()
            .enumerate()
            .flat_map(|(at, &a)| alive[at + 1..].iter().map(move |&b| (a, b)));
        let nearest = pairs.min_by(|&(a, b), &(c, d)| distances[a][b].total_cmp(&distances[c][d]));
        let Some((a, b)) = nearest else { break };
        alive.retain(|group| *group != b);
        for &other in alive.iter().filter(|other| **other != a) {
            let (own, joining, third) = (weights[a], weights[b], weights[other]);
            let sum = (own + third) * distances[a][other] + (joining + third) * distances[b][other]
                - third * distances[a][b];
            let distance = sum / (own + joining + third);
            distances[a][other] = distance;
            distances[other][a] = distance;
        }
        weights[a] += weights[b];
        let members = std::mem::take(&mut groups[b]);
        groups[a].extend(members);
    }
    let mut theme_of = vec![0; weights.len()];
    for (theme, group) in alive.iter().enumerate() {
        for &point in &groups[*group] {
            theme_of[point] = theme;
        }
    }
    theme_of
}

#[cfg(test)]
mod tests {
    use super::*;

    /// On a line at 0, 1, 5 and 8, the last one three times as heavy: half of 1 is added by the first pair,
    /// 3/4 of 9 by the last; then the pairs would add more than any.
    #[test]
    fn the_nearest_groups_are_joined_by_hand() {
        let (places, weights) = ([0.0_f64, 1.0, 5.0, 8.0], vec![1.0, 1.0, 1.0, 3.0]);
        let distance = |a: usize, b: usize| {
            weights[a] * weights[b] / (weights[a] + weights[b]) * (places[a] - places[b]).powi(2)
        };
        let distances: Vec<Vec<f64>> = (0..4)
            .map(|a| (0..4).map(|b| distance(a, b)).collect())
            .collect();
        assert_eq!(joined(distances.clone(), weights.clone(), 3), [0, 0, 1, 2]);
        assert_eq!(joined(distances.clone(), weights.clone(), 2), [0, 0, 1, 1]);
        assert_eq!(joined(distances, weights, 1), [0; 4]);
    }

    #[test]
    fn the_number_of_themes() {
        let cases = [
            (None, 24, 0),
            (None, 25, 9),
            (None, 40, 12),
            (None, 200, 12),
            (Some(3), 2, 2),
            (Some(0), 99, 0),
        ];
        for (given, n_issues, expected) in cases {
            assert_eq!(n_themes(given, n_issues), expected, "{given:?} {n_issues}");
        }
    }
}
