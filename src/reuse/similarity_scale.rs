//! [`SimilarityScale`]: similarity of clauses, with a same-subject threshold calibrated on the corpus.

use rayon::prelude::*;

use crate::corpus::Corpus;
use crate::id::ClauseId;
use crate::reuse::grade::TopicSimilarity;
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
        let sampled: Vec<(usize, usize)> = (0..N_SAMPLED)
            .map(|k| {
                (
                    k.wrapping_mul(STRIDE) % n,
                    (k / n + k.wrapping_mul(STRIDE + 2) + 1) % n,
                )
            })
            .filter(|(a, b)| agreement(*a) != agreement(*b))
            .collect();
        let mut near: Vec<Score> = sampled
            .into_par_iter()
            .map(|(a, b)| scale.measure(ClauseId::new(a), ClauseId::new(b)).1)
            .collect();
        near.sort_unstable();
        let place = near.len() - near.len() / ONE_IN;
        if let Some(threshold) = near.get(place) {
            scale.same_subject_from = (*threshold).max(scale.same_subject_from);
        }
        scale
    }

    /// Returns the similarity of two clauses.
    pub fn nearness(&self, a: ClauseId, b: ClauseId) -> TopicSimilarity {
        let (by_words, by_subject) = self.measure(a, b);
        TopicSimilarity {
            by_words,
            by_subject,
            same_subject_from: self.same_subject_from,
        }
    }

    /// Returns the same-subject threshold.
    pub fn same_subject_from(&self) -> Score {
        self.same_subject_from
    }

    fn measure(&self, a: ClauseId, b: ClauseId) -> (Score, Score) {
        let by_words = self.representation.words().similarity(a, b);
        let rows = self.representation.rows();
        let by_rows = Score::of_cosine(rows.row(a.index()).dot(rows.row(b.index())));
        let both = f64::midpoint(by_words.value(), by_rows.value());
        (by_words, Score::new(both))
    }
}
