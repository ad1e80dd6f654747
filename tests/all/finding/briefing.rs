//! The briefing: every sentence has citations, and every citation resolves to its bytes and words.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use consonance::corpus::{Corpus, LoadParams};
use consonance::evaluation::{Coding, table_of_coding};
use consonance::finding::{BriefingParams, Study, briefing, co_mentions};
use consonance::report::{Block, Inline, Page, Report};
use consonance::similarity::Representation;
use consonance::table::{ConvergeParams, converge_on};

use crate::common::made::corpus_of_files;
use crate::common::shared::shared;

fn study_of(corpus: Corpus) -> Study {
    let params = ConvergeParams::default().n_resamples(0);
    let representation = Representation::of(&corpus, &params.representation).unwrap();
    let table = converge_on(&corpus, &representation, &params).unwrap();
    Study::new(corpus, representation, table)
}

/// The bundled corpus under the issues of its coding, as the program shows it.
fn bundled() -> Study {
    let corpus = Corpus::load(&["corpus".into()], &LoadParams::default()).unwrap();
    let params = ConvergeParams::default();
    let representation = Representation::of(&corpus, &params.representation).unwrap();
    let coding = std::fs::read_to_string("corpus/coding.jsonl").unwrap();
    let coding = Coding::parse(&coding).unwrap();
    let table = table_of_coding(&corpus, &representation, &coding, &params.layout).unwrap();
    Study::new(corpus, representation, table)
}

/// Returns the numbers in brackets in a text.
fn numbers_in(text: &str) -> BTreeSet<usize> {
    let parts = text.split('[').skip(1);
    parts
        .filter_map(|part| part.split(']').next()?.parse().ok())
        .collect()
}

fn in_words(words: &[Inline]) -> String {
    words.iter().map(|inline| inline.shown() + " ").collect()
}

/// Checks that every sentence has a citation but those on how to read it, and returns all numbers of citations.
fn check_sentences(page: &Page) -> BTreeSet<usize> {
    let mut numbers = BTreeSet::new();
    for block in &page.blocks {
        let words = match block {
            Block::Text(words) | Block::Item { words, .. } => in_words(words),
            _ => continue,
        };
        let cited = numbers_in(&words);
        let is_about_reading = [
            "“n of N”",
            "The number, the clause",
            "Nothing is known",
            "and ",
        ]
        .iter()
        .any(|start| words.starts_with(start));
        assert!(is_about_reading || !cited.is_empty(), "{words}");
        numbers.extend(cited);
    }
    numbers
}

/// Checks that each citation of a briefing is in the register, in order, and resolves to its bytes and words; returns
/// their number.
fn check_register(study: &Study, text_of: impl Fn(&str) -> String) -> usize {
    let told = briefing(study, &BriefingParams::default());
    let numbers = check_sentences(&told.page(usize::MAX));
    let register = told.records();
    assert_eq!(numbers, (1..=register.rows.len()).collect());
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for row in &register.rows {
        let [_, agreement, citation, id, file, sha256, bytes, words] = &row[..] else {
            panic!("{row:?}");
        };
        let clause = study.corpus().find(id).unwrap();
        assert_eq!(study.corpus().citation(clause), *citation);
        assert_eq!(study.corpus().text(clause), words);
        assert_eq!(
            study
                .corpus()
                .agreement(study.corpus().clause(clause).agreement)
                .key,
            *agreement
        );
        assert_eq!(sha256.len(), 64);
        let text = texts.entry(file.clone()).or_insert_with(|| text_of(file));
        let ranges = bytes.split("; ").map(|range| {
            let (start, end) = range.split_once("..").unwrap();
            &text[start.parse().unwrap()..end.parse().unwrap()]
        });
        assert_eq!(ranges.collect::<String>(), *words, "{citation}");
    }
    register.rows.len()
}

#[test]
fn every_citation_of_the_bundled_corpus_resolves() {
    let text_of =
        |file: &str| crate::corpus::originals::text_of(&Path::new("corpus").join(file), file);
    let study = bundled();
    assert!(check_register(&study, text_of) > 40);
    let page = briefing(&study, &BriefingParams::default())
        .page(usize::MAX)
        .to_text();
    assert!(
        page.contains("has no clause on it in the corpus; its nearest: "),
        "{page}"
    );
    assert!(
        page.contains("of 20 processes (35 %)") && !page.contains("of 19 processes ("),
        "{page}"
    );
}

/// Returns a corpus of four agreements: three have a clause on a beacon, three on an orchard, two on both.
fn beacons_and_orchards() -> Study {
    let metadata =
        |process: &str, year: i32| format!("---\nprocess: {process}\nyear: {year}\n---\n\n");
    let beacon = "Parties MODAL keep the beacon of the harbor burning for the pilots of the reef";
    let orchard = "Parties shall graft every apple tree of the orchard before the frost";
    let texts = [
        (
            "a.md",
            "Harbor Forum",
            2010,
            "shall",
            " within 24 hours",
            true,
        ),
        (
            "b.md",
            "Reef Council",
            2012,
            "should",
            " within 72 hours",
            true,
        ),
        ("c.md", "Tide Union", 2014, "should not", "", false),
        ("d.md", "Old League", 2001, "", "", true),
    ];
    let files = texts.map(|(name, process, year, modal, hours, has_orchard)| {
        let beacon = if modal.is_empty() {
            String::new()
        } else {
            format!("1. {}{hours}.\n\n", beacon.replace("MODAL", modal))
        };
        let orchard = if has_orchard {
            format!("2. {orchard}.\n\n")
        } else {
            String::new()
        };
        (
            name.to_owned(),
            metadata(process, year) + &beacon + &orchard,
        )
    });
    study_of(corpus_of_files(&files))
}

#[test]
fn a_briefing_of_a_small_corpus() {
    let study = beacons_and_orchards();
    let page = briefing(&study, &BriefingParams::default())
        .page(usize::MAX)
        .to_text();
    // The league of 2001 had no say on what began in 2010; the union of 2014 had one on the orchard of 2001.
    for expected in [
        "3 of 3 processes, 1 unknown: Harbor Forum [",
        "3 of 4 processes: Old League [",
        "obligation in Harbor Forum [",
        "What not to do is said by Tide Union [",
        "“24 hours” in Harbor Forum [",
        "New since 2014\n",
        "Harbor Forum, 2010 (",
    ] {
        assert!(page.contains(expected), "{expected}\n{page}");
    }
}

#[test]
fn issues_that_come_together_by_hand() {
    let found = co_mentions(&beacons_and_orchards()).records();
    let [pair] = &found.rows[..] else {
        panic!("{found:?}");
    };
    // Harbor Forum and Reef Council have both; Tide Union has the beacon alone, Old League the orchard.
    assert_eq!(pair[2..7], ["2", "3", "3", "0.667", "0.667"]);
    let clauses: BTreeSet<&str> = pair[7..].iter().map(String::as_str).collect();
    assert_eq!(
        clauses,
        BTreeSet::from(["a 1", "a 2"]),
        "the earliest with both"
    );
}

mod needs_shared {
    use super::*;

    #[test]
    #[ignore = "needs ../shared"]
    fn every_citation_of_whole_documents_resolves() {
        let folder = shared("whole/docs");
        let corpus = Corpus::load(std::slice::from_ref(&folder), &LoadParams::default()).unwrap();
        let text_of = |file: &str| crate::corpus::originals::text_of(&folder.join(file), file);
        assert!(check_register(&study_of(corpus), text_of) > 30);
    }
}
