//! [`gaps`]: empty cells, candidate false negatives, and missing issues, in one value.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::corpus::ClauseRef;
use crate::finding::gap::facet::{FacetGap, facet_gaps};
use crate::finding::gap::missed::{MissedClause, missed};
use crate::finding::gap::near_miss::{EmptyCell, empty_cells};
use crate::finding::study::Study;
use crate::id::RowId;

/// The name and version of the JSON form.
const SCHEMA: &str = "consonance.gaps/1";

/// What a table lacks: empty cells with the nearest miss, candidate false negatives, issues of one
/// process, and the issues that kinds of actors, regions and texts do not address.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Gaps {
    /// The name and version of this form: `consonance.gaps/1`.
    pub schema: String,
    /// The columns of the table: id to title.
    pub columns: BTreeMap<String, String>,
    /// The number of cells, filled or empty.
    pub n_cells: usize,
    /// Candidate false negatives: clauses that share wording with a row they are not in. Those that
    /// would fill an empty cell come first, then those of the greatest weight.
    pub missed: Vec<MissedClause>,
    /// The empty cells, in the order of the rows and columns.
    pub empty: Vec<EmptyCell>,
    /// The issues that only one process addresses, in the order of the rows.
    pub(crate) single: Vec<SingleIssue>,
    /// What is missing by kind of actor, region and legal status; empty if no metadata is known.
    pub(crate) facets: Vec<FacetGap>,
    /// The text of every clause named above, by id.
    pub texts: BTreeMap<String, String>,
}

/// An issue of one process.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct SingleIssue {
    /// The row.
    #[serde(skip)]
    pub(crate) row: RowId,
    /// Its issue.
    pub(crate) issue: String,
    /// The process's name.
    pub(crate) process: String,
    /// Its clauses there.
    pub(crate) clauses: Vec<ClauseRef>,
}

/// Returns what a table of a corpus lacks.
///
/// The nearest miss of an empty cell is the clause of its column with the greatest TF-IDF cosine with
/// any clause of the row. For candidate false negatives see [`MissedClause`]. Costs one product of the
/// sparse matrix with its transpose, row by row, and one look-up for each passage.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::finding::{Study, gaps};
/// use consonance::similarity::{Representation, RepresentationParams};
/// use consonance::table::{ConvergeParams, converge_on};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let representation = Representation::of(&corpus, &RepresentationParams::default())?;
/// let table = converge_on(&corpus, &representation, &ConvergeParams::default().n_resamples(0))?;
/// let study = Study::new(corpus, representation, table);
/// let found = gaps(&study);
/// assert_eq!((found.n_cells, found.empty.len()), (400, 331));
/// // A clause that shares wording with a row it is not in.
/// let missed = &found.missed[0];
/// assert_eq!(missed.clause.citation, "G7 Lucca 2017 [3]");
/// assert_eq!(missed.like.citation, "UNGA 70/237 [2]");
/// assert!(missed.fills_empty_cell);
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn gaps(study: &Study) -> Gaps {
    let columns = &study.table().columns;
    let (missed, empty) = (missed(study), empty_cells(study));
    let single = single_issues(study);
    let of_missed = missed.iter().flat_map(|m| [&m.clause, &m.like]);
    let near_misses = empty.iter().filter_map(|cell| cell.near_miss.as_ref());
    let of_near_misses = near_misses.flat_map(|near| [&near.clause, &near.near_to]);
    let of_single = single.iter().flat_map(|single| &single.clauses);
    Gaps {
        schema: SCHEMA.to_owned(),
        columns: columns
            .iter()
            .map(|column| (column.id.clone(), column.title.clone()))
            .collect(),
        n_cells: study.table().rows.len() * columns.len(),
        facets: facet_gaps(study),
        texts: study.texts_of(of_missed.chain(of_near_misses).chain(of_single)),
        missed,
        empty,
        single,
    }
}

fn single_issues(study: &Study) -> Vec<SingleIssue> {
    let corpus = study.corpus();
    let mut single = Vec::new();
    for row in study.table().row_ids() {
        let clauses = study.clauses_of(row);
        let (1, Some(first)) = (study.table().row(row).n_processes, clauses.first()) else {
            continue;
        };
        let cited = clauses.iter().map(|id| ClauseRef::of(corpus, *id));
        single.push(SingleIssue {
            row,
            issue: study.issue(row),
            process: corpus.process(corpus.process_of(*first)).name.clone(),
            clauses: cited.collect(),
        });
    }
    single
}
