//! [`Grade`] and [`Verdict`]: how similar the content of two clauses is, and whether one reuses words
//! of the other.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::corpus::Corpus;
use crate::deontic::{Act, ModalClass, acts_of};
use crate::id::ClauseId;
use crate::language::Language;
use crate::reuse::change::{Change, ChangeKind};
use crate::reuse::compare::{Comparison, DiffPart, Fate};
use crate::score::Score;
use crate::term::stem;
use crate::words::word_ranges;

/// The proportion of one text's words from which it was copied.
const COPIED_FROM: f64 = 0.75;
/// The proportion of one text's words from which words were reused at all.
const ADAPTED_FROM: f64 = 0.2;
/// Passages of this number of words count as reused, however long the texts are.
const TAKEN_RUN_WORDS: usize = 12;
/// The TF-IDF cosine from which one text reuses words of the other, in any order.
const ADAPTED_COSINE: f64 = 0.5;
/// The proportion of both texts' words in long passages from which the wording is the same.
const SAME_WORDING_FROM: f64 = 0.9;
/// The proportion of one text's words, small changes ignored, from which the norm is the same.
const SAME_NORM_FROM: f64 = 0.5;
/// The TF-IDF cosine from which different words express the same norm.
const SAME_NORM_COSINE: f64 = 0.6;
/// The proportion of shared words from which two clauses are about the same acts.
const OPPOSED_FROM: f64 = 0.5;

/// Whether words were reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Verdict {
    /// At least 0.75 of one text is in the other, small changes ignored, and no negation, number or
    /// modal verb is among these changes.
    Copied,
    /// At least 0.2 of one text is in the other, or a passage of twelve words, or the same words in
    /// another order (cosine 0.5); or more, with such a change.
    Adapted,
    /// No more than any two texts of the genre share.
    None,
}

/// How similar the content of two clauses is.
///
/// | grade | rule |
/// |---|---|
/// | opposed | half of one text or more is in the other, or both have one subject; and the analysis of their force finds one act that is forbidden in one and required or permitted in the other |
/// | same wording | 0.9 of both texts is in shared passages of six words or more, and no negation, number, modal verb or name differs |
/// | same norm | half of one text is in the other, small changes ignored, or the TF-IDF cosine is 0.6 or more; and no negation, number or modal verb differs where the words can be compared |
/// | same subject | words were reused, or the texts are more similar than nineteen of twenty pairs of clauses of their corpus; the norm differs, or cannot be shown to be the same |
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
    /// One forbids what the other requires or permits.
    Opposed,
    /// None of these.
    None,
}

impl Verdict {
    pub(crate) fn name(self) -> &'static str {
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

/// How similar two texts are, whatever the order of their words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct TopicSimilarity {
    /// The cosine of their TF-IDF vectors.
    pub(crate) by_words: Score,
    /// The mean of that and the cosine of their latent dimensions.
    pub(crate) by_subject: Score,
    /// The `by_subject` from which two clauses of this corpus have the same subject.
    pub(crate) same_subject_from: Score,
}

impl TopicSimilarity {
    /// Returns whether the texts are similar enough to have the same subject.
    pub(crate) fn is_same_subject(&self) -> bool {
        self.by_subject > Score::ZERO && self.by_subject >= self.same_subject_from
    }
}

/// How far two texts overlap, with the evidence for the grade.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Overlap {
    /// The grade.
    pub grade: Grade,
    /// Whether words were reused.
    pub(crate) verdict: Verdict,
    /// The rule that gave the grade, with its figures.
    pub because: String,
    /// How similar they are, whatever the order of their words.
    pub(crate) nearness: TopicSimilarity,
    /// The kinds of change between them, the gravest first; empty if nothing was reused.
    pub(crate) changed: Vec<ChangeKind>,
}

impl Overlap {
    /// Returns whether words were reused: `copied`, `adapted` or `none`.
    pub fn verdict(&self) -> &'static str {
        self.verdict.name()
    }

    /// Returns the names of the kinds of change, the gravest first.
    pub fn changed(&self) -> Vec<&'static str> {
        self.changed.iter().map(|kind| kind.name()).collect()
    }
}

/// A clause to grade.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GradedClause<'t> {
    /// What introduces it, if its force depends on it.
    pub(crate) lead_in: Option<&'t str>,
    /// Its words.
    pub(crate) text: &'t str,
    /// Their language.
    pub(crate) language: Language,
}

impl<'t> GradedClause<'t> {
    /// Returns a text without a lead-in.
    pub(crate) fn of_text(text: &'t str, language: Language) -> Self {
        Self {
            lead_in: None,
            text,
            language,
        }
    }

    /// Returns a clause of a corpus.
    pub(crate) fn of(corpus: &'t Corpus, id: ClauseId) -> Self {
        let clause = corpus.clause(id);
        Self {
            lead_in: clause.lead_in.as_deref(),
            text: corpus.text(id),
            language: clause.language,
        }
    }
}

/// Grades two clauses whose texts were compared word by word.
pub(crate) fn grade(
    a: GradedClause<'_>,
    b: GradedClause<'_>,
    comparison: &Comparison,
    nearness: TopicSimilarity,
) -> Overlap {
    let changed = comparison.kinds_of_changes();
    let close = greater(comparison.close_coverage);
    // The kinds inside a longer change are part of that change; a small change affects the words around it.
    let is_grave = |change: &&Change| change.kinds.first().is_some_and(|kind| kind.is_grave());
    let turning = comparison.changes.iter().find(is_grave);
    let verdict = verdict_of(comparison, &nearness, turning);
    let is_taken = verdict != Verdict::None;
    let may_oppose = close >= OPPOSED_FROM || nearness.is_same_subject();
    let found = may_oppose.then(|| opposition(a, b, &comparison.diff));
    let [in_a, in_b] = comparison.coverage.map(Score::value);
    let by_words = nearness.by_words.value();
    let (subject, least) = (
        nearness.by_subject.value(),
        nearness.same_subject_from.value(),
    );
    let (grade, because) = if let Some(reason) = found.flatten() {
        (Grade::Opposed, reason)
    } else if has_same_wording(comparison, &changed) {
        let because = format!("{in_a:.2} and {in_b:.2} of the words stand in shared runs");
        (Grade::SameWording, because)
    } else if let Some(change) = turning.filter(|_| is_taken) {
        let because = format!(
            "{close:.2} of the words of one are shared, but {}",
            told(change)
        );
        (Grade::SameSubject, because)
    } else if close >= SAME_NORM_FROM {
        let because = "of the words of one stand in the other, small changes passed over";
        (Grade::SameNorm, format!("{close:.2} {because}"))
    } else if is_taken && by_words >= SAME_NORM_COSINE {
        let because = format!("words were taken, and the cosine by words is {by_words:.2}");
        (Grade::SameNorm, because)
    } else if is_taken || nearness.is_same_subject() {
        let of_one_subject =
            format!("nearness {subject:.2}, where {least:.2} is that of one subject");
        (
            Grade::SameSubject,
            format!("{of_one_subject}; {close:.2} of the words shared"),
        )
    } else {
        (
            Grade::None,
            format!("nearness {subject:.2}, {close:.2} of the words shared"),
        )
    };
    Overlap {
        grade,
        verdict,
        because,
        nearness,
        changed: Some(changed).filter(|_| is_taken).unwrap_or_default(),
    }
}

fn verdict_of(
    comparison: &Comparison,
    nearness: &TopicSimilarity,
    turning: Option<&Change>,
) -> Verdict {
    let close = greater(comparison.close_coverage);
    let mut runs = comparison.runs.iter().chain(&comparison.moved);
    let has_long_run = runs.any(|run| run.n_words >= TAKEN_RUN_WORDS);
    let has_its_words = nearness.by_words.value() >= ADAPTED_COSINE;
    if close >= COPIED_FROM && turning.is_none() {
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

/// Returns an act that one clause forbids and the other does not, if there is one.
///
/// An act is compared with the one whose verb is at the same place of the kept words; without one,
/// with all acts of the same name, effects that the texts state of themselves left out.
fn opposition(a: GradedClause<'_>, b: GradedClause<'_>, diff: &[DiffPart]) -> Option<String> {
    let (acts_a, acts_b) = (a.acts(), b.acts());
    let is_effect = |act: &NamedAct| act.act.class == ModalClass::Declaration;
    let contrary = |act: &NamedAct| {
        let place = place_of(diff, |part| &part.a, a.text, act);
        let is_at_place = |other: &&NamedAct| {
            let place_of_other = || place_of(diff, |part| &part.b, b.text, other);
            place.is_some() && is_effect(other) == is_effect(act) && place_of_other() == place
        };
        let is_other = |other: &&NamedAct| other.act.is_negated != act.act.is_negated;
        let mut same = acts_b.iter().filter(|other| other.name == act.name);
        let found = match same.clone().find(is_at_place) {
            Some(other) => Some(other).filter(is_other),
            None if is_effect(act) => None,
            None => {
                let first = same.clone().find(|other| !is_effect(other));
                first.filter(|_| same.all(|other| is_effect(other) || is_other(&other)))
            }
        };
        found.map(|other| &other.act)
    };
    let mut acts = acts_a.iter();
    let (act, other) = acts.find_map(|act| Some((&act.act, contrary(act)?)))?;
    let name = [act.verb.as_str(), &act.object].join(" ");
    let (here, there) = (treatment(act), treatment(other));
    Some(format!(
        "“{}” is {here} in one and {there} in the other",
        name.trim_end()
    ))
}

/// Returns the kept part of a difference that holds the verb of an act, and the number of words
/// before the verb in it; both are the same for the same act of two texts.
fn place_of(
    diff: &[DiffPart],
    side: impl Fn(&DiffPart) -> &Range<usize>,
    text: &str,
    act: &NamedAct,
) -> Option<[usize; 2]> {
    let verb = act.act.range.start;
    let has_verb = |part: &DiffPart| part.fate == Fate::Kept && side(part).contains(&verb);
    let part = diff.iter().position(has_verb)?;
    let before = side(&diff[part]).start..verb;
    Some([part, word_ranges(&text[before]).count()])
}

/// An act and what identifies it: the stems of its verb and object.
struct NamedAct {
    act: Act,
    name: [String; 2],
}

impl GradedClause<'_> {
    fn acts(&self) -> Vec<NamedAct> {
        let acts = acts_of(self.lead_in, self.text, self.language);
        let named = acts.into_iter().map(|act| NamedAct {
            name: [&act.verb, &act.object].map(|word| stem(word, self.language)),
            act,
        });
        named.collect()
    }
}

fn treatment(act: &Act) -> &'static str {
    match act.class {
        ModalClass::Declaration if act.is_negated => "denied",
        ModalClass::Declaration => "stated",
        _ if act.is_negated => "ruled out",
        ModalClass::Permission => "allowed",
        _ => "asked for",
    }
}

fn told(change: &Change) -> String {
    let gravest = change.kinds.iter().min();
    let kind = gravest.map_or("change", |kind| kind.name());
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
    use crate::deontic::Force;
    use crate::reuse::compare::compare;

    fn graded(a: &str, b: &str, by_words: f64, by_subject: f64) -> Overlap {
        let comparison = compare([a, b], Language::ENGLISH, 6);
        let nearness = TopicSimilarity {
            by_words: Score::new(by_words),
            by_subject: Score::new(by_subject),
            same_subject_from: Score::new(0.3),
        };
        let [a, b] = [a, b].map(|text| GradedClause::of_text(text, Language::ENGLISH));
        grade(a, b, &comparison, nearness)
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
    fn what_one_forbids_and_the_other_permits_is_opposed() {
        let a = "Ships shall not discharge oil in the bay.";
        let b = "Where a storm makes it needful, captains may discharge oil at sea.";
        assert_eq!(graded(a, b, 0.4, 0.5).grade, Grade::Opposed);
        let b = "Where a storm makes it needful, captains may discharge ballast at sea.";
        assert_eq!(graded(a, b, 0.4, 0.5).grade, Grade::SameSubject);
    }

    #[test]
    #[allow(clippy::too_many_lines, reason = "a list of pairs")]
    fn opposed_follows_the_analysis_of_force_of_both() {
        let cases = [
            (
                "en",
                "Parties shall publish their plans.",
                "Parties shall not publish their plans.",
                true,
            ),
            (
                "en",
                "States should share the flaws.",
                "States should not share the flaws.",
                true,
            ),
            (
                "en",
                "Operators may store the logs.",
                "Operators shall not store the logs.",
                true,
            ),
            (
                "en",
                "Every State shall mine the strait.",
                "No State shall mine the strait.",
                true,
            ),
            (
                "en",
                "Parties may mine the strait.",
                "Parties shall refrain from mining the strait.",
                true,
            ),
            (
                "en",
                "Publish the records.",
                "Do not publish the records.",
                true,
            ),
            (
                "en",
                "We will sell the records.",
                "We pledge not to sell the records.",
                true,
            ),
            (
                "fr",
                "Les États doivent publier leurs plans.",
                "Les États ne doivent pas publier leurs plans.",
                true,
            ),
            (
                "es",
                "Los Estados deberán publicar sus planes.",
                "Los Estados no deberán publicar sus planes.",
                true,
            ),
            (
                "en",
                "This Agreement shall enter into force in May. It shall enter into force later for others.",
                "This Agreement shall not enter into force in May. It shall enter into force later for others.",
                true,
            ),
            (
                "en",
                "This Agreement shall not preclude taxes on salt.",
                "This Agreement shall preclude taxes on salt.",
                true,
            ),
            (
                "en",
                "Nothing in this Article shall require ships to anchor.",
                "No Party shall require ships to anchor.",
                false,
            ),
            (
                "en",
                "This Chapter shall apply to ships. Masters keep lists of their crews.",
                "Masters keep lists of their crews. The rules of the bay shall not apply to ships.",
                false,
            ),
            (
                "en",
                "Parties shall feed the crews that may leave the port.",
                "Parties shall feed the crews that may not leave the port.",
                false,
            ),
            (
                "en",
                "Parties shall publish their plans if they can be read.",
                "Parties shall publish their plans if they cannot be read.",
                false,
            ),
            (
                "en",
                "Parties shall publish their plans.",
                "Parties should publish their plans.",
                false,
            ),
            (
                "en",
                "Parties shall not publish their plans.",
                "Parties must not publish their plans.",
                false,
            ),
            (
                "en",
                "Parties shall publish their plans.",
                "Parties need not publish their plans.",
                false,
            ),
            (
                "en",
                "Parties may publish their plans.",
                "Parties may refrain from publishing their plans.",
                false,
            ),
            (
                "en",
                "Parties shall publish their plans.",
                "Parties shall not sell their plans.",
                false,
            ),
            (
                "en",
                "The harbor is no part of the town.",
                "The harbor is part of the town.",
                false,
            ),
        ];
        for (language, a, b, expected) in cases {
            let language = Language::from_tag(language).unwrap();
            let near = TopicSimilarity {
                by_words: Score::new(0.9),
                by_subject: Score::new(0.9),
                same_subject_from: Score::new(0.3),
            };
            let comparison = compare([a, b], language, 6);
            let [clause_a, clause_b] = [a, b].map(|text| GradedClause::of_text(text, language));
            let found = grade(clause_a, clause_b, &comparison, near);
            assert_eq!(
                found.grade == Grade::Opposed,
                expected,
                "{a} {b} {}",
                found.because
            );
            let [force_a, force_b] = [a, b].map(|text| Force::of(None, text, language));
            let states = |force: &Force| force.class == ModalClass::Declaration;
            if expected && !states(&force_a) && !states(&force_b) {
                assert_ne!(force_a.is_negated, force_b.is_negated, "{a} {b}");
            }
        }
    }

    #[test]
    fn the_lead_in_of_a_clause_counts_for_its_force() {
        let a = GradedClause {
            lead_in: Some("The mayors pledge"),
            ..GradedClause::of_text(
                "not to sell the records of citizens to strangers",
                Language::ENGLISH,
            )
        };
        let b = GradedClause::of_text(
            "We will sell the records of citizens to strangers",
            Language::ENGLISH,
        );
        let comparison = compare([a.text, b.text], Language::ENGLISH, 6);
        let found = grade(a, b, &comparison, TopicSimilarity::default());
        assert_eq!(found.grade, Grade::Opposed, "{}", found.because);
        assert_eq!(
            found.because,
            "“sell records” is ruled out in one and asked for in the other"
        );
    }
}
