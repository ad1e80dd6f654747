//! [`Clause`]: the smallest numbered or listed provision of an agreement.

use std::ops::Range;
use std::sync::Arc;

use crate::clause::{ClauseKind, KindReason};
use crate::deontic::ForceGist;
use crate::id::AgreementId;
use crate::language::Language;
use crate::provision::Label;

/// The smallest numbered or listed provision of an agreement: a byte range of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Clause {
    /// The agreement it belongs to.
    pub agreement: AgreementId,
    /// The key that identifies it in every report, unique in its corpus: the id from its file, else
    /// `agreement/label`, with `#2`, `#3` ... added if that repeats, or `agreement/#2` for further unnumbered ones.
    pub key: String,
    /// Its official label; `None` for an unnumbered paragraph.
    pub label: Option<Label>,
    /// Its number among the unnumbered clauses of its agreement, from 1; 0 if it has a label.
    pub running_number: usize,
    /// The heading above it; clauses of one text share it.
    pub heading: Option<Arc<str>>,
    /// The words that introduce it ("States should:"), shared like a heading.
    pub lead_in: Option<Arc<str>>,
    /// The bytes of its agreement's text from its first word to its last.
    pub range: Range<usize>,
    /// The parts of the range that are its words, if a page number, a running head, a note or a
    /// hyphen at a line's end is between them; empty if all of the range is its words.
    pub pieces: Vec<Range<usize>>,
    /// The pieces joined, if there are any.
    pub(crate) words: Option<String>,
    /// Whether its file gave it as a clause, not in a text that was cut.
    pub(crate) is_ready: bool,
    /// The language of its words.
    pub language: Language,
    /// What it is for: to bind, to recall, to define ...
    pub kind: ClauseKind,
    /// Why it has this kind.
    pub kind_reason: KindReason,
    /// What its words say of its force, if that was found when it was read.
    pub(crate) gist: Option<ForceGist>,
}
