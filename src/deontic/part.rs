//! [`Part`]: a lead-in or a clause with its verbs of force and its opening.

use std::ops::Range;

use crate::deontic::class::ModalClass;
use crate::deontic::cue::{ClausePosition, Cue, Wording};
use crate::deontic::evidence::{Evidence, Place};
use crate::deontic::lexicon::{CueRole, Lexicon};
use crate::deontic::qualifier::Qualifier;
use crate::deontic::word::Word;

/// The maximum number of words of a title that runs into its clause.
const MAX_TITLE: usize = 10;

/// A lead-in or a clause with its verbs of force.
pub(crate) struct Part<'a> {
    pub(crate) wording: Wording<'a>,
    pub(crate) cues: Vec<Cue>,
    pub(crate) place: Place,
}

/// The opening of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opening {
    /// An infinitive or an imperative, at this word; whether it is negated ("not to use").
    Verb { at: usize, is_negated: bool },
    /// Anything else.
    Other,
}

impl<'a> Part<'a> {
    pub(crate) fn new(words: &'a [Word<'a>], lexicon: &'static Lexicon, place: Place) -> Self {
        let wording = Wording { words, lexicon };
        Self {
            wording,
            cues: wording.cues(),
            place,
        }
    }

    /// Returns the verb that decides: the first of the main sentence, else the first in what is affirmed,
    /// else the verb of affirming.
    pub(crate) fn main(&self) -> Option<&Cue> {
        if let Some(recital) = self.cues.first().filter(|cue| cue.role == CueRole::Recital) {
            return Some(recital);
        }
        let says = |cue: &&Cue| cue.role == CueRole::Say;
        let states = |cue: &&Cue| cue.class == ModalClass::Declaration;
        let first_in = |position: ClausePosition| {
            let acts = self.cues.iter().filter(move |cue| cue.position == position);
            acts.filter(|cue| !states(cue))
                .min_by_key(|cue| cue.words.start)
        };
        let main = first_in(ClausePosition::Main);
        let affirmed = first_in(ClausePosition::Affirmed);
        let first = match (main, affirmed) {
            // "affirms that no State should ..., and will ...": what is affirmed precedes.
            (Some(main), Some(affirmed)) if affirmed.words.start < main.words.start => {
                Some(affirmed)
            }
            (main, affirmed) => main.or(affirmed),
        };
        first
            .or_else(|| self.cues.iter().find(says))
            .or_else(|| self.cues.iter().find(states))
    }

    /// Returns the verb of a lead-in that governs the following clause: the last of its main sentence.
    pub(crate) fn governing(&self) -> Option<&Cue> {
        let is_open = |cue: &&Cue| cue.position != ClausePosition::Dependent;
        let acts = |cue: &&Cue| is_open(cue) && cue.role != CueRole::Recital;
        let last = self.cues.iter().rev().find(acts);
        last.or_else(|| self.cues.iter().find(|cue| cue.role == CueRole::Recital))
    }

    pub(crate) fn evidence(&self, words: &Range<usize>) -> Evidence {
        let all = self.wording.words;
        Evidence {
            place: self.place,
            range: all[words.start].range.start..all[words.end - 1].range.end,
        }
    }

    /// Returns the opening of the clause.
    pub(crate) fn opening(&self) -> Opening {
        if let Some(at) = self.command_after_title() {
            let is_negated = false;
            return Opening::Verb { at, is_negated };
        }
        let sets = self.wording.sets();
        let words = self.wording.words;
        let is_not = |word: &Word<'_>| word.is_in(&sets.not_after) || word.is_in(&sets.not_before);
        let opens = |word: &Word<'_>| word.is_mark() || word.is_in(&sets.to) || is_not(word);
        let at = (0..words.len()).find(|&at| {
            let is_do_not =
                words[at].is_in(&sets.before_not) && words.get(at + 1).is_some_and(is_not);
            !opens(&words[at]) && !is_do_not
        });
        let at = at.unwrap_or(words.len());
        let before = &words[..at];
        let is_infinitive = before.iter().any(|word| word.is_in(&sets.to));
        let is_bare_no = self.wording.is(at, &sets.no);
        let is_negated = before.iter().any(is_not) || is_bare_no;
        let is_command = self.is_command(at) || is_negated && self.cues.is_empty();
        if is_infinitive || is_command {
            Opening::Verb { at, is_negated }
        } else {
            Opening::Other
        }
    }

    /// Whether a word is an imperative, not a noun of the same form ("respect for").
    fn is_command(&self, at: usize) -> bool {
        let sets = self.wording.sets();
        let Some(word) = self.wording.words.get(at) else {
            return false;
        };
        let next = self.wording.words.get(at + 1);
        let is_noun = next.is_some_and(|next| {
            next.is_in(&sets.of) || next.form == "for" && word.is_in(&sets.nouns_before_for)
        });
        let ends =
            |ending: &&str| word.form.len() > ending.len() + 2 && word.form.ends_with(ending);
        let has_ending = sets.imperative_endings.iter().any(ends);
        let is_verb =
            word.is_in(&sets.imperatives) || has_ending && !word.is_in(&sets.no_imperatives);
        is_verb && !is_noun
    }

    /// Returns where an imperative follows a title without punctuation: "Safety first Adopt the".
    fn command_after_title(&self) -> Option<usize> {
        let Wording { words, lexicon } = self.wording;
        let sets = &lexicon.words;
        let near = 1..words.len().min(MAX_TITLE);
        near.into_iter().find(|&i| {
            let before = &words[i - 1];
            let ends_title = !before.is_capital
                && !before.is_mark()
                && !before.is_in(&sets.determiners)
                && !before.is_in(&sets.prepositions);
            words[i].is_capital && words[i].is_in(&sets.imperatives) && ends_title
        })
    }

    /// Returns the qualifiers in the sentence of a word.
    pub(crate) fn qualifiers(&self, word: usize) -> Vec<Qualifier> {
        let words = self.wording.words;
        let is_end = |of: &Word<'_>| of.is_stop && matches!(of.form.as_ref(), "." | "!" | "?");
        let before = words[..word].iter().rposition(is_end);
        let start = before.map_or(0, |end| end + 1);
        let length = words[word..].iter().position(is_end);
        let end = length.map_or(words.len(), |length| word + length);
        self.qualifiers_between(start..end)
    }

    /// Returns the qualifiers among some words.
    pub(crate) fn qualifiers_between(&self, Range { start, end }: Range<usize>) -> Vec<Qualifier> {
        let Wording { words, lexicon } = self.wording;
        let mut found = Vec::new();
        let mut index = start;
        while index < end {
            let is_state = || index > 0 && words[index - 1].is_in(&lexicon.words.finite);
            let here = lexicon.qualifiers.at(words, index);
            let Some((&kind, length)) = here.filter(|_| !is_state()) else {
                index += 1;
                continue;
            };
            found.push(Qualifier {
                kind,
                evidence: self.evidence(&(index..index + length)),
            });
            index += length;
        }
        found
    }
}
