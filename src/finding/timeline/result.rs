//! [`Timeline`]: how issues spread.

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
    /// How often each process was first, in decreasing order, then by name.
    pub(crate) firsts: Vec<Firsts>,
    /// The issues, in the order of the rows.
    pub(crate) issues: Vec<IssueTimeline>,
    /// The text of every named clause, by id.
    pub texts: BTreeMap<String, String>,
}

/// How often a process was the first to address an issue that others share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Firsts {
    /// The process's name.
    pub(crate) process: String,
    /// The number of issues of several processes in which it is certainly the earliest; issues with
    /// clauses of unknown date do not count.
    pub(crate) n_first: usize,
    /// The number of issues of several processes that it addresses.
    pub(crate) n_issues: usize,
}

/// An issue over the years.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct IssueTimeline {
    /// The row.
    #[serde(skip)]
    pub(crate) row: RowId,
    /// Its issue.
    pub(crate) issue: String,
    /// The first clause of each process with a known date, the earliest first.
    pub(crate) entries: Vec<Entry>,
    /// The years with clauses, in order.
    pub(crate) years: Vec<Year>,
    /// The clauses whose date is not known.
    pub(crate) undated: Vec<ClauseRef>,
    /// Whether strength grows (above 0) or falls with time, in `-1..=1`: Kendall's tau-b between the
    /// dates and the levels of strength; `None` for fewer than five clauses, or if the dates or the
    /// levels never change.
    pub(crate) trend: Option<f64>,
    /// For every dated clause the earlier clause it may come from, in the order of the dates.
    pub(crate) descents: Vec<Descent>,
}

/// The first clause of a process on an issue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entry {
    /// The process's name.
    pub(crate) process: String,
    /// The clause; of several of the same date, the first in the corpus.
    pub(crate) clause: ClauseRef,
    /// When it was first public.
    pub(crate) date: PublicationDate,
    /// Whether its date cannot be told apart from that of the preceding entry.
    pub(crate) is_tied: bool,
    /// The modal class of the clause.
    pub(crate) class: ModalClass,
}

/// The clauses of an issue in a year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(clippy::struct_field_names, reason = "the key in JSON")]
pub(crate) struct Year {
    /// The year.
    pub(crate) year: i32,
    /// The number of clauses in the year.
    pub(crate) n_clauses: usize,
    /// The number of processes that have addressed the issue by its end.
    pub(crate) n_processes: usize,
    /// The number of clauses of each class in the year.
    pub(crate) classes: BTreeMap<ModalClass, usize>,
    /// The mean level of strength, from 0 (declaration) to 5 (obligation, prohibition); `None` if no
    /// class is known.
    pub(crate) mean_level: Option<f64>,
}

/// A clause and where it may come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Descent {
    /// The clause.
    pub(crate) clause: ClauseRef,
    /// Its process.
    pub(crate) process: String,
    /// When it was first public.
    pub(crate) date: PublicationDate,
    /// Its modal class.
    pub(crate) class: ModalClass,
    /// The level of strength of that class, from 0 to 5; `None` if it is unknown.
    pub(crate) level: Option<u8>,
    /// The most similar clause of another process that is certainly earlier; `None` if there is none,
    /// or none is similar.
    pub(crate) from: Option<PossibleSource>,
}

/// An earlier clause that another may come from. Only similarity and order are known: both may have a
/// common source outside the corpus.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct PossibleSource {
    /// The earlier clause.
    pub(crate) clause: ClauseRef,
    /// When it was first public.
    pub(crate) date: PublicationDate,
    /// Their TF-IDF cosine.
    pub(crate) score: Score,
    /// The most informative passage that both share, of at least four words: the one whose words are
    /// rarest in sum.
    pub(crate) run: Option<Passage>,
    /// The words both share, as the later clause writes them, those of the greatest weight first.
    pub(crate) shared: Vec<Contribution>,
}
