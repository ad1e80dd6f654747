//! Determines whether a verb of force is in the main sentence, and where its subject is.

use std::ops::Range;

use crate::deontic::class::ModalClass;
use crate::deontic::cue::{ClausePosition, Cue, Wording};
use crate::deontic::lexicon::CueRole;
use crate::deontic::subject::{actors_in, ends_with_actor, opens_with_actor};

/// A subordinate clause of at least this many words before "shall" is assumed to have its own verb.
const MIN_DEPENDENT: usize = 5;
/// The maximum number of subordinate clauses considered before a verb.
const MAX_DEPENDENT: usize = 8;
/// The maximum number of words between an act and its "that".
const MAX_TO_THAT: usize = 8;

impl Wording<'_> {
    /// Returns the position of a cue (main sentence or not), and where its subject is.
    pub(crate) fn position_of(
        self,
        at: &Range<usize>,
        earlier: &[Cue],
    ) -> (ClausePosition, Range<usize>) {
        let start = self.sentence_start(at.start);
        let mut subject = start..at.start;
        let openings = (start..at.start).rev().filter(|&i| self.subordinates(i));
        for index in openings.take(MAX_DEPENDENT) {
            let is_that = self.is(index, &self.sets().that);
            let is_first = subject == (start..at.start);
            if is_that && (index == start || self.follows_act(index, start, earlier)) {
                let affirmed = if is_first {
                    index + 1..at.start
                } else {
                    subject
                };
                return (ClausePosition::Affirmed, affirmed);
            }
            match self.main_subject(index, at.start, start) {
                Some(main) if is_first => subject = main,
                Some(_) => {}
                None => return (ClausePosition::Dependent, index + 1..at.start),
            }
        }
        (ClausePosition::Main, subject)
    }

    /// Whether "that" introduces the content of an earlier act in the sentence.
    fn follows_act(self, that: usize, start: usize, earlier: &[Cue]) -> bool {
        let is_act = |cue: &&Cue| {
            matches!(
                cue.role,
                CueRole::Say | CueRole::Ask(_) | CueRole::Promise | CueRole::Recital
            )
        };
        let places = start..that;
        let mut before = earlier.iter().rev();
        let act = before.find(|cue| places.contains(&cue.words.start) && is_act(cue));
        let sets = self.sets();
        let before = that.checked_sub(1).map(|i| &self.words[i]);
        let continues = before.is_some_and(|word| word.is_in(&sets.and) || word.form == ",");
        act.is_some_and(|act| {
            act.words.end > that || that - act.words.end < MAX_TO_THAT || continues
        })
    }

    /// Returns the subject of the main sentence if a subordinate clause that begins at a word ends before
    /// `end`.
    ///
    /// The subordinate clause ends at its last comma if an actor follows, if it began the sentence, or if a
    /// comma precedes it too ("States, when they act, should"). Without a comma it ends if it already has a
    /// verb ("the rights that people have must", "the Party that receives it shall").
    fn main_subject(self, subordinator: usize, end: usize, start: usize) -> Option<Range<usize>> {
        let sets = self.sets();
        let between = subordinator + 1..end;
        let before = start..subordinator;
        let is_comma = |i: &usize| self.words[*i].form == ",";
        let first_comma = between.clone().find(is_comma);
        let last_comma = between.clone().rev().find(is_comma);
        let after = last_comma.map(|comma| comma + 1..end);
        let after = after.filter(|after| !after.is_empty());
        let is_and = |i: usize| self.is(i, &sets.and);
        let is_coordinated = after.as_ref().is_some_and(|after| is_and(after.start));
        if is_coordinated || is_and(end - 1) {
            return None;
        }
        if subordinator <= start + 1
            && let Some(comma) = first_comma
        {
            return Some(comma + 1..end);
        }
        let main = after.clone().unwrap_or(before.clone());
        let follows_actor = after.is_some_and(|after| opens_with_actor(self, after));
        let is_aside = subordinator > start && is_comma(&(subordinator - 1));
        let has_verb = between.clone().any(|i| self.is(i, &sets.finite));
        let hangs_on_actor = between.len() > 1 && ends_with_actor(self, before.clone());
        if hangs_on_actor && !follows_actor {
            return Some(before);
        }
        let is_over = follows_actor || is_aside && first_comma.is_some() || has_verb;
        is_over.then_some(main)
    }

    /// Moves a negation from the content of a promise to the promise ("pledge that none will"), and makes a
    /// "should" that begins a sentence with another verb of force a condition.
    pub(crate) fn settle_promises(self, cues: &mut [Cue]) {
        for index in 0..cues.len() {
            let (cue, later) = (&cues[index], &cues[index + 1..]);
            let start = self.sentence_start(cue.words.start);
            let is_near = |next: &&Cue| self.sentence_start(next.words.start) == start;
            let Some(next) = later.first().filter(is_near) else {
                continue;
            };
            let after = self.words.get(cue.words.end);
            let promises_that = cue.role == CueRole::Promise
                && next.position == ClausePosition::Affirmed
                && after.is_some_and(|word| word.is_in(&self.sets().that));
            let is_condition = cue.role == CueRole::Modal(ModalClass::StrongRecommendation)
                && cue.words.start == start
                && next.position != ClausePosition::Dependent;
            if promises_that {
                cues[index].is_negated |= next.is_negated;
            } else if is_condition {
                cues[index].position = ClausePosition::Dependent;
            }
        }
    }

    /// Makes a duty the main verb of its sentence if the sentence has no other main verb and begins with an
    /// actor: "Makers of tools on which safety rests should".
    pub(crate) fn promote_dependent(self, cues: &mut [Cue]) {
        for index in 0..cues.len() {
            let cue = &cues[index];
            let start = self.sentence_start(cue.words.start);
            let is_duty = matches!(
                cue.role,
                CueRole::Modal(ModalClass::Obligation | ModalClass::StrongRecommendation)
            );
            let has_other = cues[..index].iter().any(|earlier| {
                earlier.words.start >= start && earlier.position != ClausePosition::Dependent
            });
            if !is_duty || cue.position != ClausePosition::Dependent || has_other {
                continue;
            }
            let first = (start..cue.words.start).find(|&i| self.subordinates(i));
            let first = first.unwrap_or(start);
            if !self.is(first, &self.sets().relatives) {
                continue;
            }
            let subject = start..first;
            let has_actor = actors_in(self, subject.clone()).is_some()
                || ends_with_actor(self, subject.clone())
                || first > start && self.is(first - 1, &self.sets().they);
            let is_far = cue.words.start - first > MIN_DEPENDENT
                && cue.class != ModalClass::StrongRecommendation;
            let is_coordinated = self.is(cue.words.start - 1, &self.sets().and);
            if !subject.is_empty() && (has_actor || is_far) && !is_coordinated {
                cues[index].position = ClausePosition::Main;
                cues[index].subject = subject;
            }
        }
    }
}
