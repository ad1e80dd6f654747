//! [`speech_of`]: reads what the words of a clause do: by its first words, signs anywhere in it, its force.

use std::cell::Cell;

use crate::clause::kind::class::ClauseKind;
use crate::clause::kind::form::{is_title, kind_by_form};
use crate::clause::kind::lexicon::{InnerSign, KindLexicon, OpeningSign};
use crate::clause::kind::reason::{Classified, KindReason};
use crate::clause::kind::signs::{FoundSign, first_word, inner_of, opening_of, repeated_term};
use crate::clause::kind::speech::{Speech, SpeechAct};
use crate::deontic::{Basis, Force, ForceGist, Lexicon, ModalClass, Sense, Word, words_of};
use crate::language::Language;

/// The most words and marks of a clause that are examined for the signs of a kind.
const MAX_WORDS: usize = 400;

/// The most words before "means" in a definition.
const MAX_TERM: usize = 18;

/// The most words of a term before "refers to".
const MAX_GLOSSED: usize = 9;

/// The most words that name a body or announce a list of names.
const MAX_BODY: usize = 12;

/// The most words of a note that begins like one.
const MAX_NOTE: usize = 60;

/// The most words of a reference to a document.
const MAX_REFERENCE: usize = 25;

/// The most words by which a page tells of itself.
const MAX_PAGE: usize = 40;

/// Returns what words do, in time linear in their length.
pub(crate) fn speech_of(text: &str, language: Option<Language>) -> Speech {
    let known = language.and_then(|language| {
        let force = Lexicon::of(language)?;
        Some((language, KindLexicon::of(language)?, force))
    });
    let Some((language, lexicon, of_force)) = known else {
        return match kind_by_form(text) {
            Some(Classified { kind, reason }) => Speech::new(SpeechAct::Is(kind), reason),
            None => Speech::new(SpeechAct::Unknown, KindReason::Nothing),
        };
    };
    let all_words = words_of(text, lexicon.elisions);
    let n_words = all_words.iter().filter(|word| !word.is_mark()).count();
    let words = &all_words[..all_words.len().min(MAX_WORDS)];
    let mut ends = words
        .iter()
        .filter(|word| ends_sentence(word))
        .map(|word| word.range.end);
    let first_end = ends.next().unwrap_or(text.len());
    let has_sentences = ends.next().is_some();
    let reader = SpeechReader {
        text,
        words,
        all_words: &all_words,
        n_words,
        first_end,
        has_sentences,
        lexicon,
        of_force,
        language,
        gist: Cell::new(None),
    };
    let speech = reader.read();
    Speech {
        n_words,
        has_sentences,
        force: reader.gist.get(),
        ..speech
    }
}

/// Whether a mark ends a sentence, not only a part of one.
fn ends_sentence(word: &Word<'_>) -> bool {
    word.is_stop && matches!(&*word.form, "." | "!" | "?")
}

/// The words of a clause and what they are looked up in.
struct SpeechReader<'a> {
    text: &'a str,
    /// The words in which signs are looked for.
    words: &'a [Word<'a>],
    all_words: &'a [Word<'a>],
    n_words: usize,
    /// The byte after the first sentence.
    first_end: usize,
    has_sentences: bool,
    lexicon: &'static KindLexicon,
    of_force: &'static Lexicon,
    language: Language,
    /// The gist of the force, once it is known.
    gist: Cell<Option<ForceGist>>,
}

impl SpeechReader<'_> {
    fn read(&self) -> Speech {
        let opening = opening_of(self.words, self.lexicon);
        opening
            .and_then(|opening| self.by_opening(opening))
            .or_else(|| {
                let Classified { kind, reason } = kind_by_form(self.text)?;
                Some(Speech::is(kind, reason))
            })
            .or_else(|| self.by_inner(opening))
            .or_else(|| {
                let term = repeated_term(self.words)?;
                let reason = KindReason::words(self.shown(&term));
                Some(Speech::is(ClauseKind::Definition, reason))
            })
            .unwrap_or_else(|| self.by_force(opening))
    }

    fn force(&self) -> Force {
        let force = Force::of_words(self.all_words, self.of_force);
        self.gist.set(Some(force.gist()));
        force
    }

    /// The words by which an answer is explained.
    fn shown<S>(&self, found: &FoundSign<S>) -> &str {
        let last = self.words[found.at + found.length - 1].range.end;
        &self.text[self.words[found.at].range.start..last]
    }

    fn by_opening(&self, opening: FoundSign<OpeningSign>) -> Option<Speech> {
        let shown = self.shown(&opening);
        let is = |kind| Some(Speech::is(kind, KindReason::words(shown)));
        let does = |act| Some(Speech::new(act, KindReason::words(shown)));
        let next = self.words.get(opening.at + opening.length);
        let has_digit = next.is_some_and(|next| next.form.contains(|c: char| c.is_ascii_digit()));
        let is_named = next.is_some_and(|next| next.is_capital) || has_digit;
        match opening.sign {
            OpeningSign::Recital => Some(Speech {
                also_norms: self.demand(&self.force()),
                ..Speech::new(SpeechAct::Recites, KindReason::verb(shown))
            }),
            OpeningSign::Body if self.n_words <= MAX_BODY || self.ends_open() => {
                does(SpeechAct::NamesBody)
            }
            OpeningSign::Enactment if self.n_words <= MAX_PAGE => does(SpeechAct::Enacts),
            OpeningSign::Note if self.n_words <= MAX_NOTE => is(ClauseKind::Note),
            OpeningSign::Reference if self.n_words <= MAX_REFERENCE && is_named => {
                is(ClauseKind::Note)
            }
            OpeningSign::Caption if self.n_words <= MAX_NOTE && has_digit => {
                is(ClauseKind::Furniture)
            }
            OpeningSign::Page if self.n_words <= MAX_PAGE => is(ClauseKind::Furniture),
            OpeningSign::Names if self.announces_list() => is(ClauseKind::Names),
            OpeningSign::Instruction => is(ClauseKind::FinalClause),
            _ => None,
        }
    }

    /// Whether few words, or a colon soon, say that only a list follows.
    fn announces_list(&self) -> bool {
        let colon = self.words.iter().position(|word| word.form == ":");
        self.n_words <= MAX_BODY || colon.is_some_and(|at| at <= MAX_BODY)
    }

    /// Whether the words go on after their end: a comma or a colon.
    fn ends_open(&self) -> bool {
        self.text.trim_end().ends_with([',', ':'])
    }

    /// The verb of a recital or an affirmation that also asks or binds: "Recognizing ..., States should".
    fn demand(&self, force: &Force) -> Option<Box<str>> {
        let demands = |class: ModalClass| {
            matches!(
                class,
                ModalClass::Obligation | ModalClass::Prohibition | ModalClass::StrongRecommendation
            )
        };
        let main = force.evidence.iter().map(|found| (force.class, found));
        let others = force
            .others
            .iter()
            .map(|other| (other.class, &other.evidence));
        let mut modals = main.chain(others).filter(|(class, _)| demands(*class));
        let verb = modals.find_map(|(_, found)| {
            let verb = &self.text[found.range.clone()];
            let is_modal = Sense::of(&verb.to_lowercase(), self.language).is_some();
            (is_modal && !self.is_weak(verb)).then_some(verb)
        });
        verb.map(Into::into)
    }

    /// Whether a verb of force demands little: "needs to".
    fn is_weak(&self, verb: &str) -> bool {
        let first = verb.split_whitespace().next().unwrap_or_default();
        self.lexicon.weak_verbs.has(&first.to_lowercase())
    }

    /// The first sign of each sort anywhere in the words, and what they tell.
    fn by_inner(&self, opening: Option<FoundSign<OpeningSign>>) -> Option<Speech> {
        let inner = inner_of(self.words, self.lexicon);
        let first = |sign: InnerSign| inner.iter().find(|found| found.sign == sign).copied();
        let by = |act, found| Some(Speech::new(act, KindReason::words(self.shown(&found))));
        let is = |kind, found| by(SpeechAct::Is(kind), found);
        let opens = |sign: OpeningSign| opening.is_some_and(|opening| opening.sign == sign);
        if let Some(terms) = first(InnerSign::Terms) {
            return by(SpeechAct::AnnouncesTerms, terms);
        }
        if let Some(found) = inner.iter().find(|found| self.defines(**found)) {
            return is(ClauseKind::Definition, *found);
        }
        if let Some(found) = first(InnerSign::Signature) {
            return by(SpeechAct::OpensFinal, found);
        }
        if let Some(found) = first(InnerSign::Final) {
            return is(ClauseKind::FinalClause, found);
        }
        if let Some(found) = first(InnerSign::Bookkeeping).filter(|_| opens(OpeningSign::Request)) {
            return is(ClauseKind::FinalClause, found);
        }
        if let Some(found) = first(InnerSign::Page).filter(|_| self.n_words <= MAX_NOTE) {
            return is(ClauseKind::Furniture, found);
        }
        if let Some(found) = first(InnerSign::Names).filter(|_| self.announces_list()) {
            return is(ClauseKind::Names, found);
        }
        let asks = first(InnerSign::Ask).filter(|_| opens(OpeningSign::Affirmation))?;
        by(SpeechAct::Norms, asks)
    }

    /// Whether words such as "means" define: near the beginning of the first sentence, after a term.
    fn defines(&self, found: FoundSign<InnerSign>) -> bool {
        let before = found.at.checked_sub(1).map(|at| &self.words[at]);
        let is_after_term =
            before.is_none_or(|word| !word.is_in(&self.lexicon.no_definition_after));
        let is_early = found.at <= MAX_TERM && self.words[found.at].range.start < self.first_end;
        let next = self.words.get(found.at + found.length);
        let is_other = next.is_some_and(|next| next.is_in(&self.lexicon.no_definition_before));
        let is_sign = match found.sign {
            InnerSign::Definition => true,
            InnerSign::Gloss => !self.has_sentences && found.at <= MAX_GLOSSED,
            _ => false,
        };
        is_sign && is_early && is_after_term && !is_other
    }

    fn by_force(&self, opening: Option<FoundSign<OpeningSign>>) -> Speech {
        if self.text.trim_end().ends_with(['?', '？', '؟']) {
            return Speech::new(SpeechAct::Norms, KindReason::Question);
        }
        let opens = |sign: OpeningSign| opening.filter(|opening| opening.sign == sign);
        if let Some(found) = opens(OpeningSign::Stress) {
            return Speech::new(SpeechAct::Norms, KindReason::words(self.shown(&found)));
        }
        let force = self.force();
        if let Some(found) = opens(OpeningSign::Affirmation) {
            return match self.demand(&force) {
                Some(verb) => Speech::new(SpeechAct::Norms, KindReason::Verb(verb)),
                None => Speech::new(SpeechAct::Affirms, KindReason::verb(self.shown(&found))),
            };
        }
        if let Some(found) = opens(OpeningSign::Request) {
            return Speech::new(SpeechAct::Norms, KindReason::verb(self.shown(&found)));
        }
        if self.is_titled() {
            return Speech::new(SpeechAct::Titles, KindReason::Title);
        }
        self.by_verb(&force)
    }

    /// Whether the words are a title: with no verb of force, or nouns with the forms of imperatives in a row.
    fn is_titled(&self) -> bool {
        let second = first_word(self.words).and_then(|first| self.words.get(first + 1));
        let is_row = second.is_some_and(|second| second.form == ",");
        is_title(self.text) && is_row
    }

    fn by_verb(&self, force: &Force) -> Speech {
        let evidence = force.evidence.as_ref();
        let verb = evidence.map(|found| &self.text[found.range.clone()]);
        let by_verb = || verb.map_or(KindReason::Description, KindReason::verb);
        let is_late = evidence.is_some_and(|found| found.range.start >= self.first_end);
        let act = match (force.class, force.basis) {
            (_, Basis::Imperative) if self.is_aim() => SpeechAct::States,
            (_, Basis::Imperative) => return Speech::new(SpeechAct::Norms, KindReason::Imperative),
            (ModalClass::Declaration | ModalClass::Unknown, _)
                if verb.is_none() && is_title(self.text) =>
            {
                return Speech::new(SpeechAct::Titles, KindReason::Title);
            }
            (ModalClass::Declaration | ModalClass::Unknown, _) => {
                return self.by_hidden_verb(force, by_verb());
            }
            (_, Basis::Present) => SpeechAct::Norms,
            _ if self.may_only_norm(force, verb) => SpeechAct::MayNorm,
            _ => SpeechAct::Norms,
        };
        Speech {
            is_late,
            ..Speech::new(act, by_verb())
        }
    }

    /// A statement in which a verb demands all the same, far from its subject: "Logs, as well as the methods that
    /// are used, should be kept".
    fn by_hidden_verb(&self, force: &Force, reason: KindReason) -> Speech {
        match self.demand(force) {
            Some(verb) if self.has_sentences => {
                Speech::new(SpeechAct::Norms, KindReason::Verb(verb))
            }
            Some(verb) => Speech::new(SpeechAct::MayNorm, KindReason::Verb(verb)),
            None => Speech::new(SpeechAct::States, reason),
        }
    }

    /// Whether the words begin with a purpose or a subject, not with an act: "To this end, ... can. Such means ...".
    fn is_aim(&self) -> bool {
        let first = first_word(self.words).map(|first| &self.words[first]);
        first.is_some_and(|first| {
            let is_purpose = first.is_in(&self.lexicon.aims) && self.has_sentences;
            is_purpose || first.is_in(&self.lexicon.no_imperatives)
        })
    }

    /// Whether a verb of force is weak: it demands little, or permits or promises, of nobody.
    fn may_only_norm(&self, force: &Force, verb: Option<&str>) -> bool {
        let is_of_nobody = force.addressees.is_empty();
        let is_soft = matches!(
            force.class,
            ModalClass::Permission | ModalClass::WeakRecommendation | ModalClass::Commitment
        );
        let is_weak = verb.is_some_and(|verb| self.is_weak(verb));
        let is_future =
            verb.is_some_and(|verb| Sense::of(&verb.to_lowercase(), self.language).is_some());
        let is_forecast = force.class == ModalClass::Commitment && is_future;
        let mut others = force.others.iter();
        if is_forecast && others.any(|other| other.class == ModalClass::Declaration) {
            return true;
        }
        is_soft && is_of_nobody || is_weak && (is_of_nobody || self.has_sentences)
    }
}
