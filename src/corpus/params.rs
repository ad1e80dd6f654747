//! [`LoadParams`]: how texts are read and segmented into the clauses of a corpus.

use crate::clause::Granularity;
use crate::read::ReadLimits;
use crate::setters::setters;

/// How texts are read and segmented into the clauses of a corpus; the default fits most uses.
///
/// # Examples
///
/// ```
/// use consonance::clause::Granularity;
/// use consonance::corpus::{Corpus, LoadParams};
///
/// let n_clauses = |grain| -> consonance::Result<usize> {
///     let params = LoadParams::default().grain(grain);
///     Ok(Corpus::load(&["corpus".into()], &params)?.clauses().len())
/// };
/// assert_eq!(n_clauses(Granularity::Item)?, 93);
/// assert_eq!(n_clauses(Granularity::Article)?, 86, "larger parts are fewer");
/// # Ok::<(), consonance::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LoadParams {
    /// How much one file may contain.
    pub limits: ReadLimits,
    /// How finely texts are segmented; by default into the smallest provisions.
    pub grain: Granularity,
    /// The most clauses of a corpus; 5,000,000.
    pub max_clauses: usize,
    /// The most bytes of a clause; 1 MiB. A longer one is split into several, which is reported.
    pub max_clause_bytes: usize,
}

impl Default for LoadParams {
    fn default() -> Self {
        Self {
            limits: ReadLimits::default(),
            grain: Granularity::default(),
            max_clauses: 5_000_000,
            max_clause_bytes: 1 << 20,
        }
    }
}

impl LoadParams {
    setters! {
        limits: ReadLimits,
        grain: Granularity,
        max_clauses: usize,
        max_clause_bytes: usize,
    }
}
