//! [`to_json`] and [`from_json`]: the table as data, whole and for programs.

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::table::ConvergenceTable;

/// The name and version of the JSON form.
///
#[doc = include_str!("schema.md")]
pub const SCHEMA: &str = "consonance.table/1";

/// Returns the table as indented JSON that ends in a line break; the order of everything is fixed.
///
/// Its fields are those of [`ConvergenceTable`]; [`SCHEMA`] lists them.
///
/// # Panics
///
/// Never: a table holds texts, counts and finite numbers, and these all have a JSON form.
pub fn to_json(table: &ConvergenceTable) -> String {
    finding_to_json(table)
}

/// Returns any finding as indented JSON that ends in a line break: its fields as the type documents
/// them, in a fixed order.
///
/// # Panics
///
/// Panics if the value has no JSON form; the findings of this crate all have one.
pub fn finding_to_json(finding: &impl Serialize) -> String {
    let mut json = serde_json::to_string_pretty(finding)
        .expect("texts, counts and finite numbers have a JSON form");
    json.push('\n');
    json
}

/// Returns the table that [`to_json`] wrote; fields it does not know are passed over.
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
