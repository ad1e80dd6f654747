//! [`Scope`]: the part of the findings that the page shows, and its anchors.

use std::collections::BTreeSet;

use crate::corpus::Corpus;
use crate::finding::{Annotated, Findings, Study};
use crate::id::{ClauseId, RowId};
use crate::report::html::anchor;
use crate::report::html::params::HtmlParams;
use crate::table::{Alone, ConvergenceTable, Row};

/// The findings, limited to what one page can hold.
pub(super) struct Scope<'a> {
    pub(super) findings: &'a Findings<'a>,
    pub(super) params: &'a HtmlParams,
    /// The rows that are shown, the first ones of the table.
    pub(super) rows: &'a [Row],
    /// The anchor of each of them.
    pub(super) anchors: Vec<String>,
    /// The clauses shown as standing alone.
    pub(super) alone: &'a [Alone],
    /// The clauses whose text is in the page.
    pub(super) shown: BTreeSet<ClauseId>,
}

impl<'a> Scope<'a> {
    pub(super) fn of(findings: &'a Findings<'a>, params: &'a HtmlParams) -> Self {
        let study = findings.study;
        let table = study.table();
        let mut n_clauses = 0;
        let n_rows = table.rows.iter().take_while(|row| {
            n_clauses += n_quotes(row);
            n_clauses <= params.max_clauses
        });
        let rows = &table.rows[..n_rows.count()];
        let anchors = anchor::of_issues(rows.iter().map(|row| row.issue.as_str()));
        let alone = &table.alone[..table.alone.len().min(params.max_alone)];
        Self {
            shown: shown_clauses(study.corpus(), rows, alone),
            findings,
            params,
            rows,
            anchors,
            alone,
        }
    }

    pub(super) fn study(&self) -> &'a Study {
        self.findings.study
    }

    /// Returns the table with the forces of its clauses.
    pub(super) fn annotated(&self) -> Annotated<'a> {
        Annotated::from(self.table()).forces(&self.findings.forces)
    }

    pub(super) fn corpus(&self) -> &'a Corpus {
        self.study().corpus()
    }

    pub(super) fn table(&self) -> &'a ConvergenceTable {
        self.study().table()
    }

    pub(super) fn clause(&self, id: &str) -> Option<ClauseId> {
        self.corpus().find(id)
    }

    /// Returns the index of a row, if the page shows it.
    pub(super) fn place_of(&self, row: RowId) -> Option<usize> {
        Some(row.index()).filter(|place| *place < self.rows.len())
    }

    /// Returns the anchor of a cell.
    pub(super) fn cell_anchor(&self, row: usize, column: &str) -> String {
        format!("cell-{}--{column}", self.anchors[row])
    }
}

fn shown_clauses(corpus: &Corpus, rows: &[Row], alone: &[Alone]) -> BTreeSet<ClauseId> {
    let in_rows = rows.iter().flat_map(|row| row.cells.values().flatten());
    let ids = in_rows.map(|quote| quote.id.as_str());
    let alone = alone.iter().map(|alone| alone.id.as_str());
    ids.chain(alone).filter_map(|id| corpus.find(id)).collect()
}

/// Returns the number of clauses quoted in a row.
pub(super) fn n_quotes(row: &Row) -> usize {
    row.cells.values().map(Vec::len).sum()
}
