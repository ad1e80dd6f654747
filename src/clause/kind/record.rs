//! The kind of a clause that is a record: by its words, its heading and its lead-in, without its place in a document.

use crate::clause::kind::class::ClauseKind;
use crate::clause::kind::form::has_title_case;
use crate::clause::kind::heading::topic_of;
use crate::clause::kind::lexicon::{KindLexicon, Topic};
use crate::clause::kind::reader::speech_of;
use crate::clause::kind::reason::{Classified, KindReason};
use crate::clause::kind::speech::{Speech, SpeechAct};
use crate::deontic::ForceGist;
use crate::language::Language;
use crate::read::ClauseRecord;

/// The kind of a record.
#[derive(Clone, Debug)]
pub(crate) struct RecordKind {
    pub(crate) classified: Classified,
    /// What its words say of its force, if it was found on the way; `None` below a lead-in.
    pub(crate) force: Option<ForceGist>,
}

/// The fewest words of a description that is prose, not a norm in few words.
const MIN_PROSE: usize = 24;

impl ClauseRecord {
    /// Returns the kind: the one that its file gives it, else a norm, unless its words plainly say otherwise. In
    /// a language without word lists only its form is read. `language` counts if it says none itself.
    ///
    /// Takes time linear in the length of the words.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::clause::ClauseKind;
    /// use consonance::language::Language;
    /// use consonance::read::ClauseRecord;
    ///
    /// let mut clause = ClauseRecord::default();
    /// clause.text = "“Quay” means any place where ships moor.".to_owned();
    /// let found = clause.classify(Language::ENGLISH);
    /// assert_eq!(found.kind, ClauseKind::Definition);
    /// assert_eq!(found.reason.to_string(), "by the words `means any`");
    /// ```
    pub fn classify(&self, language: Language) -> Classified {
        self.classify_and_keep(language).classified
    }

    /// Returns the kind, and the force of the words if it was found on the way.
    pub(crate) fn classify_and_keep(&self, language: Language) -> RecordKind {
        let of_kind = |classified| RecordKind {
            classified,
            force: None,
        };
        if let Some(kind) = self.kind.as_deref().and_then(ClauseKind::from_name) {
            return of_kind(Classified::new(kind, KindReason::Stated));
        }
        let language = self.language.unwrap_or(language);
        let speech = speech_of(&self.text, Some(language));
        let own = of_speech(&speech, &self.text);
        let lead_in = self.lead_in.as_deref();
        match lead_in.filter(|words| !words.trim().is_empty()) {
            None => RecordKind {
                classified: own.unwrap_or_else(|| self.by_heading(language)),
                force: speech.force.filter(|_| speech.n_words > 0),
            },
            Some(lead_in) => of_kind(self.below(lead_in, speech.act, own, language)),
        }
    }

    /// Returns the kind of a clause that continues a lead-in.
    fn below(
        &self,
        lead_in: &str,
        act: SpeechAct,
        own: Option<Classified>,
        language: Language,
    ) -> Classified {
        if let SpeechAct::Is(_) | SpeechAct::OpensFinal = act {
            return own.unwrap_or_default();
        }
        let lead = speech_of(lead_in, Some(language));
        match of_speech(&lead, lead_in) {
            Some(lead) if lead.kind == ClauseKind::Preamble => {
                own.unwrap_or_else(|| self.by_heading(language))
            }
            Some(lead) if lead.kind != ClauseKind::Heading => {
                Classified::new(lead.kind, KindReason::LeadIn)
            }
            _ => self.by_heading(language),
        }
    }

    /// Returns the kind by the heading, if it plainly tells one, else a norm.
    fn by_heading(&self, language: Language) -> Classified {
        let lexicon = KindLexicon::of(language);
        let heading = self.heading.as_deref();
        let topic = lexicon
            .zip(heading)
            .and_then(|(lexicon, heading)| topic_of(heading, lexicon));
        match (topic, heading) {
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
