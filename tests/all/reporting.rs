//! The table as Markdown, CSV and JSON.

use consonance::report::{from_json, to_json};

#[test]
fn json_comes_back_the_same() {
    let table = from_json(include_str!("../data/report/table.json")).unwrap();
    assert_eq!(from_json(&to_json(&table)).unwrap(), table);
}
