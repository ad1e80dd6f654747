//! [`Twins`]: sets of equal rows, each compared only once.

use rayon::prelude::*;

use crate::vector::SparseMatrix;

/// The rows of a matrix, grouped into sets of equal rows.
#[derive(Debug)]
pub(super) struct Twins {
    /// For each row the number of its set.
    pub(super) of_row: Vec<u32>,
    /// Where each set starts in `rows`; then the end.
    starts: Vec<u32>,
    /// The rows set by set, in order within a set.
    pub(super) rows: Vec<u32>,
}

impl Twins {
    pub(super) fn of(matrix: &SparseMatrix) -> Self {
        let mut rows: Vec<u32> = (0..number(matrix.n_rows())).collect();
        let key = |row: &u32| {
            let row = matrix.row(*row as usize);
            let bits = row.values.iter().map(|value| value.to_bits());
            (row.columns, bits)
        };
        let compare = |a: &u32, b: &u32| {
            let ((a_columns, a_bits), (b_columns, b_bits)) = (key(a), key(b));
            a_columns.cmp(b_columns).then_with(|| a_bits.cmp(b_bits))
        };
        rows.par_sort_unstable_by(|a, b| compare(a, b).then(a.cmp(b)));
        let mut sets: Vec<&[u32]> = rows.chunk_by(|a, b| compare(a, b).is_eq()).collect();
        sets.sort_unstable_by_key(|set| set[0]);
        let mut twins = Self {
            of_row: vec![0; matrix.n_rows()],
            starts: vec![0],
            rows: Vec::with_capacity(rows.len()),
        };
        for (place, set) in (0..).zip(sets) {
            for &row in set {
                twins.of_row[row as usize] = place;
            }
            twins.rows.extend_from_slice(set);
            twins.starts.push(number(twins.rows.len()));
        }
        twins
    }

    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    pub(super) fn members(&self, set: usize) -> &[u32] {
        &self.rows[self.starts[set] as usize..self.starts[set + 1] as usize]
    }

    pub(super) fn first(&self, set: usize) -> usize {
        self.members(set)[0] as usize
    }
}

/// The groups of the rows in each set.
pub(super) struct Groups<G> {
    starts: Vec<usize>,
    /// The group of each member, sorted.
    groups: Vec<G>,
}

impl<G: Copy + Ord> Groups<G> {
    pub(super) fn of(twins: &Twins, group_of: &[G]) -> Self {
        let mut groups = Vec::with_capacity(twins.rows.len());
        let mut starts = vec![0];
        for set in 0..twins.len() {
            let start = groups.len();
            groups.extend(twins.members(set).iter().map(|row| group_of[*row as usize]));
            groups[start..].sort_unstable();
            starts.push(groups.len());
        }
        Self { starts, groups }
    }

    fn of_set(&self, set: usize) -> &[G] {
        &self.groups[self.starts[set]..self.starts[set + 1]]
    }

    /// Returns the number of members of `other`, at most `k`, whose group has no member in `own`.
    pub(super) fn n_foreign(&self, own: usize, other: usize, k: usize) -> usize {
        let own = self.of_set(own);
        let is_foreign = |group: &&G| own.binary_search(group).is_err();
        self.of_set(other).iter().filter(is_foreign).take(k).count()
    }
}

pub(super) fn number(count: usize) -> u32 {
    u32::try_from(count).expect("a matrix has fewer than 2^32 rows, columns and values")
}
