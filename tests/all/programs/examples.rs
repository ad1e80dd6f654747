//! The examples, run as a reader runs them.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::common::programs::example;

/// Runs an example and checks that its output contains these words.
#[track_caller]
fn check(command: &mut Command, expected: &[&str]) {
    let output = command.output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {told}");
    let printed = String::from_utf8(output.stdout).unwrap();
    for words in expected {
        assert!(printed.contains(words), "{command:?}: {words}: {printed}");
    }
}

#[test]
fn search_answers_a_query_over_the_bundled_corpus_and_a_folder() {
    let expected = ["matching clauses: ", "process: ", "year: ", "*critical"];
    check(
        example("search").arg("\"critical infrastructure\""),
        &expected,
    );
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("code.txt"), "1. Members keep lights.\n").unwrap();
    check(
        example("search").arg(folder.path()).arg("light"),
        &["matching clauses: 1", "code 1"],
    );
    check(example("search").arg("(\"open"), &["column"]);
}

#[test]
fn search_reads_queries_from_a_prompt() {
    let mut child = example("search")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input
        .write_all(b"hospital*\n\nyear:2015 sovereignty\n")
        .unwrap();
    drop(input);
    let output = child.wait_with_output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success());
    assert_eq!(
        printed.matches("matching clauses: ").count(),
        2,
        "{printed}"
    );
}

#[test]
fn each_example_does_its_job() {
    check(
        &mut example("converge"),
        &["Human rights", "processes)", "clauses stand alone"],
    );
    let cut = [
        "Article 2",
        "Article 1(2)(a)",
        "introduced by: Members should:",
    ];
    check(&mut example("cut_a_text"), &cut);
    check(&mut example("similar_clauses"), &["like GGE", "shared: "]);
    let given = ["Supply chain security: ", "silent: "];
    check(&mut example("given_issues"), &given);
    let corrected = [
        "[[decision]]",
        "A. Reader",
        "holds: ",
        "the renamed row has",
    ];
    check(&mut example("corrections"), &corrected);
    check(
        &mut example("shared_wording"),
        &[" -> ", "“", "boilerplate"],
    );
    check(
        &mut example("check_a_draft"),
        &["\n0 % agreed language", "novelty 0."],
    );
    check(
        &mut example("score_a_coding"),
        &["93 clauses", "extended B-cubed", "disagreement"],
    );
}

#[test]
fn a_page_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("table.html");
    check(example("make_a_page").arg(&page), &["issues in "]);
    assert!(
        fs::read_to_string(page)
            .unwrap()
            .starts_with("<!doctype html>")
    );
}

#[test]
fn examples_are_short_and_use_the_library_alone() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let most = |name: &str| match name {
        "search.rs" => 120,
        "converge.rs" => 60,
        _ => 80,
    };
    let mut n_examples = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let text = fs::read_to_string(&path).unwrap();
        let n_lines = text.lines().count();
        assert!(
            (20..=most(name)).contains(&n_lines),
            "{name} has {n_lines} lines"
        );
        for line in text.lines().filter(|line| line.starts_with("use ")) {
            assert!(
                ["use std::", "use consonance::"]
                    .iter()
                    .any(|own| line.starts_with(own)),
                "{name}: {line}"
            );
        }
        n_examples += 1;
    }
    assert_eq!(n_examples, 10);
}
