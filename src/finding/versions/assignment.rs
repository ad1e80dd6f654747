//! [`best_matching`]: rows matched to columns, one to one, with the greatest total value, where only few pairs
//! are possible.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::matching::{PathSearch, PricedMatching};

/// A possible partner of a row, and what the pair is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Partner {
    pub(crate) column: usize,
    pub(crate) value: i64,
}

/// Returns the column of each row, or `None`, so that no column is given twice and the sum of the values of the
/// pairs is greatest. Pairs that are not listed, and pairs of no value, are never made.
///
/// Successive shortest paths with prices (Jonker and Volgenant, 1987), the search of each by a heap over the
/// listed pairs (Dijkstra, 1959). To stay alone is a place of its own for each row, of value 0, so a row that
/// is worth more elsewhere gives its column up. Costs, for each row, the rows and columns, and the logarithm of
/// them for each pair that is looked at: for versions of a text, where most rows have one good partner, about
/// the square of the rows. Among several best answers the choice depends on the order of rows and columns only.
pub(crate) fn best_matching(n_columns: usize, partners: &[Vec<Partner>]) -> Vec<Option<usize>> {
    let n_rows = partners.len();
    let pairs = ListedPairs {
        partners,
        n_columns,
    };
    let mut matching = PricedMatching::new(n_rows, n_columns + n_rows);
    for row in 0..n_rows {
        let mut search = matching.search(row);
        if let Some(end) = pairs.shortest_path(&matching, &mut search, row) {
            matching.grow(&search, end);
        }
    }
    let columns = matching.into_columns().into_iter();
    columns
        .map(|column| column.filter(|column| *column < n_columns))
        .collect()
}

/// The pairs that are possible.
struct ListedPairs<'p> {
    partners: &'p [Vec<Partner>],
    /// The number of columns; the place of a row that stays alone comes after them.
    n_columns: usize,
}

/// Columns to look at next, the nearest first; free columns first among equal distances, then the first column.
type Open = BinaryHeap<Reverse<(i64, bool, usize)>>;

impl ListedPairs<'_> {
    /// Finds the nearest column that no row has; there is one, since a row can stay alone.
    fn shortest_path(
        &self,
        matching: &PricedMatching,
        search: &mut PathSearch,
        start: usize,
    ) -> Option<usize> {
        let mut open = Open::new();
        open.extend(self.reach_from(start, 0, matching, search));
        while let Some(Reverse((distance, _, column))) = open.pop() {
            if distance > search.distances[column] {
                continue;
            }
            let Some(next) = matching.row_of(column) else {
                return Some(column);
            };
            search.settle(column);
            open.extend(self.reach_from(next, distance, matching, search));
        }
        None
    }

    /// Looks at the columns that a row can have, and returns those that are nearer than before.
    fn reach_from<'a>(
        &'a self,
        row: usize,
        length: i64,
        matching: &'a PricedMatching,
        search: &'a mut PathSearch,
    ) -> impl Iterator<Item = Reverse<(i64, bool, usize)>> + 'a {
        let alone = Partner {
            column: self.n_columns + row,
            value: 0,
        };
        let worth = self.partners[row].iter().filter(|of| of.value > 0);
        let possible = worth.copied().chain([alone]);
        possible.filter_map(move |Partner { column, value }| {
            let pair = [row, column];
            let distance = matching.beyond(length, pair, -value);
            let is_taken = matching.row_of(column).is_some();
            let is_nearer = search.reach(pair, distance);
            is_nearer.then_some(Reverse((distance, is_taken, column)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn partners(rows: &[&[(usize, i64)]]) -> Vec<Vec<Partner>> {
        let partner = |(column, value): &(usize, i64)| Partner {
            column: *column,
            value: *value,
        };
        let of_row = |row: &&[(usize, i64)]| row.iter().map(partner).collect();
        rows.iter().map(of_row).collect()
    }

    #[test]
    fn the_sum_counts_and_not_the_best_single_pair() {
        // 5 + 0 < 4 + 4
        let found = best_matching(2, &partners(&[&[(0, 5), (1, 4)], &[(0, 4)]]));
        assert_eq!(found, [Some(1), Some(0)]);
    }

    #[test]
    fn a_row_stays_alone_if_its_column_is_worth_more_to_another() {
        let found = best_matching(1, &partners(&[&[(0, 3)], &[(0, 7)], &[]]));
        assert_eq!(found, [None, Some(0), None]);
        assert_eq!(best_matching(1, &partners(&[&[(0, -3)]])), [None]);
    }

    /// The greatest sum of the rows from `row`, by trying everything.
    fn best_by_trying_all(partners: &[Vec<Partner>], row: usize, taken: &mut Vec<usize>) -> i64 {
        let Some(of_row) = partners.get(row) else {
            return 0;
        };
        let mut best = best_by_trying_all(partners, row + 1, taken);
        for partner in of_row {
            if !taken.contains(&partner.column) {
                taken.push(partner.column);
                best = best.max(partner.value + best_by_trying_all(partners, row + 1, taken));
                taken.pop();
            }
        }
        best
    }

    proptest! {
        #[test]
        fn nothing_is_worth_more_than_what_is_found(
            rows in prop::collection::vec(prop::collection::btree_map(0_usize..6, -2_i64..9, 0..6), 0..6),
        ) {
            let of_row = |row: &std::collections::BTreeMap<usize, i64>| -> Vec<Partner> {
                row.iter().map(|(&column, &value)| Partner { column, value }).collect()
            };
            let partners: Vec<Vec<Partner>> = rows.iter().map(of_row).collect();
            let found = best_matching(6, &partners);
            let mut columns: Vec<usize> = found.iter().flatten().copied().collect();
            columns.sort_unstable();
            prop_assert!(columns.is_sorted_by(|x, y| x < y), "no column twice");
            let value = |(row, column): (usize, &Option<usize>)| {
                column.map_or(0, |column| rows[row][&column])
            };
            let sum: i64 = found.iter().enumerate().map(value).sum();
            prop_assert_eq!(sum, best_by_trying_all(&partners, 0, &mut Vec::new()));
        }
    }
}
