//! [`SimilarityMatrix`]: the similarity of agreements or issues, and a tree that joins the most
//! similar ones first.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::cluster::Dendrogram;
use crate::error::Result;
use crate::finding::study::Study;
use crate::id::{AgreementId, ClauseId};
use crate::score::Score;
use crate::similarity::{Distances, Representation};
use crate::vector::{SparseMatrix, single};

/// The name and version of the JSON form.
const SCHEMA: &str = "consonance.likeness/1";

/// The pairwise similarity of some groups of clauses, and the tree that joins them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SimilarityMatrix {
    /// The name and version of this form: `consonance.likeness/1`.
    pub schema: String,
    /// What is compared, in the order of the corpus or of the table.
    pub(crate) items: Vec<MatrixItem>,
    /// The TF-IDF cosine of every item with every other; 1 with itself.
    pub scores: Vec<Vec<Score>>,
    /// The merges of average linkage, the most similar first.
    pub(crate) merges: Vec<Merge>,
    /// The indexes of the items in an order in which no branches of the tree cross; of two branches,
    /// the one with the earlier item comes first.
    pub order: Vec<usize>,
}

/// An agreement or an issue that is compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MatrixItem {
    /// The key of the agreement, or the name of the issue.
    pub(crate) id: String,
    /// The name to show.
    pub(crate) name: String,
    /// The number of its clauses.
    pub(crate) n_clauses: usize,
}

/// Two branches of a tree that become one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Merge {
    /// One branch: the index of an item, or the number of items plus the index of a merge.
    pub(crate) left: usize,
    /// The other one.
    pub(crate) right: usize,
    /// The mean cosine between the items of both.
    pub(crate) score: Score,
}

/// Returns the similarity of the agreements of a corpus.
///
/// An agreement is the sum of its clauses' TF-IDF rows: two are similar if they use the same content
/// words with the same frequency, whatever they say with them. Costs one pass over the rows, and the
/// square of the number of agreements.
///
/// # Errors
///
/// [`ErrorKind::Limit`](crate::error::ErrorKind::Limit) if there are too many agreements to store all
/// distances.
pub(crate) fn similarity_of_agreements(study: &Study) -> Result<SimilarityMatrix> {
    let corpus = study.corpus();
    let mut clauses_of: BTreeMap<AgreementId, Vec<ClauseId>> = BTreeMap::new();
    for clause in corpus.clause_ids() {
        let agreement = corpus.clause(clause).agreement;
        clauses_of.entry(agreement).or_default().push(clause);
    }
    let groups = clauses_of.into_iter().map(|(id, clauses)| {
        let agreement = corpus.agreement(id);
        (agreement.key.clone(), agreement.name.clone(), clauses)
    });
    likeness(study.representation(), groups.collect())
}

/// Returns the similarity of the issues of a table, as [`similarity_of_agreements`] does for agreements.
///
/// # Errors
///
/// [`ErrorKind::Limit`](crate::error::ErrorKind::Limit) if there are too many issues to store all distances.
pub(crate) fn similarity_of_issues(study: &Study) -> Result<SimilarityMatrix> {
    let groups = study.table().row_ids().map(|row| {
        let clauses = study.clauses_of(row).to_vec();
        (study.issue(row), study.issue(row), clauses)
    });
    likeness(study.representation(), groups.collect())
}

impl SimilarityMatrix {
    /// Returns the matrix of some of the items, given by index in increasing order; merges with a
    /// branch without any of them are removed.
    #[must_use]
    pub fn limited_to(&self, places: &[usize]) -> Self {
        let mut new_place: Vec<Option<usize>> = vec![None; self.items.len()];
        for (new, &old) in places.iter().enumerate() {
            new_place[old] = Some(new);
        }
        let mut merges = Vec::new();
        for merge in &self.merges {
            let branches = (new_place[merge.left], new_place[merge.right]);
            new_place.push(match branches {
                (Some(left), Some(right)) => {
                    merges.push(Merge {
                        left,
                        right,
                        score: merge.score,
                    });
                    Some(places.len() + merges.len() - 1)
                }
                (left, right) => left.or(right),
            });
        }
        let item = |place: &usize| self.items[*place].clone();
        let scores = |of: &usize| places.iter().map(|&with| self.scores[*of][with]).collect();
        Self {
            schema: self.schema.clone(),
            items: places.iter().map(item).collect(),
            scores: places.iter().map(scores).collect(),
            order: order_of_leaves(places.len(), &merges),
            merges,
        }
    }
}

/// An id, a name and clauses.
type Group = (String, String, Vec<ClauseId>);

fn likeness(representation: &Representation, groups: Vec<Group>) -> Result<SimilarityMatrix> {
    let words = representation.words().matrix();
    let rows = groups.iter().map(|group| direction(words, &group.2));
    let matrix = SparseMatrix::from_rows(words.n_columns(), rows);
    let distances = Distances::of(&matrix)?;
    let n = groups.len();
    let score = |i: usize, j: usize| Score::new(1.0 - f64::from(distances.between(i, j)));
    let scores_of = |i: usize| (0..n).map(|j| score(i, j)).collect();
    let merge = |(left, right, distance)| Merge {
        left,
        right,
        score: Score::new(1.0 - f64::from(distance)),
    };
    let merges: Vec<Merge> = Dendrogram::of(&distances).merges().map(merge).collect();
    let items = groups.into_iter().map(|(id, name, clauses)| MatrixItem {
        id,
        name,
        n_clauses: clauses.len(),
    });
    Ok(SimilarityMatrix {
        schema: SCHEMA.to_owned(),
        items: items.collect(),
        scores: (0..n).map(scores_of).collect(),
        order: order_of_leaves(n, &merges),
        merges,
    })
}

/// Returns the sum of some rows, scaled to length 1; empty if all of them are.
fn direction(matrix: &SparseMatrix, clauses: &[ClauseId]) -> Vec<(u32, f32)> {
    let places: Vec<usize> = clauses.iter().map(|id| id.index()).collect();
    let mut sum = matrix.sum_of_rows(&places);
    let square = |value: f32| f64::from(value) * f64::from(value);
    let norm = sum.iter().map(|(_, v)| square(*v)).sum::<f64>().sqrt();
    if norm > 0.0 {
        for (_, value) in &mut sum {
            *value = single(f64::from(*value) / norm);
        }
    }
    sum
}

/// Returns the leaves of a tree from one side to the other.
fn order_of_leaves(n_items: usize, merges: &[Merge]) -> Vec<usize> {
    let mut branches: Vec<Vec<usize>> = (0..n_items).map(|item| vec![item]).collect();
    for merge in merges {
        let mut left = std::mem::take(&mut branches[merge.left]);
        let mut right = std::mem::take(&mut branches[merge.right]);
        if left.iter().min() > right.iter().min() {
            std::mem::swap(&mut left, &mut right);
        }
        left.append(&mut right);
        branches.push(left);
    }
    branches.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_leaves_by_hand() {
        let merge = |left, right| Merge {
            left,
            right,
            score: Score::new(0.5),
        };
        // 1 and 3 join to 5, 0 and 2 to 6, 5 and 4 to 7, the rest to one.
        let merges = [merge(3, 1), merge(0, 2), merge(4, 5), merge(7, 6)];
        assert_eq!(order_of_leaves(5, &merges), [0, 2, 1, 3, 4]);
        assert_eq!(order_of_leaves(2, &[]), [0, 1]);
        assert!(order_of_leaves(0, &[]).is_empty());
    }

    #[test]
    fn a_direction_has_length_one() {
        let rows = [vec![(0, 1.0)], vec![(1, 1.0)], vec![]];
        let matrix = SparseMatrix::from_rows(2, rows);
        let clauses: Vec<ClauseId> = (0..3).map(ClauseId::new).collect();
        let sum = direction(&matrix, &clauses);
        let half = std::f32::consts::FRAC_1_SQRT_2;
        assert!(sum.iter().all(|(_, value)| (value - half).abs() < 1e-6));
        assert!(direction(&matrix, &clauses[2..]).is_empty());
    }
}
