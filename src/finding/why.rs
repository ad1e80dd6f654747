//! [`Why`]: what two clauses share, and what the clauses of a row share.

use serde::{Deserialize, Serialize};

use crate::cluster::{Resampling, mean};
use crate::finding::study::Study;
use crate::id::{ClauseId, RowId, TermId};
use crate::reuse::{Passage, longest};
use crate::score::Score;
use crate::table::{PlacedTerm, parts_of_mean, placed_terms};
use crate::vector::Contribution;

/// The most shared terms that are reported.
const MAX_SHARED: usize = 12;
/// The shortest passage that is reported, in terms.
const MIN_RUN: usize = 2;

/// Why clauses are together.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams, find_clause};
/// use consonance::finding::{Study, Why};
/// use consonance::similarity::{Representation, RepresentationParams};
/// use consonance::table::{ConvergeParams, converge_on, find_row};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let representation = Representation::of(&corpus, &RepresentationParams::default())?;
/// let table = converge_on(&corpus, &representation, &ConvergeParams::default().n_resamples(0))?;
/// let study = Study::new(corpus, representation, table);
/// let clauses = ["GGE 13(i)", "Paris Call Principle 5"];
/// let clauses = clauses.map(|typed| find_clause(study.corpus(), typed).unwrap());
/// let why = Why::of_clauses(&study, clauses, None);
/// assert_eq!(why.run.map(|run| run.words).as_deref(), Some("malicious ICT tools"));
/// assert_eq!(why.shared[0].term, "tool");
///
/// let row = find_row(study.table(), "theft of intellectual property")?;
/// let of_row = Why::of_row(&study, row, None);
/// assert!(of_row.shared.iter().any(|word| word.term == "secret"));
/// # Ok::<(), consonance::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Why {
    /// Their TF-IDF cosine; the mean over all pairs of a row.
    pub score: Score,
    /// Their cosine on the vectors that are clustered, which include neighbor smoothing and latent
    /// dimensions; the mean over all pairs of a row.
    pub clustered: Score,
    /// The proportion of resampled runs with both in which they stay together, if there were any runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub together: Option<Score>,
    /// The terms they share, each with its part of `score`, the greatest first.
    pub shared: Vec<Contribution>,
    /// The longest passage of terms that a pair shares, in bytes of the compared texts: the same stems in
    /// the same order, stop words ignored; `None` for a row, or for passages of fewer than two terms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<Passage>,
}

impl Why {
    /// Returns why two clauses are together.
    ///
    /// The parts of the shared terms sum to the TF-IDF cosine. Costs the pairs of equal terms of both.
    ///
    /// # Panics
    ///
    /// Panics if a clause comes from another, larger corpus.
    pub fn of_clauses(
        study: &Study,
        clauses: [ClauseId; 2],
        resampling: Option<&Resampling>,
    ) -> Self {
        let [a, b] = clauses;
        let words = study.representation().words();
        let rows = study.representation().rows();
        let mut shared = words.explain(a, b);
        shared.truncate(MAX_SHARED);
        Self {
            score: words.similarity(a, b),
            clustered: Score::of_cosine(rows.row(a.index()).dot(rows.row(b.index()))),
            together: resampling.and_then(|resampling| resampling.together(a, b)),
            shared,
            run: run_of_terms(study, clauses),
        }
    }

    /// Returns why the clauses of a row are together: their mean similarities, and the features that make
    /// most of their mean TF-IDF similarity.
    ///
    /// For `n` rows of length 1 with sum S, a feature's part of the mean over all pairs is
    /// `(S_f^2 - sum of x_f^2) / (n (n - 1))`. Costs one pass over the rows' values.
    ///
    /// # Panics
    ///
    /// Panics if the row comes from another, larger table.
    pub fn of_row(study: &Study, row: RowId, resampling: Option<&Resampling>) -> Self {
        let (clauses, representation) = (study.clauses_of(row), study.representation());
        let words = representation.words();
        let parts = parts_of_mean(words.matrix(), clauses);
        let contribution = |(column, part): &(u32, f64)| Contribution {
            term: words.feature(*column),
            share: Score::new(*part),
        };
        let positive = parts.iter().filter(|(_, part)| *part > 0.0);
        let mut shared: Vec<Contribution> = positive.map(contribution).collect();
        shared.sort_by(|x, y| y.share.cmp(&x.share).then_with(|| x.term.cmp(&y.term)));
        shared.truncate(MAX_SHARED);
        let mean_of =
            |parts: &[(u32, f64)]| Score::of_cosine(parts.iter().map(|(_, part)| part).sum());
        let stabilities = resampling.map(|resampling| resampling.stability(clauses));
        let together = stabilities.and_then(|each| {
            mean(each.iter().flatten().map(|share| share.value())).map(Score::new)
        });
        Self {
            score: mean_of(&parts),
            clustered: mean_of(&parts_of_mean(representation.rows(), clauses)),
            together,
            shared,
            run: None,
        }
    }
}

/// Returns the single words that make the similarity of two clauses, those of the greatest weight
/// first, as the first clause writes them. Phrases and concepts, which make the rest, are left out.
pub(crate) fn weightiest_words(study: &Study, [a, b]: [ClauseId; 2]) -> Vec<Contribution> {
    let (corpus, representation) = (study.corpus(), study.representation());
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

fn run_of_terms(study: &Study, clauses: [ClauseId; 2]) -> Option<Passage> {
    let corpus = study.corpus();
    let assigned = clauses.map(|clause| placed_terms(corpus, study.representation(), clause));
    let [left, right] = &assigned;
    let ids = |terms: &[PlacedTerm]| -> Vec<TermId> { terms.iter().map(|term| term.id).collect() };
    let run = longest(&ids(left), &ids(right)).filter(|run| run.n >= MIN_RUN)?;
    let range = |terms: &[PlacedTerm], start: usize| {
        terms[start].range.start..terms[start + run.n - 1].range.end
    };
    let passage = Passage::new(range(left, run.a), range(right, run.b), run.n);
    Some(passage.with_words(&corpus.compared_text(clauses[0])))
}
