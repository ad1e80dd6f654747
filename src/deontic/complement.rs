//! How the words after a verb of force change its meaning.

use std::ops::Range;

use crate::deontic::class::ModalClass;
use crate::deontic::cue::{Following, Wording};
use crate::deontic::lexicon::{CueRole, Turn};
use crate::deontic::subject::actors_in;

/// The maximum number of words considered between a modal and its verb.
const MAX_BETWEEN: usize = 24;

/// The maximum number of words after a verb of asking that name its object.
const MAX_OBJECT: usize = 8;

impl Wording<'_> {
    /// Returns the index after the object of an act ("calls upon States").
    pub(crate) fn end_of_object(self, role: CueRole, end: usize) -> usize {
        match role {
            CueRole::Ask(_) => {
                let object = actors_in(self, self.object_of(end));
                object.map_or(end, |actors| actors.words.end)
            }
            _ => end,
        }
    }

    /// Returns the words that may name the object of a verb of asking that ends at a word.
    pub(crate) fn object_of(self, end: usize) -> Range<usize> {
        let last = self.words.len().min(end + MAX_OBJECT);
        let opens = |i: &usize| !self.is(*i, &self.sets().before_object);
        (end..last).find(opens).unwrap_or(last)..last
    }

    /// Returns what follows a modal: a negation, a complement that changes its meaning, the verb.
    pub(crate) fn following(self, from: usize) -> Following {
        let sets = self.sets();
        let mut is_negated = false;
        let mut turn = None;
        let mut index = from;
        while let Some(word) = self.words.get(index).filter(|_| index < from + MAX_BETWEEN) {
            let next = index + 1;
            match self.lexicon.complements.at(self.words, index) {
                Some((Turn::Aside, length)) => {
                    index += length;
                    continue;
                }
                Some((found, _)) => {
                    turn = Some(*found);
                    break;
                }
                None => {}
            }
            if word.is_in(&sets.no) && self.is(next, &sets.after_no) {
                is_negated = true;
                index += 2;
            } else if word.is_in(&sets.not_after) {
                is_negated |= !self.is(next, &sets.only);
                index = next;
            } else if matches!(word.form.as_ref(), "," | "(") {
                let Some(end) = self.end_of_aside(index) else {
                    break;
                };
                index = end;
            } else if self.is_adverb(index) || word.is_in(&sets.to) {
                index = next;
            } else {
                break;
            }
        }
        Following {
            is_negated,
            turn,
            verb: index,
        }
    }

    /// Returns the index after a parenthesis between commas or brackets.
    fn end_of_aside(self, open: usize) -> Option<usize> {
        let close = if self.words[open].form == "(" {
            ")"
        } else {
            ","
        };
        let rest = &self.words[open + 1..];
        let length = rest
            .iter()
            .take(MAX_BETWEEN)
            .take_while(|word| !word.is_stop)
            .position(|word| word.form == close)?;
        Some(open + 1 + length + 1)
    }

    /// Whether a word may occur between a modal and its verb.
    pub(crate) fn is_adverb(self, index: usize) -> bool {
        let sets = self.sets();
        let word = &self.words[index];
        let ends =
            |ending: &&str| word.form.len() > ending.len() + 2 && word.form.ends_with(ending);
        let is_other =
            || word.is_in(&sets.imperatives) || self.lexicon.actors.at(self.words, index).is_some();
        word.is_in(&sets.adverbs) || sets.adverb_endings.iter().any(ends) && !is_other()
    }
}

/// Returns the class of a modal or an act, changed by the words that follow.
pub(crate) fn turned(base: ModalClass, following: Following) -> (ModalClass, bool) {
    use ModalClass::{
        Obligation, Permission, Prohibition, StrongRecommendation, WeakRecommendation,
    };
    let is_negated = following.is_negated ^ (following.turn == Some(Turn::Refrain));
    let class = match (base, following.turn) {
        (StrongRecommendation | Permission, Some(Turn::Consider)) => WeakRecommendation,
        (Permission, Some(Turn::Refrain)) if !following.is_negated => return (Permission, true),
        (Obligation, Some(Turn::Permit)) => Permission,
        (Obligation, Some(Turn::Bind | Turn::Hinder)) if is_negated => return (Permission, false),
        (Obligation, Some(Turn::Forbid)) => Prohibition,
        (_, Some(Turn::Forbid)) => return (base, true),
        (StrongRecommendation, Some(Turn::Ask(class))) => class,
        _ => base,
    };
    match class {
        Obligation | Permission if is_negated => (Prohibition, true),
        Prohibition => (Prohibition, true),
        _ => (class, is_negated),
    }
}
