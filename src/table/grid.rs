//! [`Grid`]: a table by ids, for findings that compare its cells.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::corpus::Corpus;
use crate::id::ClauseId;
use crate::table::convergence_table::ConvergenceTable;

/// A clause that a finding names: its id and how to cite it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CitedClause {
    /// The clause's id.
    pub id: String,
    /// How to cite it.
    pub citation: String,
}

impl CitedClause {
    pub(crate) fn of(corpus: &Corpus, clause: ClauseId) -> Self {
        Self {
            id: corpus.clause(clause).key.clone(),
            citation: corpus.citation(clause),
        }
    }
}

/// Where the clauses of a corpus stand in a table.
pub(crate) struct Grid {
    /// The clauses of each row, in the order of their ids.
    rows: Vec<Vec<ClauseId>>,
    /// The places of the rows that hold each clause.
    rows_of: Vec<Vec<usize>>,
    /// The place of each clause's column; nothing for a clause that the table does not know.
    column_of: Vec<Option<usize>>,
    n_columns: usize,
}

impl Grid {
    /// Returns the grid of a table; its clauses that the corpus lacks are passed over.
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
        for (place, row) in table.rows.iter().enumerate() {
            let mut clauses = BTreeSet::new();
            for (column, quotes) in &row.cells {
                for clause in quotes.iter().filter_map(|quote| corpus.find(&quote.id)) {
                    clauses.insert(clause);
                    grid.column_of[clause.index()] = place_of.get(column.as_str()).copied();
                }
            }
            for clause in &clauses {
                grid.rows_of[clause.index()].push(place);
            }
            grid.rows.push(clauses.into_iter().collect());
        }
        for alone in &table.alone {
            if let Some(clause) = corpus.find(&alone.id) {
                grid.column_of[clause.index()] = place_of.get(alone.column.as_str()).copied();
            }
        }
        grid
    }

    pub(crate) fn n_rows(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn n_columns(&self) -> usize {
        self.n_columns
    }

    /// Returns the clauses of a row.
    pub(crate) fn row(&self, row: usize) -> &[ClauseId] {
        &self.rows[row]
    }

    /// Returns the rows that hold a clause.
    pub(crate) fn rows_of(&self, clause: ClauseId) -> &[usize] {
        &self.rows_of[clause.index()]
    }

    pub(crate) fn column_of(&self, clause: ClauseId) -> Option<usize> {
        self.column_of[clause.index()]
    }

    /// Returns whether each column has a clause in a row.
    pub(crate) fn filled(&self, row: usize) -> Vec<bool> {
        let mut filled = vec![false; self.n_columns];
        for column in self.rows[row].iter().filter_map(|c| self.column_of(*c)) {
            filled[column] = true;
        }
        filled
    }
}
