//! [`Corrections`]: a person's decisions about a table, kept in a file and replayed on every later run.

mod anchor;
mod decision;
mod held;
mod outcome;
mod quoted;
mod replay;
mod request;

pub use anchor::{ClauseAnchor, IssueAnchor};
pub use decision::{Action, Corrections, Decision};
pub use outcome::{Outcome, Status};
pub use request::{Request, find_row};
