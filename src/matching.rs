//! [`PricedMatching`]: rows matched to columns, one to one, grown row by row along the cheapest paths.

/// A partial matching, with prices that prove that none of its rows is matched cheaper: no pair costs less than its
/// row price plus its column price, and matched pairs cost exactly that (Kuhn, 1955; Jonker and Volgenant, 1987).
///
/// Who grows it finds the paths: among all columns, or among those that are listed.
pub(crate) struct PricedMatching {
    row_prices: Vec<i64>,
    column_prices: Vec<i64>,
    column_of_row: Vec<Option<usize>>,
    row_of_column: Vec<Option<usize>>,
}

/// A search for the cheapest way to give a row a column.
pub(crate) struct PathSearch {
    start: usize,
    /// The distance of each column; `i64::MAX` if it was not reached.
    pub(crate) distances: Vec<i64>,
    /// The row from which each column was reached.
    row_before: Vec<usize>,
    /// The columns whose distance is final and that are taken, in the order of distance.
    settled: Vec<usize>,
}

impl PricedMatching {
    pub(crate) fn new(n_rows: usize, n_columns: usize) -> Self {
        Self {
            row_prices: vec![0; n_rows],
            column_prices: vec![0; n_columns],
            column_of_row: vec![None; n_rows],
            row_of_column: vec![None; n_columns],
        }
    }

    /// Returns the row that has a column.
    pub(crate) fn row_of(&self, column: usize) -> Option<usize> {
        self.row_of_column[column]
    }

    /// Returns the column of each row.
    pub(crate) fn into_columns(self) -> Vec<Option<usize>> {
        self.column_of_row
    }

    /// Begins the search for a row that has no column yet.
    pub(crate) fn search(&self, start: usize) -> PathSearch {
        let n_columns = self.row_of_column.len();
        PathSearch {
            start,
            distances: vec![i64::MAX; n_columns],
            row_before: vec![start; n_columns],
            settled: Vec::new(),
        }
    }

    /// Returns how far a column is if it is taken from a row at a distance, at the cost of the pair.
    pub(crate) fn beyond(&self, distance: i64, [row, column]: [usize; 2], cost: i64) -> i64 {
        distance + cost - self.row_prices[row] - self.column_prices[column]
    }

    /// Gives every row of the cheapest path to a column that no row has the column after it.
    pub(crate) fn grow(&mut self, search: &PathSearch, end: usize) {
        let length = search.distances[end];
        self.row_prices[search.start] += length;
        for &column in &search.settled {
            let rise = length - search.distances[column];
            self.column_prices[column] -= rise;
            if let Some(row) = self.row_of_column[column] {
                self.row_prices[row] += rise;
            }
        }
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

impl PathSearch {
    /// Notes that a column is reached from a row at this distance; returns whether that is nearer than before.
    pub(crate) fn reach(&mut self, [row, column]: [usize; 2], distance: i64) -> bool {
        let is_nearer = distance < self.distances[column];
        if is_nearer {
            self.distances[column] = distance;
            self.row_before[column] = row;
        }
        is_nearer
    }

    /// Notes that the distance of a taken column is final.
    pub(crate) fn settle(&mut self, column: usize) {
        self.settled.push(column);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_gives_its_column_up_along_a_path() {
        // Costs: the first row 1 and 4, the second 2 and 9. Row 0 takes column 0, then gives it to row 1: 4 + 2 < 1 + 9.
        let mut matching = PricedMatching::new(2, 2);
        let mut search = matching.search(0);
        assert!(search.reach([0, 0], matching.beyond(0, [0, 0], 1)));
        matching.grow(&search, 0);
        assert_eq!(matching.row_of(0), Some(0));

        let mut search = matching.search(1);
        assert!(search.reach([1, 0], matching.beyond(0, [1, 0], 2)));
        assert!(search.reach([1, 1], matching.beyond(0, [1, 1], 9)));
        search.settle(0);
        let through = matching.beyond(search.distances[0], [0, 1], 4);
        assert_eq!(through, 2 + 4 - 1);
        assert!(search.reach([0, 1], through), "nearer than 9");
        matching.grow(&search, 1);
        assert_eq!(matching.into_columns(), [Some(1), Some(0)]);
    }
}
