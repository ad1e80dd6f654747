//! [`k_nearest`]: for every row its most similar rows of other groups, exactly.

use rayon::prelude::*;

use crate::error::{Error, ErrorKind, Result};
use crate::id::ClauseId;
use crate::score::Score;
use crate::similarity::join::block::{BLOCK, RowBlock, Scratch};
use crate::similarity::join::ranked::RankedRows;
use crate::similarity::join::twins::{Groups, Twins};
use crate::similarity::neighbors::{Neighbor, most_similar};
use crate::vector::{SparseMatrix, single};

/// The number of rows a worker processes at once.
const QUESTIONS: usize = 64;
/// The maximum length of the part of a row that is not indexed, as a proportion of the minimum cosine.
const TAIL: f64 = 0.9;
/// A generous bound on the error of sums in single precision.
const SLACK: f32 = 1e-4;

/// Returns for each row of a matrix, whose rows have length 1 or are zero, at most `k` rows of other groups
/// with a cosine of at least `min_score`, the most similar first, ties by id. `group_of` gives the group of
/// each row. A higher `min_score` is faster.
///
/// Equal rows are merged. Features are ordered from the rarest. The last part of a row, whose length is
/// below 0.9 times the minimum cosine, is not indexed: two rows whose product reaches the minimum must
/// share a feature of both first parts. The sum over first parts, plus the upper bound of the rest (the
/// product of the lengths), must reach the minimum cosine and, once `k` neighbors are known, the `k`-th
/// best; only then is the full product computed. Prefix filtering (Bayardo, Ma and Srikant, 2007) and
/// bounds by remaining norms (Anastasiu and Karypis, 2014), with a rising threshold; the result is exact.
///
/// Takes about 16 bytes for each value of the matrix; bitwise identical on any number of threads.
///
/// # Errors
///
/// [`ErrorKind::Parameter`] if `k` is 0, `min_score` lies outside `0..=1`, or there is not one group per
/// row.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams, find_clause};
/// use consonance::similarity::{Representation, RepresentationParams, k_nearest};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let representation = Representation::of(&corpus, &RepresentationParams::default())?;
/// let words = representation.words().matrix();
/// let nearest = k_nearest(words, representation.process_of(), 3, 0.1)?;
/// let of_one = &nearest[find_clause(&corpus, "GGE 13(i)")?.index()];
/// assert_eq!(corpus.citation(of_one[0].clause), "Paris Call 2018 Principle 5");
/// assert!(of_one.iter().all(|neighbor| neighbor.score.value() >= 0.1));
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn k_nearest<G: Copy + Ord + Sync>(
    matrix: &SparseMatrix,
    group_of: &[G],
    k: usize,
    min_score: f64,
) -> Result<Vec<Vec<Neighbor>>> {
    Error::check("k", k, 1.., "1 or more")?;
    Error::check("min_score", min_score, 0.0..=1.0, "from 0 to 1")?;
    let n_rows = matrix.n_rows();
    if group_of.len() != n_rows {
        let message = format!("{} groups are given for {n_rows} rows", group_of.len());
        return Err(Error::new(ErrorKind::Parameter, message));
    }
    let twins = Twins::of(matrix);
    let search = Search {
        rows: RankedRows::of(matrix, &twins, TAIL * min_score),
        groups: Groups::of(&twins, group_of),
        matrix,
        k,
        twins,
    };
    let found = search.found(min_score);
    let rows = (0..n_rows).into_par_iter();
    Ok(rows
        .map(|row| search.neighbors(row, group_of, &found))
        .collect())
}

/// The rows of a search, prepared.
struct Search<'m, G> {
    matrix: &'m SparseMatrix,
    k: usize,
    /// Sets of equal rows, each represented by its first row.
    twins: Twins,
    rows: RankedRows,
    groups: Groups<G>,
}

impl<G: Copy + Ord + Sync> Search<'_, G> {
    /// Returns the nearest sets of each set of equal rows.
    fn found(&self, min_score: f64) -> Vec<Found> {
        let first = Found {
            near: Vec::new(),
            floor: min_score,
        };
        let mut found = vec![first; self.twins.len()];
        for start in (0..self.twins.len()).step_by(BLOCK) {
            let block = RowBlock::of(&self.rows, start..(start + BLOCK).min(self.twins.len()));
            let questions = found.par_chunks_mut(QUESTIONS).enumerate();
            questions.for_each_init(
                || Scratch::new(self.matrix.n_columns()),
                |scratch, (chunk, found)| {
                    for (question, found) in (chunk * QUESTIONS..).zip(found) {
                        self.ask(question, &block, scratch, found);
                    }
                },
            );
        }
        found
    }

    /// Adds the neighbors of one row that are in a block.
    fn ask(&self, question: usize, block: &RowBlock, scratch: &mut Scratch, found: &mut Found) {
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
                    n_foreign: self.groups.n_foreign(question, candidate, self.k),
                };
                found.add(near, self.k);
            }
        }
        for &column in row.columns {
            scratch.question[column as usize] = 0.0;
        }
    }

    /// Returns the neighbors of a row, from those of all rows equal to it.
    fn neighbors(&self, row: usize, group_of: &[G], found: &[Found]) -> Vec<Neighbor> {
        let mut neighbors: Vec<Neighbor> = Vec::new();
        let mut least = f64::INFINITY;
        for &NearSet { product, set, .. } in &found[self.twins.of_row[row] as usize].near {
            if neighbors.len() >= self.k && product < least {
                break;
            }
            least = product;
            let members = self.twins.members(set).iter();
            let members = members.map(|member| *member as usize);
            let foreign = members.filter(|member| group_of[*member] != group_of[row]);
            neighbors.extend(foreign.take(self.k).map(|member| Neighbor {
                clause: ClauseId::new(member),
                score: Score::new(product),
            }));
        }
        most_similar(neighbors, self.k)
    }
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
#[derive(Clone, Debug)]
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
        k: usize,
        min_score: f64,
    ) -> Vec<Vec<Neighbor>> {
        let of_row = |row: usize| {
            let others = (0..matrix.n_rows()).filter(|other| group_of[*other] != group_of[row]);
            let products = others.map(|other| (matrix.row(row).dot(matrix.row(other)), other));
            let mut near: Vec<(f64, usize)> = products
                .filter(|(product, _)| *product >= min_score && *product > 0.0)
                .collect();
            near.sort_by(|a, b| {
                let scores = (Score::new(a.0), Score::new(b.0));
                scores.1.cmp(&scores.0).then(a.1.cmp(&b.1))
            });
            near.truncate(k);
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
            let expected = by_brute_force(&matrix, groups, k, min_score);
            let found = k_nearest(&matrix, groups, k, min_score).unwrap();
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn what_is_out_of_range_is_refused_by_name() {
        let matrix = SparseMatrix::from_rows(1, [vec![(0, 1.0)], vec![(0, 1.0)]]);
        let parameter = |k, min_score| k_nearest(&matrix, &[0, 1], k, min_score).unwrap_err();
        assert_eq!(parameter(0, 0.5).parameter_name(), Some("k"));
        assert_eq!(parameter(1, 1.5).parameter_name(), Some("min_score"));
        let error = k_nearest(&matrix, &[0], 1, 0.5).unwrap_err();
        assert!(error.to_string().starts_with("1 groups"), "{error}");
    }
}
