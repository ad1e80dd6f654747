//! [`Qualifier`]: words that narrow or weaken a clause.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::deontic::evidence::Evidence;

/// Words that narrow or weaken a clause, and where they occur.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Qualifier {
    /// Their effect.
    pub kind: QualifierKind,
    /// The words.
    pub evidence: Evidence,
}

/// The effect of a qualifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum QualifierKind {
    /// "on a voluntary basis".
    Voluntary,
    /// "as appropriate", "where necessary".
    AsAppropriate,
    /// "where possible", "to the extent feasible".
    WherePossible,
    /// "in accordance with national law".
    NationalLaw,
    /// "in accordance with international law".
    InternationalLaw,
    /// "subject to", "except", "unless".
    SubjectTo,
    /// "without prejudice to".
    WithoutPrejudice,
    /// "within their capabilities", "in light of available resources".
    Capability,
    /// "endeavor to", "strive to", "make every effort".
    Effort,
    /// "as they deem necessary", "at its discretion".
    Discretion,
    /// "upon request".
    OnRequest,
    /// "knowingly", "intentionally".
    Knowledge,
}

impl QualifierKind {
    /// Whether it weakens: those bound may do less and still comply.
    pub fn is_weakening(self) -> bool {
        !matches!(
            self,
            Self::InternationalLaw | Self::WithoutPrejudice | Self::Knowledge | Self::OnRequest
        )
    }

    /// Returns its name, as reports spell it: `as-appropriate`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Voluntary => "voluntary",
            Self::AsAppropriate => "as-appropriate",
            Self::WherePossible => "where-possible",
            Self::NationalLaw => "national-law",
            Self::InternationalLaw => "international-law",
            Self::SubjectTo => "subject-to",
            Self::WithoutPrejudice => "without-prejudice",
            Self::Capability => "capability",
            Self::Effort => "effort",
            Self::Discretion => "discretion",
            Self::OnRequest => "on-request",
            Self::Knowledge => "knowledge",
        }
    }
}

impl fmt::Display for QualifierKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
