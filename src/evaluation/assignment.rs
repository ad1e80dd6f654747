//! [`assign`]: assigns rows to columns, one to one, with the greatest total weight.

use crate::matching::{PathSearch, PricedMatching};

/// Returns the column of each row, one to one, so that the sum of the weights is greatest; if there are
/// more rows than columns, some rows get none.
///
/// `weights` has one list per row, all of the same length. Among several best answers the choice depends
/// only on the order of rows and columns. The Hungarian method by successive shortest paths; cost: the
/// smaller side squared, times the larger. Source: Kuhn, 1955; this form, with its choice among ties,
/// Crouse, 2016.
pub(crate) fn assign(weights: &[Vec<i64>]) -> Vec<Option<usize>> {
    let n_rows = weights.len();
    let n_columns = weights.first().map_or(0, Vec::len);
    if n_columns == 0 {
        return vec![None; n_rows];
    }
    let cost = |row: usize, column: usize| -weights[row][column];
    if n_rows <= n_columns {
        return solve(n_rows, n_columns, &cost);
    }
    let row_of_column = solve(n_columns, n_rows, &|column, row| cost(row, column));
    let mut column_of_row = vec![None; n_rows];
    for (column, row) in row_of_column.into_iter().enumerate() {
        if let Some(row) = row {
            column_of_row[row] = Some(column);
        }
    }
    column_of_row
}

/// Assigns each of `n_rows` rows a column at the lowest total cost; there are at most as many rows as
/// columns.
fn solve(
    n_rows: usize,
    n_columns: usize,
    cost: &dyn Fn(usize, usize) -> i64,
) -> Vec<Option<usize>> {
    let mut matching = PricedMatching::new(n_rows, n_columns);
    for row in 0..n_rows {
        let mut search = matching.search(row);
        let end = shortest_path(&matching, &mut search, row, cost);
        matching.grow(&search, end);
    }
    matching.into_columns()
}

/// Finds the nearest column that no row has.
fn shortest_path(
    matching: &PricedMatching,
    search: &mut PathSearch,
    start: usize,
    cost: &dyn Fn(usize, usize) -> i64,
) -> usize {
    // From the last to the first, so that with equal costs the first row gets the first column.
    let mut open: Vec<usize> = (0..search.distances.len()).rev().collect();
    let (mut row, mut length) = (start, 0);
    loop {
        let mut nearest = (i64::MAX, 0);
        for (place, &column) in open.iter().enumerate() {
            let pair = [row, column];
            search.reach(pair, matching.beyond(length, pair, cost(row, column)));
            // Among ties a free column ends the search at once.
            let distance = search.distances[column];
            let is_free = matching.row_of(column).is_none();
            if distance < nearest.0 || (distance == nearest.0 && is_free) {
                nearest = (distance, place);
            }
        }
        length = nearest.0;
        let column = open.swap_remove(nearest.1);
        let Some(next) = matching.row_of(column) else {
            return column;
        };
        search.settle(column);
        row = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(weights: &[&[i64]], expected: &[Option<usize>]) {
        let weights: Vec<Vec<i64>> = weights.iter().map(|row| row.to_vec()).collect();
        assert_eq!(assign(&weights), expected);
    }

    #[test]
    fn nothing_to_assign() {
        check(&[], &[]);
        check(&[&[], &[]], &[None, None]);
    }

    #[test]
    fn the_sum_counts_and_not_the_best_single_pair() {
        // 5 + 0 < 4 + 4
        check(&[&[5, 4], &[4, 0]], &[Some(1), Some(0)]);
    }

    #[test]
    fn one_side_may_be_longer() {
        check(&[&[1, 7, 3]], &[Some(1)]);
        check(&[&[1], &[7], &[3]], &[None, Some(0), None]);
    }

    #[test]
    fn equal_weights_pair_the_first_with_the_first() {
        check(&[&[1, 1], &[1, 1]], &[Some(0), Some(1)]);
    }

    #[test]
    fn no_permutation_beats_it() {
        let mut state = 1_u64;
        for _ in 0..200 {
            let weights: Vec<Vec<i64>> = (0..5)
                .map(|_| {
                    (0..5)
                        .map(|_| {
                            state = state
                                .wrapping_mul(6_364_136_223_846_793_005)
                                .wrapping_add(1);
                            i64::try_from((state >> 33) % 4).unwrap()
                        })
                        .collect()
                })
                .collect();
            let found: i64 = assign(&weights)
                .iter()
                .enumerate()
                .map(|(row, column)| weights[row][column.unwrap()])
                .sum();
            assert_eq!(found, best_by_trying_all(&weights, &mut Vec::new()));
        }
    }

    fn best_by_trying_all(weights: &[Vec<i64>], taken: &mut Vec<usize>) -> i64 {
        let row = taken.len();
        if row == weights.len() {
            return 0;
        }
        let mut best = i64::MIN;
        for column in 0..weights.len() {
            if !taken.contains(&column) {
                taken.push(column);
                best = best.max(weights[row][column] + best_by_trying_all(weights, taken));
                taken.pop();
            }
        }
        best
    }
}
