//! [`from_json`]: the table read back from its JSON form.

use serde::Deserialize;

use crate::error::{Error, ErrorKind, Result};
use crate::table::{ConvergenceTable, SCHEMA};

/// Returns the table that [`to_json`](crate::report::to_json) wrote; its gaps and forces, and unknown
/// fields, are ignored.
///
/// # Errors
///
/// [`ErrorKind::Format`] if the text is not JSON, has another schema than `consonance.table/1` or lacks a part.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::report::{from_json, to_json};
/// use consonance::table::{ConvergeParams, converge};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let table = converge(&corpus, &ConvergeParams::default().n_resamples(0))?;
/// assert_eq!(from_json(&to_json(&table))?, table);
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn from_json(json: &str) -> Result<ConvergenceTable> {
    /// What is checked before the rest is read.
    #[derive(Deserialize)]
    struct Head {
        schema: Option<String>,
    }
    let head: Head = serde_json::from_str(json).map_err(not_a_table)?;
    if head.schema.as_deref() != Some(SCHEMA) {
        let found = head.schema.unwrap_or_else(|| "none".to_owned());
        let message = format!("the schema is `{found}`, where `{SCHEMA}` is understood");
        return Err(Error::new(ErrorKind::Format, message));
    }
    let mut table: ConvergenceTable = serde_json::from_str(json).map_err(not_a_table)?;
    table.link_rows();
    Ok(table)
}

fn not_a_table(error: serde_json::Error) -> Error {
    let line = error.line();
    Error::new(
        ErrorKind::Format,
        "the text is not a convergence table in JSON",
    )
    .at_line(line)
    .caused_by(error)
}
