//! [`TableKeyness`]: what processes stress, as it is told.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::corpus::ClauseRef;
use crate::id::RowId;

/// What processes stress: terms that they use more or less than the others do.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TableKeyness {
    /// The name and version of this form: `consonance.column-keyness/1`.
    pub schema: String,
    /// Each column against all others, over the whole corpus, in the order of the columns.
    pub overall: Vec<ColumnKeyness>,
    /// Each column against the others within an issue, in the order of the rows; issues of one
    /// column are left out.
    pub issues: Vec<IssueKeyness>,
    /// The words of every clause that an example stands in, by id.
    pub texts: BTreeMap<String, String>,
}

/// What each column stresses within an issue.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct IssueKeyness {
    /// The row.
    #[serde(skip)]
    pub row: RowId,
    /// Its issue.
    pub issue: String,
    /// Its columns, in the table's order.
    pub columns: Vec<ColumnKeyness>,
}

/// What one column stresses against others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ColumnKeyness {
    /// The id of the column.
    pub column: String,
    /// Its title.
    pub title: String,
    /// The number of terms it uses here, repetitions counted, and the number the others use; stop
    /// words and words of the genre do not count.
    pub n_terms: [usize; 2],
    /// Whether either side has too few terms to say anything; then none are told.
    pub is_too_little: bool,
    /// The terms it uses more than the others, the clearest first.
    pub over: Vec<KeyTerm>,
    /// The terms it uses less than the others, the clearest first.
    pub under: Vec<KeyTerm>,
}

/// A term that one side uses more than the other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct KeyTerm {
    /// The term as it is most often written.
    pub word: String,
    /// The stem that is counted.
    pub stem: String,
    /// How often the column uses it, and how often the others do.
    pub counts: [usize; 2],
    /// The difference of the log-odds, above 0 where the column uses it more.
    pub log_odds: f64,
    /// That difference in standard deviations.
    pub z: f64,
    /// What the difference is worth.
    pub clarity: Clarity,
    /// Where it stands: in the column's own clauses if it is over-used, else in the others'.
    pub examples: Vec<Example>,
}

/// What a difference between two sides is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Clarity {
    /// `|z|` of at least 1: no more than a hint.
    Hint,
    /// `|z|` of at least 1.96: were there no difference, one term in twenty would show as much.
    Clear,
}

/// A place where a term stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Example {
    /// The clause.
    pub clause: ClauseRef,
    /// The bytes of the term in the clause's text.
    pub range: Range<usize>,
}
