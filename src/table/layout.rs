//! [`LayoutParams`]: the columns of a table, and the selection and order of its rows.

use serde::{Deserialize, Serialize};

use crate::setters::setters;

/// How a table is laid out, whatever its issues come from.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::table::{ColumnKind, ConvergeParams, LayoutParams, converge};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let layout = LayoutParams::default().columns(ColumnKind::Agreement).min_processes(3);
/// let params = ConvergeParams::default().n_resamples(0).layout(layout);
/// let table = converge(&corpus, &params)?;
/// assert_eq!(table.columns.len(), 26, "a column an agreement");
/// assert!(table.rows.iter().all(|row| row.n_processes >= 3));
/// # Ok::<(), consonance::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LayoutParams {
    /// What each column is.
    pub columns: ColumnKind,
    /// What the rows are ordered by.
    pub counting: Counting,
    /// Rows with fewer processes are not shown: their clauses stand alone. 1 by default.
    pub min_processes: usize,
    /// The most themes that rows are grouped under; 0 for none. By default none up to 24 rows, then one for
    /// three rows, at most 12; none for issues of a codebook.
    pub n_themes: Option<usize>,
}

impl Default for LayoutParams {
    fn default() -> Self {
        Self {
            columns: ColumnKind::default(),
            counting: Counting::default(),
            min_processes: 1,
            n_themes: None,
        }
    }
}

impl LayoutParams {
    setters! {
        columns: ColumnKind,
        counting: Counting,
        min_processes: usize,
        n_themes: impl Into<Option<usize>>,
    }
}

/// What each column of a table is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ColumnKind {
    /// A process. The default.
    #[default]
    Process,
    /// An agreement.
    Agreement,
}

/// What the rows are ordered by; ties by processes, stability, agreements, then name. Weak members do not
/// count, and rows that boilerplate makes come last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Counting {
    /// Distinct processes: a long text cannot converge with itself. The default.
    #[default]
    Processes,
    /// Distinct agreements: a process that repeats an issue in several texts counts more.
    Agreements,
    /// Clauses.
    Clauses,
}
