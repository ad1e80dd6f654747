//! [`ProvisionKind`]: what a number counts, such as articles, principles or annexes.

use serde::Deserialize;

/// The kind of a numbered part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ProvisionKind {
    Preamble,
    Recital,
    Paragraph,
    Subparagraph,
    Clause,
    Item,
    Number,
    Article,
    Principle,
    Norm,
    Rule,
    Recommendation,
    Commitment,
    Guideline,
    Measure,
    Standard,
    Pledge,
    Action,
    Goal,
    /// A provision after the articles, with numbers of its own: `Disposición final`.
    Disposition,
    Book,
    Title,
    Part,
    Pillar,
    Option,
    Chapter,
    Section,
    Annex,
}

/// The role of a kind in the structure of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Role {
    /// A provision: its number is a clause's label.
    Provision,
    /// A group of provisions: a heading.
    #[default]
    Group,
    /// A separate text after the main one: numbers start again.
    Annex,
}

/// How deep in a document a cited part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    Group,
    Article,
    Paragraph,
    Item,
    /// Another document.
    Document,
}

impl ProvisionKind {
    /// Returns the English word for it.
    pub(crate) fn name(self) -> String {
        format!("{self:?}").to_lowercase()
    }

    /// Whether its word adds nothing to the number: a paragraph, a point.
    pub(crate) fn is_plain(self) -> bool {
        matches!(
            self,
            Self::Paragraph | Self::Subparagraph | Self::Clause | Self::Item | Self::Number
        )
    }

    /// Returns its role in the structure.
    pub(crate) fn role(self) -> Role {
        match self {
            Self::Book
            | Self::Title
            | Self::Part
            | Self::Pillar
            | Self::Option
            | Self::Chapter
            | Self::Section => Role::Group,
            Self::Annex => Role::Annex,
            _ => Role::Provision,
        }
    }

    /// Returns how deep it is in a citation; `None` for words that also come before numbers in
    /// sentences that cite nothing, such as `measure 5`.
    pub(crate) fn rank(self) -> Option<Rank> {
        Some(match self {
            Self::Book | Self::Title | Self::Part | Self::Chapter | Self::Annex => Rank::Group,
            Self::Recital
            | Self::Article
            | Self::Principle
            | Self::Norm
            | Self::Rule
            | Self::Recommendation
            | Self::Commitment
            | Self::Guideline
            | Self::Section => Rank::Article,
            Self::Paragraph | Self::Clause => Rank::Paragraph,
            Self::Subparagraph | Self::Item => Rank::Item,
            Self::Preamble
            | Self::Number
            | Self::Measure
            | Self::Standard
            | Self::Pledge
            | Self::Action
            | Self::Goal
            | Self::Disposition
            | Self::Option
            | Self::Pillar => return None,
        })
    }
}
