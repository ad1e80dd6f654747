//! `Ngram`: a feature encoded as a number.

use crate::id::TermId;
use crate::term::ConceptId;

/// A term, a bigram or a concept, encoded so that features are ordered by first term, then by second
/// term, concepts last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Ngram(u64);

/// Concepts are encoded as bigrams of the largest first term.
const CONCEPTS_FROM: u64 = 0xffff_ffff << 32;

impl Ngram {
    /// The lowest bit of the second and of the first term.
    pub(crate) const SECOND_BITS: u32 = 0;
    pub(crate) const FIRST_BITS: u32 = 32;

    /// Returns `width` bits of the number, from bit `shift` on.
    pub(crate) fn digit(self, shift: u32, width: u32) -> usize {
        let bits = (self.0 >> shift) & ((1 << width) - 1);
        usize::try_from(bits).expect("a digit has few bits")
    }

    pub(crate) fn one(term: TermId) -> Self {
        Self((term.index() as u64) << 32)
    }

    pub(crate) fn two(first: TermId, second: TermId) -> Self {
        Self(((first.index() as u64) << 32) | (second.index() as u64 + 1))
    }

    pub(crate) fn concept(concept: ConceptId) -> Self {
        Self(CONCEPTS_FROM | concept.index() as u64)
    }

    pub(crate) fn as_concept(self) -> Option<ConceptId> {
        let index = self.0.checked_sub(CONCEPTS_FROM)?;
        Some(ConceptId::new(usize::try_from(index).expect("32 bits fit")))
    }

    pub(crate) fn is_bigram(self) -> bool {
        self.terms().1.is_some()
    }

    pub(crate) fn terms(self) -> (TermId, Option<TermId>) {
        let low = usize::try_from(self.0 & 0xffff_ffff).expect("32 bits fit");
        let high = usize::try_from(self.0 >> 32).expect("32 bits fit");
        (TermId::new(high), low.checked_sub(1).map(TermId::new))
    }
}
