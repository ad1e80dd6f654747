//! Finds the verbs that carry force, and the class they give a clause.

use std::ops::Range;

use crate::deontic::class::ModalClass;
use crate::deontic::complement::turned;
use crate::deontic::cue::{Cue, Following, Wording};
use crate::deontic::lexicon::{CueRole, Turn};
use crate::deontic::subject::actors_in;
use crate::deontic::word::Word;

impl Wording<'_> {
    /// Returns the verbs that carry force, in order.
    pub(crate) fn cues(self) -> Vec<Cue> {
        let mut cues: Vec<Cue> = Vec::new();
        let mut index = 0;
        while index < self.words.len() {
            let found = self.lexicon.trigger_at(self.words, index);
            let length = found.map_or(1, |(_, length)| length);
            if let Some((role, length)) = found
                && self.is_verb(role, index..index + length, &cues)
                && let Some(cue) = self.read(role, index..index + length, &cues)
            {
                cues.push(cue);
            }
            index += length;
        }
        self.promote_dependent(&mut cues);
        self.settle_promises(&mut cues);
        cues
    }

    /// Whether words that can be nouns ("the request", "political will") are verbs here.
    fn is_verb(self, role: CueRole, at: Range<usize>, earlier: &[Cue]) -> bool {
        let sets = self.sets();
        let start = self.sentence_start(at.start);
        let before = (start..at.start).rev().find(|&i| !self.is_adverb(i));
        let is_noun = before.is_some_and(|i| {
            let opens_noun = self.is(i, &sets.articles) || self.is(i, &sets.prepositions);
            opens_noun && self.lexicon.actors.at(self.words, i).is_none()
        });
        match role {
            CueRole::Recital => before.is_none(),
            CueRole::Future => !is_noun && !self.is(at.end, &sets.to) && !self.is(at.end, &sets.of),
            CueRole::Modal(ModalClass::Permission) => {
                let is_number = |i: usize| {
                    let word = self.words.get(i);
                    word.is_some_and(|word| word.form.starts_with(|c: char| c.is_ascii_digit()))
                };
                // "15 May", "May 2001".
                !is_noun && !is_number(at.end) && !before.is_some_and(is_number)
            }
            CueRole::Modal(_) | CueRole::Destined | CueRole::Exempt | CueRole::Forbid => !is_noun,
            CueRole::Hinder => self.is_denied(&(start..at.start)),
            CueRole::Promise if self.opens_promise(&at) && before.is_some() => {
                !is_noun && !self.speaks_of_text(&(start..at.start))
            }
            CueRole::Promise | CueRole::Ask(_) | CueRole::Say => {
                !is_noun && self.is_act(at, before, earlier)
            }
        }
    }

    /// Whether the content of a promise follows: "to", "not", or the items of a list.
    fn opens_promise(self, at: &Range<usize>) -> bool {
        let sets = self.sets();
        let next = self.words.get(at.end);
        let follows = next.is_none_or(|word| {
            word.is_in(&sets.to) || word.is_in(&sets.not_after) || word.form == ":"
        });
        self.is(at.end - 1, &sets.to) || follows
    }

    /// Whether a verb of asking, promising or affirming is the act of the sentence, not an act that is asked
    /// of somebody ("should encourage") or a modifier of a noun ("the requested State").
    fn is_act(self, at: Range<usize>, before: Option<usize>, earlier: &[Cue]) -> bool {
        let sets = self.sets();
        let start = self.sentence_start(at.start);
        let of_sentence = || {
            let from_last = earlier.iter().rev();
            from_last.take_while(|cue| cue.words.start >= start)
        };
        let last_modal =
            of_sentence().find(|cue| !matches!(cue.role, CueRole::Say | CueRole::Ask(_)));
        let follows_modal = last_modal.is_some_and(|cue| {
            let between = cue.words.end..at.start;
            before.is_some_and(|i| i < cue.words.end) || actors_in(self, between).is_none()
        });
        let form = self.words[at.start].form.as_ref();
        let is_plain = !form.ends_with('s') || form.ends_with("ss");
        let follows_actor = actors_in(self, at.end..self.words.len().min(at.end + 5)).is_some();
        match before {
            _ if self.is(at.end, &sets.by) || follows_modal => false,
            None if form.ends_with("ed") => false,
            None => !is_plain || follows_actor || at.len() > 1,
            Some(_) if !is_plain || self.is(at.end, &sets.that) => true,
            Some(i) if self.is(i, &sets.and) => of_sentence().next().is_some(),
            Some(_) => actors_in(self, start..at.start).is_some(),
        }
    }

    fn read(self, role: CueRole, at: Range<usize>, earlier: &[Cue]) -> Option<Cue> {
        let sets = self.sets();
        let (position, subject) = self.position_of(&at, earlier);
        let mut following = self.following(self.end_of_object(role, at.end));
        let denies = |word: &Word<'_>| word.is_in(&sets.not_after);
        following.is_negated |=
            role == CueRole::Promise && self.words[at.clone()].iter().any(denies);
        following.is_negated |= self.is_denied(&subject);
        let needs_actor = role == CueRole::Destined && !self.is(at.end, &sets.be);
        if needs_actor && actors_in(self, subject.clone()).is_none() {
            return None;
        }
        let (class, is_negated) = self.class_of(role, following, subject.clone())?;
        Some(Cue {
            role,
            class,
            is_negated,
            words: at,
            subject,
            position,
        })
    }

    /// Whether the subject is negative ("no State", "neither Party") or a negation immediately precedes.
    pub(crate) fn is_denied(self, subject: &Range<usize>) -> bool {
        let sets = self.sets();
        let last = self.words[subject.clone()].last();
        let is_before = last.is_some_and(|word| word.is_in(&sets.not_before));
        let opens = |&i: &usize| i == subject.start || self.words[i - 1].is_mark();
        let mut starts = subject.clone().filter(opens);
        is_before
            || starts.any(|i| {
                self.is(i, &sets.no) && !(i + 1 < subject.end && self.is(i + 1, &sets.no_but))
            })
    }

    /// Returns the class and whether the act is negated; `None` if the verb only describes.
    fn class_of(
        self,
        role: CueRole,
        following: Following,
        subject: Range<usize>,
    ) -> Option<(ModalClass, bool)> {
        let has_actor = actors_in(self, subject.clone()).is_some();
        let base = match role {
            CueRole::Modal(class) | CueRole::Ask(class) => class,
            CueRole::Destined => ModalClass::Obligation,
            CueRole::Future | CueRole::Promise => ModalClass::Commitment,
            CueRole::Forbid if following.turn == Some(Turn::Happen) => return None,
            CueRole::Forbid => return Some((ModalClass::Prohibition, true)),
            CueRole::Exempt | CueRole::Hinder => return Some((ModalClass::Permission, false)),
            CueRole::Say | CueRole::Recital => return Some((ModalClass::Declaration, false)),
        };
        let is_loose = base == ModalClass::Permission || role == CueRole::Future;
        let is_thing = !subject.is_empty() && self.is(subject.end - 1, &self.sets().things);
        let describes = match following.turn {
            Some(Turn::Happen) => is_loose,
            Some(Turn::Describe | Turn::Constitute) => is_loose && !has_actor,
            _ => role == CueRole::Future && is_thing,
        };
        if describes {
            return None;
        }
        let is_constitutive =
            following.turn == Some(Turn::Constitute) || self.speaks_of_text(&subject);
        if base == ModalClass::Obligation && !has_actor && is_constitutive {
            return Some(match following.turn {
                Some(Turn::Hinder) if following.is_negated => (ModalClass::Permission, false),
                _ => (ModalClass::Declaration, false),
            });
        }
        Some(turned(base, following))
    }

    /// Whether a text refers to itself: "this Convention shall", "nothing in this Article shall".
    fn speaks_of_text(self, subject: &Range<usize>) -> bool {
        let sets = self.sets();
        let mut parts = self.words[subject.clone()].rsplit(|word| word.form == ",");
        let from_last_comma = parts.next().unwrap_or_default();
        let opens = |word: &Word<'_>| word.is_in(&sets.text);
        let is_number = |word: &Word<'_>| !word.form.contains(char::is_alphabetic);
        let mut words = from_last_comma.iter();
        let head = words.find(|word| !word.is_in(&sets.determiners) && !is_number(word));
        let first = from_last_comma.first();
        let is_denial = first.is_some_and(|word| word.is_in(&sets.no));
        head.is_some_and(opens) || is_denial && from_last_comma.iter().any(opens)
    }
}
