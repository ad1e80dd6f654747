//! [`Doubt`]: a clause whose place is unsure, with the rows that it may belong to.

use serde::Serialize;

use crate::corpus::Quoted;
use crate::id::RowId;
use crate::score::Score;

/// A clause whose place in a table is unsure: see [`doubts`](crate::table::doubts).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Doubt {
    /// The clause and its words.
    #[serde(flatten)]
    pub quoted: Quoted,
    /// The row it is in; `None` if it is in none.
    pub place: Option<Contender>,
    /// The other rows that it may belong to, the likeliest first: three at most.
    pub rivals: Vec<Contender>,
    /// Why its place is unsure, in a sentence.
    pub why: String,
}

/// A row that a clause may belong to.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Contender {
    /// The row.
    #[serde(skip)]
    pub row: RowId,
    /// Its name.
    pub issue: String,
    /// How near the clause is to it: its score with the given issue, or its mean similarity to the other
    /// clauses of a row that was found.
    pub score: Score,
    /// The clause that is most similar to all others of the row, if that is not the doubtful one; `None` for a row
    /// without others.
    pub typical: Option<Quoted>,
}
