//! [`DraftCheck`]: the result of checking a draft.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::corpus::ClauseRef;
use crate::deontic::Force;
use crate::reuse::{Grade, Passage};
use crate::score::Score;

/// A draft compared with the agreements of a corpus.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DraftCheck {
    /// The name and version of this form: `consonance.draft/1`.
    pub schema: String,
    /// The draft's name.
    pub draft: String,
    /// The parameters it was made with.
    pub parameters: BTreeMap<String, String>,
    /// How much of the draft is new.
    pub(crate) novelty: Novelty,
    /// Its clauses, in their order.
    pub clauses: Vec<DraftClause>,
}

/// How much of a draft is new, and the evidence for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Novelty {
    /// The mean novelty of the clauses, weighted by their words: 0 if all is agreed language, 1 if
    /// nothing is similar to any other text.
    pub(crate) value: Score,
    /// The proportion of the draft's words that are agreed language.
    pub(crate) share_agreed: Score,
    /// The number of clauses of each status, by the name of the status.
    pub(crate) counts: BTreeMap<String, usize>,
    /// The figure in words.
    pub(crate) because: String,
}

/// A clause of a draft and its precedents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DraftClause {
    /// The clause.
    #[serde(flatten)]
    pub clause: ClauseRef,
    /// The words that introduce it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_in: Option<String>,
    /// Its words.
    pub text: String,
    /// Its status: how far it is agreed language.
    pub(crate) standing: DraftStanding,
    /// How new it is: 1 minus the greater of its proportion of agreed words and the cosine of its most
    /// similar precedent.
    pub novelty: Score,
    /// The proportion of its words that are agreed language.
    pub share_agreed: Score,
    /// The number of its words.
    pub n_words: usize,
    /// The processes that have its words or its norm, by name.
    pub agreeing: Vec<String>,
    /// Further processes that address its subject, by name.
    pub on_subject: Vec<String>,
    /// Its words that are agreed language, in order.
    pub(crate) agreed: Vec<AgreedWords>,
    /// The bytes of its text that are boilerplate.
    pub boilerplate: Vec<Range<usize>>,
    /// The bytes of its text that are in no other agreement.
    pub new: Vec<Range<usize>>,
    /// How strongly it binds, and whom.
    pub force: Force,
    /// The clauses it may follow or must take into account, the likeliest first.
    pub precedents: Vec<Precedent>,
}

/// Words of a draft that are agreed language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AgreedWords {
    /// The bytes in the clause's text.
    pub(crate) range: Range<usize>,
    /// The bytes in the draft's text; several ranges if page furniture interrupts it.
    pub(crate) in_draft: Vec<Range<usize>>,
    /// The number of words.
    pub(crate) n_words: usize,
    /// The clauses that have all or some of these words, by id.
    pub(crate) clauses: Vec<ClauseRef>,
    /// The processes of these clauses, by name.
    pub(crate) processes: Vec<String>,
}

/// A clause of another agreement that is similar to a clause of a draft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Precedent {
    /// The clause.
    #[serde(flatten)]
    pub clause: ClauseRef,
    /// Its process.
    pub process: String,
    /// Its words.
    pub text: String,
    /// The mean of the proportion of the draft's clause that is reused, and the cosine.
    pub score: Score,
    /// The proportion of the draft's words that are in it, small changes ignored, and the proportion
    /// of its own words that are in the draft.
    pub taken: [Score; 2],
    /// The cosine of their TF-IDF vectors.
    pub by_words: Score,
    /// How similar the content of the two is.
    pub grade: Grade,
    /// The rule that gave the grade, with its figures.
    pub because: String,
    /// The passages that both have: `a` are bytes of the draft's clause, `b` of the precedent's text.
    pub shared: Vec<Passage>,
    /// How strongly the precedent binds, and whom.
    pub force: Force,
    /// How strongly the draft binds in comparison.
    pub(crate) against: Against,
}

/// How far a clause of a draft is agreed language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum DraftStanding {
    /// Nearly the same clause exists.
    Duplicate,
    /// At least half of its words are agreed language.
    Agreed,
    /// Some of its words are agreed language.
    PartlyAgreed,
    /// No words are agreed language, but others address its subject.
    Related,
    /// It is similar to no other clause.
    New,
}

/// How strongly a draft binds, compared with a precedent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Against {
    /// The draft is weaker.
    Weaker,
    /// Both are equally strong.
    AsStrong,
    /// The draft is stronger.
    Stronger,
    /// One requires what the other forbids.
    Contrary,
    /// The strength of one is unknown.
    Unknown,
}

impl DraftStanding {
    /// Returns its name, as reports spell it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Duplicate => "duplicate",
            Self::Agreed => "agreed",
            Self::PartlyAgreed => "partly agreed",
            Self::Related => "related",
            Self::New => "new",
        }
    }
}

impl Against {
    pub(crate) fn of(own: &Force, other: &Force, grade: Grade) -> Self {
        // "should not" and "shall not" differ in strength only.
        if grade == Grade::Opposed && own.is_negated != other.is_negated {
            return Self::Contrary;
        }
        let (Some(own), Some(other)) = (own.strength(), other.strength()) else {
            return Self::Unknown;
        };
        Self::from(own.cmp(&other))
    }

    /// Returns its name, as reports spell it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Weaker => "weaker",
            Self::AsStrong => "as strong",
            Self::Stronger => "stronger",
            Self::Contrary => "contrary",
            Self::Unknown => "unknown",
        }
    }
}

impl From<Ordering> for Against {
    fn from(order: Ordering) -> Self {
        match order {
            Ordering::Less => Self::Weaker,
            Ordering::Equal => Self::AsStrong,
            Ordering::Greater => Self::Stronger,
        }
    }
}

impl Novelty {
    pub(crate) fn of(clauses: &[DraftClause]) -> Self {
        let n_words: usize = clauses.iter().map(|clause| clause.n_words).sum();
        let mean = |value: fn(&DraftClause) -> Score| {
            let weighted = clauses
                .iter()
                .map(|of| of.n_words as f64 * value(of).value());
            Score::new(weighted.sum::<f64>() / n_words.max(1) as f64)
        };
        let mut counts = BTreeMap::new();
        for clause in clauses {
            *counts.entry(clause.standing.name().to_owned()).or_default() += 1;
        }
        let share_agreed = mean(|clause| clause.share_agreed);
        let value = mean(|clause| clause.novelty);
        let because = format!(
            "{:.0} % of the {n_words} words are agreed language; by clause, what is neither taken nor \
             near to a precedent comes to {:.2} of 1",
            100.0 * share_agreed.value(),
            value.value()
        );
        Self {
            value,
            share_agreed,
            counts,
            because,
        }
    }
}
