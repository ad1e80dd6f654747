//! [`ConvergenceTable`]: rows of issues, columns of processes, clauses in the cells.

use std::collections::BTreeMap;
use std::ops::Deref;

use serde::{Deserialize, Serialize};

use crate::agreement::Metadata;
use crate::cluster::NameSource;
use crate::corpus::{ClauseRef, Corpus, Quoted};
use crate::error::Diagnostic;
use crate::id::{ClauseId, RowId};
use crate::language::Language;
use crate::score::Score;
use crate::table::corrections::{Checked, Outcome};
use crate::table::issue::Origin;
use crate::table::stability::{AlsoNear, RowBoilerplate, RowStability};
use crate::table::weak::Weakness;

/// The name and version of the table's JSON form.
pub(crate) const SCHEMA: &str = "consonance.table/1";

/// The convergence table: rows are issues, the most widely shared first; columns are processes (or
/// agreements); cells quote clauses. The clauses that stand alone follow.
///
#[doc = include_str!("../report/schema.md")]
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::table::{ConvergeParams, converge};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let table = converge(&corpus, &ConvergeParams::default().n_resamples(0))?;
/// let row = &table.rows[0];
/// for column in &table.columns {
///     for quote in row.cells.get(&column.id).into_iter().flatten() {
///         assert_eq!(table.agreements.iter().filter(|of| of.key == quote.agreement).count(), 1);
///     }
/// }
/// // The clauses in no row, each with the reason.
/// let compared = table.alone.iter().find(|alone| alone.is_compared).unwrap();
/// assert_eq!(compared.reason, "no clause is near enough to share an issue with");
/// # Ok::<(), consonance::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ConvergenceTable {
    /// The name and version of this form: `consonance.table/1`.
    pub schema: String,
    /// How the table was made: parameter names and values, in words.
    pub parameters: BTreeMap<String, String>,
    /// The columns, in corpus order.
    pub columns: Vec<Column>,
    /// The agreements the clauses come from, in corpus order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub agreements: Vec<SourceAgreement>,
    /// The themes, in the order of their rows; empty if rows are not grouped.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub themes: Vec<Theme>,
    /// The issues, the most widely shared first; with themes, within each.
    pub rows: Vec<Row>,
    /// The clauses in no row, in corpus order.
    pub alone: Vec<Alone>,
    /// The clauses for which some words of a given issue speak, too few to place them: those of the
    /// greatest score first. They count nowhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) candidates: Vec<IssueCandidate>,
    /// The outcome of each decision of the corrections, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<Outcome>,
    /// What was skipped, repaired or inferred.
    pub diagnostics: Vec<Diagnostic>,
}

impl ConvergenceTable {
    /// Returns a row.
    ///
    /// # Panics
    ///
    /// Panics if the id comes from another, larger table.
    pub fn row(&self, id: RowId) -> &Row {
        &self.rows[id.index()]
    }

    /// Returns the theme whose first row a row is; `None` within a theme, and if rows are not grouped.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::corpus::{Corpus, LoadParams};
    /// use consonance::table::{ConvergeParams, LayoutParams, converge};
    ///
    /// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
    /// let layout = LayoutParams::default().n_themes(3);
    /// let table = converge(&corpus, &ConvergeParams::default().n_resamples(0).layout(layout))?;
    /// let begun = table.row_ids().filter_map(|row| table.theme_begun_by(row));
    /// assert!(begun.eq(&table.themes), "each once, in order");
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn theme_begun_by(&self, row: RowId) -> Option<&Theme> {
        let place = row.index();
        let name = self.rows.get(place)?.theme.as_ref()?;
        let before = place
            .checked_sub(1)
            .and_then(|before| self.rows[before].theme.as_ref());
        let theme = || self.themes.iter().find(|theme| theme.name == *name);
        (before != Some(name)).then(theme).flatten()
    }

    /// Finds the rows of a table read from JSON, which refers to them by their issues.
    pub(crate) fn link_rows(&mut self) {
        let ids = self.row_ids();
        let issues = self.rows.iter().map(|row| row.issue.clone());
        let row_of: BTreeMap<String, RowId> = issues.zip(ids).collect();
        let quotes = self.rows.iter_mut().flat_map(|row| row.cells.values_mut());
        for near in quotes.flatten().flat_map(|quote| &mut quote.also_near) {
            near.row = row_of.get(&near.issue).copied().unwrap_or(near.row);
        }
    }

    /// Returns the ids of the rows, in order.
    pub fn row_ids(&self) -> impl ExactSizeIterator<Item = RowId> + use<> {
        (0..self.rows.len()).map(RowId::new)
    }
}

/// A column: a process or an agreement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Column {
    /// The key of its cells; lower-case words joined by hyphens.
    pub id: String,
    /// The name to show.
    pub title: String,
}

/// An agreement that clauses of a table come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SourceAgreement {
    /// The key that names it in clause ids, such as `gge2015`.
    pub key: String,
    /// The name that citations begin with.
    pub name: String,
    /// The process it belongs to.
    pub process: String,
    /// The language of its text.
    pub language: Language,
    /// Further metadata.
    pub metadata: Metadata,
}

impl SourceAgreement {
    /// Returns the agreements of a corpus, in its order.
    pub(crate) fn all_of(corpus: &Corpus) -> Vec<Self> {
        let agreements = corpus.agreements().iter();
        agreements
            .map(|agreement| Self {
                key: agreement.key.clone(),
                name: agreement.name.clone(),
                process: corpus.process(agreement.process).name.clone(),
                language: agreement.language,
                metadata: agreement.metadata.clone(),
            })
            .collect()
    }
}

/// A theme: rows with related subjects.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Theme {
    /// Its name.
    pub name: String,
    /// Its characteristic terms, those of the greatest weight first, as whole words.
    pub terms: Vec<String>,
    /// The number of rows.
    pub n_rows: usize,
    /// The number of distinct processes with a counted clause in one of its rows.
    pub n_processes: usize,
    /// The number of distinct agreements.
    pub n_agreements: usize,
}

/// A row: an issue and its clauses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Row {
    /// The issue's name, made of words as its clauses write them.
    pub issue: String,
    /// Whether a person gave it or it was found by clustering.
    #[serde(default, skip_serializing_if = "Origin::is_found")]
    pub(crate) origin: Origin,
    /// Where its name comes from; `None` in a table of an earlier version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) name_source: Option<NameSource>,
    /// The name of its theme; `None` if rows are not grouped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
    /// Its characteristic terms, those of the greatest weight first, as whole words.
    pub terms: Vec<String>,
    /// The number of distinct processes with a clause in the row that is not weak.
    pub n_processes: usize,
    /// The number of distinct agreements with a clause in the row that is not weak.
    pub n_agreements: usize,
    /// The id of the clause most similar to all others in the row.
    pub medoid: String,
    /// Its stability under resampling; `None` without resampling.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) stability: Option<RowStability>,
    /// The boilerplate that most of its similarity comes from, if there is any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) boilerplate: Option<RowBoilerplate>,
    /// What a person said of the row after reading it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) checked: Option<Checked>,
    /// The filled cells: column id to quotes, in corpus order.
    pub cells: BTreeMap<String, Vec<Quote>>,
}

impl Row {
    /// Returns whether a person gave the issue; otherwise it was found by clustering.
    pub fn is_given(&self) -> bool {
        self.origin == Origin::Given
    }

    /// Returns its quotes, column by column.
    pub fn quotes(&self) -> impl Iterator<Item = &Quote> {
        self.cells.values().flatten()
    }

    /// Returns the number of its clauses that a person checked, one by one.
    pub(crate) fn n_checked(&self) -> usize {
        let settled = |quote: &&Quote| quote.checked.as_ref().is_some_and(Checked::is_settled);
        self.quotes().filter(settled).count()
    }

    /// Returns the ids of its clauses that count, column by column.
    pub(crate) fn counted_ids(&self) -> impl Iterator<Item = &str> {
        let counted = self.quotes().filter(|quote| quote.weak.is_none());
        counted.map(|quote| quote.id.as_str())
    }
}

/// A clause quoted in a cell. The fields of `quoted` can be read directly: `quote.text`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Quote {
    /// The clause and its words.
    #[serde(flatten)]
    pub quoted: Quoted,
    /// Its mean similarity to the row's other clauses.
    pub score: Score,
    /// The mean proportion of resampled runs in which it stays with the others of its row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stability: Option<Score>,
    /// Its silhouette among the rows, in `-1..=1`: below 0 it is more similar to another row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub silhouette: Option<f64>,
    /// Other rows it is similar to, the most similar first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) also_near: Vec<AlsoNear>,
    /// Why it is in a given issue; `None` if clustering or a person put it there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) assigned: Option<Assigned>,
    /// Why it is a weak member, which does not count; `None` for others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) weak: Option<Weakness>,
    /// What a person said of it after reading it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) checked: Option<Checked>,
}

impl Quote {
    /// Returns a clause of a row, of which no more is known than its similarity to the others.
    pub(crate) fn of(corpus: &Corpus, clause: ClauseId, score: Score) -> Self {
        Self {
            quoted: Quoted::of(corpus, clause),
            score,
            stability: None,
            silhouette: None,
            also_near: Vec::new(),
            assigned: None,
            weak: None,
            checked: None,
        }
    }

    /// Returns whether it counts: a weak member of a row does not count.
    pub fn is_counted(&self) -> bool {
        self.weak.is_none()
    }
}

/// Why a clause is in a given issue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Assigned {
    /// Its similarity to the issue: see [`Codebook::assign`](crate::table::Codebook::assign).
    pub(crate) score: Score,
    /// The words it shares with the issue, those of the greatest weight first, as stems, then those of its
    /// heading; empty if neighbors or the other clauses of the issue are the reason.
    #[serde(default)]
    pub(crate) words: Vec<String>,
}

/// A clause that may belong to a given issue, too doubtful to count.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct IssueCandidate {
    /// The clause.
    #[serde(flatten)]
    pub(crate) clause: ClauseRef,
    /// The name of the issue.
    pub(crate) issue: String,
    /// Why it may belong there.
    #[serde(flatten)]
    pub(crate) assigned: Assigned,
}

/// A clause in no row. The fields of `quoted` can be read directly: `alone.text`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Alone {
    /// The clause and its words.
    #[serde(flatten)]
    pub quoted: Quoted,
    /// The id of the column it would be in.
    #[serde(default)]
    pub column: String,
    /// The issue of the row that a preamble clause is about, to be shown beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beside: Option<String>,
    /// Why it stands alone.
    pub reason: String,
    /// Whether it was compared: clauses of kinds that make no rows are only listed.
    #[serde(
        default = "yes",
        rename = "compared",
        skip_serializing_if = "Clone::clone"
    )]
    pub is_compared: bool,
    /// The most similar clause of another process; `None` if it shares no term with any.
    pub(crate) nearest: Option<Nearest>,
    /// What a person said of it after reading it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) checked: Option<Checked>,
}

fn yes() -> bool {
    true
}

/// The nearest neighbor of a clause that stands alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Nearest {
    /// The neighbor.
    #[serde(flatten)]
    pub(crate) clause: ClauseRef,
    /// How similar it is.
    pub(crate) score: Score,
}

impl Deref for Quote {
    type Target = Quoted;

    fn deref(&self) -> &Quoted {
        &self.quoted
    }
}

impl Deref for Alone {
    type Target = Quoted;

    fn deref(&self) -> &Quoted {
        &self.quoted
    }
}
