//! Empty cells, and the clause of the column that comes nearest to filling each.

use rayon::prelude::*;

use crate::finding::gap::{EmptyCell, Ground, NearMiss};
use crate::id::ClauseId;
use crate::score::Score;
use crate::similarity::NeighborSearch;
use crate::table::CitedClause;
use crate::table::shared_words;

/// The most shared terms that are told.
const MAX_SHARED: usize = 6;

/// A clause outside a row, the clause of the row it is nearest to, and how near.
#[derive(Clone, Copy)]
struct Near {
    score: Score,
    clause: ClauseId,
    of_row: ClauseId,
}

/// Returns the empty cells of a table, row by row.
pub(crate) fn empty_cells(ground: &Ground<'_>) -> Vec<EmptyCell> {
    let search = NeighborSearch::new(ground.representation.words().matrix());
    (0..ground.grid.n_rows())
        .into_par_iter()
        .flat_map_iter(|row| {
            let filled = ground.grid.filled(row);
            let nearest = nearest_of_columns(ground, &search, (row, &filled));
            let empty = nearest.into_iter().enumerate();
            empty
                .filter(move |(column, _)| !filled[*column])
                .map(move |(column, near)| EmptyCell {
                    issue: ground.table.rows[row].issue.clone(),
                    column: ground.column_id(column),
                    near_miss: near.map(|near| near_miss(ground, near)),
                })
        })
        .collect()
}

/// Returns for each empty column the clause nearest to any clause of a row; of equally near ones
/// those with the smallest ids.
fn nearest_of_columns(
    ground: &Ground<'_>,
    search: &NeighborSearch,
    (row, filled): (usize, &[bool]),
) -> Vec<Option<Near>> {
    let matrix = ground.representation.words().matrix();
    let empty_column = |clause: ClauseId| {
        let column = ground.grid.column_of(clause);
        column.filter(|column| !filled[*column])
    };
    let mut best: Vec<Option<Near>> = vec![None; filled.len()];
    for &of_row in ground.grid.row(row) {
        let words = matrix.row(of_row.index());
        let is_wanted = |clause| empty_column(clause).is_some();
        for neighbor in search.nearest(words, usize::MAX, is_wanted) {
            let Some(column) = empty_column(neighbor.clause) else {
                continue;
            };
            let near = Near {
                score: neighbor.score,
                clause: neighbor.clause,
                of_row,
            };
            if best[column].is_none_or(|known| near.score > known.score) {
                best[column] = Some(near);
            }
        }
    }
    best
}

fn near_miss(ground: &Ground<'_>, near: Near) -> NearMiss {
    let pair = (near.clause, near.of_row);
    let mut shared = shared_words(ground.corpus, ground.representation, pair);
    shared.truncate(MAX_SHARED);
    NearMiss {
        clause: CitedClause::of(ground.corpus, near.clause),
        score: near.score,
        near_to: CitedClause::of(ground.corpus, near.of_row),
        shared,
        stands_in: ground.issues_of(near.clause),
    }
}
