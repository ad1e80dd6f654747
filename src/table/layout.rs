//! [`LayoutParams`]: what a table's columns are, and which rows it shows in which order.

use serde::{Deserialize, Serialize};

use crate::setters::setters;

/// How a table is laid out, whatever its issues come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LayoutParams {
    /// What the columns are.
    pub columns: ColumnKind,
    /// What the order of the rows counts.
    pub counting: Counting,
    /// Rows of fewer processes are not shown as rows: their clauses stand alone. 1 by default.
    pub min_processes: usize,
}

impl Default for LayoutParams {
    fn default() -> Self {
        Self {
            columns: ColumnKind::default(),
            counting: Counting::default(),
            min_processes: 1,
        }
    }
}

impl LayoutParams {
    setters! {
        columns: ColumnKind,
        counting: Counting,
        min_processes: usize,
    }
}

/// What the columns of a table are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ColumnKind {
    /// One column a process. The default.
    #[default]
    Process,
    /// One column an agreement.
    Agreement,
}

/// What is counted to order the rows; ties go by processes, agreements, then name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Counting {
    /// Distinct processes: a long-winded text cannot converge with itself. The default.
    #[default]
    Processes,
    /// Distinct agreements: a process that says it in many texts counts more.
    Agreements,
    /// Clauses.
    Clauses,
}
