//! [`gaps`]: what a table lacks, and whether it only seems to.

mod facet;
mod missed;
mod near_miss;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::corpus::Corpus;
use crate::id::ClauseId;
use crate::score::Score;
use crate::similarity::Representation;
use crate::table::Grid;
use crate::table::{CitedClause, ConvergenceTable};
use crate::vector::Contribution;

pub use facet::{Facet, FacetGap, MissingIssue};
pub use missed::Missed;

/// The name and version of the JSON form.
const SCHEMA: &str = "consonance.gaps/1";

/// What counts as a gap; the default needs no tuning.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct GapParams {
    /// The fewest words of a shared passage that make a clause possibly missed, 5 by default.
    pub min_run: usize,
    /// The fewest processes of an issue that a part of the world or a kind of actor is said to lack,
    /// 2 by default.
    pub min_processes: usize,
    /// The most clauses possibly missed that are told, 200 by default.
    pub max_missed: usize,
}

impl Default for GapParams {
    fn default() -> Self {
        Self {
            min_run: 5,
            min_processes: 2,
            max_missed: 200,
        }
    }
}

/// What a table lacks: empty cells with the clause that comes nearest, clauses that may have been
/// missed, issues of one process, and what kinds of actors, regions and texts do not speak of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Gaps {
    /// The name and version of this form: `consonance.gaps/1`.
    pub schema: String,
    /// The columns of the table: id to title.
    pub columns: BTreeMap<String, String>,
    /// The number of cells, filled or empty.
    pub n_cells: usize,
    /// Clauses that share wording with a row they are not in: first those that would fill an empty
    /// cell, then the most telling.
    pub missed: Vec<Missed>,
    /// The empty cells, in the order of the rows and columns.
    pub empty: Vec<EmptyCell>,
    /// The issues that a single process speaks of, in the order of the rows.
    pub single: Vec<SingleIssue>,
    /// What is missing by kind of actor, region and legal status; nothing where no agreement says.
    pub facets: Vec<FacetGap>,
    /// The words of every clause that is named above, by id.
    pub texts: BTreeMap<String, String>,
}

/// An empty cell: an issue that a process does not speak of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EmptyCell {
    /// The row's issue.
    pub issue: String,
    /// The id of the column.
    pub column: String,
    /// The clause of that column that comes nearest to the row; nothing if none shares a term.
    pub near_miss: Option<NearMiss>,
}

/// The clause that comes nearest to filling an empty cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NearMiss {
    /// The clause.
    pub clause: CitedClause,
    /// Its cosine on words with the nearest clause of the row.
    pub score: Score,
    /// That clause.
    pub near_to: CitedClause,
    /// The words both share, as the first clause writes them, with their parts of the score, the
    /// weightiest first; runs of words and concepts, which make the rest of it, are left out.
    pub shared: Vec<Contribution>,
    /// The issues it stands under instead; none if it stands alone.
    pub stands_in: Vec<String>,
}

/// An issue of one process.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SingleIssue {
    /// The row's issue.
    pub issue: String,
    /// The process's name.
    pub process: String,
    /// Its clauses there.
    pub clauses: Vec<CitedClause>,
}

/// A corpus, how it is represented, and a table of it: what findings on a table are read from.
#[derive(Clone, Copy)]
struct Ground<'a> {
    corpus: &'a Corpus,
    representation: &'a Representation,
    table: &'a ConvergenceTable,
    grid: &'a Grid,
}

impl Ground<'_> {
    fn issues_of(&self, clause: ClauseId) -> Vec<String> {
        let rows = self.grid.rows_of(clause).iter();
        rows.map(|row| self.table.rows[*row].issue.clone())
            .collect()
    }

    fn column_id(&self, column: usize) -> String {
        self.table.columns[column].id.clone()
    }
}

/// Returns what a table of a corpus lacks.
///
/// The near miss of an empty cell is the clause of its column with the greatest cosine on words to
/// any clause of the row. How clauses possibly missed are found stands at [`Missed`]. Costs one
/// product of the sparse matrix with its transpose, row by row, and one look-up for each run of words.
///
/// The table must be one of this corpus; clauses that the corpus lacks are passed over.
pub fn gaps(
    corpus: &Corpus,
    representation: &Representation,
    table: &ConvergenceTable,
    params: GapParams,
) -> Gaps {
    let grid = Grid::of(corpus, table);
    let ground = Ground {
        corpus,
        representation,
        table,
        grid: &grid,
    };
    let columns = table.columns.iter();
    let mut gaps = Gaps {
        schema: SCHEMA.to_owned(),
        columns: columns
            .map(|column| (column.id.clone(), column.title.clone()))
            .collect(),
        n_cells: grid.n_rows() * grid.n_columns(),
        missed: missed::missed(&ground, params),
        empty: near_miss::empty_cells(&ground),
        single: single_issues(&ground),
        facets: facet::facet_gaps(&ground, params.min_processes),
        texts: BTreeMap::new(),
    };
    gaps.texts = texts_of(corpus, &gaps);
    gaps
}

fn single_issues(ground: &Ground<'_>) -> Vec<SingleIssue> {
    let corpus = ground.corpus;
    let mut single = Vec::new();
    for (place, row) in ground.table.rows.iter().enumerate() {
        let clauses = ground.grid.row(place);
        let (1, Some(first)) = (row.n_processes, clauses.first()) else {
            continue;
        };
        let cited = clauses.iter().map(|id| CitedClause::of(corpus, *id));
        single.push(SingleIssue {
            issue: row.issue.clone(),
            process: corpus.process(corpus.process_of(*first)).name.clone(),
            clauses: cited.collect(),
        });
    }
    single
}

/// Returns the words of every clause that is named.
fn texts_of(corpus: &Corpus, gaps: &Gaps) -> BTreeMap<String, String> {
    let of_missed = gaps.missed.iter().flat_map(|m| [&m.clause, &m.like]);
    let near_misses = gaps.empty.iter().filter_map(|cell| cell.near_miss.as_ref());
    let of_near_misses = near_misses.flat_map(|near| [&near.clause, &near.near_to]);
    let of_single = gaps.single.iter().flat_map(|single| &single.clauses);
    of_missed
        .chain(of_near_misses)
        .chain(of_single)
        .filter_map(|cited| {
            let clause = corpus.find(&cited.id)?;
            Some((cited.id.clone(), corpus.text(clause).to_owned()))
        })
        .collect()
}
