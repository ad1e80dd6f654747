//! [`find_reuse`]: the pairs of clauses of a corpus that share words, the reuse chains, and the boilerplate.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::corpus::{Corpus, DatedClause, Direction};
use crate::reuse::chain::{ReuseChain, chains};
use crate::reuse::compare::Comparison;
use crate::reuse::grade::Overlap;
use crate::reuse::passage::{MIN_WORDS, Passage};
use crate::reuse::passages::Run;
use crate::reuse::shared_wording::{BoilerplatePassage, Pair, SharedWording};
use crate::reuse::similarity_scale::SimilarityScale;
use crate::similarity::Representation;

/// How text reuse is searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReuseParams {
    /// The shortest shared passage that counts, in words; 6 by default.
    pub min_run_words: usize,
    /// The most pairs of clauses that are compared word by word, those that share the most words
    /// first; 20,000 by default.
    pub max_pairs: usize,
}

impl Default for ReuseParams {
    fn default() -> Self {
        Self {
            min_run_words: MIN_WORDS,
            max_pairs: 20_000,
        }
    }
}

/// The text reuse in a corpus.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TextReuse {
    /// The name and version of this form.
    pub schema: String,
    /// The parameters it was made with.
    pub parameters: BTreeMap<String, String>,
    /// Phrases and the clauses that have them, without boilerplate.
    pub chains: Vec<ReuseChain>,
    /// Pairs of clauses of different agreements, those that share the most words first.
    pub pairs: Vec<ReusePair>,
    /// What agreements share whatever their subject.
    pub boilerplate: Vec<BoilerplatePassage>,
    /// The number of pairs that share a passage but were not compared, as there were too many.
    pub n_left_out: usize,
}

/// Two clauses of different agreements that share words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ReusePair {
    /// The clause with the smaller id.
    pub a: DatedClause,
    /// The other clause.
    pub b: DatedClause,
    /// Which of them is earlier.
    pub direction: Direction,
    /// How similar their content is, and whether words were reused.
    pub overlap: Overlap,
    /// All maximal passages that they share, in any order; they may overlap.
    pub runs: Vec<Passage>,
    /// The number of words in passages that are not boilerplate.
    pub n_words: usize,
    /// The word-by-word comparison of the two texts.
    pub comparison: Comparison,
}

impl ReusePair {
    /// Returns whether they share only boilerplate.
    pub fn is_formula_only(&self) -> bool {
        self.runs.iter().all(|run| run.is_formula == Some(true))
    }
}

/// The name and version of the JSON form.
const SCHEMA: &str = "consonance.borrowings/1";

/// Finds the text reuse in a corpus: every passage of at least `min_run_words` words that clauses of
/// different agreements share. Passages shorter than the minimum of `wording` are not found.
///
/// Costs a word-by-word comparison for each of the pairs that share the most words. The result is the
/// same on any number of threads.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::reuse::{Grade, ReuseParams, SharedWording, find_reuse};
/// use consonance::similarity::{Representation, RepresentationParams};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let representation = Representation::of(&corpus, &RepresentationParams::default())?;
/// let params = ReuseParams::default();
/// let wording = SharedWording::of(&corpus, &representation, params.min_run_words);
/// let found = find_reuse(&corpus, &representation, &wording, &params);
/// let same = found.pairs.iter().find(|pair| pair.overlap.grade == Grade::SameNorm).unwrap();
/// assert_eq!(same.a.citation, "EP Resolution 2018 cl. 48");
/// assert_eq!(same.b.citation, "Paris Call 2018 Principle 2");
/// assert_eq!(same.runs[0].words, "its general availability or its integrity");
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn find_reuse(
    corpus: &Corpus,
    representation: &Representation,
    wording: &SharedWording,
    params: &ReuseParams,
) -> TextReuse {
    let scale = SimilarityScale::of(corpus, representation);
    let mut pairs = wording.pairs(params.min_run_words);
    let n_left_out = pairs.len().saturating_sub(params.max_pairs);
    pairs.truncate(params.max_pairs);
    let own_runs: Vec<Run> = pairs
        .iter()
        .flat_map(|pair| pair.runs.iter().copied())
        .filter(|run| !wording.is_boilerplate(*run))
        .collect();
    let compared = |pair: &Pair| {
        let (comparison, overlap) = scale.compare(corpus, pair.clauses, params.min_run_words);
        let [a, b] = pair.clauses.map(|clause| DatedClause::of(corpus, clause));
        ReusePair {
            direction: Direction::of([a.published, b.published]),
            overlap,
            runs: pair
                .runs
                .iter()
                .map(|run| reused(corpus, wording, *run))
                .collect(),
            n_words: pair.n_words,
            comparison,
            a,
            b,
        }
    };
    let same_subject_from = scale.same_subject_from().value();
    let parameters = [
        ("shortest run, in words", params.min_run_words.to_string()),
        ("most pairs", params.max_pairs.to_string()),
        ("one subject from", format!("{same_subject_from:.2}")),
    ];
    TextReuse {
        schema: SCHEMA.to_owned(),
        parameters: parameters
            .map(|(name, value)| (name.to_owned(), value))
            .into(),
        chains: chains(corpus, wording.passages(), &own_runs),
        pairs: pairs.par_iter().map(compared).collect(),
        boilerplate: wording.boilerplate(corpus, params.min_run_words),
        n_left_out,
    }
}

fn reused(corpus: &Corpus, wording: &SharedWording, run: Run) -> Passage {
    let passage = wording.passages().passage(corpus, run);
    let [a, b] = wording.passages().clauses_of(run);
    Passage {
        in_agreement_a: corpus.in_agreement(a, &passage.a),
        in_agreement_b: corpus.in_agreement(b, &passage.b),
        is_formula: Some(wording.is_boilerplate(run)),
        ..passage
    }
}
