//! [`ClauseRef`] and [`Quoted`]: how results name a clause, how they quote it, and where its words
//! are in the original.

use std::ops::{Deref, Range};

use serde::{Deserialize, Serialize};

use crate::clause::ClauseKind;
use crate::corpus::collection::Corpus;
use crate::corpus::date::PublicationDate;
use crate::corpus::original::Original;
use crate::id::ClauseId;

/// A clause in a result: its id and how to cite it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ClauseRef {
    /// The clause's id.
    pub id: String,
    /// How to cite it.
    pub citation: String,
}

impl ClauseRef {
    /// Returns the reference to a clause.
    ///
    /// # Panics
    ///
    /// Panics if the id comes from another, larger corpus.
    pub fn of(corpus: &Corpus, clause: ClauseId) -> Self {
        Self {
            id: corpus.clause(clause).key.clone(),
            citation: corpus.citation(clause),
        }
    }
}

/// A clause with its words. Its id and citation can be read like its own fields.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams, Quoted, find_clause};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let quoted = Quoted::of(&corpus, find_clause(&corpus, "GGE 13(c)")?);
/// assert_eq!(quoted.citation, "GGE 2015 ¶13(c)");
/// assert_eq!(quoted.label.as_deref(), Some("¶13(c)"));
/// assert!(quoted.text.starts_with("No State should let its territory serve"));
/// # Ok::<(), consonance::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Quoted {
    /// The clause.
    #[serde(flatten)]
    pub clause: ClauseRef,
    /// The key of its agreement.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub agreement: String,
    /// Its official label, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What kind of clause it is.
    #[serde(default)]
    pub kind: ClauseKind,
    /// The words that introduce it, outside the quotation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_in: Option<String>,
    /// Its words, exactly as they occur in the agreement.
    pub text: String,
    /// Where they are in the file they come from; `None` if it was read from no file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<Original>,
}

impl Quoted {
    /// Returns a clause with its words.
    ///
    /// # Panics
    ///
    /// Panics if the id comes from another, larger corpus.
    pub fn of(corpus: &Corpus, id: ClauseId) -> Self {
        let clause = corpus.clause(id);
        Self {
            clause: ClauseRef::of(corpus, id),
            agreement: corpus.agreement(clause.agreement).key.clone(),
            label: clause.label.as_ref().map(|label| label.as_str().to_owned()),
            kind: clause.kind,
            lead_in: clause.lead_in.as_deref().map(str::to_owned),
            text: corpus.text(id).to_owned(),
            original: corpus.original(id),
        }
    }
}

impl Deref for Quoted {
    type Target = ClauseRef;

    fn deref(&self) -> &ClauseRef {
        &self.clause
    }
}

/// A clause with its process and its date. Its id and citation can be read like its own fields.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DatedClause {
    /// The clause.
    #[serde(flatten)]
    pub clause: ClauseRef,
    /// Its process.
    pub process: String,
    /// When its agreement was first published.
    pub published: Option<PublicationDate>,
}

impl DatedClause {
    /// Returns a clause with its process and its date.
    ///
    /// # Panics
    ///
    /// Panics if the id comes from another, larger corpus.
    pub fn of(corpus: &Corpus, clause: ClauseId) -> Self {
        let agreement = corpus.agreement(corpus.clause(clause).agreement);
        Self {
            clause: ClauseRef::of(corpus, clause),
            process: corpus.process(agreement.process).name.clone(),
            published: PublicationDate::of(&agreement.metadata),
        }
    }
}

impl Deref for DatedClause {
    type Target = ClauseRef;

    fn deref(&self) -> &ClauseRef {
        &self.clause
    }
}

impl Corpus {
    /// Converts a range of bytes in a clause's text to bytes of its agreement's text.
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
