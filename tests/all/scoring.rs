//! Agreement with a human coding: figures equal to recorded ones of an independent program.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use consonance::ErrorKind;
use consonance::finding::score::{
    ClustersOfClauses, CodedClause, Coding, CodingFigures, ColumnsOfClauses, score, score_table,
};
use consonance::report::from_json;
use serde::Deserialize;

/// Clusters and the figures recorded for them.
#[derive(Deserialize)]
struct Recorded {
    name: String,
    #[serde(default)]
    clusters: ClustersOfClauses,
    expected: BTreeMap<String, f64>,
}

fn data(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/score")
        .join(name);
    fs::read_to_string(path).unwrap()
}

fn recorded(name: &str) -> Vec<Recorded> {
    serde_json::from_str(&data(name)).unwrap()
}

fn check_equal(name: &str, figures: &CodingFigures, expected: &BTreeMap<String, f64>) {
    let found = [
        ("k", figures.n_clusters as f64),
        ("singletons", figures.n_singletons as f64),
        ("bcubed_p", figures.bcubed.precision.value()),
        ("bcubed_r", figures.bcubed.recall.value()),
        ("bcubed_f1", figures.bcubed.f1.value()),
        ("ari", figures.adjusted_rand),
        ("v", figures.v_measure.value()),
        ("nmi", figures.normalized_information.value()),
        ("ami", figures.adjusted_information),
        ("purity", figures.purity.value()),
        ("cell_p", figures.cells.precision.value()),
        ("cell_r", figures.cells.recall.value()),
        ("cell_f1", figures.cells.f1.value()),
        ("place_p", figures.placements.precision.value()),
        ("place_r", figures.placements.recall.value()),
        ("place_f1", figures.placements.f1.value()),
    ];
    assert_eq!(
        found.len(),
        expected.len(),
        "{name}: all figures are compared"
    );
    for (figure, value) in found {
        let wanted = expected[figure];
        assert!(
            (value - wanted).abs() < 1e-9,
            "{name}: {figure} is {value}, not {wanted}"
        );
    }
}

#[test]
fn figures_equal_those_recorded_for_an_invented_coding() {
    let coding = Coding::parse(&data("coding.jsonl")).unwrap();
    assert_eq!(coding.n_ignored(), 1);
    for case in recorded("predictions.json") {
        // One prediction knows only some of the clauses: the others are left out.
        let figures = score(&coding, &case.clusters, &ColumnsOfClauses::new()).unwrap();
        check_equal(&case.name, &figures, &case.expected);
        assert_eq!(
            figures.n_clauses,
            figures.missing.len() + case.clusters.len(),
            "{}",
            case.name
        );
    }
}

#[test]
fn figures_equal_those_recorded_for_the_hand_made_table() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/gold/appendix_a.jsonl"
    );
    let Ok(text) = fs::read_to_string(path) else {
        println!("skipped: the hand-made table is not there");
        return;
    };
    let coding = Coding::parse(&text).unwrap();
    assert_eq!((coding.clauses().len(), coding.issues().len()), (93, 21));
    for case in recorded("appendix.json") {
        let clusters = coding
            .clauses()
            .iter()
            .map(|clause| (clause.id.clone(), clusters_by_rule(&case.name, clause)))
            .collect();
        let figures = score(&coding, &clusters, &ColumnsOfClauses::new()).unwrap();
        check_equal(&case.name, &figures, &case.expected);
    }
}

/// The clusters of a clause under one of the rules whose figures were recorded.
fn clusters_by_rule(rule: &str, clause: &CodedClause) -> Vec<String> {
    let hash = hash_of(&clause.id);
    match rule {
        "by process" => vec![clause.process.clone().unwrap()],
        "by hash into 21" => vec![(hash % 21).to_string()],
        "by hash into 40" => vec![(hash % 40).to_string()],
        "by hash into 9, and into 13 for the odd" if hash % 2 == 1 => {
            vec![(hash % 9).to_string(), (100 + hash % 13).to_string()]
        }
        "by hash into 9, and into 13 for the odd" => vec![(hash % 9).to_string()],
        "by first issue, a third left out" if hash.is_multiple_of(3) => Vec::new(),
        "by first issue, a third left out" => vec![clause.issues[0].clone()],
        "all left out" => Vec::new(),
        _ => panic!("no rule is called {rule}"),
    }
}

/// FNV-1a, 64 bits.
fn hash_of(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn clusters(lines: &[(&str, &[&str])]) -> ClustersOfClauses {
    lines
        .iter()
        .map(|(id, names)| {
            (
                (*id).to_owned(),
                names.iter().map(ToString::to_string).collect(),
            )
        })
        .collect()
}

#[test]
fn clauses_known_to_one_side_only_are_told() {
    let coding = Coding::parse(
        "{\"id\": \"a\", \"issue\": \"x\"}\n{\"id\": \"b\", \"issue\": \"x\"}\n{\"id\": \"c\", \"issue\": \"y\"}",
    )
    .unwrap();
    let found = clusters(&[("a", &["1"]), ("b", &["1"]), ("d", &["1"]), ("e", &[])]);
    let figures = score(&coding, &found, &ColumnsOfClauses::new()).unwrap();
    assert_eq!(figures.missing, ["c"]);
    assert_eq!(figures.uncoded, ["d", "e"]);
    assert_eq!((figures.n_clauses, figures.n_left_out), (3, 1));
    assert_eq!((figures.n_clusters, figures.n_singletons), (1, 1));
}

#[test]
fn the_column_is_the_codings_own_else_the_tables_else_the_process() {
    let coding = Coding::parse(concat!(
        "{\"id\": \"a\", \"issue\": \"x\", \"column\": \"One\"}\n",
        "{\"id\": \"b\", \"issue\": \"x\"}\n",
        "{\"id\": \"c\", \"issue\": \"x\", \"process\": \"Two\"}\n",
    ))
    .unwrap();
    let together = clusters(&[("a", &["1"]), ("b", &["1"]), ("c", &["1"])]);
    let check = |column_of_b: &str, n_cells: usize| {
        let columns = [("a", "Three"), ("b", column_of_b)]
            .map(|(id, column)| (id.to_owned(), column.to_owned()))
            .into();
        assert_eq!(
            score(&coding, &together, &columns).unwrap().n_cells,
            n_cells
        );
    };
    check("One", 2);
    check("Two", 2);
    check("Three", 3);
}

#[test]
fn a_coding_of_other_texts_is_an_error() {
    let coding = Coding::parse("{\"id\": \"a\", \"issue\": \"x\"}").unwrap();
    let nothing = ColumnsOfClauses::new();
    let error = score(&coding, &clusters(&[("b", &["1"])]), &nothing).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Empty);
    let error = score(&Coding::default(), &clusters(&[("b", &["1"])]), &nothing).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Empty);
}

#[test]
fn the_rows_of_a_table_are_its_clusters() {
    let table = from_json(include_str!("../data/report/table.json")).unwrap();
    let coding = Coding::parse(concat!(
        "{\"id\": \"north/1\", \"issue\": \"Light\"}\n",
        "{\"id\": \"south/4\", \"issue\": \"Light\"}\n",
        "{\"id\": \"delta/2\", \"issue\": \"Light\"}\n",
        "{\"id\": \"south/5\", \"issue\": \"Light\"}\n",
    ))
    .unwrap();
    let figures = score_table(&coding, &table).unwrap();
    assert_eq!(figures.missing, Vec::<String>::new());
    assert_eq!((figures.n_clusters, figures.n_left_out), (1, 1));
    assert_eq!(figures.uncoded, ["delta/7", "south/9"]);
    // Three of four stand in the one row, and nothing else with a coding does.
    let by_hand = 2.0 * 3.0 / (3.0 + 4.0);
    assert!((figures.placements.f1.value() - by_hand).abs() < 1e-12);
}
