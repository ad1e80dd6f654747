//! [`Force::of`]: how strongly a clause binds, and whom, from its words and its lead-in.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::agreement::Metadata;
use crate::clause::force::class::Strength;
use crate::clause::force::cue::{Cue, Following, Standing, Wording, turned};
use crate::clause::force::lexicon::{Lexicon, Role, Turn};
use crate::clause::force::subject::{Actors, actors_in};
use crate::clause::force::words::{Word, words_of};
use crate::clause::force::{Addressee, AddresseeSource, LegalStatus, ModalClass, Qualifier};
use crate::language::Language;

/// How strongly a clause binds, whom, and by which words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Force {
    /// What it does.
    pub class: ModalClass,
    /// Whether it asks or promises to leave something undone ("should not", "pledge to refrain").
    pub is_negated: bool,
    /// Why it has its class.
    pub basis: Basis,
    /// The words that decide; nothing for a bare statement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
    /// Whom it binds, in the order of [`Addressee`]; empty if that is unknown.
    pub addressees: Vec<Addressee>,
    /// Where the addressees were found.
    pub addressee_source: AddresseeSource,
    /// The words that narrow it or leave room, in the order of the text, those of the lead-in first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub qualifiers: Vec<Qualifier>,
    /// The other words with a force of their own, which do not decide.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<Modal>,
    /// Whether the agreement binds in law, by its metadata.
    pub status: LegalStatus,
}

/// Why a clause has its class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Basis {
    /// A verb of the clause says so.
    Verb,
    /// A verb of the lead-in says so, and the clause goes on from there.
    LeadIn,
    /// It begins with a verb that nothing governs: "Protect children online".
    Imperative,
    /// Those who speak say what they do: "We protect our users".
    Present,
    /// It states something, or names a principle without a verb.
    #[default]
    Statement,
}

/// Words that show something: a range of the clause or of its lead-in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Evidence {
    /// Which text the range belongs to.
    pub place: Place,
    /// The bytes of that text.
    pub range: Range<usize>,
}

/// Which text a range of bytes belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// The words that introduce the clause.
    LeadIn,
    /// The clause's own words.
    Text,
}

/// Words with a force of their own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Modal {
    /// What they do.
    pub class: ModalClass,
    /// Whether they ask or promise to leave something undone.
    pub is_negated: bool,
    /// The words.
    pub evidence: Evidence,
}

impl Force {
    /// Returns how strongly the words of a clause bind, and whom.
    ///
    /// The first verb of force in the main sentence decides ("shall", "pledge to", "calls upon"). Where
    /// the lead-in has one and the clause goes on from it ("Signatories pledge" / "not to use ..."), the
    /// lead-in's verb decides, with the negation of the clause. A verb in what the text merely affirms
    /// ("recognizes that States should ...") decides if the text has no other; one behind "which" or
    /// "if" decides nothing. Languages without word lists give [`ModalClass::Unknown`].
    ///
    /// Time linear in the length of both texts. The classes follow what the drafting manuals of
    /// treaties distinguish (Palmer, *Mood and Modality*, 2001, for deontic and other uses of modals);
    /// the rules are ours.
    pub fn of(lead_in: Option<&str>, text: &str, language: Language) -> Self {
        let Some(lexicon) = Lexicon::of(language) else {
            return Self::default();
        };
        let splits = lexicon.words.splits_elisions;
        let lead_words = words_of(lead_in.unwrap_or_default(), splits);
        let text_words = words_of(text, splits);
        let reader = Reader {
            lead: Part::new(&lead_words, lexicon, Place::LeadIn),
            text: Part::new(&text_words, lexicon, Place::Text),
        };
        reader.read()
    }

    /// Returns the force with what the metadata add: whom it binds where the words name nobody or only
    /// "Parties" and "we", the legal status, and what a bare imperative is worth: an obligation in a text
    /// that binds, a promise in a commitment or pledge, else a strong recommendation.
    #[must_use]
    pub fn with_metadata(mut self, metadata: &Metadata) -> Self {
        let status = metadata.status.as_deref().unwrap_or_default();
        self.status = LegalStatus::of(status);
        if self.basis == Basis::Imperative {
            let promises = ["commitment", "pledge", "accord", "charter"];
            if promises
                .iter()
                .any(|word| status.to_lowercase().contains(word))
            {
                self.class = ModalClass::Commitment;
            } else if self.status == LegalStatus::Binding {
                self.class = if self.is_negated {
                    ModalClass::Prohibition
                } else {
                    ModalClass::Obligation
                };
            }
        }
        self.add_actor_kind(metadata.actor_kind.as_deref().unwrap_or_default());
        self
    }

    fn add_actor_kind(&mut self, actor_kind: &str) {
        let Some(kind) = Addressee::of_actor_kind(actor_kind) else {
            return;
        };
        if self.class == ModalClass::Unknown {
            return;
        }
        if self.addressees.is_empty() {
            self.addressees.push(kind);
            self.addressee_source = AddresseeSource::Metadata;
        } else if self.addressees == [Addressee::Parties] {
            self.addressees.push(kind);
            self.addressees.sort_unstable();
        }
    }

    /// Returns how strongly it binds; nothing for unknown.
    pub fn strength(&self) -> Option<Strength> {
        let is_plain = !self
            .qualifiers
            .iter()
            .any(|qualifier| qualifier.kind.is_weakening());
        self.class
            .level()
            .map(|level| Strength::new(level, is_plain))
    }

    /// Returns what a reader is shown: `prohibition`, `strong-recommendation (not to)`.
    pub fn tag(&self) -> String {
        if self.is_negated && self.class != ModalClass::Prohibition {
            format!("{} (not to)", self.class)
        } else {
            self.class.to_string()
        }
    }
}

/// The most words of a title that runs into its clause.
const MAX_TITLE: usize = 10;

/// A lead-in or a clause with its verbs of force.
struct Part<'a> {
    wording: Wording<'a>,
    cues: Vec<Cue>,
    place: Place,
}

/// A lead-in and the clause it introduces.
struct Reader<'a> {
    lead: Part<'a>,
    text: Part<'a>,
}

/// What a clause begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opening {
    /// An infinitive or an imperative, at this word; whether it is denied ("not to use").
    Verb { at: usize, is_negated: bool },
    /// Anything else.
    Other,
}

/// What was decided.
struct Decision<'a> {
    class: ModalClass,
    is_negated: bool,
    basis: Basis,
    /// The verb that decides and the part it stands in.
    cue: Option<(&'a Part<'a>, &'a Cue)>,
}

impl<'a> Part<'a> {
    fn new(words: &'a [Word], lexicon: &'static Lexicon, place: Place) -> Self {
        let wording = Wording { words, lexicon };
        Self {
            wording,
            cues: wording.cues(),
            place,
        }
    }

    /// Returns the verb that decides: the first of the main sentence, else the first in what is
    /// affirmed, else the verb of affirming.
    fn main(&self) -> Option<&Cue> {
        if let Some(recital) = self.cues.first().filter(|cue| cue.role == Role::Recital) {
            return Some(recital);
        }
        let says = |cue: &&Cue| cue.role == Role::Say;
        let states = |cue: &&Cue| cue.class == ModalClass::Declaration;
        let first_in = |standing: Standing| {
            let acts = self.cues.iter().filter(move |cue| cue.standing == standing);
            acts.filter(|cue| !states(cue))
                .min_by_key(|cue| cue.words.start)
        };
        let main = first_in(Standing::Main);
        let affirmed = first_in(Standing::Affirmed);
        let first = match (main, affirmed) {
            // "affirms that no State should ..., and will ...": what is affirmed comes first.
            (Some(main), Some(affirmed)) if affirmed.words.start < main.words.start => {
                Some(affirmed)
            }
            (main, affirmed) => main.or(affirmed),
        };
        first
            .or_else(|| self.cues.iter().find(says))
            .or_else(|| self.cues.iter().find(states))
    }

    /// Returns the verb of a lead-in that governs what comes behind it: the last of its main sentence.
    fn governing(&self) -> Option<&Cue> {
        let is_open = |cue: &&Cue| cue.standing != Standing::Dependent;
        let acts = |cue: &&Cue| is_open(cue) && cue.role != Role::Recital;
        let last = self.cues.iter().rev().find(acts);
        last.or_else(|| self.cues.first())
    }

    fn evidence(&self, words: &Range<usize>) -> Evidence {
        let all = self.wording.words;
        Evidence {
            place: self.place,
            range: all[words.start].range.start..all[words.end - 1].range.end,
        }
    }

    fn opening(&self) -> Opening {
        let sets = self.wording.lexicon.words;
        let words = self.wording.words;
        let mut at = 0;
        let mut is_negated = false;
        let mut is_infinitive = false;
        while let Some(word) = words.get(at) {
            let is_negation = word.is_in(sets.not_behind) || word.is_in(sets.not_before);
            let is_do_not = word.form == "do"
                && words
                    .get(at + 1)
                    .is_some_and(|next| next.is_in(sets.not_behind));
            if is_negation {
                is_negated = true;
            } else if word.is_in(sets.to) {
                is_infinitive = true;
            } else if !(is_do_not || word.is_mark()) {
                break;
            }
            at += 1;
        }
        let is_verb = words.get(at).is_some_and(|word| {
            let ends =
                |ending: &&str| word.form.len() > ending.len() + 2 && word.form.ends_with(ending);
            let has_ending = sets.imperative_endings.iter().any(ends);
            word.is_in(sets.imperatives) || has_ending && !word.is_in(sets.no_imperatives)
        });
        let is_bare_no =
            words.get(at).is_some_and(|word| word.is_in(sets.no)) && self.cues.is_empty();
        let is_noun = words.get(at + 1).is_some_and(|word| word.form == "of")
            || words.get(at + 1).is_some_and(|word| word.form == "for")
                && words[at].is_in(&["respect", "support", "use"]);
        let is_command = is_verb && !is_noun || is_negated && self.cues.is_empty();
        if let Some(at) = self.command_behind_title() {
            return Opening::Verb {
                at,
                is_negated: false,
            };
        }
        if is_infinitive || is_command || is_bare_no {
            Opening::Verb {
                at,
                is_negated: is_negated || is_bare_no,
            }
        } else {
            Opening::Other
        }
    }

    /// Returns where an imperative follows a title without a mark between: "Safety first Adopt the".
    fn command_behind_title(&self) -> Option<usize> {
        let Wording { words, lexicon } = self.wording;
        let sets = lexicon.words;
        let near = 1..words.len().min(MAX_TITLE);
        near.into_iter().find(|&i| {
            let before = &words[i - 1];
            let ends_title = !before.is_capital
                && !before.is_mark()
                && !before.is_in(sets.determiners)
                && !before.is_in(sets.prepositions);
            words[i].is_capital && words[i].is_in(sets.imperatives) && ends_title
        })
    }

    /// Returns the qualifiers in the sentence that a word stands in.
    fn qualifiers(&self, word: usize) -> Vec<Qualifier> {
        let Wording { words, lexicon } = self.wording;
        let is_end = |word: &Word| word.is_stop && matches!(word.form.as_str(), "." | "!" | "?");
        let start = words[..word]
            .iter()
            .rposition(is_end)
            .map_or(0, |end| end + 1);
        let length = words[word..].iter().position(is_end);
        let end = length.map_or(words.len(), |length| word + length);
        let mut found = Vec::new();
        let mut index = start;
        while index < end {
            let is_state = index > 0 && words[index - 1].is_in(lexicon.words.finite);
            let here = lexicon.qualifiers.at(words, index);
            let Some((kind, length)) = here.filter(|_| !is_state) else {
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

impl<'a> Reader<'a> {
    fn read(&'a self) -> Force {
        let has_words = self.text.wording.words.iter().any(|word| !word.is_mark());
        if !has_words {
            return Force::default();
        }
        let decision = self.decide();
        let (addressees, addressee_source) = self.addressees(&decision);
        Force {
            class: decision.class,
            is_negated: decision.is_negated,
            basis: decision.basis,
            evidence: decision.cue.map(|(part, cue)| part.evidence(&cue.words)),
            addressees,
            addressee_source,
            qualifiers: self.qualifiers(&decision),
            others: self.others(&decision),
            status: LegalStatus::Unknown,
        }
    }

    fn decide(&'a self) -> Decision<'a> {
        let opening = self.text.opening();
        let own = self.text.main();
        if let Some(lead) = self.lead.governing() {
            return match own {
                Some(own) if self.speaks_for_itself(own, lead, opening) => self.by_verb(own),
                _ => self.by_lead_in(lead, opening),
            };
        }
        let acts = own.filter(|cue| cue.class != ModalClass::Declaration);
        match (acts, opening) {
            (Some(cue), Opening::Other) => self.by_verb(cue),
            (Some(cue), Opening::Verb { at, .. })
                if cue.words.start <= at || self.is_behind_aim(cue) =>
            {
                self.by_verb(cue)
            }
            (_, Opening::Verb { at, is_negated }) => self.by_imperative(at, is_negated),
            _ => own.map_or_else(|| self.by_present(), |cue| self.by_verb(cue)),
        }
    }

    /// Whether a clause has a main sentence of its own, which what introduces it does not govern.
    fn speaks_for_itself(&self, own: &Cue, lead: &Cue, opening: Opening) -> bool {
        let has_verb = matches!(
            own.role,
            Role::Modal(_) | Role::Future | Role::Forbid | Role::Exempt
        );
        let affirms = lead.role == Role::Say && own.standing == Standing::Affirmed;
        let is_first = self.text.wording.sentence_start(own.words.start) == 0;
        let is_open = own.standing == Standing::Main || affirms;
        has_verb && is_open && is_first && opening == Opening::Other && lead.role != Role::Recital
    }

    /// Whether a verb has a subject behind an aim that opens the clause: "To build trust, States should".
    fn is_behind_aim(&self, cue: &Cue) -> bool {
        let words = self.text.wording.words;
        let sets = self.text.wording.lexicon.words;
        let opens_with_aim = words.first().is_some_and(|word| word.is_in(sets.to));
        let comma = (0..cue.words.start).rev().find(|&i| words[i].form == ",");
        let is_first = self.text.wording.sentence_start(cue.words.start) == 0;
        opens_with_aim && comma.is_some() && is_first && cue.standing != Standing::Dependent
    }

    fn by_verb(&'a self, cue: &'a Cue) -> Decision<'a> {
        Decision {
            class: cue.class,
            is_negated: cue.is_negated,
            basis: Basis::Verb,
            cue: Some((&self.text, cue)),
        }
    }

    /// The lead-in's verb, with the negation and the verb the clause begins with.
    fn by_lead_in(&'a self, lead: &'a Cue, opening: Opening) -> Decision<'a> {
        let (class, is_negated) = match opening {
            Opening::Verb { at, is_negated } if !matches!(lead.role, Role::Say | Role::Recital) => {
                let behind = self.text.wording.following(at);
                let following = Following {
                    is_negated: is_negated ^ lead.is_negated,
                    turn: behind.turn.filter(|turn| !matches!(turn, Turn::Hinder)),
                };
                let base = match lead.class {
                    ModalClass::Prohibition => ModalClass::Obligation,
                    class => class,
                };
                turned(base, following)
            }
            _ => (lead.class, lead.is_negated),
        };
        Decision {
            class,
            is_negated,
            basis: Basis::LeadIn,
            cue: Some((&self.lead, lead)),
        }
    }

    fn by_imperative(&'a self, at: usize, is_negated: bool) -> Decision<'a> {
        let following = Following {
            is_negated,
            turn: self.text.wording.following(at).turn,
        };
        let (class, is_negated) = turned(ModalClass::StrongRecommendation, following);
        Decision {
            class,
            is_negated,
            basis: Basis::Imperative,
            cue: None,
        }
    }

    /// A sentence without a verb of force: what those who speak do, or a statement.
    fn by_present(&'a self) -> Decision<'a> {
        let Wording { words, lexicon } = self.text.wording;
        let first = words
            .iter()
            .find(|word| !word.is_in(lexicon.words.determiners));
        let is_self = first.is_some_and(|word| word.is_in(lexicon.words.selves));
        let head = 0..words.len().min(4);
        let is_party = lexicon.words.present_binds
            && actors_in(self.text.wording, head)
                .is_some_and(|actors| actors.kinds.contains(&Addressee::Parties));
        let (class, basis) = match (is_self, is_party) {
            (_, true) => (ModalClass::Obligation, Basis::Present),
            (true, _) => (ModalClass::Commitment, Basis::Present),
            _ => (ModalClass::Declaration, Basis::Statement),
        };
        Decision {
            class,
            is_negated: false,
            basis,
            cue: None,
        }
    }

    fn addressees(&self, decision: &Decision<'_>) -> (Vec<Addressee>, AddresseeSource) {
        let is_recital = |cue: &Cue| cue.role == Role::Recital;
        if decision.cue.is_some_and(|(_, cue)| is_recital(cue)) {
            return Default::default();
        }
        let named = decision.cue.and_then(|(part, cue)| {
            let source = match part.place {
                Place::LeadIn => AddresseeSource::LeadIn,
                Place::Text => AddresseeSource::Clause,
            };
            actors_of(part, cue).map(|actors| (actors.kinds, source))
        });
        let by_present = || {
            let end = self.text.wording.words.len().min(4);
            let actors = actors_in(self.text.wording, 0..end);
            actors
                .filter(|_| decision.basis == Basis::Present)
                .map(|actors| (actors.kinds, AddresseeSource::Clause))
        };
        let by_lead_in = || {
            let all = 0..self.lead.wording.words.len();
            actors_in(self.lead.wording, all).map(|actors| (actors.kinds, AddresseeSource::LeadIn))
        };
        named
            .or_else(by_present)
            .or_else(by_lead_in)
            .filter(|(kinds, _)| !kinds.is_empty())
            .unwrap_or_default()
    }

    fn qualifiers(&self, decision: &Decision<'_>) -> Vec<Qualifier> {
        let mut qualifiers = Vec::new();
        match decision.cue {
            Some((part, cue)) if part.place == Place::LeadIn => {
                qualifiers.extend(part.qualifiers(cue.words.start));
                qualifiers.extend(self.text.qualifiers(0));
            }
            Some((part, cue)) => qualifiers.extend(part.qualifiers(cue.words.start)),
            None => qualifiers.extend(self.text.qualifiers(0)),
        }
        qualifiers
    }

    /// The verbs that do not decide.
    fn others(&self, decision: &Decision<'_>) -> Vec<Modal> {
        let mut others = Vec::new();
        for part in [&self.lead, &self.text] {
            for cue in &part.cues {
                let decides = decision.cue.is_some_and(|(place, main)| {
                    place.place == part.place && main.words == cue.words
                });
                if !decides {
                    others.push(Modal {
                        class: cue.class,
                        is_negated: cue.is_negated,
                        evidence: part.evidence(&cue.words),
                    });
                }
            }
        }
        others
    }
}

/// Returns who is bound by a verb: whom it asks, else its subject, else who is named behind "by".
fn actors_of(part: &Part<'_>, cue: &Cue) -> Option<Actors> {
    let wording = part.wording;
    let sets = wording.lexicon.words;
    let behind = cue.words.end;
    let object = || actors_in(wording, wording.object_of(behind));
    let is_we = |word: &Word| {
        sets.we_endings
            .iter()
            .any(|ending| word.form.ends_with(ending))
    };
    let is_impersonal = wording
        .words
        .get(behind)
        .is_some_and(|word| word.is_in(sets.that))
        || wording.words[cue.subject.clone()]
            .iter()
            .all(|word| word.is_in(sets.things))
        || cue.class == ModalClass::Permission;
    if matches!(cue.role, Role::Ask(_)) {
        return object();
    }
    if wording.words[cue.words.clone()].iter().any(is_we) {
        return Some(Actors {
            kinds: vec![Addressee::Parties],
            words: cue.words.clone(),
        });
    }
    subject_of(wording, cue)
        .or_else(|| inverted_subject(wording, behind))
        .or_else(|| agent_behind(wording, behind))
        .or_else(|| is_impersonal.then(object).flatten())
}

/// Returns the actors in the subject of a verb, or those that its pronoun stands for.
///
/// Persons to whom something is done ("children should be protected") are not those bound.
fn subject_of(wording: Wording<'_>, cue: &Cue) -> Option<Actors> {
    let sets = wording.lexicon.words;
    let is_passive = wording.words.get(cue.words.end..).is_some_and(|rest| {
        let verb = rest
            .iter()
            .find(|word| !word.is_in(sets.not_behind) && !word.is_in(sets.adverbs));
        verb.is_some_and(|verb| verb.is_in(sets.be))
    });
    let has_pronoun = wording.words[cue.subject.clone()]
        .iter()
        .any(|word| word.is_in(sets.they));
    match actors_in(wording, cue.subject.clone()) {
        Some(actors) if is_passive => {
            let is_person = actors.kinds == [Addressee::Individuals];
            agent_behind(wording, cue.words.end).or(Some(actors).filter(|_| !is_person))
        }
        None if has_pronoun => actors_in(wording, 0..cue.subject.start),
        None if !matches!(cue.role, Role::Modal(_) | Role::Future) => actors_in(
            wording,
            wording.sentence_start(cue.words.start)..cue.words.start,
        ),
        actors => actors,
    }
}

/// Returns the subject behind its verb: "under no circumstances shall a Party".
fn inverted_subject(wording: Wording<'_>, behind: usize) -> Option<Actors> {
    let sets = wording.lexicon.words;
    let rest = behind..wording.words.len();
    let head = rest
        .clone()
        .find(|&i| !wording.words[i].is_in(sets.determiners))?;
    let (_, length) = wording.lexicon.actors.at(wording.words, head)?;
    actors_in(wording, behind..head + length)
}

/// Returns who does what a passive speaks of: "shall be established by each Party".
fn agent_behind(wording: Wording<'_>, from: usize) -> Option<Actors> {
    let sets = wording.lexicon.words;
    let sentence = (from..wording.words.len())
        .take_while(|&i| !wording.words[i].is_stop && !wording.subordinates(i));
    let by: Vec<usize> = sentence
        .filter(|&i| wording.words[i].is_in(sets.by))
        .collect();
    by.into_iter().find_map(|by| {
        let agent = by + 1..wording.words.len().min(by + 5);
        actors_in(wording, agent)
    })
}
