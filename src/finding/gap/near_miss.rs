//! Empty cells, each with its nearest miss.

use rayon::prelude::*;
use serde::Serialize;

use crate::corpus::ClauseRef;
use crate::finding::study::Study;
use crate::finding::why::weightiest_words;
use crate::id::{ClauseId, RowId};
use crate::score::Score;
use crate::similarity::{Neighbor, NeighborSearch};
use crate::vector::Contribution;

/// The most shared terms that are reported.
const MAX_SHARED: usize = 6;

/// An empty cell: an issue that a process does not address.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct EmptyCell {
    /// The row.
    #[serde(skip)]
    pub row: RowId,
    /// Its issue.
    pub issue: String,
    /// The id of the column.
    pub column: String,
    /// The clause of that column most similar to the row; `None` if none shares a term.
    pub near_miss: Option<NearestMiss>,
}

/// The nearest miss of an empty cell: the clause most similar to the row.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct NearestMiss {
    /// The clause.
    pub clause: ClauseRef,
    /// Its TF-IDF cosine with the most similar clause of the row.
    pub score: Score,
    /// That clause.
    pub near_to: ClauseRef,
    /// The words both share, as the first clause writes them, with their parts of the score, the
    /// greatest first. Phrases and concepts, which make the rest of the score, are left out.
    pub shared: Vec<Contribution>,
    /// The issues it is in instead; empty if it stands alone.
    pub stands_in: Vec<String>,
}

/// A clause outside a row, with its similarity to the most similar clause of the row, and that clause.
type Near = (Neighbor, ClauseId);

/// Returns the empty cells of a table, row by row.
pub(crate) fn empty_cells(study: &Study) -> Vec<EmptyCell> {
    let search = NeighborSearch::new(study.representation().words().matrix());
    let rows: Vec<RowId> = study.table().row_ids().collect();
    rows.into_par_iter()
        .flat_map_iter(|row| {
            let filled = study.grid().filled(row);
            let nearest = nearest_of_columns(study, &search, row);
            let empty = nearest.into_iter().zip(&study.table().columns).zip(filled);
            let empty = empty.filter(|(_, is_filled)| !is_filled);
            let cells = empty.map(|((near, column), _)| EmptyCell {
                row,
                issue: study.issue(row),
                column: column.id.clone(),
                near_miss: near.map(|(near, of_row)| near_miss(study, near, of_row)),
            });
            cells.collect::<Vec<_>>()
        })
        .collect()
}

/// Returns for each empty column the clause most similar to any clause of a row; ties go to the
/// smallest ids.
fn nearest_of_columns(study: &Study, search: &NeighborSearch, row: RowId) -> Vec<Option<Near>> {
    let filled = study.grid().filled(row);
    let matrix = study.representation().words().matrix();
    let empty_column = |clause: ClauseId| {
        let column = study.grid().column_of(clause);
        column.filter(|column| !filled[*column])
    };
    let mut best: Vec<Option<Near>> = vec![None; filled.len()];
    for &of_row in study.clauses_of(row) {
        let words = matrix.row(of_row.index());
        let is_wanted = |clause| empty_column(clause).is_some();
        for neighbor in search.nearest(words, usize::MAX, is_wanted) {
            let Some(column) = empty_column(neighbor.clause) else {
                continue;
            };
            if best[column].is_none_or(|(known, _)| neighbor.score > known.score) {
                best[column] = Some((neighbor, of_row));
            }
        }
    }
    best
}

fn near_miss(study: &Study, near: Neighbor, of_row: ClauseId) -> NearestMiss {
    let mut shared = weightiest_words(study, [near.clause, of_row]);
    shared.truncate(MAX_SHARED);
    NearestMiss {
        clause: ClauseRef::of(study.corpus(), near.clause),
        score: near.score,
        near_to: ClauseRef::of(study.corpus(), of_row),
        shared,
        stands_in: study.issues_of(near.clause),
    }
}
