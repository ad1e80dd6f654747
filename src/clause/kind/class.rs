//! [`ClauseKind`]: the kinds of clauses, with their names.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a clause is for.
///
/// Only [`Norm`](Self::Norm) and [`Unknown`](Self::Unknown) count as norms: see [`is_norm`](Self::is_norm).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ClauseKind {
    /// It binds, advises, permits or promises, or states a principle.
    Norm,
    /// It gives the reasons before the operative part: "Recalling its resolution 57/239,".
    Preamble,
    /// It says what a word means.
    Definition,
    /// It is about the text itself: signature, entry into force, amendment, reports to be made.
    FinalClause,
    /// It describes or explains: background, commentary, what the text welcomes or notes.
    Explanation,
    /// A heading that was taken for a clause.
    Heading,
    /// A footnote, a reference or an address.
    Note,
    /// A list of members, participants or signatories.
    Names,
    /// Page furniture: a symbol, a date of issue, a menu.
    Furniture,
    /// Not known, such as in a language without word lists.
    #[default]
    Unknown,
}

impl ClauseKind {
    /// All kinds, in the order of the enum.
    pub const ALL: [Self; 10] = [
        Self::Norm,
        Self::Preamble,
        Self::Definition,
        Self::FinalClause,
        Self::Explanation,
        Self::Heading,
        Self::Note,
        Self::Names,
        Self::Furniture,
        Self::Unknown,
    ];

    /// Returns its name, as reports, files and search fields spell it: `final-clause`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Norm => "norm",
            Self::Preamble => "preamble",
            Self::Definition => "definition",
            Self::FinalClause => "final-clause",
            Self::Explanation => "explanation",
            Self::Heading => "heading",
            Self::Note => "note",
            Self::Names => "names",
            Self::Furniture => "furniture",
            Self::Unknown => "unknown",
        }
    }

    /// Returns the kind with this name, if there is one.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether it counts as a norm: norms, and clauses of which nothing else is known.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::clause::ClauseKind;
    ///
    /// assert!(ClauseKind::Norm.is_norm());
    /// assert!(ClauseKind::Unknown.is_norm(), "nothing speaks against it");
    /// assert!(!ClauseKind::Preamble.is_norm());
    /// assert_eq!(ClauseKind::from_name("final-clause"), Some(ClauseKind::FinalClause));
    /// ```
    pub fn is_norm(self) -> bool {
        matches!(self, Self::Norm | Self::Unknown)
    }
}

impl fmt::Display for ClauseKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_kind_is_its_spelling_in_files() {
        for kind in ClauseKind::ALL {
            let json = serde_json::to_string(&kind).unwrap();
            assert_eq!(json, format!("\"{}\"", kind.name()));
            assert_eq!(ClauseKind::from_name(kind.name()), Some(kind));
        }
        assert_eq!(ClauseKind::from_name("final clause"), None);
    }
}
