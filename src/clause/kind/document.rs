//! [`Kinds`]: the kinds of the segments of a document, by place, structure and words.

use std::collections::HashMap;
use std::ops::Range;

use crate::clause::kind::class::ClauseKind;
use crate::clause::kind::heading::Topics;
use crate::clause::kind::lexicon::{KindLexicon, Topic};
use crate::clause::kind::reader::speech_of;
use crate::clause::kind::reason::{Classified, KindReason};
use crate::clause::kind::speech::{Speech, SpeechAct};
use crate::clause::kind::zone::{
    DocumentLayout, Spoken, has_lead_in, is_of_article, is_preambular, names_body, provision_kind,
    spoken,
};
use crate::clause::segment::{Segment, SegmentKind, Segmentation};
use crate::language::Language;
use crate::provision::ProvisionKind;

/// The most words of a description in an operative part that can be a provision, not prose.
const MAX_TERSE: usize = 25;

/// The most words of a clause that is a norm by a weak verb, not prose.
const MAX_WEAK: usize = 30;

/// The kinds of the parts of a document.
#[derive(Clone, Debug, Default)]
pub struct Kinds {
    /// Of each segment.
    of_segments: Vec<Classified>,
    /// The first byte of each segment.
    starts: Vec<usize>,
}

impl Kinds {
    /// Returns the kinds of the parts of a text.
    ///
    /// A clause takes its kind, in this order, from words that show it anywhere (a citation, a definition, a
    /// final clause), from the lead-in that it continues, from the headings above it, from its place before
    /// or after the first operative provision, and from the force of its words. Without a language, or in
    /// one without word lists, place and form decide, and the rest is [`ClauseKind::Unknown`].
    ///
    /// Takes time linear in the length of the text.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::clause::{ClauseKind, Kinds, segment};
    /// use consonance::language::Language;
    ///
    /// let text = "The Port Conference,\n\nRecalling its earlier calls,\n\nNoting that quays age,\n\n\
    ///             1. Calls upon States to repair their quays;\n\n2. Welcomes the report of its bureau.\n";
    /// let cut = segment(text, &[]);
    /// let kinds = Kinds::of(text, &cut, Some(Language::ENGLISH));
    /// let recital = kinds.at(text.find("Recalling").unwrap());
    /// assert_eq!(recital.kind, ClauseKind::Preamble);
    /// assert_eq!(recital.reason.to_string(), "by the verb `Recalling`");
    /// assert_eq!(kinds.at(text.find("Calls").unwrap()).kind, ClauseKind::Norm);
    /// assert_eq!(kinds.at(text.find("Welcomes").unwrap()).kind, ClauseKind::Explanation);
    /// ```
    pub fn of(text: &str, cut: &Segmentation, language: Option<Language>) -> Self {
        let clauses = spoken(cut, |part| {
            speech_of(&cut.words(text, part.body.clone()), language)
        });
        let topics = Topics::of(text, cut, language);
        let is_front = |index: usize| {
            let topic = topics.of_part(clauses[index].part);
            topic.is_some_and(|under| !under.is_operative())
        };
        let layout = DocumentLayout::of(text, &clauses, is_front);
        let mut walk = DocumentWalk {
            text,
            clauses: &clauses,
            layout,
            topics: &topics,
            kind_at: HashMap::new(),
            is_after_signature: false,
            has_lexicon: language.and_then(KindLexicon::of).is_some(),
        };
        let mut of_clause = (0..clauses.len())
            .map(|index| walk.take(index))
            .collect::<Vec<_>>()
            .into_iter();
        let mut next = clauses
            .iter()
            .map(|spoken| spoken.part.range.start)
            .peekable();
        let of_segments = cut.segments.iter().map(|part| {
            match next.next_if(|start| *start == part.range.start) {
                Some(_) => of_clause.next().unwrap_or_default(),
                None => of_other(part.kind),
            }
        });
        Self {
            of_segments: of_segments.collect(),
            starts: cut.segments.iter().map(|part| part.range.start).collect(),
        }
    }

    /// Returns the kind of the segment at a byte of the text.
    pub fn at(&self, byte: usize) -> Classified {
        let index = self.starts.partition_point(|start| *start <= byte);
        let of_segment = index
            .checked_sub(1)
            .and_then(|index| self.of_segments.get(index));
        of_segment.cloned().unwrap_or_default()
    }

    /// Returns the kind of a passage at a granularity: that of its only segment; of several, a norm if one of
    /// them is, else that of the first.
    pub fn of_passage(&self, passage: &Segment) -> Classified {
        self.in_range(&passage.body)
    }

    /// Returns the kind of the words in a range, as that of a passage.
    pub(crate) fn in_range(&self, body: &Range<usize>) -> Classified {
        let first = self
            .starts
            .partition_point(|start| *start <= body.start)
            .saturating_sub(1);
        let end = self.starts.partition_point(|start| *start < body.end);
        let inside = self
            .of_segments
            .get(first..end.max(first + 1))
            .unwrap_or_default();
        let norm = inside.iter().find(|of| of.kind.is_norm());
        norm.or(inside.first()).cloned().unwrap_or_default()
    }
}

/// The kind of a segment that is no clause.
fn of_other(kind: SegmentKind) -> Classified {
    let kind = match kind {
        SegmentKind::Heading => ClauseKind::Heading,
        SegmentKind::Footnote => ClauseKind::Note,
        SegmentKind::Furniture | SegmentKind::Blank => ClauseKind::Furniture,
        SegmentKind::Clause | SegmentKind::LeadIn => ClauseKind::Unknown,
    };
    Classified::new(kind, KindReason::Layout)
}

/// Words that show the kind wherever they are.
fn by_words(speech: &Speech) -> Option<Classified> {
    let kind = match speech.act {
        SpeechAct::Is(kind) => kind,
        SpeechAct::OpensFinal => ClauseKind::FinalClause,
        SpeechAct::AnnouncesTerms => ClauseKind::Definition,
        _ => return None,
    };
    Some(Classified::new(kind, speech.reason.clone()))
}

/// Whether a year is in words, as in every entry of a bibliography.
fn has_year(words: &str) -> bool {
    let numbers = words.split(|c: char| !c.is_ascii_digit());
    let mut years = numbers.filter(|number| number.len() == 4);
    years.any(|number| number.starts_with("19") || number.starts_with("20"))
}

/// One walk over the clauses of a document.
struct DocumentWalk<'a> {
    text: &'a str,
    clauses: &'a [Spoken<'a>],
    layout: DocumentLayout,
    topics: &'a Topics<'a>,
    /// The kind of each clause so far, by the first byte of its words.
    kind_at: HashMap<usize, ClauseKind>,
    is_after_signature: bool,
    has_lexicon: bool,
}

impl DocumentWalk<'_> {
    fn take(&mut self, index: usize) -> Classified {
        let part = self.clauses[index].part;
        if provision_kind(part) == Some(ProvisionKind::Annex) {
            self.is_after_signature = false;
        }
        let found = self.classify(index);
        let act = self.clauses[index].speech.act;
        let is_opening = act == SpeechAct::OpensFinal
            || self
                .topics
                .of_part(part)
                .is_some_and(|under| under.topic == Topic::Signature);
        self.is_after_signature |=
            is_opening && is_of_article(part) && found.kind == ClauseKind::FinalClause;
        self.kind_at.insert(part.body.start, found.kind);
        found
    }

    fn classify(&self, index: usize) -> Classified {
        let Spoken { part, speech } = &self.clauses[index];
        if self.layout.is_name[index] {
            return Classified::new(ClauseKind::Names, KindReason::Names);
        }
        if let SpeechAct::Is(
            kind @ (ClauseKind::Note | ClauseKind::Furniture | ClauseKind::Names),
        ) = speech.act
        {
            return Classified::new(kind, speech.reason.clone());
        }
        self.by_lead_in(part, speech)
            .or_else(|| self.by_front(index))
            .or_else(|| self.by_background(index))
            .or_else(|| by_words(speech))
            .or_else(|| self.by_heading(index))
            .or_else(|| self.by_signature(part))
            .unwrap_or_else(|| self.by_place(index))
    }

    /// The kind of the lead-in, which its items continue.
    fn by_lead_in(&self, part: &Segment, speech: &Speech) -> Option<Classified> {
        let lead_in = part.lead_in.as_ref().filter(|range| !range.is_empty())?;
        let kind = *self.kind_at.get(&lead_in.start)?;
        let shows_itself = matches!(speech.act, SpeechAct::Is(_) | SpeechAct::OpensFinal);
        let continues = match kind {
            ClauseKind::Definition
            | ClauseKind::FinalClause
            | ClauseKind::Names
            | ClauseKind::Note => true,
            ClauseKind::Norm => !shows_itself && speech.act != SpeechAct::Recites,
            ClauseKind::Explanation => {
                let goes_on = speech.reason == KindReason::Imperative;
                let acts = [
                    SpeechAct::States,
                    SpeechAct::MayNorm,
                    SpeechAct::Affirms,
                    SpeechAct::Titles,
                ];
                goes_on || acts.contains(&speech.act)
            }
            _ => false,
        };
        continues.then(|| Classified::new(kind, KindReason::LeadIn))
    }

    /// Front matter before a preamble explains, whatever its words.
    fn by_front(&self, index: usize) -> Option<Classified> {
        if index >= self.layout.preamble || is_of_article(self.clauses[index].part) {
            return None;
        }
        let Spoken { part, speech } = &self.clauses[index];
        match speech.act {
            SpeechAct::Titles if !has_lead_in(part) => None,
            SpeechAct::NamesBody | SpeechAct::Enacts | SpeechAct::Recites => None,
            _ => Some(match self.topics.of_part(part) {
                Some(under) if !under.is_operative() => {
                    Classified::new(under.topic.kind(), KindReason::heading(under.words))
                }
                _ => Classified::new(ClauseKind::Explanation, KindReason::BeforeOperative),
            }),
        }
    }

    /// Prose under a heading such as "Background" explains, unless its first sentence asks or binds.
    fn by_background(&self, index: usize) -> Option<Classified> {
        let Spoken { part, speech } = &self.clauses[index];
        let under = self.topics.of_part(part)?;
        let is_told = match under.topic {
            Topic::Explanation => speech.act != SpeechAct::Norms || speech.is_late,
            Topic::About => true,
            _ => false,
        };
        let is_heading = speech.act == SpeechAct::Titles && !has_lead_in(part);
        let explains = is_told && !is_heading && !is_of_article(part);
        explains.then(|| Classified::new(under.topic.kind(), KindReason::heading(under.words)))
    }

    fn by_heading(&self, index: usize) -> Option<Classified> {
        let Spoken { part, speech } = &self.clauses[index];
        let under = self.topics.of_part(part)?;
        let is_told = match under.topic {
            Topic::Definition | Topic::FinalClause | Topic::Signature => true,
            Topic::Preamble => index < self.layout.operative,
            Topic::Explanation | Topic::About => false,
            Topic::Note => {
                !matches!(speech.act, SpeechAct::Norms | SpeechAct::MayNorm)
                    || has_year(&self.text[part.body.clone()])
            }
            Topic::Names => matches!(speech.act, SpeechAct::Titles | SpeechAct::Unknown),
            Topic::Furniture => speech.act != SpeechAct::Norms && provision_kind(part).is_none(),
        };
        is_told.then(|| Classified::new(under.topic.kind(), KindReason::heading(under.words)))
    }

    fn by_signature(&self, part: &Segment) -> Option<Classified> {
        let is_after = self.is_after_signature && is_of_article(part);
        is_after.then(|| Classified::new(ClauseKind::FinalClause, KindReason::AfterSignature))
    }

    /// The kind by the place before or after the first operative provision, and by what the words do.
    fn by_place(&self, index: usize) -> Classified {
        let Spoken { part, speech } = &self.clauses[index];
        let is_before = index < self.layout.operative;
        let is_listed = part.label.is_some();
        let by_words = |kind| Classified::new(kind, speech.reason.clone());
        match speech.act {
            _ if is_preambular(part) && is_before => {
                Classified::new(ClauseKind::Preamble, KindReason::BeforeOperative)
            }
            SpeechAct::Recites if !is_before && is_listed && speech.also_norms.is_some() => {
                let verb = speech.also_norms.as_deref().unwrap_or_default();
                Classified::new(ClauseKind::Norm, KindReason::verb(verb))
            }
            SpeechAct::Enacts if is_listed => by_words(ClauseKind::FinalClause),
            SpeechAct::Recites | SpeechAct::NamesBody | SpeechAct::Enacts => {
                by_words(ClauseKind::Preamble)
            }
            SpeechAct::Affirms if !is_listed && index < self.layout.listed => {
                by_words(ClauseKind::Preamble)
            }
            SpeechAct::States | SpeechAct::Titles
                if is_before && names_body(self.text, &self.clauses[index]) =>
            {
                Classified::new(ClauseKind::Preamble, KindReason::BeforeOperative)
            }
            SpeechAct::Norms => by_words(ClauseKind::Norm),
            SpeechAct::Unknown => self.by_place_alone(index),
            _ if is_of_article(part) => Classified::new(ClauseKind::Norm, KindReason::Article),
            SpeechAct::Affirms => by_words(ClauseKind::Explanation),
            SpeechAct::Titles if self.is_heading(index) => by_words(ClauseKind::Heading),
            SpeechAct::Titles => Classified::new(ClauseKind::Norm, KindReason::Nothing),
            _ if is_listed
                && speech.n_words <= MAX_TERSE
                && !speech.has_sentences
                && part.kind == SegmentKind::Clause =>
            {
                Classified::new(ClauseKind::Norm, KindReason::Nothing)
            }
            SpeechAct::MayNorm if speech.n_words <= MAX_WEAK => by_words(ClauseKind::Norm),
            _ => Classified::new(ClauseKind::Explanation, KindReason::Description),
        }
    }

    /// Whether words with the form of a title are one: unnumbered, or above numbers of their own.
    fn is_heading(&self, index: usize) -> bool {
        let part = self.clauses[index].part;
        let Some(label) = &part.label else {
            return !has_lead_in(part);
        };
        let next = self.clauses.get(index + 1);
        let next = next.and_then(|next| next.part.label.as_ref());
        next.is_some_and(|next| next.as_str().starts_with(label.as_str()) && next != label)
    }

    /// Without word lists: what is unnumbered before the first number and does not end a sentence recites.
    fn by_place_alone(&self, index: usize) -> Classified {
        let part = self.clauses[index].part;
        let words = self.text[part.body.clone()].trim_end();
        let is_open = words.ends_with([',', ';', ':', '，', '；', '：', '、', '،', '؛']);
        let is_before = index < self.layout.operative && self.layout.operative < self.clauses.len();
        if is_before && part.label.is_none() && is_open && !self.has_lexicon {
            return Classified::new(ClauseKind::Preamble, KindReason::BeforeOperative);
        }
        Classified::new(ClauseKind::Unknown, KindReason::Nothing)
    }
}
