//! [`Issue`]: what becomes a row, before it is one.

use serde::{Deserialize, Serialize};

use crate::id::ClauseId;

/// A group of clauses about one subject, on its way to a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Issue {
    /// The name a person gave it; without, the clauses name it.
    pub(crate) name: Option<String>,
    /// Where it comes from.
    pub(crate) origin: Origin,
    /// Its place in the codebook, if it comes from there.
    pub(crate) given: Option<usize>,
    /// Its clauses, in order.
    pub(crate) clauses: Vec<ClauseId>,
}

/// Where an issue comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Origin {
    /// The clauses drew together. The default.
    #[default]
    Found,
    /// The caller gave it; it stays in the table even if no clause speaks of it.
    Given,
}

impl Origin {
    /// Returns whether the clauses themselves made the issue.
    pub fn is_found(&self) -> bool {
        *self == Self::Found
    }
}

impl Issue {
    /// Returns an issue that a person named; it is a row whatever clauses it has.
    pub(crate) fn given(name: impl Into<String>, clauses: Vec<ClauseId>) -> Self {
        Self {
            name: Some(name.into()),
            origin: Origin::Given,
            given: None,
            clauses,
        }
    }

    /// Returns an issue that the clauses themselves make.
    pub(crate) fn found(clauses: Vec<ClauseId>) -> Self {
        Self {
            name: None,
            origin: Origin::Found,
            given: None,
            clauses,
        }
    }
}
