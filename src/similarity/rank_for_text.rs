//! [`rank_for_text`]: the clauses of a corpus by their nearness to a text that is none of them.

use crate::id::ClauseId;
use crate::language::Language;
use crate::similarity::neighbors::NeighborSearch;
use crate::similarity::representation::Representation;
use crate::vector::{SparseMatrix, normalize};

/// How many clauses nearest by words speak for the text.
const N_SPOKESMEN: usize = 5;

/// Returns all clauses, the nearest to a text first; equally near ones by id.
///
/// A text that is not in the corpus has no row among those that clusters are made on. The mean of
/// the rows of the five clauses nearest to it by words stands in for one: clauses come in the order
/// of the sum of two cosines, of the text's words with the clause's words, and of that mean with the
/// clause's row. After pseudo-relevance feedback (Rocchio, 1971; Croft and Harper, 1979). Costs two
/// passes over the clauses.
pub fn rank_for_text(
    representation: &Representation,
    text: &str,
    language: Language,
) -> Vec<ClauseId> {
    let words = representation.words();
    let tokens = representation.analyzer().analyze(text, language);
    let question = SparseMatrix::from_rows(words.matrix().n_columns(), [words.project(&tokens)]);
    let question = question.row(0);
    let near: Vec<usize> = NeighborSearch::new(words.matrix())
        .nearest(question, N_SPOKESMEN, |_| true)
        .iter()
        .map(|neighbor| neighbor.clause.index())
        .collect();
    let rows = representation.rows();
    let mut mean = rows.sum_of_rows(&near);
    normalize(&mut mean);
    let mean = SparseMatrix::from_rows(rows.n_columns(), [mean]);
    let mut ranked: Vec<(f64, usize)> = (0..rows.n_rows())
        .map(|index| {
            let by_words = words.matrix().row(index).dot(question);
            (by_words + rows.row(index).dot(mean.row(0)), index)
        })
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    ranked
        .into_iter()
        .map(|(_, index)| ClauseId::new(index))
        .collect()
}
