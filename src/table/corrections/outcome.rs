//! [`Outcome`]: the outcome of a decision.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::error::{Diagnostic, Severity};
use crate::table::corrections::decision::Action;

/// The outcome of a decision when the corrections were replayed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Outcome {
    /// Its number in the corrections, from 1.
    pub number: usize,
    /// What it does.
    pub action: Action,
    /// The decision in one line.
    pub decision: String,
    /// Whether it holds in the table.
    pub(crate) status: Status,
    /// Why it does not hold, or a note if it does; often empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remark: String,
    /// The ids of its clauses that are in the corpus.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clauses: Vec<String>,
    /// Those of them whose words changed a little since.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(crate) changed: BTreeSet<String>,
    /// Those of them that were checked in a row and have left it since, each with the name the row had.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) moved: BTreeMap<String, String>,
}

/// Whether a decision holds in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Status {
    /// It holds.
    Applied,
    /// A later decision overrides it.
    Overridden,
    /// What it is about no longer exists.
    NotApplied,
}

impl Outcome {
    /// Returns whether the decision holds in the table.
    pub fn is_applied(&self) -> bool {
        self.status == Status::Applied
    }

    /// Returns a note for readers of the table, if there is one.
    pub(crate) fn diagnostic(&self) -> Option<Diagnostic> {
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
