//! [`Issue`]: a row before its layout.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::id::ClauseId;
use crate::table::corrections::Checked;

/// A group of clauses with one subject, which becomes a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Issue {
    /// The name a person gave it; `None` if its clauses name it.
    pub(crate) name: Option<String>,
    /// Where it comes from.
    pub(crate) origin: Origin,
    /// Its index in the codebook, if it comes from there.
    pub(crate) given: Option<usize>,
    /// Its clauses, in order.
    pub(crate) clauses: Vec<ClauseId>,
    /// Those of its clauses that a person put in it beside their own issue.
    pub(crate) further: BTreeSet<ClauseId>,
    /// What a person said of it after reading it.
    pub(crate) checked: Option<Checked>,
}

/// Where an issue comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Origin {
    /// It was found by clustering. The default.
    #[default]
    Found,
    /// The caller gave it; it stays in the table even without clauses.
    Given,
}

impl Origin {
    /// Returns whether the issue was found by clustering.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes it so")]
    pub(crate) fn is_found(&self) -> bool {
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
            further: BTreeSet::new(),
            checked: None,
        }
    }

    /// Returns an issue found by clustering.
    pub(crate) fn found(clauses: Vec<ClauseId>) -> Self {
        Self {
            name: None,
            origin: Origin::Found,
            given: None,
            clauses,
            further: BTreeSet::new(),
            checked: None,
        }
    }
}
