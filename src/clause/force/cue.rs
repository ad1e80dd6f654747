//! [`Cue`]: a verb that carries force, what negates or turns it, and whether it stands in the main
//! sentence.

use std::ops::Range;

use crate::clause::force::ModalClass;
use crate::clause::force::lexicon::{Lexicon, Role, Turn};
use crate::clause::force::subject;
use crate::clause::force::words::Word;

/// A verb that carries force.
#[derive(Clone, Debug)]
pub(super) struct Cue {
    pub(super) role: Role,
    /// What it makes of the clause, its negation and the verb behind it counted in.
    pub(super) class: ModalClass,
    /// Whether it asks to leave something undone.
    pub(super) is_negated: bool,
    /// Its words, by index.
    pub(super) words: Range<usize>,
    /// The words its subject is to be looked for in.
    pub(super) subject: Range<usize>,
    pub(super) standing: Standing,
}

/// Where a cue stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// In the main sentence.
    Main,
    /// In what the main sentence affirms: "recognizes that States should".
    Affirmed,
    /// Behind "which", "if" and the like: it decides nothing.
    Dependent,
}

/// The words of a lead-in or a clause, and the rules of its language.
#[derive(Clone, Copy)]
pub(super) struct Wording<'a> {
    pub(super) words: &'a [Word],
    pub(super) lexicon: &'static Lexicon,
}

/// What follows a modal.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Following {
    pub(super) is_negated: bool,
    pub(super) turn: Option<Turn>,
}

/// The most words between a modal and its verb that are looked at.
const MAX_BETWEEN: usize = 24;

/// From so many words on, a dependent sentence before "shall" has a verb of its own.
const MIN_DEPENDENT: usize = 5;
/// The most words behind a verb of asking that name who is asked.
const MAX_OBJECT: usize = 8;

impl Wording<'_> {
    /// Returns the verbs that carry force, in order.
    pub(super) fn cues(self) -> Vec<Cue> {
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

    /// Lets a promise take its negation from what it promises ("pledge that none will"), and makes a
    /// "should" that opens a sentence with another verb of force a condition.
    fn settle_promises(self, cues: &mut [Cue]) {
        for index in 0..cues.len() {
            let (cue, later) = (&cues[index], &cues[index + 1..]);
            let start = self.sentence_start(cue.words.start);
            let next = later
                .first()
                .filter(|next| self.sentence_start(next.words.start) == start);
            let Some(next) = next else {
                continue;
            };
            let behind = self.words.get(cue.words.end);
            let promises_that = cue.role == Role::Promise
                && next.standing == Standing::Affirmed
                && behind.is_some_and(|word| word.is_in(self.lexicon.words.that));
            let is_condition = cue.role == Role::Modal(ModalClass::StrongRecommendation)
                && cue.words.start == start
                && next.standing != Standing::Dependent;
            if promises_that {
                cues[index].is_negated |= next.is_negated;
            } else if is_condition {
                cues[index].standing = Standing::Dependent;
            }
        }
    }

    /// Makes a duty the main verb of its sentence where the sentence has no other and began with an
    /// actor: "Makers of tools on which safety rests should".
    fn promote_dependent(self, cues: &mut [Cue]) {
        for index in 0..cues.len() {
            let cue = &cues[index];
            let start = self.sentence_start(cue.words.start);
            let is_duty = matches!(
                cue.role,
                Role::Modal(ModalClass::Obligation | ModalClass::StrongRecommendation)
            );
            let has_other = cues[..index].iter().any(|earlier| {
                earlier.words.start >= start && earlier.standing != Standing::Dependent
            });
            if !is_duty || cue.standing != Standing::Dependent || has_other {
                continue;
            }
            let first = (start..cue.words.start).find(|&i| self.subordinates(i));
            let first = first.unwrap_or(start);
            if !self.words[first].is_in(self.lexicon.words.relatives) {
                continue;
            }
            let subject = start..first;
            let has_actor = subject::actors_in(self, subject.clone()).is_some()
                || subject::ends_with_actor(self, subject.clone())
                || first > start && self.words[first - 1].is_in(self.lexicon.words.they);
            let is_far = cue.words.start - first > MIN_DEPENDENT
                && cue.class != ModalClass::StrongRecommendation;
            let is_coordinated = self.words[cue.words.start - 1].is_in(self.lexicon.words.and);
            if !subject.is_empty() && (has_actor || is_far) && !is_coordinated {
                cues[index].standing = Standing::Main;
                cues[index].subject = subject;
            }
        }
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

    /// Returns where the sentence of a word begins.
    pub(super) fn sentence_start(self, index: usize) -> usize {
        let before = &self.words[..index];
        before
            .iter()
            .rposition(|word| word.is_stop)
            .map_or(0, |stop| stop + 1)
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
        let is_number = |word: &Word| word.form.starts_with(|c: char| c.is_ascii_digit());
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
            Role::Promise | Role::Ask(_) | Role::Say => {
                !is_noun && self.is_act(at, before, earlier)
            }
        }
    }

    /// Whether a verb of asking, promising or affirming is what the sentence does, not what somebody
    /// is to do ("should encourage") nor a word beside a noun ("the requested State").
    fn is_act(self, at: Range<usize>, before: Option<usize>, earlier: &[Cue]) -> bool {
        let sets = self.lexicon.words;
        let start = self.sentence_start(at.start);
        let last_modal = earlier
            .iter()
            .rev()
            .find(|cue| cue.words.start >= start && !matches!(cue.role, Role::Say | Role::Ask(_)));
        let is_behind_modal = last_modal.is_some_and(|cue| {
            let between = cue.words.end..at.start;
            before.is_some_and(|i| i < cue.words.end) || subject::actors_in(self, between).is_none()
        });
        let form = self.words[at.start].form.as_str();
        let is_plain = !form.ends_with('s') || form.ends_with("ss");
        let next_is_agent = self
            .words
            .get(at.end)
            .is_some_and(|word| word.is_in(sets.by));
        let follows_actor =
            subject::actors_in(self, at.end..self.words.len().min(at.end + 5)).is_some();
        match before {
            _ if next_is_agent || is_behind_modal => false,
            None if form.ends_with("ed") => false,
            None => !is_plain || follows_actor || at.len() > 1,
            Some(_)
                if !is_plain
                    || self
                        .words
                        .get(at.end)
                        .is_some_and(|word| word.is_in(sets.that)) =>
            {
                true
            }
            Some(i) if self.words[i].is_in(sets.and) => {
                earlier.iter().any(|cue| cue.words.start >= start)
            }
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
    pub(super) fn object_of(self, end: usize) -> Range<usize> {
        let last = self.words.len().min(end + MAX_OBJECT);
        let opens = |i: &usize| !self.words[*i].is_in(self.lexicon.words.before_object);
        (end..last).find(opens).unwrap_or(last)..last
    }

    /// Returns what stands behind a modal: a negation, the verb that turns it.
    pub(super) fn following(self, from: usize) -> Following {
        let sets = self.lexicon.words;
        let mut following = Following::default();
        let mut index = from;
        while let Some(word) = self.words.get(index).filter(|_| index < from + MAX_BETWEEN) {
            if let Some((turn, _)) = self.lexicon.turns.at(self.words, index) {
                following.turn = Some(turn);
                break;
            }
            if let Some((_, length)) = self.lexicon.asides.at(self.words, index) {
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
            } else if matches!(word.form.as_str(), "," | "(") {
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
        let opens = |word: &Word| word.is_in(sets.text);
        let head = from_last_comma
            .iter()
            .find(|word| !word.is_in(sets.determiners));
        let is_denial = from_last_comma
            .first()
            .is_some_and(|word| word.is_in(sets.no));
        head.is_some_and(opens) || is_denial && from_last_comma.iter().any(opens)
    }

    /// Returns whether a cue stands in the main sentence, and where its subject is.
    fn standing_of(self, at: &Range<usize>, earlier: &[Cue]) -> (Standing, Range<usize>) {
        let start = self.sentence_start(at.start);
        let mut subject = start..at.start;
        for index in (start..at.start).rev().filter(|&i| self.subordinates(i)) {
            let is_that = self.words[index].is_in(self.lexicon.words.that);
            let is_first = subject == (start..at.start);
            if is_that && (index == start || self.is_behind_act(index, start, earlier)) {
                let affirmed = if is_first {
                    index + 1..at.start
                } else {
                    subject
                };
                return (Standing::Affirmed, affirmed);
            }
            match self.main_subject(index, at.start, start) {
                Some(main) if is_first => subject = main,
                Some(_) => {}
                None => return (Standing::Dependent, index + 1..at.start),
            }
        }
        (Standing::Main, subject)
    }

    pub(super) fn subordinates(self, index: usize) -> bool {
        let sets = self.lexicon.words;
        let is_determiner = self.lexicon.qualifiers.at(self.words, index).is_some();
        self.words[index].is_in(sets.subordinators) && !is_determiner
    }

    /// Whether "that" opens what an act before it in the sentence speaks of.
    fn is_behind_act(self, that: usize, start: usize, earlier: &[Cue]) -> bool {
        let is_act = |cue: &&Cue| {
            matches!(
                cue.role,
                Role::Say | Role::Ask(_) | Role::Promise | Role::Recital
            )
        };
        let act = earlier
            .iter()
            .rev()
            .filter(|cue| cue.words.start >= start && cue.words.start < that)
            .find(is_act);
        let sets = self.lexicon.words;
        let before = that.checked_sub(1).map(|i| &self.words[i]);
        let continues = before.is_some_and(|word| word.is_in(sets.and) || word.form == ",");
        act.is_some_and(|act| act.words.end > that || that - act.words.end < 8 || continues)
    }

    /// Returns the subject of the main sentence where a dependent one that begins at a word is over
    /// before `end`.
    ///
    /// It is over at its last comma, if an actor follows, if it opened the sentence, or if a comma
    /// stands before it too ("States, when they act, should"); and without a comma where it has a verb
    /// already ("the rights that people have must", "the Party that receives it shall").
    fn main_subject(self, subordinator: usize, end: usize, start: usize) -> Option<Range<usize>> {
        let sets = self.lexicon.words;
        let between = subordinator + 1..end;
        let before = start..subordinator;
        let is_comma = |i: &usize| self.words[*i].form == ",";
        let first_comma = between.clone().find(is_comma);
        let behind = between
            .clone()
            .rev()
            .find(is_comma)
            .map(|comma| comma + 1..end);
        let behind = behind.filter(|behind| !behind.is_empty());
        let goes_on = [behind.as_ref().map(|behind| behind.start), Some(end - 1)];
        if goes_on
            .into_iter()
            .flatten()
            .any(|i| self.words[i].is_in(sets.and))
        {
            return None;
        }
        if subordinator <= start + 1
            && let Some(comma) = first_comma
        {
            return Some(comma + 1..end);
        }
        let main = behind.clone().unwrap_or(before.clone());
        let follows_actor = behind.is_some_and(|behind| subject::opens_with_actor(self, behind));
        let is_aside = subordinator > start && is_comma(&(subordinator - 1));
        let has_verb = between.clone().any(|i| self.words[i].is_in(sets.finite));
        let hangs_on_actor = between.len() > 1 && subject::ends_with_actor(self, before.clone());
        if hangs_on_actor && !follows_actor {
            return Some(before);
        }
        let is_over = follows_actor || is_aside && first_comma.is_some() || has_verb;
        is_over.then_some(main)
    }
}

/// Returns what the words behind a modal or an act make of its class.
pub(super) fn turned(base: ModalClass, following: Following) -> (ModalClass, bool) {
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
