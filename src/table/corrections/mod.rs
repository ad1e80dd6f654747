//! [`Corrections`]: a person's decisions about a table, stored in a file and replayed in every later run.

mod anchor;
mod checked;
mod decision;
mod held;
mod outcome;
mod quoted;
mod replay;
mod request;

pub(crate) use anchor::ClauseAnchor;
pub(crate) use checked::{Checked, checked_clauses};
pub use decision::{Action, Corrections, Decision};
pub use outcome::Outcome;
pub(crate) use quoted::quoted;
pub(crate) use request::row_named;
pub use request::{Request, find_row};
