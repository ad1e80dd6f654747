//! [`Scope`]: the part of the findings that the page shows, and its anchors.

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::Corpus;
use crate::finding::{Annotated, Findings, Study};
use crate::id::{ClauseId, RowId};
use crate::report::html::anchor;
use crate::report::html::params::HtmlParams;
use crate::report::html::themes::{ThemeGroup, groups};
use crate::table::{Alone, ConvergenceTable, Row};

/// The findings, limited to what one page can hold.
pub(super) struct Scope<'a> {
    pub(super) findings: &'a Findings<'a>,
    pub(super) params: &'a HtmlParams,
    /// The rows that are shown, the first ones of the table.
    pub(super) rows: &'a [Row],
    /// The anchor of each of them.
    pub(super) anchors: Vec<String>,
    /// The groups they form, in order.
    pub(super) groups: Vec<ThemeGroup<'a>>,
    /// The clauses shown as standing alone.
    pub(super) alone: Vec<&'a Alone>,
    /// The clauses of kinds that make no rows.
    pub(super) listed: Vec<&'a Alone>,
    /// Those of them that are shown under a row, by its index.
    pub(super) beside: BTreeMap<usize, Vec<&'a Alone>>,
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
        let in_no_row = &table.alone[..table.alone.len().min(params.max_alone)];
        let (alone, listed): (Vec<&Alone>, Vec<&Alone>) =
            in_no_row.iter().partition(|alone| alone.is_compared);
        Self {
            shown: shown_clauses(study.corpus(), rows, in_no_row),
            findings,
            params,
            rows,
            anchors,
            groups: groups(&table.themes, rows),
            beside: beside_rows(rows, &listed),
            alone,
            listed,
        }
    }

    pub(super) fn study(&self) -> &'a Study {
        self.findings.study
    }

    /// Returns the table with the forces of its clauses and the common ground of its rows.
    pub(super) fn annotated(&self) -> Annotated<'a> {
        Annotated::from(self.table())
            .forces(&self.findings.forces)
            .common_ground(&self.findings.common_ground)
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

fn shown_clauses(corpus: &Corpus, rows: &[Row], in_no_row: &[Alone]) -> BTreeSet<ClauseId> {
    let in_rows = rows.iter().flat_map(|row| row.cells.values().flatten());
    let ids = in_rows.map(|quote| quote.id.as_str());
    let others = in_no_row.iter().map(|alone| alone.id.as_str());
    ids.chain(others).filter_map(|id| corpus.find(id)).collect()
}

/// Returns the clauses to be shown under rows, by the index of the row.
fn beside_rows<'a>(rows: &[Row], listed: &[&'a Alone]) -> BTreeMap<usize, Vec<&'a Alone>> {
    let places = rows.iter().zip(0..);
    let places: BTreeMap<&str, usize> = places
        .map(|(row, place)| (row.issue.as_str(), place))
        .collect();
    let mut beside: BTreeMap<usize, Vec<&Alone>> = BTreeMap::new();
    for alone in listed {
        let place = alone.beside.as_deref().and_then(|issue| places.get(issue));
        if let Some(place) = place {
            beside.entry(*place).or_default().push(alone);
        }
    }
    beside
}

/// Returns the number of clauses quoted in a row.
pub(super) fn n_quotes(row: &Row) -> usize {
    row.cells.values().map(Vec::len).sum()
}
