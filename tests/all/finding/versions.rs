//! Versions of a text: what became of each clause, whatever became of its number.

use std::collections::{BTreeMap, BTreeSet};

use consonance::corpus::CorpusBuilder;
use consonance::finding::{VersionText, Versions, compare_versions};
use consonance::read::{ReadLimits, read};
use consonance::report::{Report, to_json};
use consonance::similarity::{Representation, RepresentationParams};
use serde_json::{Value, json};

use crate::common::written::documented_fields;

/// A version of numbered clauses, in their order.
pub(crate) fn version(name: &str, clauses: &[&str]) -> VersionText {
    let line = |(place, text): (usize, &&str)| {
        let number = (place + 1).to_string();
        json!({"agreement": name, "clause": number, "kind": "norm", "lang": "en", "text": text})
            .to_string()
    };
    let lines: Vec<String> = clauses.iter().enumerate().map(line).collect();
    let mut builder = CorpusBuilder::new();
    let lines = lines.join("\n");
    builder.add(
        read(lines.as_bytes(), "clauses.jsonl", &ReadLimits::default()).unwrap(),
        Some("clauses.jsonl"),
    );
    let corpus = builder.build().unwrap();
    VersionText::of(&corpus, corpus.agreements_in("clauses.jsonl")[0])
}

fn compared(before: &[&str], after: &[&str]) -> Versions {
    compare_versions(&[version("old", before), version("new", after)])
}

fn value(versions: &Versions) -> Value {
    serde_json::from_str(&to_json(versions)).unwrap()
}

/// What was told of each clause: numbers before, numbers after, fate, and what besides.
fn told(versions: &Versions) -> Vec<String> {
    let value = value(versions);
    let changes = value["steps"][0]["changes"].as_array().unwrap();
    let numbers = |side: &Value| -> String {
        let numbers = side
            .as_array()
            .unwrap()
            .iter()
            .map(|of| of["label"].as_str().unwrap());
        numbers.collect::<Vec<_>>().join("+")
    };
    let line = |change: &Value| {
        let mut line = format!(
            "{}>{} {}",
            numbers(&change["before"]),
            numbers(&change["after"]),
            change["fate"].as_str().unwrap()
        );
        for (key, word) in [("is_moved", " moved"), ("is_renumbered", " renumbered")] {
            if change[key] == true {
                line.push_str(word);
            }
        }
        match change["binding"]["verdict"].as_str() {
            None | Some("as-strong" | "unknown") => {}
            Some(verdict) => line.extend([" ", verdict]),
        }
        line
    };
    changes.iter().map(line).collect()
}

const LIGHTS: &str = "The Parties shall keep a light burning on every pier of their harbors.";
const CHARTS: &str = "Each harbor master should publish the charts of the coast in spring.";
const PILOTS: &str = "Pilots may rest for one hour between two voyages across the lagoon.";
const BELLS: &str = "Ships in fog must ring their bells until the reef lies behind them.";
const TOLLS: &str = "No toll is due from fishing boats that return before the evening.";

#[test]
fn a_new_number_alone_is_no_change() {
    let found = compared(&[LIGHTS, CHARTS, BELLS], &[TOLLS, LIGHTS, CHARTS, BELLS]);
    let expected = [
        ">1 new",
        "1>2 kept renumbered",
        "2>3 kept renumbered",
        "3>4 kept renumbered",
    ];
    assert_eq!(told(&found), expected);
}

#[test]
fn case_and_punctuation_are_no_change_and_words_are() {
    let again = LIGHTS
        .replace("Parties", "PARTIES")
        .replace("burning", "burning,");
    let found = compared(
        &[LIGHTS, CHARTS],
        &[&again, &CHARTS.replace("spring", "autumn")],
    );
    assert_eq!(told(&found), ["1>1 kept", "2>2 changed"]);
}

#[test]
fn the_clause_that_passed_the_others_is_the_one_that_moved() {
    let found = compared(
        &[LIGHTS, CHARTS, PILOTS, BELLS],
        &[CHARTS, PILOTS, BELLS, LIGHTS],
    );
    let expected = [
        "2>1 kept renumbered",
        "3>2 kept renumbered",
        "4>3 kept renumbered",
        "1>4 moved moved renumbered",
    ];
    assert_eq!(told(&found), expected);
}

#[test]
fn a_divided_clause_was_split_and_joined_ones_were_merged() {
    let both = format!("{LIGHTS} {BELLS}");
    let found = compared(&[&both, CHARTS], &[LIGHTS, BELLS, CHARTS]);
    assert_eq!(told(&found), ["1>1+2 split", "2>3 kept renumbered"]);
    let found = compared(&[LIGHTS, BELLS, CHARTS], &[&both, CHARTS]);
    assert_eq!(told(&found), ["1+2>1 merged", "3>2 kept renumbered"]);
}

#[test]
fn dropped_clauses_stand_where_they_stood() {
    let found = compared(&[LIGHTS, PILOTS, BELLS], &[LIGHTS, BELLS]);
    assert_eq!(
        told(&found),
        ["1>1 kept", "2> dropped", "3>2 kept renumbered"]
    );
    let found = compared(&[LIGHTS], &[TOLLS]);
    assert_eq!(told(&found), ["1> dropped", ">1 new"]);
}

#[test]
fn whether_a_clause_binds_more_or_less_is_told() {
    let check = |from: &str, to: &str, expected: &str| {
        let found = compared(&[LIGHTS, CHARTS], &[&LIGHTS.replace(from, to), CHARTS]);
        assert_eq!(told(&found)[0], expected, "{from} > {to}");
    };
    check("shall", "should", "1>1 changed weaker");
    check("shall", "may", "1>1 changed weaker");
    check("shall", "must", "1>1 changed");
    check("shall", "shall endeavor to", "1>1 changed weaker");
    check("shall", "shall, where possible,", "1>1 changed weaker");
    check("shall", "shall not", "1>1 changed contrary");
    check("a light", "a bright light", "1>1 changed");
    let should = LIGHTS.replace("shall", "should");
    let found = compared(&[&should], &[LIGHTS]);
    assert_eq!(told(&found), ["1>1 changed stronger"]);
    // A verb that does not come first counts, too.
    let more = format!("{LIGHTS} They shall mend broken ones within a day.");
    let less = more.replace("They shall", "They should");
    assert_eq!(told(&compared(&[&more], &[&less])), ["1>1 changed weaker"]);
}

#[test]
fn each_change_of_words_is_named() {
    let old = "Each harbor shall keep two lamps lit for the ships of the Tide Union.";
    let new = "Each harbor should not keep four lamps lit for the ships of the Salt Union.";
    let value = value(&compared(&[old], &[new]));
    let change = &value["steps"][0]["changes"][0];
    assert_eq!(
        change["kinds"],
        json!(["negation", "number", "modal", "name"])
    );
    let words: Vec<&str> = change["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|of| of["from"].as_str().unwrap())
        .collect();
    assert_eq!(words, ["shall", "two", "Tide"]);
}

#[test]
fn one_of_many_equal_clauses_is_the_one_in_its_place() {
    let reserved = "This paragraph is reserved for a later meeting.";
    let found = compared(
        &[LIGHTS, reserved, CHARTS, reserved, BELLS],
        &[LIGHTS, reserved, CHARTS, PILOTS, reserved, BELLS],
    );
    let expected = [
        "1>1 kept",
        "2>2 kept",
        "3>3 kept",
        ">4 new",
        "4>5 kept renumbered",
        "5>6 kept renumbered",
    ];
    assert_eq!(told(&found), expected);
}

#[test]
fn a_chain_tells_when_each_wording_came_and_went() {
    let should = LIGHTS.replace("shall", "should");
    let may = LIGHTS.replace("shall", "may");
    let texts = [
        version("zero", &[LIGHTS, PILOTS]),
        version("one", &[&should, TOLLS]),
        version("two", &[&may, TOLLS, PILOTS]),
    ];
    let found = compare_versions(&texts);
    let value = value(&found);
    let first = &value["histories"][0];
    assert_eq!(first["n_changes"], 2);
    let spans: Vec<&Value> = first["wordings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|of| &of["versions"])
        .collect();
    assert_eq!(spans, [&json!([0]), &json!([1]), &json!([2])]);
    let pilots = value["histories"].as_array().unwrap().iter();
    let pilots = pilots.filter(|of| of["wordings"][0]["text"] == PILOTS);
    let spans: Vec<&Value> = pilots.map(|of| &of["wordings"][0]["versions"]).collect();
    assert_eq!(spans, [&json!([0, 2])], "it was dropped and came back");
    let page = found.page(10).to_markdown();
    assert!(
        page.contains("## Over all versions") && page.contains("2 → – → 3"),
        "{page}"
    );
}

#[test]
fn every_clause_is_told_of_once_and_the_words_make_both_versions() {
    let both = format!("{LIGHTS} {BELLS}");
    let before = [&both, CHARTS, PILOTS, TOLLS];
    let after = [TOLLS, LIGHTS, BELLS, &CHARTS.replace("should", "shall")];
    let value = value(&compared(&before, &after));
    let changes = value["steps"][0]["changes"].as_array().unwrap();
    for (side, other, texts) in [
        ("before", "inserted", &before[..]),
        ("after", "deleted", &after),
    ] {
        let clauses = changes
            .iter()
            .flat_map(|change| change[side].as_array().unwrap());
        let mut places: Vec<u64> = clauses.map(|of| of["place"].as_u64().unwrap()).collect();
        places.sort_unstable();
        assert_eq!(places, (0..texts.len() as u64).collect::<Vec<_>>());
        for change in changes {
            let revisions = change["revisions"].as_array().unwrap().iter();
            let own = revisions.filter(|revision| revision["fate"] != other);
            let own: String = own
                .map(|revision| revision["words"].as_str().unwrap())
                .collect();
            let clauses = change[side].as_array().unwrap().iter();
            let words: Vec<&str> = clauses.map(|of| of["text"].as_str().unwrap()).collect();
            assert_eq!(own, words.join("\n"));
        }
    }
}

#[test]
fn nothing_and_nearly_nothing_can_be_compared() {
    assert_eq!(value(&compare_versions(&[]))["steps"], json!([]));
    assert_eq!(
        value(&compare_versions(&[version("one", &[LIGHTS])]))["steps"],
        json!([])
    );
    assert_eq!(told(&compared(&["..."], &["..."])), ["1>1 kept"]);
}

/// The fields of a value: `[]` for each entry of a list, `{}` where keys are data.
fn add_fields(value: &Value, path: &str, fields: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                match (path, key.as_str()) {
                    ("", key) => add_fields(value, key, fields),
                    ("steps[].counts", _) => {
                        fields.insert(format!("{path}{{}}"));
                    }
                    ("steps[].changes[]", side @ ("before" | "after")) => {
                        fields.insert(format!("{path}.{side}[]"));
                        for clause in value.as_array().unwrap() {
                            add_fields(clause, "clause", fields);
                        }
                    }
                    ("clause", "force") | ("dropped[].holders[]", "published") => {
                        fields.insert(format!("{path}.{key}"));
                    }
                    (_, key) => add_fields(value, &format!("{path}.{key}"), fields),
                }
            }
        }
        Value::Array(list) => {
            for value in list {
                add_fields(value, &format!("{path}[]"), fields);
            }
        }
        _ => {
            fields.insert(path.to_owned());
        }
    }
}

#[test]
fn the_documented_fields_of_json_are_those_that_are_written() {
    let documented = documented_fields(include_str!("../../../src/finding/versions/schema.md"));
    let document = |name: &str, text: &str| {
        let mut builder = CorpusBuilder::new();
        let files = BTreeMap::from([(name, text.as_bytes())]);
        builder.add_files(&files).unwrap();
        builder.build().unwrap()
    };
    let old = "Lights\n\nThe Parties should:\n\n(a) keep a light on every pier, where possible, through the whole winter;\n\n\
               (b) ring a bell in fog until the reef lies behind them.\n";
    let new = old
        .replace("should:", "shall:")
        .replace(", where possible,", ", as appropriate,")
        .replace(
            "(b) ring a bell in fog until the reef lies behind them.",
            "(b) rest.",
        );
    let texts = [old, &new, old].map(|text| {
        let corpus = document("pact.txt", text);
        VersionText::of(&corpus, corpus.agreements_in("pact.txt")[0])
    });
    let holders = "1. Ships ring a bell in fog until the reef lies behind them, and wait.\n\n2. Bakers bake bread.\n";
    let corpus = document("others.txt", holders);
    let representation = Representation::of(&corpus, &RepresentationParams::default()).unwrap();
    let found = compare_versions(&texts).with_dropped_in(&corpus, &representation);
    let mut written = BTreeSet::new();
    add_fields(&value(&found), "", &mut written);
    let undocumented: Vec<&String> = written.difference(&documented).collect();
    let unwritten: Vec<&String> = documented.difference(&written).collect();
    assert!(undocumented.is_empty(), "{undocumented:?}");
    // Which of these a small text has depends on how it is cut.
    assert!(
        unwritten.iter().all(|field| *field == "clause.heading"),
        "{unwritten:?}"
    );
}
