//! Who spoke of an issue first, who followed, how strongly, and from whom they may have it.

mod history;
mod result;
mod trend;

pub use history::timeline;
pub use result::{Descent, Entry, Firsts, IssueTimeline, PossibleSource, Timeline, Year};
