//! Files and folders into a corpus.

use std::fs;
use std::path::{Path, PathBuf};

use crate::common::shared::shared;
use consonance::corpus::{Corpus, LoadParams, read_file};
use consonance::error::{ErrorKind, Severity};
use consonance::read::{Body, Parsed, Placement, ReadLimits, read};
use proptest::prelude::*;
use serde_json::Value;
use tempfile::TempDir;

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/read");

fn folder_of(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    folder
}

fn load(path: &Path) -> Corpus {
    Corpus::load(&[path.to_owned()], &LoadParams::default()).unwrap()
}

/// Everything a corpus says, in its order.
fn dump(corpus: &Corpus) -> String {
    let mut lines = Vec::new();
    for id in corpus.clause_ids() {
        let clause = corpus.clause(id);
        let process = &corpus.process(corpus.process_of(id)).name;
        let agreement = corpus.agreement(clause.agreement);
        lines.push(format!(
            "{} | {process} | {} | {:?} | {:?} | {}",
            clause.key,
            agreement.name,
            agreement.metadata.year,
            clause.lead_in,
            corpus.text(id)
        ));
    }
    lines.extend(corpus.diagnostics().iter().map(ToString::to_string));
    lines.join("\n")
}

fn diagnostics_of(corpus: &Corpus, severity: Severity) -> Vec<String> {
    let all = corpus.diagnostics().iter();
    all.filter(|diagnostic| diagnostic.severity == severity)
        .map(ToString::to_string)
        .collect()
}

fn records(lines: &[&str]) -> String {
    lines.join("\n") + "\n"
}

#[test]
fn a_folder_is_read_with_its_manifest() {
    let corpus = load(&Path::new(DATA).join("folder"));
    let keys: Vec<&str> = corpus.agreements().iter().map(|a| a.key.as_str()).collect();
    assert_eq!(keys, ["harbor", "pilots", "tide2018"]);
    let harbor = &corpus.agreements()[0];
    assert_eq!(harbor.metadata.year, Some(2016), "the manifest wins");
    assert_eq!(harbor.metadata.title.as_deref(), Some("Harbor Code"));
    assert_eq!(harbor.file.as_deref(), Some("deep/harbor2015.md"));
    assert_eq!(corpus.process(harbor.process).name, "Harbor Forum");
    let unread = diagnostics_of(&corpus, Severity::Skipped);
    assert_eq!(unread.len(), 2, "{unread:?}");
    assert!(
        unread[0].contains("corpus.toml:12: `lost.md`"),
        "{unread:?}"
    );
    assert!(unread[1].contains("sketch.svg"), "{unread:?}");
    let notes = diagnostics_of(&corpus, Severity::Note);
    assert!(
        notes.iter().any(|note| note.contains("README.md")),
        "{notes:?}"
    );
    assert!(
        notes.iter().any(|note| note.contains("draft.md: left out")),
        "{notes:?}"
    );
    assert!(!corpus.has_refusals());
}

#[test]
fn one_bad_file_never_costs_the_good_ones() {
    let folder = folder_of(&[
        ("a.txt", "States should talk to each other about the sea."),
        ("b.txt", "binary \0 bytes"),
        ("c.jsonl", "no record\n"),
        ("d.md", "+++\nyear = \"soon\"\n+++\nwords"),
        ("e.pdf", "%PDF-1.7"),
    ]);
    let corpus = load(folder.path());
    assert_eq!(corpus.agreements().len(), 1);
    assert!(corpus.has_refusals());
    let refused: Vec<_> = corpus
        .refused_files()
        .map(|diagnostic| (diagnostic.file.as_deref().unwrap(), diagnostic.line))
        .collect();
    assert_eq!(
        refused,
        [
            ("b.txt", None),
            ("c.jsonl", Some(1)),
            ("d.md", Some(2)),
            ("e.pdf", None)
        ]
    );
}

#[test]
fn what_is_not_there_is_named() {
    let folder = folder_of(&[("a.txt", "States should talk to each other.")]);
    let missing = folder.path().join("nowhere.txt");
    let params = LoadParams::default();
    let error = Corpus::load(std::slice::from_ref(&missing), &params).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Io);
    assert!(error.to_string().contains("nowhere.txt"), "{error}");
    let corpus = Corpus::load(&[missing, folder.path().join("a.txt")], &params).unwrap();
    assert!(
        corpus
            .refused_files()
            .next()
            .unwrap()
            .to_string()
            .contains("nowhere.txt")
    );
    let error = Corpus::load(&[], &params).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Empty);
}

#[test]
fn a_broken_manifest_stops_the_reading_with_its_line() {
    let folder = folder_of(&[
        ("a.txt", "States should talk."),
        (
            "corpus.toml",
            "name = \"x\"\n\n[[agreement]]\nfile = \"a.txt\"\nyaer = 2015\n",
        ),
    ]);
    let error = Corpus::load(&[folder.path().to_owned()], &LoadParams::default()).unwrap_err();
    assert_eq!((error.kind(), error.line()), (ErrorKind::Manifest, Some(5)));
    assert!(error.file().unwrap().ends_with("corpus.toml"));
}

#[cfg(unix)]
#[test]
fn links_out_of_the_folder_and_what_is_no_file_are_not_opened() {
    let outside = folder_of(&[("secret.txt", "Nobody should read this.")]);
    let folder = folder_of(&[("a.txt", "States should talk to each other.")]);
    let link = |name: &str, target: &Path| {
        std::os::unix::fs::symlink(target, folder.path().join(name)).unwrap();
    };
    link("out.txt", &outside.path().join("secret.txt"));
    link("loop", folder.path());
    link("none.txt", Path::new("nowhere"));
    let fifo = folder.path().join("pipe.txt");
    let made = std::process::Command::new("mkfifo").arg(&fifo).status();
    let corpus = load(folder.path());
    assert_eq!(corpus.agreements().len(), 1);
    let n_skipped = diagnostics_of(&corpus, Severity::Skipped).len();
    let has_fifo = made.is_ok_and(|status| status.success());
    assert_eq!(n_skipped, if has_fifo { 4 } else { 3 });
    if has_fifo {
        let error = read_file(&fifo).unwrap_err();
        assert!(error.to_string().contains("regular"), "{error}");
    }
}

#[test]
fn files_of_one_name_in_two_folders_are_two_agreements() {
    let words = "States should talk to each other.";
    let folder = folder_of(&[("x/code.txt", words), ("y/code.txt", words)]);
    let paths = [folder.path().join("x"), folder.path().join("y")];
    let corpus = Corpus::load(&paths, &LoadParams::default()).unwrap();
    assert_eq!(corpus.agreements().len(), 2);
    let twice = [folder.path().to_owned(), folder.path().join("x/code.txt")];
    let corpus = Corpus::load(&twice, &LoadParams::default()).unwrap();
    assert_eq!(corpus.agreements().len(), 2);
    assert!(dump(&corpus).contains("given twice"));
}

#[test]
fn names_that_differ_in_accents_case_or_punctuation_are_one_source() {
    let lines = records(&[
        r#"{"agreement": "Leaders' Communique", "process": "Bay Forum", "text": "Talk of peace."}"#,
        r#"{"agreement": "Leaders’ Communiqué", "process": "BAY-FORUM", "text": "Listen well."}"#,
    ]);
    let folder = folder_of(&[
        ("clauses.jsonl", &lines),
        (
            "a.md",
            "---\nprocess: Báy Forum\n---\nStates should talk to each other.",
        ),
    ]);
    let corpus = load(folder.path());
    assert_eq!(corpus.agreements().len(), 2);
    assert_eq!(corpus.processes().len(), 1);
    let repaired = diagnostics_of(&corpus, Severity::Repaired);
    assert!(
        repaired.iter().any(|line| line.contains("Communiqu")),
        "{repaired:?}"
    );
}

#[test]
fn an_id_given_a_hundred_thousand_times_is_numbered_in_time() {
    let record = |n: usize| {
        let agreement = n % 1_000;
        format!(r#"{{"id": 1, "agreement": "a{agreement}", "text": "word {n}", "lang": "en"}}"#)
    };
    let lines: Vec<String> = (0..100_000).map(record).collect();
    let lines = lines.join("\n");
    let folder = folder_of(&[("clauses.jsonl", &lines)]);
    let corpus = load(folder.path());
    assert_eq!(corpus.clauses().len(), 100_000);
    assert!(corpus.find("1").is_some() && corpus.find("1#2").is_some());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_of_lines_changes_nothing(order in Just((0..12_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let line = |n: usize| format!(
            r#"{{"id": {}, "agreement": "{}", "year": {}, "clause": "Norm {}", "text": "words {}"}}"#,
            n / 2, ["code", "Code", "call"][n % 3], 2010 + n % 2, n % 5, n % 4
        );
        let read_in = |order: &[usize]| {
            let lines: Vec<String> = order.iter().map(|&n| line(n)).collect();
            let folder = folder_of(&[("clauses.jsonl", &lines.join("\n"))]);
            dump(&load(folder.path()))
        };
        let sorted: Vec<usize> = (0..12).collect();
        prop_assert_eq!(read_in(&order), read_in(&sorted));
    }

    #[test]
    fn the_order_of_paths_changes_nothing(order in Just((0..5_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let folder = folder_of(&[
            ("a.txt", "States should talk to each other."),
            ("b.md", "# Code\n\n**Norm 1** Listen to each other.\n"),
            ("c.jsonl", "{\"agreement\": \"a\", \"text\": \"Third.\"}\n"),
            ("d.jsonl", "{\"agreement\": \"A\", \"text\": \"Fourth.\", \"year\": 2015}\n"),
            ("e.txt", "binary \0"),
        ]);
        let names = ["a.txt", "b.md", "c.jsonl", "d.jsonl", "e.txt"];
        let load_in = |order: &[usize]| {
            let paths: Vec<PathBuf> = order.iter().map(|&n| folder.path().join(names[n])).collect();
            dump(&Corpus::load(&paths, &LoadParams::default()).unwrap())
        };
        prop_assert_eq!(load_in(&order), load_in(&[0, 1, 2, 3, 4]));
    }
}

const NAMES: [&str; 14] = [
    "a", "a.txt", "a.md", "a.jsonl", "a.json", "a.tsv", "a.txt.gz", "a.html", "a.xml", "a.docx",
    "a.odt", "a.zip", "a.pdf", "a.csv",
];

/// Reads bytes under every name; hints must lie on character boundaries of their text.
fn read_under_every_name(bytes: &[u8]) {
    for name in NAMES {
        let Ok(reading) = read(bytes, name, &ReadLimits::default()) else {
            continue;
        };
        for document in &reading.documents {
            if let Body::Text { text, hints } = &document.body {
                let mut last = 0;
                for hint in hints {
                    assert!(text.get(hint.range.clone()).is_some(), "{name} {hint:?}");
                    assert!(hint.range.start >= last, "hints are in order");
                    last = hint.range.start;
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        read_under_every_name(&bytes);
    }

    #[test]
    fn arbitrary_markup_never_panics(
        parts in proptest::collection::vec(
            proptest::sample::select(vec![
                "# ", "\n", "\n\n", "- ", "1. ", "**", "*", "word", "<b>", "</b>", "<!--", "-->", "`",
                "    ", "| a | b |\n|--|--|\n", "[x](y)", "![", "+++\n", "---\n", "key: v\n", "&amp;",
                "é", "\u{E000}", "Issue\tA\tB\n", "\t", "“", "”", "¶1:", "<a>", "</a>", "(", ")", "…",
                "[t]", "\u{0}", "{\"text\": 1}", "[^1]", "[^1]: note", "\r\n", "Nos 1 and 2:", "\"",
            ]),
            0..60,
        )
    ) {
        read_under_every_name(parts.concat().as_bytes());
    }
}

#[test]
fn deep_and_long_bait_is_read_in_time() {
    let cases = [
        "> ".repeat(50_000),
        "[".repeat(50_000),
        "*a ".repeat(30_000),
        "- ".repeat(2_000),
        "<".repeat(100_000),
        "a\tb".repeat(100_000),
        format!("Issue\tA\tB\n{}", "x\t“".repeat(20_000)),
        format!("Issue\tA\tB\nx\t{}\ty\n", "¶1: “a” ".repeat(3_000)),
        format!("Issue\tA\tB\nx\t{}\ty\n", "(".repeat(20_000)),
    ];
    for (index, text) in cases.iter().enumerate() {
        let start = std::time::Instant::now();
        read_under_every_name(text.as_bytes());
        println!("bait {index}: {:?}", start.elapsed());
        assert!(
            start.elapsed().as_secs() < 10,
            "case {index}: {:?}",
            start.elapsed()
        );
    }
}

fn table_reading() -> (Parsed, Vec<Value>) {
    let bytes = fs::read(shared("seeds/002_e5f843bdc19d3e60.txt")).unwrap();
    let gold = read_file(&shared("gold/appendix_a.jsonl")).unwrap();
    let gold = gold
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let reading = read(&bytes, "table.txt", &ReadLimits::default()).unwrap();
    (reading, gold)
}

fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Names are one source if they differ in accents, case or punctuation only.
fn folded(name: &str) -> String {
    let plain = name
        .replace(['’', '\''], "")
        .replace('é', "e")
        .to_lowercase();
    plain
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Returns in which of its parts an entry differs from the truth.
fn difference(found: Option<&Placement>, gold: &Value) -> Option<String> {
    let Some(found) = found else {
        return Some("is missing".to_owned());
    };
    let parts = [
        ("issue", found.issue.clone(), gold["issue"].as_str()),
        (
            "source",
            folded(found.source.as_deref().unwrap_or("")),
            gold["source"].as_str(),
        ),
        (
            "reference",
            found.reference.clone().unwrap_or_default(),
            gold["ref"].as_str(),
        ),
        (
            "text",
            collapsed(found.text.as_deref().unwrap_or("")),
            gold["text"].as_str(),
        ),
    ];
    parts.iter().find_map(|(part, found, truth)| {
        let truth = match *part {
            "source" => folded(truth.unwrap_or("")),
            _ => collapsed(truth.unwrap_or("")),
        };
        (*found != truth).then(|| format!("{part}: `{found}` instead of `{truth}`"))
    })
}

mod needs_shared {
    use super::*;

    #[test]
    #[ignore = "needs ../shared"]
    fn the_hand_made_table_is_read_as_its_makers_meant_it() {
        let (reading, gold) = table_reading();
        let differences: Vec<String> = gold
            .iter()
            .enumerate()
            .filter_map(|(index, truth)| {
                let difference = difference(reading.placements.get(index), truth)?;
                Some(format!("entry {}: {difference}", index + 1))
            })
            .collect();
        let listed = differences.join("\n");
        assert_eq!(reading.placements.len(), 101, "{listed}");
        assert!(
            differences.len() <= 3,
            "{} differ:\n{listed}",
            differences.len()
        );
    }

    #[test]
    #[ignore = "needs ../shared"]
    fn the_hand_made_table_holds_ninety_three_clauses_of_twenty_six_sources() {
        let (reading, gold) = table_reading();
        let n_clauses: usize = reading
            .documents
            .iter()
            .map(|document| match &document.body {
                Body::Clauses(clauses) => clauses.len(),
                Body::Text { .. } => 0,
            })
            .sum();
        assert_eq!((reading.documents.len(), n_clauses), (26, 93));
        // The same entries are one clause here and there.
        for (i, a) in gold.iter().enumerate() {
            for (j, b) in gold.iter().enumerate().take(i) {
                let (x, y) = (&reading.placements[i], &reading.placements[j]);
                let is_one = x.clause_id.is_some() && x.clause_id == y.clause_id;
                let should = a["clause_id"].is_string() && a["clause_id"] == b["clause_id"];
                assert_eq!(is_one, should, "entries {} and {}", i + 1, j + 1);
            }
        }
    }

    #[test]
    #[ignore = "needs ../shared"]
    fn the_hand_made_table_becomes_a_corpus_with_its_coding() {
        let path = shared("seeds/002_e5f843bdc19d3e60.txt");
        let corpus = load(&path);
        assert_eq!(corpus.placements().len(), 101);
        for placement in corpus.placements() {
            if let Some(id) = &placement.clause_id {
                assert!(corpus.find(id).is_some(), "{id}");
            }
        }
    }

    /// Three sources go by names there that its makers shortened from what they knew: whoever wants those
    /// names says so in a manifest.
    #[test]
    #[ignore = "needs ../shared"]
    fn with_three_short_names_given_the_hand_made_table_is_read_without_a_difference() {
        let (reading, gold) = table_reading();
        let short_names = [
            (
                "GFCE Coordinated Vulnerability Disclosure Manifesto",
                "Vulnerability Disclosure",
            ),
            ("Tallinn Manual 2.0", "Tallinn Manual"),
            (
                "US\u{2013}China \u{201c}Common understanding\u{201d}",
                "between the United States",
            ),
        ];
        let mut manifest = String::new();
        for (short_name, part) in short_names {
            let mut names = reading
                .placements
                .iter()
                .filter_map(|assigned| assigned.source.as_deref());
            let source = names.find(|name| name.contains(part)).unwrap();
            let entry = format!(
                "[[agreement]]\nfile = 'table.txt'\nsource = '{source}'\nshort_name = '{short_name}'\n"
            );
            manifest.push_str(&entry);
        }
        let table = read_file(&shared("seeds/002_e5f843bdc19d3e60.txt")).unwrap();
        let folder = folder_of(&[("table.txt", &table), ("corpus.toml", &manifest)]);
        let corpus = load(folder.path());
        let unmatched: Vec<&Value> = gold
            .iter()
            .filter(|truth| {
                let is_it = |found: &Placement| difference(Some(found), truth).is_none();
                !corpus.placements().iter().any(is_it)
            })
            .collect();
        assert!(unmatched.is_empty(), "{unmatched:?}");
        assert_eq!(corpus.placements().len(), gold.len());
    }

    #[test]
    #[ignore = "needs ../shared"]
    fn large_record_files_are_read_whole() {
        let path = shared("treaties/trade_paragraphs.jsonl.gz");
        let corpus = load(&path);
        assert_eq!(corpus.clauses().len(), 83_047);
        assert!(!corpus.has_refusals());
    }
}
