//! [`Force::of`]: how strongly a clause binds, and whom, from its words and its lead-in.

use crate::deontic::act::Act;
use crate::deontic::addressee::{Addressee, AddresseeSource};
use crate::deontic::bound::actors_of;
use crate::deontic::class::ModalClass;
use crate::deontic::complement::turned;
use crate::deontic::cue::{ClausePosition, Cue, Following, Wording};
use crate::deontic::evidence::Place;
use crate::deontic::force::{Basis, Force, Modal};
use crate::deontic::lexicon::{CueRole, Lexicon, Turn};
use crate::deontic::part::{Opening, Part};
use crate::deontic::qualifier::Qualifier;
use crate::deontic::status::LegalStatus;
use crate::deontic::subject::actors_in;
use crate::deontic::word::{Word, words_of};
use crate::language::Language;

impl Force {
    /// Returns how strongly the words of a clause bind, and whom.
    ///
    /// The first verb of force in the main sentence decides ("shall", "pledge to", "calls upon"). If the
    /// lead-in has one and the clause continues it ("Signatories pledge" / "not to use ..."), the lead-in's
    /// verb decides, with the negation of the clause. A verb in what the text merely affirms ("recognizes
    /// that States should ...") decides if there is no other; a verb after "which" or "if" decides nothing.
    /// Languages without word lists give [`ModalClass::Unknown`].
    ///
    /// Takes time linear in the length of both texts: at most 200 words of a sentence are considered. Which
    /// uses of a modal bind and which describe follows Palmer (*Mood and Modality*, 2001); the rules are our
    /// own.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::deontic::{Addressee, Force, ModalClass};
    /// use consonance::language::Language;
    ///
    /// let text = "States should not harm the ambulances of others.";
    /// let force = Force::of(None, text, Language::ENGLISH);
    /// assert_eq!(force.class, ModalClass::StrongRecommendation);
    /// assert!(force.is_negated);
    /// assert_eq!(force.addressees, [Addressee::States]);
    /// let verb = force.evidence.map(|evidence| &text[evidence.range]);
    /// assert_eq!(verb, Some("should"));
    ///
    /// let item = Force::of(Some("Signatories pledge"), "to keep a light;", Language::ENGLISH);
    /// assert_eq!(item.class, ModalClass::Commitment);
    /// ```
    pub fn of(lead_in: Option<&str>, text: &str, language: Language) -> Self {
        read(lead_in, text, language, |reader| reader.read()).unwrap_or_default()
    }

    /// Returns the force of a clause without its qualifiers.
    pub(crate) fn without_qualifiers(
        lead_in: Option<&str>,
        text: &str,
        language: Language,
    ) -> Self {
        let force = read(lead_in, text, language, |reader| {
            reader.has_words().then(|| reader.verbs(&reader.decide()))
        });
        force.flatten().unwrap_or_default()
    }

    /// Returns the force of a clause without a lead-in, of which the words are known; its qualifiers are left
    /// out.
    pub(crate) fn of_words(words: &[Word<'_>], lexicon: &'static Lexicon) -> Self {
        let reader = Reader::of(&[], words, lexicon);
        reader.verbs(&reader.decide())
    }
}

/// Returns the acts that a clause demands, advises, permits or forbids, as [`Force::of`] analyzes it.
///
/// Acts after "which" or "if" are left out.
pub(crate) fn acts_of(lead_in: Option<&str>, text: &str, language: Language) -> Vec<Act> {
    read(lead_in, text, language, |reader| reader.acts()).unwrap_or_default()
}

/// Returns the words of a whole text that narrow or weaken it, whichever sentence they are in.
pub(crate) fn qualifiers_of(text: &str, language: Language) -> Vec<Qualifier> {
    let all = |reader: &Reader<'_>| {
        let end = reader.text.wording.words.len();
        reader.text.qualifiers_between(0..end)
    };
    read(None, text, language, all).unwrap_or_default()
}

fn read<T>(
    lead_in: Option<&str>,
    text: &str,
    language: Language,
    answer: impl for<'r> FnOnce(&'r Reader<'r>) -> T,
) -> Option<T> {
    let lexicon = Lexicon::of(language)?;
    let elisions = lexicon.words.elisions;
    let lead_words = words_of(lead_in.unwrap_or_default(), elisions);
    let text_words = words_of(text, elisions);
    Some(answer(&Reader::of(&lead_words, &text_words, lexicon)))
}

/// A lead-in and the clause it introduces.
struct Reader<'a> {
    lead: Part<'a>,
    text: Part<'a>,
}

/// The result of the analysis.
struct Decision<'a> {
    class: ModalClass,
    is_negated: bool,
    basis: Basis,
    /// The verb that decides and the part in which it occurs.
    cue: Option<(&'a Part<'a>, &'a Cue)>,
}

impl<'a> Reader<'a> {
    fn of(lead_in: &'a [Word<'a>], text: &'a [Word<'a>], lexicon: &'static Lexicon) -> Self {
        Self {
            lead: Part::new(lead_in, lexicon, Place::LeadIn),
            text: Part::new(text, lexicon, Place::Text),
        }
    }

    fn read(&'a self) -> Force {
        if !self.has_words() {
            return Force::default();
        }
        let decision = self.decide();
        Force {
            qualifiers: self.qualifiers(&decision),
            ..self.verbs(&decision)
        }
    }

    fn has_words(&self) -> bool {
        self.text.wording.words.iter().any(|word| !word.is_mark())
    }

    /// The force without its qualifiers.
    fn verbs(&self, decision: &Decision<'_>) -> Force {
        let (addressees, addressee_source) = self.addressees(decision);
        Force {
            class: decision.class,
            is_negated: decision.is_negated,
            basis: decision.basis,
            evidence: decision.cue.map(|(part, cue)| part.evidence(&cue.words)),
            addressees,
            addressee_source,
            qualifiers: Vec::new(),
            others: self.others(decision),
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
                if cue.words.start <= at || self.follows_purpose(cue) =>
            {
                self.by_verb(cue)
            }
            (_, Opening::Verb { at, is_negated }) => Self::by_imperative(Following {
                is_negated,
                ..self.text.wording.following(at)
            }),
            _ => own.map_or_else(|| self.by_present(), |cue| self.by_verb(cue)),
        }
    }

    /// Whether a clause has a main sentence of its own, which its lead-in does not govern.
    fn speaks_for_itself(&self, own: &Cue, lead: &Cue, opening: Opening) -> bool {
        let has_verb = matches!(
            own.role,
            CueRole::Modal(_) | CueRole::Future | CueRole::Forbid | CueRole::Exempt
        );
        let affirms = lead.role == CueRole::Say && own.position == ClausePosition::Affirmed;
        let is_first = self.text.wording.sentence_start(own.words.start) == 0;
        let is_open = own.position == ClausePosition::Main || affirms;
        has_verb
            && is_open
            && is_first
            && opening == Opening::Other
            && lead.role != CueRole::Recital
    }

    /// Whether a verb has a subject after an initial purpose: "To build trust, States should".
    fn follows_purpose(&self, cue: &Cue) -> bool {
        let words = self.text.wording.words;
        let sets = self.text.wording.sets();
        let opens_with_aim = words.first().is_some_and(|word| word.is_in(&sets.to));
        let comma = (0..cue.words.start).rev().find(|&i| words[i].form == ",");
        let is_first = self.text.wording.sentence_start(cue.words.start) == 0;
        opens_with_aim && comma.is_some() && is_first && cue.position != ClausePosition::Dependent
    }

    fn by_verb(&'a self, cue: &'a Cue) -> Decision<'a> {
        Decision {
            class: cue.class,
            is_negated: cue.is_negated,
            basis: Basis::Verb,
            cue: Some((&self.text, cue)),
        }
    }

    /// The lead-in's verb, with the negation and the first verb of the clause.
    fn by_lead_in(&'a self, lead: &'a Cue, opening: Opening) -> Decision<'a> {
        let (class, is_negated) = match opening {
            Opening::Verb { at, is_negated }
                if !matches!(lead.role, CueRole::Say | CueRole::Recital) =>
            {
                let after = self.text.wording.following(at);
                let following = Following {
                    is_negated: is_negated ^ lead.is_negated,
                    turn: after.turn.filter(|turn| !matches!(turn, Turn::Hinder)),
                    ..after
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

    fn by_imperative(following: Following) -> Decision<'a> {
        let (class, is_negated) = turned(ModalClass::StrongRecommendation, following);
        Decision {
            class,
            is_negated,
            basis: Basis::Imperative,
            cue: None,
        }
    }

    /// A sentence without a verb of force: what the authors do, or a statement.
    fn by_present(&'a self) -> Decision<'a> {
        let Wording { words, lexicon } = self.text.wording;
        let mut words = words.iter();
        let first = words.find(|word| !word.is_in(&lexicon.words.determiners));
        let is_self = first.is_some_and(|word| word.is_in(&lexicon.words.selves));
        let head = 0..self.text.wording.words.len().min(4);
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
        let is_recital = |cue: &Cue| cue.role == CueRole::Recital;
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
            let is_present = decision.basis == Basis::Present;
            let actors = is_present.then(|| actors_in(self.text.wording, 0..end));
            actors
                .flatten()
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
        let (part, word) = match decision.cue {
            Some((part, cue)) => (part, cue.words.start),
            None => (&self.text, 0),
        };
        let mut qualifiers = part.qualifiers(word);
        if part.place == Place::LeadIn {
            qualifiers.extend(self.text.qualifiers(0));
        }
        qualifiers
    }

    fn acts(&'a self) -> Vec<Act> {
        let Decision {
            class,
            is_negated,
            basis,
            ..
        } = self.decide();
        let wording = self.text.wording;
        let is_governed = matches!(basis, Basis::LeadIn | Basis::Imperative);
        let governed = (is_governed && class != ModalClass::Declaration).then(|| {
            let at = match self.text.opening() {
                Opening::Verb { at, .. } => at,
                Opening::Other => 0,
            };
            let act = wording.act_at(at, class)?;
            Some(Act { is_negated, ..act })
        });
        let own = self.text.cues.iter().map(|cue| wording.act_of(cue));
        governed.into_iter().chain(own).flatten().collect()
    }

    /// The verbs that do not decide.
    fn others(&self, decision: &Decision<'_>) -> Vec<Modal> {
        let parts = [&self.lead, &self.text].into_iter();
        let all = parts.flat_map(|part| part.cues.iter().map(move |cue| (part, cue)));
        let decides = |part: &Part, cue: &Cue| {
            let main = decision.cue.filter(|(place, _)| place.place == part.place);
            main.is_some_and(|(_, main)| main.words == cue.words)
        };
        let others = all.filter(|(part, cue)| !decides(part, cue));
        let modal = |(part, cue): (&Part, &Cue)| Modal {
            class: cue.class,
            is_negated: cue.is_negated,
            evidence: part.evidence(&cue.words),
        };
        others.map(modal).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn room_that_words_leave_makes_a_clause_weaker_within_its_class() {
        let strength = |text: &str| Force::of(None, text, Language::ENGLISH).strength().unwrap();
        assert_eq!(Force::of(None, " ... ", Language::ENGLISH).strength(), None);
        let plain = strength("The Parties shall share their plans.");
        let loose = strength("The Parties shall endeavor to share their plans.");
        let advice = strength("The Parties should share their plans.");
        assert!(plain > loose && loose > advice);
    }

    proptest! {
        #[test]
        fn evidence_lies_within_its_text_whatever_the_words(
            words in prop::collection::vec(
                "states|shall|not|that|which|if|,|\\.|no|should|may|will|to|pledge|by|and|é’s|\\(|:",
                0..40,
            ),
            code in "en|fr|es|de",
            split in 0_usize..40,
        ) {
            let split = split.min(words.len());
            let (lead_in, text) = (words[..split].join(" "), words[split..].join(" "));
            let language = Language::from_tag(&code).unwrap();
            let force = Force::of(Some(&lead_in), &text, language);
            let qualifiers = force.qualifiers.iter().map(|qualifier| &qualifier.evidence);
            let others = force.others.iter().map(|other| &other.evidence);
            for evidence in force.evidence.iter().chain(qualifiers).chain(others) {
                let place = match evidence.place {
                    Place::LeadIn => &lead_in,
                    Place::Text => &text,
                };
                prop_assert!(place.get(evidence.range.clone()).is_some_and(|words| !words.is_empty()));
            }
        }
    }
}
