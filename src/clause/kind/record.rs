//! The kind of a ready clause: by its words, its heading and its lead-in, without its place in a document.

use crate::clause::kind::class::ClauseKind;
use crate::clause::kind::form::has_title_case;
use crate::clause::kind::heading::topic_of;
use crate::clause::kind::lexicon::{KindLexicon, Topic};
use crate::clause::kind::reader::speech_of;
use crate::clause::kind::reason::{Classified, KindReason};
use crate::clause::kind::speech::{Speech, SpeechAct};
use crate::language::Language;

/// The fewest words of a description that is prose, not a norm in few words.
const MIN_PROSE: usize = 24;

/// A clause that is ready: its words without their place in a document.
///
/// # Examples
///
/// ```
/// use consonance::clause::{ClauseKind, ReadyClause};
/// use consonance::language::Language;
///
/// let clause = ReadyClause::new("“Quay” means any place where ships moor.", Language::ENGLISH);
/// let found = clause.classify();
/// assert_eq!(found.kind, ClauseKind::Definition);
/// assert_eq!(found.reason.to_string(), "by the words `means any`");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ReadyClause<'a> {
    text: &'a str,
    language: Language,
    heading: Option<&'a str>,
    lead_in: Option<&'a str>,
    stated: Option<ClauseKind>,
}

impl<'a> ReadyClause<'a> {
    /// Returns a clause of these words.
    pub fn new(text: &'a str, language: Language) -> Self {
        Self {
            text,
            language,
            heading: None,
            lead_in: None,
            stated: None,
        }
    }

    /// Sets the heading above it.
    #[must_use]
    pub fn heading(mut self, heading: Option<&'a str>) -> Self {
        self.heading = heading;
        self
    }

    /// Sets the words that introduce it.
    #[must_use]
    pub fn lead_in(mut self, lead_in: Option<&'a str>) -> Self {
        self.lead_in = lead_in.filter(|words| !words.trim().is_empty());
        self
    }

    /// Sets the kind that its file gives it, which then counts.
    #[must_use]
    pub fn stated(mut self, kind: Option<ClauseKind>) -> Self {
        self.stated = kind;
        self
    }

    /// Returns the kind: that of its file, else a norm, unless its words plainly say otherwise. In a language
    /// without word lists only its form is read.
    ///
    /// Takes time linear in the length of the words.
    pub fn classify(self) -> Classified {
        if let Some(kind) = self.stated {
            return Classified::new(kind, KindReason::Stated);
        }
        let speech = speech_of(self.text, Some(self.language));
        let own = of_speech(&speech, self.text);
        let Some(lead_in) = self.lead_in else {
            return own.unwrap_or_else(|| self.by_heading());
        };
        if let SpeechAct::Is(_) | SpeechAct::OpensFinal = speech.act {
            return own.unwrap_or_default();
        }
        let lead = speech_of(lead_in, Some(self.language));
        match of_speech(&lead, lead_in) {
            Some(lead) if lead.kind == ClauseKind::Preamble => {
                own.unwrap_or_else(|| self.by_heading())
            }
            Some(lead) if lead.kind != ClauseKind::Heading => {
                Classified::new(lead.kind, KindReason::LeadIn)
            }
            _ => self.by_heading(),
        }
    }

    /// Returns the kind by the heading, if it plainly tells one, else a norm.
    fn by_heading(self) -> Classified {
        let lexicon = KindLexicon::of(self.language);
        let topic = lexicon
            .zip(self.heading)
            .and_then(|(lexicon, heading)| topic_of(heading, lexicon));
        match (topic, self.heading) {
            (
                Some(
                    topic @ (Topic::Definition
                    | Topic::FinalClause
                    | Topic::Signature
                    | Topic::Note),
                ),
                Some(heading),
            ) => Classified::new(topic.kind(), KindReason::heading(heading)),
            _ if lexicon.is_none() => Classified::default(),
            _ => Classified::new(ClauseKind::Norm, KindReason::Nothing),
        }
    }
}

/// Returns the kind that words plainly tell by themselves.
fn of_speech(speech: &Speech, text: &str) -> Option<Classified> {
    let kind = match speech.act {
        SpeechAct::Is(kind) => kind,
        SpeechAct::OpensFinal => ClauseKind::FinalClause,
        SpeechAct::AnnouncesTerms => ClauseKind::Definition,
        SpeechAct::Recites if speech.also_norms.is_none() || !text.trim_end().ends_with('.') => {
            ClauseKind::Preamble
        }
        SpeechAct::NamesBody | SpeechAct::Enacts => ClauseKind::Preamble,
        SpeechAct::Recites | SpeechAct::Norms => ClauseKind::Norm,
        SpeechAct::Titles if has_title_case(text) => ClauseKind::Heading,
        SpeechAct::States | SpeechAct::MayNorm
            if speech.n_words >= MIN_PROSE
                && (speech.has_sentences || speech.n_words >= 2 * MIN_PROSE) =>
        {
            ClauseKind::Explanation
        }
        SpeechAct::Affirms
        | SpeechAct::Titles
        | SpeechAct::States
        | SpeechAct::MayNorm
        | SpeechAct::Unknown => {
            return None;
        }
    };
    let reason = match kind {
        ClauseKind::Explanation => KindReason::Description,
        _ => speech.reason.clone(),
    };
    Some(Classified::new(kind, reason))
}
