//! The same corpus and parameters give the same bytes, in any order of the input and on any number
//! of threads.

use std::fs;
use std::path::Path;

use consonance::cluster::Rule;
use consonance::corpus::{Corpus, LoadParams};
use consonance::report::to_json;
use consonance::table::{ConvergeParams, converge};
use consonance::vector::LatentParams;
use rayon::ThreadPoolBuilder;

use crate::common::made::{
    Line, clauses, corpus, corpus_of_files, records, shuffled, without_places,
};

/// So many orders of the input are tried, and so many with the default rule.
const N_ORDERS: u64 = 20;
const N_DEFAULT_ORDERS: u64 = 100;

/// The parameters for a rule, resampled seldom to take less time; all but the default rule work on
/// few dimensions.
fn by_rule(rule: Rule) -> ConvergeParams {
    let mut params = ConvergeParams::default().rule(rule).n_resamples(3);
    if rule != Rule::ALL[0] {
        let mut latent = LatentParams::default();
        latent.n_dimensions = Some(6);
        params.representation.reduction = Some(latent);
    }
    params
}

fn bundled_folder() -> String {
    concat!(env!("CARGO_MANIFEST_DIR"), "/corpus").to_owned()
}

fn load(folder: &Path) -> Corpus {
    Corpus::load(&[folder.to_owned()], &LoadParams::default()).unwrap()
}

/// The agreements of the bundled corpus by file name.
fn bundled_files() -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = fs::read_dir(bundled_folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .filter(|(name, _)| name != "README.md")
        .collect();
    files.sort();
    files
}

fn json(corpus: &Corpus, params: &ConvergeParams) -> String {
    to_json(&converge(corpus, params).unwrap())
}

/// Everything the table can depend on: texts, order, labels, processes and diagnostics.
fn listing(corpus: &Corpus) -> String {
    format!(
        "{:?}\n{:?}\n{:?}\n{:?}",
        corpus.agreements(),
        corpus.processes(),
        corpus.clauses(),
        corpus.diagnostics()
    )
}

#[test]
fn the_order_of_files_changes_nothing() {
    let files = bundled_files();
    let first = corpus_of_files(&files);
    let table = json(&first, &ConvergeParams::default());
    for seed in 0..N_ORDERS {
        let other = corpus_of_files(&shuffled(&files, seed));
        assert_eq!(listing(&other), listing(&first), "order {seed}");
        if seed < 3 {
            let other = json(&other, &ConvergeParams::default());
            assert_eq!(other, table, "order {seed}");
        }
    }
}

#[test]
fn the_order_of_lines_in_a_file_of_clauses_changes_nothing() {
    let lines = clauses(7, 36);
    for rule in Rule::ALL {
        let first = json(&corpus(&lines), &by_rule(rule));
        let is_default = rule == Rule::ALL[0];
        let n_orders = if is_default {
            N_DEFAULT_ORDERS
        } else {
            N_ORDERS
        };
        for seed in 0..n_orders {
            let other = json(&corpus(&shuffled(&lines, seed)), &by_rule(rule));
            let [other, first] = [&other, &first].map(|json| without_places(json));
            assert_eq!(other, first, "{rule}, order {seed}");
        }
    }
}

#[test]
fn where_the_lines_of_an_agreement_stand_changes_nothing_but_file_names() {
    let lines = clauses(8, 40);
    let split = |seed: u64| -> Vec<(String, String)> {
        let lines = shuffled(&lines, seed);
        let (left, right) = lines.split_at(17);
        [("a.jsonl", left), ("b.jsonl", right)]
            .map(|(name, lines)| (name.to_owned(), records(lines)))
            .to_vec()
    };
    let first = json(&corpus(&lines), &ConvergeParams::default());
    for seed in 0..5 {
        let other = json(&corpus_of_files(&split(seed)), &ConvergeParams::default());
        let [other, first] = [&other, &first].map(|json| without_places(json));
        assert_eq!(other, first, "split {seed}");
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let corpora = [load(Path::new(&bundled_folder())), corpus(&clauses(9, 48))];
    for corpus in &corpora {
        for rule in Rule::ALL {
            let on = |n_threads: usize| {
                let pool = ThreadPoolBuilder::new().num_threads(n_threads).build();
                pool.unwrap().install(|| json(corpus, &by_rule(rule)))
            };
            let one = on(1);
            for n_threads in [2, 4, 8] {
                assert_eq!(on(n_threads), one, "{rule} on {n_threads} threads");
            }
        }
    }
}

#[test]
fn an_agreement_added_and_taken_away_again_leaves_no_trace() {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in bundled_files() {
        fs::write(folder.path().join(name), content).unwrap();
    }
    let table = || json(&load(folder.path()), &ConvergeParams::default());
    let before = table();
    let added = folder.path().join("aaa.jsonl");
    let line = Line::new(
        ["Harbor Pact", "harbor", "¶1"],
        "Ports should report attacks on their systems.",
    );
    fs::write(&added, records(&[line])).unwrap();
    assert_ne!(table(), before, "the added agreement is seen");
    fs::remove_file(&added).unwrap();
    assert_eq!(table(), before);
}
