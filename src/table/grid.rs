//! [`Grid`]: a table by ids, for findings that compare its cells.

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::Corpus;
use crate::id::{ClauseId, RowId};
use crate::table::convergence_table::ConvergenceTable;

/// The position of each clause of a corpus in a table.
#[derive(Debug)]
pub(crate) struct Grid {
    /// The clauses of each row, in the order of their ids.
    rows: Vec<Vec<ClauseId>>,
    /// The rows that hold each clause.
    rows_of: Vec<Vec<RowId>>,
    /// The index of each clause's column; `None` for a clause that is not in the table, or not compared.
    column_of: Vec<Option<usize>>,
    n_columns: usize,
}

impl Grid {
    /// Returns the grid of a table; clauses that are not in the corpus are ignored.
    pub(crate) fn of(corpus: &Corpus, table: &ConvergenceTable) -> Self {
        let n_clauses = corpus.clauses().len();
        let columns = table.columns.iter().map(|column| column.id.as_str());
        let place_of: BTreeMap<&str, usize> = columns.zip(0..).collect();
        let mut grid = Self {
            rows: Vec::new(),
            rows_of: vec![Vec::new(); n_clauses],
            column_of: vec![None; n_clauses],
            n_columns: table.columns.len(),
        };
        for (id, row) in table.row_ids().zip(&table.rows) {
            let mut clauses = BTreeSet::new();
            for (column, quotes) in &row.cells {
                for clause in quotes.iter().filter_map(|quote| corpus.find(&quote.id)) {
                    clauses.insert(clause);
                    grid.column_of[clause.index()] = place_of.get(column.as_str()).copied();
                }
            }
            for clause in &clauses {
                grid.rows_of[clause.index()].push(id);
            }
            grid.rows.push(clauses.into_iter().collect());
        }
        for alone in table.alone.iter().filter(|alone| alone.is_compared) {
            if let Some(clause) = corpus.find(&alone.id) {
                grid.column_of[clause.index()] = place_of.get(alone.column.as_str()).copied();
            }
        }
        grid
    }

    /// Returns the clauses of a row.
    pub(crate) fn row(&self, row: RowId) -> &[ClauseId] {
        &self.rows[row.index()]
    }

    /// Returns the rows that hold a clause.
    pub(crate) fn rows_of(&self, clause: ClauseId) -> &[RowId] {
        &self.rows_of[clause.index()]
    }

    pub(crate) fn column_of(&self, clause: ClauseId) -> Option<usize> {
        self.column_of[clause.index()]
    }

    /// Returns whether each column has a clause in a row.
    pub(crate) fn filled(&self, row: RowId) -> Vec<bool> {
        let mut filled = vec![false; self.n_columns];
        for column in self.row(row).iter().filter_map(|c| self.column_of(*c)) {
            filled[column] = true;
        }
        filled
    }
}
