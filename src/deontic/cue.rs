//! [`Cue`]: a verb that carries force, what negates or turns it, and whether it stands in the main
//! sentence.

use std::ops::Range;

use crate::deontic::class::ModalClass;
use crate::deontic::lexicon::{Lexicon, Role, Turn};
use crate::deontic::standing::Standing;
use crate::deontic::subject;
use crate::deontic::words::Word;

/// A verb that carries force.
#[derive(Clone, Debug)]
pub(crate) struct Cue {
    pub(crate) role: Role,
    /// What it makes of the clause, its negation and the verb behind it counted in.
    pub(crate) class: ModalClass,
    /// Whether it asks to leave something undone.
    pub(crate) is_negated: bool,
    /// Its words, by index.
    pub(crate) words: Range<usize>,
    /// The words its subject is to be looked for in.
    pub(crate) subject: Range<usize>,
    pub(crate) standing: Standing,
}

/// The words of a lead-in or a clause, and the rules of its language.
#[derive(Clone, Copy)]
pub(crate) struct Wording<'a> {
    pub(crate) words: &'a [Word<'a>],
    pub(crate) lexicon: &'static Lexicon,
}

/// What follows a modal.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Following {
    pub(crate) is_negated: bool,
    pub(crate) turn: Option<Turn>,
}

/// The most words between a modal and its verb that are looked at.
const MAX_BETWEEN: usize = 24;

/// The most words behind a verb of asking that name who is asked.
const MAX_OBJECT: usize = 8;

/// The most words of a sentence that are looked at before a verb: a bound on the time for texts
/// without full stops.
const MAX_SENTENCE: usize = 200;

impl Wording<'_> {
    /// Returns the verbs that carry force, in order.
    pub(crate) fn cues(self) -> Vec<Cue> {
        let mut cues: Vec<Cue> = Vec::new();
        let mut index = 0;
        while index < self.words.len() {
            let found = self.role_at(index);
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

    fn role_at(self, index: usize) -> Option<(Role, usize)> {
        let by_phrase = self.lexicon.cues.at(self.words, index);
        by_phrase.or_else(|| {
            let form = &self.words[index].form;
            let by_ending = self.lexicon.endings.iter().find(|(ending, least, _)| {
                form.ends_with(ending) && form.chars().count() >= *least
            });
            by_ending.map(|(_, _, role)| (*role, 1))
        })
    }

    /// Returns where the sentence of a word begins, 200 words before it at most.
    pub(crate) fn sentence_start(self, index: usize) -> usize {
        let first = index.saturating_sub(MAX_SENTENCE);
        let before = &self.words[first..index];
        let stop = before.iter().rposition(|word| word.is_stop);
        stop.map_or(first, |stop| first + stop + 1)
    }

    /// Whether words that could be a noun ("the request", "political will") are a verb here.
    fn is_verb(self, role: Role, at: Range<usize>, earlier: &[Cue]) -> bool {
        let sets = self.lexicon.words;
        let start = self.sentence_start(at.start);
        let before = (start..at.start).rev().find(|&i| !self.is_adverb(i));
        let is_noun = before.is_some_and(|i| {
            let word = &self.words[i];
            let is_subject = self.lexicon.actors.at(self.words, i).is_some();
            !is_subject && (word.is_in(sets.articles) || word.is_in(sets.prepositions))
        });
        let next = self.words.get(at.end);
        let is_number = |word: &Word<'_>| word.form.starts_with(|c: char| c.is_ascii_digit());
        let is_date =
            next.is_some_and(is_number) || before.is_some_and(|i| is_number(&self.words[i]));
        match role {
            Role::Recital => before.is_none(),
            Role::Future => {
                !is_noun && !next.is_some_and(|word| word.is_in(sets.to) || word.is_in(&["of"]))
            }
            Role::Modal(ModalClass::Permission) => !is_noun && !is_date,
            Role::Modal(_) | Role::Destined | Role::Exempt | Role::Forbid => !is_noun,
            Role::Hinder => self.is_denied(&(start..at.start)),
            Role::Promise if self.opens_promise(&at) && before.is_some() => {
                !is_noun && !self.speaks_of_text(&(start..at.start))
            }
            Role::Promise | Role::Ask(_) | Role::Say => {
                !is_noun && self.is_act(at, before, earlier)
            }
        }
    }

    /// Whether what is promised follows: "to", "not", or the items of a list.
    fn opens_promise(self, at: &Range<usize>) -> bool {
        let sets = self.lexicon.words;
        let ends_in_to = self.words[at.end - 1].is_in(sets.to);
        let next = self.words.get(at.end);
        let follows = next.is_none_or(|word| {
            word.is_in(sets.to) || word.is_in(sets.not_behind) || word.form == ":"
        });
        ends_in_to || follows
    }

    /// Whether a verb of asking, promising or affirming is what the sentence does, not what somebody
    /// is to do ("should encourage") nor a word beside a noun ("the requested State").
    fn is_act(self, at: Range<usize>, before: Option<usize>, earlier: &[Cue]) -> bool {
        let sets = self.lexicon.words;
        let start = self.sentence_start(at.start);
        let of_sentence = || {
            let from_last = earlier.iter().rev();
            from_last.take_while(|cue| cue.words.start >= start)
        };
        let last_modal = of_sentence().find(|cue| !matches!(cue.role, Role::Say | Role::Ask(_)));
        let is_behind_modal = last_modal.is_some_and(|cue| {
            let between = cue.words.end..at.start;
            before.is_some_and(|i| i < cue.words.end) || subject::actors_in(self, between).is_none()
        });
        let form = self.words[at.start].form.as_ref();
        let is_plain = !form.ends_with('s') || form.ends_with("ss");
        let next = self.words.get(at.end);
        let next_is_agent = next.is_some_and(|word| word.is_in(sets.by));
        let next_is_that = next.is_some_and(|word| word.is_in(sets.that));
        let follows_actor =
            subject::actors_in(self, at.end..self.words.len().min(at.end + 5)).is_some();
        match before {
            _ if next_is_agent || is_behind_modal => false,
            None if form.ends_with("ed") => false,
            None => !is_plain || follows_actor || at.len() > 1,
            Some(_) if !is_plain || next_is_that => true,
            Some(i) if self.words[i].is_in(sets.and) => of_sentence().next().is_some(),
            Some(_) => subject::actors_in(self, start..at.start).is_some(),
        }
    }

    fn is_adverb(self, index: usize) -> bool {
        let sets = self.lexicon.words;
        let word = &self.words[index];
        let ends =
            |ending: &&str| word.form.len() > ending.len() + 2 && word.form.ends_with(ending);
        let is_other =
            word.is_in(sets.imperatives) || self.lexicon.actors.at(self.words, index).is_some();
        word.is_in(sets.adverbs) || !is_other && sets.adverb_endings.iter().any(ends)
    }

    fn read(self, role: Role, at: Range<usize>, earlier: &[Cue]) -> Option<Cue> {
        let (standing, subject) = self.standing_of(&at, earlier);
        let mut following = self.following(self.end_of_object(role, at.end));
        let holds_negation = role == Role::Promise
            && self.words[at.clone()]
                .iter()
                .any(|word| word.is_in(self.lexicon.words.not_behind));
        following.is_negated |= holds_negation;
        following.is_negated |= self.is_denied(&subject);
        let is_passive = self
            .words
            .get(at.end)
            .is_some_and(|word| word.is_in(self.lexicon.words.be));
        if role == Role::Destined
            && !is_passive
            && subject::actors_in(self, subject.clone()).is_none()
        {
            return None;
        }
        let (class, is_negated) = self.class_of(role, following, subject.clone())?;
        Some(Cue {
            role,
            class,
            is_negated,
            words: at,
            subject,
            standing,
        })
    }

    /// Returns where the words behind an act begin: behind whom it asks ("calls upon States").
    fn end_of_object(self, role: Role, end: usize) -> usize {
        match role {
            Role::Ask(_) => {
                let object = subject::actors_in(self, self.object_of(end));
                object.map_or(end, |actors| actors.words.end)
            }
            _ => end,
        }
    }

    /// Returns the words that may name whom a verb asks which ends at a word.
    pub(crate) fn object_of(self, end: usize) -> Range<usize> {
        let last = self.words.len().min(end + MAX_OBJECT);
        let opens = |i: &usize| !self.words[*i].is_in(self.lexicon.words.before_object);
        (end..last).find(opens).unwrap_or(last)..last
    }

    /// Returns what stands behind a modal: a negation, the verb that turns it.
    pub(crate) fn following(self, from: usize) -> Following {
        let sets = self.lexicon.words;
        let mut following = Following::default();
        let mut index = from;
        while let Some(word) = self.words.get(index).filter(|_| index < from + MAX_BETWEEN) {
            if let Some((turn, _)) = self.lexicon.turns.at(self.words, index) {
                following.turn = Some(turn);
                break;
            }
            if let Some(((), length)) = self.lexicon.asides.at(self.words, index) {
                index += length;
                continue;
            }
            let next_is = |set: &[&str]| {
                self.words
                    .get(index + 1)
                    .is_some_and(|word| word.is_in(set))
            };
            if word.form == "no" && next_is(&["longer", "circumstances", "case", "way", "event"]) {
                following.is_negated = true;
                index += 2;
            } else if word.is_in(sets.not_behind) {
                following.is_negated |= !next_is(&["only", "solely", "merely"]);
                index += 1;
            } else if matches!(word.form.as_ref(), "," | "(") {
                let Some(end) = self.end_of_aside(index) else {
                    break;
                };
                index = end;
            } else if self.is_adverb(index) || word.is_in(sets.to) {
                index += 1;
            } else {
                break;
            }
        }
        following
    }

    /// Returns where the words go on behind an aside between commas or brackets.
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

    /// Whether the subject denies ("no State", "neither Party") or a negation stands right before.
    fn is_denied(self, subject: &Range<usize>) -> bool {
        let sets = self.lexicon.words;
        let words = &self.words[subject.clone()];
        let is_before = words.last().is_some_and(|word| word.is_in(sets.not_before));
        let starts = (0..words.len()).filter(|&i| i == 0 || words[i - 1].is_mark());
        let denies = |i: usize| {
            let next_is_other = words.get(i + 1).is_some_and(|word| word.is_in(sets.no_but));
            words[i].is_in(sets.no) && !next_is_other
        };
        is_before || starts.into_iter().any(denies)
    }

    /// Returns the class and whether something is to be left undone; nothing where the verb only
    /// describes.
    fn class_of(
        self,
        role: Role,
        following: Following,
        subject: Range<usize>,
    ) -> Option<(ModalClass, bool)> {
        let has_actor = subject::actors_in(self, subject.clone()).is_some();
        let base = match role {
            Role::Modal(class) | Role::Ask(class) => class,
            Role::Destined => ModalClass::Obligation,
            Role::Future | Role::Promise => ModalClass::Commitment,
            Role::Forbid if following.turn == Some(Turn::Happen) => return None,
            Role::Forbid => return Some((ModalClass::Prohibition, true)),
            Role::Exempt | Role::Hinder => return Some((ModalClass::Permission, false)),
            Role::Say | Role::Recital => return Some((ModalClass::Declaration, false)),
        };
        let is_loose = base == ModalClass::Permission || role == Role::Future;
        let is_thing = self.is_thing(&subject);
        let describes = match following.turn {
            Some(Turn::Happen) => is_loose,
            Some(Turn::Describe | Turn::Constitute) => is_loose && !has_actor,
            _ => role == Role::Future && is_thing,
        };
        if describes {
            return None;
        }
        let is_constitutive =
            following.turn == Some(Turn::Constitute) || self.speaks_of_text(&subject);
        if base == ModalClass::Obligation && !has_actor && is_constitutive {
            let frees = following.is_negated && following.turn == Some(Turn::Hinder);
            let class = if frees {
                ModalClass::Permission
            } else {
                ModalClass::Declaration
            };
            return Some((class, false));
        }
        Some(turned(base, following))
    }

    /// Whether a subject is a pronoun for a thing.
    fn is_thing(self, subject: &Range<usize>) -> bool {
        self.words[subject.clone()]
            .last()
            .is_some_and(|word| word.is_in(self.lexicon.words.things))
    }

    /// Whether a text speaks of itself: "this Convention shall", "nothing in this Article shall".
    fn speaks_of_text(self, subject: &Range<usize>) -> bool {
        let sets = self.lexicon.words;
        let from_last_comma = self.words[subject.clone()]
            .rsplit(|word| word.form == ",")
            .next()
            .unwrap_or_default();
        let opens = |word: &Word<'_>| word.is_in(sets.text);
        let is_number = |word: &Word<'_>| !word.form.contains(char::is_alphabetic);
        let head = from_last_comma
            .iter()
            .find(|word| !word.is_in(sets.determiners) && !is_number(word));
        let is_denial = from_last_comma
            .first()
            .is_some_and(|word| word.is_in(sets.no));
        head.is_some_and(opens) || is_denial && from_last_comma.iter().any(opens)
    }
}

/// Returns what the words behind a modal or an act make of its class.
pub(crate) fn turned(base: ModalClass, following: Following) -> (ModalClass, bool) {
    use ModalClass::{
        Obligation, Permission, Prohibition, StrongRecommendation, WeakRecommendation,
    };
    let is_negated = following.is_negated ^ (following.turn == Some(Turn::Refrain));
    let class = match (base, following.turn) {
        (StrongRecommendation | Permission, Some(Turn::Consider)) => WeakRecommendation,
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
