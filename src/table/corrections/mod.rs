//! [`Ledger`]: a person's decisions about a table, kept in a file and replayed on every later run.

mod anchor;
mod held;
mod ledger;
mod outcome;
mod quoted;
mod replay;
mod request;

pub use anchor::{ClauseMark, IssueMark};
pub use ledger::{Action, Decision, Ledger};
pub use outcome::{Outcome, Status};
pub use request::{Wish, find_row};
