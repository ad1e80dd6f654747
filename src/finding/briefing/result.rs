//! [`Briefing`]: what is told, as data.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::corpus::{ClauseRef, DatedClause, PublicationDate, Quoted};
use crate::deontic::ModalClass;
use crate::finding::co_mention::CoMention;
use crate::finding::gap::NearestMiss;

/// What a person with five minutes is told of a corpus and its table. Each fact names the clauses that show it;
/// nothing is told that has none.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Briefing {
    /// The name and version of this form: `consonance.briefing/1`.
    pub schema: String,
    /// What the corpus is.
    pub(crate) scope: CorpusScope,
    /// The most widely shared issues, in the order of the table.
    pub(crate) issues: Vec<IssueBrief>,
    /// The first year of what is new; `None` if no date is known.
    pub(crate) since: Option<i32>,
    /// The agreements of that year or later, the earliest first.
    pub(crate) news: Vec<NewAgreement>,
    /// The issues that come together most often.
    pub(crate) together: Vec<CoMention>,
    /// The agreements that together address most of the shared issues, those that add most first.
    pub(crate) readings: Vec<SuggestedReading>,
    /// The number of issues that two processes or more share.
    pub(crate) n_shared: usize,
    /// Every clause named above, by id.
    pub quotes: BTreeMap<String, Quoted>,
}

/// What a corpus is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct CorpusScope {
    pub(crate) n_agreements: usize,
    pub(crate) n_processes: usize,
    pub(crate) n_clauses: usize,
    /// The number of clauses that make rows.
    pub(crate) n_norms: usize,
    /// The codes of the languages, in order.
    pub(crate) languages: Vec<String>,
    /// The first norm of the agreement with the earliest date; without any date, of the first agreement.
    pub(crate) oldest: Option<DatedClause>,
    /// The first norm of the agreement with the latest date.
    pub(crate) newest: Option<DatedClause>,
    /// The number of agreements without a date.
    pub(crate) n_undated: usize,
}

/// An issue that several processes share.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct IssueBrief {
    /// Its name.
    pub(crate) issue: String,
    /// The number of processes that are asked: those with a norm in the language of the issue, dated no earlier
    /// than its first clause, and those that address it.
    pub(crate) n_asked: usize,
    /// The number of the other processes: what they would say is unknown.
    pub(crate) n_unknown: usize,
    /// The processes that address it, each by the clause nearest to the others, the earliest first; those without
    /// a date last.
    pub(crate) speakers: Vec<DatedClause>,
    /// The clause most similar to the others.
    pub(crate) typical: ClauseRef,
    /// The processes by the class of their strongest clause, the strongest first; empty if it is one.
    pub(crate) classes: Vec<ClassHolders>,
    /// A clause of each process that is about leaving something undone, if others are not.
    pub(crate) negated: Vec<DatedClause>,
    /// The quantities that only some processes name.
    pub(crate) quantities: Vec<QuantityHolders>,
    /// The processes that are asked and have no clause but one that is near, the nearest first.
    pub(crate) silent: Vec<Silence>,
    /// The earliest clause, if no other process can have been as early.
    pub(crate) first: Option<DatedClause>,
}

/// The processes whose strongest clause is of a class.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct ClassHolders {
    pub(crate) class: ModalClass,
    /// The strongest clause of each.
    pub(crate) clauses: Vec<DatedClause>,
}

/// The processes that name a quantity.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct QuantityHolders {
    /// The quantity as the first clause writes it.
    pub(crate) quantity: String,
    /// A clause of each.
    pub(crate) clauses: Vec<DatedClause>,
}

/// A process that is asked and has no clause, but one that is near.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Silence {
    /// Its name.
    pub(crate) process: String,
    /// Its clause nearest to the issue.
    pub(crate) near: NearestMiss,
}

/// An agreement of the years that are new.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct NewAgreement {
    /// Its name.
    pub(crate) agreement: String,
    /// Its date.
    pub(crate) published: PublicationDate,
    /// Its issues, in the order of the table, those that no earlier agreement has first.
    pub(crate) issues: Vec<NewIssue>,
}

/// An issue of a new agreement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct NewIssue {
    /// Its name.
    pub(crate) issue: String,
    /// Whether no agreement before the first new year has it.
    pub(crate) is_first: bool,
    /// The clause.
    pub(crate) clause: ClauseRef,
}

/// An agreement to read.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct SuggestedReading {
    /// Its name.
    pub(crate) agreement: String,
    /// The number of shared issues that it addresses.
    pub(crate) n_issues: usize,
    /// The number of these that those before it in the list do not address.
    pub(crate) n_more: usize,
    /// Its clause on the most widely shared of these.
    pub(crate) begin: ClauseRef,
}
