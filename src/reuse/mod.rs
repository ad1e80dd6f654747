//! Who has whose words.
//!
//! Three questions, from small to large:
//!
//! * How do two texts differ, word by word? [`compare`] finds the runs they share, exact ones and
//!   passages with small changes, and names each change: a negation, a number, a modal verb ...
//! * How far do two clauses say the same? [`grade`] tells same wording, same norm, same subject and
//!   opposed apart, from the comparison, the nearness of the two and their force.
//! * Who has whose words in a corpus? [`Passages`] are all runs of words that clauses of different
//!   agreements share, [`SharedWording`] marks those that are mere boilerplate; [`find_borrowings`] compares
//!   the pairs, tells who was first by [`PublicationDate`](crate::corpus::PublicationDate), and follows
//!   each phrase through its [`Family`].
//!
//! [`OriginSearch`] ranks the clauses that a text which is none of them may have its words from. One
//! [`Passage`] tells of shared words everywhere, and nothing else in the crate looks for them.

mod align;
mod boilerplate;
mod change;
mod compare;
mod family;
mod find;
mod grade;
mod passage;
mod passages;
mod source;
mod synonyms;
mod tokens;
mod topic;
mod wording;

pub(crate) use align::longest;
pub(crate) use boilerplate::Boilerplate;
pub use change::{Change, ChangeKind, kinds_of_changes};
pub use compare::{CompareParams, Comparison, DiffPart, Fate, compare};
pub use family::{Family, FamilyMember};
pub use find::{Borrowing, BorrowingParams, Borrowings, find_borrowings};
pub use grade::{Grade, GradedClause, Nearness, Overlap, Verdict, grade};
pub(crate) use passage::MIN_WORDS;
pub use passage::Passage;
pub use passages::Passages;
pub(crate) use passages::{CommonPassage, Run, common_passages};
pub use source::{Origin, OriginSearch};
pub(crate) use tokens::TokenLists;
pub use topic::SubjectScale;
pub use wording::{SharedFormula, SharedWording};
