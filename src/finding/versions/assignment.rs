//! [`best_matching`]: rows matched to columns, one to one, with the greatest total value, where only few pairs
//! are possible.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

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
    let mut matching = SparseMatching {
        partners,
        n_columns,
        row_prices: vec![0; n_rows],
        column_prices: vec![0; n_columns + n_rows],
        column_of_row: vec![None; n_rows],
        row_of_column: vec![None; n_columns + n_rows],
    };
    for row in 0..n_rows {
        matching.add(row);
    }
    let columns = matching.column_of_row.into_iter();
    columns
        .map(|column| column.filter(|column| *column < n_columns))
        .collect()
}

/// A matching of the rows added so far, and the prices that prove that none is worth more: no pair costs less
/// than the prices of its row and its column, and matched pairs cost exactly that.
struct SparseMatching<'p> {
    partners: &'p [Vec<Partner>],
    /// The number of columns; the place of a row that stays alone comes after them.
    n_columns: usize,
    row_prices: Vec<i64>,
    column_prices: Vec<i64>,
    column_of_row: Vec<Option<usize>>,
    row_of_column: Vec<Option<usize>>,
}

/// A search for the cheapest way to give a row a column.
struct Search {
    /// The distance of each column; `i64::MAX` if it was not reached.
    distances: Vec<i64>,
    /// The row from which each column was reached.
    row_before: Vec<usize>,
    /// The columns whose distance is final, in the order of distance.
    settled: Vec<usize>,
}

impl SparseMatching<'_> {
    fn add(&mut self, row: usize) {
        let mut search = Search {
            distances: vec![i64::MAX; self.row_of_column.len()],
            row_before: vec![row; self.row_of_column.len()],
            settled: Vec::new(),
        };
        // Free columns first among equal distances, then the first column.
        let mut open = BinaryHeap::new();
        self.reach(row, 0, &mut search, &mut open);
        while let Some(Reverse((distance, _, column))) = open.pop() {
            if distance > search.distances[column] {
                continue;
            }
            let Some(next) = self.row_of_column[column] else {
                self.raise_prices(row, distance, &search);
                self.follow(column, &search);
                return;
            };
            search.settled.push(column);
            self.reach(next, distance, &mut search, &mut open);
        }
    }

    /// Looks at the columns that a row can have.
    fn reach(
        &self,
        row: usize,
        length: i64,
        search: &mut Search,
        open: &mut BinaryHeap<Reverse<(i64, bool, usize)>>,
    ) {
        let alone = Partner {
            column: self.n_columns + row,
            value: 0,
        };
        let worth = self.partners[row].iter().filter(|of| of.value > 0);
        for Partner { column, value } in worth.chain([&alone]) {
            let step = -value - self.row_prices[row] - self.column_prices[*column];
            let distance = length + step;
            if distance < search.distances[*column] {
                search.distances[*column] = distance;
                search.row_before[*column] = row;
                let is_taken = self.row_of_column[*column].is_some();
                open.push(Reverse((distance, is_taken, *column)));
            }
        }
    }

    fn raise_prices(&mut self, start: usize, length: i64, search: &Search) {
        self.row_prices[start] += length;
        for &column in &search.settled {
            let rise = length - search.distances[column];
            self.column_prices[column] -= rise;
            if let Some(row) = self.row_of_column[column] {
                self.row_prices[row] += rise;
            }
        }
    }

    /// Gives every row of the path the column after it.
    fn follow(&mut self, end: usize, search: &Search) {
        let mut column = end;
        loop {
            let row = search.row_before[column];
            self.row_of_column[column] = Some(row);
            match self.column_of_row[row].replace(column) {
                Some(former) => column = former,
                None => return,
            }
        }
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
