//! [`TokenizedCorpus`]: the terms of every clause of a corpus, analyzed once and in parallel.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use foldhash::fast::RandomState;
use rayon::prelude::*;

use crate::corpus::Corpus;
use crate::error::Result;
use crate::id::{ClauseId, TermId};
use crate::language::Language;
use crate::progress::Progress;
use crate::term::analyzer::Analyzer;
use crate::term::concept::Concepts;
use crate::term::session::Session;
use crate::term::vocabulary::{Vocabulary, WeightedTerm};

/// Bytes of text that a worker analyzes at once.
const BATCH_BYTES: usize = 1 << 20;

/// The terms of every clause in text order, without stop words, bare numbers and words of weight 0; apart
/// from them, those of the section heading it stands under.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TokenizedCorpus {
    vocabulary: Vocabulary,
    clauses: Lists,
    headings: Lists,
    concepts: Concepts,
}

/// A list of terms for each clause.
#[derive(Clone, Debug, Default, PartialEq)]
struct Lists {
    /// Where each list starts in `terms`; then the end.
    starts: Vec<usize>,
    terms: Vec<WeightedTerm>,
}

impl Lists {
    fn of_clause(&self, id: ClauseId) -> &[WeightedTerm] {
        &self.terms[self.starts[id.index()]..self.starts[id.index() + 1]]
    }

    /// Joins the lists of batches, whose terms are renumbered.
    fn joined(batches: &[Occurrences], renumbered: &[Vec<TermId>]) -> Self {
        let lengths = batches.iter().flat_map(|batch| &batch.lengths);
        let starts = std::iter::once(0).chain(lengths.scan(0, |end, length| {
            *end += length;
            Some(*end)
        }));
        let starts: Vec<usize> = starts.collect();
        let mut terms = Vec::with_capacity(starts[starts.len() - 1]);
        for (batch, ids) in batches.iter().zip(renumbered) {
            let numbered = batch.numbered.par_iter();
            terms.par_extend(numbered.map(|&(number, weight)| WeightedTerm {
                term: ids[number as usize],
                weight,
            }));
        }
        Self { starts, terms }
    }
}

/// The lists of one batch, their terms numbered by first occurrence.
struct Batch {
    terms: Vec<String>,
    clauses: Occurrences,
    headings: Occurrences,
}

/// The terms of each text of a batch, by number and weight.
#[derive(Default)]
struct Occurrences {
    lengths: Vec<usize>,
    numbered: Vec<(u32, f32)>,
}

impl TokenizedCorpus {
    /// Returns the term lists of a corpus.
    ///
    /// Costs one pass over the text, divided among rayon's threads; the result does not depend on their
    /// number.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::corpus::{Corpus, LoadParams};
    /// use consonance::term::{Analyzer, AnalyzerParams, TokenizedCorpus};
    ///
    /// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
    /// let lists = TokenizedCorpus::of(&corpus, &Analyzer::new(AnalyzerParams::default()));
    /// assert_eq!(lists.n_clauses(), 93);
    /// assert!(lists.n_distinct_terms() < lists.n_terms());
    /// # Ok::<(), consonance::Error>(())
    /// ```
    #[allow(
        clippy::missing_panics_doc,
        reason = "nobody can cancel a default watch"
    )]
    pub fn of(corpus: &Corpus, analyzer: &Analyzer) -> Self {
        let progress = Progress::default();
        Self::watched(corpus, analyzer, &progress).expect("nobody can cancel a default watch")
    }

    /// As [`Self::of`], but reports progress.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Cancelled`](crate::error::ErrorKind::Cancelled) if the work was cancelled.
    pub fn watched(corpus: &Corpus, analyzer: &Analyzer, progress: &Progress) -> Result<Self> {
        let stage = progress.stage("terms", corpus.clauses().len() as u64);
        let headings = corpus.dividing_headings();
        let batches: Result<Vec<Batch>> = batches_by_bytes(corpus)
            .into_par_iter()
            .map(|clauses| {
                let n_clauses = clauses.len() as u64;
                let batch = Batch::of(corpus, analyzer, &headings, clauses);
                stage.advance(n_clauses).map(|()| batch)
            })
            .collect();
        let mut lists = Self::merge(batches?);
        lists.concepts = Concepts::of(analyzer, &lists.vocabulary);
        Ok(lists)
    }

    fn merge(batches: Vec<Batch>) -> Self {
        let mut terms: Vec<String> = batches
            .iter()
            .flat_map(|batch| batch.terms.iter().cloned())
            .collect();
        terms.par_sort_unstable();
        terms.dedup();
        let vocabulary = Vocabulary { terms };
        let renumbered: Vec<Vec<TermId>> = batches
            .par_iter()
            .map(|batch| {
                let id = |term: &String| {
                    vocabulary
                        .find(term)
                        .expect("the vocabulary holds the terms of every batch")
                };
                batch.terms.iter().map(id).collect()
            })
            .collect();
        let (clauses, headings): (Vec<_>, Vec<_>) = batches
            .into_iter()
            .map(|batch| (batch.clauses, batch.headings))
            .unzip();
        Self {
            vocabulary,
            clauses: Lists::joined(&clauses, &renumbered),
            headings: Lists::joined(&headings, &renumbered),
            concepts: Concepts::default(),
        }
    }

    /// Returns the number of clauses.
    pub fn n_clauses(&self) -> usize {
        self.clauses.starts.len().saturating_sub(1)
    }

    /// Returns the number of occurrences of terms in clauses.
    pub fn n_terms(&self) -> usize {
        self.clauses.terms.len()
    }

    /// Returns the number of distinct terms.
    pub fn n_distinct_terms(&self) -> usize {
        self.vocabulary.len()
    }

    /// Returns the distinct terms.
    pub(crate) fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// Returns the concepts of the thesaurus, as sequences of these terms.
    pub(crate) fn concepts(&self) -> &Concepts {
        &self.concepts
    }

    /// Returns the names of the concepts that the words of a clause point to, in the order of the
    /// thesaurus, each with its number of mentions.
    ///
    /// # Panics
    ///
    /// Panics if the id comes from another, larger corpus.
    pub fn concepts_of(&self, id: ClauseId) -> Vec<(&str, u32)> {
        let found = self.concepts.in_terms(self.of_clause(id)).into_iter();
        found
            .map(|(concept, n)| (self.concepts.name(concept), n))
            .collect()
    }

    /// Returns the terms of a clause, in the order of its words.
    ///
    /// # Panics
    ///
    /// Panics if the id comes from another, larger corpus.
    pub(crate) fn of_clause(&self, id: ClauseId) -> &[WeightedTerm] {
        self.clauses.of_clause(id)
    }

    /// Returns the terms of the heading that a clause stands under, if the heading divides its agreement.
    ///
    /// # Panics
    ///
    /// Panics if the id comes from another, larger corpus.
    pub(crate) fn of_heading(&self, id: ClauseId) -> &[WeightedTerm] {
        self.headings.of_clause(id)
    }
}

/// Divides the clauses of a corpus into batches of about equal size in bytes, in order.
fn batches_by_bytes(corpus: &Corpus) -> Vec<Range<usize>> {
    let mut batches = Vec::new();
    let (mut start, mut n_bytes) = (0, 0);
    for id in corpus.clause_ids() {
        n_bytes += corpus.text(id).len();
        if n_bytes >= BATCH_BYTES {
            batches.push(start..id.index() + 1);
            (start, n_bytes) = (id.index() + 1, 0);
        }
    }
    if start < corpus.clauses().len() {
        batches.push(start..corpus.clauses().len());
    }
    batches
}

/// A batch's state for one language.
struct Known {
    session: Session,
    /// The number of each session entry's term in the batch.
    number_of_entry: Vec<Option<u32>>,
}

impl Batch {
    fn of(
        corpus: &Corpus,
        analyzer: &Analyzer,
        headings: &[Option<&str>],
        clauses: Range<usize>,
    ) -> Self {
        let mut terms = Terms::default();
        let (mut of_clauses, mut of_headings) = (Occurrences::default(), Occurrences::default());
        let mut known: BTreeMap<Language, Known> = BTreeMap::new();
        for clause in clauses.map(ClauseId::new) {
            let language = corpus.clause(clause).language;
            let known = known.entry(language).or_insert_with(|| Known {
                session: analyzer.take_session(language),
                number_of_entry: Vec::new(),
            });
            of_clauses.push(&corpus.compared_text(clause), known, &mut terms);
            of_headings.push(headings[clause.index()].unwrap_or(""), known, &mut terms);
        }
        for known in known.into_values() {
            analyzer.give_back(known.session);
        }
        Self {
            terms: terms.in_order,
            clauses: of_clauses,
            headings: of_headings,
        }
    }
}

/// The terms of a batch, numbered.
#[derive(Default)]
struct Terms {
    in_order: Vec<String>,
    number_of: HashMap<String, u32, RandomState>,
}

impl Terms {
    fn number_of(&mut self, term: &str) -> u32 {
        if let Some(number) = self.number_of.get(term) {
            return *number;
        }
        let number = u32::try_from(self.in_order.len()).expect("a batch has fewer than 2^32 terms");
        self.in_order.push(term.to_owned());
        self.number_of.insert(term.to_owned(), number);
        number
    }
}

impl Occurrences {
    /// Appends the terms of a text.
    fn push(&mut self, text: &str, known: &mut Known, terms: &mut Terms) {
        let before = self.numbered.len();
        if text.is_empty() {
            self.lengths.push(0);
            return;
        }
        let words = known.session.rewrite(text).words;
        let n_entries = known.session.entries().len();
        known.number_of_entry.resize(n_entries, None);
        for word in words {
            if word.kind.is_stop || word.weight <= 0.0 {
                continue;
            }
            let number = &mut known.number_of_entry[word.entry as usize];
            let term = || &known.session.entry(word.entry).term;
            let number = *number.get_or_insert_with(|| terms.number_of(term()));
            self.numbered.push((number, word.weight));
        }
        self.lengths.push(self.numbered.len() - before);
    }
}
