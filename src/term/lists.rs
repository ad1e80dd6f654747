//! [`TermLists`]: the terms of every clause of a corpus, worked out once and in parallel.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::corpus::Corpus;
use crate::id::{ClauseId, TermId};
use crate::term::{Analyzer, Concepts};

/// Clauses a worker analyzes with one memory of words.
const BATCH: usize = 2_048;

/// The distinct terms of a corpus, in the order of their characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary {
    terms: Vec<String>,
}

impl Vocabulary {
    /// Returns the number of terms.
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// Returns whether there is no term.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Returns the term with this id.
    ///
    /// # Panics
    ///
    /// Panics if the id comes from another, larger vocabulary.
    pub fn term(&self, id: TermId) -> &str {
        &self.terms[id.index()]
    }

    /// Returns the id of a term.
    pub fn find(&self, term: &str) -> Option<TermId> {
        self.terms
            .binary_search_by(|known| known.as_str().cmp(term))
            .ok()
            .map(TermId::new)
    }
}

/// One occurrence of a term that counts.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct WeightedTerm {
    /// The term.
    pub term: TermId,
    /// How much the occurrence counts, above 0 and at most 1.
    pub weight: f32,
}

/// The terms of every clause in the order of its words: stop words, bare numbers and words without
/// weight left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TermLists {
    vocabulary: Vocabulary,
    /// Where each clause starts in `terms`, and the end.
    starts: Vec<usize>,
    terms: Vec<WeightedTerm>,
    concepts: Concepts,
}

/// The lists of one batch, their terms numbered in the order met.
struct Batch {
    terms: Vec<String>,
    lengths: Vec<usize>,
    occurrences: Vec<(u32, f32)>,
}

impl TermLists {
    /// Returns the term lists of a corpus.
    ///
    /// Costs one pass over the text, spread over rayon's threads; the result is the same on any
    /// number of them.
    pub fn of(corpus: &Corpus, analyzer: &Analyzer) -> Self {
        let clauses: Vec<ClauseId> = corpus.clause_ids().collect();
        let batches: Vec<Batch> = clauses
            .par_chunks(BATCH)
            .map(|ids| analyze_batch(corpus, analyzer, ids))
            .collect();
        let mut lists = Self::merge(batches);
        lists.concepts = Concepts::of(analyzer, &lists.vocabulary);
        lists
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
        let mut lists = Self {
            vocabulary,
            starts: vec![0],
            terms: Vec::new(),
            concepts: Concepts::default(),
        };
        for (batch, ids) in batches.into_iter().zip(renumbered) {
            for length in batch.lengths {
                lists
                    .starts
                    .push(lists.starts[lists.starts.len() - 1] + length);
            }
            lists.terms.extend(
                batch
                    .occurrences
                    .into_iter()
                    .map(|(entry, weight)| WeightedTerm {
                        term: ids[entry as usize],
                        weight,
                    }),
            );
        }
        lists
    }

    /// Returns the number of clauses.
    pub fn n_clauses(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Returns the distinct terms.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// Returns the concepts of the thesaurus, ready to be looked up in lists of these terms.
    pub fn concepts(&self) -> &Concepts {
        &self.concepts
    }

    /// Returns the terms of a clause, in the order of its words.
    ///
    /// # Panics
    ///
    /// Panics if the id comes from another, larger corpus.
    pub fn of_clause(&self, id: ClauseId) -> &[WeightedTerm] {
        &self.terms[self.starts[id.index()]..self.starts[id.index() + 1]]
    }
}

fn analyze_batch(corpus: &Corpus, analyzer: &Analyzer, ids: &[ClauseId]) -> Batch {
    let mut batch = Batch {
        terms: Vec::new(),
        lengths: Vec::new(),
        occurrences: Vec::new(),
    };
    let mut number_of_term: HashMap<String, u32> = HashMap::new();
    let mut sessions = HashMap::new();
    for &id in ids {
        let language = corpus.clause(id).language;
        let (session, number_of_entry) = sessions
            .entry(language)
            .or_insert_with(|| (analyzer.session(language), Vec::<Option<u32>>::new()));
        let words = session.rewrite(&corpus.compared_text(id)).words;
        number_of_entry.resize(session.entries().len(), None);
        let before = batch.occurrences.len();
        for word in words {
            let entry = session.entry(word.entry);
            if entry.is_stop || word.weight <= 0.0 {
                continue;
            }
            let number = *number_of_entry[word.entry as usize].get_or_insert_with(|| {
                *number_of_term.entry(entry.term.clone()).or_insert_with(|| {
                    batch.terms.push(entry.term.clone());
                    u32::try_from(batch.terms.len() - 1).expect("a batch has fewer than 2^32 terms")
                })
            });
            batch.occurrences.push((number, word.weight));
        }
        batch.lengths.push(batch.occurrences.len() - before);
    }
    batch
}
