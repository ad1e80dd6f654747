//! Who has whose words.
//!
//! Three questions, from small to large:
//!
//! * How do two texts differ, word by word? [`compare`] finds the runs they share, exact ones and
//!   passages with small changes, and names each change: a negation, a number, a modal verb ...
//! * How far do two clauses say the same? [`grade`] tells same wording, same norm, same subject and
//!   opposed apart, from the comparison, the nearness of the two and their force.
//! * Who has whose words in a corpus? [`find_borrowings`] finds all runs that clauses of different
//!   agreements share ([`SharedRuns`]), marks those that are mere formulas, tells who was first by
//!   [`PublicationDate`], and follows each phrase through its [`Family`].
//!
//! [`OriginSearch`] ranks the clauses that a text which is none of them may have its words from.

mod align;
mod boilerplate;
mod change;
mod compare;
mod family;
mod find;
mod grade;
mod passages;
mod phrase;
mod source;
mod synonyms;
mod tokens;
mod topic;

pub use boilerplate::SharedFormula;
pub use change::{Change, ChangeKind, kinds_of_changes};
pub use compare::{CompareParams, Comparison, DiffPart, Fate, TextRun, compare};
pub use family::{Family, FamilyMember};
pub(crate) use find::in_agreement;
pub use find::{BorrowedRun, Borrowing, BorrowingParams, Borrowings, ClauseRef, find_borrowings};
pub use grade::{Grade, Nearness, Overlap, Verdict, grade};
pub use passages::{ClauseRun, SharedRuns};
pub use phrase::WordRun;
pub(crate) use phrase::{PhraseIndex, Run};
pub use source::{Origin, OriginSearch};
pub use tokens::WordLists;
pub(crate) use tokens::word_ranges;
pub use topic::SubjectScale;
