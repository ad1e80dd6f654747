//! Which clauses make the rows of a table of whole documents: norms, in one language, that are near enough.

use std::collections::BTreeSet;

use consonance::clause::ClauseKind;
use consonance::corpus::Corpus;
use consonance::table::{ConvergeParams, ConvergenceTable, LayoutParams, Row, converge};

use crate::common::made::corpus_of_files;

const HARBOR: &str = "Harbor Charter\n\nThe Harbor Conference,\n\n\
    Recalling that lamps on piers guide ships in fog,\n\n\
    1. For the purposes of this Charter, \"lamp\" means any light on a pier.\n\n\
    2. States shall keep the lamps on their piers burning in fog.\n\n\
    3. States should train pilots for narrow channels.\n\n\
    4. Ports must not charge ships that seek shelter from storms.\n\n\
    5. This Charter shall enter into force thirty days after its signature.\n";
const REEF: &str = "Reef Code\n\nThe Reef Assembly,\n\n\
    Recognizing that pilots know the narrow channels,\n\n\
    1. Members shall keep lamps burning on reefs and piers in fog.\n\n\
    2. Members should train pilots for the channels of the reef.\n\n\
    3. Ships that seek shelter from storms must not be charged.\n\n\
    4. In this Code, \"reef\" means any rock under water.\n";
const PHARE: &str = "Charte des phares\n\n\
    1. Les États doivent garder les feux allumés sur les quais par temps de brouillard.\n\n\
    2. Les États devraient former des pilotes pour les chenaux étroits.\n\n\
    3. Les navires qui cherchent un abri contre les tempêtes ne doivent rien payer.\n";

fn whole_documents() -> Corpus {
    let files = [
        ("harbor.txt", HARBOR),
        ("reef.txt", REEF),
        ("phare.txt", PHARE),
    ];
    corpus_of_files(&files.map(|(name, text)| (name.to_owned(), text.to_owned())))
}

fn params() -> ConvergeParams {
    ConvergeParams::default().n_resamples(0)
}

/// The kinds of the clauses that were not compared, with their labels.
fn not_compared(table: &ConvergenceTable) -> BTreeSet<(String, Option<String>)> {
    let listed = table.alone.iter().filter(|alone| !alone.is_compared);
    let listed = listed.map(|alone| (alone.kind.name().to_owned(), alone.label.clone()));
    listed.collect()
}

#[test]
fn norms_make_the_rows_and_every_clause_is_accounted_for() {
    let corpus = whole_documents();
    let table = converge(&corpus, &params().n_clusters(4)).unwrap();
    let in_rows: usize = table.rows.iter().map(|row| row.quotes().count()).sum();
    assert_eq!(in_rows + table.alone.len(), corpus.clauses().len());
    let quoted = table.rows.iter().flat_map(Row::quotes);
    for quote in quoted {
        assert_eq!(quote.kind, ClauseKind::Norm, "{}", quote.text);
    }
    let listed = not_compared(&table);
    let label = |number: &str| Some(number.to_owned());
    for expected in [
        ("preamble".to_owned(), None),
        ("definition".to_owned(), label("1")),
        ("definition".to_owned(), label("4")),
        ("final-clause".to_owned(), label("5")),
    ] {
        assert!(listed.contains(&expected), "{expected:?} of {listed:?}");
    }
}

#[test]
fn kinds_are_called_back() {
    let corpus = whole_documents();
    let kinds = vec![ClauseKind::Norm, ClauseKind::Preamble];
    let table = converge(&corpus, &params().n_clusters(4).kinds(kinds)).unwrap();
    let listed = not_compared(&table);
    assert!(
        listed.iter().all(|(kind, _)| kind != "preamble"),
        "{listed:?}"
    );
    assert!(
        listed.iter().any(|(kind, _)| kind == "definition"),
        "{listed:?}"
    );
}

#[test]
fn languages_never_meet() {
    let corpus = whole_documents();
    for n_clusters in [3, 5] {
        let table = converge(&corpus, &params().n_clusters(n_clusters)).unwrap();
        for row in &table.rows {
            let languages = row.quotes().map(|quote| {
                let id = corpus.find(&quote.id).unwrap();
                corpus.clause(id).language
            });
            assert_eq!(languages.collect::<BTreeSet<_>>().len(), 1, "{}", row.issue);
        }
        let clusters = &table.parameters["clusters"];
        assert!(clusters.starts_with("en: "), "{clusters}");
        assert!(clusters.contains("; fr: "), "{clusters}");
    }
}

#[test]
fn a_preamble_clause_is_shown_beside_the_row_it_is_about() {
    let corpus = whole_documents();
    let table = converge(&corpus, &params().n_clusters(4)).unwrap();
    let lamps = table
        .alone
        .iter()
        .find(|alone| alone.text.contains("guide ships in fog"))
        .unwrap();
    let issue = lamps.beside.as_ref().expect("it is about lamps");
    let row = table.rows.iter().find(|row| row.issue == *issue).unwrap();
    assert!(
        row.quotes().all(|quote| quote.text.contains("lamps")),
        "{issue}"
    );
    assert_eq!(row.n_processes, 2);
}

#[test]
fn few_rows_have_no_themes_and_many_are_grouped() {
    let corpus = whole_documents();
    let few = converge(&corpus, &params().n_clusters(4)).unwrap();
    assert!(few.themes.is_empty() && few.rows.iter().all(|row| row.theme.is_none()));
    let layout = LayoutParams::default().n_themes(2);
    let table = converge(&corpus, &params().n_clusters(4).layout(layout)).unwrap();
    assert_eq!(table.themes.len(), 2);
    let n_rows: usize = table.themes.iter().map(|theme| theme.n_rows).sum();
    assert_eq!(n_rows, table.rows.len());
    let themes: Vec<_> = table
        .rows
        .iter()
        .map(|row| row.theme.clone().unwrap())
        .collect();
    let mut runs = themes.clone();
    runs.dedup();
    assert_eq!(
        runs.len(),
        2,
        "rows of one theme follow each other: {themes:?}"
    );
    let names: Vec<_> = table
        .themes
        .iter()
        .map(|theme| theme.name.clone())
        .collect();
    assert_eq!(runs, names, "in the order of the themes");
}

#[test]
fn no_more_issues_are_chosen_than_asked_for() {
    let corpus = whole_documents();
    let table = converge(&corpus, &params().max_issues(2)).unwrap();
    let languages = 2;
    assert!(table.rows.len() <= languages, "{} rows", table.rows.len());
}

#[test]
fn ready_clauses_count_unless_their_file_states_another_kind() {
    let record = |kind: &str, text: &str| {
        format!("{{\"agreement\": \"Reef Pact\", \"text\": \"{text}\", \"lang\": \"en\"{kind}}}\n")
    };
    let lines = [
        record("", "Recalling that lamps guide ships,"),
        record(
            ", \"kind\": \"preamble\"",
            "Recalling that bells guide ships,",
        ),
        record(", \"kind\": \"norm\"", "Bells ring in fog."),
    ];
    let corpus = corpus_of_files(&[("clauses.jsonl".to_owned(), lines.concat())]);
    let table = converge(&corpus, &params()).unwrap();
    let listed = table.alone.iter().filter(|alone| !alone.is_compared);
    let listed: Vec<_> = listed.map(|alone| alone.text.as_str()).collect();
    assert_eq!(listed, ["Recalling that bells guide ships,"]);
}
