//! [`to_json`]: a table or a finding as complete data for programs.

use serde::Serialize;

/// Returns a table or a finding as indented JSON that ends in a line break: its fields as the type
/// documents them, in a fixed order.
///
/// # Panics
///
/// Panics if the value has no JSON form; the table and all findings of this crate have one.
///
/// # Examples
///
/// ```
/// use std::collections::BTreeMap;
/// use consonance::report::to_json;
///
/// let counts = BTreeMap::from([("obligation", 15)]);
/// assert_eq!(to_json(&counts).trim_end(), "{\n  \"obligation\": 15\n}");
/// ```
pub fn to_json(value: &impl Serialize) -> String {
    let mut json = serde_json::to_string_pretty(value)
        .expect("texts, counts and finite numbers have a JSON form");
    json.push('\n');
    json
}
