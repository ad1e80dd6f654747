//! [`ClauseRef`]: a clause as reports name it, and where its words are in the original.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::corpus::corpus::Corpus;
use crate::corpus::date::PublicationDate;
use crate::id::ClauseId;

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

impl Corpus {
    /// Returns the bytes of its agreement's text that some bytes of a clause's text are.
    pub(crate) fn in_agreement(&self, clause: ClauseId, bytes: &Range<usize>) -> Vec<Range<usize>> {
        let mut before = 0;
        let mut ranges = Vec::new();
        for piece in self.ranges(clause) {
            let start = bytes.start.max(before);
            let end = bytes.end.min(before + piece.len());
            if start < end {
                ranges.push(piece.start + start - before..piece.start + end - before);
            }
            before += piece.len();
        }
        ranges
    }
}
