//! Issues that a person gives: which clauses they draw, and what the table shows of them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use consonance::corpus::{Corpus, LoadParams, read_file};
use consonance::report::{from_json, to_csv, to_json, to_markdown};
use consonance::similarity::{Representation, RepresentationParams};
use consonance::table::{
    Codebook, ConvergeParams, ConvergenceTable, GivenIssue, Quote, Row, converge,
};
use consonance::term::Thesaurus;

use crate::common::made::{
    Line, clauses, corpus_of_files, numbered_corpus as corpus, shuffled, without_places,
};
use crate::common::shared::shared;

fn guide(names: &[&str]) -> Codebook {
    let issues = names.iter().map(|name| GivenIssue::new(*name));
    Codebook::new(issues.collect()).unwrap()
}

fn table(corpus: &Corpus, guide: Codebook) -> ConvergenceTable {
    let params = ConvergeParams::default().guide(guide);
    converge(corpus, &params).unwrap()
}

fn row<'t>(table: &'t ConvergenceTable, name: &str) -> &'t Row {
    table.rows.iter().find(|row| row.issue == name).unwrap()
}

fn ids(row: &Row) -> Vec<&str> {
    let quotes = row.cells.values().flatten();
    quotes.map(|quote| quote.id.as_str()).collect()
}

/// Returns what a table's JSON says of a quote.
fn json_of(quote: &Quote) -> serde_json::Value {
    serde_json::to_value(quote).unwrap()
}

/// Lights and bridges in three processes, and two clauses about neither.
fn coast() -> Corpus {
    let line = |process: &str, label: &str, text: &str| Line::new([process, process, label], text);
    corpus(&[
        line(
            "Harbor Rules",
            "art. 1",
            "Each harbor keeps the lantern of its beacon burning.",
        ),
        line(
            "Harbor Rules",
            "art. 2",
            "A toll on the bridge pays for its repair.",
        ),
        line(
            "Pilot Code",
            "¶4",
            "Pilots report a dark beacon or a broken lantern at once.",
        ),
        line(
            "Pilot Code",
            "¶5",
            "Cider is pressed in autumn from the apples of the orchard.",
        ),
        line(
            "River Pact",
            "¶1",
            "No toll is asked of a doctor who crosses the bridge.",
        ),
        line(
            "River Pact",
            "¶2",
            "Apples of the village orchard are pressed to cider.",
        ),
    ])
}

#[test]
fn clauses_go_to_given_issues_and_the_rest_cluster_freely() {
    let table = table(
        &coast(),
        guide(&["Beacon lantern", "Bridge toll", "Glaciers"]),
    );
    let lights = row(&table, "Beacon lantern");
    assert_eq!(ids(lights), ["Harbor Rules/art-1", "Pilot Code/4"]);
    assert!(lights.is_given());
    assert_eq!(
        ids(row(&table, "Bridge toll")),
        ["Harbor Rules/art-2", "River Pact/1"]
    );
    let given = table.rows.iter().filter(|row| row.is_given());
    let in_given: Vec<&str> = given.flat_map(ids).collect();
    assert!(!in_given.contains(&"Pilot Code/5") && !in_given.contains(&"River Pact/2"));
    assert_eq!(table.parameters["guide"], "3 issues, from score 0.18");
}

#[test]
fn a_placement_is_explained_by_score_and_shared_words() {
    let table = table(&coast(), guide(&["Beacon lantern", "Bridge toll"]));
    for quote in row(&table, "Beacon lantern").cells.values().flatten() {
        let quote = json_of(quote);
        let assigned = &quote["assigned"];
        assert!(assigned["score"].as_f64().unwrap() >= 0.18, "{quote}");
        assert!(
            !quote["also_near"].to_string().contains("Beacon lantern"),
            "{quote}"
        );
        let words: Vec<String> = serde_json::from_value(assigned["words"].clone()).unwrap();
        assert!(words.contains(&"beacon".to_owned()), "{quote}");
        assert!(words.contains(&"lantern".to_owned()), "{quote}");
    }
}

#[test]
fn an_issue_that_no_clause_speaks_of_stays_as_an_empty_last_row_in_every_report() {
    let table = table(&coast(), guide(&["Glaciers", "Beacon lantern"]));
    let last = table.rows.last().unwrap();
    assert_eq!((last.issue.as_str(), last.n_processes), ("Glaciers", 0));
    assert!(last.cells.is_empty() && last.medoid.is_empty());
    let markdown = to_markdown(&table);
    assert!(
        markdown.contains("| **Glaciers**<br>0 processes |  |"),
        "{markdown}"
    );
    assert!(to_csv(&table).contains("Glaciers,0,"), "{}", to_csv(&table));
    assert_eq!(from_json(&to_json(&table)).unwrap().rows.last(), Some(last));
    let said = |word: &str| table.diagnostics.iter().any(|d| d.message.contains(word));
    assert!(said("`Glaciers`"), "{:?}", table.diagnostics);
}

#[test]
fn a_word_of_two_names_draws_to_neither() {
    let corpus = coast();
    let names = ["Burning beacon", "Beacon apples"];
    let table = table(&corpus, guide(&names));
    let quotes = table.rows.iter().flat_map(Row::quotes);
    let assigned: Vec<String> = quotes
        .map(|quote| json_of(quote)["assigned"].to_string())
        .collect();
    assert!(
        assigned.iter().any(|why| why.contains("burn")),
        "{assigned:?}"
    );
    assert!(
        !assigned.iter().any(|why| why.contains("beacon")),
        "{assigned:?}"
    );
}

#[test]
fn a_seed_stands_in_its_issue_whatever_it_says() {
    let corpus = coast();
    let text = "[[issue]]\nname = 'Beacon lantern'\nclauses = ['Pilot Code para. 5']\n";
    let table = table(&corpus, Codebook::parse(text).unwrap());
    let lights = row(&table, "Beacon lantern");
    assert!(ids(lights).contains(&"Pilot Code/5"), "{:?}", ids(lights));
    let seed = lights.cells["pilot-code"]
        .iter()
        .find(|quote| quote.id == "Pilot Code/5");
    let score = json_of(seed.unwrap())["assigned"]["score"]
        .as_f64()
        .unwrap();
    assert!((score - 1.0).abs() < 1e-12, "{score}");
}

#[test]
fn a_process_is_the_spine_that_all_others_are_arranged_under() {
    let corpus = coast();
    let guide = Codebook::of_reference(&corpus, "river pact").unwrap();
    assert_eq!(guide.issues.len(), 2);
    let table = table(&corpus, guide);
    let of_bridge = table
        .rows
        .iter()
        .find(|row| row.issue.starts_with("River Pact ¶1: No toll"));
    assert_eq!(
        ids(of_bridge.unwrap()),
        ["Harbor Rules/art-2", "River Pact/1"]
    );
    let of_apples = table
        .rows
        .iter()
        .find(|row| row.issue.starts_with("River Pact ¶2: "));
    assert_eq!(ids(of_apples.unwrap()), ["Pilot Code/5", "River Pact/2"]);
    let error = Codebook::of_reference(&corpus, "Orchard League").unwrap_err();
    assert!(
        error.message().contains("`Harbor Rules`, `Pilot Code`"),
        "{error}"
    );
}

/// Returns what a table's JSON says of its candidates: id, issue, and words.
fn candidates(table: &ConvergenceTable) -> Vec<(String, String, String)> {
    let json = serde_json::to_value(table).unwrap();
    let all = json["candidates"].as_array().cloned().unwrap_or_default();
    let said = |of: &serde_json::Value, key: &str| of[key].as_str().unwrap().to_owned();
    all.iter()
        .map(|of| (said(of, "id"), said(of, "issue"), of["words"].to_string()))
        .collect()
}

/// Salt and markets: together in two clauses, apart in two others.
fn salt() -> Corpus {
    let texts = [
        ("Caravan Pact", "1", "The salt market opens at dawn."),
        (
            "Oasis Code",
            "1",
            "Caravans may halt at every market for salt and at the salt market.",
        ),
        (
            "Desert Rules",
            "1",
            "Each village stores salt for the winter.",
        ),
        ("Harbor Rules", "1", "Pilots burn a lantern in the fog."),
        ("Harbor Rules", "2", "A ferry crosses the river twice."),
        ("Orchard Pact", "1", "Apples are pressed after the frost."),
        ("Orchard Pact", "2", "The nurse visits every ward."),
        ("Archive Code", "1", "Letters are kept on dry shelves."),
    ];
    let lines = texts.map(|(process, label, text)| Line::new([process, process, label], text));
    corpus(&lines)
}

#[test]
fn a_phrase_is_met_as_a_phrase_and_its_single_words_make_candidates() {
    let table = table(&salt(), guide(&["Salt market"]));
    assert_eq!(
        ids(row(&table, "Salt market")),
        ["Caravan Pact/1", "Oasis Code/1"]
    );
    let expected = (
        "Desert Rules/1".to_owned(),
        "Salt market".to_owned(),
        "[\"salt\"]".to_owned(),
    );
    assert_eq!(candidates(&table), [expected]);
    let markdown = to_markdown(&table);
    let section = "## Candidates, not counted";
    assert!(markdown.contains(section), "{markdown}");
    assert!(markdown.contains("Desert Rules"), "{markdown}");
    assert_eq!(from_json(&to_json(&table)).unwrap(), table);
}

#[test]
fn a_decision_puts_a_candidate_in_its_row() {
    let text = "[[issue]]\nname = 'Salt market'\nclauses = ['Desert Rules 1']\n";
    let table = table(&salt(), Codebook::parse(text).unwrap());
    assert!(ids(row(&table, "Salt market")).contains(&"Desert Rules/1"));
    assert!(candidates(&table).is_empty());
}

#[test]
fn a_concept_of_the_thesaurus_places_nothing_alone() {
    let terms = "[[concept]]\nname = 'trade'\nterms = ['caravan', 'barter', 'peddler']\n";
    let thesaurus = Thesaurus::parse(terms).unwrap();
    let texts = [
        ("Caravan Pact", "1", "A caravan is counted at the gate."),
        ("Oasis Code", "1", "Barter is free."),
        ("Desert Rules", "1", "Peddlers are free."),
        ("Harbor Rules", "1", "Pilots burn a lantern in the fog."),
        ("Orchard Pact", "1", "Apples are pressed after the frost."),
    ];
    let lines = texts.map(|(process, label, text)| Line::new([process, process, label], text));
    let mut params = ConvergeParams::default().guide(guide(&["Caravan"]));
    params.representation.analyzer.thesaurus = thesaurus;
    let table = converge(&corpus(&lines), &params).unwrap();
    assert_eq!(ids(row(&table, "Caravan")), ["Caravan Pact/1"]);
    assert!(candidates(&table).is_empty(), "a concept is no word");
}

#[test]
fn a_heading_places_a_clause_unless_half_of_the_agreement_stands_under_it() {
    let record = |agreement: &str, label: &str, heading: &str, text: &str| {
        serde_json::json!({
            "agreement": agreement, "process": agreement, "clause": label,
            "heading": heading, "text": text, "lang": "en",
        })
        .to_string()
    };
    let lines = [
        record(
            "Pilot Code",
            "1",
            "Fog signals",
            "Each signal is given twice in an hour.",
        ),
        record("Pilot Code", "2", "Tolls", "No toll is asked of a doctor."),
        record(
            "River Pact",
            "1",
            "Fog signals",
            "The ferry crosses once a day.",
        ),
        record(
            "River Pact",
            "2",
            "Fog signals",
            "Apples are pressed in autumn.",
        ),
        record(
            "River Pact",
            "3",
            "Fog signals",
            "The nurse visits every ward.",
        ),
        record(
            "River Pact",
            "4",
            "Orchards",
            "Frost is told to the keeper.",
        ),
        record(
            "Oasis Code",
            "1",
            "Wells",
            "Fog is rare and signals are many.",
        ),
    ];
    let corpus = corpus_of_files(&[("clauses.jsonl".to_owned(), lines.join("\n"))]);
    let table = table(&corpus, guide(&["Fog signals"]));
    let placed = row(&table, "Fog signals");
    assert!(ids(placed).contains(&"Pilot Code/1"), "{:?}", ids(placed));
    assert!(
        !ids(placed).iter().any(|id| id.starts_with("River Pact")),
        "{:?}",
        ids(placed)
    );
    let quotes = placed.quotes().find(|quote| quote.id == "Pilot Code/1");
    let words = json_of(quotes.unwrap())["assigned"]["words"].to_string();
    assert!(words.contains("heading: "), "{words}");
}

#[test]
fn a_preamble_or_a_definition_is_in_no_given_issue() {
    let texts = [
        ("Caravan Pact", "1", "The salt market shall open at dawn."),
        (
            "Oasis Code",
            "1",
            "For the purposes of this Code, \"salt market\" means a market for salt.",
        ),
        (
            "Harbor Rules",
            "1",
            "Pilots shall burn a lantern in the fog.",
        ),
    ];
    let lines = texts.map(|(process, label, text)| Line::new([process, process, label], text));
    let table = table(&corpus(&lines), guide(&["Salt market"]));
    assert_eq!(ids(row(&table, "Salt market")), ["Caravan Pact/1"]);
}

#[test]
fn only_the_given_issues_are_rows_if_so_wanted() {
    let codebook = guide(&["Beacon lantern"]).only_these();
    let table = table(&coast(), codebook);
    assert_eq!(table.rows.len(), 1);
    assert_eq!(table.alone.len(), 4);
    for alone in &table.alone {
        assert_eq!(alone.reason, "it is in none of the given issues");
    }
    assert_eq!(table.parameters["clusters"], "none: the issues are given");
    let given = "1 issues, from score 0.18, nothing else";
    assert_eq!(table.parameters["guide"], given);
}

#[test]
fn a_wrong_guide_is_an_error_that_says_what_and_where() {
    let cases = [
        (
            "[[issue]]\nname = 'Fog'\nwrods = ['mist']\n",
            "unknown field `wrods`",
        ),
        ("[[issue]]\nname = '--'\n", "no letter or digit"),
        (
            "[[issue]]\nname = 'Fog'\n[[issue]]\nname = 'FOG'\n",
            "stands twice",
        ),
        ("", "names no issue"),
    ];
    for (text, expected) in cases {
        let error = Codebook::parse(text).unwrap_err().to_string();
        assert!(error.contains(expected), "{text}: {error}");
    }
    let cases = [
        (
            "[[issue]]\nname = 'Fog'\nclauses = ['Pilot Code 9']\n",
            "names no clause",
        ),
        (
            "[[issue]]\nname = 'Fog'\nclauses = ['Pilot Code 4']\n
             [[issue]]\nname = 'Ice'\nclauses = ['Pilot Code/4']\n",
            "stands under `Fog` and `Ice`",
        ),
    ];
    for (text, expected) in cases {
        let params = ConvergeParams::default().guide(Codebook::parse(text).unwrap());
        let error = converge(&coast(), &params).unwrap_err().to_string();
        assert!(error.contains(expected), "{text}: {error}");
    }
}

#[test]
fn a_guided_table_is_the_same_for_any_order_of_clauses() {
    let lines = clauses(11, 40);
    let names = [
        "Ferry over the river",
        "Vaccine ward",
        "Glaciers",
        "Camel market",
    ];
    let json = |lines: &[Line]| without_places(&to_json(&table(&corpus(lines), guide(&names))));
    let expected = json(&lines);
    for seed in 0..5 {
        assert_eq!(json(&shuffled(&lines, seed)), expected, "order {seed}");
    }
}

fn beside_the_crate(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

#[test]
fn the_ready_lists_guide_the_bundled_corpus() {
    let corpus = Corpus::load(&[beside_the_crate("corpus")], &LoadParams::default()).unwrap();
    for (list, n_issues) in [("corpus/issues.toml", 21), ("corpus/norms.toml", 11)] {
        let guide = Codebook::parse(&read_file(&beside_the_crate(list)).unwrap()).unwrap();
        assert_eq!(guide.issues.len(), n_issues, "{list}");
        let names: BTreeSet<String> = guide.issues.iter().map(|i| i.name.clone()).collect();
        let table = table(&corpus, guide);
        let shown: BTreeSet<String> = table.rows.iter().map(|row| row.issue.clone()).collect();
        assert!(names.is_subset(&shown), "{list}");
    }
}

#[test]
fn each_norm_of_the_ready_list_draws_the_paragraph_it_restates() {
    let corpus = Corpus::load(&[beside_the_crate("corpus")], &LoadParams::default()).unwrap();
    let guide =
        Codebook::parse(&read_file(&beside_the_crate("corpus/norms.toml")).unwrap()).unwrap();
    let representation = Representation::of(&corpus, &RepresentationParams::default()).unwrap();
    let assigned = guide.nearest(&corpus, &representation).unwrap();
    let mut n_right = 0;
    let mut n_found = 0;
    for (index, letter) in ('a'..='k').enumerate() {
        let Some(clause) = corpus.find(&format!("gge2015/13({letter})")) else {
            continue;
        };
        n_found += 1;
        n_right += usize::from(assigned[clause.index()] == Some(index));
    }
    println!("{n_right} of {n_found} paragraphs are nearest to their own norm");
    assert!(n_right + 2 >= n_found, "{n_right} of {n_found}");
}

/// The clauses of a set, the names that a person gave, and those of each clause.
struct Named {
    corpus: Corpus,
    names: Vec<String>,
    names_of: BTreeMap<String, Vec<String>>,
}

fn named(clauses: &str, coding: &str, keys: [&str; 2]) -> Named {
    let mut named = Named {
        corpus: Corpus::load(&[shared(clauses)], &LoadParams::default()).unwrap(),
        names: Vec::new(),
        names_of: BTreeMap::new(),
    };
    for line in read_file(&shared(coding)).unwrap().lines() {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        let [Some(id), Some(name)] = keys.map(|key| record[key].as_str().map(str::to_owned)) else {
            continue;
        };
        if !named.names.contains(&name) {
            named.names.push(name.clone());
        }
        named.names_of.entry(id).or_default().push(name);
    }
    named
}

/// How well names alone find the issues of clauses.
struct Figures {
    /// The share of clauses whose nearest issue is right.
    first: f64,
    /// The F1 of the placements if every clause is in its nearest issue.
    nearest: f64,
    /// The precision and the recall of the placements in a table.
    precision: f64,
    recall: f64,
}

fn figures(set: &Named, thesaurus: Thesaurus) -> Figures {
    let mut params = RepresentationParams::default();
    params.analyzer.thesaurus = thesaurus;
    let representation = Representation::of(&set.corpus, &params).unwrap();
    let names: Vec<&str> = set.names.iter().map(String::as_str).collect();
    let guide = guide(&names);
    let assigned = guide.assign(&set.corpus, &representation).unwrap();
    let first = guide.nearest(&set.corpus, &representation).unwrap();
    let (mut n_first, mut n_right, mut n_placed, mut n_true) = (0, 0, 0, 0);
    for (index, clause) in set.corpus.clauses().iter().enumerate() {
        let own = &set.names_of[&clause.key];
        let is_own = |issue: usize| own.contains(&set.names[issue]);
        n_true += own.len();
        n_placed += usize::from(assigned[index].is_some());
        n_right += usize::from(assigned[index].is_some_and(is_own));
        n_first += usize::from(first[index].is_some_and(is_own));
    }
    let n_nearest = first.iter().flatten().count();
    let share = |n: usize, of: usize| n as f64 / of as f64;
    Figures {
        first: share(n_first, first.len()),
        nearest: share(2 * n_first, n_nearest + n_true),
        precision: share(n_right, n_placed),
        recall: share(n_right, n_true),
    }
}

mod needs_shared {
    use super::*;

    #[test]
    #[ignore = "needs ../shared"]
    fn names_alone_place_the_clauses_of_three_sets() {
        let sets = [
            (
                "gold/appendix_a_clauses.jsonl",
                "gold/appendix_a.jsonl",
                ["clause_id", "issue"],
                0.69,
            ),
            (
                "treaties/organizations.jsonl",
                "treaties/organizations.jsonl",
                ["id", "label"],
                0.80,
            ),
            (
                "treaties/articles_hard.jsonl",
                "treaties/articles_hard.jsonl",
                ["id", "label"],
                0.82,
            ),
        ];
        for (clauses, coding, keys, at_least) in sets {
            let set = named(clauses, coding, keys);
            for (thesaurus, what) in [
                (Thesaurus::empty(), "none"),
                (Thesaurus::bundled(), "bundled"),
            ] {
                let found = figures(&set, thesaurus);
                let (first, nearest) = (found.first, found.nearest);
                let (precision, recall) = (found.precision, found.recall);
                let told = format!(
                    "{clauses}, thesaurus {what}: first {first:.3}, placements {nearest:.3}; \
                     in a table precision {precision:.3}, recall {recall:.3}"
                );
                println!("{told}");
                assert!(first >= at_least, "{told}");
                assert!(nearest >= at_least - 0.02, "{told}");
                assert!(precision >= 0.8, "{told}");
            }
        }
    }
}
