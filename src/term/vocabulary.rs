//! [`Vocabulary`]: the distinct terms of a corpus; [`WeightedTerm`]: one occurrence of a term.

use crate::id::TermId;

/// The distinct terms of a corpus, in the order of their characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Vocabulary {
    pub(super) terms: Vec<String>,
}

impl Vocabulary {
    /// Returns the number of terms.
    pub(crate) fn len(&self) -> usize {
        self.terms.len()
    }

    /// Returns the term with this id.
    ///
    /// # Panics
    ///
    /// Panics if the id comes from another, larger vocabulary.
    pub(crate) fn term(&self, id: TermId) -> &str {
        &self.terms[id.index()]
    }

    /// Returns the id of a term.
    pub(crate) fn find(&self, term: &str) -> Option<TermId> {
        self.terms
            .binary_search_by(|known| known.as_str().cmp(term))
            .ok()
            .map(TermId::new)
    }
}

/// One occurrence of a term.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct WeightedTerm {
    /// The term.
    pub(crate) term: TermId,
    /// The weight of the occurrence, above 0 and at most 1.
    pub(crate) weight: f32,
}
