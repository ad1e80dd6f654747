//! One way to read and write, whatever the subcommand.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use crate::common::programs::consonance;

const CODE: &str = "1. Members shall keep their harbor lights burning.\n\n2. Members shall tow ships in distress.\n";
const PACT: &str = "1. The parties keep the lights of their harbors burning.\n\n2. No party shall raise the toll.\n";

/// A folder with two agreements.
fn texts() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("code.txt"), CODE).unwrap();
    fs::write(folder.path().join("pact.txt"), PACT).unwrap();
    folder
}

fn run(subcommand: &str, arguments: &[&Path]) -> Output {
    consonance(subcommand).args(arguments).output().unwrap()
}

fn told(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

#[track_caller]
fn check_status(output: &Output, expected: i32) {
    assert_eq!(output.status.code(), Some(expected), "{}", told(output));
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

fn option(name: &str) -> &Path {
    Path::new(name)
}

#[test]
fn asking_an_index_that_is_not_there_makes_none() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("no index");
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).unwrap();
    for index in [&missing, &empty] {
        let output = run("search", &[option("--index"), index, option("harbor")]);
        check_status(&output, 1);
        assert!(output.stdout.is_empty());
        assert!(told(&output).contains("--corpus"), "{}", told(&output));
    }
    assert!(!missing.exists());
    assert_eq!(names_in(&empty).len(), 0);
}

/// The options that make an index of texts.
fn making<'a>(texts: &'a Path, index: &'a Path) -> [&'a Path; 5] {
    [
        option("--corpus"),
        texts,
        option("--index"),
        index,
        option("toll"),
    ]
}

#[test]
fn an_index_is_made_where_texts_are_given_and_then_answers_alone() {
    let texts = texts();
    let folder = tempfile::tempdir().unwrap();
    let index = folder.path().join("index");
    let made = making(texts.path(), &index);
    check_status(&run("search", &made), 0);
    let asked = run("search", &[option("--index"), &index, option("toll")]);
    check_status(&asked, 0);
    assert!(String::from_utf8_lossy(&asked.stdout).contains("1 clause matches"));
}

#[test]
fn making_an_index_again_removes_nothing_that_it_did_not_write() {
    let texts = texts();
    let folder = tempfile::tempdir().unwrap();
    let index = folder.path().join("index");
    let made = making(texts.path(), &index);
    check_status(&run("search", &made), 0);
    let own = index.join("g0");
    fs::create_dir(&own).unwrap();
    fs::write(own.join("notes.txt"), "mine").unwrap();
    fs::write(texts.path().join("third.txt"), CODE).unwrap();
    check_status(&run("search", &made), 0);
    assert_eq!(fs::read_to_string(own.join("notes.txt")).unwrap(), "mine");
    let generations = names_in(&index)
        .into_iter()
        .filter(|name| name.starts_with('g'));
    assert_eq!(generations.count(), 2, "{:?}", names_in(&index));
}

#[test]
fn every_file_that_was_not_read_whole_is_told_in_every_form_and_counted() {
    let texts = texts();
    for number in 0..17 {
        let name = format!("torn{number}.pdf");
        fs::write(texts.path().join(name), b"%PDF-1.4 torn").unwrap();
    }
    let part = "{\"text\": \"Ships keep right.\"}\n{\"text\": \"cut off\n";
    fs::write(texts.path().join("part.jsonl"), part).unwrap();
    let check = |subcommand: &str, arguments: &[&str]| {
        let mut command = consonance(subcommand);
        if subcommand == "search" {
            command.arg("--corpus");
        }
        let output = command.arg(texts.path()).args(arguments).output().unwrap();
        check_status(&output, 3);
        let told = told(&output);
        for name in (0..17)
            .map(|number| format!("torn{number}.pdf"))
            .chain(["part.jsonl".into()])
        {
            assert!(
                told.contains(&name),
                "{subcommand} {arguments:?}: {name}: {told}"
            );
        }
        let count = "18 files were not read whole, 17 of them refused";
        assert!(
            told.ends_with(&format!("{count}\n")),
            "{subcommand} {arguments:?}: {told}"
        );
        assert_eq!(told.lines().count(), 19, "{told}");
    };
    for form in [
        "table", "markdown", "csv", "tidy", "json", "html", "graphml", "bibtex",
    ] {
        check("table", &["--format", form]);
    }
    for subcommand in ["gaps", "keyness", "timeline", "citations", "force", "reuse"] {
        check(subcommand, &["--format", "markdown"]);
    }
    check("search", &["lights"]);
}

#[test]
fn an_output_that_is_an_input_is_refused_in_any_spelling() {
    let texts = texts();
    let input = texts.path().join("code.txt");
    let spelled = texts
        .path()
        .join(".")
        .join("..")
        .join(texts.path().file_name().unwrap());
    let mut outputs = vec![input.clone(), spelled.join("code.txt")];
    #[cfg(unix)]
    let elsewhere = tempfile::tempdir().unwrap();
    #[cfg(unix)]
    {
        let soft = elsewhere.path().join("soft.txt");
        let hard = texts.path().join("hard.bin");
        std::os::unix::fs::symlink(&input, &soft).unwrap();
        fs::hard_link(&input, &hard).unwrap();
        outputs.extend([soft, hard]);
    }
    for output in &outputs {
        let to_output = [input.as_path(), option("--output"), output];
        let runs = [
            ("table", to_output.to_vec()),
            ("gaps", to_output.to_vec()),
            ("draft", to_output.to_vec()),
            ("segment", vec![&input, option("--text"), output]),
        ];
        for (subcommand, arguments) in runs {
            let refused = run(subcommand, &arguments);
            check_status(&refused, 1);
            assert!(told(&refused).contains("is an input"), "{}", told(&refused));
            assert_eq!(fs::read_to_string(&input).unwrap(), CODE, "{subcommand}");
        }
    }
    let in_folder = [texts.path(), option("--output"), &input];
    check_status(&run("table", &in_folder), 1);
    assert_eq!(fs::read_to_string(&input).unwrap(), CODE);
    let new = texts.path().join("table.md");
    check_status(&run("table", &[texts.path(), option("--output"), &new]), 0);
    assert!(new.exists());
}

#[test]
fn an_output_that_is_another_file_to_read_is_refused() {
    let texts = texts();
    let issues = texts.path().join("issues.toml");
    fs::write(&issues, "[[issue]]\nname = \"Lights\"\n").unwrap();
    for subcommand in ["table", "gaps"] {
        let arguments = [
            texts.path(),
            option("--issues"),
            &issues,
            option("--output"),
            &issues,
        ];
        let refused = run(subcommand, &arguments);
        check_status(&refused, 1);
        assert!(told(&refused).contains("is an input"), "{}", told(&refused));
    }
    let coding = texts.path().join("coding.jsonl");
    fs::write(
        &coding,
        "{\"clause_id\": \"code/1\", \"issue\": \"Lights\"}\n",
    )
    .unwrap();
    let code = texts.path().join("code.txt");
    let arguments = [
        &code,
        option("--coding"),
        &coding,
        option("--predictions"),
        &coding,
    ];
    check_status(&run("evaluate", &arguments), 1);
}

#[test]
fn names_of_250_letters_are_written_and_nothing_is_left_beside_them() {
    let texts = texts();
    let folder = tempfile::tempdir().unwrap();
    let named = |letter: &str, ending: &str| {
        folder
            .path()
            .join(letter.repeat(250 - ending.len()) + ending)
    };
    let code = texts.path().join("code.txt");
    let (page, picture, text) = (named("a", ".html"), named("b", ".svg"), named("c", ".txt"));
    let corrections = named("d", ".toml");
    check_status(&run("table", &[texts.path(), option("--output"), &page]), 0);
    let drawn = [
        texts.path(),
        option("--view"),
        option("coverage"),
        option("--output"),
        &picture,
    ];
    check_status(&run("table", &drawn), 0);
    check_status(&run("segment", &[&code, option("--text"), &text]), 0);
    let alone = [option("--alone"), option("code 1")];
    let corrected = [
        &[texts.path(), option("--corrections"), &corrections],
        &alone[..],
    ]
    .concat();
    check_status(&run("table", &corrected), 0);
    assert_eq!(
        names_in(folder.path()).len(),
        4,
        "{:?}",
        names_in(folder.path())
    );
}

#[test]
fn unfinished_files_of_interrupted_runs_stop_no_later_run() {
    let texts = texts();
    let folder = tempfile::tempdir().unwrap();
    for number in 0..120 {
        fs::write(
            folder.path().join(format!(".consonance-{number}.part")),
            "torn",
        )
        .unwrap();
    }
    let output = folder.path().join("table.md");
    check_status(
        &run("table", &[texts.path(), option("--output"), &output]),
        0,
    );
    assert_eq!(names_in(folder.path()).len(), 121);
}

#[test]
fn twelve_writers_at_once_keep_twelve_corrections() {
    let folder = tempfile::tempdir().unwrap();
    let clauses: Vec<String> = (1..=12)
        .map(|number| format!("{{\"text\": \"Ship {number} keeps right.\", \"agreement\": \"Code\", \"clause\": \"{number}\"}}\n"))
        .collect();
    let input = folder.path().join("clauses.jsonl");
    fs::write(&input, clauses.concat()).unwrap();
    let corrections = folder.path().join("mine.toml");
    let start = |number: usize| {
        let mut command = consonance("table");
        command.arg(&input).arg("--corrections").arg(&corrections);
        command.args(["--alone", &format!("Code {number}"), "--format", "json"]);
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        command.spawn().unwrap()
    };
    let running: Vec<_> = (1..=12).map(start).collect();
    for child in running {
        check_status(&child.wait_with_output().unwrap(), 0);
    }
    let text = fs::read_to_string(&corrections).unwrap();
    assert_eq!(text.matches("[[decision]]").count(), 12, "{text}");
    assert_eq!(names_in(folder.path()), ["clauses.jsonl", "mine.toml"]);
}

#[test]
fn a_correction_that_cannot_be_made_creates_no_file() {
    let texts = texts();
    let corrections = texts.path().join("mine.toml");
    let alone = [option("--alone"), option("No such clause 7")];
    let arguments = [
        &[texts.path(), option("--corrections"), &corrections],
        &alone[..],
    ]
    .concat();
    check_status(&run("table", &arguments), 1);
    assert!(!corrections.exists());
}

/// The subcommands that print a page of text, each with arguments.
const PRINTING: [&[&str]; 15] = [
    &["table"],
    &["search", "harbor"],
    &["segment", "Cargo.toml"],
    &["reuse"],
    &["gaps"],
    &["keyness"],
    &["timeline"],
    &["citations"],
    &["force"],
    &["draft"],
    &["versions", "corpus/unga57-239.md", "corpus/unga68-167.md"],
    &["check", "corpus/unga57-239.md"],
    &["evaluate"],
    &["completions", "bash"],
    &["manual"],
];

/// Runs a command line whose output or error stream is a device; returns its status and the other stream.
#[cfg(target_os = "linux")]
fn with_streams(words: &[&str], streams: [Stdio; 2]) -> Output {
    let [stdout, stderr] = streams;
    let mut command: Command = consonance(words[0]);
    let command = command
        .args(&words[1..])
        .current_dir(env!("CARGO_MANIFEST_DIR"));
    let child = command.stdout(stdout).stderr(stderr).spawn().unwrap();
    child.wait_with_output().unwrap()
}

#[cfg(target_os = "linux")]
fn full() -> Stdio {
    Stdio::from(OpenOptions::new().write(true).open("/dev/full").unwrap())
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_output_is_an_error_and_no_panic() {
    let further: [&[&str]; 3] = [&["--help"], &["help", "table"], &["--version"]];
    for words in PRINTING.iter().chain(&further) {
        let output = with_streams(words, [full(), Stdio::piped()]);
        // 1 says what a check found.
        let failed = if words[0] == "check" { 2 } else { 1 };
        check_status(&output, failed);
        assert!(
            told(&output).contains("No space left"),
            "{words:?}: {}",
            told(&output)
        );
        assert!(!told(&output).contains("panicked"), "{words:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_error_stream_changes_nothing() {
    let texts = texts();
    fs::write(texts.path().join("torn.pdf"), b"%PDF-1.4 torn").unwrap();
    let folder = texts.path().to_str().unwrap();
    for (words, status) in [
        (vec!["table", folder], 3),
        (vec!["search", "--corpus", folder, "lights"], 3),
        (vec!["search", "("], 2),
        (vec!["table", "no such folder"], 1),
        (vec!["table", "--no-such-option"], 2),
        (vec!["segment", "no such file"], 1),
    ] {
        let output = with_streams(&words, [Stdio::piped(), full()]);
        check_status(&output, status);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_reader_that_closes_the_output_ends_the_run_quietly() {
    for words in PRINTING {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = with_streams(words, [writer.into(), Stdio::piped()]);
        assert!(output.status.success(), "{words:?}: {}", told(&output));
        assert!(
            !told(&output).contains("consonance"),
            "{words:?}: {}",
            told(&output)
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn control_characters_in_paths_are_not_sent_to_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let bad: PathBuf = folder.path().join("red\u{1b}[31m\u{202e}.pdf");
    File::create(&bad)
        .unwrap()
        .write_all(b"%PDF-1.4 torn")
        .unwrap();
    let good = folder.path().join("good.txt");
    fs::write(&good, CODE).unwrap();
    let output = folder.path().join("blue\u{1b}[34m.md");
    let is_safe = |text: &[u8]| {
        let text = String::from_utf8_lossy(text);
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text:?}");
    };
    for (subcommand, arguments) in [
        ("table", vec![&*bad, &good]),
        ("table", vec![&*good, option("--output"), &output]),
        ("table", vec![&*folder.path().join("\u{1b}[2Jmissing")]),
        ("force", vec![&*bad, &good]),
        ("segment", vec![&*bad, &good]),
        (
            "search",
            vec![
                option("--corpus"),
                &bad,
                option("--corpus"),
                &good,
                option("lights"),
            ],
        ),
        ("search", vec![option("--index"), &output, option("lights")]),
    ] {
        let output = run(subcommand, &arguments);
        is_safe(&output.stdout);
        is_safe(&output.stderr);
        assert!(!told(&output).is_empty(), "{subcommand} {arguments:?}");
    }
}
