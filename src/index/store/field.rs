//! [`FacetField`]: the fields of clauses and agreements.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A field by which clauses can be counted and chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum FacetField {
    /// The process.
    Process,
    /// The agreement, by its name.
    Agreement,
    /// The year of the agreement.
    Year,
    /// The language of the clause.
    Language,
    /// What kind of clause it is.
    Kind,
    /// How strongly the clause binds.
    Force,
    /// Whom the clause binds; a clause counts under each.
    Addressee,
    /// The kind of actor that made the agreement.
    Actor,
    /// The region the agreement is for.
    Region,
    /// The legal status of the agreement.
    Status,
}

impl FacetField {
    /// All fields, in the order of the enum.
    pub const ALL: [Self; 10] = [
        Self::Process,
        Self::Agreement,
        Self::Year,
        Self::Language,
        Self::Kind,
        Self::Force,
        Self::Addressee,
        Self::Actor,
        Self::Region,
        Self::Status,
    ];

    /// The fields of an agreement whose value is a name.
    pub(crate) const OF_AGREEMENT: [Self; 5] = [
        Self::Process,
        Self::Agreement,
        Self::Actor,
        Self::Region,
        Self::Status,
    ];

    /// Returns its name, which is that of the field in a query.
    pub fn name(self) -> &'static str {
        match self {
            Self::Process => "process",
            Self::Agreement => "agreement",
            Self::Year => "year",
            Self::Language => "language",
            Self::Kind => "kind",
            Self::Force => "force",
            Self::Addressee => "addressee",
            Self::Actor => "actor",
            Self::Region => "region",
            Self::Status => "status",
        }
    }

    /// Returns the field with this name, if there is one.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }
}

impl fmt::Display for FacetField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
