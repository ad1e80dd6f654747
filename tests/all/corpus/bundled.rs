//! The bundled corpus: what it holds, how its table looks, and that its words are our own.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::common::shared::shared;
use consonance::corpus::{Corpus, LoadParams, read_file};
use consonance::error::Severity;
use consonance::evaluation::{Coding, score_table};
use consonance::report::to_markdown;
use consonance::table::{ConvergeParams, converge};
use serde_json::Value;

/// A run of so many words in common would be a quotation.
const RUN: usize = 8;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

fn corpus() -> Corpus {
    Corpus::load(&[folder()], &LoadParams::default()).unwrap()
}

fn coding() -> Coding {
    Coding::parse(&read_file(&folder().join("coding.jsonl")).unwrap()).unwrap()
}

#[test]
fn it_holds_what_its_readme_says_without_a_fault() {
    let corpus = corpus();
    assert_eq!(corpus.agreements().len(), 26);
    assert_eq!(corpus.processes().len(), 20);
    assert_eq!(corpus.clauses().len(), 93);
    let faults: Vec<String> = corpus
        .diagnostics()
        .iter()
        .filter(|diagnostic| diagnostic.severity >= Severity::Repaired)
        .map(ToString::to_string)
        .collect();
    assert!(faults.is_empty(), "{faults:?}");
    for agreement in corpus.agreements() {
        let known = &agreement.metadata;
        let is_described = known.title.is_some() && known.year.is_some() && known.body.is_some();
        assert!(is_described, "{}", agreement.key);
    }
}

#[test]
fn its_clauses_and_the_coded_ones_are_the_same() {
    let keys: BTreeSet<String> = corpus().clauses().iter().map(|c| c.key.clone()).collect();
    let coding = coding();
    let coded: BTreeSet<String> = coding.clauses().iter().map(|c| c.id.clone()).collect();
    assert_eq!(keys, coded);
}

#[test]
fn its_list_of_issues_is_that_of_the_coding() {
    let listed: toml::Table = read_file(&folder().join("issues.toml"))
        .unwrap()
        .parse()
        .unwrap();
    let listed: BTreeSet<&str> = listed["issue"]
        .as_array()
        .unwrap()
        .iter()
        .map(|issue| issue["name"].as_str().unwrap())
        .collect();
    let coding = coding();
    assert_eq!(listed, coding.issues().into_iter().collect());
    assert_eq!(listed.len(), 21);
}

#[test]
fn its_table_agrees_with_the_coding() {
    let table = converge(&corpus(), &ConvergeParams::default()).unwrap();
    let figures = score_table(&coding(), &table).unwrap();
    let bcubed = figures.bcubed.f1.value();
    println!("B-cubed F1 of the bundled corpus: {bcubed:.3}");
    assert!(bcubed >= 0.5, "B-cubed F1 is {bcubed:.3}");
    assert!(figures.missing.is_empty() && figures.uncoded.is_empty());
}

#[test]
fn its_table_is_the_one_on_record() {
    let table = converge(&corpus(), &ConvergeParams::default()).unwrap();
    insta::assert_snapshot!(to_markdown(&table));
}

/// The words of a text in lower case, without punctuation; the symbol of a document is one word.
fn words(text: &str) -> Vec<String> {
    let plain = |word: &str| word.chars().filter(|c| c.is_alphanumeric()).collect();
    let words = text
        .split_whitespace()
        .map(|word| plain(&word.to_lowercase()));
    words.filter(|word: &String| !word.is_empty()).collect()
}

fn runs(text: &str) -> Vec<String> {
    words(text).windows(RUN).map(|run| run.join(" ")).collect()
}

mod needs_shared {
    use super::*;

    #[test]
    #[ignore = "needs ../shared"]
    fn no_run_of_eight_words_is_taken_from_the_originals() {
        let mut source_of_run: BTreeMap<String, String> = BTreeMap::new();
        for name in ["appendix_a_clauses.jsonl", "appendix_a.jsonl"] {
            let lines = fs::read_to_string(shared("gold").join(name)).unwrap();
            for line in lines.lines() {
                let entry: Value = serde_json::from_str(line).unwrap();
                for field in ["lead_in", "text"] {
                    for run in runs(entry[field].as_str().unwrap_or_default()) {
                        source_of_run.insert(run, line.chars().take(60).collect());
                    }
                }
            }
        }
        assert!(source_of_run.len() > 1_000, "the originals are read");
        let corpus = corpus();
        let mut taken = Vec::new();
        for id in corpus.clause_ids() {
            let clause = corpus.clause(id);
            let parts = [Some(corpus.text(id)), clause.lead_in.as_deref()];
            for run in parts.into_iter().flatten().flat_map(runs) {
                if let Some(source) = source_of_run.get(&run) {
                    taken.push(format!("{}: {run} ({source})", clause.key));
                }
            }
        }
        assert!(taken.is_empty(), "{}", taken.join("\n"));
    }
}
