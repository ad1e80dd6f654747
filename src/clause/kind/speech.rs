//! [`Speech`]: what the words of a clause do by themselves, wherever they are.

use crate::clause::kind::class::ClauseKind;
use crate::clause::kind::reason::KindReason;
use crate::deontic::ForceGist;

/// What the words of a clause do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SpeechAct {
    /// The form or the words show this kind, wherever the clause is.
    Is(ClauseKind),
    /// A final clause after which final clauses follow.
    OpensFinal,
    /// It announces definitions.
    AnnouncesTerms,
    /// It gives a reason: "recalling".
    Recites,
    /// It names the body that speaks.
    NamesBody,
    /// It enacts the text.
    Enacts,
    /// It asks, binds, permits or promises.
    Norms,
    /// It may be a norm, by a weak sign: a permission of nobody, "needs to".
    MayNorm,
    /// It affirms and asks nothing.
    Affirms,
    /// It has the form of a title.
    Titles,
    /// It describes.
    States,
    /// Nothing is known: a language without word lists.
    Unknown,
}

/// What the words of a clause do by themselves, and why.
#[derive(Clone, Debug)]
pub(crate) struct Speech {
    pub(crate) act: SpeechAct,
    pub(crate) reason: KindReason,
    /// The number of words.
    pub(crate) n_words: usize,
    /// Whether there is more than one sentence.
    pub(crate) has_sentences: bool,
    /// Whether the verb that decides is after the first sentence.
    pub(crate) is_late: bool,
    /// A verb that asks or binds, if it does not decide: "Recognizing that ..., States should".
    pub(crate) also_norms: Option<Box<str>>,
    /// How strongly the words bind and whom, if that was needed.
    pub(crate) force: Option<ForceGist>,
}

impl Speech {
    pub(crate) fn new(act: SpeechAct, reason: KindReason) -> Self {
        Self {
            act,
            reason,
            n_words: 0,
            has_sentences: false,
            is_late: false,
            also_norms: None,
            force: None,
        }
    }

    pub(crate) fn is(kind: ClauseKind, reason: KindReason) -> Self {
        Self::new(SpeechAct::Is(kind), reason)
    }
}
