//! [`HtmlParams`]: how the page is made.

use crate::setters::setters;

/// How the page is made; the default needs no tuning.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct HtmlParams {
    /// The title of the page.
    pub title: String,
    /// The most clauses quoted in rows, 20,000 by default; rows that would exceed this are left out,
    /// and the page says so.
    pub max_clauses: usize,
    /// The most quoted clauses in no row, 20,000 by default.
    pub max_alone: usize,
    /// The most characters of a clause that are shown, 20,000 by default; the page says what is cut.
    pub max_chars: usize,
}

impl HtmlParams {
    setters! {
        title: impl Into<String>,
        max_clauses: usize,
        max_alone: usize,
        max_chars: usize,
    }
}

impl Default for HtmlParams {
    fn default() -> Self {
        Self {
            title: "Convergence table".to_owned(),
            max_clauses: 20_000,
            max_alone: 20_000,
            max_chars: 20_000,
        }
    }
}
