//! `consonance check`, run as a user runs it.

use std::fs;
use std::process::Output;

use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use crate::common::programs::consonance;

const RIGHT: &str = "GGE 2015 says that “No State should let its territory serve, to its knowledge, for internationally \
    wrongful acts” (para. 13(c)).\n";
const WRONG: &str = "GGE 2015 says that “No State should let its land serve, to its knowledge, for internationally \
    wrongful acts” (para. 13(c)), and that “States should promote the responsible reporting of vulnerabilities” (para. \
    13(k)). Bakers “sell their bread on the third day of the week”.\n";

fn run(paper: &str, arguments: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("paper.txt");
    fs::write(&path, paper).unwrap();
    consonance("check")
        .arg(path)
        .args(arguments)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn what_has_to_be_corrected_is_told_in_80_columns_and_by_the_status() {
    let output = run(WRONG, &[]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let shown = text(&output.stdout);
    for expected in [
        "3 quotations: 1 not found, 1 altered, 1 wrong number.",
        "[-territory-] {+land+}",
        "GGE 2015 ¶13(j)",
        "Cited as “para. 13(k)”",
    ] {
        let in_one_line = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(in_one_line.contains(expected), "{expected}: {shown}");
    }
    assert!(shown.lines().all(|line| line.width() <= 80), "{shown}");
    assert_eq!(run(RIGHT, &[]).status.code(), Some(0));
    let missing = consonance("check").arg("no such file").output().unwrap();
    assert_eq!(missing.status.code(), Some(2));
}

#[test]
fn a_check_is_written_in_every_form() {
    let json = run(WRONG, &["--json"]);
    let found: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(found["schema"], "consonance.quotations/1");
    assert_eq!(found["counts"]["quotations"]["altered"], 1);
    let csv = run(WRONG, &["--format", "csv"]);
    assert_eq!(
        csv::Reader::from_reader(&csv.stdout[..]).records().count(),
        3
    );
    let markdown = run(WRONG, &["--format", "markdown"]);
    assert!(
        text(&markdown.stdout).contains("\n## Not found\n"),
        "{}",
        text(&markdown.stdout)
    );
    let word = run(WRONG, &["--format", "docx"]);
    assert!(word.stdout.starts_with(b"PK"));
}

/// The goals of the simulation on real texts.
mod needs_shared {
    use crate::common::written::{Totals, figure};

    #[test]
    #[ignore = "needs ../shared"]
    fn planted_quotations_are_told_right() {
        let Totals { shown, lines } = Totals::of_simulation("quotations");
        assert_eq!(lines.len(), 9, "{shown}");
        for line in &lines {
            assert!(figure(line, 4) >= 200.0, "{line}");
            assert!(figure(line, 5) >= 0.97, "{shown}");
            assert!(figure(line, 6) < 0.5, "none is called exact: {shown}");
        }
    }
}
