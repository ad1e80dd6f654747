//! [`KindLexicon`]: the words of a language that tell the kind of a clause.
//!
//! The words are data: one TOML file per language, which explains each list.

use serde::Deserialize;

use crate::clause::kind::class::ClauseKind;
use crate::deontic::{Elisions, Phrases, WordSet, lexicons};

/// What words at the beginning of a clause tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum OpeningSign {
    /// A recital: "recalling".
    Recital,
    /// The body or the parties that speak: "the General Assembly".
    Body,
    /// The words that enact a text: "have agreed as follows".
    Enactment,
    /// A reference to another text: "see also".
    Note,
    /// The same, if a number or a name follows: "see", "resolution".
    Reference,
    /// A caption, if a number follows: "figure".
    Caption,
    /// What a page tells of itself: "agenda item".
    Page,
    /// The beginning of a list of names: "the following countries".
    Names,
    /// A verb that affirms and asks nothing: "recalls".
    Affirmation,
    /// An affirmation that something is to be done: "emphasizes the need".
    Stress,
    /// A request or a decision, which is bookkeeping if it is about reports or meetings.
    Request,
    /// A task for an organ, which is bookkeeping.
    Instruction,
}

/// What words anywhere in a clause tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum InnerSign {
    /// A definition: "means the".
    Definition,
    /// The same in a single sentence: "refers to".
    Gloss,
    /// A list of terms is announced: "the following terms".
    Terms,
    /// A final clause: "enter into force".
    Final,
    /// The treaty is opened to its parties or enters into force: what follows are final clauses too.
    Signature,
    /// Reports and meetings: a final clause after a request to an organ.
    Bookkeeping,
    /// What publishers say of their rights.
    Page,
    /// An act that asks, beside another verb: "and calls".
    Ask,
    /// A list of names: "the countries represented".
    Names,
}

/// What a heading tells of the clauses below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Topic {
    Preamble,
    Definition,
    FinalClause,
    /// Signature or entry into force: what follows are final clauses too.
    Signature,
    /// Background, introduction, commentary.
    Explanation,
    /// What the text or its publisher is: after the text.
    About,
    Note,
    Names,
    Furniture,
}

impl Topic {
    /// Returns the kind of what is under such a heading.
    pub(crate) fn kind(self) -> ClauseKind {
        match self {
            Self::Preamble => ClauseKind::Preamble,
            Self::Definition => ClauseKind::Definition,
            Self::FinalClause | Self::Signature => ClauseKind::FinalClause,
            Self::Explanation | Self::About => ClauseKind::Explanation,
            Self::Note => ClauseKind::Note,
            Self::Names => ClauseKind::Names,
            Self::Furniture => ClauseKind::Furniture,
        }
    }
}

/// The words of a language, indexed for look-up.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub(crate) struct KindLexicon {
    pub(crate) elisions: Elisions,
    /// Words before an opening that tell nothing: "also".
    pub(crate) before_opening: WordSet,
    /// Verbs of force that demand little: "needs to".
    pub(crate) weak_verbs: WordSet,
    /// Words that words of definitions do not follow: "by means of".
    pub(crate) no_definition_after: WordSet,
    /// Words that do not follow words of definitions: "means that", "means of".
    pub(crate) no_definition_before: WordSet,
    /// Words that begin no imperative: "the".
    pub(crate) no_imperatives: WordSet,
    /// Words that begin a purpose: "to".
    pub(crate) aims: WordSet,
    pub(crate) openings: Phrases<OpeningSign>,
    pub(crate) inner: Phrases<InnerSign>,
    /// Words at the beginning of a heading.
    pub(crate) headings: Phrases<Topic>,
    /// All words of a heading.
    pub(crate) whole_headings: Phrases<Topic>,
    /// Words anywhere in a heading.
    pub(crate) in_headings: Phrases<Topic>,
}

lexicons!(KindLexicon);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    #[test]
    fn every_lexicon_is_read_and_has_all_lists() {
        for code in ["en", "fr", "es"] {
            let lexicon = KindLexicon::of(Language::from_tag(code).unwrap()).unwrap();
            assert!(!lexicon.before_opening.is_empty(), "{code}");
            assert!(!lexicon.no_definition_after.is_empty(), "{code}");
        }
        assert!(KindLexicon::of(Language::from_tag("de").unwrap()).is_none());
    }
}
