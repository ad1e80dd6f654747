//! [`Outcome`]: what became of a decision.

use serde::{Deserialize, Serialize};

use crate::error::{Diagnostic, Severity};
use crate::table::corrections::decision::Action;

/// What became of a decision when the corrections was replayed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Outcome {
    /// Its place in the corrections, from 1.
    pub number: usize,
    /// What it does.
    pub action: Action,
    /// The decision in one line.
    pub decision: String,
    /// Whether it holds in the table.
    pub status: Status,
    /// Why it does not hold, or what is worth knowing though it does; often empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remark: String,
    /// The ids of its clauses that are in the corpus.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clauses: Vec<String>,
}

/// Whether a decision holds in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Status {
    /// It holds.
    Applied,
    /// A later decision undoes it.
    Overridden,
    /// What it is about is no longer there.
    NotApplied,
}

impl Status {
    /// Returns whether the decision holds in the table.
    pub fn is_applied(&self) -> bool {
        *self == Self::Applied
    }
}

impl Outcome {
    /// Returns what a reader of the table should know of it, if anything.
    pub fn diagnostic(&self) -> Option<Diagnostic> {
        let (severity, what) = match self.status {
            Status::Applied if self.remark.is_empty() => return None,
            Status::Applied => (Severity::Note, "holds"),
            Status::Overridden => (Severity::Skipped, "does not hold"),
            Status::NotApplied => (Severity::Skipped, "no longer applies"),
        };
        let (number, decision, remark) = (self.number, &self.decision, &self.remark);
        let message = format!("decision {number} of the ledger ({decision}) {what}: {remark}");
        Some(Diagnostic::new(severity, message))
    }
}
