//! [`TableKeyness`]: the keyness of processes.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::corpus::ClauseRef;
use crate::id::RowId;

/// The keyness of processes: terms that they use more or less than the others do.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TableKeyness {
    /// The name and version of this form: `consonance.column-keyness/1`.
    pub schema: String,
    /// Each column against all others, over the whole corpus, in the order of the columns.
    pub(crate) overall: Vec<ColumnKeyness>,
    /// Each column against the others within an issue, in the order of the rows; issues of one
    /// column are left out.
    pub(crate) issues: Vec<IssueKeyness>,
    /// The text of every clause with an example, by id.
    pub texts: BTreeMap<String, String>,
}

/// The keyness of each column within an issue.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct IssueKeyness {
    /// The row.
    #[serde(skip)]
    pub(crate) row: RowId,
    /// Its issue.
    pub(crate) issue: String,
    /// Its columns, in the table's order.
    pub(crate) columns: Vec<ColumnKeyness>,
}

/// The keyness of one column, compared with others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ColumnKeyness {
    /// The id of the column.
    pub(crate) column: String,
    /// Its title.
    pub(crate) title: String,
    /// The number of terms it uses here, with repetitions, and the number the others use; stop words
    /// and domain stop words do not count.
    pub(crate) n_terms: [usize; 2],
    /// Whether either side has too few terms for a comparison; then no terms are reported.
    pub(crate) is_too_little: bool,
    /// The terms it uses more than the others, the clearest first.
    pub(crate) over: Vec<KeyTerm>,
    /// The terms it uses less than the others, the clearest first.
    pub(crate) under: Vec<KeyTerm>,
}

/// A term that one side uses more than the other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct KeyTerm {
    /// The term as it is most often written.
    pub(crate) word: String,
    /// The stem that is counted.
    pub(crate) stem: String,
    /// The number of uses by the column, and by the others.
    pub(crate) counts: [usize; 2],
    /// The difference of the log-odds, above 0 if the column uses it more.
    pub(crate) log_odds: f64,
    /// That difference in standard deviations.
    pub(crate) z: f64,
    /// How clear the difference is.
    pub(crate) clarity: Clarity,
    /// Where it occurs: in the column's own clauses if it is over-used, otherwise in the others'.
    pub(crate) examples: Vec<Example>,
}

/// How clear a difference between two sides is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Clarity {
    /// `|z|` of at least 1: only a hint.
    Hint,
    /// `|z|` of at least 1.96: without a real difference, one term in twenty would reach this.
    Clear,
}

/// An occurrence of a term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Example {
    /// The clause.
    pub(crate) clause: ClauseRef,
    /// The bytes of the term in the clause's text.
    pub(crate) range: Range<usize>,
}
