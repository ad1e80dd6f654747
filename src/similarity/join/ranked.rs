//! [`RankedRows`]: rows with their features from the rarest, of which the first part is indexed.

use crate::similarity::join::twins::{Twins, number};
use crate::vector::{SparseMatrix, single};

/// One row of each set of equal rows, its features from the rarest.
#[derive(Debug)]
pub(super) struct RankedRows {
    starts: Vec<usize>,
    /// Where the indexed part of each row ends.
    head_ends: Vec<usize>,
    /// The rank of each feature, the rarest first.
    ranks: Vec<u32>,
    values: Vec<f32>,
    /// The remaining length of the row from each value on.
    left: Vec<f32>,
    /// For each feature, by rank, the number of indexed parts in which it occurs.
    pub(super) n_postings: Vec<u32>,
    pub(super) greatest_tail: f32,
}

impl RankedRows {
    pub(super) fn of(matrix: &SparseMatrix, twins: &Twins, tail: f64) -> Self {
        let rank_of = ranks(matrix, twins);
        let mut rows = Self {
            starts: vec![0],
            head_ends: Vec::with_capacity(twins.len()),
            ranks: Vec::new(),
            values: Vec::new(),
            left: Vec::new(),
            n_postings: vec![0; matrix.n_columns()],
            greatest_tail: 0.0,
        };
        let mut cells: Vec<(u32, f32)> = Vec::new();
        for set in 0..twins.len() {
            cells.clear();
            let row = matrix.row(twins.first(set)).iter();
            cells.extend(row.map(|(column, value)| (rank_of[column as usize], value)));
            cells.sort_unstable_by_key(|(rank, _)| *rank);
            rows.push(&cells, tail);
        }
        rows
    }

    fn push(&mut self, cells: &[(u32, f32)], tail: f64) {
        let start = self.ranks.len();
        self.ranks.extend(cells.iter().map(|(rank, _)| *rank));
        self.values.extend(cells.iter().map(|(_, value)| *value));
        self.left.resize(self.ranks.len(), 0.0);
        let (mut square, mut head_end) = (0.0, self.ranks.len());
        for place in (start..self.ranks.len()).rev() {
            square += f64::from(self.values[place]).powi(2);
            self.left[place] = single(square.sqrt());
            if square.sqrt() < tail {
                head_end = place;
            }
        }
        for &rank in &self.ranks[start..head_end] {
            self.n_postings[rank as usize] += 1;
        }
        self.head_ends.push(head_end);
        self.starts.push(self.ranks.len());
        self.greatest_tail = self
            .greatest_tail
            .max(self.tail_norm(self.head_ends.len() - 1));
    }

    /// Returns the indexed part of a row: ranks and values.
    pub(super) fn head(&self, row: usize) -> (&[u32], &[f32]) {
        let range = self.starts[row]..self.head_ends[row];
        (&self.ranks[range.clone()], &self.values[range])
    }

    /// Returns the length of the part that is not indexed.
    pub(super) fn tail_norm(&self, row: usize) -> f32 {
        self.length_from(row, self.head_ends[row])
    }

    fn length_from(&self, row: usize, place: usize) -> f32 {
        if place < self.starts[row + 1] {
            self.left[place]
        } else {
            0.0
        }
    }

    /// Returns an upper bound of the product of two rows over the features outside both indexed parts.
    pub(super) fn most_left(&self, a: usize, b: usize) -> f32 {
        let tail_rank = |row: usize| {
            let range = self.starts[row]..self.starts[row + 1];
            let is_inside = range.contains(&self.head_ends[row]);
            is_inside.then(|| self.ranks[self.head_ends[row]])
        };
        let Some(first) = [tail_rank(a), tail_rank(b)].into_iter().flatten().min() else {
            return 0.0;
        };
        let length_from = |row: usize| {
            let ranks = &self.ranks[self.starts[row]..self.starts[row + 1]];
            let place = ranks.partition_point(|rank| *rank < first);
            self.length_from(row, self.starts[row] + place)
        };
        length_from(a) * length_from(b)
    }
}

/// Returns the rank of each feature, the rarest first; ties by number.
fn ranks(matrix: &SparseMatrix, twins: &Twins) -> Vec<u32> {
    let mut n_rows_of = vec![0_u32; matrix.n_columns()];
    for set in 0..twins.len() {
        for &column in matrix.row(twins.first(set)).columns {
            n_rows_of[column as usize] += 1;
        }
    }
    let mut rarest_first: Vec<u32> = (0..number(matrix.n_columns())).collect();
    rarest_first.sort_by_key(|column| n_rows_of[*column as usize]);
    let mut ranks = vec![0; matrix.n_columns()];
    for (rank, column) in (0..).zip(rarest_first) {
        ranks[column as usize] = rank;
    }
    ranks
}
