//! [`SimilarityScale`]: similarity of clauses, with a same-subject threshold calibrated on the corpus.

use rayon::prelude::*;

use crate::corpus::Corpus;
use crate::id::ClauseId;
use crate::language::Language;
use crate::reuse::compare::{Comparison, compare};
use crate::reuse::grade::{GradedClause, Overlap, TopicSimilarity, grade};
use crate::score::Score;
use crate::similarity::Representation;

/// The number of pairs of clauses sampled for the scale.
const N_SAMPLED: usize = 8_192;
/// Of this number of random pairs, all but one are below the threshold.
const ONE_IN: usize = 20;
/// The lowest threshold: below it, clauses are never of the same subject, however mixed the corpus.
const LEAST: f64 = 0.1;
/// The step through the clauses, coprime to most clause counts.
const STRIDE: usize = 7_919;

/// The similarity of clauses, calibrated on their own corpus.
#[derive(Debug)]
pub struct SimilarityScale<'r> {
    representation: &'r Representation,
    same_subject_from: Score,
}

impl<'r> SimilarityScale<'r> {
    /// Samples pairs of clauses of different agreements at steps of a fixed length. Two clauses have
    /// the same subject if they are more similar than 0.95 of these pairs.
    ///
    /// A fixed threshold would not do: in a corpus of one kind of agreement every two clauses share
    /// words, in a mixed one hardly any do. Costs some thousand cosines.
    pub fn of(corpus: &Corpus, representation: &'r Representation) -> Self {
        let n = corpus.clauses().len();
        let mut scale = Self {
            representation,
            same_subject_from: Score::new(LEAST),
        };
        if n < 2 {
            return scale;
        }
        let agreement = |place: usize| corpus.clauses()[place].agreement;
        let sample = |k: usize| {
            let a = k.wrapping_mul(STRIDE) % n;
            [a, (k / n + k.wrapping_mul(STRIDE + 2) + 1) % n]
        };
        let sampled: Vec<[usize; 2]> = (0..N_SAMPLED)
            .map(sample)
            .filter(|[a, b]| agreement(*a) != agreement(*b))
            .collect();
        let mut near: Vec<Score> = sampled
            .into_par_iter()
            .map(|pair| pair.map(ClauseId::new))
            .map(|[a, b]| scale.nearness(a, b).by_subject)
            .collect();
        near.sort_unstable();
        let place = near.len() - near.len() / ONE_IN;
        if let Some(threshold) = near.get(place) {
            scale.same_subject_from = (*threshold).max(scale.same_subject_from);
        }
        scale
    }

    /// Returns the similarity of two clauses.
    pub(crate) fn nearness(&self, a: ClauseId, b: ClauseId) -> TopicSimilarity {
        let by_words = self.representation.words().similarity(a, b);
        let rows = self.representation.rows();
        let by_rows = Score::of_cosine(rows.row(a.index()).dot(rows.row(b.index())));
        TopicSimilarity {
            by_words,
            by_subject: Score::new(f64::midpoint(by_words.value(), by_rows.value())),
            same_subject_from: self.same_subject_from,
        }
    }

    /// Returns the same-subject threshold.
    pub(crate) fn same_subject_from(&self) -> Score {
        self.same_subject_from
    }

    /// Compares two texts word by word, as [`compare`] does, and grades them. `clauses` are the clauses
    /// of the corpus with these words; without them only shared words count.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::corpus::{Corpus, LoadParams};
    /// use consonance::language::Language;
    /// use consonance::reuse::{Grade, SimilarityScale};
    /// use consonance::similarity::{Representation, RepresentationParams};
    ///
    /// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
    /// let representation = Representation::of(&corpus, &RepresentationParams::default())?;
    /// let scale = SimilarityScale::of(&corpus, &representation);
    /// let texts = ["Members shall tell of lights.", "Members should not tell of lights."];
    /// let (_, overlap) = scale.compare_texts(texts, None, Language::ENGLISH, 4);
    /// assert_eq!(overlap.grade, Grade::Opposed);
    /// assert_eq!(overlap.changed(), ["negation", "modal"]);
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn compare_texts(
        &self,
        texts: [&str; 2],
        clauses: Option<[ClauseId; 2]>,
        language: Language,
        min_run_words: usize,
    ) -> (Comparison, Overlap) {
        let comparison = compare(texts, language, min_run_words);
        let nearness = clauses
            .map(|[a, b]| self.nearness(a, b))
            .unwrap_or_default();
        let [a, b] = texts.map(|text| GradedClause::of_text(text, language));
        let overlap = grade(a, b, &comparison, nearness);
        (comparison, overlap)
    }

    /// Compares two clauses of the corpus word by word, in the language of the first, and grades them.
    pub(crate) fn compare(
        &self,
        corpus: &Corpus,
        clauses: [ClauseId; 2],
        min_run_words: usize,
    ) -> (Comparison, Overlap) {
        let [a, b] = clauses;
        let texts = clauses.map(|clause| corpus.text(clause));
        let comparison = compare(texts, corpus.clause(a).language, min_run_words);
        let [graded_a, graded_b] = clauses.map(|clause| GradedClause::of(corpus, clause));
        let overlap = grade(graded_a, graded_b, &comparison, self.nearness(a, b));
        (comparison, overlap)
    }
}
