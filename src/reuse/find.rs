//! [`find_borrowings`]: the pairs of clauses of a corpus that share words, the families of phrases,
//! and the formulas that prove nothing.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::corpus::Corpus;
use crate::corpus::{Precedence, PublicationDate};
use crate::id::{AgreementId, ClauseId};
use crate::reuse::boilerplate::{Phrases, SharedFormula};
use crate::reuse::compare::{CompareParams, Comparison, compare};
use crate::reuse::family::{Family, families};
use crate::reuse::grade::{Overlap, grade};
use crate::reuse::passages::{Run, SharedRuns};
use crate::reuse::topic::SubjectScale;
use crate::similarity::Representation;

/// How borrowings are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BorrowingParams {
    /// The shortest shared run that counts, in words; 6 by default.
    pub min_run_words: usize,
    /// The most pairs of clauses that are compared word by word, those that share most first; 20,000
    /// by default.
    pub max_pairs: usize,
    /// Only pairs with a clause of this agreement; all by default.
    pub only: Option<AgreementId>,
}

impl Default for BorrowingParams {
    fn default() -> Self {
        Self {
            min_run_words: 6,
            max_pairs: 20_000,
            only: None,
        }
    }
}

/// Who has whose words in a corpus.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Borrowings {
    /// The name and version of this form.
    pub schema: String,
    /// What it was made with.
    pub parameters: BTreeMap<String, String>,
    /// Phrases and the clauses that have them, formulas left out.
    pub families: Vec<Family>,
    /// Pairs of clauses of different agreements, those that share most first.
    pub pairs: Vec<Borrowing>,
    /// What agreements share whatever they speak of.
    pub formulas: Vec<SharedFormula>,
    /// The pairs that share a run but were too many to be compared.
    pub n_left_out: usize,
}

/// A clause as reports name it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ClauseRef {
    /// Its key.
    pub id: String,
    /// How to cite it.
    pub citation: String,
    /// Its process.
    pub process: String,
    /// When its agreement was first public.
    pub published: Option<PublicationDate>,
}

impl ClauseRef {
    /// Returns how reports name a clause.
    ///
    /// # Panics
    ///
    /// Panics if the id comes from another, larger corpus.
    pub fn of(corpus: &Corpus, clause: ClauseId) -> Self {
        let agreement = corpus.agreement(corpus.clause(clause).agreement);
        Self {
            id: corpus.clause(clause).key.clone(),
            citation: corpus.citation(clause),
            process: corpus.process(agreement.process).name.clone(),
            published: PublicationDate::of(&agreement.metadata),
        }
    }
}

/// Two clauses of different agreements that share words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Borrowing {
    /// The clause of the smaller id.
    pub a: ClauseRef,
    /// The other.
    pub b: ClauseRef,
    /// Who was first.
    pub precedence: Precedence,
    /// How far they say the same, and whether words were taken.
    pub overlap: Overlap,
    /// All maximal runs that they share, in any order; they may overlap.
    pub runs: Vec<BorrowedRun>,
    /// The words in runs that are no formulas.
    pub n_words: usize,
    /// The two texts word by word.
    pub comparison: Comparison,
}

impl Borrowing {
    /// Returns whether nothing but formulas of the genre is shared.
    pub fn is_formula_only(&self) -> bool {
        self.runs.iter().all(|run| run.is_formula)
    }
}

/// A run of words that two clauses share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BorrowedRun {
    /// The bytes of the first clause's text.
    pub a: Range<usize>,
    /// The bytes of the second's.
    pub b: Range<usize>,
    /// The bytes of the first agreement's text; several ranges where page matter stands between.
    pub in_agreement_a: Vec<Range<usize>>,
    /// The bytes of the second's.
    pub in_agreement_b: Vec<Range<usize>>,
    /// The words as the first clause has them.
    pub words: String,
    /// Their number.
    pub n_words: usize,
    /// Whether they are a formula of the genre.
    pub is_formula: bool,
}

/// Two clauses and the runs they share.
struct Pair {
    clauses: [ClauseId; 2],
    runs: Vec<Run>,
    n_words: usize,
}

/// The name and version of the JSON form.
const SCHEMA: &str = "consonance.borrowings/1";

/// Finds who has whose words: every run of at least `min_run_words` words that clauses of different
/// agreements share.
///
/// Costs what [`SharedRuns::of`] costs, and for the pairs that share most a comparison word by word;
/// the result is the same on any number of threads.
pub fn find_borrowings(
    corpus: &Corpus,
    representation: &Representation,
    params: &BorrowingParams,
) -> Borrowings {
    let shared = SharedRuns::of(corpus, params.min_run_words);
    let scale = SubjectScale::of(corpus, representation);
    let phrases = Phrases::of((corpus, representation), &shared);
    let mut pairs = pairs_of(&shared, &phrases);
    if let Some(only) = params.only {
        let is_of = |clause: &ClauseId| corpus.clause(*clause).agreement == only;
        pairs.retain(|pair| pair.clauses.iter().any(is_of));
    }
    let n_left_out = pairs.len().saturating_sub(params.max_pairs);
    pairs.truncate(params.max_pairs);
    let own_runs: Vec<Run> = pairs
        .iter()
        .flat_map(|pair| pair.runs.iter().copied())
        .filter(|run| !phrases.is_formula(*run))
        .collect();
    let maker = Maker {
        corpus,
        shared: &shared,
        scale: &scale,
        phrases: &phrases,
        min_run_words: params.min_run_words,
    };
    let parameters = [
        ("shortest run, in words", params.min_run_words.to_string()),
        ("most pairs", params.max_pairs.to_string()),
        (
            "one subject from",
            format!("{:.2}", scale.same_subject_from().value()),
        ),
    ];
    Borrowings {
        schema: SCHEMA.to_owned(),
        parameters: parameters
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
        families: families(corpus, &shared, &own_runs),
        pairs: pairs.par_iter().map(|pair| maker.borrowing(pair)).collect(),
        formulas: phrases.formulas(corpus),
        n_left_out,
    }
}

/// Returns the pairs of clauses with their runs, those with most words outside formulas first.
fn pairs_of(shared: &SharedRuns, phrases: &Phrases) -> Vec<Pair> {
    let mut runs_of: BTreeMap<[ClauseId; 2], Vec<Run>> = BTreeMap::new();
    for run in shared.raw() {
        runs_of
            .entry(shared.run_of(*run).clauses)
            .or_default()
            .push(*run);
    }
    let mut pairs: Vec<Pair> = runs_of
        .into_iter()
        .map(|(clauses, runs)| Pair {
            clauses,
            n_words: n_covered(runs.iter().filter(|run| !phrases.is_formula(**run))),
            runs,
        })
        .collect();
    let n_all = |pair: &Pair| n_covered(pair.runs.iter());
    pairs.sort_by_cached_key(|pair| {
        std::cmp::Reverse((pair.n_words, n_all(pair), std::cmp::Reverse(pair.clauses)))
    });
    pairs
}

/// Returns how many words of the first clause stand in runs, which come in order.
fn n_covered<'r>(runs: impl Iterator<Item = &'r Run>) -> usize {
    let (mut end, mut n_words) = (0, 0);
    for run in runs {
        let start = (run.a as usize).max(end);
        let run_end = (run.a + run.n_words) as usize;
        n_words += run_end.saturating_sub(start);
        end = end.max(run_end);
    }
    n_words
}

struct Maker<'c> {
    corpus: &'c Corpus,
    shared: &'c SharedRuns,
    scale: &'c SubjectScale<'c>,
    phrases: &'c Phrases<'c>,
    min_run_words: usize,
}

impl Maker<'_> {
    fn borrowing(&self, pair: &Pair) -> Borrowing {
        let [a, b] = pair.clauses;
        let texts = pair.clauses.map(|clause| self.corpus.text(clause));
        let language = self.corpus.clause(a).language;
        let params = CompareParams {
            min_run_words: self.min_run_words,
            language,
        };
        let comparison = compare(texts[0], texts[1], &params);
        let nearness = self.scale.nearness(a, b);
        let (a, b) = (ClauseRef::of(self.corpus, a), ClauseRef::of(self.corpus, b));
        Borrowing {
            precedence: Precedence::of([a.published, b.published]),
            overlap: grade((texts[0], texts[1]), &comparison, nearness, language),
            runs: pair.runs.iter().map(|run| self.borrowed(*run)).collect(),
            n_words: pair.n_words,
            comparison,
            a,
            b,
        }
    }

    fn borrowed(&self, run: Run) -> BorrowedRun {
        let found = self.shared.run_of(run);
        let [a, b] = found.ranges;
        let [in_agreement_a, in_agreement_b] = [(found.clauses[0], &a), (found.clauses[1], &b)]
            .map(|(clause, range)| in_agreement(self.corpus, clause, range));
        BorrowedRun {
            words: self.corpus.text(found.clauses[0])[a.clone()].to_owned(),
            a,
            b,
            in_agreement_a,
            in_agreement_b,
            n_words: found.n_words,
            is_formula: self.phrases.is_formula(run),
        }
    }
}

/// Returns the bytes of its agreement's text that some bytes of a clause's text stand for.
pub(crate) fn in_agreement(
    corpus: &Corpus,
    clause: ClauseId,
    bytes: &Range<usize>,
) -> Vec<Range<usize>> {
    let mut before = 0;
    let mut ranges = Vec::new();
    for piece in corpus.ranges(clause) {
        let start = bytes.start.max(before);
        let end = bytes.end.min(before + piece.len());
        if start < end {
            ranges.push(piece.start + start - before..piece.start + end - before);
        }
        before += piece.len();
    }
    ranges
}
