//! Files that earlier programs wrote are still read, and mean the same.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::common::programs::consonance;

fn old(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/old")
        .join(name)
}

/// A clause of a table in long form: its issue, and the value of a column.
fn assigned(csv: &[u8], column: &str) -> Vec<[String; 2]> {
    let mut reader = csv::Reader::from_reader(csv);
    let rows = reader.deserialize::<BTreeMap<String, String>>();
    let mut assigned: Vec<[String; 2]> = rows
        .map(Result::unwrap)
        .map(|row| ["issue", column].map(|column| row[column].clone()))
        .collect();
    assigned.sort();
    assigned
}

/// The name that the earlier program made for the one row that no person named.
const MADE_NAME: &str = "Flood without delay, warn their neighbors, stop the crossing";

/// Runs `converge` and checks that each clause is where the earlier program put it. A row that no person named has
/// another name now.
#[track_caller]
fn check_table(arguments: &[&Path], column: &str) {
    let mut command = consonance("table");
    let output = command
        .args(arguments)
        .args(["--format", "tidy"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
    let expected = assigned(&fs::read(old("clauses.csv")).unwrap(), column);
    assert_eq!(expected.len(), 17);
    let known: BTreeSet<&String> = expected.iter().map(|[issue, _]| issue).collect();
    let mut found = assigned(&output.stdout, column);
    for [issue, _] in &mut found {
        if !known.contains(issue) {
            MADE_NAME.clone_into(issue);
        }
    }
    found.sort();
    assert_eq!(found, expected, "{arguments:?}: {said}");
}

#[test]
fn corrections_of_every_kind_hold() {
    let kinds = [
        "rename", "split", "move", "merge", "pin", "not-same", "alone",
    ];
    let text = fs::read_to_string(old("corrections.toml")).unwrap();
    for kind in kinds {
        assert!(text.contains(&format!("action = \"{kind}\"")), "{kind}");
    }
    let arguments = [
        &old("agreements.jsonl"),
        Path::new("--ledger"),
        &old("corrections.toml"),
    ];
    check_table(&arguments, "id");
}

#[test]
fn tables_in_every_form_are_those_they_were() {
    for name in [
        "table.docx",
        "table.xlsx",
        "table.json",
        "clauses.csv",
        "matrix.csv",
    ] {
        let table = [Path::new("--from-table"), &old(name)];
        check_table(&table, "text");
        check_table(&[&table[..], &[&old("agreements.jsonl")]].concat(), "id");
    }
}

#[test]
fn an_index_is_refused_with_what_makes_it_anew_and_then_answers_as_it_did() {
    let folder = tempfile::tempdir().unwrap();
    for inner in ["", "g1"] {
        fs::create_dir_all(folder.path().join(inner)).unwrap();
        for entry in fs::read_dir(old("index").join(inner)).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_file() {
                let copy = folder.path().join(inner).join(entry.file_name());
                fs::copy(entry.path(), copy).unwrap();
            }
        }
    }
    let search = |texts: Option<&Path>| {
        let mut command = consonance("search");
        command.arg("--index").arg(folder.path());
        if let Some(texts) = texts {
            command.arg("--corpus").arg(texts);
        }
        command.args(["--json", "flood"]).output().unwrap()
    };
    let refused = search(None);
    assert_eq!(refused.status.code(), Some(1));
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(said.contains("give the texts with --corpus"), "{said}");

    let made = search(Some(&old("agreements.jsonl")));
    assert!(made.status.success());
    let expected = fs::read_to_string(old("hits.json")).unwrap();
    assert_eq!(String::from_utf8(made.stdout).unwrap(), expected);
}
