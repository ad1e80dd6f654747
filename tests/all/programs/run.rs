//! The program, run as a user runs them.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use consonance::report::from_json;
use unicode_width::UnicodeWidthStr;

use crate::common::programs::consonance;

fn run_table(arguments: &[&str]) -> Output {
    consonance("table").args(arguments).output().unwrap()
}

fn data(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/programs")
        .join(name);
    path.to_str().unwrap().to_owned()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[track_caller]
fn check_status(output: &Output, expected: i32) {
    assert_eq!(
        output.status.code(),
        Some(expected),
        "stdout: {}\nstderr: {}",
        text(&output.stdout),
        text(&output.stderr)
    );
}

#[track_caller]
fn check_fits(output: &Output, width: usize) {
    for line in text(&output.stdout).lines() {
        assert!(line.width() <= width, "{} columns: {line}", line.width());
        assert!(
            !line.contains('\u{1b}'),
            "no color where there is no terminal: {line}"
        );
    }
}

/// A folder with a good file and one that is no text at all.
fn folder_with_a_bad_file() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(data("clauses.jsonl"), folder.path().join("good.jsonl")).unwrap();
    fs::write(folder.path().join("bad.jsonl"), "{\"text\": \"cut off").unwrap();
    folder
}

fn file_in(folder: &tempfile::TempDir, name: &str) -> (PathBuf, String) {
    let path = folder.path().join(name);
    let name = path.to_str().unwrap().to_owned();
    (path, name)
}

#[test]
fn table_prints_the_bundled_corpus_in_80_columns() {
    let output = run_table(&[]);
    check_status(&output, 0);
    assert!(text(&output.stdout).contains("HUMAN RIGHTS ONLINE"));
    check_fits(&output, 80);
}

#[test]
fn force_and_draft_print_the_bundled_corpus_in_80_columns() {
    for (program, expected) in [("force", "OBLIGATION ("), ("draft", "NOVELTY 1.00")] {
        let output = consonance(program).output().unwrap();
        check_status(&output, 0);
        assert!(text(&output.stdout).contains(expected), "{program}");
        check_fits(&output, 80);
    }
}

#[test]
fn draft_takes_a_text_of_ones_own_and_refuses_several() {
    let folder = tempfile::tempdir().unwrap();
    let (path, name) = file_in(&folder, "mine.txt");
    fs::write(
        path,
        "1. Bakers shall ring the bell.\n\n2. Ferries may wait.\n",
    )
    .unwrap();
    let output = consonance("draft")
        .args([&name, &data("clauses.jsonl"), "--json"])
        .output()
        .unwrap();
    check_status(&output, 0);
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["schema"], "consonance.draft/1");
    assert_eq!(found["clauses"][0]["force"]["class"], "obligation");
    let several = consonance("draft")
        .arg(data("clauses.jsonl"))
        .output()
        .unwrap();
    check_status(&several, 1);
    assert!(text(&several.stderr).contains("a draft is one text"));
}

#[test]
fn a_draft_that_repeats_an_agreement_has_it_as_its_precedent() {
    let folder = tempfile::tempdir().unwrap();
    let words = "Tide Pact\n\nArticle 1\nThe Parties shall keep the lights of harbors burning.\n\n\
                 Article 2\nThe Parties shall share the charts of their coasts.\n\n\
                 Article 3\nThe Parties shall not attack the lights of others.\n";
    let pacts = folder.path().join("pacts");
    fs::create_dir(&pacts).unwrap();
    fs::write(pacts.join("tide.txt"), words).unwrap();
    for draft in ["a.txt", "z.txt"] {
        let (path, name) = file_in(&folder, draft);
        fs::write(path, words).unwrap();
        let output = consonance("draft")
            .args([&name, pacts.to_str().unwrap(), "--json"])
            .output()
            .unwrap();
        check_status(&output, 0);
        let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        for clause in found["clauses"].as_array().unwrap() {
            assert_eq!(clause["novelty"], 0.0, "{draft}: {clause}");
        }
    }
}

#[test]
fn table_tells_strengths_when_asked() {
    let output = run_table(&[&data("clauses.jsonl"), "--force"]);
    check_status(&output, 0);
    assert!(text(&output.stdout).contains("strength"));
    check_fits(&output, 80);
}

#[test]
fn table_prints_a_table_of_the_width_asked_for() {
    for width in [60, 80, 150] {
        let output = run_table(&[&data("clauses.jsonl"), "--width", &width.to_string()]);
        check_status(&output, 0);
        check_fits(&output, width);
    }
}

#[test]
fn table_prints_json_that_is_a_table() {
    let output = run_table(&[&data("clauses.jsonl"), "--format", "json"]);
    check_status(&output, 0);
    let table = from_json(text(&output.stdout)).unwrap();
    assert_eq!(table.columns.len(), 3);
    let in_rows = table
        .rows
        .iter()
        .flat_map(|row| row.cells.values().flatten())
        .count();
    assert_eq!(in_rows + table.alone.len(), 12, "every clause is somewhere");
    assert!(output.stderr.is_empty(), "{}", text(&output.stderr));
}

#[test]
fn table_prints_the_same_bytes_twice_and_on_any_number_of_threads() {
    let run = |threads: &str| {
        run_table(&[
            &data("clauses.jsonl"),
            "--format",
            "json",
            "--threads",
            threads,
        ])
        .stdout
    };
    let first = run("1");
    assert_eq!(run("1"), first);
    assert_eq!(run("3"), first);
}

#[test]
fn table_knows_every_rule_and_column() {
    for rule in ["average-linkage", "spherical-k-means", "k-means", "dbscan"] {
        for columns in ["process", "agreement"] {
            let input = data("clauses.jsonl");
            let output = run_table(&[
                &input,
                "--rule",
                rule,
                "--columns",
                columns,
                "--clusters",
                "5",
            ]);
            check_status(&output, 0);
        }
    }
}

#[test]
fn table_refuses_wrong_usage_with_2() {
    for arguments in [
        &["--format", "xml"][..],
        &["--clusters", "0"],
        &["--clusters", "many"],
        &["--width", "3"],
        &["--no-such-option"],
    ] {
        let output = run_table(arguments);
        check_status(&output, 2);
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn table_fails_with_1_and_names_the_file() {
    let output = run_table(&["no/such/folder"]);
    check_status(&output, 1);
    assert!(
        text(&output.stderr).contains("no/such/folder"),
        "{}",
        text(&output.stderr)
    );
    let output = run_table(&[&data("clauses.jsonl"), "--score", "no/such/coding.jsonl"]);
    check_status(&output, 1);
    assert!(text(&output.stderr).contains("no/such/coding.jsonl"));
    let folder = folder_with_a_bad_file();
    let (_, bad) = file_in(&folder, "bad.jsonl");
    let output = run_table(&[&data("clauses.jsonl"), "--score", &bad]);
    check_status(&output, 1);
    assert!(
        text(&output.stderr).contains("bad.jsonl:1:"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn table_reads_the_good_files_and_ends_with_3_for_the_bad() {
    let folder = folder_with_a_bad_file();
    let (good, bad) = (
        file_in(&folder, "good.jsonl").1,
        file_in(&folder, "bad.jsonl").1,
    );
    let output = run_table(&[&good, &bad, "--format", "json"]);
    check_status(&output, 3);
    assert!(
        text(&output.stderr).contains("bad.jsonl"),
        "{}",
        text(&output.stderr)
    );
    let table = from_json(text(&output.stdout)).unwrap();
    assert_eq!(table.columns.len(), 3);
    let told = table
        .diagnostics
        .iter()
        .filter_map(|diagnostic| diagnostic.file.as_deref());
    assert!(told.into_iter().any(|file| file.ends_with("bad.jsonl")));
}

#[test]
fn table_scores_after_the_table_or_beside_it() {
    let (input, coding) = (data("clauses.jsonl"), data("coding.jsonl"));
    let output = run_table(&[&input, "--score", &coding]);
    check_status(&output, 0);
    let figures = text(&output.stdout)
        .split("Agreement with the coding: ")
        .nth(1)
        .unwrap();
    assert!(figures.starts_with("12 clauses, 6 issues, "), "{figures}");
    for figure in [
        "extended B-cubed",
        "adjusted Rand",
        "V-measure",
        "purity",
        "cells",
    ] {
        assert!(figures.contains(figure), "{figures}");
    }
    check_fits(&output, 80);
    let output = run_table(&[&input, "--score", &coding, "--format", "json"]);
    check_status(&output, 0);
    from_json(text(&output.stdout)).unwrap();
    assert!(text(&output.stderr).contains("extended B-cubed"));
}

#[test]
fn table_writes_a_file_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    for format in ["table", "markdown", "csv", "json"] {
        let (path, name) = file_in(&folder, format);
        let output = run_table(&[
            &data("clauses.jsonl"),
            "--format",
            format,
            "--output",
            &name,
        ]);
        check_status(&output, 0);
        assert!(output.stdout.is_empty());
        assert!(text(&output.stderr).contains(&name));
        let printed = run_table(&[&data("clauses.jsonl"), "--format", format]);
        assert_eq!(fs::read(path).unwrap(), printed.stdout);
    }
}

#[test]
fn table_keeps_corrections_in_a_file_and_heeds_them_later() {
    let folder = tempfile::tempdir().unwrap();
    let corrections = folder.path().join("ledger.toml");
    let corrections = corrections.to_str().unwrap();
    let first = [
        "--ledger",
        corrections,
        "--alone",
        "GGE 13(i)",
        "--author",
        "A. Reader",
        "--format",
        "json",
    ];
    let written = run_table(&first);
    check_status(&written, 0);
    let again = run_table(&["--corrections", corrections, "--format", "json"]);
    check_status(&again, 0);
    assert_eq!(text(&again.stdout), text(&written.stdout));
    let table = consonance::report::from_json(text(&again.stdout)).unwrap();
    assert!(table.alone.iter().any(|alone| alone.id == "gge2015/13(i)"));
    assert!(table.decisions[0].is_applied());
    let row = table.rows[0].issue.as_str();
    let renamed = run_table(&[
        "--ledger",
        corrections,
        "--rename",
        row,
        "--to",
        "First of all",
        "--format",
        "csv",
    ]);
    check_status(&renamed, 0);
    assert!(text(&renamed.stdout).contains("First of all"));
    let entries = std::fs::read_to_string(corrections).unwrap();
    assert_eq!(entries.matches("[[decision]]").count(), 2, "{entries}");
    for (arguments, status, expected) in [
        (
            vec!["--corrections", corrections, "--alone", "GGE 99"],
            1,
            "names no clause",
        ),
        (
            vec!["--corrections", corrections, "--move", "GGE 13(h)"],
            2,
            "--to",
        ),
        (vec!["--alone", "GGE 13(h)"], 2, "--corrections"),
        (
            vec!["--ledger", "no such file.toml"],
            1,
            "no such file.toml",
        ),
    ] {
        let output = run_table(&arguments);
        check_status(&output, status);
        let told = text(&output.stderr);
        assert!(told.contains(expected), "{arguments:?}: {told}");
    }
    assert_eq!(std::fs::read_to_string(corrections).unwrap(), entries);
}

#[test]
fn table_arranges_clauses_under_given_issues_or_a_process() {
    let norms = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/norms.toml");
    let output = run_table(&["--issues", norms, "--width", "100"]);
    check_status(&output, 0);
    check_fits(&output, 100);
    assert!(text(&output.stdout).contains("Hands off emergency response teams"));
    let output = run_table(&["--spine", "Paris Call", "--format", "json"]);
    check_status(&output, 0);
    let table = consonance::report::from_json(text(&output.stdout)).unwrap();
    assert!(
        table
            .rows
            .iter()
            .any(|row| row.issue.starts_with("Paris Call"))
    );
    let output = run_table(&["--spine", "No such process"]);
    check_status(&output, 1);
    assert!(text(&output.stderr).contains("is not one process"));
}

#[test]
fn only_issues_makes_no_other_rows_and_lists_candidates() {
    let norms = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/norms.toml");
    let output = run_table(&["--issues", norms, "--only-issues", "--format", "json"]);
    check_status(&output, 0);
    let table = consonance::report::from_json(text(&output.stdout)).unwrap();
    assert_eq!(table.rows.len(), 11);
    assert!(table.rows.iter().all(consonance::table::Row::is_given));
    let reason = "it is in none of the given issues";
    let compared = table.alone.iter().filter(|alone| alone.is_compared);
    assert!(compared.clone().count() > 0);
    assert!(compared.clone().all(|alone| alone.reason == reason));
    let output = run_table(&["--issues", norms, "--only-issues", "--width", "80"]);
    check_status(&output, 0);
    check_fits(&output, 80);
    assert!(text(&output.stdout).contains("CANDIDATES, NOT COUNTED"));
    let output = run_table(&["--only-issues"]);
    check_status(&output, 1);
    assert!(text(&output.stderr).contains("--only-issues needs --issues or --reference"));
}

#[test]
fn table_ends_quietly_when_nobody_reads_on() {
    let mut child = consonance("table")
        .args([&data("clauses.jsonl"), "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut told = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut told)
        .unwrap();
    assert_eq!((child.wait().unwrap().code(), told.as_str()), (Some(0), ""));
}

#[test]
fn table_draws_one_picture_and_says_what_there_is_not() {
    let view = ["--format", "svg", "--view"];
    let output = run_table(&[&view[..], &["coverage", "--size", "column"]].concat());
    check_status(&output, 0);
    assert!(text(&output.stdout).starts_with("<svg xmlns"));
    check_status(&run_table(&view[..2]), 2);
    let folder = tempfile::TempDir::new().unwrap();
    let one = folder.path().join("one.jsonl");
    std::fs::write(
        &one,
        r#"{"text": "Lamps burn all night.", "agreement": "a"}"#,
    )
    .unwrap();
    let output = run_table(&[&[one.to_str().unwrap()], &view[..], &["network"]].concat());
    check_status(&output, 1);
    assert!(text(&output.stderr).contains("there is nothing to draw: no two dated agreements"));
}

#[test]
fn table_explains_itself() {
    let output = run_table(&["--help"]);
    check_status(&output, 0);
    for word in ["Examples:", "--score", "Exit status", "spherical-k-means"] {
        assert!(text(&output.stdout).contains(word), "{word}");
    }
}

#[test]
fn table_cuts_texts_as_finely_as_asked() {
    let folder = tempfile::TempDir::new().unwrap();
    let code = "Article 1\n\n1. Members shall keep lights.\n\n2. Members shall save lives.\n\n\
                Article 2\n\nMembers shall train pilots.\n";
    std::fs::write(folder.path().join("a.txt"), code).unwrap();
    std::fs::write(folder.path().join("b.txt"), code).unwrap();
    for (grain, label) in [("article", "Article 1"), ("paragraph", "Article 1(1)")] {
        let path = folder.path().to_str().unwrap();
        let output = run_table(&[path, "--grain", grain, "--format", "json"]);
        check_status(&output, 0);
        let citation = format!("a {label}\"");
        assert!(text(&output.stdout).contains(&citation), "{grain}");
    }
}

#[test]
fn segment_names_the_kind_by_content_and_reads_what_it_can() {
    let folder = tempfile::TempDir::new().unwrap();
    let files: [(&str, &[u8], &str); 5] = [
        (
            "page.txt",
            b"<!doctype html><p>1. Members keep lights.",
            "html",
        ),
        ("code.txt", b"1. Members keep lights.\n", "text"),
        (
            "clauses",
            b"{\"text\": \"Members keep lights.\"}\n",
            "jsonl",
        ),
        ("torn.pdf", b"no such file", "pdf"),
        (
            "table.md",
            b"| Issue | Code | Call |\n|--|--|--|\n| x | No 1: keep | |\n",
            "markdown",
        ),
    ];
    let mut command = consonance("segment");
    for (name, bytes, _) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
        command.arg(folder.path().join(name));
    }
    let output = command.arg("--json").output().unwrap();
    check_status(&output, 3);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    for ((name, _, kind), file) in files.iter().zip(report["files"].as_array().unwrap()) {
        assert_eq!(file["format"], *kind, "{name}");
        let n_clauses = file["clauses"].as_array().unwrap().len();
        assert_eq!(n_clauses, usize::from(*name != "torn.pdf"), "{name}");
    }
    assert_eq!(report["files"][3]["diagnostics"][0]["severity"], "refused");
}

#[test]
fn evaluate_prints_the_figures_of_the_bundled_corpus_and_the_worst_disagreements() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("predictions.json");
    let output = consonance("evaluate")
        .args(["--clusters", "21", "--confusions", "2", "--predictions"])
        .arg(&file)
        .output()
        .unwrap();
    check_status(&output, 0);
    check_fits(&output, 80);
    let printed = text(&output.stdout);
    for expected in [
        "93 clauses, 21 issues",
        "Krippendorff",
        "mean average",
        "worst pairs",
        "coding:",
    ] {
        assert!(printed.contains(expected), "{expected}: {printed}");
    }
    let json: serde_json::Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    assert_eq!(json["clusters"].as_object().unwrap().len(), 93);
    let rankings = json["rankings"].as_object().unwrap();
    assert!(
        rankings
            .values()
            .all(|ranked| ranked.as_array().unwrap().len() == 92)
    );
}

#[test]
fn evaluate_takes_the_coding_and_the_family_from_the_lines_of_the_clauses() {
    let folder = tempfile::tempdir().unwrap();
    let line = |id: &str, agreement: &str, label: &str, words: &str| {
        format!(
            "{{\"id\": \"{id}\", \"agreement\": \"{agreement}\", \"label\": \"{label}\", \
             \"family\": \"{agreement}\", \"text\": \"{words}\"}}\n"
        )
    };
    let clauses = [
        line(
            "1",
            "North",
            "light",
            "The lantern of the harbor shall burn all night.",
        ),
        line(
            "2",
            "South",
            "light",
            "Each harbor shall keep its lantern burning at night.",
        ),
        line(
            "3",
            "North",
            "toll",
            "No ferry shall pay a toll at the bridge.",
        ),
        line(
            "4",
            "South",
            "toll",
            "The toll of the bridge is not paid by a ferry.",
        ),
    ];
    let file = folder.path().join("clauses.jsonl");
    fs::write(&file, clauses.concat()).unwrap();
    let output = consonance("evaluate")
        .arg(&file)
        .args(["--coding", "label", "--other", "family", "--clusters", "2"])
        .output()
        .unwrap();
    check_status(&output, 0);
    let printed = text(&output.stdout);
    assert!(
        printed.contains("extended B-cubed        1.000"),
        "{printed}"
    );
    let without = consonance("evaluate").arg(&file).output().unwrap();
    check_status(&without, 1);
    assert!(
        text(&without.stderr).contains("--coding"),
        "{}",
        text(&without.stderr)
    );
}

#[test]
fn evaluate_ranks_the_collections_that_queries_name() {
    let folder = tempfile::tempdir().unwrap();
    let clauses = concat!(
        "{\"uid\": \"a\", \"text\": \"The lantern of the harbor shall burn all night.\"}\n",
        "{\"uid\": \"b\", \"text\": \"Each harbor shall keep its lantern burning.\"}\n",
        "{\"uid\": \"c\", \"text\": \"No ferry shall pay a toll at the bridge.\"}\n",
    );
    let queries = concat!(
        "{\"kind\": \"clause\", \"collection\": \"c.jsonl\", \"query_id\": \"a\", \"query\": \
         \"The lantern of the harbor\", \"relevant\": [\"b\"], \"ignore\": [\"a\"]}\n",
        "{\"kind\": \"topic\", \"collection\": \"c.jsonl\", \"query_id\": null, \"query\": \
         \"bridge toll\", \"relevant\": [\"c\"], \"ignore\": []}\n",
    );
    fs::write(folder.path().join("c.jsonl"), clauses).unwrap();
    let file = folder.path().join("queries.jsonl");
    fs::write(&file, queries).unwrap();
    let output = consonance("evaluate")
        .arg("--retrieval")
        .arg(&file)
        .output()
        .unwrap();
    check_status(&output, 0);
    check_fits(&output, 80);
    let printed = text(&output.stdout);
    assert_eq!(printed.lines().count(), 8, "{printed}");
    assert!(
        printed.lines().all(|line| line.ends_with("MAP 1.000")),
        "{printed}"
    );
}

/// The subcommands that tell one finding each, and what their output begins with.
const FINDING_PROGRAMS: [(&str, &str); 4] = [
    ("gaps", "GAPS"),
    ("keyness", "KEYNESS"),
    ("timeline", "TIMELINE"),
    ("citations", "CITATIONS"),
];

#[test]
fn programs_of_findings_print_the_bundled_corpus_in_80_columns() {
    for (name, title) in FINDING_PROGRAMS {
        let output = consonance(name).output().unwrap();
        check_status(&output, 0);
        assert!(text(&output.stdout).starts_with(title), "{name}");
        check_fits(&output, 80);
    }
}

#[test]
fn programs_of_findings_write_every_form() {
    for (name, _) in FINDING_PROGRAMS {
        let clauses = data("clauses.jsonl");
        let run = |arguments: &[&str]| consonance(name).args(arguments).output().unwrap();
        let json = run(&[&clauses, "--json"]);
        check_status(&json, 0);
        serde_json::from_str::<serde_json::Value>(text(&json.stdout)).unwrap();
        for form in ["markdown", "csv"] {
            let output = run(&[&clauses, "--format", form]);
            check_status(&output, 0);
            assert!(!output.stdout.is_empty(), "{name} {form}");
        }
        let is_network = name == "citations";
        for form in ["graphml", "edges", "gexf"] {
            let output = run(&[&clauses, "--format", form]);
            check_status(&output, i32::from(!is_network));
        }
        let unknown = run(&["no such file"]);
        assert_eq!(unknown.status.code(), Some(1), "{name}");
    }
}

#[test]
fn table_tells_the_gaps_of_the_table() {
    let output = run_table(&[&data("clauses.jsonl"), "--gaps"]);
    check_status(&output, 0);
    assert!(text(&output.stdout).contains("EMPTY CELLS"));
    check_fits(&output, 80);
    let json = run_table(&[&data("clauses.jsonl"), "--gaps", "--format", "json"]);
    let table: serde_json::Value = serde_json::from_str(text(&json.stdout)).unwrap();
    assert_eq!(table["gaps"]["schema"], "consonance.gaps/1");
}

#[test]
fn table_takes_the_form_from_the_ending_of_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let starts: [(&str, &[u8]); 11] = [
        ("table.md", b"# Convergence table"),
        ("table.csv", b"Issue,Processes,"),
        ("table.json", b"{\n  \"schema\""),
        ("table.html", b"<!doctype html>"),
        ("table.HTM", b"<!doctype html>"),
        ("table.docx", b"PK"),
        ("table.xlsx", b"PK"),
        ("table.graphml", b"<?xml"),
        ("table.gexf", b"<?xml"),
        ("table.bib", b"@misc{"),
        ("table.txt", b"CONVERGENCE"),
    ];
    for (name, start) in starts {
        let (path, output) = file_in(&folder, name);
        check_status(
            &run_table(&[&data("clauses.jsonl"), "--output", &output]),
            0,
        );
        let written = fs::read(path).unwrap();
        let head = written[..start.len()].to_ascii_lowercase();
        assert_eq!(head, start.to_ascii_lowercase(), "{name}");
    }
    let (path, output) = file_in(&folder, "data.txt");
    let arguments = [
        &data("clauses.jsonl"),
        "--format",
        "tidy",
        "--output",
        &output,
    ];
    check_status(&run_table(&arguments), 0);
    assert!(
        fs::read_to_string(path)
            .unwrap()
            .starts_with("issue_number,issue,")
    );
}

#[test]
fn table_goes_on_from_a_table_that_was_corrected() {
    let folder = tempfile::tempdir().unwrap();
    let (path, output) = file_in(&folder, "table.csv");
    let input = data("clauses.jsonl");
    let arguments = [&input, "--format", "tidy", "--output", &output];
    check_status(&run_table(&arguments), 0);
    let json = run_table(&[&input, "--format", "json"]);
    let table = from_json(text(&json.stdout)).unwrap();
    let issue = &table.rows[0].issue;
    let corrected = fs::read_to_string(&path)
        .unwrap()
        .replace(issue, "Another name");
    fs::write(&path, corrected).unwrap();
    for inputs in [vec![], vec![input.as_str()]] {
        let mut arguments = inputs;
        arguments.extend(["--from-table", &output, "--format", "json"]);
        let again = run_table(&arguments);
        check_status(&again, 0);
        let again = from_json(text(&again.stdout)).unwrap();
        assert_eq!(again.rows.len(), table.rows.len());
        let row = again
            .rows
            .iter()
            .find(|row| row.issue == "Another name")
            .unwrap();
        assert_eq!(row.n_processes, table.rows[0].n_processes);
    }
    let refused = run_table(&["--from-table", &input]);
    check_status(&refused, 1);
    assert!(text(&refused.stderr).contains("holds no table of issues"));
}

/// Runs a program on a terminal of its own, 80 columns wide; returns what it shows there. `script`,
/// which makes the terminal, is in the base of every Linux system.
#[cfg(target_os = "linux")]
fn on_terminal(program: &Command, environment: &[(&str, &str)]) -> String {
    // A slow machine may see a bar on the error stream, which is none of the answer.
    let words = [program.get_program()]
        .into_iter()
        .chain(program.get_args());
    let words: Vec<&str> = words.map(|word| word.to_str().unwrap()).collect();
    let line = format!("'{}' 2>/dev/null", words.join("' '"));
    let mut terminal = Command::new("script");
    terminal
        .args(["--quiet", "--return", "--command", &line, "/dev/null"])
        .env_remove("NO_COLOR")
        .env("TERM", "xterm")
        .env("COLUMNS", "80")
        .envs(environment.iter().copied())
        .stdin(Stdio::null());
    let output = terminal.output().unwrap();
    check_status(&output, 0);
    text(&output.stdout).to_owned()
}

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_gets_styles_unless_it_is_told_not_to() {
    for name in ["table", "gaps"] {
        for (environment, expected) in [
            (&[][..], true),
            (&[("NO_COLOR", "1")], false),
            (&[("TERM", "dumb")], false),
        ] {
            let shown = on_terminal(&consonance(name), environment);
            let case = format!("{name} with {environment:?}");
            assert_eq!(shown.contains('\u{1b}'), expected, "{case}: {shown}");
            assert!(shown.lines().count() > 10, "{case}: {shown}");
        }
    }
}
