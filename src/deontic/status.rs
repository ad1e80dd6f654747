//! [`LegalStatus`]: whether an agreement is legally binding, according to its metadata.

use serde::{Deserialize, Serialize};

/// Whether an agreement is legally binding, according to its metadata.
///
/// It is independent of the class of a clause: "shall" in a code of conduct is worded as an obligation
/// but is not legally binding.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum LegalStatus {
    /// A treaty, a regulation, a directive or a binding decision.
    Binding,
    /// A declaration, a report, a resolution, a code, a pledge.
    NonBinding,
    /// Not stated in the metadata.
    #[default]
    Unknown,
}

/// Words of non-binding texts; tested first, since "non-binding" contains "binding".
const NON_BINDING: &str = "non-binding|not binding|nonbinding|voluntary|declaration|resolution|report|\
    statement|political|code|pledge|call|guideline|recommendation|principle|restatement|\
    accord of companies|charter of companies|communiqué|manifesto|norms|draft";

/// Words of binding texts.
const BINDING: &str =
    "convention|treaty|protocol|covenant|regulation|directive|binding|pact|statute|agreement";

impl LegalStatus {
    /// Returns its name, as reports spell it: `non-binding`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Binding => "binding",
            Self::NonBinding => "non-binding",
            Self::Unknown => "unknown",
        }
    }

    /// Returns the legal status that a text such as "convention" or "voluntary commitment" indicates.
    pub(crate) fn of(status: &str) -> Self {
        let status = status.to_lowercase();
        let names = |words: &str| words.split('|').any(|word| status.contains(word));
        if names(NON_BINDING) {
            Self::NonBinding
        } else if names(BINDING) {
            Self::Binding
        } else {
            Self::Unknown
        }
    }
}
