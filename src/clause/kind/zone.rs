//! [`DocumentLayout`]: where the operative part of a document begins, and which clauses are runs of names.

use crate::clause::kind::class::ClauseKind;
use crate::clause::kind::form::is_name;
use crate::clause::kind::speech::{Speech, SpeechAct};
use crate::clause::segment::{Segment, SegmentKind, Segmentation};
use crate::provision::{ProvisionKind, Role, kind_of};

/// The most other clauses between two recitals of one preamble.
const MAX_GAP: usize = 8;

/// The fewest recitals of a preamble.
const MIN_RECITALS: usize = 2;

/// The fewest names, each a clause of its own, of a list of names.
const MIN_NAMES: usize = 3;

/// The most words of the name of a body that speaks.
const MAX_BODY: usize = 12;

/// A clause or lead-in of a document, with what its words do.
#[derive(Clone, Debug)]
pub(crate) struct Spoken<'c> {
    pub(crate) part: &'c Segment,
    pub(crate) speech: Speech,
}

/// The parts of a document, by the indices of its clauses and lead-ins.
#[derive(Clone, Debug, Default)]
pub(crate) struct DocumentLayout {
    /// The first recital of a preamble; what precedes is front matter. 0 without recitals.
    pub(crate) preamble: usize,
    /// The first operative provision.
    pub(crate) operative: usize,
    /// The first numbered or listed provision at or after it; the number of clauses if there is none.
    pub(crate) listed: usize,
    /// Whether each clause belongs to a run of names.
    pub(crate) is_name: Vec<bool>,
}

impl DocumentLayout {
    /// Returns the layout of clauses, of which `is_front` tells those under a heading that announces
    /// background or a preamble. Takes one pass for each answer.
    pub(crate) fn of(text: &str, clauses: &[Spoken<'_>], is_front: impl Fn(usize) -> bool) -> Self {
        let recitals = recitals_of(text, clauses);
        let first_recital = recitals.as_ref().map_or(0, |run| run.start);
        let is_body = first_recital > 0 && names_body(text, &clauses[first_recital - 1]);
        let preamble = first_recital - usize::from(is_body);
        let after = recitals.map_or(0, |run| run.end);
        let begins = |index: &usize| {
            let Spoken { part, speech } = &clauses[*index];
            let is_preamble = is_preambular(part) || is_front(*index);
            begins_operative(part, speech) && (!is_preamble || leaves_preamble(part, speech))
        };
        let operative = (after..clauses.len()).find(begins).unwrap_or(clauses.len());
        let is_listed = |index: &usize| {
            let part = clauses[*index].part;
            part.label.is_some() && !is_preambular(part) || has_lead_in(part)
        };
        let listed = (operative..clauses.len()).find(is_listed);
        Self {
            preamble,
            operative,
            listed: listed.unwrap_or(clauses.len()),
            is_name: names_of(text, clauses),
        }
    }
}

/// Whether a clause can be the first of the operative part.
fn begins_operative(part: &Segment, speech: &Speech) -> bool {
    match speech.act {
        SpeechAct::Norms => true,
        SpeechAct::Is(kind) => {
            part.label.is_some() && matches!(kind, ClauseKind::Definition | ClauseKind::FinalClause)
        }
        SpeechAct::Enacts
        | SpeechAct::OpensFinal
        | SpeechAct::AnnouncesTerms
        | SpeechAct::MayNorm
        | SpeechAct::Affirms
        | SpeechAct::States
        | SpeechAct::Unknown => part.label.is_some(),
        SpeechAct::Recites | SpeechAct::NamesBody | SpeechAct::Titles => false,
    }
}

/// Whether words introduce a clause.
pub(crate) fn has_lead_in(part: &Segment) -> bool {
    part.lead_in.as_ref().is_some_and(|range| !range.is_empty())
}

/// The kind of provision that a label begins with: an article of `Article 5(1)`.
pub(crate) fn provision_kind(part: &Segment) -> Option<ProvisionKind> {
    let label = part.label.as_ref()?.as_str();
    let end = label
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(label.len());
    kind_of(&label[..end])
}

/// Whether a clause before the recitals names the body that speaks: "The Port Conference,".
pub(crate) fn names_body(text: &str, spoken: &Spoken<'_>) -> bool {
    let words = text[spoken.part.body.clone()].trim_end();
    spoken.speech.n_words <= MAX_BODY && words.ends_with([',', '،', '，', '、'])
}

/// Whether the label says that a clause belongs to the preamble.
pub(crate) fn is_preambular(part: &Segment) -> bool {
    matches!(
        provision_kind(part),
        Some(ProvisionKind::Preamble | ProvisionKind::Recital)
    )
}

/// Whether a numbered paragraph, counted with the preamble, enacts or asks: the operative part has begun.
fn leaves_preamble(part: &Segment, speech: &Speech) -> bool {
    let label = part.label.as_ref().map_or("", |label| label.as_str());
    let acts = matches!(speech.act, SpeechAct::Enacts | SpeechAct::Norms);
    acts && provision_kind(part) == Some(ProvisionKind::Preamble)
        && label.contains(|c: char| c.is_ascii_digit())
}

/// Whether a clause belongs to an article, rule or the like, each of which is a provision by its place.
pub(crate) fn is_of_article(part: &Segment) -> bool {
    provision_kind(part).is_some_and(|kind| {
        kind.role() == Role::Provision && !is_preambular(part) && !kind.is_plain()
    })
}

/// The range of the recitals of a preamble: the first run of them that is not deep in the text.
fn recitals_of(text: &str, clauses: &[Spoken<'_>]) -> Option<std::ops::Range<usize>> {
    let is_recital = |index: &usize| {
        let Spoken { part, speech } = &clauses[*index];
        let lead_in = part
            .lead_in
            .as_ref()
            .map(|range| text[range.clone()].trim_end());
        let is_list =
            |words: &str| words.ends_with(':') && words.split(' ').nth(MAX_BODY).is_some();
        if lead_in.is_some_and(is_list) {
            return false;
        }
        let is_open = part.label.is_none() || is_preambular(part);
        let recites = speech.act == SpeechAct::Recites;
        recites && (is_open || speech.also_norms.is_none())
            || speech.act == SpeechAct::NamesBody && is_open
    };
    let mut run: Option<std::ops::Range<usize>> = None;
    let mut n_recitals = 0;
    for index in (0..clauses.len()).filter(is_recital) {
        match &mut run {
            Some(open) if index <= open.end + MAX_GAP => {
                open.end = index + 1;
                n_recitals += 1;
            }
            Some(_) if n_recitals >= MIN_RECITALS => break,
            _ => {
                run = Some(index..index + 1);
                n_recitals = 1;
            }
        }
    }
    let run = run.filter(|_| n_recitals >= MIN_RECITALS)?;
    let n_norms = |part: &[Spoken<'_>]| {
        let norms = part
            .iter()
            .filter(|spoken| spoken.speech.act == SpeechAct::Norms);
        norms.count()
    };
    (n_norms(&clauses[..run.start]) <= n_norms(&clauses[run.end..])).then_some(run)
}

/// Whether each clause is a name among several: unnumbered, short, with capitals.
fn names_of(text: &str, clauses: &[Spoken<'_>]) -> Vec<bool> {
    let mut is_name_of: Vec<bool> = clauses
        .iter()
        .map(|Spoken { part, speech }| {
            let may_be = matches!(
                speech.act,
                SpeechAct::Titles | SpeechAct::Unknown | SpeechAct::States
            ) || speech.act == SpeechAct::Is(ClauseKind::Names);
            let is_numbered = part
                .label
                .as_ref()
                .is_some_and(|label| label.as_str().contains(char::is_numeric));
            may_be
                && !is_numbered
                && part.kind == SegmentKind::Clause
                && is_name(&text[part.body.clone()])
        })
        .collect();
    let mut from = 0;
    while from < is_name_of.len() {
        let length = is_name_of[from..]
            .iter()
            .take_while(|is_name| **is_name)
            .count();
        if length < MIN_NAMES {
            is_name_of[from..from + length].fill(false);
        }
        from += length.max(1);
    }
    is_name_of
}

/// Returns the clauses and lead-ins of a text with what their words do.
pub(crate) fn spoken(
    cut: &Segmentation,
    speech_of: impl Fn(&Segment) -> Speech,
) -> Vec<Spoken<'_>> {
    let has_words = |part: &&Segment| {
        matches!(part.kind, SegmentKind::Clause | SegmentKind::LeadIn) && !part.body.is_empty()
    };
    cut.segments
        .iter()
        .filter(has_words)
        .map(|part| Spoken {
            part,
            speech: speech_of(part),
        })
        .collect()
}
