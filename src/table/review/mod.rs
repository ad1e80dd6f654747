//! What a person is asked about a table: the clauses whose place is unsure, and what becomes of the answers.

mod answer;
mod contest;
mod doubt;
mod doubts;
mod proposals;

pub use answer::Answer;
pub use doubt::{Contender, Doubt};
pub use doubts::{DoubtParams, doubts};
pub use proposals::proposals;
