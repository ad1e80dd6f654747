//! [`Annotated`]: a table with its gaps and forces, for the forms that show them together.

use std::collections::BTreeMap;
use std::ops::Deref;

use serde::{Serialize, Serializer};

use crate::cluster::NameSource;
use crate::deontic::Force;
use crate::error::Diagnostic;
use crate::finding::common_ground::{CommonGround, CommonGrounds};
use crate::finding::force::{Forces, RowForce};
use crate::finding::gap::Gaps;
use crate::table::{
    Alone, Checked, Column, ConvergenceTable, IssueCandidate, Origin, Outcome, Quote, Row,
    RowBoilerplate, RowStability, SourceAgreement, Theme,
};

/// A table, with the gaps and forces to show in its cells or after it. Its fields can be read
/// directly: `annotated.rows`.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::finding::{Annotated, forces};
/// use consonance::report::to_markdown;
/// use consonance::table::{ConvergeParams, converge};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let table = converge(&corpus, &ConvergeParams::default().n_resamples(0))?;
/// let forces = forces(&corpus);
/// let annotated = Annotated::from(&table).forces(&forces);
/// assert!(to_markdown(annotated).contains("\\[obligation\\]"));
/// assert!(!to_markdown(&table).contains("\\[obligation\\]"));
/// # Ok::<(), consonance::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Annotated<'a> {
    /// The table.
    pub table: &'a ConvergenceTable,
    /// Its gaps, if they are to be shown.
    pub gaps: Option<&'a Gaps>,
    /// How strongly clauses bind, if that is to be shown.
    pub forces: Option<&'a Forces>,
    /// What the clauses of each row agree on and where they part, if that is to be shown.
    pub(crate) common_ground: Option<&'a CommonGrounds>,
    /// The most words that a cell of a document quotes; 150 by default, `None` for no limit.
    pub(crate) words_per_cell: Option<usize>,
}

/// The most words of a cell, if nothing else is asked for.
const WORDS_PER_CELL: usize = 150;

impl<'a> Annotated<'a> {
    /// Sets the gaps to show.
    #[must_use]
    pub fn gaps(mut self, gaps: impl Into<Option<&'a Gaps>>) -> Self {
        self.gaps = gaps.into();
        self
    }

    /// Sets the forces to show.
    #[must_use]
    pub fn forces(mut self, forces: impl Into<Option<&'a Forces>>) -> Self {
        self.forces = forces.into();
        self
    }

    /// Sets what the clauses of each row agree on and where they part, to show it.
    #[must_use]
    pub fn common_ground(mut self, grounds: impl Into<Option<&'a CommonGrounds>>) -> Self {
        self.common_ground = grounds.into();
        self
    }

    /// Sets the most words that a cell of a document quotes, 150 by default; `None` to quote every clause of
    /// every agreement whole.
    #[must_use]
    pub fn words_per_cell(mut self, n_words: impl Into<Option<usize>>) -> Self {
        self.words_per_cell = n_words.into();
        self
    }

    /// Returns the force of a clause, if it is to be shown.
    pub fn force_of(&self, clause: &str) -> Option<&'a Force> {
        self.forces?.of_clause(clause)
    }

    /// Returns the range of strength of the clauses of a row, if it is to be shown.
    pub(crate) fn row_force(&self, row: &Row) -> Option<RowForce> {
        self.forces?.of_row(row)
    }
}

impl<'a> From<&'a ConvergenceTable> for Annotated<'a> {
    fn from(table: &'a ConvergenceTable) -> Self {
        Self {
            table,
            gaps: None,
            forces: None,
            common_ground: None,
            words_per_cell: Some(WORDS_PER_CELL),
        }
    }
}

impl Deref for Annotated<'_> {
    type Target = ConvergenceTable;

    fn deref(&self) -> &ConvergenceTable {
        self.table
    }
}

impl Serialize for Annotated<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let table = self.table;
        let (rows, alone) = (table.rows.iter(), table.alone.iter());
        let form = TableForm {
            schema: &table.schema,
            parameters: &table.parameters,
            columns: &table.columns,
            agreements: &table.agreements,
            themes: &table.themes,
            rows: rows.map(|row| RowForm::of(self, row)).collect(),
            alone: alone
                .map(|clause| ClauseForm {
                    clause,
                    force: self.force_of(&clause.id),
                })
                .collect(),
            candidates: &table.candidates,
            decisions: &table.decisions,
            gaps: self.gaps,
            diagnostics: &table.diagnostics,
        };
        form.serialize(serializer)
    }
}

/// The JSON form of a table: that of [`ConvergenceTable`], with gaps and forces if there are any.
#[derive(Serialize)]
struct TableForm<'a> {
    schema: &'a str,
    parameters: &'a BTreeMap<String, String>,
    columns: &'a [Column],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    agreements: &'a [SourceAgreement],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    themes: &'a [Theme],
    rows: Vec<RowForm<'a>>,
    alone: Vec<ClauseForm<'a, Alone>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    candidates: &'a [IssueCandidate],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    decisions: &'a [Outcome],
    #[serde(skip_serializing_if = "Option::is_none")]
    gaps: Option<&'a Gaps>,
    diagnostics: &'a [Diagnostic],
}

#[derive(Serialize)]
struct RowForm<'a> {
    issue: &'a str,
    #[serde(skip_serializing_if = "Origin::is_found")]
    origin: Origin,
    #[serde(skip_serializing_if = "Option::is_none")]
    name_source: Option<NameSource>,
    #[serde(skip_serializing_if = "Option::is_none")]
    theme: Option<&'a str>,
    terms: &'a [String],
    n_processes: usize,
    n_agreements: usize,
    medoid: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    stability: Option<RowStability>,
    #[serde(skip_serializing_if = "Option::is_none")]
    boilerplate: Option<&'a RowBoilerplate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    checked: Option<&'a Checked>,
    #[serde(skip_serializing_if = "is_zero")]
    n_checked: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    force: Option<RowForce>,
    #[serde(skip_serializing_if = "Option::is_none")]
    common_ground: Option<&'a CommonGround>,
    cells: BTreeMap<&'a str, Vec<ClauseForm<'a, Quote>>>,
}

impl<'a> RowForm<'a> {
    fn of(table: &Annotated<'a>, row: &'a Row) -> Self {
        let quote = |quote: &'a Quote| ClauseForm {
            clause: quote,
            force: table.force_of(&quote.id),
        };
        let cells = row.cells.iter();
        Self {
            issue: &row.issue,
            origin: row.origin,
            name_source: row.name_source,
            theme: row.theme.as_deref(),
            terms: &row.terms,
            n_processes: row.n_processes,
            n_agreements: row.n_agreements,
            medoid: &row.medoid,
            stability: row.stability,
            boilerplate: row.boilerplate.as_ref(),
            checked: row.checked.as_ref(),
            n_checked: row.n_checked(),
            force: table.row_force(row),
            common_ground: table.common_ground.and_then(|of| of.of_row(row)),
            cells: cells
                .map(|(column, quotes)| (column.as_str(), quotes.iter().map(quote).collect()))
                .collect(),
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes it so")]
fn is_zero(n: &usize) -> bool {
    *n == 0
}

#[derive(Serialize)]
struct ClauseForm<'a, C> {
    #[serde(flatten)]
    clause: &'a C,
    #[serde(skip_serializing_if = "Option::is_none")]
    force: Option<&'a Force>,
}
