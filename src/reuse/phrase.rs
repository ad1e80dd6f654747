//! [`PhraseIndex`]: which clauses have the same words in a row.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

use crate::agreement::fold_name;
use crate::corpus::Corpus;
use crate::id::ClauseId;
use crate::term::Analyzer;

/// Words that more clauses than this have in a row are a formula: they lead to nobody.
const MAX_CLAUSES: usize = 50;
/// How many words of the best run of two clauses are neither stop words nor words of the genre.
const MIN_TELLING_WORDS: usize = 2;

/// A word of a clause: its number and its bytes in the clause's text.
#[derive(Clone, Debug)]
struct Word {
    number: u32,
    range: Range<usize>,
    /// Whether it is neither a stop word nor one of the genre.
    is_telling: bool,
}

/// A run of words that two clauses share, without regard to case, accents and punctuation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct WordRun {
    /// The words as the first clause has them.
    pub words: String,
    /// Their number.
    pub n_words: usize,
    /// Their bytes in the text of the first clause, and of the second.
    pub ranges: [Range<usize>; 2],
}

/// A run of words that two clauses share, as places of words in each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Run {
    /// The place of the first word in the clause that was asked about.
    pub(crate) start: usize,
    /// The place of the first word in the other clause.
    pub(crate) other_start: usize,
    pub(crate) n_words: usize,
}

/// The words of every clause, and where each run of a fixed length stands.
///
/// Words are compared without case, accents and punctuation, nothing is stemmed or left out.
pub(crate) struct PhraseIndex {
    length: usize,
    words: Vec<Vec<Word>>,
    /// In how many clauses each word stands.
    frequency: Vec<u32>,
    /// The clauses and places of each run of `length` words.
    places: HashMap<Vec<u32>, Vec<(ClauseId, usize)>>,
}

impl PhraseIndex {
    /// Indexes the runs of `length` words; costs one pass over the text.
    pub(crate) fn new(corpus: &Corpus, analyzer: &Analyzer, length: usize) -> Self {
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let mut index = Self {
            length: length.max(1),
            words: Vec::new(),
            frequency: Vec::new(),
            places: HashMap::new(),
        };
        for clause in corpus.clause_ids() {
            let mut words = words_of(corpus.text(clause), &mut numbers);
            mark_telling(&mut words, corpus, (analyzer, clause));
            index.frequency.resize(numbers.len(), 0);
            index.add(clause, words);
        }
        index
    }

    fn add(&mut self, clause: ClauseId, words: Vec<Word>) {
        let numbers: Vec<u32> = words.iter().map(|word| word.number).collect();
        for (start, run) in numbers.windows(self.length).enumerate() {
            let places = self.places.entry(run.to_vec()).or_default();
            places.push((clause, start));
        }
        let mut distinct = numbers;
        distinct.sort_unstable();
        distinct.dedup();
        for number in distinct {
            self.frequency[number as usize] += 1;
        }
        self.words.push(words);
    }

    /// Returns the maximal runs that a clause shares with each other clause that `is_wanted` allows,
    /// in the order of the clauses and of the words.
    pub(crate) fn runs(
        &self,
        clause: ClauseId,
        is_wanted: impl Fn(ClauseId) -> bool,
    ) -> BTreeMap<ClauseId, Vec<Run>> {
        let mut runs: BTreeMap<ClauseId, Vec<Run>> = BTreeMap::new();
        for (start, places) in self.seeds(clause) {
            for &(other, other_start) in places {
                if other == clause || !is_wanted(other) {
                    continue;
                }
                let of_pair = runs.entry(other).or_default();
                let is_inside = |run: &Run| {
                    run.start + other_start == run.other_start + start
                        && start < run.start + run.n_words
                };
                if !of_pair.iter().any(is_inside) {
                    of_pair.push(self.extended((clause, start), (other, other_start)));
                }
            }
        }
        runs
    }

    /// Returns where the runs of a clause stand that are no formula.
    fn seeds(&self, clause: ClauseId) -> impl Iterator<Item = (usize, &[(ClauseId, usize)])> {
        let numbers = self.numbers(clause);
        let n_runs = (numbers.len() + 1).saturating_sub(self.length);
        (0..n_runs).filter_map(move |start| {
            let places = self.places.get(&numbers[start..start + self.length])?;
            (places.len() <= MAX_CLAUSES).then_some((start, places.as_slice()))
        })
    }

    fn numbers(&self, clause: ClauseId) -> Vec<u32> {
        let words = self.words[clause.index()].iter();
        words.map(|word| word.number).collect()
    }

    fn extended(&self, (a, start): (ClauseId, usize), (b, other_start): (ClauseId, usize)) -> Run {
        let (left, right) = (&self.words[a.index()], &self.words[b.index()]);
        let before = left[..start]
            .iter()
            .rev()
            .zip(right[..other_start].iter().rev());
        let n_before = before.take_while(|(x, y)| x.number == y.number).count();
        let after = left[start..].iter().zip(&right[other_start..]);
        let n_after = after.take_while(|(x, y)| x.number == y.number).count();
        Run {
            start: start - n_before,
            other_start: other_start - n_before,
            n_words: n_before + n_after,
        }
    }

    /// Returns the most telling run that two clauses share, if one has two words that are neither
    /// stop words nor words of the genre.
    pub(crate) fn best_run(
        &self,
        corpus: &Corpus,
        (a, b): (ClauseId, ClauseId),
    ) -> Option<WordRun> {
        let runs = self.runs(a, |other| other == b).remove(&b)?;
        let information = |run: &Run| self.information(a, *run);
        let best = runs
            .into_iter()
            .filter(|run| self.n_telling(a, *run) >= MIN_TELLING_WORDS)
            .max_by(|x, y| information(x).total_cmp(&information(y)).then(y.cmp(x)))?;
        Some(self.word_run(corpus, (a, b), best))
    }

    /// Returns a run of two clauses with its words and bytes.
    pub(crate) fn word_run(
        &self,
        corpus: &Corpus,
        (a, b): (ClauseId, ClauseId),
        run: Run,
    ) -> WordRun {
        let bytes = |clause: ClauseId, start: usize| {
            let words = &self.words[clause.index()][start..start + run.n_words];
            words[0].range.start..words[run.n_words - 1].range.end
        };
        let ranges = [bytes(a, run.start), bytes(b, run.other_start)];
        WordRun {
            words: corpus.text(a)[ranges[0].clone()].to_owned(),
            n_words: run.n_words,
            ranges,
        }
    }

    /// Returns how much the words of a run tell, in nats: the sum of `ln(N / n)` over its words,
    /// where `n` of `N` clauses have the word.
    pub(crate) fn information(&self, clause: ClauseId, run: Run) -> f64 {
        let n_clauses = self.words.len() as f64;
        self.words[clause.index()][run.start..run.start + run.n_words]
            .iter()
            .map(|word| (n_clauses / f64::from(self.frequency[word.number as usize])).ln())
            .sum()
    }

    /// Returns how many words of a run are neither stop words nor words of the genre.
    pub(crate) fn n_telling(&self, clause: ClauseId, run: Run) -> usize {
        let words = &self.words[clause.index()][run.start..run.start + run.n_words];
        words.iter().filter(|word| word.is_telling).count()
    }

    /// Returns the clauses that have the rarest words of a run, the clause itself left out; of
    /// equally rare words the first.
    pub(crate) fn sharers(&self, clause: ClauseId, run: Run) -> Vec<ClauseId> {
        let inside = run.start..=run.start + run.n_words - self.length;
        let rarest = self
            .seeds(clause)
            .filter(|(start, _)| inside.contains(start))
            .min_by_key(|(_, places)| places.len());
        let mut sharers: Vec<ClauseId> = rarest
            .map_or(&[][..], |(_, places)| places)
            .iter()
            .map(|(sharer, _)| *sharer)
            .filter(|sharer| *sharer != clause)
            .collect();
        sharers.dedup();
        sharers
    }
}

fn words_of(text: &str, numbers: &mut HashMap<String, u32>) -> Vec<Word> {
    text.unicode_word_indices()
        .map(|(start, word)| {
            let next = u32::try_from(numbers.len()).expect("a corpus has fewer than 2^32 words");
            Word {
                number: *numbers.entry(fold_name(word)).or_insert(next),
                range: start..start + word.len(),
                is_telling: false,
            }
        })
        .collect()
}

fn mark_telling(words: &mut [Word], corpus: &Corpus, (analyzer, clause): (&Analyzer, ClauseId)) {
    let language = corpus.clause(clause).language;
    let tokens = analyzer.analyze(corpus.text(clause), language);
    for token in tokens.iter().filter(|token| token.weight >= 1.0) {
        let from = words.partition_point(|word| word.range.end <= token.range.start);
        let inside = words[from..].iter_mut();
        inside
            .take_while(|word| word.range.start < token.range.end)
            .for_each(|word| word.is_telling = true);
    }
}
