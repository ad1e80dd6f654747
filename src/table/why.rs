//! [`why_together`]: what two clauses share, and what a row does.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::cluster::Resampling;
use crate::corpus::Corpus;
use crate::id::{ClauseId, FeatureId, TermId};
use crate::reuse::{Passage, longest};
use crate::score::Score;
use crate::similarity::Representation;
use crate::vector::{Contribution, SparseMatrix};

/// The most shared terms that are told.
const MAX_SHARED: usize = 12;
/// The shortest run of terms worth telling.
const MIN_RUN: usize = 2;

/// Why clauses are together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Why {
    /// Their cosine on their words; the mean over all pairs of a row.
    pub score: Score,
    /// Their cosine on the rows that clusters are made on, where neighbors and latent dimensions
    /// count; the mean over all pairs of a row.
    pub clustered: Score,
    /// The share of resampled runs with both that keep them together, if there were any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub together: Option<Score>,
    /// The terms they share, each with the part of `score` that it makes, the weightiest first.
    pub shared: Vec<Contribution>,
    /// The longest passage of terms that a pair shares, by the bytes of the compared texts: the same
    /// stems in the same order, stop words between them passed over; `None` for a row, or if none has
    /// two terms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<Passage>,
}

/// Returns why two clauses are together.
///
/// The parts of the shared terms sum to the cosine on words. Costs the pairs of equal terms of both.
///
/// # Panics
///
/// Panics if a clause comes from another, larger corpus.
pub fn why_together(
    corpus: &Corpus,
    representation: &Representation,
    (a, b): (ClauseId, ClauseId),
    resampling: Option<&Resampling>,
) -> Why {
    let words = representation.words();
    let rows = representation.rows();
    let mut shared = words.explain(a, b);
    shared.truncate(MAX_SHARED);
    Why {
        score: words.similarity(a, b),
        clustered: Score::of_cosine(rows.row(a.index()).dot(rows.row(b.index()))),
        together: resampling.and_then(|resampling| resampling.together(a, b)),
        shared,
        run: longest_run(corpus, representation, [a, b]),
    }
}

/// Returns why the clauses of a row are together: their mean similarities, and the features that make
/// most of the mean similarity on words.
///
/// Of `n` rows of length 1 with sum S, a feature's part in the mean over all pairs is
/// `(S_f^2 - sum of x_f^2) / (n (n - 1))`. Costs one pass over the rows' values.
///
/// # Panics
///
/// Panics if a clause comes from another, larger corpus.
pub fn why_row(
    representation: &Representation,
    clauses: &[ClauseId],
    resampling: Option<&Resampling>,
) -> Why {
    let words = representation.words();
    let parts = parts_of_mean(words.matrix(), clauses);
    let mut shared: Vec<Contribution> = parts
        .iter()
        .filter(|(_, part)| *part > 0.0)
        .map(|(column, part)| Contribution {
            term: words.feature(FeatureId::new(*column as usize)),
            share: Score::new(*part),
        })
        .collect();
    shared.sort_by(|x, y| y.share.cmp(&x.share).then_with(|| x.term.cmp(&y.term)));
    shared.truncate(MAX_SHARED);
    let mean_of = |parts: &[(u32, f64)]| Score::of_cosine(parts.iter().map(|(_, part)| part).sum());
    let stabilities = resampling.map(|resampling| resampling.stability(clauses));
    let together = stabilities.and_then(|each| {
        crate::cluster::mean(each.iter().flatten().map(|share| share.value())).map(Score::new)
    });
    Why {
        score: mean_of(&parts),
        clustered: mean_of(&parts_of_mean(representation.rows(), clauses)),
        together,
        shared,
        run: None,
    }
}

/// Returns the single words that make the similarity of two clauses, the weightiest first, as the
/// first of them writes them; runs of words and concepts, which make the rest, are left out.
pub(crate) fn shared_words(
    corpus: &Corpus,
    representation: &Representation,
    (a, b): (ClauseId, ClauseId),
) -> Vec<Contribution> {
    let text = corpus.compared_text(a);
    let language = corpus.clause(a).language;
    let tokens = representation.analyzer().analyze(&text, language);
    let written = |part: Contribution| {
        let token = tokens.iter().find(|token| token.term == part.term)?;
        let written = text[token.range.clone()].trim_matches(|c: char| !c.is_alphanumeric());
        let term = written.to_lowercase();
        Some(Contribution { term, ..part })
    };
    let shared = representation.words().explain(a, b);
    shared.into_iter().filter_map(written).collect()
}

/// Returns what each column adds to the mean product over all pairs of rows.
pub(crate) fn parts_of_mean(matrix: &SparseMatrix, clauses: &[ClauseId]) -> Vec<(u32, f64)> {
    let places: Vec<usize> = clauses.iter().map(|id| id.index()).collect();
    let n = places.len() as f64;
    let n_pairs = (n * (n - 1.0)).max(1.0);
    let mut parts: Vec<(u32, f64)> = matrix
        .sum_of_rows(&places)
        .into_iter()
        .map(|(column, sum)| (column, f64::from(sum) * f64::from(sum)))
        .collect();
    for &place in &places {
        for (column, value) in matrix.row(place).iter() {
            if let Ok(at) = parts.binary_search_by_key(&column, |(column, _)| *column) {
                parts[at].1 -= f64::from(value) * f64::from(value);
            }
        }
    }
    for (_, part) in &mut parts {
        *part /= n_pairs;
    }
    parts
}

fn longest_run(
    corpus: &Corpus,
    representation: &Representation,
    [a, b]: [ClauseId; 2],
) -> Option<Passage> {
    let placed = [a, b].map(|clause| placed_terms(corpus, representation, clause));
    let [left, right] = &placed;
    let ids = |terms: &[PlacedTerm]| -> Vec<TermId> { terms.iter().map(|term| term.id).collect() };
    let run = longest(&ids(left), &ids(right)).filter(|run| run.n >= MIN_RUN)?;
    let range = |terms: &[PlacedTerm], start: usize| {
        terms[start].range.start..terms[start + run.n - 1].range.end
    };
    let passage = Passage::new(range(left, run.a), range(right, run.b), run.n);
    Some(passage.with_words(&corpus.compared_text(a)))
}

/// A term of a clause that counts.
pub(crate) struct PlacedTerm {
    pub(crate) id: TermId,
    /// Its bytes in the clause's compared text.
    pub(crate) range: Range<usize>,
}

/// Returns the terms of a clause that count.
pub(crate) fn placed_terms(
    corpus: &Corpus,
    representation: &Representation,
    clause: ClauseId,
) -> Vec<PlacedTerm> {
    let text = corpus.compared_text(clause);
    let language = corpus.clause(clause).language;
    let terms = representation.lists().of_clause(clause).iter();
    let tokens = representation.analyzer().analyze(&text, language);
    let counted = tokens.into_iter().filter(|token| token.weight > 0.0);
    let placed = terms.zip(counted).map(|(term, token)| PlacedTerm {
        id: term.term,
        range: token.range,
    });
    placed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_the_mean_by_hand() {
        // Three rows, pairs' products 0.6, 1 and 0.6: their mean is 2.2 / 3.
        let rows = [vec![(0, 1.0)], vec![(0, 0.6), (1, 0.8)], vec![(0, 1.0)]];
        let matrix = SparseMatrix::from_rows(2, rows);
        let clauses: Vec<ClauseId> = (0..3).map(ClauseId::new).collect();
        let parts = parts_of_mean(&matrix, &clauses);
        assert!((parts[0].1 - 2.2 / 3.0).abs() < 1e-6, "{parts:?}");
        assert!(parts[1].1.abs() < 1e-6, "{parts:?}");
    }
}
