//! The record of a run, and what `verify` finds to differ.

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::common::programs::consonance;

const CODEBOOK: &str = "[[issue]]\nname = \"Bells\"\nwords = [\"bell\"]\n";

/// Runs a subcommand in a folder.
fn run(folder: &Path, arguments: &[&str]) -> Output {
    let (subcommand, rest) = arguments.split_first().unwrap();
    consonance(subcommand)
        .args(rest)
        .current_dir(folder)
        .output()
        .unwrap()
}

/// Returns a folder in which a table was made and recorded.
fn recorded() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let texts = folder.path().join("texts");
    fs::create_dir(&texts).unwrap();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/programs/clauses.jsonl");
    fs::copy(data, texts.join("clauses.jsonl")).unwrap();
    fs::write(
        texts.join("code.txt"),
        "1. Members shall ring a bell.\n2. Members shall keep a log.\n",
    )
    .unwrap();
    fs::write(texts.join("corpus.toml"), "name = \"Bells and logs\"\n").unwrap();
    fs::write(folder.path().join("issues.toml"), CODEBOOK).unwrap();
    let made = run(
        folder.path(),
        &[
            "table",
            "texts",
            "--issues",
            "issues.toml",
            "--output",
            "table.csv",
            "--record",
            "run.json",
        ],
    );
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    folder
}

#[track_caller]
fn check(folder: &Path, arguments: &[&str], status: i32, told: &str) {
    let output = run(folder, arguments);
    let shown = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(status), "{shown}");
    assert!(shown.contains(told), "{shown}");
}

#[test]
fn verify_finds_what_differs_from_a_record() {
    let folder = recorded();
    let folder = folder.path();
    let verify = ["verify", "run.json"];
    check(folder, &verify, 0, "Nothing differs");

    // One byte of an input, of the manifest, of the codebook, of what was written.
    let cases = [
        ("texts/code.txt", "input code.txt: changed"),
        ("texts/corpus.toml", "input corpus.toml: changed"),
        ("issues.toml", "issues issues.toml: changed"),
        ("table.csv", "output table.csv: changed"),
    ];
    for (file, told) in cases {
        let path = folder.join(file);
        let kept = fs::read(&path).unwrap();
        fs::write(&path, [&kept[..], b"\n"].concat()).unwrap();
        check(folder, &verify, 1, &format!("{told}\n1 difference\n"));
        fs::write(&path, kept).unwrap();
    }

    // A file that is missing, and a new one.
    let code = folder.join("texts/code.txt");
    let kept = fs::read(&code).unwrap();
    fs::remove_file(&code).unwrap();
    check(folder, &verify, 1, "input code.txt: missing");
    fs::write(&code, kept).unwrap();
    let new = folder.join("texts/new.txt");
    fs::write(&new, "1. Keep the well clean.\n").unwrap();
    check(folder, &verify, 1, "input new.txt: not in the record");
    fs::remove_file(new).unwrap();

    // Another version of the program, and another value of an option that was not given.
    let record = fs::read_to_string(folder.join("run.json")).unwrap();
    let mut other: serde_json::Value = serde_json::from_str(&record).unwrap();
    assert_eq!(other["schema"], "consonance.record/1");
    other["version"] = "0.0.1".into();
    other["options"]["seed"] = vec!["2"].into();
    fs::write(folder.join("other.json"), other.to_string()).unwrap();
    let other = ["verify", "other.json"];
    check(
        folder,
        &other,
        1,
        "option seed: `1` here, `2` in the record",
    );
    check(folder, &other, 1, "0.0.1 in the record\n");

    // The texts are elsewhere; the record is none.
    fs::rename(folder.join("texts"), folder.join("moved")).unwrap();
    check(folder, &verify, 1, "inputs: ");
    check(
        folder,
        &["verify", "run.json", "moved"],
        0,
        "Nothing differs",
    );
    check(
        folder,
        &["verify", "issues.toml"],
        2,
        "is no record of a run",
    );
}

#[test]
fn a_finding_on_the_bundled_corpus_is_recorded_and_no_input_is_overwritten() {
    let folder = recorded();
    let folder = folder.path();
    let made = run(
        folder,
        &["co-mention", "--format", "csv", "--record", "found.json"],
    );
    assert!(made.status.success());
    check(folder, &["verify", "found.json"], 0, "27 inputs");
    let refused = ["table", "texts", "--record", "texts/code.txt"];
    check(folder, &refused, 1, "is an input of this run");
}

#[test]
fn rows_go_out_as_a_codebook_of_coding_software_and_come_back() {
    let folder = recorded();
    let folder = folder.path();
    let rows = |arguments: &[&str]| {
        let output = run(folder, arguments);
        let table: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let rows = table["rows"].as_array().unwrap().iter();
        let ids = rows.map(|row| {
            let quotes = row["cells"].as_object().unwrap().values();
            let quotes = quotes.flat_map(|quotes| quotes.as_array().unwrap());
            let counted = quotes.filter(|quote| quote.get("weak").is_none());
            let mut ids: Vec<String> = counted.map(|quote| quote["id"].to_string()).collect();
            ids.sort();
            (row["issue"].to_string(), ids)
        });
        ids.collect::<std::collections::BTreeMap<_, _>>()
    };
    let written = run(folder, &["table", "texts", "--output", "codes.qdc"]);
    assert!(written.status.success());
    let found = rows(&["table", "texts", "--format", "json"]);
    let again = rows(&[
        "table",
        "texts",
        "--issues",
        "codes.qdc",
        "--only-issues",
        "--format",
        "json",
    ]);
    for (issue, ids) in &found {
        let held = &again[issue];
        assert!(
            ids.iter().all(|id| held.contains(id)),
            "{issue}: {ids:?} {held:?}"
        );
    }
}
