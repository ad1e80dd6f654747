//! Files that people carry the table away in: what they hold, and that they come back as the same table.

use consonance::corpus::{Corpus, CorpusBuilder, LoadParams};
use consonance::finding::score::Coding;
use consonance::finding::{ConvergeParams, ConvergenceTable, coding_in, converge, table_of_coding};
use consonance::read::{ReadLimits, read};
use consonance::report::{to_csv, to_json, to_tidy_csv, visible};
use consonance::similarity::{Representation, RepresentationParams};

/// The bundled corpus and its table.
fn bundled() -> (Corpus, ConvergenceTable) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
    let corpus = Corpus::load(&[folder.into()], &LoadParams::default()).unwrap();
    let mut params = ConvergeParams::default();
    params.n_resamples = Some(0);
    let table = converge(&corpus, &params).unwrap();
    (corpus, table)
}

/// A file read as its own corpus, and the table it is.
fn table_in(bytes: &[u8], name: &str) -> (Corpus, ConvergenceTable) {
    let reading =
        read(bytes, name, &ReadLimits::default()).unwrap_or_else(|e| panic!("{name}: {e}"));
    let mut builder = CorpusBuilder::new();
    builder.add(reading, Some(name));
    let corpus = builder.build().unwrap();
    let coding = Coding::of_placements(corpus.placements());
    let table = table_as_coded(&corpus, &coding);
    (corpus, table)
}

fn table_as_coded(corpus: &Corpus, coding: &Coding) -> ConvergenceTable {
    let representation = Representation::of(corpus, &RepresentationParams::default()).unwrap();
    table_of_coding(corpus, &representation, coding, &ConvergeParams::default()).unwrap()
}

/// What a table says: columns, then issue, column, citation and words of each clause.
fn said_by(table: &ConvergenceTable, words: impl Fn(&str) -> String) -> Vec<Vec<String>> {
    let mut lines: Vec<Vec<String>> = Vec::new();
    let title_of = |id: &str| {
        let column = table.columns.iter().find(|column| column.id == id);
        column.map_or(id, |column| &column.title).to_owned()
    };
    lines.push(table.columns.iter().map(|c| words(&c.title)).collect());
    for row in &table.rows {
        lines.push(vec![words(&row.issue), row.n_processes.to_string()]);
        for (column, quotes) in &row.cells {
            for quote in quotes {
                lines.push(vec![
                    words(&title_of(column)),
                    words(&quote.citation),
                    words(quote.lead_in.as_deref().unwrap_or_default()),
                    words(&quote.text),
                ]);
            }
        }
    }
    for alone in &table.alone {
        lines.push(vec![
            "alone".to_owned(),
            words(&title_of(&alone.column)),
            words(&alone.citation),
            words(alone.lead_in.as_deref().unwrap_or_default()),
            words(&alone.text),
        ]);
    }
    lines
}

/// Fails at the first line that differs.
fn check_same(
    (found, expected): (&ConvergenceTable, &ConvergenceTable),
    words: impl Fn(&str) -> String,
    name: &str,
) {
    let (found, expected) = (said_by(found, &words), said_by(expected, &words));
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!(found, expected, "{name}");
    }
    assert_eq!(found.len(), expected.len(), "{name}");
}

fn as_shown(words: &str) -> String {
    visible(words).into_owned()
}

/// A form that is read again: the name of its file, how it is written, and how it shows words.
type Form = (
    &'static str,
    fn(&ConvergenceTable) -> Vec<u8>,
    fn(&str) -> String,
);

const FORMS: [Form; 3] = [
    (
        "table.csv",
        |table| to_tidy_csv(table).into_bytes(),
        as_shown,
    ),
    ("wide.csv", |table| to_csv(table).into_bytes(), as_shown),
    (
        "table.json",
        |table| to_json(table).into_bytes(),
        str::to_owned,
    ),
];

#[test]
fn every_form_of_the_bundled_table_comes_back_as_the_same_table() {
    let (corpus, table) = bundled();
    for (name, written, words) in FORMS {
        let (read, again) = table_in(&written(&table), name);
        check_same((&again, &table), words, name);
        if name != "wide.csv" {
            let ids = |corpus: &Corpus| -> Vec<String> {
                corpus.clauses().iter().map(|c| c.key.clone()).collect()
            };
            assert_eq!(ids(&read), ids(&corpus), "{name}");
            assert_eq!(again.agreements.len(), table.agreements.len());
            assert_eq!(
                again.agreements[3].metadata.year,
                table.agreements[3].metadata.year
            );
        }
    }
}

#[test]
fn a_table_in_a_file_is_found_in_the_corpus_it_was_made_of() {
    let (corpus, table) = bundled();
    for (name, written, _) in FORMS {
        let reading = read(&written(&table), name, &ReadLimits::default()).unwrap();
        let coding = coding_in(&corpus, &reading.placements);
        let again = table_as_coded(&corpus, &coding);
        check_same((&again, &table), str::to_owned, name);
    }
}
