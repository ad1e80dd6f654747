//! [`Phrases`]: the shared runs by their words, and which of them are formulas of the genre.

use std::collections::{BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use crate::corpus::Corpus;
use crate::id::{AgreementId, ClauseId};
use crate::reuse::find::ClauseRef;
use crate::reuse::passages::{Run, SharedRuns};
use crate::reuse::tokens::GAP;
use crate::similarity::Representation;
use crate::term::Token;
use crate::vector::SparseMatrix;

/// In how many agreements a phrase must stand to be a formula.
const MIN_AGREEMENTS: usize = 3;
/// The weight of the words of a phrase below which it speaks of nothing: two words of a subject.
const MIN_CONTENT: f32 = 2.0;
/// The most clauses of a phrase that are held against each other.
const MAX_COMPARED: usize = 24;
/// The share of a clause from which on a phrase is what the clause says.
const NORM_SHARE: f32 = 0.35;
/// The cosine from which on what is left of two clauses is alike.
const ALIKE_COSINE: f64 = 0.1;
/// The share of the pairs of its clauses that are alike without it, below which a phrase is a formula.
const ALIKE_SHARE: f64 = 0.5;
/// The most clauses of a formula that are listed.
const MAX_LISTED: usize = 6;

/// A run of words that agreements share whatever they speak of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SharedFormula {
    /// The words as its first clause has them.
    pub words: String,
    /// The number of words.
    pub n_words: usize,
    /// The numbers of clauses, agreements and processes that have it.
    pub n_clauses: usize,
    /// The number of agreements.
    pub n_agreements: usize,
    /// The number of processes.
    pub n_processes: usize,
    /// Why it counts as a formula.
    pub because: String,
    /// Its first clauses, six at most.
    pub clauses: Vec<ClauseRef>,
}

/// The distinct phrases among shared runs.
pub(crate) struct Phrases<'s> {
    shared: &'s SharedRuns,
    phrase_of: HashMap<&'s [u32], usize>,
    all: Vec<Phrase>,
}

/// One of them.
pub(crate) struct Phrase {
    /// Where it stands first.
    first: Run,
    clauses: BTreeSet<ClauseId>,
    /// Why it is a formula, if it is one.
    formula: Option<String>,
}

impl<'s> Phrases<'s> {
    /// Sorts the runs by their words and tells formulas from the rest.
    ///
    /// A phrase is a formula if hardly two of its words speak of a subject, by the weights that
    /// vectors are made with; or if it stands in three agreements or more, is a minor part of most of
    /// its clauses, and what else these say is not alike. So what is a formula follows from the
    /// corpus: the words of a norm that many texts took are the body of their clauses.
    pub(crate) fn of(
        (corpus, representation): (&Corpus, &Representation),
        shared: &'s SharedRuns,
    ) -> Self {
        let mut phrases = Self {
            shared,
            phrase_of: HashMap::new(),
            all: Vec::new(),
        };
        for run in shared.raw() {
            phrases.add(*run);
        }
        for phrase in &mut phrases.all {
            phrase.formula = why_formula((corpus, representation), shared, phrase);
        }
        phrases
    }

    /// Returns whether the words of a run are a formula.
    pub(crate) fn is_formula(&self, run: Run) -> bool {
        let phrase = self.phrase_of.get(words_of(self.shared, run));
        phrase.is_some_and(|phrase| self.all[*phrase].formula.is_some())
    }

    /// Returns the formulas, those of most agreements first.
    pub(crate) fn formulas(&self, corpus: &Corpus) -> Vec<SharedFormula> {
        let mut formulas: Vec<SharedFormula> = self
            .all
            .iter()
            .filter_map(|phrase| {
                let because = phrase.formula.clone()?;
                Some(self.formula_of(corpus, phrase, because))
            })
            .collect();
        formulas.sort_by(|x, y| {
            let size = |formula: &SharedFormula| (formula.n_agreements, formula.n_words);
            size(y).cmp(&size(x)).then_with(|| x.words.cmp(&y.words))
        });
        formulas
    }

    fn formula_of(&self, corpus: &Corpus, phrase: &Phrase, because: String) -> SharedFormula {
        let run = self.shared.run_of(phrase.first);
        let clauses = phrase.clauses.iter();
        SharedFormula {
            words: corpus.text(run.clauses[0])[run.ranges[0].clone()].to_owned(),
            n_words: run.n_words,
            n_clauses: phrase.clauses.len(),
            n_agreements: n_agreements(corpus, &phrase.clauses),
            n_processes: clauses
                .clone()
                .map(|clause| corpus.process_of(*clause))
                .collect::<BTreeSet<_>>()
                .len(),
            because,
            clauses: clauses
                .take(MAX_LISTED)
                .map(|clause| ClauseRef::of(corpus, *clause))
                .collect(),
        }
    }

    fn add(&mut self, run: Run) {
        let next = self.all.len();
        let index = *self
            .phrase_of
            .entry(words_of(self.shared, run))
            .or_insert(next);
        if index == next {
            self.all.push(Phrase {
                first: run,
                clauses: BTreeSet::new(),
                formula: None,
            });
        }
        let clauses = self.shared.run_of(run).clauses;
        self.all[index].clauses.extend(clauses);
    }
}

fn words_of(shared: &SharedRuns, run: Run) -> &[u32] {
    let start = run.a as usize;
    let words = &shared.words().all()[start..start + run.n_words as usize];
    debug_assert!(!words.contains(&GAP), "a run lies within a clause");
    words
}

fn n_agreements(corpus: &Corpus, clauses: &BTreeSet<ClauseId>) -> usize {
    let agreements: BTreeSet<_> = clauses
        .iter()
        .map(|clause| corpus.clause(*clause).agreement)
        .collect();
    agreements.len()
}

fn why_formula(
    (corpus, representation): (&Corpus, &Representation),
    shared: &SharedRuns,
    phrase: &Phrase,
) -> Option<String> {
    let run = shared.run_of(phrase.first);
    let clause = run.clauses[0];
    let words = &corpus.text(clause)[run.ranges[0].clone()];
    let language = corpus.clause(clause).language;
    let tokens = representation.analyzer().analyze(words, language);
    let content: f32 = tokens.iter().map(|token| token.weight).sum();
    if content < MIN_CONTENT {
        return Some("its words speak of no subject".to_owned());
    }
    if n_agreements(corpus, &phrase.clauses) < MIN_AGREEMENTS {
        return None;
    }
    let rests = Rest::of_each((corpus, representation), &phrase.clauses, &tokens);
    let n_mainly = rests
        .iter()
        .filter(|rest| rest.phrase_share >= NORM_SHARE)
        .count();
    if n_mainly * 2 >= rests.len() {
        // The phrase is what its clauses say, and not a part of it.
        return None;
    }
    let (n_alike, n_pairs) = alike(&rests);
    let is_formula = n_pairs > 0 && (n_alike as f64) < ALIKE_SHARE * n_pairs as f64;
    is_formula.then(|| format!("but for it, {n_alike} of {n_pairs} pairs of its clauses are alike"))
}

/// A clause without the words of a phrase.
struct Rest {
    agreement: AgreementId,
    /// Its TF-IDF vector.
    vector: SparseMatrix,
    /// The share of the clause that the phrase makes up.
    phrase_share: f32,
}

impl Rest {
    fn of_each(
        (corpus, representation): (&Corpus, &Representation),
        clauses: &BTreeSet<ClauseId>,
        phrase: &[Token],
    ) -> Vec<Self> {
        let clauses = clauses.iter().take(MAX_COMPARED);
        clauses
            .map(|clause| Self::of((corpus, representation), *clause, phrase))
            .collect()
    }

    fn of(
        (corpus, representation): (&Corpus, &Representation),
        clause: ClauseId,
        phrase: &[Token],
    ) -> Self {
        let language = corpus.clause(clause).language;
        let all = representation
            .analyzer()
            .analyze(corpus.text(clause), language);
        let weight = |tokens: &[Token]| tokens.iter().map(|token| token.weight).sum::<f32>();
        let total = weight(&all);
        let mut left: Vec<&str> = phrase.iter().map(|token| token.term.as_str()).collect();
        let rest: Vec<Token> = all
            .into_iter()
            .filter(
                |token| match left.iter().position(|term| *term == token.term) {
                    Some(place) => {
                        left.swap_remove(place);
                        false
                    }
                    None => true,
                },
            )
            .collect();
        let words = representation.words();
        Self {
            agreement: corpus.clause(clause).agreement,
            vector: SparseMatrix::from_rows(words.matrix().n_columns(), [words.project(&rest)]),
            phrase_share: 1.0 - weight(&rest) / total.max(f32::MIN_POSITIVE),
        }
    }
}

/// Returns how many pairs of different agreements are alike, and how many such pairs there are.
fn alike(rests: &[Rest]) -> (usize, usize) {
    let (mut n_alike, mut n_pairs) = (0, 0);
    for (place, a) in rests.iter().enumerate() {
        for b in rests[place + 1..]
            .iter()
            .filter(|b| a.agreement != b.agreement)
        {
            n_pairs += 1;
            n_alike += usize::from(a.vector.row(0).dot(b.vector.row(0)) >= ALIKE_COSINE);
        }
    }
    (n_alike, n_pairs)
}
