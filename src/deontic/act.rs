//! [`Act`]: the act that a verb of force governs.

use std::ops::Range;

use crate::deontic::class::ModalClass;
use crate::deontic::cue::{ClausePosition, Cue, Wording};
use crate::deontic::lexicon::{CueRole, Turn};
use crate::deontic::word::Word;

/// An act that is demanded, advised, permitted or forbidden; or an effect that a text states of
/// itself: "this Agreement shall apply".
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Act {
    /// What is done with the act; a declaration for an effect.
    pub(crate) class: ModalClass,
    /// Whether it is negated: not to be done.
    pub(crate) is_negated: bool,
    /// The bytes of its verb in the text.
    pub(crate) range: Range<usize>,
    /// Its verb, in lower case.
    pub(crate) verb: String,
    /// The next word that is not an article; empty if there is none.
    pub(crate) object: String,
}

impl Wording<'_> {
    /// Returns the act that a verb of force governs; `None` if it only affirms, exempts, or is after
    /// "which" or "if".
    pub(crate) fn act_of(self, cue: &Cue) -> Option<Act> {
        use CueRole::{Exempt, Hinder, Recital, Say};
        let governs_none = matches!(cue.role, Exempt | Hinder | Recital | Say);
        if governs_none || cue.position == ClausePosition::Dependent {
            return None;
        }
        let from = self.end_of_object(cue.role, cue.words.end);
        let following = self.following(from);
        let allows = cue.class == ModalClass::Permission;
        let is_may = cue.role == CueRole::Modal(ModalClass::Permission);
        // "Nothing in this Article shall prevent" is the effect of a text, and no act.
        let is_effect = cue.class == ModalClass::Declaration
            || allows && !is_may && following.turn == Some(Turn::Hinder);
        let (class, is_negated) = if is_effect {
            let is_negated = following.is_negated ^ self.is_denied(&cue.subject);
            (ModalClass::Declaration, is_negated)
        } else {
            (cue.class, cue.is_negated)
        };
        let act = self.act_at(from, class)?;
        Some(Act { is_negated, ..act })
    }

    /// Returns the act after a verb of force of a class; `None` for an exemption, and if no verb follows.
    pub(crate) fn act_at(self, from: usize, class: ModalClass) -> Option<Act> {
        let following = self.following(from);
        let leaves_undone = following.is_negated || following.turn == Some(Turn::Refrain);
        if class == ModalClass::Permission && leaves_undone {
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
            range: verb.range.clone(),
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
        let mut rest = at..self.words.len();
        let head = rest.find(|&i| !self.is(i, &self.sets().determiners));
        let actor = head.and_then(|head| {
            let (_, length) = self.lexicon.actors.at(self.words, head)?;
            Some(head + length)
        });
        actor.unwrap_or(at)
    }
}
