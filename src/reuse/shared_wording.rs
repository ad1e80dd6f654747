//! [`SharedWording`]: the passages of a corpus, and which of them are boilerplate.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::corpus::{Corpus, DatedClause};
use crate::id::ClauseId;
use crate::reuse::boilerplate::{Boilerplate, n_agreements};
use crate::reuse::passages::{Passages, Run};
use crate::reuse::tokens::number_of;
use crate::similarity::Representation;

/// The most clauses listed for a boilerplate passage.
const MAX_LISTED: usize = 6;

/// A passage that agreements share whatever their subject.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BoilerplatePassage {
    /// The words as its first clause has them.
    pub words: String,
    /// The number of words.
    pub n_words: usize,
    /// The number of clauses that have it.
    pub n_clauses: usize,
    /// The number of agreements.
    pub n_agreements: usize,
    /// The number of processes.
    pub n_processes: usize,
    /// Why it counts as boilerplate.
    pub because: String,
    /// Its first clauses, six at most.
    pub clauses: Vec<DatedClause>,
}

/// What every finding on text reuse uses: the passages that clauses of different agreements share, and
/// which of them are boilerplate. Built once and shared.
///
/// Words were reused if two clauses of different agreements share a passage that is not boilerplate.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::reuse::SharedWording;
/// use consonance::similarity::{Representation, RepresentationParams};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let representation = Representation::of(&corpus, &RepresentationParams::default())?;
/// let wording = SharedWording::of(&corpus, &representation, 6);
/// let boilerplate = wording.passages().iter().filter(|(_, passage)| passage.is_formula == Some(true));
/// assert_eq!(boilerplate.count(), 0);
/// # Ok::<(), consonance::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct SharedWording {
    passages: Passages,
    /// The index of each passage's phrase, in the order of the passages.
    phrase_of: Vec<u32>,
    phrases: Vec<Phrase>,
}

/// The words of one or several passages.
#[derive(Clone, Debug)]
struct Phrase {
    /// The first passage with these words.
    first: Run,
    clauses: BTreeSet<ClauseId>,
    /// Why it is boilerplate, if it is.
    boilerplate: Option<String>,
}

/// Two clauses and the passages they share.
pub(crate) struct Pair {
    pub(crate) clauses: [ClauseId; 2],
    pub(crate) runs: Vec<Run>,
    /// The number of words of the first clause in passages that are not boilerplate.
    pub(crate) n_words: usize,
}

impl SharedWording {
    /// Finds the passages of at least `min_words` words, and tells boilerplate from the rest.
    ///
    /// Costs what [`Passages::of`] costs, and for each distinct phrase the analysis of its words, and
    /// of up to 24 of its clauses if three agreements have it.
    pub fn of(corpus: &Corpus, representation: &Representation, min_words: usize) -> Self {
        let passages = Passages::of(corpus, min_words);
        let mut phrases: Vec<Phrase> = Vec::new();
        let mut known: HashMap<&[u32], u32> = HashMap::new();
        let mut phrase_of = Vec::with_capacity(passages.len());
        for &first in passages.runs() {
            let next = number_of(phrases.len());
            let place = *known.entry(passages.ids_of(first)).or_insert(next);
            let clauses = passages.clauses_of(first);
            if place == next {
                phrases.push(Phrase {
                    first,
                    clauses: clauses.into(),
                    boilerplate: None,
                });
            }
            phrases[place as usize].clauses.extend(clauses);
            phrase_of.push(place);
        }
        let boilerplate = Boilerplate {
            corpus,
            representation,
        };
        phrases.par_iter_mut().for_each(|phrase| {
            let words = passages.passage(corpus, phrase.first).words;
            phrase.boilerplate = boilerplate.why(&words, &phrase.clauses);
        });
        Self {
            passages,
            phrase_of,
            phrases,
        }
    }

    /// Returns the passages.
    pub fn passages(&self) -> &Passages {
        &self.passages
    }

    /// Returns whether a passage is boilerplate, whichever side comes first.
    pub(crate) fn is_boilerplate(&self, run: Run) -> bool {
        let run = if run.a < run.b { run } else { run.turned() };
        let place = self.passages.runs().binary_search(&run);
        place.is_ok_and(|place| {
            let phrase = &self.phrases[self.phrase_of[place] as usize];
            phrase.boilerplate.is_some()
        })
    }

    /// Returns the pairs of clauses that share passages of at least `min_words` words, those with the
    /// most words outside boilerplate first.
    pub(crate) fn pairs(&self, min_words: usize) -> Vec<Pair> {
        let mut runs_of: BTreeMap<[ClauseId; 2], Vec<Run>> = BTreeMap::new();
        let long = |run: &&Run| run.n_words as usize >= min_words;
        for run in self.passages.runs().iter().filter(long) {
            let runs = runs_of.entry(self.passages.clauses_of(*run)).or_default();
            runs.push(*run);
        }
        let pairs = runs_of.into_iter().map(|(clauses, runs)| Pair {
            clauses,
            n_words: n_covered(runs.iter().filter(|run| !self.is_boilerplate(**run))),
            runs,
        });
        let mut pairs: Vec<Pair> = pairs.collect();
        let n_all = |pair: &Pair| n_covered(pair.runs.iter());
        pairs.sort_by_cached_key(|pair| {
            std::cmp::Reverse((pair.n_words, n_all(pair), std::cmp::Reverse(pair.clauses)))
        });
        pairs
    }

    /// Returns the boilerplate of at least `min_words` words, that in the most agreements first.
    pub(crate) fn boilerplate(&self, corpus: &Corpus, min_words: usize) -> Vec<BoilerplatePassage> {
        let long = |phrase: &&Phrase| phrase.first.n_words as usize >= min_words;
        let phrases = self.phrases.iter().filter(long);
        let mut boilerplate: Vec<BoilerplatePassage> = phrases
            .filter_map(|phrase| self.boilerplate_of(corpus, phrase))
            .collect();
        boilerplate.sort_by_cached_key(|of| {
            let size = (of.n_agreements, of.n_words);
            (std::cmp::Reverse(size), of.words.clone())
        });
        boilerplate
    }

    fn boilerplate_of(&self, corpus: &Corpus, phrase: &Phrase) -> Option<BoilerplatePassage> {
        let because = phrase.boilerplate.clone()?;
        let clauses = phrase.clauses.iter();
        let processes = clauses.clone().map(|clause| corpus.process_of(*clause));
        let listed = clauses.take(MAX_LISTED);
        let listed = listed.map(|clause| DatedClause::of(corpus, *clause));
        let passage = self.passages.passage(corpus, phrase.first);
        Some(BoilerplatePassage {
            words: passage.words,
            n_words: passage.n_words,
            n_clauses: phrase.clauses.len(),
            n_agreements: n_agreements(corpus, &phrase.clauses),
            n_processes: processes.collect::<BTreeSet<_>>().len(),
            because,
            clauses: listed.collect(),
        })
    }
}

/// Returns the number of words of the first clause in passages, which are given in order.
fn n_covered<'r>(runs: impl Iterator<Item = &'r Run>) -> usize {
    let (mut end, mut n_words) = (0, 0);
    for run in runs {
        let places = run.places();
        n_words += places.end.saturating_sub(places.start.max(end));
        end = end.max(places.end);
    }
    n_words
}
