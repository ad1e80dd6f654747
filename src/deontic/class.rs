//! [`ModalClass`]: what a clause does (forbid, oblige, ...); [`Strength`]: how strongly.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a clause does: forbids, obliges, promises, recommends, permits or states.
///
/// A recommendation or a promise *not* to do something keeps its class, and
/// [`Force::is_negated`](crate::deontic::force::Force::is_negated) is set: "should not" binds as little
/// as "should". Only an outright ban ("shall not", "may not", "no State shall") is a prohibition.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ModalClass {
    /// It forbids: "shall not", "may not", "no State shall".
    Prohibition,
    /// It obliges: "shall", "must", "is required to".
    Obligation,
    /// The authors bind themselves: "pledge to", "undertake to", "we will".
    Commitment,
    /// It advises strongly: "should", "calls upon", "urges".
    StrongRecommendation,
    /// It suggests: "encourages", "invites", "should consider", "may wish to".
    WeakRecommendation,
    /// It allows or grants: "may", "has the right to", "nothing prevents".
    Permission,
    /// It states or affirms: "recognizes that", a bare principle, a description.
    Declaration,
    /// Unknown: no words, or a language without word lists.
    #[default]
    Unknown,
}

/// How strongly a clause binds by its words; greater is stronger.
///
/// The levels are: prohibition and obligation 5, commitment 4, strong recommendation 3, weak
/// recommendation 2, permission 1, declaration 0. Within a level, weakening words ("endeavor to", "as
/// appropriate", "where possible") make a clause weaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Strength {
    /// The level of its class, from 0 to 5.
    pub level: u8,
    /// Whether there are no weakening words.
    pub is_plain: bool,
}

impl ModalClass {
    /// All classes, in the order of the enum.
    pub const ALL: [Self; 8] = [
        Self::Prohibition,
        Self::Obligation,
        Self::Commitment,
        Self::StrongRecommendation,
        Self::WeakRecommendation,
        Self::Permission,
        Self::Declaration,
        Self::Unknown,
    ];

    /// Returns its name, as reports and search fields spell it: `strong-recommendation`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Prohibition => "prohibition",
            Self::Obligation => "obligation",
            Self::Commitment => "commitment",
            Self::StrongRecommendation => "strong-recommendation",
            Self::WeakRecommendation => "weak-recommendation",
            Self::Permission => "permission",
            Self::Declaration => "declaration",
            Self::Unknown => "unknown",
        }
    }

    /// Returns the class with this name, if there is one.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::deontic::ModalClass;
    ///
    /// for class in ModalClass::ALL {
    ///     assert_eq!(ModalClass::from_name(class.name()), Some(class));
    /// }
    /// assert_eq!(ModalClass::from_name("wish"), None);
    /// ```
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.name() == name)
    }

    /// Returns how strongly it binds, from 0 to 5; `None` for unknown.
    pub fn level(self) -> Option<u8> {
        match self {
            Self::Prohibition | Self::Obligation => Some(5),
            Self::Commitment => Some(4),
            Self::StrongRecommendation => Some(3),
            Self::WeakRecommendation => Some(2),
            Self::Permission => Some(1),
            Self::Declaration => Some(0),
            Self::Unknown => None,
        }
    }
}

impl fmt::Display for ModalClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
