//! [`Label`]: the official number of a clause, in the document's own style.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

/// The official number of a clause (`¶13(f)`, `Article 25(4)`, `Norm 4`), printed as it is written.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Label(String);

impl Label {
    /// Returns the label that `written` is; any text is one, known numbering styles are understood.
    pub fn new(written: impl Into<String>) -> Self {
        Self(written.into())
    }

    /// Returns the label as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the label as part of a clause key: lower case, words joined by hyphens, without `¶`.
    pub fn slug(&self) -> String {
        self.0
            .replace('¶', "")
            .trim()
            .to_lowercase()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join("-")
    }
}

impl Ord for Label {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl PartialOrd for Label {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
