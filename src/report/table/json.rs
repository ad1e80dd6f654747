//! [`from_json`]: the table read back from its JSON form.

use serde::Deserialize;

use crate::error::{Error, ErrorKind, Result};
use crate::table::ConvergenceTable;

/// The name and version of the JSON form of a [`ConvergenceTable`].
///
#[doc = include_str!("../schema.md")]
pub const SCHEMA: &str = "consonance.table/1";

/// Returns the table that [`to_json`](crate::report::to_json) wrote; fields it does not know are passed over.
///
/// # Errors
///
/// [`ErrorKind::Format`] if the text is not JSON, has another schema than [`SCHEMA`] or lacks a part.
pub fn from_json(json: &str) -> Result<ConvergenceTable> {
    /// What has to be right before the rest is worth reading.
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
    serde_json::from_str(json).map_err(not_a_table)
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
