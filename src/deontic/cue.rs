//! [`Cue`]: a verb that carries force; [`Wording`]: the words among which it is searched for.

use std::ops::Range;

use crate::deontic::class::ModalClass;
use crate::deontic::lexicon::{CueRole, Lexicon, Turn, WordSets};
use crate::deontic::word::{Word, WordSet};

/// A verb that carries force.
#[derive(Clone, Debug)]
pub(crate) struct Cue {
    pub(crate) role: CueRole,
    /// The class it gives the clause, with its negation and the following verb taken into account.
    pub(crate) class: ModalClass,
    /// Whether it asks not to do something.
    pub(crate) is_negated: bool,
    /// Its words, by index.
    pub(crate) words: Range<usize>,
    /// The words among which its subject is searched for.
    pub(crate) subject: Range<usize>,
    pub(crate) position: ClausePosition,
}

/// The clausal position of a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ClausePosition {
    /// In the main sentence.
    Main,
    /// In what the main sentence affirms: "recognizes that States should".
    Affirmed,
    /// After "which", "if" and the like: it decides nothing.
    Dependent,
}

/// What follows a modal.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Following {
    pub(crate) is_negated: bool,
    pub(crate) turn: Option<Turn>,
    /// The index of the verb, or of the words that change the meaning.
    pub(crate) verb: usize,
}

/// The words of a lead-in or a clause, and the rules of its language.
#[derive(Clone, Copy)]
pub(crate) struct Wording<'a> {
    pub(crate) words: &'a [Word<'a>],
    pub(crate) lexicon: &'static Lexicon,
}

/// The maximum number of words of a sentence considered before a verb, to bound the time for texts
/// without full stops.
const MAX_SENTENCE: usize = 200;

impl Wording<'_> {
    pub(crate) fn sets(self) -> &'static WordSets {
        &self.lexicon.words
    }

    /// Whether the word at an index exists and is in a set.
    pub(crate) fn is(self, index: usize, set: &WordSet) -> bool {
        self.words.get(index).is_some_and(|word| word.is_in(set))
    }

    /// Returns where the sentence of a word begins, at most 200 words before it.
    pub(crate) fn sentence_start(self, index: usize) -> usize {
        let first = index.saturating_sub(MAX_SENTENCE);
        let before = &self.words[first..index];
        let stop = before.iter().rposition(|word| word.is_stop);
        stop.map_or(first, |stop| first + stop + 1)
    }

    /// Whether a word begins a subordinate clause.
    pub(crate) fn subordinates(self, index: usize) -> bool {
        self.is(index, &self.sets().subordinators)
            && self.lexicon.qualifiers.at(self.words, index).is_none()
    }
}
