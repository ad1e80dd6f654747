//! [`Timeline`]: how issues spread, as it is told.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::corpus::{ClauseRef, PublicationDate};
use crate::deontic::ModalClass;
use crate::id::RowId;
use crate::reuse::Passage;
use crate::score::Score;
use crate::vector::Contribution;

/// How issues spread over the years and the processes.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Timeline {
    /// The name and version of this form: `consonance.timeline/1`.
    pub schema: String,
    /// How often each process was first, the most often first, then by name.
    pub firsts: Vec<Firsts>,
    /// The issues, in the order of the rows.
    pub issues: Vec<IssueTimeline>,
    /// The words of every clause that is named, by id.
    pub texts: BTreeMap<String, String>,
}

/// How often a process was the first to speak of an issue that others share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Firsts {
    /// The process's name.
    pub process: String,
    /// The issues of several processes in which it is surely the earliest; issues with clauses of
    /// unknown date do not count.
    pub n_first: usize,
    /// The issues of several processes that it speaks of.
    pub n_issues: usize,
}

/// An issue through the years.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct IssueTimeline {
    /// The row.
    #[serde(skip)]
    pub row: RowId,
    /// Its issue.
    pub issue: String,
    /// The first clause of each process with a known date, the earliest first.
    pub entries: Vec<Entry>,
    /// The years in which something was said, in order.
    pub years: Vec<Year>,
    /// The clauses whose date is not known.
    pub undated: Vec<ClauseRef>,
    /// Whether strength grows (above 0) or falls with time, in `-1..=1`: Kendall's tau-b between
    /// the dates and the levels of strength; nothing for fewer than five clauses, or if one of both
    /// never changes.
    pub trend: Option<f64>,
    /// For every dated clause the earlier clause it may come from, in the order of the dates.
    pub descents: Vec<Descent>,
}

/// The first clause of a process on an issue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Entry {
    /// The process's name.
    pub process: String,
    /// The clause; of several of one date the first in the corpus.
    pub clause: ClauseRef,
    /// When it was first public.
    pub date: PublicationDate,
    /// Whether the date does not tell it apart from that of the entry before.
    pub is_tied: bool,
    /// What the clause does.
    pub class: ModalClass,
}

/// What was said of an issue in a year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Year {
    /// The year.
    pub year: i32,
    /// The number of clauses of the year.
    pub n_clauses: usize,
    /// The number of processes that have spoken of the issue by its end.
    pub n_processes: usize,
    /// How many clauses of each class the year has.
    pub classes: BTreeMap<ModalClass, usize>,
    /// The mean level of strength, from 0 (declaration) to 5 (obligation, prohibition); nothing if
    /// no class is known.
    pub mean_level: Option<f64>,
}

/// A clause and where it may come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Descent {
    /// The clause.
    pub clause: ClauseRef,
    /// Its process.
    pub process: String,
    /// When it was first public.
    pub date: PublicationDate,
    /// What it does.
    pub class: ModalClass,
    /// The level of strength of that class, from 0 to 5; nothing if it is unknown.
    pub level: Option<u8>,
    /// The most similar clause of another process that is surely earlier; nothing if none is, or
    /// none is similar.
    pub from: Option<PossibleSource>,
}

/// An earlier clause that another may come from. Similarity and order are all that is known: both may
/// have a common source outside the corpus.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PossibleSource {
    /// The earlier clause.
    pub clause: ClauseRef,
    /// When it was first public.
    pub date: PublicationDate,
    /// The cosine of both on words.
    pub score: Score,
    /// The most telling passage that both share, of four words at least: that of which the words are
    /// rarest together.
    pub run: Option<Passage>,
    /// The words both share, as the later clause writes them, the weightiest first.
    pub shared: Vec<Contribution>,
}
