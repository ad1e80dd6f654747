//! [`Codebook::of_table`]: the rows of a table as given issues.

use crate::error::Result;
use crate::table::codebook::given::{Codebook, GivenIssue};
use crate::table::convergence_table::{ConvergenceTable, Row};

impl Codebook {
    /// Returns the codebook of the rows of a table, each with the clauses that count in it: for other programs, or to
    /// make the same rows again.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Parameter`](crate::error::ErrorKind::Parameter) as [`Codebook::new`].
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::corpus::{Corpus, LoadParams};
    /// use consonance::table::{Codebook, ConvergeParams, converge};
    ///
    /// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
    /// let table = converge(&corpus, &ConvergeParams::default().n_resamples(0))?;
    /// let codebook = Codebook::of_table(&table)?;
    /// assert_eq!(codebook.issues[0].name, table.rows[0].issue);
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn of_table(table: &ConvergenceTable) -> Result<Self> {
        Self::new(table.rows.iter().map(issue_of).collect())
    }
}

fn issue_of(row: &Row) -> GivenIssue {
    GivenIssue {
        clauses: row.counted_ids().map(str::to_owned).collect(),
        ..GivenIssue::new(&row.issue)
    }
}
