//! [`Agreed`]: which words of a clause are agreed language, which are formulas, which are new.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::corpus::Corpus;
use crate::finding::draft::result::AgreedWords;
use crate::id::ClauseId;
use crate::reuse::{Borrowing, word_ranges};
use crate::score::Score;
use crate::table::CitedClause;

/// The words of a clause, and who has them too.
pub(crate) struct Agreed {
    /// The bytes of each word.
    words: Vec<Range<usize>>,
    /// Whether each stands in a formula.
    is_formula: Vec<bool>,
    /// The agreed stretches, apart from each other, in order.
    stretches: Vec<AgreedWords>,
}

impl Agreed {
    /// Sorts the words of a clause by the runs it shares.
    pub(crate) fn of(corpus: &Corpus, clause: ClauseId, shared: &[Borrowing]) -> Self {
        let words: Vec<Range<usize>> = word_ranges(corpus.text(clause)).collect();
        let key = &corpus.clause(clause).key;
        let mut sources: Vec<BTreeSet<CitedClause>> = vec![BTreeSet::new(); words.len()];
        let mut is_formula = vec![false; words.len()];
        for pair in shared {
            let is_first = pair.a.id == *key;
            let other = if is_first { &pair.b } else { &pair.a };
            let Some(other) = corpus.find(&other.id) else {
                continue;
            };
            for run in &pair.runs {
                let range = if is_first { &run.a } else { &run.b };
                for place in places_in(&words, range) {
                    if run.is_formula == Some(true) {
                        is_formula[place] = true;
                    } else {
                        sources[place].insert(CitedClause::of(corpus, other));
                    }
                }
            }
        }
        let stretches = stretches_of(corpus, clause, (&words, &sources));
        Self {
            words,
            is_formula,
            stretches,
        }
    }

    pub(crate) fn n_words(&self) -> usize {
        self.words.len()
    }

    /// The share of the words that are agreed language.
    pub(crate) fn share(&self) -> Score {
        let n_agreed: usize = self.stretches.iter().map(|stretch| stretch.n_words).sum();
        Score::new(n_agreed as f64 / self.words.len().max(1) as f64)
    }

    /// The processes that have some of the words.
    pub(crate) fn processes(&self) -> BTreeSet<String> {
        let all = self.stretches.iter().flat_map(|stretch| &stretch.processes);
        all.cloned().collect()
    }

    /// Whether a clause has some of the words.
    pub(crate) fn is_from(&self, clause: &CitedClause) -> bool {
        let mut all = self.stretches.iter().flat_map(|stretch| &stretch.clauses);
        all.any(|source| source == clause)
    }

    /// The bytes of formulas that are not agreed language besides.
    pub(crate) fn formulas(&self) -> Vec<Range<usize>> {
        self.ranges_where(|place| self.is_formula[place] && !self.is_agreed(place))
    }

    /// The bytes of words that are neither agreed language nor formulas.
    pub(crate) fn new_words(&self) -> Vec<Range<usize>> {
        self.ranges_where(|place| !self.is_formula[place] && !self.is_agreed(place))
    }

    pub(crate) fn into_words(self) -> Vec<AgreedWords> {
        self.stretches
    }

    fn is_agreed(&self, place: usize) -> bool {
        let word = &self.words[place];
        let holds = |stretch: &AgreedWords| {
            stretch.range.start <= word.start && word.end <= stretch.range.end
        };
        self.stretches.iter().any(holds)
    }

    /// The bytes of the longest stretches of words of a kind.
    fn ranges_where(&self, is_kind: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
        let mut ranges: Vec<Range<usize>> = Vec::new();
        let mut goes_on = false;
        for (place, word) in self.words.iter().enumerate() {
            let is_here = is_kind(place);
            match ranges.last_mut() {
                Some(last) if is_here && goes_on => last.end = word.end,
                _ if is_here => ranges.push(word.clone()),
                _ => {}
            }
            goes_on = is_here;
        }
        ranges
    }
}

/// Returns the places of the words that lie in a range.
fn places_in(words: &[Range<usize>], range: &Range<usize>) -> Range<usize> {
    let first = words.partition_point(|word| word.start < range.start);
    let end = words.partition_point(|word| word.end <= range.end);
    first..end.max(first)
}

/// Returns the stretches of words that others have, each with all who have a part of it.
fn stretches_of(
    corpus: &Corpus,
    clause: ClauseId,
    (words, sources): (&[Range<usize>], &[BTreeSet<CitedClause>]),
) -> Vec<AgreedWords> {
    let mut stretches = Vec::new();
    let mut place = 0;
    while place < words.len() {
        let n_words = sources[place..]
            .iter()
            .take_while(|sources| !sources.is_empty())
            .count();
        if n_words > 0 {
            let range = words[place].start..words[place + n_words - 1].end;
            let all: BTreeSet<CitedClause> = sources[place..place + n_words]
                .iter()
                .flatten()
                .cloned()
                .collect();
            let processes: BTreeSet<String> = all
                .iter()
                .filter_map(|source| corpus.find(&source.id))
                .map(|id| corpus.process(corpus.process_of(id)).name.clone())
                .collect();
            stretches.push(AgreedWords {
                in_draft: corpus.in_agreement(clause, &range),
                range,
                n_words,
                clauses: all.into_iter().collect(),
                processes: processes.into_iter().collect(),
            });
        }
        place += n_words.max(1);
    }
    stretches
}
