//! [`Concepts`]: the thesaurus subjects that the words of a clause point to.

use crate::id::TermId;
use crate::language::Language;
use crate::term::analyzer::Analyzer;
use crate::term::vocabulary::{Vocabulary, WeightedTerm};

/// A concept of a thesaurus; ids follow its entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ConceptId(u32);

impl ConceptId {
    /// Returns the concept of the entry at a place.
    pub(crate) fn new(index: usize) -> Self {
        Self(u32::try_from(index).expect("a thesaurus has fewer entries than 32 bits count"))
    }

    /// Returns the place of its entry.
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// The concepts of a thesaurus, each with the sequences of terms that point to it, for one vocabulary.
///
/// A concept is added to the words and does not replace them: two clauses without a common word may
/// still share a concept (concept-based expansion, Qiu and Frei, 1993).
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Concepts {
    names: Vec<String>,
    /// Sequences of terms with their concept, ordered by first term.
    runs: Vec<(Vec<TermId>, ConceptId)>,
    /// For each term, where the sequences that start with it begin; then the end.
    starts: Vec<u32>,
}

impl Concepts {
    /// Returns the concepts of the analyzer's thesaurus as sequences of terms of a vocabulary. Sequences
    /// with a term that is not in the vocabulary are left out, since no clause can contain them.
    pub(crate) fn of(analyzer: &Analyzer, vocabulary: &Vocabulary) -> Self {
        let concepts = analyzer.params().thesaurus.concepts();
        let mut runs = Vec::new();
        for (index, concept) in concepts.iter().enumerate() {
            // A name of several words points to its concept as a term does; a single word does not.
            let name = Some(&concept.name).filter(|name| name.contains(' '));
            for phrase in concept.terms.iter().chain(name) {
                let tokens = analyzer.analyze(phrase, Language::ENGLISH);
                let weighty = tokens.iter().filter(|token| token.weight > 0.0);
                let run: Option<Vec<TermId>> =
                    weighty.map(|token| vocabulary.find(&token.term)).collect();
                runs.extend(
                    run.filter(|run| !run.is_empty())
                        .map(|run| (run, ConceptId::new(index))),
                );
            }
        }
        runs.sort_unstable();
        runs.dedup();
        let mut starts = vec![0; vocabulary.len() + 1];
        for (run, _) in &runs {
            starts[run[0].index() + 1] += 1;
        }
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
        }
        Self {
            names: concepts
                .iter()
                .map(|concept| concept.name.clone())
                .collect(),
            runs,
            starts,
        }
    }

    /// Returns the name of a concept.
    ///
    /// # Panics
    ///
    /// Panics if the id comes from another thesaurus.
    pub(crate) fn name(&self, id: ConceptId) -> &str {
        &self.names[id.index()]
    }

    /// Returns the concepts that a list of terms points to, in order, each with its number of mentions.
    /// Costs one look-up per term.
    ///
    /// # Panics
    ///
    /// Panics if the list has 2^32 terms or more; a clause is limited to less.
    pub(crate) fn in_terms(&self, terms: &[WeightedTerm]) -> Vec<(ConceptId, u32)> {
        let mut found: Vec<(ConceptId, usize)> = Vec::new();
        for (place, first) in terms.iter().enumerate() {
            let stands_here = |run: &[TermId]| {
                terms.len() >= place + run.len()
                    && run
                        .iter()
                        .zip(&terms[place..])
                        .all(|(id, term)| *id == term.term)
            };
            let runs = self.runs_from(first.term).iter();
            found.extend(
                runs.filter(|(run, _)| stands_here(run))
                    .map(|(_, concept)| (*concept, place)),
            );
        }
        found.sort_unstable();
        // Two phrases of one concept that begin at the same word are one mention.
        found.dedup();
        found
            .chunk_by(|a, b| a.0 == b.0)
            .map(|mentions| {
                let n = u32::try_from(mentions.len()).expect("a clause has fewer than 2^32 words");
                (mentions[0].0, n)
            })
            .collect()
    }

    fn runs_from(&self, first: TermId) -> &[(Vec<TermId>, ConceptId)] {
        match self.starts.get(first.index()..=first.index() + 1) {
            Some(&[start, end]) => &self.runs[start as usize..end as usize],
            _ => &[],
        }
    }
}
