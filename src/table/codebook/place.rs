//! [`place`]: assigns clauses to given issues.

use rayon::prelude::*;

use crate::corpus::Corpus;
use crate::error::{Diagnostic, Error, ErrorKind, Result, Severity};
use crate::id::ClauseId;
use crate::score::Score;
use crate::similarity::{NeighborSearch, Representation};
use crate::table::codebook::given::Codebook;
use crate::table::codebook::names::vectors_of_issues;
use crate::vector::{SparseMatrix, SparseRow, single, unit_row};

/// The most scores, clauses times issues, that are stored: 400 MB.
const MAX_SCORES: usize = 50_000_000;
/// The most clauses whose neighbors are searched; above, it would take minutes.
const MAX_WITH_NEIGHBORS: usize = 10_000;
/// The number of rounds in which scores pass between neighbors; a further round adds less than 0.3^10.
const N_ROUNDS: usize = 10;
/// The number of neighbors of other processes that a clause takes scores from.
const N_NEIGHBORS: usize = 8;
/// The proportion of a clause's score that comes from its neighbors.
const NEIGHBOR_SHARE: f64 = 0.3;
/// The weight of the similarity to the clauses already assigned to an issue, relative to that of its words.
const CENTER_WEIGHT: f64 = 0.3;
/// The number of times the centers of the issues are computed anew.
const N_CENTERINGS: usize = 2;
/// The number of words that explain an assignment.
const N_WORDS: usize = 6;

/// The assignment of the clauses of a corpus to given issues.
#[derive(Debug)]
pub(crate) struct Assignments {
    /// One entry for each clause, in the order of their ids.
    pub(crate) clauses: Vec<AssignedClause>,
    /// The issues to which no word can assign a clause.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// A clause and the given issue that it may belong to; issues are counted in the order of the codebook.
#[derive(Debug)]
pub(crate) struct AssignedClause {
    /// The issue it is assigned to; `None` if none is similar enough.
    pub(crate) issue: Option<usize>,
    /// The most similar issue and its similarity, if that is above 0. For a clause that the codebook
    /// itself names, its own issue, with score 1.
    pub(crate) first: Option<(usize, Score)>,
    /// The words it shares with the first issue, those of the greatest weight first, as stems; empty
    /// if only its neighbors or the other clauses of the issue are the reason.
    pub(crate) words: Vec<String>,
}

impl Assignments {
    /// Returns the clauses assigned to each issue of a codebook with `n_issues`, in order.
    pub(crate) fn clauses_of_issues(&self, n_issues: usize) -> Vec<Vec<ClauseId>> {
        let mut clauses = vec![Vec::new(); n_issues];
        for (index, assigned) in self.clauses.iter().enumerate() {
            if let Some(issue) = assigned.issue {
                clauses[issue].push(ClauseId::new(index));
            }
        }
        clauses
    }

    /// Returns the clauses that are similar enough to no given issue, in order.
    pub(crate) fn free(&self) -> Vec<ClauseId> {
        let is_free = |index: &usize| self.clauses[*index].issue.is_none();
        let free = (0..self.clauses.len()).filter(is_free);
        free.map(ClauseId::new).collect()
    }
}

impl Codebook {
    /// Returns for each clause of a corpus, in the order of their ids, the issue it is assigned to, counted
    /// in the order of the codebook; `None` if the score of each is below [`Codebook::min_score`], or 0.
    ///
    /// A clause that the codebook itself names is in its issue. The score of another with an issue, which is
    /// 1 at most, has three parts: the cosine of the clause with the issue's words; scores taken from the
    /// eight most similar clauses of *other* processes, `s' = 0.7 s + 0.3 W s`, where W holds each clause's
    /// neighbors weighted by their cosines (label propagation, Zhou et al., 2004); and, at a weight of 0.3,
    /// the cosine with the center of the clauses that these scores assign to the issue, as far as it exceeds
    /// the clause's mean cosine with all (relevance feedback, Rocchio, 1971). Only names are needed (dataless
    /// classification, Chang et al., 2008). Costs the neighbors of every clause, and clauses times issues.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Parameter`] if `min_score` is outside its range, or a seed names no clause, several, or
    /// one that another issue names; [`ErrorKind::Limit`] if clauses times issues are more than 50 million.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::corpus::{Corpus, LoadParams, find_clause};
    /// use consonance::similarity::{Representation, RepresentationParams};
    /// use consonance::table::Codebook;
    ///
    /// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
    /// let representation = Representation::of(&corpus, &RepresentationParams::default())?;
    /// let issues = ["Supply chain", "Human rights"];
    /// let issues = issues.map(|name| format!("[[issue]]\nname = \"{name}\"\n"));
    /// let codebook = Codebook::parse(&issues.concat())?;
    /// let assigned = codebook.assign(&corpus, &representation)?;
    /// let issue_of = |typed| Ok(assigned[find_clause(&corpus, typed)?.index()]);
    /// assert_eq!(issue_of("GGE 13(i)")?, Some(0));
    /// assert_eq!(issue_of("GGE 13(e)")?, Some(1));
    /// assert_eq!(issue_of("Paris Call Principle 4")?, None);
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn assign(
        &self,
        corpus: &Corpus,
        representation: &Representation,
    ) -> Result<Vec<Option<usize>>> {
        let assigned = place(corpus, representation, self)?.clauses.into_iter();
        Ok(assigned.map(|clause| clause.issue).collect())
    }
}

/// Scores every clause with each issue of a codebook, and assigns it: see [`Codebook::assign`].
pub(crate) fn place(
    corpus: &Corpus,
    representation: &Representation,
    guide: &Codebook,
) -> Result<Assignments> {
    Error::check("min_score", guide.min_score, 0.0..=1.0, "from 0 to 1")?;
    let (n_clauses, n_issues) = (corpus.clauses().len(), guide.issues.len());
    if n_clauses.saturating_mul(n_issues) > MAX_SCORES {
        let message =
            format!("{n_clauses} clauses by {n_issues} issues are more than {MAX_SCORES}");
        return Err(Error::new(ErrorKind::Limit, message));
    }
    let seeds = guide.seeds(corpus)?;
    let issues = vectors_of_issues(guide, corpus, representation, &seeds);
    let mut issue_of_seed = vec![None; n_clauses];
    for (issue, clauses) in seeds.iter().enumerate() {
        for clause in clauses {
            issue_of_seed[clause.index()] = Some(issue);
        }
    }
    let scores = scores(representation, &issues, &issue_of_seed);
    let assigned = |index: usize| {
        let first = first_issue(&scores[index], issue_of_seed[index]);
        let is_near = |score: Score| score.value() >= guide.min_score;
        let shares = |(issue, _)| weightiest_words(representation, index, issues.row(issue));
        AssignedClause {
            issue: first
                .filter(|(_, score)| is_near(*score))
                .map(|(issue, _)| issue),
            first,
            words: first.map_or_else(Vec::new, shares),
        }
    };
    Ok(Assignments {
        clauses: (0..n_clauses).into_par_iter().map(assigned).collect(),
        diagnostics: diagnostics(guide, &issues),
    })
}

/// Returns the score of each clause with each issue, in `0..=1`.
fn scores(
    representation: &Representation,
    issues: &SparseMatrix,
    issue_of_seed: &[Option<usize>],
) -> Vec<Vec<f64>> {
    let by_words: Vec<Vec<f64>> = representation
        .words()
        .matrix()
        .rows()
        .zip(issue_of_seed)
        .map(|(row, seeded_in)| {
            let product = |issue: usize| row.dot(issues.row(issue)).clamp(0.0, 1.0);
            let own = |issue: usize| {
                if *seeded_in == Some(issue) {
                    1.0
                } else {
                    product(issue)
                }
            };
            (0..issues.n_rows()).map(own).collect()
        })
        .collect();
    let near = passed_on(representation, by_words);
    let mut scores = near.clone();
    let middle = middle(representation.rows());
    for _ in 0..N_CENTERINGS {
        let centers = centers(representation.rows(), &scores, issue_of_seed);
        let of_clause = |(row, near): (SparseRow<'_>, &Vec<f64>)| -> Vec<f64> {
            // What a clause shares with all others is no evidence for an issue.
            let with_any = row.dot(middle.row(0)).max(0.0);
            near.iter()
                .zip(centers.rows())
                .map(|(score, center)| (score, (row.dot(center) - with_any).max(0.0)))
                .map(|(score, nearness)| score + CENTER_WEIGHT * nearness)
                .map(|sum| sum / (1.0 + CENTER_WEIGHT))
                .collect()
        };
        scores = representation
            .rows()
            .rows()
            .zip(&near)
            .map(of_clause)
            .collect();
    }
    scores
}

/// Returns the mean of all rows as a matrix of one row: its product with a row is the row's mean
/// product with all rows.
fn middle(rows: &SparseMatrix) -> SparseMatrix {
    let all: Vec<usize> = (0..rows.n_rows()).collect();
    let mut sum = rows.sum_of_rows(&all);
    for (_, value) in &mut sum {
        *value = single(f64::from(*value) / all.len().max(1) as f64);
    }
    SparseMatrix::from_rows(rows.n_columns(), [sum])
}

/// Gives every clause a part of the scores of its most similar clauses of other processes.
fn passed_on(representation: &Representation, own: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
    if own.len() > MAX_WITH_NEIGHBORS {
        return own;
    }
    let (rows, process_of) = (representation.rows(), representation.process_of());
    let search = NeighborSearch::new(rows);
    let neighbors: Vec<Vec<(usize, f64)>> = (0..own.len())
        .into_par_iter()
        .map(|index| {
            let is_foreign = |other: ClauseId| process_of[other.index()] != process_of[index];
            let near = search.nearest(rows.row(index), N_NEIGHBORS, is_foreign);
            let sum: f64 = near.iter().map(|neighbor| neighbor.score.value()).sum();
            let share = |score: Score| NEIGHBOR_SHARE * score.value() / sum;
            near.iter()
                .map(|neighbor| (neighbor.clause.index(), share(neighbor.score)))
                .collect()
        })
        .collect();
    let mut scores = own.clone();
    for _ in 0..N_ROUNDS {
        scores = (0..own.len())
            .into_par_iter()
            .map(|index| {
                let mut sum: Vec<f64> = own[index]
                    .iter()
                    .map(|score| (1.0 - NEIGHBOR_SHARE) * score)
                    .collect();
                for &(other, share) in &neighbors[index] {
                    for (sum, score) in sum.iter_mut().zip(&scores[other]) {
                        *sum += share * score;
                    }
                }
                sum
            })
            .collect();
    }
    scores
}

/// Returns the center of the clauses assigned to each issue, each weighted by its score.
fn centers(
    rows: &SparseMatrix,
    scores: &[Vec<f64>],
    issue_of_seed: &[Option<usize>],
) -> SparseMatrix {
    let n_issues = scores.first().map_or(0, Vec::len);
    let mut sums = vec![vec![0.0_f64; rows.n_columns()]; n_issues];
    for (index, scores) in scores.iter().enumerate() {
        let drawn_to = match issue_of_seed[index] {
            Some(issue) => Some((issue, 1.0)),
            None => best(scores.iter().copied()),
        };
        let Some((issue, score)) = drawn_to else {
            continue;
        };
        for (column, value) in rows.row(index).iter() {
            sums[issue][column as usize] += score * f64::from(value);
        }
    }
    let rows_of_centers = sums.into_iter().map(|sum| {
        let cells = (0_u32..).zip(sum);
        unit_row(cells.filter(|(_, value)| *value != 0.0))
    });
    SparseMatrix::from_rows(rows.n_columns(), rows_of_centers)
}

/// Returns the issue of a clause with its score, if that is above 0; that of a seed is its own, with 1.
fn first_issue(scores: &[f64], seeded_in: Option<usize>) -> Option<(usize, Score)> {
    if let Some(own) = seeded_in {
        return Some((own, Score::ONE));
    }
    // The parts of a score may sum to more than 1.
    let first = best(scores.iter().map(|score| score.clamp(0.0, 1.0)));
    first.map(|(issue, score)| (issue, Score::new(score)))
}

/// Returns the first issue with the greatest score, if that is above 0.
fn best(scores: impl Iterator<Item = f64>) -> Option<(usize, f64)> {
    let greatest = scores
        .enumerate()
        .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
    greatest.filter(|(_, score)| *score > 0.0)
}

/// Returns the words that a clause shares with an issue, ordered by their part of the cosine.
fn weightiest_words(
    representation: &Representation,
    clause: usize,
    issue: SparseRow<'_>,
) -> Vec<String> {
    let words = representation.words();
    let shared = words.matrix().row(clause).shared_with(issue).into_iter();
    let features = shared.map(|(column, _)| words.feature(column));
    features.take(N_WORDS).collect()
}

/// Reports the issues without a word that could assign a clause.
fn diagnostics(guide: &Codebook, issues: &SparseMatrix) -> Vec<Diagnostic> {
    let is_mute = |index: &usize| issues.row(*index).columns.is_empty();
    (0..guide.issues.len())
        .filter(is_mute)
        .map(|index| {
            let name = &guide.issues[index].name;
            let message = format!(
                "no clause can be drawn to the issue `{name}`: each of its words stands in another \
                 issue's name or in no clause; give it `words` or `clauses`"
            );
            Diagnostic::new(Severity::Note, message)
        })
        .collect()
}
