//! Who addressed an issue first, who followed, how strongly, and which source each may have used.

mod history;
mod result;
mod trend;

pub use history::timeline;
pub(crate) use result::IssueTimeline;
pub use result::Timeline;
pub(crate) use result::{Descent, PossibleSource, Year};
