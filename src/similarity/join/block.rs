//! [`Block`]: the indexed parts of some rows, few enough that their sums stay in the cache.

use std::ops::Range;

use crate::similarity::join::ranked::RankedRows;

/// The number of rows whose postings are scanned at once.
pub(super) const BLOCK: usize = 32_768;

/// The indexed parts of some rows, by feature.
pub(super) struct RowBlock {
    pub(super) start: usize,
    starts: Vec<u32>,
    postings: Vec<(u32, f32)>,
}

impl RowBlock {
    pub(super) fn of(rows: &RankedRows, range: Range<usize>) -> Self {
        let mut starts = vec![0_u32; rows.n_postings.len() + 1];
        for row in range.clone() {
            for &rank in rows.head(row).0 {
                starts[rank as usize + 1] += 1;
            }
        }
        for rank in 1..starts.len() {
            starts[rank] += starts[rank - 1];
        }
        let mut next = starts.clone();
        let mut postings = vec![(0, 0.0); starts[starts.len() - 1] as usize];
        for (place, row) in (0..).zip(range.clone()) {
            let (ranks, values) = rows.head(row);
            for (&rank, &value) in ranks.iter().zip(values) {
                let next = &mut next[rank as usize];
                postings[*next as usize] = (place, value);
                *next += 1;
            }
        }
        Self {
            start: range.start,
            starts,
            postings,
        }
    }

    /// Returns the rows that share an indexed feature with a row, by index in the block, with the sum over
    /// those features.
    pub(super) fn candidates<'s>(
        &self,
        rows: &RankedRows,
        question: usize,
        scratch: &'s mut Scratch,
    ) -> impl Iterator<Item = (f32, u32)> + use<'s> {
        let Scratch { sums, met, .. } = scratch;
        met.clear();
        let (ranks, values) = rows.head(question);
        for (&rank, &value) in ranks.iter().zip(values) {
            let rank = rank as usize;
            let range = self.starts[rank] as usize..self.starts[rank + 1] as usize;
            for &(place, weight) in &self.postings[range] {
                let sum = &mut sums[place as usize];
                if *sum == 0.0 {
                    met.push(place);
                }
                *sum += value * weight;
            }
        }
        // A row whose sum returned to zero was met twice but counts once.
        met.iter().filter_map(|&place| {
            let sum = std::mem::take(&mut sums[place as usize]);
            (sum != 0.0).then_some((sum, place))
        })
    }
}

/// Memory that a worker reuses for all queries.
pub(super) struct Scratch {
    /// For each row of a block the sum so far.
    sums: Vec<f32>,
    met: Vec<u32>,
    /// The query row, dense.
    pub(super) question: Vec<f64>,
}

impl Scratch {
    pub(super) fn new(n_columns: usize) -> Self {
        Self {
            sums: vec![0.0; BLOCK],
            met: Vec::new(),
            question: vec![0.0; n_columns],
        }
    }
}
