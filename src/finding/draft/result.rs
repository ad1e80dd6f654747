//! [`DraftCheck`]: what a check of a draft says.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::corpus::ClauseRef;
use crate::deontic::Force;
use crate::reuse::{Grade, Passage};
use crate::score::Score;

/// A draft held against the agreements of a corpus.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DraftCheck {
    /// The name and version of this form: `consonance.draft/1`.
    pub schema: String,
    /// The draft's name.
    pub draft: String,
    /// What it was made with.
    pub parameters: BTreeMap<String, String>,
    /// How much of the draft is new.
    pub novelty: Novelty,
    /// Its clauses, in their order.
    pub clauses: Vec<DraftClause>,
}

/// How much of a draft is new, and what the figure stands on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Novelty {
    /// The mean novelty of the clauses, weighed by their words: 0 where all is agreed, 1 where nothing
    /// is like anything.
    pub value: Score,
    /// The share of the draft's words that are agreed language.
    pub share_agreed: Score,
    /// How many clauses stand how, by the name of the standing.
    pub counts: BTreeMap<String, usize>,
    /// The figure in words.
    pub because: String,
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
    /// How it stands to what is agreed.
    pub standing: DraftStanding,
    /// How new it is: 1 less the greater of its share of agreed words and the cosine of its nearest
    /// precedent.
    pub novelty: Score,
    /// The share of its words that are agreed language.
    pub share_agreed: Score,
    /// The number of its words.
    pub n_words: usize,
    /// The processes that have its words or its norm, by name.
    pub agreeing: Vec<String>,
    /// Further processes that speak of its subject, by name.
    pub on_subject: Vec<String>,
    /// Its words that are agreed language, in order.
    pub agreed: Vec<AgreedWords>,
    /// The bytes of its text that are boilerplate of the genre.
    pub boilerplate: Vec<Range<usize>>,
    /// The bytes of its text that stand in no other agreement.
    pub new: Vec<Range<usize>>,
    /// How strongly it binds, and whom.
    pub force: Force,
    /// The clauses it may follow or must reckon with, the likeliest first.
    pub precedents: Vec<Precedent>,
}

/// Words of a draft that are agreed language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AgreedWords {
    /// The bytes of the clause's text.
    pub range: Range<usize>,
    /// The bytes of the draft's text; several where page matter stands between.
    pub in_draft: Vec<Range<usize>>,
    /// The number of words.
    pub n_words: usize,
    /// The clauses that have them, or a part of them, by id.
    pub clauses: Vec<ClauseRef>,
    /// The processes of those, by name.
    pub processes: Vec<String>,
}

/// A clause of another agreement that a clause of a draft is like.
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
    /// The mean of the share of the draft's clause that was taken, and the cosine.
    pub score: Score,
    /// The share of the draft's words that stand in it, small changes passed over, and of its own words
    /// that stand in the draft.
    pub taken: [Score; 2],
    /// The cosine of their TF-IDF vectors.
    pub by_words: Score,
    /// How far the two say the same.
    pub grade: Grade,
    /// The rule that gave the grade, with its figures.
    pub because: String,
    /// The runs of words that both have: `a` bytes of the draft's clause, `b` of the precedent's text.
    pub shared: Vec<Passage>,
    /// How strongly the precedent binds, and whom.
    pub force: Force,
    /// How strongly the draft binds beside it.
    pub against: Against,
}

/// How a clause of a draft stands to what is agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum DraftStanding {
    /// Nearly the same clause exists.
    Duplicate,
    /// Half of its words or more are agreed language.
    Agreed,
    /// Some of its words are.
    PartlyAgreed,
    /// No words are, but others speak of its subject.
    Related,
    /// Nothing is like it.
    New,
}

/// How strongly a draft binds beside a precedent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Against {
    /// The draft is weaker.
    Weaker,
    /// Both are equally strong.
    AsStrong,
    /// The draft is stronger.
    Stronger,
    /// One asks for what the other rules out.
    Contrary,
    /// The strength of one is unknown.
    Unknown,
}

impl DraftStanding {
    /// Returns its name, as reports spell it.
    pub fn name(self) -> &'static str {
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
        // "should not" and "shall not" are opposed in strength alone.
        if grade == Grade::Opposed && own.is_negated != other.is_negated {
            return Self::Contrary;
        }
        let (Some(own), Some(other)) = (own.strength(), other.strength()) else {
            return Self::Unknown;
        };
        match own.cmp(&other) {
            std::cmp::Ordering::Less => Self::Weaker,
            std::cmp::Ordering::Equal => Self::AsStrong,
            std::cmp::Ordering::Greater => Self::Stronger,
        }
    }

    /// Returns its name, as reports spell it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Weaker => "weaker",
            Self::AsStrong => "as strong",
            Self::Stronger => "stronger",
            Self::Contrary => "contrary",
            Self::Unknown => "unknown",
        }
    }
}

impl Novelty {
    pub(crate) fn of(clauses: &[DraftClause]) -> Self {
        let n_words: usize = clauses.iter().map(|clause| clause.n_words).sum();
        let mean = |value: fn(&DraftClause) -> Score| {
            let sum: f64 = clauses
                .iter()
                .map(|clause| clause.n_words as f64 * value(clause).value())
                .sum();
            Score::new(if n_words == 0 {
                0.0
            } else {
                sum / n_words as f64
            })
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
