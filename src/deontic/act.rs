//! [`Act`]: the act that a verb of force governs.

use crate::deontic::class::ModalClass;
use crate::deontic::cue::Wording;
use crate::deontic::lexicon::Turn;
use crate::deontic::word::Word;

/// An act that is demanded, advised, permitted or forbidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Act {
    pub(crate) class: ModalClass,
    /// Whether it is negated: not to be done.
    pub(crate) is_negated: bool,
    /// Its verb, in lower case.
    pub(crate) verb: String,
    /// The next word that is not an article; empty if there is none.
    pub(crate) object: String,
}

impl Wording<'_> {
    /// Returns the act after a verb of force of a class; `None` for a statement, for an exemption, and if no
    /// verb follows.
    pub(crate) fn act_at(self, from: usize, class: ModalClass) -> Option<Act> {
        let following = self.following(from);
        let leaves_undone = following.is_negated || following.turn == Some(Turn::Refrain);
        let frees = class == ModalClass::Permission && leaves_undone;
        if frees || matches!(class, ModalClass::Declaration | ModalClass::Unknown) {
            return None;
        }
        let sets = self.sets();
        let is_no_verb = |word: &Word<'_>| {
            let others = [&sets.prepositions, &sets.subordinators, &sets.and];
            word.is_mark() || others.iter().any(|set| word.is_in(set))
        };
        let at = self.after_actor(self.after_complement(following.verb));
        let verb = self.words.get(at).filter(|word| !is_no_verb(word))?;
        let rest = self.words[at + 1..].iter();
        let object = rest
            .take_while(|word| !word.is_mark())
            .find(|word| !word.is_in(&sets.determiners));
        Some(Act {
            class,
            is_negated: false,
            verb: verb.form.to_string(),
            object: object.map_or_else(String::new, |word| word.form.to_string()),
        })
    }

    /// Returns the index after "refrain from", "be permitted to".
    fn after_complement(self, at: usize) -> usize {
        use Turn::{Ask, Bind, Consider, Effort, Permit, Refrain};
        match self.lexicon.complements.at(self.words, at) {
            Some((Refrain | Effort | Consider | Permit | Bind | Ask(_), length)) => {
                let sets = self.sets();
                let end = at + length;
                let leads_on = self.is(end, &sets.to) || self.is(end, &sets.prepositions);
                end + usize::from(leads_on)
            }
            _ => at,
        }
    }

    /// Returns the index after a subject: "under no circumstances shall a Party".
    fn after_actor(self, at: usize) -> usize {
        let rest = at..self.words.len();
        let head = rest
            .into_iter()
            .find(|&i| !self.is(i, &self.sets().determiners));
        let actor = head.and_then(|head| {
            let (_, length) = self.lexicon.actors.at(self.words, head)?;
            Some(head + length)
        });
        actor.unwrap_or(at)
    }
}
