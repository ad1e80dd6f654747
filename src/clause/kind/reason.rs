//! [`Classified`]: the kind of a clause, and why it has it.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::clause::kind::class::ClauseKind;

/// The kind of a clause, and why it has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Classified {
    /// The kind.
    pub kind: ClauseKind,
    /// Why it has this kind.
    pub reason: KindReason,
}

impl Classified {
    /// Returns a kind with its reason.
    pub(crate) fn new(kind: ClauseKind, reason: KindReason) -> Self {
        Self { kind, reason }
    }
}

/// Why a clause has its kind; its `Display` is for readers: "by the verb `recalls`".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum KindReason {
    /// The record of the clause gives the kind.
    Stated,
    /// This verb.
    Verb(Box<str>),
    /// These words.
    Words(Box<str>),
    /// It begins with an imperative.
    Imperative,
    /// The heading it is under.
    Heading(Box<str>),
    /// It continues its lead-in, which has this kind.
    LeadIn,
    /// It comes before the first operative provision.
    BeforeOperative,
    /// It comes after the provision on signature or entry into force.
    AfterSignature,
    /// It is a provision of an article.
    Article,
    /// It is a question of a check list.
    Question,
    /// It has the form of a citation.
    Citation,
    /// It is an address or the symbol of a document.
    Address,
    /// It is a run of names.
    Names,
    /// It has the form of a title.
    Title,
    /// It has no words.
    NoWords,
    /// The layout of the page: a heading, a footnote, a running head.
    Layout,
    /// It describes: no verb asks, binds or permits.
    Description,
    /// Nothing in it speaks for another kind.
    #[default]
    Nothing,
}

impl KindReason {
    /// Returns the reason that these words are the verb that decides.
    pub(crate) fn verb(words: &str) -> Self {
        Self::Verb(one_line(words))
    }

    /// Returns the reason that these words decide.
    pub(crate) fn words(words: &str) -> Self {
        Self::Words(one_line(words))
    }

    /// Returns the reason that the clause is under this heading.
    pub(crate) fn heading(words: &str) -> Self {
        Self::Heading(one_line(words))
    }
}

/// Returns words on one line.
fn one_line(words: &str) -> Box<str> {
    let line: Vec<&str> = words.split_whitespace().collect();
    line.join(" ").into()
}

impl fmt::Display for KindReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fixed = match self {
            Self::Verb(verb) => return write!(f, "by the verb `{verb}`"),
            Self::Words(words) => return write!(f, "by the words `{words}`"),
            Self::Heading(words) => return write!(f, "under the heading `{words}`"),
            Self::Stated => "as its record says",
            Self::Imperative => "by its imperative",
            Self::LeadIn => "as its lead-in",
            Self::BeforeOperative => "before the first operative provision",
            Self::AfterSignature => "after the provision on signature or entry into force",
            Self::Article => "as a provision of an article",
            Self::Question => "as a question of a check list",
            Self::Citation => "by the form of a citation",
            Self::Address => "as an address or symbol",
            Self::Names => "as a run of names",
            Self::Title => "by the form of a title",
            Self::NoWords => "without words",
            Self::Layout => "by its layout",
            Self::Description => "without a verb that asks, binds or permits",
            Self::Nothing => "as nothing speaks for another kind",
        };
        f.write_str(fixed)
    }
}

impl Serialize for KindReason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
