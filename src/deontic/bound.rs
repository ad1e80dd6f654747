//! Finds who is bound by a verb: its object if it asks, its subject, or the agent after "by".

use crate::deontic::addressee::Addressee;
use crate::deontic::class::ModalClass;
use crate::deontic::cue::{Cue, Wording};
use crate::deontic::lexicon::CueRole;
use crate::deontic::part::Part;
use crate::deontic::subject::{Actors, actors_in};
use crate::deontic::word::Word;

/// Returns who is bound by a verb: its object if it asks, else its subject, else the agent after "by".
pub(crate) fn actors_of(part: &Part<'_>, cue: &Cue) -> Option<Actors> {
    let wording = part.wording;
    let sets = wording.sets();
    let after = cue.words.end;
    let object = || actors_in(wording, wording.object_of(after));
    let is_we = |word: &Word<'_>| {
        let mut endings = sets.we_endings.iter();
        endings.any(|ending| word.form.ends_with(ending))
    };
    let is_thing = |word: &Word<'_>| word.is_in(&sets.things);
    let is_impersonal = wording.is(after, &sets.that)
        || wording.words[cue.subject.clone()].iter().all(is_thing)
        || cue.class == ModalClass::Permission;
    if matches!(cue.role, CueRole::Ask(_)) {
        return object();
    }
    if wording.words[cue.words.clone()].iter().any(is_we) {
        return Some(Actors {
            kinds: vec![Addressee::Parties],
            words: cue.words.clone(),
        });
    }
    subject_of(wording, cue)
        .or_else(|| inverted_subject(wording, after))
        .or_else(|| agent_after(wording, after))
        .or_else(|| is_impersonal.then(object).flatten())
}

/// Returns the actors in the subject of a verb, or those to which its pronoun refers.
///
/// Persons to whom something is done ("children should be protected") are not bound.
fn subject_of(wording: Wording<'_>, cue: &Cue) -> Option<Actors> {
    let sets = wording.sets();
    let is_passive = wording.words.get(cue.words.end..).is_some_and(|rest| {
        let mut rest = rest.iter();
        let verb = rest.find(|word| !word.is_in(&sets.not_after) && !word.is_in(&sets.adverbs));
        verb.is_some_and(|verb| verb.is_in(&sets.be))
    });
    let has_pronoun = cue.subject.clone().any(|i| wording.is(i, &sets.they));
    match actors_in(wording, cue.subject.clone()) {
        Some(actors) if is_passive => {
            let is_person = actors.kinds == [Addressee::Individuals];
            agent_after(wording, cue.words.end).or(Some(actors).filter(|_| !is_person))
        }
        None if has_pronoun => actors_in(wording, 0..cue.subject.start),
        None if !matches!(cue.role, CueRole::Modal(_) | CueRole::Future) => actors_in(
            wording,
            wording.sentence_start(cue.words.start)..cue.words.start,
        ),
        actors => actors,
    }
}

/// Returns the subject after its verb: "under no circumstances shall a Party".
fn inverted_subject(wording: Wording<'_>, after: usize) -> Option<Actors> {
    let sets = wording.sets();
    let rest = after..wording.words.len();
    let head = rest.clone().find(|&i| !wording.is(i, &sets.determiners))?;
    let (_, length) = wording.lexicon.actors.at(wording.words, head)?;
    actors_in(wording, after..head + length)
}

/// Returns the agent of a passive: "shall be established by each Party".
fn agent_after(wording: Wording<'_>, from: usize) -> Option<Actors> {
    let sets = wording.sets();
    let sentence = (from..wording.words.len())
        .take_while(|&i| !wording.words[i].is_stop && !wording.subordinates(i));
    let mut by = sentence.filter(|&i| wording.is(i, &sets.by));
    by.find_map(|by| actors_in(wording, by + 1..wording.words.len().min(by + 5)))
}
