//! [`NearestPlan`]: for every row its most similar rows of other groups, exactly.

use rayon::prelude::*;

use crate::error::{Error, ErrorKind, Result};
use crate::id::ClauseId;
use crate::progress::Progress;
use crate::score::Score;
use crate::setters::setters;
use crate::similarity::join::block::{BLOCK, RowBlock, Scratch};
use crate::similarity::join::ranked::RankedRows;
use crate::similarity::join::twins::{Groups, Twins};
use crate::similarity::neighbors::Neighbor;
use crate::vector::{SparseMatrix, single};

/// The number of rows a worker processes at once.
const QUESTIONS: usize = 64;
/// The maximum length of the part of a row that is not indexed, as a proportion of the minimum cosine.
const TAIL: f64 = 0.9;
/// A generous bound on the error of sums in single precision.
const SLACK: f32 = 1e-4;

/// Parameters of the search.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct NearestParams {
    /// The maximum number of neighbors of a row; 10 by default.
    pub k: usize,
    /// The minimum cosine, in `0..=1`; 0.5 by default. Higher values are faster.
    pub min_score: f64,
    /// The maximum estimated cost, in products; no limit by default. A product takes about 2 nanoseconds
    /// of one core.
    pub max_products: Option<u64>,
    /// Progress of the search, which can be cancelled.
    pub progress: Progress,
}

impl Default for NearestParams {
    fn default() -> Self {
        Self {
            k: 10,
            min_score: 0.5,
            max_products: None,
            progress: Progress::default(),
        }
    }
}

impl NearestParams {
    setters! {
        k: usize,
        min_score: f64,
        max_products: impl Into<Option<u64>>,
        progress: Progress,
    }
}

/// A prepared search for the nearest rows of every row, whose cost is known in advance.
///
/// Equal rows are merged. Features are ordered from the rarest. The last part of a row, whose length is
/// below 0.9 times the minimum cosine, is not indexed: two rows whose product reaches the minimum must
/// share a feature of both first parts. The sum over first parts, plus the upper bound of the rest (the
/// product of the lengths), must reach the minimum cosine and, once `k` neighbors are known, the `k`-th
/// best; only then is the full product computed. Prefix filtering (Bayardo, Ma and Srikant, 2007) and
/// bounds by remaining norms (Anastasiu and Karypis, 2014), with a rising threshold; the result is exact.
///
/// Takes about 16 bytes for each value of the matrix.
#[derive(Debug)]
pub struct NearestPlan<'m> {
    matrix: &'m SparseMatrix,
    params: NearestParams,
    /// Sets of equal rows, each represented by its first row.
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
    pub fn new(matrix: &'m SparseMatrix, params: &NearestParams) -> Result<Self> {
        if params.k == 0 {
            return Err(Error::parameter("k", 0, "1 or more"));
        }
        if !(0.0..=1.0).contains(&params.min_score) {
            let min_score = params.min_score;
            return Err(Error::parameter("min_score", min_score, "from 0 to 1"));
        }
        let twins = Twins::of(matrix);
        let rows = RankedRows::of(matrix, &twins, TAIL * params.min_score);
        let plan = Self {
            matrix,
            params: params.clone(),
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
                Err(Error::beyond(most, message))
            }
            _ => Ok(plan),
        }
    }

    /// Returns the number of products of two values that the search will sum: its cost, apart from the
    /// candidates computed in full.
    pub fn n_products(&self) -> u64 {
        let squares = self.rows.n_postings.iter().map(|n| u64::from(*n).pow(2));
        squares.sum()
    }

    /// Returns for each row at most `k` rows of other groups with at least the minimum cosine, the most
    /// similar first, ties by id. `group_of` gives the group of each row.
    ///
    /// Bitwise identical on any number of threads.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Parameter`] if there is not one group per row; [`ErrorKind::Cancelled`] if the work was
    /// cancelled.
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
        let stage = self.params.progress.stage("neighbors", total);
        for start in (0..self.twins.len()).step_by(BLOCK) {
            let against = Against {
                block: RowBlock::of(&self.rows, start..(start + BLOCK).min(self.twins.len())),
                groups: &groups,
            };
            let questions = found.par_chunks_mut(QUESTIONS).enumerate();
            questions.try_for_each_init(
                || Scratch::new(self.matrix.n_columns()),
                |scratch, (chunk, found)| {
                    for (place, found) in found.iter_mut().enumerate() {
                        let question = chunk * QUESTIONS + place;
                        self.ask(question, &against, scratch, found);
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

    /// Adds the neighbors of one row that are in a block.
    fn ask<G: Copy + Ord>(
        &self,
        question: usize,
        against: &Against<'_, G>,
        scratch: &mut Scratch,
        found: &mut Found,
    ) {
        let Against { block, groups } = against;
        found.floor = found.floor.max(self.params.min_score);
        let own_tail = self.rows.tail_norm(question);
        let candidates = block.candidates(&self.rows, question, scratch);
        let least = single(found.floor) - own_tail.max(self.rows.greatest_tail) - SLACK;
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
            let floor = single(found.floor) - SLACK;
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
                let near = NearSet {
                    product,
                    set: candidate,
                    n_foreign: groups.n_foreign(question, candidate, self.params.k),
                };
                found.add(near, self.params.k);
            }
        }
        for &column in row.columns {
            scratch.question[column as usize] = 0.0;
        }
    }

    /// Returns the neighbors of a row, from those of all rows equal to it.
    fn neighbors<G: Copy + Eq>(
        &self,
        row: usize,
        group_of: &[G],
        found: &[Found],
    ) -> Vec<Neighbor> {
        let mut neighbors: Vec<Neighbor> = Vec::new();
        let mut least = f64::INFINITY;
        for &NearSet { product, set, .. } in &found[self.twins.of_row[row] as usize].near {
            if neighbors.len() >= self.params.k && product < least {
                break;
            }
            least = product;
            let members = self
                .twins
                .members(set)
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

/// What a row is compared with: a block of rows, and the groups of all.
struct Against<'g, G> {
    block: RowBlock,
    groups: &'g Groups<G>,
}

/// A set of equal rows near a row.
#[derive(Clone, Copy, Debug)]
struct NearSet {
    product: f64,
    set: usize,
    /// The minimum number of its members that count.
    n_foreign: usize,
}

/// The nearest sets of equal rows.
#[derive(Clone, Debug, Default)]
struct Found {
    /// The greatest cosine first.
    near: Vec<NearSet>,
    /// The score that a further set must reach.
    floor: f64,
}

impl Found {
    /// Adds a set, and drops those that cannot be among the `k` best.
    fn add(&mut self, new: NearSet, k: usize) {
        let place = self.near.partition_point(|known| {
            let by_product = known.product.total_cmp(&new.product);
            by_product.is_gt() || by_product.is_eq() && known.set < new.set
        });
        self.near.insert(place, new);
        let mut n_counted = 0;
        for place in 0..self.near.len() {
            n_counted += self.near[place].n_foreign;
            if n_counted >= k {
                // Ties are kept: their ids decide.
                self.floor = self.near[place].product;
                let floor = self.floor;
                self.near.retain(|known| known.product >= floor);
                return;
            }
        }
    }
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
            let params = NearestParams::default().k(k).min_score(min_score);
            let expected = by_brute_force(&matrix, groups, &params);
            let found = NearestPlan::new(&matrix, &params).unwrap().run(groups).unwrap();
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn the_cost_is_known_before_and_may_be_refused() {
        let rows = [vec![(0, 1.0)], vec![(0, 1.0)], vec![(0, 0.8), (1, 0.6)]];
        let matrix = SparseMatrix::from_rows(2, rows);
        let plan = NearestPlan::new(&matrix, &NearestParams::default()).unwrap();
        // Two distinct rows share the frequent feature; the rare one occurs in one row.
        assert_eq!(plan.n_products(), 5);
        let params = NearestParams::default().max_products(4);
        let error = NearestPlan::new(&matrix, &params).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Limit);
    }

    #[test]
    fn a_cancelled_search_ends() {
        let matrix = SparseMatrix::from_rows(1, [vec![(0, 1.0)], vec![(0, 1.0)]]);
        let progress = Progress::new(|_| {});
        progress.cancel();
        let params = NearestParams::default().progress(progress);
        let plan = NearestPlan::new(&matrix, &params).unwrap();
        assert_eq!(plan.run(&[0, 1]).unwrap_err().kind(), ErrorKind::Cancelled);
    }
}
