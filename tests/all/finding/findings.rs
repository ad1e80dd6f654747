//! Gaps, emphasis, timelines and citations: what is read from a table and from the texts.

use std::ops::Range;

use consonance::corpus::{Corpus, LoadParams, read_file};
use consonance::evaluation::{Coding, table_of_coding};
use consonance::finding::{
    Annotated, Findings, Gaps, Study, citations, gaps, keyness, network, timeline,
};
use consonance::report::{Report, to_json, to_markdown};
use consonance::reuse::SharedWording;
use consonance::similarity::{Representation, RepresentationParams};
use consonance::table::{ConvergeParams, LayoutParams, converge_on};

use serde_json::{Value, json};

use crate::common::made::{clauses, corpus, corpus_of_files, shuffled};
use crate::common::shared::shared;

/// Five agreements about the coast, with what is known of each.
fn coast() -> Corpus {
    let file = |name: &str, head: &str, body: &str| {
        let text = format!("+++\nlanguage = \"en\"\n{head}\n+++\n\n{body}\n");
        (format!("{name}.md"), text)
    };
    corpus_of_files(&[
        file(
            "harbor",
            "title = \"Harbor Convention\"\nprocess = \"Harbor League\"\nfirst_published = \"1990-05-02\"\nregion = \"North\"\nactor_kind = \"states\"",
            "**Article 1** Each State shall keep every lantern of its beacon burning from dusk till dawn.\n\n\
             **Article 2** No State shall sell ballast taken from the reefs of its neighbors.",
        ),
        file(
            "pilots",
            "title = \"Pilot Code\"\nprocess = \"Pilots\"\nfirst_published = \"1995\"\nregion = \"South\"\nactor_kind = \"companies\"",
            "**¶1** Pilots should keep every lantern of its beacon burning, as Article 1 of the Harbor Convention asks.\n\n\
             **¶2** Pilots should train young pilots in fog, in fog again, and in fog by night; fog is the teacher of pilots.",
        ),
        file(
            "ferries",
            "title = \"Ferry Pledge\"\nprocess = \"Ferries\"\nfirst_published = \"1995-03\"\nregion = \"North\"\nactor_kind = \"companies\"",
            "**¶1** We pledge that the beacon and its lantern are seen from every ferry, in line with the Charter of the United Nations.\n\n\
             **¶2** We train our crews in fog and by night, and sell no ballast taken from the reefs of any shore.",
        ),
        file(
            "divers",
            "title = \"Divers' Letter\"\nprocess = \"Divers\"\nregion = \"South\"",
            "**¶1** A lantern in a beacon guides the divers home.",
        ),
    ])
}

/// Lanterns, reefs and fog; the ferries' word on ballast is put under fog alone.
fn coding() -> Coding {
    let lines = [
        ("harbor/article-1", "Lanterns"),
        ("pilots/1", "Lanterns"),
        ("ferries/1", "Lanterns"),
        ("divers/1", "Lanterns"),
        ("harbor/article-2", "Reefs"),
        ("pilots/2", "Fog"),
        ("ferries/2", "Fog"),
    ];
    let lines = lines.map(|(id, issue)| format!("{{\"id\": \"{id}\", \"issue\": \"{issue}\"}}"));
    Coding::parse(&lines.join("\n")).unwrap()
}

fn study_of(corpus: Corpus, coding: &Coding) -> Study {
    let representation = Representation::of(&corpus, &RepresentationParams::default()).unwrap();
    let layout = LayoutParams::default();
    let table = table_of_coding(&corpus, &representation, coding, &layout).unwrap();
    Study::new(corpus, representation, table)
}

fn study_of_coast() -> Study {
    study_of(coast(), &coding())
}

fn gaps_of_coast() -> (Corpus, Gaps) {
    let study = study_of_coast();
    let found = gaps(&study);
    (study.into_corpus(), found)
}

#[test]
fn a_coding_becomes_its_table() {
    let study = study_of_coast();
    let table = study.table();
    let rows: Vec<(&str, usize)> = table
        .rows
        .iter()
        .map(|row| (row.issue.as_str(), row.n_processes))
        .collect();
    assert_eq!(rows, [("Lanterns", 4), ("Fog", 2), ("Reefs", 1)]);
    assert!(table.alone.is_empty());
    let unknown = Coding::parse("{\"id\": \"nowhere/1\", \"issue\": \"None\"}").unwrap();
    let (corpus, representation) = (study.corpus(), study.representation());
    let layout = LayoutParams::default();
    assert!(table_of_coding(corpus, representation, &unknown, &layout).is_err());
}

#[test]
fn a_clause_that_shares_words_with_another_row_is_possibly_missed() {
    let (corpus, found) = gaps_of_coast();
    let first = &found.missed[0];
    assert_eq!(
        (first.clause.id.as_str(), first.issue.as_str()),
        ("ferries/2", "Reefs")
    );
    assert_eq!(first.like.id, "harbor/article-2");
    assert!(first.fills_empty_cell);
    assert_eq!(first.stands_in, ["Fog"]);
    let run = first.run.as_ref().unwrap();
    assert_eq!(
        (run.words.as_str(), run.n_words),
        ("ballast taken from the reefs of", 6)
    );
    for (cited, range) in [(&first.clause, &run.a), (&first.like, &run.b)] {
        let clause = corpus.find(&cited.id).unwrap();
        assert_eq!(&corpus.text(clause)[range.clone()], run.words);
    }
}

#[test]
fn every_empty_cell_is_told_with_what_comes_nearest() {
    let (_, found) = gaps_of_coast();
    assert_eq!(found.n_cells, 12);
    let empty: Vec<(&str, &str)> = found
        .empty
        .iter()
        .map(|cell| (cell.issue.as_str(), cell.column.as_str()))
        .collect();
    let expected = [
        ("Fog", "divers"),
        ("Fog", "harbor-league"),
        ("Reefs", "divers"),
        ("Reefs", "ferries"),
        ("Reefs", "pilots"),
    ];
    assert_eq!(empty, expected);
    let near = found.empty[3].near_miss.as_ref().unwrap();
    assert_eq!(near.clause.id, "ferries/2");
    assert!(
        near.shared.iter().any(|part| part.term == "ballast"),
        "{near:?}"
    );
    let single = &json!(found)["single"];
    assert_eq!(single.as_array().unwrap().len(), 1);
    assert_eq!(single[0]["process"], "Harbor League");
}

/// Returns a field of each value of a list.
fn of_each(list: &Value, field: &str) -> Vec<Value> {
    let values = list.as_array().unwrap().iter();
    values.map(|value| value[field].clone()).collect()
}

#[test]
fn what_no_agreement_of_a_kind_speaks_of() {
    let (_, found) = gaps_of_coast();
    let found = json!(found);
    let value = |facet: &str, value: &str| {
        let mut gaps = found["facets"].as_array().unwrap().iter();
        let gap = gaps.find(|gap| gap["facet"] == facet && gap["value"] == value);
        of_each(&gap.unwrap()["missing"], "issue")
    };
    assert_eq!(value("actor-kind", "states"), ["Fog"]);
    assert!(value("region", "North").is_empty());
    assert!(
        value("actor-kind", "companies").is_empty(),
        "reefs are of one process"
    );
}

#[test]
fn the_table_tells_its_gaps_when_asked() {
    let study = study_of_coast();
    assert!(!to_markdown(study.table()).contains("# Gaps"));
    let found = gaps(&study);
    let table = Annotated::from(study.table()).gaps(&found);
    assert!(to_markdown(table).contains("# Gaps"));
    let json: serde_json::Value = serde_json::from_str(&to_json(&table)).unwrap();
    assert_eq!(json["gaps"]["n_cells"], 12);
    assert!(json["rows"][0]["cells"].is_object());
}

#[test]
fn what_is_found_on_a_row_refers_to_it_by_id() {
    let study = study_of_coast();
    let table = study.table();
    let found = gaps(&study);
    let missed = found.missed.iter().map(|of| (of.row, &of.issue));
    let empty = found.empty.iter().map(|of| (of.row, &of.issue));
    let all: Vec<_> = missed.chain(empty).collect();
    assert!(all.len() > 5);
    for (row, issue) in all {
        assert_eq!(&table.row(row).issue, issue);
    }
    let timeline = json!(timeline(&study));
    let issues = table.row_ids().map(|row| json!(table.row(row).issue));
    assert!(issues.eq(of_each(&timeline["issues"], "issue")));
}

#[test]
fn a_word_that_one_process_repeats_is_its_emphasis() {
    let agreement = |key: &str, process: &str, text: &str| {
        let text =
            format!("+++\nlanguage = \"en\"\nprocess = \"{process}\"\n+++\n\n**¶1** {text}\n");
        (format!("{key}.md"), text)
    };
    let corpus = corpus_of_files(&[
        agreement(
            "pilots",
            "Pilots",
            "Young pilots learn in fog, in thick fog again, and in fog by night; fog teaches patience. \
             Old pilots watch currents, sandbanks, whirlpools, shallows, breakers and drifting timber.",
        ),
        agreement(
            "harbor",
            "Harbor League",
            "Wardens repair quays, cranes, ladders, moorings, fences, sheds and warehouses before winter, \
             count barrels, inspect ropes, oil winches, dredge basins and ring bells when fog comes.",
        ),
        agreement("divers", "Divers", "A lantern guides the divers home."),
    ]);
    let coding = Coding::parse("{\"id\": \"pilots/1\", \"issue\": \"Fog\"}").unwrap();
    let study = study_of(corpus, &coding);
    let found = json!(keyness(&study));
    let column = |title: &str| {
        let mut columns = found["overall"].as_array().unwrap().iter();
        columns.find(|column| column["title"] == title).unwrap()
    };
    let over = column("Pilots")["over"].as_array().unwrap();
    let fog = over.iter().find(|term| term["word"] == "fog").unwrap();
    assert_eq!(fog["counts"], json!([4, 1]));
    assert!(fog["z"].as_f64().unwrap() > 0.0);
    for example in fog["examples"].as_array().unwrap() {
        let text = found["texts"][example["clause"]["id"].as_str().unwrap()]
            .as_str()
            .unwrap();
        let range: Range<usize> = serde_json::from_value(example["range"].clone()).unwrap();
        assert_eq!(&text[range], "fog");
    }
    let divers = column("Divers");
    assert!(divers["is_too_little"] == true && divers["over"] == json!([]));
}

fn timeline_of_coast() -> Value {
    json!(timeline(&study_of_coast()))
}

#[test]
fn processes_enter_in_the_order_of_their_dates() {
    let found = timeline_of_coast();
    let lanterns = &found["issues"][0];
    let entries = &lanterns["entries"];
    assert_eq!(
        of_each(entries, "process"),
        ["Harbor League", "Pilots", "Ferries"]
    );
    assert_eq!(of_each(entries, "is_tied"), [false, false, true]);
    let dates = [
        json!({"year": 1990, "month": 5, "day": 2, "is_document_year": false}),
        json!({"year": 1995, "is_document_year": false}),
        json!({"year": 1995, "month": 3, "is_document_year": false}),
    ];
    assert_eq!(of_each(entries, "date"), dates);
    assert_eq!(lanterns["undated"][0]["id"], "divers/1");
    assert_eq!(of_each(&lanterns["years"], "year"), [1990, 1995]);
    assert_eq!(of_each(&lanterns["years"], "n_processes"), [1, 3]);
    assert_eq!(lanterns["descents"][0]["level"], 5, "a State shall");
    let n_first = of_each(&found["firsts"], "n_first");
    assert!(
        n_first.is_sorted_by_key(|n| std::cmp::Reverse(n.as_u64())),
        "the most often first: {n_first:?}"
    );
}

#[test]
fn what_is_most_alike_is_joined_first() {
    let study = study_of_coast();
    let found = json!(Findings::of(&study).unwrap().agreements);
    let scores = of_each(&found["merges"], "score");
    assert_eq!(scores.len() + 1, found["items"].as_array().unwrap().len());
    let scores: Vec<f64> = scores.iter().filter_map(Value::as_f64).collect();
    assert!(scores.is_sorted_by(|a, b| a >= b), "{scores:?}");
}

#[test]
fn a_clause_may_come_from_the_nearest_earlier_one() {
    let found = timeline_of_coast();
    let descents = &found["issues"][0]["descents"];
    assert_eq!(descents[0]["from"], Value::Null, "nothing is earlier");
    let source = &descents[1]["from"];
    assert_eq!(source["clause"]["id"], "harbor/article-1");
    assert_eq!(
        source["run"]["words"],
        "keep every lantern of its beacon burning"
    );
    let of_tied = &descents[2]["from"];
    assert_eq!(
        of_tied["clause"]["id"], "harbor/article-1",
        "of one year is not earlier"
    );
}

#[test]
fn citations_lead_to_agreements_and_clauses() {
    let corpus = coast();
    let found = citations(&corpus);
    let told: Vec<(&str, &str, Option<&str>)> = found
        .citations
        .iter()
        .map(|of| {
            (
                of.clause.id.as_str(),
                of.instrument.as_str(),
                of.agreement.as_deref(),
            )
        })
        .collect();
    let expected = [
        ("ferries/1", "Charter of the United Nations", None),
        ("pilots/1", "Harbor Convention", Some("harbor")),
    ];
    assert_eq!(told, expected);
    assert_eq!(
        of_each(&json!(found)["instruments"], "name"),
        ["Charter of the United Nations", "Harbor Convention"]
    );
    let provision = &found.citations[1];
    assert_eq!(provision.provisions, ["Article 1"]);
    assert_eq!(provision.clauses[0].id, "harbor/article-1");
    assert_eq!(provision.words, "Article 1 of the Harbor Convention");
}

/// Returns agreements, each with its title, short name, year and text.
fn agreements(texts: &[(&str, &str, i32, &str)]) -> Corpus {
    let file = |(index, of): (usize, &(&str, &str, i32, &str))| {
        let (title, short_name, year, text) = of;
        let head =
            format!("title: {title}\nshort_name: {short_name}\nyear: {year}\nprocess: P{index}");
        (
            format!("{index}.md"),
            format!("---\n{head}\n---\n\n{text}\n"),
        )
    };
    let files: Vec<(String, String)> = texts.iter().enumerate().map(file).collect();
    corpus_of_files(&files)
}

#[test]
fn provisions_are_cited_after_a_name_and_in_lists_and_ranges() {
    let corpus = agreements(&[
        (
            "Report of the Experts on Buoys",
            "EB 2015",
            2015,
            "13. States should:\n\n(a) paint buoys;\n\n(b) count buoys;\n\n(c) move no buoy.",
        ),
        (
            "Resolution 73/901 on buoys",
            "A/RES/73/901",
            2018,
            "2. Welcomes the report.",
        ),
        (
            "Tide Pact on Buoys",
            "Tide Pact",
            2019,
            "Article 2\n1. Parties paint buoys.\n2. Parties meet.",
        ),
        (
            "Fog Declaration",
            "Fog",
            2022,
            "1. We recall A/RES/73/901, operative paragraph 2, and the Tide Pact (Art. 2, para. 1).\n\n\
             2. We follow paragraphs 13 (a) and (c) of the EB 2015 and paras. 13(a)-(c) of the EB 2015.\n\n\
             3. The Tide Pact on Buoys, in particular Article 2, paragraph 2, or Article 51, binds us.\n\n\
             4. The Tide Pact and Article 2 above bind us.",
        ),
    ]);
    let found = citations(&corpus);
    let told: Vec<(&str, String, usize)> = found
        .citations
        .iter()
        .map(|of| {
            (
                of.instrument.as_str(),
                of.provisions.join("; "),
                of.clauses.len(),
            )
        })
        .collect();
    let expected = [
        ("General Assembly resolution 73/901", "paragraph 2", 1),
        ("Tide Pact on Buoys", "Art 2(1)", 1),
        ("EB 2015", "paragraphs 13(a); paragraphs 13(c)", 2),
        ("EB 2015", "paras 13(a); paras 13(c)", 3),
        ("Tide Pact on Buoys", "Article 2(2); Article 51", 1),
        ("Tide Pact on Buoys", "", 0),
    ];
    let told: Vec<(&str, &str, usize)> = told
        .iter()
        .map(|(name, labels, n)| (*name, labels.as_str(), *n))
        .collect();
    assert_eq!(told, expected);
}

#[test]
fn the_network_has_citations_and_borrowed_words() {
    let corpus = coast();
    let found = citations(&corpus);
    let representation = Representation::of(&corpus, &RepresentationParams::default()).unwrap();
    let net = network(
        &corpus,
        &found,
        &SharedWording::of(&corpus, &representation, 6),
    );
    let told = json!(net);
    let edges = told["edges"].as_array().unwrap();
    let ties: Vec<[&str; 3]> = edges
        .iter()
        .map(|edge| ["from", "to", "kind"].map(|field| edge[field].as_str().unwrap()))
        .collect();
    let expected = [
        ["ferries", "Charter of the United Nations", "citation"],
        ["pilots", "harbor", "citation"],
        ["ferries", "harbor", "text-reuse"],
        ["pilots", "harbor", "text-reuse"],
    ];
    assert_eq!(ties, expected);
    assert!(edges.iter().all(|edge| edge["is_directed"] == true));
    let nodes = told["nodes"].as_array().unwrap();
    let xml = net.to_graphml();
    let document = roxmltree::Document::parse(&xml).unwrap();
    let count = |name: &str| {
        document
            .descendants()
            .filter(|node| node.has_tag_name(name))
            .count()
    };
    assert_eq!((count("node"), count("edge")), (nodes.len(), edges.len()));
    assert_eq!(nodes.last().unwrap()["kind"], "instrument");
    assert_eq!(net.records().to_csv().lines().count(), 1 + edges.len());
}

fn forms_of(finding: &(impl Report + serde::Serialize)) -> [String; 3] {
    [
        to_json(finding),
        finding.records().to_csv(),
        finding.page(5).to_markdown(),
    ]
}

#[test]
fn every_form_of_a_finding_is_the_same_for_any_order_of_the_input() {
    let lines = clauses(7, 120);
    let forms = |corpus: Corpus| {
        let params = ConvergeParams::default().n_resamples(0);
        let representation = Representation::of(&corpus, &params.representation).unwrap();
        let table = converge_on(&corpus, &representation, &params).unwrap();
        let study = Study::new(corpus, representation, table);
        let gaps = gaps(&study);
        let emphasis = keyness(&study);
        let timeline = timeline(&study);
        let citations = citations(study.corpus());
        let network = network(study.corpus(), &citations, study.wording());
        [
            forms_of(&gaps),
            forms_of(&emphasis),
            forms_of(&timeline),
            forms_of(&citations),
            forms_of(&network),
        ]
    };
    let expected = forms(corpus(&lines));
    assert_eq!(forms(corpus(&shuffled(&lines, 3))), expected);
}

mod needs_shared {
    use super::*;

    #[test]
    #[ignore = "needs ../shared"]
    fn the_cell_that_the_hand_made_table_leaves_empty_is_the_first_gap() {
        let folder = shared("gold");
        let clauses = folder.join("appendix_a_clauses.jsonl");
        let corpus = Corpus::load(&[clauses], &LoadParams::default()).unwrap();
        let coding = read_file(&folder.join("appendix_a.jsonl")).unwrap();
        let study = study_of(corpus, &Coding::parse(&coding).unwrap());
        let found = gaps(&study);
        let first = &found.missed[0];
        assert_eq!(first.clause.id, "gge2015/13(i)");
        assert_eq!(first.like.id, "paris2018/principle-5");
        assert!(first.fills_empty_cell);
        assert_eq!(first.run.as_ref().unwrap().n_words, 9);
    }
}
