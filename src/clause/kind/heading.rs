//! [`Topics`]: what the headings above a clause tell; [`topic_of`]: what one heading tells.

use std::collections::HashMap;

use crate::clause::kind::lexicon::{KindLexicon, Topic};
use crate::clause::kind::zone::provision_kind;
use crate::clause::segment::{Segment, SegmentKind, Segmentation};
use crate::deontic::{Word, words_of};
use crate::language::Language;
use crate::provision::{ProvisionKind, Role, kind_of};

/// The most words of a heading in which words anywhere count.
const MAX_WORDS: usize = 14;

/// Returns what a heading tells; `None` if it tells nothing.
pub(crate) fn topic_of(heading: &str, lexicon: &'static KindLexicon) -> Option<Topic> {
    let heading = &heading[..heading.floor_char_boundary(300)];
    let words = words_of(heading, lexicon.elisions);
    let is_skipped = |word: &Word<'_>| {
        word.is_mark()
            || word.is_in(&lexicon.before_opening)
            || word.form.starts_with(|c: char| c.is_ascii_digit())
            || is_number_or_kind(&word.form)
    };
    let first = words.iter().position(|word| !is_skipped(word));
    let at_start = first.and_then(|first| lexicon.headings.at(&words, first));
    if let Some((topic, _)) = at_start {
        return Some(*topic);
    }
    let whole = first.and_then(|first| {
        let (topic, length) = lexicon.whole_headings.at(&words, first)?;
        (first + length == words.len()).then_some(*topic)
    });
    if whole.is_some() {
        return whole;
    }
    if words.len() > MAX_WORDS {
        return None;
    }
    (0..words.len()).find_map(|at| Some(*lexicon.in_headings.at(&words, at)?.0))
}

/// Whether a word is a number in letters, or what is counted: `IV`, `article`, `chapter`.
fn is_number_or_kind(form: &str) -> bool {
    let is_roman = form.bytes().all(|byte| b"ivxlc".contains(&byte));
    is_roman && !form.is_empty() || form.chars().count() == 1 || is_counted(form)
}

fn is_counted(form: &str) -> bool {
    kind_of(form).is_some_and(|kind| {
        let is_group = matches!(kind.role(), Role::Group | Role::Annex);
        is_group || kind == ProvisionKind::Article
    })
}

/// What the headings above a clause tell.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Under<'t> {
    pub(crate) topic: Topic,
    pub(crate) words: &'t str,
}

impl Under<'_> {
    /// Whether provisions are under the heading.
    pub(crate) fn is_operative(self) -> bool {
        matches!(
            self.topic,
            Topic::Definition | Topic::FinalClause | Topic::Signature
        )
    }
}

/// An open heading.
#[derive(Clone, Copy, Debug)]
struct OpenHeading<'t> {
    rank: u8,
    under: Option<Under<'t>>,
}

/// What the headings tell, by the first byte of each segment.
#[derive(Debug, Default)]
pub(crate) struct Topics<'t> {
    of_start: HashMap<usize, Under<'t>>,
}

impl<'t> Topics<'t> {
    pub(crate) fn of(text: &'t str, cut: &Segmentation, language: Option<Language>) -> Self {
        let mut topics = Self::default();
        let Some(lexicon) = language.and_then(KindLexicon::of) else {
            return topics;
        };
        let mut open: Vec<OpenHeading<'t>> = Vec::new();
        for part in &cut.segments {
            if part.kind == SegmentKind::Heading {
                let words = &text[part.body.clone()];
                let rank = rank_of(part);
                let topic = topic_of(words, lexicon);
                let under = topic.map(|topic| Under { topic, words });
                open.retain(|heading| heading.rank < rank);
                open.push(OpenHeading { rank, under });
            } else if let Some(under) = open.iter().rev().find_map(|heading| heading.under) {
                topics.of_start.insert(part.range.start, under);
            }
        }
        topics
    }

    pub(crate) fn of_part(&self, part: &Segment) -> Option<Under<'t>> {
        self.of_start.get(&part.range.start).copied()
    }
}

/// How high a heading is among the headings of its text; 0 is the highest.
fn rank_of(heading: &Segment) -> u8 {
    let kind = provision_kind(heading);
    match kind {
        Some(ProvisionKind::Annex) => 0,
        Some(ProvisionKind::Book | ProvisionKind::Part | ProvisionKind::Title) => 1,
        Some(ProvisionKind::Chapter) => 2,
        Some(kind) if kind.role() == Role::Group => 3,
        Some(_) => 6,
        None => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_tell_the_kind_of_what_is_below() {
        let cases = [
            (
                "en",
                "Chapter VIII: Final clauses",
                Some(Topic::FinalClause),
            ),
            (
                "en",
                "Article 30 – Signature and entry into force",
                Some(Topic::Signature),
            ),
            ("en", "2. Use of terms", Some(Topic::Definition)),
            ("en", "Background Information", Some(Topic::Explanation)),
            ("en", "References", Some(Topic::Note)),
            ("en", "List of participants", Some(Topic::Names)),
            ("en", "Notification", Some(Topic::FinalClause)),
            ("en", "Notification of wrecks", None),
            ("en", "Protection of harbors", None),
            (
                "fr",
                "Chapitre V. Dispositions finales",
                Some(Topic::FinalClause),
            ),
            ("fr", "Entrée en vigueur", Some(Topic::Signature)),
            ("fr", "Définitions", Some(Topic::Definition)),
            ("fr", "Préambule", Some(Topic::Preamble)),
            ("es", "Disposiciones finales", Some(Topic::FinalClause)),
            ("es", "Entrada en vigor", Some(Topic::Signature)),
            ("es", "Definiciones", Some(Topic::Definition)),
            ("es", "Introducción", Some(Topic::Explanation)),
        ];
        for (code, heading, expected) in cases {
            let language = Language::from_tag(code).unwrap();
            let lexicon = KindLexicon::of(language).unwrap();
            assert_eq!(topic_of(heading, lexicon), expected, "{heading}");
        }
    }
}
