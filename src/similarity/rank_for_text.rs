//! [`rank_for_text`]: ranks the clauses of a corpus by similarity to a text outside it.

use ndarray::Array1;

use crate::error::Result;
use crate::id::ClauseId;
use crate::language::Language;
use crate::similarity::neighbors::{NeighborSearch, ranked};
use crate::similarity::representation::Representation;
use crate::vector::{SparseMatrix, normalize};

/// Number of feedback clauses.
const N_SPOKESMEN: usize = 5;

/// Returns all clauses, the most similar to a text first; ties by id.
///
/// A text outside the corpus has no row in the space used for clustering. It is represented there by the
/// mean row of the five clauses most similar by words. Clauses are sorted by the sum of two cosines: of
/// the text's words with the clause's words, and of that mean with the clause's row; with a model of sentence vectors, that of
/// both vectors is added. After
/// pseudo-relevance feedback (Rocchio, 1971; Croft and Harper, 1979). Costs two passes over the clauses.
///
/// # Errors
///
/// [`ErrorKind::Format`](crate::error::ErrorKind::Format) if the model of sentence vectors cannot read the text.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::language::Language;
/// use consonance::similarity::{Representation, RepresentationParams, rank_for_text};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let representation = Representation::of(&corpus, &RepresentationParams::default())?;
/// let text = "Nobody should steal trade secrets.";
/// let ranked = rank_for_text(&representation, text, Language::ENGLISH)?;
/// assert_eq!(corpus.citation(ranked[0]), "US–China 2015 [1]");
/// assert_eq!(ranked.len(), 93);
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn rank_for_text(
    representation: &Representation,
    text: &str,
    language: Language,
) -> Result<Vec<ClauseId>> {
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
    let both = words.matrix().rows().zip(rows.rows());
    let meaning = meaning_of(representation, text, language)?;
    let by_words = both.map(|(by_words, row)| by_words.dot(question) + row.dot(mean.row(0)));
    let scores = by_words.enumerate().map(|(clause, score)| match &meaning {
        Some(cosines) => score + cosines[clause],
        None => score,
    });
    Ok(ranked(scores))
}

/// Returns the cosine of each clause's sentence vector with that of a text, if there is a model.
fn meaning_of(
    representation: &Representation,
    text: &str,
    language: Language,
) -> Result<Option<Array1<f64>>> {
    let Some(sentences) = representation.sentences() else {
        return Ok(None);
    };
    let meaning = sentences.project(text, language)?;
    Ok(Some(sentences.rows().dot(&meaning)))
}
