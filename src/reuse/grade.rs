//! [`Grade`] and [`Verdict`]: how far two clauses say the same, and whether one took its words from
//! the other.

use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::reuse::change::{Change, ChangeKind, kinds_of_changes};
use crate::reuse::compare::Comparison;
use crate::reuse::synonyms::{is_negation, modal};
use crate::score::Score;
use crate::term::stem;
use crate::words::word_ranges;

/// The share of one text's words from which on it was copied.
const COPIED_FROM: f64 = 0.75;
/// The share of one text's words from which on words were taken at all.
const ADAPTED_FROM: f64 = 0.2;
/// The run of words that nobody writes twice: so long a one was taken, however long the texts are.
const TAKEN_RUN_WORDS: usize = 12;
/// The cosine by words from which on one text has its words from the other, in whatever order.
const ADAPTED_COSINE: f64 = 0.5;
/// The share of both texts' words that stand in long runs, from which on the wording is the same.
const SAME_WORDING_FROM: f64 = 0.9;
/// The share of one text's words, small changes passed over, from which on the norm is the same.
const SAME_NORM_FROM: f64 = 0.5;
/// The cosine by words from which on other words say the same norm.
const SAME_NORM_COSINE: f64 = 0.6;
/// The share of words in common from which on a turned sense opposes the other text.
const OPPOSED_FROM: f64 = 0.5;

/// Whether words were taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Verdict {
    /// 0.75 of one text stands in the other, small changes passed over, and no negation, number or
    /// modal verb among these changes.
    Copied,
    /// 0.2 of one text stands in the other, or a run of twelve words, or the same words in another
    /// order (cosine 0.5); or more, with such a change.
    Adapted,
    /// No more than any two texts of the genre share.
    None,
}

/// How far two clauses say the same.
///
/// | grade | rule |
/// |---|---|
/// | opposed | half of one text or more stands in the other and a negation came or went, or the same act is forbidden here and allowed or demanded there |
/// | same wording | 0.9 of both texts stands in shared runs of six words or more, and no negation, number, modal verb or name differs |
/// | same norm | half of one text stands in the other, small changes passed over, or the cosine by words is 0.6 or more; and no negation, number or modal verb differs where the words can be held side by side |
/// | same subject | words were taken, or the texts are nearer to each other than nineteen of twenty pairs of clauses of their corpus; the norm is another, or cannot be shown to be the same |
/// | none | none of these |
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Grade {
    /// The same words.
    SameWording,
    /// The same norm in other words.
    SameNorm,
    /// The same subject only.
    SameSubject,
    /// A negation or a contrary force stands between them.
    Opposed,
    /// Nothing.
    None,
}

impl Verdict {
    /// Returns its name, as reports spell it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Copied => "copied",
            Self::Adapted => "adapted",
            Self::None => "none",
        }
    }
}

impl Grade {
    /// Returns its name, as reports spell it.
    pub fn name(self) -> &'static str {
        match self {
            Self::SameWording => "same wording",
            Self::SameNorm => "same norm in other words",
            Self::SameSubject => "same subject only",
            Self::Opposed => "opposed",
            Self::None => "none",
        }
    }
}

/// How near two texts are apart from the order of their words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Nearness {
    /// The cosine of their TF-IDF vectors.
    pub by_words: Score,
    /// The mean of that and the cosine of their latent dimensions.
    pub by_subject: Score,
    /// From which `by_subject` on two clauses of this corpus speak of one subject.
    pub same_subject_from: Score,
}

impl Nearness {
    /// Returns whether the texts are near enough to speak of one subject.
    pub fn is_same_subject(&self) -> bool {
        self.by_subject > Score::ZERO && self.by_subject >= self.same_subject_from
    }
}

/// How far two texts overlap, with what the grade stands on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Overlap {
    /// The grade.
    pub grade: Grade,
    /// Whether words were taken.
    pub verdict: Verdict,
    /// The rule that gave the grade, with its figures.
    pub because: String,
    /// How near they are apart from the order of words.
    pub nearness: Nearness,
    /// The kinds of change between them, the gravest first; empty where nothing was taken.
    pub changed: Vec<ChangeKind>,
}

/// Grades two texts that were compared word by word.
pub fn grade(
    (a, b): (&str, &str),
    comparison: &Comparison,
    nearness: Nearness,
    language: Language,
) -> Overlap {
    let changed = kinds_of_changes(&comparison.changes);
    let close = greater(comparison.close_coverage);
    // What a longer change holds is part of that change; a small one turns the words about it.
    let is_grave = |change: &&Change| change.kinds.first().is_some_and(|kind| kind.is_grave());
    let turning = comparison.changes.iter().find(is_grave);
    let verdict = verdict_of(comparison, &nearness, turning.is_some());
    let (grade, because) = if let Some(reason) = opposition((a, b), comparison, &nearness, language)
    {
        (Grade::Opposed, reason)
    } else if has_same_wording(comparison, &changed) {
        let [in_a, in_b] = comparison.coverage.map(Score::value);
        (
            Grade::SameWording,
            format!("{in_a:.2} and {in_b:.2} of the words stand in shared runs"),
        )
    } else if let Some(change) = turning.filter(|_| verdict != Verdict::None) {
        (
            Grade::SameSubject,
            format!(
                "{close:.2} of the words of one are shared, but {}",
                told(change)
            ),
        )
    } else if close >= SAME_NORM_FROM {
        (
            Grade::SameNorm,
            format!("{close:.2} of the words of one stand in the other, small changes passed over"),
        )
    } else if verdict != Verdict::None && nearness.by_words.value() >= SAME_NORM_COSINE {
        (
            Grade::SameNorm,
            format!(
                "words were taken, and the cosine by words is {:.2}",
                nearness.by_words.value()
            ),
        )
    } else if verdict != Verdict::None || nearness.is_same_subject() {
        let because = format!(
            "nearness {:.2}, where {:.2} is that of one subject; {close:.2} of the words shared",
            nearness.by_subject.value(),
            nearness.same_subject_from.value()
        );
        (Grade::SameSubject, because)
    } else {
        (
            Grade::None,
            format!(
                "nearness {:.2}, {close:.2} of the words shared",
                nearness.by_subject.value()
            ),
        )
    };
    let changed = if verdict == Verdict::None {
        Vec::new()
    } else {
        changed
    };
    Overlap {
        grade,
        verdict,
        because,
        nearness,
        changed,
    }
}

fn verdict_of(comparison: &Comparison, nearness: &Nearness, is_grave: bool) -> Verdict {
    let close = greater(comparison.close_coverage);
    let mut runs = comparison.runs.iter().chain(&comparison.moved);
    let has_long_run = runs.any(|run| run.n_words >= TAKEN_RUN_WORDS);
    let has_its_words = nearness.by_words.value() >= ADAPTED_COSINE;
    if close >= COPIED_FROM && !is_grave {
        Verdict::Copied
    } else if close >= ADAPTED_FROM || has_long_run || has_its_words {
        Verdict::Adapted
    } else {
        Verdict::None
    }
}

fn has_same_wording(comparison: &Comparison, changed: &[ChangeKind]) -> bool {
    let is_other = |kind: &ChangeKind| kind.is_grave() || *kind == ChangeKind::Name;
    let [in_a, in_b] = comparison.coverage.map(Score::value);
    let is_whole = changed.is_empty() && comparison.diff.iter().any(|part| !part.a.is_empty());
    is_whole || in_a.min(in_b) >= SAME_WORDING_FROM && !changed.iter().any(is_other)
}

/// Returns why two texts oppose each other, if they do.
fn opposition(
    (a, b): (&str, &str),
    comparison: &Comparison,
    nearness: &Nearness,
    language: Language,
) -> Option<String> {
    let close = greater(comparison.close_coverage);
    if close >= OPPOSED_FROM {
        let turned: Vec<&Change> = comparison
            .changes
            .iter()
            .filter(|change| change.kinds.first() == Some(&ChangeKind::Negation))
            .collect();
        // Two negations that came or went may leave the sense as it was.
        if let [change] = turned[..] {
            return Some(told(change));
        }
    }
    if !nearness.is_same_subject() {
        return None;
    }
    let (acts_a, acts_b) = (acts_of(a, language), acts_of(b, language));
    let is_contrary = |act: &&Act| {
        let mut same = acts_b
            .iter()
            .filter(|other| other.names_same(act))
            .peekable();
        same.peek().is_some() && same.all(|other| other.is_negated != act.is_negated)
    };
    let contrary = acts_a.iter().find(is_contrary)?;
    let (here, there) = if contrary.is_negated {
        ("forbidden", "not")
    } else {
        ("not", "forbidden")
    };
    Some(format!(
        "“{} {}” is {here} in one and {there} in the other",
        contrary.verb, contrary.object
    ))
}

/// What a modal verb says of a verb and the word after it.
struct Act {
    verb: String,
    object: String,
    is_negated: bool,
}

impl Act {
    fn names_same(&self, other: &Self) -> bool {
        self.verb == other.verb && self.object == other.object
    }
}

/// Returns the acts that a text demands, allows or forbids.
fn acts_of(text: &str, language: Language) -> Vec<Act> {
    let words: Vec<String> = word_ranges(text)
        .map(|range| text[range].to_lowercase())
        .collect();
    let mut acts = Vec::new();
    for (place, word) in words.iter().enumerate() {
        if modal(word).is_none() {
            continue;
        }
        let is_negated = words.get(place + 1).is_some_and(|next| is_negation(next));
        let verb_at = place + 1 + usize::from(is_negated);
        let (Some(verb), Some(object)) = (words.get(verb_at), words.get(verb_at + 1)) else {
            continue;
        };
        acts.push(Act {
            verb: stem(verb, language),
            object: stem(object, language),
            is_negated,
        });
    }
    acts
}

fn told(change: &Change) -> String {
    let kind = change
        .kinds
        .iter()
        .min()
        .map_or("change", |kind| kind.name());
    match (change.from.is_empty(), change.to.is_empty()) {
        (true, _) => format!("a {kind} came in: “{}”", change.to),
        (_, true) => format!("a {kind} is gone: “{}”", change.from),
        _ => format!("a {kind} differs: “{}” and “{}”", change.from, change.to),
    }
}

fn greater([a, b]: [Score; 2]) -> f64 {
    a.max(b).value()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reuse::compare::{CompareParams, compare};

    fn graded(a: &str, b: &str, by_words: f64, by_subject: f64) -> Overlap {
        let comparison = compare(a, b, &CompareParams::default());
        let nearness = Nearness {
            by_words: Score::new(by_words),
            by_subject: Score::new(by_subject),
            same_subject_from: Score::new(0.3),
        };
        grade((a, b), &comparison, nearness, Language::ENGLISH)
    }

    #[test]
    fn pairs_of_each_grade() {
        let norm = "Harbor masters shall keep the lists of arriving ships for six years and show them to the crews on request.";
        let cases: &[(&str, f64, f64, Grade, Verdict)] = &[
            (norm, 1.0, 1.0, Grade::SameWording, Verdict::Copied),
            (
                "Harbor masters must keep the lists of arriving ships for six years and show them to crews upon request.",
                0.9,
                0.9,
                Grade::SameNorm,
                Verdict::Copied,
            ),
            (
                "Harbor masters shall not keep the lists of arriving ships for six years and show them to the crews on request.",
                0.95,
                0.95,
                Grade::Opposed,
                Verdict::Adapted,
            ),
            (
                "Harbor masters shall keep the lists of arriving ships for two years and show them to the crews on request.",
                0.95,
                0.95,
                Grade::SameSubject,
                Verdict::Adapted,
            ),
            (
                "Harbor masters may keep the lists of arriving ships for six years and show them to the crews on request.",
                0.95,
                0.95,
                Grade::SameSubject,
                Verdict::Adapted,
            ),
            (
                "A register of vessels that arrive is to be open to whoever sails in them.",
                0.35,
                0.45,
                Grade::SameSubject,
                Verdict::None,
            ),
            (
                "Bakers weigh their bread each morning before they sell it.",
                0.0,
                0.05,
                Grade::None,
                Verdict::None,
            ),
        ];
        for (other, by_words, by_subject, expected, verdict) in cases {
            let found = graded(norm, other, *by_words, *by_subject);
            assert_eq!(
                (found.grade, found.verdict),
                (*expected, *verdict),
                "{other}: {}",
                found.because
            );
            let turned = graded(other, norm, *by_words, *by_subject);
            assert_eq!(
                (turned.grade, turned.verdict),
                (*expected, *verdict),
                "turned: {other}"
            );
        }
    }

    #[test]
    fn what_one_forbids_and_the_other_allows_is_opposed() {
        let a = "Ships shall not discharge oil in the bay.";
        let b = "Where a storm makes it needful, captains may discharge oil at sea.";
        assert_eq!(graded(a, b, 0.4, 0.5).grade, Grade::Opposed);
        let b = "Where a storm makes it needful, captains may discharge ballast at sea.";
        assert_eq!(graded(a, b, 0.4, 0.5).grade, Grade::SameSubject);
    }
}
