//! The kinds of clauses in what is written: table, long form, index, and what a record says itself.

use std::fs;

use consonance::clause::ClauseKind;
use consonance::corpus::{Corpus, LoadParams};
use consonance::index::{ClauseIndex, FacetField, IndexParams, SearchParams};
use consonance::report::{to_json, to_tidy_csv};
use consonance::table::{ConvergeParams, converge};
use consonance::term::Analyzer;

use crate::common::programs::consonance;

const CALL: &str = "\
The Port Conference,

Recalling that fog is a danger to ships at sea,

Noting that pilots of ports are few,

1. Calls upon all ports to light their quays at night;

2. Welcomes the report of its bureau on fog and ships.
";

/// One record without a kind, one with a kind of ours, one with another word.
const RECORDS: &str = r#"{"id": "a/1", "agreement": "a", "text": "Ports should light their quays at night.", "lang": "en"}
{"id": "a/2", "agreement": "a", "text": "Ports should train their pilots for fog.", "lang": "en", "kind": "explanation"}
{"id": "a/3", "agreement": "a", "text": "Recalling that fog is a danger to ships,", "lang": "en", "kind": "speech"}
"#;

fn corpus() -> (tempfile::TempDir, Corpus) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("call.txt"), CALL).unwrap();
    fs::write(folder.path().join("records.jsonl"), RECORDS).unwrap();
    let corpus = Corpus::load(&[folder.path().into()], &LoadParams::default()).unwrap();
    (folder, corpus)
}

fn kind_of(corpus: &Corpus, words: &str) -> ClauseKind {
    let mut ids = corpus.clause_ids();
    let id = ids.find(|id| corpus.text(*id).starts_with(words)).unwrap();
    corpus.clause(id).kind
}

#[test]
fn clauses_of_texts_and_records_have_kinds() {
    let (_folder, corpus) = corpus();
    let expected = [
        (
            "Recalling that fog is a danger to ships at",
            ClauseKind::Preamble,
        ),
        ("Calls upon", ClauseKind::Norm),
        ("Welcomes", ClauseKind::Explanation),
        ("Ports should light", ClauseKind::Norm),
        ("Ports should train", ClauseKind::Explanation),
        (
            "Recalling that fog is a danger to ships,",
            ClauseKind::Preamble,
        ),
    ];
    for (words, kind) in expected {
        assert_eq!(kind_of(&corpus, words), kind, "{words}");
    }
    let told: Vec<String> = corpus
        .diagnostics()
        .iter()
        .map(ToString::to_string)
        .filter(|told| told.contains("`kind`"))
        .collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("`speech` in 1 clauses"), "{told:?}");
}

#[test]
fn the_table_and_its_long_form_say_the_kind_of_each_clause() {
    let (_folder, corpus) = corpus();
    let table = converge(&corpus, &ConvergeParams::default().n_resamples(0)).unwrap();
    let csv = to_tidy_csv(&table);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header = reader.headers().unwrap().clone();
    let place = |name: &str| header.iter().position(|column| column == name).unwrap();
    let (id, kind) = (place("id"), place("kind"));
    assert_eq!(kind, id + 1);
    let kinds: Vec<(String, String)> = reader
        .records()
        .map(|record| record.unwrap())
        .map(|record| (record[id].to_owned(), record[kind].to_owned()))
        .collect();
    assert!(
        kinds.contains(&("a/1".to_owned(), "norm".to_owned())),
        "{kinds:?}"
    );
    assert!(
        kinds.contains(&("a/2".to_owned(), "explanation".to_owned())),
        "{kinds:?}"
    );
    assert!(to_json(&table).contains("\"kind\": \"explanation\""));
}

#[test]
fn clauses_are_searched_and_counted_by_kind() {
    let (_folder, corpus) = corpus();
    let index = ClauseIndex::build(&corpus, &Analyzer::default(), &IndexParams::default()).unwrap();
    let n_hits = |query: &str| {
        let params = SearchParams::default();
        index.search(query, &params).unwrap().n_hits
    };
    assert_eq!(n_hits("fog"), 4);
    assert_eq!(n_hits("fog kind:preamble"), 2);
    assert_eq!(n_hits("fog kind:explanation"), 2);
    assert_eq!(n_hits("kind:norm"), 2);
    let wrong = index
        .search("kind:wish", &SearchParams::default())
        .unwrap_err();
    assert!(wrong.to_string().contains("final-clause"), "{wrong}");
    assert!(
        index
            .field_values(FacetField::Kind.name())
            .contains(&"preamble".to_owned())
    );
}

#[test]
fn the_segmenter_shows_kinds_and_keeps_those_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("call.txt");
    fs::write(&path, CALL).unwrap();
    let run = |options: &[&str]| {
        let output = consonance("segment")
            .args(options)
            .arg(&path)
            .output()
            .unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap()
    };
    let shown = run(&[]);
    assert!(
        shown.contains("1  Calls upon all ports to light their quays at night;  (norm)"),
        "{shown}"
    );
    assert!(
        shown.contains("danger to ships at sea,  (preamble)"),
        "{shown}"
    );
    let norms = run(&["--kind", "norm"]);
    assert!(
        norms.contains("Calls upon") && !norms.contains("Recalling"),
        "{norms}"
    );
    let json: serde_json::Value = serde_json::from_str(&run(&["--json"])).unwrap();
    let clauses = json["files"][0]["clauses"].as_array().unwrap();
    let welcome = clauses
        .iter()
        .find(|clause| clause["label"] == "2")
        .unwrap();
    assert_eq!(welcome["kind"], "explanation");
    assert_eq!(welcome["kind_reason"], "by the verb `Welcomes`");
    let mut wrong = consonance("segment");
    let output = wrong.args(["--kind", "wish"]).arg(&path).output().unwrap();
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("final-clause"));
}
