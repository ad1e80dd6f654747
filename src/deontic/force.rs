//! [`Force`]: how strongly a clause binds, whom, and by which words.

use serde::{Deserialize, Serialize};

use crate::agreement::Metadata;
use crate::deontic::addressee::{Addressee, AddresseeSource};
use crate::deontic::class::{ModalClass, Strength};
use crate::deontic::evidence::Evidence;
use crate::deontic::qualifier::{Qualifier, QualifierKind};
use crate::deontic::status::LegalStatus;

/// How strongly a clause binds, whom, and by which words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Force {
    /// What it does.
    pub class: ModalClass,
    /// Whether it asks or promises not to do something ("should not", "pledge to refrain").
    pub is_negated: bool,
    /// Why it has its class.
    pub(crate) basis: Basis,
    /// The words that decide; `None` for a bare statement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
    /// Whom it binds, in the order of [`Addressee`]; empty if unknown.
    pub addressees: Vec<Addressee>,
    /// Where the addressees were found.
    pub(crate) addressee_source: AddresseeSource,
    /// The words that narrow or weaken it, in text order, those of the lead-in first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub qualifiers: Vec<Qualifier>,
    /// Other words with force, which do not decide.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) others: Vec<Modal>,
    /// Whether the agreement binds in law, by its metadata.
    pub(crate) status: LegalStatus,
}

/// Why a clause has its class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub(crate) enum Basis {
    /// A verb of the clause decides.
    Verb,
    /// A verb of the lead-in decides, and the clause continues it.
    LeadIn,
    /// It begins with a verb that no other verb governs: "Protect children online".
    Imperative,
    /// The authors state what they do: "We protect our users".
    Present,
    /// It states something, or names a principle without a verb.
    #[default]
    Statement,
}

/// Words with force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Modal {
    /// What they do.
    pub(crate) class: ModalClass,
    /// Whether they ask or promise not to do something.
    pub(crate) is_negated: bool,
    /// The words.
    pub(crate) evidence: Evidence,
}

impl Force {
    /// Returns the force completed by the metadata: the addressees if the words name nobody or only
    /// "Parties" and "we", the legal status, and the class of a bare imperative: an obligation in a
    /// binding text, a promise in a commitment or pledge, else a strong recommendation.
    #[must_use]
    pub fn with_metadata(mut self, metadata: &Metadata) -> Self {
        let status = metadata.status.as_deref().unwrap_or_default();
        self.status = LegalStatus::of(status);
        if self.basis == Basis::Imperative {
            let promises = ["commitment", "pledge", "accord", "charter"];
            let status = status.to_lowercase();
            if promises.iter().any(|word| status.contains(word)) {
                self.class = ModalClass::Commitment;
            } else if self.status == LegalStatus::Binding {
                self.class = if self.is_negated {
                    ModalClass::Prohibition
                } else {
                    ModalClass::Obligation
                };
            }
        }
        self.add_actor_kind(metadata.actor_kind.as_deref().unwrap_or_default());
        self
    }

    fn add_actor_kind(&mut self, actor_kind: &str) {
        let Some(kind) = Addressee::of_actor_kind(actor_kind) else {
            return;
        };
        if self.class == ModalClass::Unknown {
            return;
        }
        if self.addressees.is_empty() {
            self.addressees.push(kind);
            self.addressee_source = AddresseeSource::Metadata;
        } else if self.addressees == [Addressee::Parties] {
            self.addressees.push(kind);
            self.addressees.sort_unstable();
        }
    }

    /// Returns how strongly it binds; `None` for unknown.
    pub(crate) fn strength(&self) -> Option<Strength> {
        let mut kinds = self.qualifiers.iter().map(|qualifier| qualifier.kind);
        let is_plain = !kinds.any(QualifierKind::is_weakening);
        self.class.level().map(|level| Strength { level, is_plain })
    }

    /// Returns the label shown to readers: `prohibition`, `strong-recommendation (not to)`.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::deontic::Force;
    /// use consonance::language::Language;
    ///
    /// let tag = |text| Force::of(None, text, Language::ENGLISH).tag();
    /// assert_eq!(tag("Members shall keep a light."), "obligation");
    /// assert_eq!(tag("States should not harm ambulances."), "strong-recommendation (not to)");
    /// ```
    pub fn tag(&self) -> String {
        if self.is_negated && self.class != ModalClass::Prohibition {
            format!("{} (not to)", self.class)
        } else {
            self.class.to_string()
        }
    }
}
