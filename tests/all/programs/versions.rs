//! `consonance versions`, run as a user runs it.

use std::fs;
use std::process::Output;

use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use crate::common::programs::consonance;

const ZERO: &str = "\
1. Members shall keep a light burning on every pier of their harbors.

2. Each harbor master should publish the charts of the coast in spring.

3. Pilots may rest for one hour between two voyages across the lagoon.
";
const FIRST: &str = "\
1. Members should keep a light burning on every pier of their harbors.

2. No toll is due from fishing boats that return before the evening.

3. Each harbor master should publish the charts of the coast in spring.
";

/// A folder with versions of a text.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let adopted = FIRST.replace("should keep", "may keep");
    for (name, text) in [
        ("zero.txt", ZERO),
        ("rev1.txt", FIRST),
        ("adopted.txt", &adopted),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn run(folder: &tempfile::TempDir, arguments: &[&str]) -> Output {
    consonance("versions")
        .current_dir(folder.path())
        .args(arguments)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn versions_are_told_in_80_columns() {
    let output = run(&folder(), &["zero.txt", "rev1.txt"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let shown = text(&output.stdout);
    for expected in [
        "3 clauses before, 3 after: 1 kept, 1 changed, 1 new, 1 dropped; 1 binds less, 1",
        "Kept under a new number: 2 → 3.",
        "1 changed, binds less: Members [-shall-] {+should+} keep",
        "“shall” became “should”",
        "2 new: {+No toll is due",
        "3 dropped: [-Pilots may rest",
    ] {
        assert!(shown.contains(expected), "{expected}\n{shown}");
    }
    assert!(shown.lines().all(|line| line.width() <= 80), "{shown}");
}

#[test]
fn each_form_is_written_by_the_ending_of_its_file() {
    let folder = folder();
    for (name, begins) in [
        ("changes.md", "# Versions: zero.txt, rev1.txt"),
        ("changes.csv", "from,to,fate,"),
        ("changes.json", "{\n"),
        ("changes.html", "<!doctype html>"),
        ("changes.docx", "PK"),
    ] {
        let output = run(&folder, &["zero.txt", "rev1.txt", "--output", name]);
        assert_eq!(
            output.status.code(),
            Some(0),
            "{name}: {}",
            text(&output.stderr)
        );
        assert!(output.stdout.is_empty());
        let bytes = fs::read(folder.path().join(name)).unwrap();
        assert!(bytes.starts_with(begins.as_bytes()), "{name}");
    }
}

#[test]
fn a_chain_is_told_over_all_versions_and_is_no_word_document() {
    let folder = folder();
    let output = run(&folder, &["zero.txt", "rev1.txt", "adopted.txt"]);
    let shown = text(&output.stdout);
    assert!(
        shown.contains("OVER ALL VERSIONS") && shown.contains("2 changes"),
        "{shown}"
    );
    let arguments = [
        "zero.txt",
        "rev1.txt",
        "adopted.txt",
        "--output",
        "redline.docx",
    ];
    let output = run(&folder, &arguments);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("of two versions, not of 3"));
}

#[test]
fn who_has_dropped_words_is_told() {
    let folder = folder();
    let others = folder.path().join("others");
    fs::create_dir(&others).unwrap();
    let words = "1. In winter pilots may rest for one hour between two voyages, as before.\n\n2. Bakers ring a bell.\n";
    fs::write(others.join("guild.txt"), words).unwrap();
    let output = run(&folder, &["zero.txt", "rev1.txt", "--corpus", "others"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let shown = text(&output.stdout);
    assert!(shown.contains("DROPPED, AND WHO HAS IT"), "{shown}");
    assert!(
        shown.contains("9 words: “pilots may rest for one hour between two voyages”"),
        "{shown}"
    );
}

#[test]
fn a_text_of_a_file_that_holds_several_is_chosen_by_its_key() {
    let folder = folder();
    let line = |key: &str, verb: &str| {
        format!(
            "{{\"agreement\": \"{key}\", \"clause\": \"1\", \"text\": \"Members {verb} keep a light on every pier.\"}}\n"
        )
    };
    let lines = line("rev1", "shall") + &line("rev2", "may");
    fs::write(folder.path().join("all.jsonl"), lines).unwrap();
    let output = run(&folder, &["all.jsonl#rev1", "all.jsonl#rev2", "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["schema"], "consonance.versions/1");
    assert_eq!(found["names"], serde_json::json!(["rev1", "rev2"]));
    assert_eq!(
        found["steps"][0]["changes"][0]["binding"]["verdict"],
        "weaker"
    );
    for (arguments, expected) in [
        (["all.jsonl", "zero.txt"], "holds several texts: choose one"),
        (
            ["all.jsonl#rev3", "zero.txt"],
            "has no text `rev3`: it has rev1, rev2",
        ),
    ] {
        let output = run(&folder, &arguments);
        assert_eq!(output.status.code(), Some(1));
        assert!(
            text(&output.stderr).contains(expected),
            "{}",
            text(&output.stderr)
        );
    }
}

#[test]
fn the_clauses_of_a_row_are_versions_of_each_other() {
    let output = run(&folder(), &["--row", "Respecting Human Rights Online"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let shown = text(&output.stdout);
    assert!(
        shown.contains("VERSIONS: ") && shown.contains(" 1 after: 1 changed"),
        "{shown}"
    );
    assert!(shown.lines().all(|line| line.width() <= 80), "{shown}");
}

#[test]
fn wrong_usage_and_inputs_as_outputs_are_refused() {
    let folder = folder();
    assert_eq!(run(&folder, &[]).status.code(), Some(2));
    let output = run(&folder, &["zero.txt"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("name two or more"));
    let output = run(&folder, &["zero.txt", "rev1.txt", "--clusters", "3"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("add --row ROW"));
    let output = run(
        &folder,
        &[
            "zero.txt", "rev1.txt", "--format", "csv", "--output", "zero.txt",
        ],
    );
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("is an input of this run"));
    assert_eq!(
        fs::read_to_string(folder.path().join("zero.txt")).unwrap(),
        ZERO
    );
}

/// The goals of the simulation on real texts.
mod needs_shared {
    use crate::common::written::{Totals, figure};

    #[test]
    #[ignore = "needs ../shared"]
    fn edits_of_real_texts_are_told_right() {
        let Totals { shown, lines } = Totals::of_simulation("versions");
        assert_eq!(lines.len(), 4, "{shown}");
        for line in &lines {
            assert!(figure(line, 3) >= 300.0, "{line}");
            assert!(
                figure(line, 4) >= 0.97 && figure(line, 5) >= 0.95,
                "{shown}"
            );
        }
    }
}
