//! [`Scope`]: what of the findings the page shows, and under which names.

use std::collections::{BTreeSet, HashMap};

use crate::corpus::Corpus;
use crate::finding::Dossier;
use crate::id::ClauseId;
use crate::report::html::anchor;
use crate::report::html::params::HtmlParams;
use crate::table::{Alone, ConvergenceTable, Row};

/// The findings, cut to what one page can hold.
pub(super) struct Scope<'a> {
    pub(super) dossier: &'a Dossier<'a>,
    pub(super) params: &'a HtmlParams,
    /// The rows that are shown, the first ones of the table.
    pub(super) rows: &'a [Row],
    /// The anchor of each of them.
    pub(super) anchors: Vec<String>,
    /// The clauses standing alone that are shown.
    pub(super) alone: &'a [Alone],
    /// The clauses whose words stand in the page.
    pub(super) shown: BTreeSet<ClauseId>,
    place_of_issue: HashMap<&'a str, usize>,
}

impl<'a> Scope<'a> {
    pub(super) fn of(dossier: &'a Dossier<'a>, params: &'a HtmlParams) -> Self {
        let table = dossier.table;
        let mut n_clauses = 0;
        let n_rows = table.rows.iter().take_while(|row| {
            n_clauses += n_quotes(row);
            n_clauses <= params.max_clauses
        });
        let rows = &table.rows[..n_rows.count()];
        let anchors = anchor::of_issues(rows.iter().map(|row| row.issue.as_str()));
        let places = rows.iter().zip(0..);
        let alone = &table.alone[..table.alone.len().min(params.max_alone)];
        Self {
            shown: shown_clauses(dossier.corpus, rows, alone),
            dossier,
            params,
            rows,
            anchors,
            alone,
            place_of_issue: places
                .map(|(row, place)| (row.issue.as_str(), place))
                .collect(),
        }
    }

    pub(super) fn corpus(&self) -> &'a Corpus {
        self.dossier.corpus
    }

    pub(super) fn table(&self) -> &'a ConvergenceTable {
        self.dossier.table
    }

    pub(super) fn clause(&self, id: &str) -> Option<ClauseId> {
        self.dossier.corpus.find(id)
    }

    /// Returns the place of the row with this issue, if the page shows it.
    pub(super) fn row_of_issue(&self, issue: &str) -> Option<usize> {
        self.place_of_issue.get(issue).copied()
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
