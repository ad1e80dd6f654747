//! Finds the actors that are heads of a subject or an object.

use std::ops::Range;

use crate::deontic::addressee::Addressee;
use crate::deontic::cue::Wording;

/// The actors found, sorted, and the words that name them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Actors {
    pub(crate) kinds: Vec<Addressee>,
    pub(crate) words: Range<usize>,
}

/// Returns the actors that are heads of a phrase in these words, if any.
///
/// Of several parts between commas, the last one with an actor counts, and the preceding parts as long as
/// they list actors: "In their use of ICTs, States, companies and users".
pub(crate) fn actors_in(wording: Wording<'_>, range: Range<usize>) -> Option<Actors> {
    let mut found: Option<Actors> = None;
    for part in parts_of(wording, range).into_iter().rev() {
        let is_list_item = part.len() <= 4;
        if found.is_some() && !is_list_item {
            break;
        }
        if let Some(actors) = heads_in(wording, part) {
            found = Some(found.into_iter().fold(actors, Actors::and));
        }
    }
    found.map(Actors::sorted)
}

/// Whether words begin with an actor, apart from articles and the like.
pub(crate) fn opens_with_actor(wording: Wording<'_>, range: Range<usize>) -> bool {
    let determiners = &wording.sets().determiners;
    let head = range
        .clone()
        .find(|&i| actor_at(wording, i, range.end).is_some() || !wording.is(i, determiners));
    head.is_some_and(|i| actor_at(wording, i, range.end).is_some())
}

/// Whether words end with an actor.
pub(crate) fn ends_with_actor(wording: Wording<'_>, range: Range<usize>) -> bool {
    (range.start..range.end).any(|i| {
        let actor = wording.lexicon.actors.at(wording.words, i);
        actor.is_some_and(|(_, length)| i + length == range.end)
    })
}

impl Actors {
    fn and(mut self, later: Self) -> Self {
        self.kinds.extend(later.kinds);
        self.words.end = later.words.end;
        self
    }

    fn sorted(mut self) -> Self {
        self.kinds.sort_unstable();
        self.kinds.dedup();
        self
    }
}

fn parts_of(wording: Wording<'_>, range: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = range.start;
    for index in range.clone() {
        if matches!(wording.words[index].form.as_ref(), "," | "(" | ")") {
            parts.push(start..index);
            start = index + 1;
        }
    }
    parts.push(start..range.end);
    parts
}

fn heads_in(wording: Wording<'_>, part: Range<usize>) -> Option<Actors> {
    let mut heads: Vec<Actors> = Vec::new();
    let mut index = part.start;
    while index < part.end {
        let Some((kinds, length)) = actor_at(wording, index, part.end) else {
            index += 1;
            continue;
        };
        if !follows_preposition(wording, part.start..index) {
            heads.push(Actors {
                kinds: kinds.clone(),
                words: index..index + length,
            });
        }
        index += length;
    }
    heads.into_iter().reduce(Actors::and)
}

/// Returns the actor named at a word, unless the name only modifies the following noun ("State
/// sovereignty").
fn actor_at(
    wording: Wording<'_>,
    index: usize,
    end: usize,
) -> Option<(&'static Vec<Addressee>, usize)> {
    let (kinds, length) = wording.lexicon.actors.at(wording.words, index)?;
    let after = index + length;
    let last = &wording.words[after - 1].form;
    let is_pronoun = wording.is(after - 1, &wording.sets().pronouns);
    let is_singular = !is_pronoun && (!last.ends_with('s') || last.ends_with("ss"));
    let next = wording.words.get(after).filter(|_| after < end);
    let before = index.checked_sub(1).map(|i| &wording.words[i]);
    let is_one = before.is_some_and(|word| word.is_in(&wording.sets().singular));
    // "a State knows": after "a", a word in -s is not a noun.
    let next = next.filter(|word| !(is_one && word.form.ends_with('s')));
    let describes = is_singular
        && next.is_some_and(|word| !word.is_mark() && !word.is_in(&wording.sets().after_head));
    let adjectives_follow = wording.sets().after_head.is_empty();
    (!describes || adjectives_follow).then_some((kinds, length))
}

/// Whether the phrase that ends here depends on a preposition: "cooperation between", "by the".
fn follows_preposition(wording: Wording<'_>, before: Range<usize>) -> bool {
    let sets = wording.sets();
    before
        .rev()
        .map(|i| &wording.words[i])
        .find(|word| !word.is_in(&sets.determiners))
        .is_some_and(|word| word.is_in(&sets.prepositions))
}
