//! [`VersionText`]: a version of a text, as its clauses in order.

use serde::{Deserialize, Serialize};

use crate::clause::ClauseKind;
use crate::corpus::{Corpus, Quoted};
use crate::deontic::Force;
use crate::id::{AgreementId, ClauseId};
use crate::language::Language;
use crate::provision::Label;

/// A version of a text: its name and its clauses, in order.
///
/// What is no provision is left out: headings, notes, lists of names and page furniture that were taken for
/// clauses.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::finding::VersionText;
///
/// let file = "corpus/gge2015.md";
/// let corpus = Corpus::load(&[file.into()], &LoadParams::default())?;
/// let version = VersionText::of(&corpus, corpus.agreements_in(file)[0]).named("Rev.1");
/// assert_eq!(version.name(), "Rev.1");
/// # Ok::<(), consonance::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionText {
    pub(crate) name: String,
    pub(crate) language: Language,
    pub(crate) clauses: Vec<VersionClause>,
}

/// A clause of a version of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct VersionClause {
    /// Its index among the clauses of its version.
    pub(crate) place: usize,
    /// The clause with its words.
    #[serde(flatten)]
    pub(crate) quoted: Quoted,
    /// The heading above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) heading: Option<String>,
    /// How strongly it binds, and whom.
    pub(crate) force: Force,
}

impl VersionText {
    /// Returns an agreement of a corpus as a version with the agreement's name.
    ///
    /// # Panics
    ///
    /// Panics if the id comes from another, larger corpus.
    pub fn of(corpus: &Corpus, agreement: AgreementId) -> Self {
        let is_provision = |id: &ClauseId| is_provision(corpus.clause(*id).kind);
        let clauses: Vec<ClauseId> = corpus.clauses_of(agreement).filter(is_provision).collect();
        Self::of_clauses(corpus, &corpus.agreement(agreement).name, &clauses)
    }

    /// Returns some clauses of a corpus as a version.
    pub(crate) fn of_clauses(corpus: &Corpus, name: &str, clauses: &[ClauseId]) -> Self {
        let clause_of = |(place, id): (usize, &ClauseId)| VersionClause {
            place,
            quoted: Quoted::of(corpus, *id),
            heading: corpus.clause(*id).heading.as_deref().map(str::to_owned),
            force: corpus.force(*id),
        };
        let language = clauses.first().map(|id| corpus.clause(*id).language);
        Self {
            name: name.to_owned(),
            language: language.unwrap_or(Language::ENGLISH),
            clauses: clauses.iter().enumerate().map(clause_of).collect(),
        }
    }

    /// Returns the version under another name, such as that of its file.
    #[must_use]
    pub fn named(self, name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..self
        }
    }

    /// Returns its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the number of its clauses.
    pub fn n_clauses(&self) -> usize {
        self.clauses.len()
    }
}

impl VersionClause {
    pub(crate) fn text(&self) -> &str {
        &self.quoted.text
    }

    pub(crate) fn lead_in(&self) -> Option<&str> {
        self.quoted.lead_in.as_deref()
    }

    /// Returns its official number, if it has one.
    pub(crate) fn label(&self) -> Option<Label> {
        self.quoted.label.as_deref().map(Label::new)
    }

    /// Returns how reports point to it inside its text: its number, or its place among the clauses.
    pub(crate) fn shown_number(&self) -> String {
        let by_place = || format!("[{}]", self.place + 1);
        self.quoted.label.clone().unwrap_or_else(by_place)
    }
}

/// How far two official numbers agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NumberMatch {
    /// Both have a number, and they have nothing in common.
    Other,
    /// One or both have none.
    Unknown,
    /// One is a part of the other: `4` and `4(a)`.
    Part,
    /// They are the same.
    Same,
}

impl NumberMatch {
    /// Returns how far two numbers agree; `Principle 1.2` and `1.2` are the same.
    pub(crate) fn of(a: Option<&Label>, b: Option<&Label>) -> Self {
        let (Some(a), Some(b)) = (a, b) else {
            return Self::Unknown;
        };
        let is_named_by = |label: &Label, other: &Label| label.is_cited_by(other.as_str());
        let holds = |whole: &Label, part: &Label| {
            let (whole, part) = (levels(whole), levels(part));
            let rest = part.strip_prefix(&whole);
            rest.is_some_and(|rest| rest.starts_with(['(', '.', ' ']))
        };
        if is_named_by(a, b) || is_named_by(b, a) {
            Self::Same
        } else if holds(a, b) || holds(b, a) {
            Self::Part
        } else {
            Self::Other
        }
    }
}

/// Returns a label in one style from its first digit on, since the word before it may be left out.
pub(crate) fn levels(label: &Label) -> String {
    let canonical = label.canonical();
    let start = canonical.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    canonical[start..].to_owned()
}

/// Whether clauses of a kind are provisions of a version.
fn is_provision(kind: ClauseKind) -> bool {
    !matches!(
        kind,
        ClauseKind::Heading | ClauseKind::Note | ClauseKind::Names | ClauseKind::Furniture
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_agree_whatever_their_style() {
        let check = |a: &str, b: &str, expected: NumberMatch| {
            let [x, y] = [a, b].map(Label::new);
            assert_eq!(NumberMatch::of(Some(&x), Some(&y)), expected, "{a} {b}");
            assert_eq!(NumberMatch::of(Some(&y), Some(&x)), expected, "{b} {a}");
        };
        check("Article 5", "Art. 5", NumberMatch::Same);
        check("Principle 1.2", "1.2", NumberMatch::Same);
        check("4", "4(a)", NumberMatch::Part);
        check("Principle 1.3", "1.3(i)", NumberMatch::Part);
        check("1", "11", NumberMatch::Other);
        check("4", "5", NumberMatch::Other);
        check("4(b)", "4(a)", NumberMatch::Other);
        assert_eq!(NumberMatch::of(None, None), NumberMatch::Unknown);
    }
}
