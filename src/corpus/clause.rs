//! [`Clause`]: the smallest numbered or listed provision of an agreement.

use std::ops::Range;

use crate::clause::Label;
use crate::id::AgreementId;
use crate::language::Language;

/// The smallest numbered or listed provision of an agreement: a byte range of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Clause {
    /// The agreement it belongs to.
    pub agreement: AgreementId,
    /// The key that names it in every report, unique in its corpus: the id it came with, else
    /// `agreement/label`, with `#2`, `#3` ... where that repeats.
    pub key: String,
    /// Its official label; nothing for an unnumbered paragraph.
    pub label: Option<Label>,
    /// Its number among the unnumbered clauses of its agreement, from 1; 0 if it has a label.
    pub running_number: usize,
    /// The heading above it.
    pub heading: Option<String>,
    /// The words that introduce it ("States should:").
    pub lead_in: Option<String>,
    /// The bytes of its agreement's text that are its words.
    pub range: Range<usize>,
    /// The language of its words.
    pub language: Language,
}
