//! Who took whose words.

mod align;
mod change;
mod compare;
mod lexicon;
mod runs;
mod words;

pub use change::{Change, ChangeKind, kinds_of_changes};
pub use compare::{CompareParams, Comparison, DiffPart, Fate, TextRun, compare};
pub use runs::{ClauseRun, SharedRuns};
pub use words::WordLists;
