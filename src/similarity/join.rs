//! [`NearestPlan`]: for every row its most similar rows of other groups, exactly, all at once.

use std::ops::Range;

use rayon::prelude::*;

use crate::error::{Error, ErrorKind, Result};
use crate::id::ClauseId;
use crate::progress::Watch;
use crate::score::Score;
use crate::similarity::neighbors::Neighbor;
use crate::vector::SparseMatrix;

/// Rows whose postings are scanned at once: their sums stay in the nearer caches.
const BLOCK: usize = 32_768;
/// Rows a worker asks about in one go.
const QUESTIONS: usize = 64;
/// The greatest length of the part of a row that is not indexed, as a share of the least cosine.
const TAIL: f64 = 0.9;
/// What sums in single precision may be off by, generously.
const SLACK: f32 = 1e-4;

/// What is looked for.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct NearestParams {
    /// The most neighbors of a row; 10 by default.
    pub k: usize,
    /// The least cosine, in `0..=1`; 0.5 by default. The higher, the faster.
    pub min_score: f64,
    /// The most products that the search may be estimated to cost; no limit by default. A product
    /// takes about 2 nanoseconds of one core.
    pub max_products: Option<u64>,
    /// Is told how far the search is, and can end it.
    pub watch: Watch,
}

impl Default for NearestParams {
    fn default() -> Self {
        Self {
            k: 10,
            min_score: 0.5,
            max_products: None,
            watch: Watch::default(),
        }
    }
}

/// A search for the nearest rows of every row, prepared: its cost is known before it starts.
///
/// Rows that are equal are merged. Features are ordered from the rarest; the last part of a row, whose
/// length is below 0.9 times the least cosine, is not indexed, since two rows whose product reaches it
/// must share a feature of both first parts. What is summed over first parts, plus the most that the
/// rest can add (the product of the lengths), must reach the least cosine, and once `k` neighbors are
/// known the `k`-th best; only then the product is worked out in full. Prefix filtering (Bayardo, Ma
/// and Srikant, 2007) and bounds by remaining norms (Anastasiu and Karypis, 2014), with a rising
/// threshold; nothing is approximate.
///
/// Takes about 16 bytes for each value of the matrix.
#[derive(Debug)]
pub struct NearestPlan<'m> {
    matrix: &'m SparseMatrix,
    params: NearestParams,
    /// Rows of the same values, the first of each first.
    twins: Twins,
    rows: RankedRows,
}

impl<'m> NearestPlan<'m> {
    /// Prepares the search among the rows of a matrix, which have length 1 or are zero.
    ///
    /// Costs a sort of the rows and of the values of each.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Parameter`] if `k` is 0 or `min_score` lies outside `0..=1`; [`ErrorKind::Limit`]
    /// if the search would cost more than `max_products`.
    pub fn new(matrix: &'m SparseMatrix, params: NearestParams) -> Result<Self> {
        if params.k == 0 || !(0.0..=1.0).contains(&params.min_score) {
            let message = "k must be 1 or more, and min_score from 0 to 1";
            return Err(Error::new(ErrorKind::Parameter, message));
        }
        let twins = Twins::of(matrix);
        let rows = RankedRows::of(matrix, &twins, TAIL * params.min_score);
        let plan = Self {
            matrix,
            params,
            twins,
            rows,
        };
        let n_products = plan.n_products();
        match plan.params.max_products {
            Some(most) if n_products > most => {
                let message = format!(
                    "the nearest clauses would cost {n_products} products, more than {most}: \
                     ask for a higher cosine or fewer clauses"
                );
                Err(Error::new(ErrorKind::Limit, message))
            }
            _ => Ok(plan),
        }
    }

    /// Returns how many products of two values the search will sum: its cost, but for the candidates
    /// that are worked out in full.
    pub fn n_products(&self) -> u64 {
        let squares = self.rows.n_postings.iter().map(|n| u64::from(*n).pow(2));
        squares.sum()
    }

    /// Returns for each row at most `k` rows of other groups with at least the least cosine, the most
    /// similar first, equally similar ones by id. `group_of` names the group of each row.
    ///
    /// The same to the bit on any number of threads.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Parameter`] if there is not one group a row; [`ErrorKind::Cancelled`] if the watch
    /// was.
    pub fn run<G: Copy + Ord + Sync>(&self, group_of: &[G]) -> Result<Vec<Vec<Neighbor>>> {
        if group_of.len() != self.matrix.n_rows() {
            let message = format!(
                "{} groups are given for {} rows",
                group_of.len(),
                self.matrix.n_rows()
            );
            return Err(Error::new(ErrorKind::Parameter, message));
        }
        let groups = Groups::of(&self.twins, group_of);
        let mut found: Vec<Found> = vec![Found::default(); self.twins.len()];
        let n_blocks = self.twins.len().div_ceil(BLOCK) as u64;
        let total = n_blocks * self.twins.len() as u64;
        let stage = self.params.watch.stage("neighbors", total);
        for start in (0..self.twins.len()).step_by(BLOCK) {
            let block = Block::of(&self.rows, start..(start + BLOCK).min(self.twins.len()));
            let questions = found.par_chunks_mut(QUESTIONS).enumerate();
            questions.try_for_each_init(
                || Scratch::new(self.matrix.n_columns()),
                |scratch, (chunk, found)| {
                    for (place, found) in found.iter_mut().enumerate() {
                        let question = chunk * QUESTIONS + place;
                        self.ask(question, (&block, &groups), scratch, found);
                    }
                    stage.advance(found.len() as u64)
                },
            )?;
        }
        let rows = (0..self.matrix.n_rows()).into_par_iter();
        Ok(rows
            .map(|row| self.neighbors(row, group_of, &found))
            .collect())
    }

    /// Adds what a block of rows has to the neighbors of one.
    fn ask<G: Copy + Ord>(
        &self,
        question: usize,
        (block, groups): (&Block, &Groups<G>),
        scratch: &mut Scratch,
        found: &mut Found,
    ) {
        found.floor = found.floor.max(self.params.min_score);
        let own_tail = self.rows.tail_norm(question);
        let candidates = block.candidates(self.rows.head(question), scratch);
        let least = single_floor(found.floor) - own_tail.max(self.rows.greatest_tail) - SLACK;
        let mut near: Vec<(f32, u32)> = candidates.filter(|(sum, _)| *sum >= least).collect();
        if near.is_empty() {
            return;
        }
        near.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let row = self.matrix.row(self.twins.first(question));
        for (column, value) in row.iter() {
            scratch.question[column as usize] = f64::from(value);
        }
        for (sum, place) in near {
            let candidate = block.start + place as usize;
            let floor = single_floor(found.floor) - SLACK;
            if sum + own_tail.max(self.rows.greatest_tail) < floor {
                break;
            }
            if sum + self.rows.most_left(question, candidate) < floor {
                continue;
            }
            let other = self.matrix.row(self.twins.first(candidate));
            let product: f64 = other
                .iter()
                .map(|(column, value)| scratch.question[column as usize] * f64::from(value))
                .sum();
            let product = product.min(1.0);
            if product >= found.floor {
                let n_foreign = groups.n_foreign(question, candidate, self.params.k);
                found.add((product, candidate, n_foreign), self.params.k);
            }
        }
        for &column in row.columns {
            scratch.question[column as usize] = 0.0;
        }
    }

    /// Returns the neighbors of a row, from those of all its twins together.
    fn neighbors<G: Copy + Eq>(
        &self,
        row: usize,
        group_of: &[G],
        found: &[Found],
    ) -> Vec<Neighbor> {
        let mut neighbors: Vec<Neighbor> = Vec::new();
        let mut least = f64::INFINITY;
        for &(product, other, _) in &found[self.twins.of_row[row] as usize].near {
            if neighbors.len() >= self.params.k && product < least {
                break;
            }
            least = product;
            let members = self
                .twins
                .members(other)
                .iter()
                .map(|member| *member as usize);
            let foreign = members.filter(|member| group_of[*member] != group_of[row]);
            neighbors.extend(foreign.take(self.params.k).map(|member| Neighbor {
                clause: ClauseId::new(member),
                score: Score::new(product),
            }));
        }
        neighbors.sort_unstable_by(|a, b| b.score.cmp(&a.score).then(a.clause.cmp(&b.clause)));
        neighbors.truncate(self.params.k);
        neighbors
    }
}

/// Returns a number in single precision that is not above it by more than the slack covers.
fn single_floor(value: f64) -> f32 {
    crate::vector::single(value)
}

/// The rows of a matrix, equal ones together.
#[derive(Debug)]
struct Twins {
    /// For each row the number of its set.
    of_row: Vec<u32>,
    /// Where each set starts in `rows`, and the end.
    starts: Vec<u32>,
    /// The rows set by set, those of a set in order.
    rows: Vec<u32>,
}

impl Twins {
    fn of(matrix: &SparseMatrix) -> Self {
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

    fn len(&self) -> usize {
        self.starts.len() - 1
    }

    fn members(&self, set: usize) -> &[u32] {
        &self.rows[self.starts[set] as usize..self.starts[set + 1] as usize]
    }

    fn first(&self, set: usize) -> usize {
        self.members(set)[0] as usize
    }
}

/// The groups that each set of twins belongs to.
struct Groups<G> {
    starts: Vec<usize>,
    /// The group of each member, in order of groups.
    groups: Vec<G>,
}

impl<G: Copy + Ord> Groups<G> {
    fn of(twins: &Twins, group_of: &[G]) -> Self {
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

    /// Returns how many members of `other`, at most `k`, are foreign to every member of `own`.
    fn n_foreign(&self, own: usize, other: usize, k: usize) -> usize {
        let own = self.of_set(own);
        let is_foreign = |group: &&G| own.binary_search(group).is_err();
        self.of_set(other).iter().filter(is_foreign).take(k).count()
    }
}

/// One row of each set of twins, its features from the rarest.
#[derive(Debug)]
struct RankedRows {
    starts: Vec<usize>,
    /// Where the part of each row that is indexed ends.
    head_ends: Vec<usize>,
    /// The place of each feature among all, the rarest first.
    ranks: Vec<u32>,
    values: Vec<f32>,
    /// The length of the row from each value on.
    left: Vec<f32>,
    /// For each feature, by rank, in how many indexed parts it stands.
    n_postings: Vec<u32>,
    greatest_tail: f32,
}

impl RankedRows {
    fn of(matrix: &SparseMatrix, twins: &Twins, tail: f64) -> Self {
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
            self.left[place] = single_floor(square.sqrt());
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

    /// Returns the part of a row that is indexed: ranks and values.
    fn head(&self, row: usize) -> (&[u32], &[f32]) {
        let range = self.starts[row]..self.head_ends[row];
        (&self.ranks[range.clone()], &self.values[range])
    }

    /// Returns the length of the part that is not indexed.
    fn tail_norm(&self, row: usize) -> f32 {
        self.length_from(row, self.head_ends[row])
    }

    fn length_from(&self, row: usize, place: usize) -> f32 {
        if place < self.starts[row + 1] {
            self.left[place]
        } else {
            0.0
        }
    }

    /// Returns the most that two rows' products of features outside both indexed parts can add.
    fn most_left(&self, a: usize, b: usize) -> f32 {
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

/// Returns the place of each feature among all, the rarest first; equally rare ones by number.
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

/// The indexed parts of some rows, by feature.
struct Block {
    start: usize,
    starts: Vec<u32>,
    postings: Vec<(u32, f32)>,
}

impl Block {
    fn of(rows: &RankedRows, range: Range<usize>) -> Self {
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

    /// Returns the rows that share an indexed feature, by place in the block, with the sum over those
    /// features.
    fn candidates<'s>(
        &self,
        (ranks, values): (&[u32], &[f32]),
        scratch: &'s mut Scratch,
    ) -> impl Iterator<Item = (f32, u32)> + use<'s> {
        let Scratch { sums, met, .. } = scratch;
        met.clear();
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
        // A row that was met twice, its sum having come back to zero, counts once.
        met.iter().filter_map(|&place| {
            let sum = std::mem::take(&mut sums[place as usize]);
            (sum != 0.0).then_some((sum, place))
        })
    }
}

/// Memory of a worker that serves question after question.
struct Scratch {
    /// For each row of a block the sum so far.
    sums: Vec<f32>,
    met: Vec<u32>,
    /// The row that is asked about, in full.
    question: Vec<f64>,
}

impl Scratch {
    fn new(n_columns: usize) -> Self {
        Self {
            sums: vec![0.0; BLOCK],
            met: Vec::new(),
            question: vec![0.0; n_columns],
        }
    }
}

/// The nearest sets of twins of one.
#[derive(Clone, Debug, Default)]
struct Found {
    /// The cosine, the set, and how many of its members surely count; the greatest cosine first.
    near: Vec<(f64, usize, usize)>,
    /// What a further one has to reach.
    floor: f64,
}

impl Found {
    /// Adds a set, and drops those that `k` better ones make needless.
    fn add(&mut self, new: (f64, usize, usize), k: usize) {
        let place = self.near.partition_point(|known| {
            known.0.total_cmp(&new.0).is_gt()
                || known.0.total_cmp(&new.0).is_eq() && known.1 < new.1
        });
        self.near.insert(place, new);
        let mut n_counted = 0;
        for place in 0..self.near.len() {
            n_counted += self.near[place].2;
            if n_counted >= k {
                // Equally near ones stay: their ids decide.
                self.floor = self.near[place].0;
                let floor = self.floor;
                self.near.retain(|known| known.0 >= floor);
                return;
            }
        }
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).expect("a matrix has fewer than 2^32 rows, columns and values")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vector::sparse_test::unit_matrix;
    use proptest::prelude::*;

    /// All neighbors by comparing every row with every other.
    fn by_brute_force(
        matrix: &SparseMatrix,
        group_of: &[u8],
        params: &NearestParams,
    ) -> Vec<Vec<Neighbor>> {
        let of_row = |row: usize| {
            let others = (0..matrix.n_rows()).filter(|other| group_of[*other] != group_of[row]);
            let products = others.map(|other| (matrix.row(row).dot(matrix.row(other)), other));
            let mut near: Vec<(f64, usize)> = products
                .filter(|(product, _)| *product >= params.min_score && *product > 0.0)
                .collect();
            near.sort_by(|a, b| {
                let scores = (Score::new(a.0), Score::new(b.0));
                scores.1.cmp(&scores.0).then(a.1.cmp(&b.1))
            });
            near.truncate(params.k);
            let neighbors = near.into_iter().map(|(product, other)| Neighbor {
                clause: ClauseId::new(other),
                score: Score::new(product),
            });
            neighbors.collect()
        };
        (0..matrix.n_rows()).map(of_row).collect()
    }

    proptest! {
        #[test]
        fn neighbors_are_those_of_comparing_all_pairs(
            cells in prop::collection::vec(prop::collection::btree_map(0u32..12, 1u8..4, 0..6), 1..40),
            groups in prop::collection::vec(0u8..4, 40),
            k in 1usize..5,
            min_score in prop::sample::select(vec![0.0, 0.3, 0.5, 0.8, 1.0]),
        ) {
            let matrix = unit_matrix(12, &cells);
            let groups = &groups[..matrix.n_rows()];
            let params = NearestParams { k, min_score, ..NearestParams::default() };
            let expected = by_brute_force(&matrix, groups, &params);
            let found = NearestPlan::new(&matrix, params).unwrap().run(groups).unwrap();
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn the_cost_is_known_before_and_may_be_refused() {
        let rows = [vec![(0, 1.0)], vec![(0, 1.0)], vec![(0, 0.8), (1, 0.6)]];
        let matrix = SparseMatrix::from_rows(2, rows);
        let plan = NearestPlan::new(&matrix, NearestParams::default()).unwrap();
        // Two distinct rows share the frequent feature, one alone has the rare one.
        assert_eq!(plan.n_products(), 5);
        let params = NearestParams {
            max_products: Some(4),
            ..NearestParams::default()
        };
        let error = NearestPlan::new(&matrix, params).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Limit);
    }

    #[test]
    fn a_cancelled_search_ends() {
        let matrix = SparseMatrix::from_rows(1, [vec![(0, 1.0)], vec![(0, 1.0)]]);
        let watch = Watch::new(|_| {});
        watch.cancel();
        let params = NearestParams {
            watch,
            ..NearestParams::default()
        };
        let plan = NearestPlan::new(&matrix, params).unwrap();
        assert_eq!(plan.run(&[0, 1]).unwrap_err().kind(), ErrorKind::Cancelled);
    }
}
