//! Vectors, by hand and as laws; and what must hold of every table made from them.

use std::collections::BTreeSet;

use consonance::corpus::Corpus;
use consonance::error::ErrorKind;
use consonance::id::ClauseId;
use consonance::language::Language;
use consonance::table::{ConvergeParams, ConvergenceTable, LayoutParams, Quote, converge};
use consonance::term::{Analyzer, AnalyzerParams, Thesaurus, TokenizedCorpus};
use consonance::vector::{SparseMatrix, VectorParams, VectorSpace};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use crate::common::made::{Line, clauses, corpus, corpus_of_files, corpus_of_texts};

fn space_of(corpus: &Corpus) -> VectorSpace {
    let lists = TokenizedCorpus::of(corpus, &Analyzer::default());
    VectorSpace::fit(&lists, &VectorParams::default()).unwrap()
}

fn id(index: usize) -> ClauseId {
    ClauseId::new(index)
}

#[track_caller]
fn check_near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-6, "{found}, not {expected}");
}

/// Three clauses, weighed by hand. Stems: `protect`, `hospit`, `network`; a run of two counts half.
///
/// | feature          | clauses | idf = ln(4 / (1 + clauses)) + 1 |
/// |------------------|---------|---------------------------------|
/// | `protect`        | 3       | ln(4/4) + 1 = 1                 |
/// | `hospit`         | 2       | ln(4/3) + 1 = 1.287682          |
/// | `network`        | 1       | ln(4/2) + 1 = 1.693147          |
/// | `protect hospit` | 2       | 1.287682, half 0.643841         |
/// | `protect network`| 1       | 1.693147, half 0.846574         |
/// | `hospit protect` | 1       | 1.693147, half 0.846574         |
///
/// Lengths: first sqrt(1 + 1.287682² + 0.643841²) = 1.752899, second
/// sqrt(1 + 1.693147² + 0.846574²) = 2.140896, third
/// sqrt(2.575364² + 1 + 0.846574² + 0.643841²) = 2.960358.
#[test]
fn three_short_clauses_by_hand() {
    let corpus = corpus_of_texts(&[
        "Protect the hospitals",
        "Protecting networks",
        "hospitals protect hospitals",
    ]);
    let space = space_of(&corpus);
    let weights = |clause: usize| -> Vec<(String, f64)> {
        let row = space.matrix().row(clause);
        row.iter()
            .map(|(column, weight)| (space.feature(column), f64::from(weight)))
            .collect()
    };
    let expected: [&[(&str, f64)]; 3] = [
        &[
            ("hospit", 1.287_682 / 1.661_854),
            ("protect", 1.0 / 1.661_854),
            ("protect hospit", 0.321_921 / 1.661_854),
        ],
        &[
            ("network", 1.693_147 / 2.011_447),
            ("protect", 1.0 / 2.011_447),
            ("protect network", 0.423_287 / 2.011_447),
        ],
        &[
            ("hospit", 2.575_364 / 2.813_415),
            ("hospit protect", 0.423_287 / 2.813_415),
            ("protect", 1.0 / 2.813_415),
            ("protect hospit", 0.321_921 / 2.813_415),
        ],
    ];
    for (clause, expected) in expected.into_iter().enumerate() {
        let found = weights(clause);
        assert_eq!(found.len(), expected.len(), "{found:?}");
        for ((feature, weight), (wanted, by_hand)) in found.into_iter().zip(expected) {
            assert_eq!(feature, *wanted);
            check_near(weight, *by_hand);
        }
    }
    let cosine = |a, b| space.similarity(id(a), id(b)).value();
    check_near(cosine(0, 1), 1.0 / (1.661_854 * 2.011_447));
    // 1 + 1.287682 * 2.575364 + 0.643841² = 4.730781.
    check_near(cosine(0, 2), 4.419_883 / (1.661_854 * 2.813_415));
    check_near(cosine(1, 2), 1.0 / (2.011_447 * 2.813_415));
    let shares = space.explain(id(0), id(2));
    let names: Vec<&str> = shares.iter().map(|part| part.term.as_str()).collect();
    assert_eq!(names, ["hospit", "protect", "protect hospit"]);
    check_near(shares[0].share.value(), 3.316_250 / (1.661_854 * 2.813_415));
}

#[test]
fn a_clause_without_terms_is_like_nothing_and_stands_alone() {
    let lines = [
        "of the and",
        "12 (3)",
        "Progress the reef",
        "Progress the harbor reef",
    ];
    let corpus = corpus_of_texts(&lines);
    let space = space_of(&corpus);
    for bare in [0, 1] {
        for other in 0..lines.len() {
            check_near(space.similarity(id(bare), id(other)).value(), 0.0);
            assert!(space.explain(id(bare), id(other)).is_empty());
        }
    }
    let table = converge(&corpus, &ConvergeParams::default()).unwrap();
    check_every_clause_has_a_place(&table, &corpus);
}

#[test]
fn a_corpus_without_any_term_still_makes_a_table() {
    let corpus = corpus_of_texts(&["of the", "and to", "12 of 13"]);
    let table = converge(&corpus, &ConvergeParams::default()).unwrap();
    check_every_clause_has_a_place(&table, &corpus);
}

/// Asserts that two spellings of the same clauses give the same vectors.
#[track_caller]
fn check_same(texts: &[&str], others: &[String]) {
    let others: Vec<&str> = others.iter().map(String::as_str).collect();
    let (left, right) = (
        space_of(&corpus_of_texts(texts)),
        space_of(&corpus_of_texts(&others)),
    );
    assert!(left.matrix().n_values() > 0);
    assert_eq!(left.matrix(), right.matrix(), "{texts:?} and {others:?}");
}

const ACCENTED: [&str; 3] = [
    "Les États protègent la sécurité des réseaux",
    "Größere Ämter prüfen, ob Geräte sicher sind",
    "İstanbul'daki ağlar güvenli; ngoại giao số",
];

#[test]
fn composed_and_decomposed_letters_are_the_same() {
    check_same(&ACCENTED, &ACCENTED.map(|text| text.nfd().collect()));
}

#[test]
fn invisible_characters_inside_words_change_nothing() {
    for invisible in [
        '\u{200b}', '\u{200c}', '\u{200d}', '\u{ad}', '\u{2060}', '\u{feff}',
    ] {
        let texts = [
            "Protect the hospitals",
            "Progress the harbor",
            "hospitals watch",
        ];
        let others = texts.map(|text| {
            text.replace("tal", &format!("t{invisible}al"))
                .replace("rb", &format!("r{invisible}b"))
        });
        check_same(&texts, &others);
    }
}

#[test]
fn line_ends_change_nothing() {
    let texts = [
        "Protect\nthe hospitals",
        "Progress\nthe\nharbor",
        "hospitals\nwatch",
    ];
    for end in ["\r\n", "\r", "\u{2028}", " "] {
        check_same(&texts, &texts.map(|text| text.replace('\n', end)));
    }
}

#[test]
fn line_ends_of_a_file_change_no_clause_and_no_row() {
    let file = |end: &str, name: &str, topic: &str| {
        let text = format!(
            "# A call\n\n1. States should watch the {topic}\nand keep it safe.\n\n\
             2. Ports should report every leak\nof the {topic}.\n"
        );
        (name.to_owned(), text.replace('\n', end))
    };
    let corpus = |end: &str| {
        corpus_of_files(&[
            file(end, "a.txt", "harbor reef"),
            file(end, "b.txt", "river bank"),
        ])
    };
    let (left, right) = (corpus("\n"), corpus("\r\n"));
    assert_eq!(left.clauses().len(), 4);
    let words = |corpus: &Corpus| -> Vec<String> {
        let ids = corpus.clause_ids();
        ids.map(|id| corpus.text(id).replace("\r\n", "\n"))
            .collect()
    };
    assert_eq!(words(&left), words(&right));
    assert_eq!(space_of(&left).matrix(), space_of(&right).matrix());
}

#[test]
fn a_dense_copy_is_refused_above_the_limit_with_the_sizes() {
    let row = vec![(0, 1.0)];
    let large = SparseMatrix::from_rows(10_000_000, vec![row.clone(); 11]);
    let error = large.to_dense().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Limit);
    assert!(error.to_string().contains("11 by 10000000"), "{error}");
    let small = SparseMatrix::from_rows(3, vec![row; 2]).to_dense().unwrap();
    assert_eq!(small, ndarray::array![[1.0, 0.0, 0.0], [1.0, 0.0, 0.0]]);
}

/// Asserts that every clause is in exactly one row or alone, that quotes are the clauses' own words,
/// and that the counts are those of the cells.
#[track_caller]
fn check_every_clause_has_a_place(table: &ConvergenceTable, corpus: &Corpus) {
    let mut assigned = Vec::new();
    let mut words = Vec::new();
    for row in &table.rows {
        let has_counted = |quotes: &&Vec<Quote>| quotes.iter().any(Quote::is_counted);
        let n_processes = row.cells.values().filter(has_counted).count();
        assert_eq!(row.n_processes, n_processes, "{}", row.issue);
        let quotes: Vec<_> = row.cells.values().flatten().collect();
        assert!(quotes.len() > 1, "{}: a row of one clause", row.issue);
        assert!(quotes.iter().any(|quote| quote.id == row.medoid));
        let agreements: BTreeSet<_> = quotes
            .iter()
            .filter(|quote| quote.is_counted())
            .map(|quote| corpus.clause(corpus.find(&quote.id).unwrap()).agreement)
            .collect();
        assert_eq!(row.n_agreements, agreements.len(), "{}", row.issue);
        for (column, quotes) in &row.cells {
            assert!(table.columns.iter().any(|known| known.id == *column));
            for quote in quotes {
                assigned.push(quote.id.clone());
                words.push((quote.id.clone(), quote.text.clone()));
            }
        }
    }
    for alone in &table.alone {
        assigned.push(alone.id.clone());
        words.push((alone.id.clone(), alone.text.clone()));
        assert!(!alone.reason.is_empty());
        assert!(table.columns.iter().any(|known| known.id == alone.column));
    }
    assigned.sort();
    let mut expected: Vec<String> = corpus.clauses().iter().map(|c| c.key.clone()).collect();
    expected.sort();
    assert_eq!(assigned, expected);
    for (key, text) in words {
        let clause = corpus.clause(corpus.find(&key).unwrap());
        let source = &corpus.agreement(clause.agreement).text;
        assert_eq!(source[clause.range.clone()], text, "{key}");
    }
}

/// The processes of each row, rows as a set.
fn processes_of_rows(table: &ConvergenceTable) -> BTreeSet<(usize, Vec<String>)> {
    let row = |row: &consonance::table::Row| (row.n_processes, row.cells.keys().cloned().collect());
    table.rows.iter().map(row).collect()
}

#[test]
fn an_agreement_said_twice_by_its_own_process_changes_no_count() {
    let lines = clauses(3, 36);
    let params = ConvergeParams::default().n_clusters(6);
    let before = converge(&corpus(&lines), &params).unwrap();
    let mut doubled = lines.clone();
    let source = lines[0].agreement.clone();
    let copies = lines.iter().filter(|line| line.agreement == source);
    doubled.extend(copies.map(|line| Line {
        agreement: "A copy".to_owned(),
        ..line.clone()
    }));
    assert!(doubled.len() > lines.len());
    let after = converge(&corpus(&doubled), &params).unwrap();
    assert_eq!(before.rows.len(), 6);
    assert_eq!(processes_of_rows(&after), processes_of_rows(&before));
}

#[test]
fn a_process_cannot_converge_with_itself() {
    let mut lines = clauses(4, 36);
    for line in &mut lines {
        line.process = "Only one".to_owned();
    }
    let table = converge(&corpus(&lines), &ConvergeParams::default()).unwrap();
    assert!(!table.rows.is_empty());
    assert!(table.rows.iter().all(|row| row.n_processes == 1));
    let shared = LayoutParams::default().min_processes(2);
    let params = ConvergeParams::default().layout(shared);
    let table = converge(&corpus(&lines), &params).unwrap();
    assert!(table.rows.is_empty());
    assert_eq!(table.alone.len(), 36);
}

/// Clauses of any words, few enough that the same ones meet.
fn any_texts() -> impl Strategy<Value = Vec<String>> {
    let word = "reef|harbor|harbors|watch|should|the|not|12|É|vote|votes|ICT|\\PC{1,4}";
    let text = prop::collection::vec(word, 1..8).prop_map(|words| format!("x {}", words.join(" ")));
    prop::collection::vec(text, 2..9)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn the_cosine_is_symmetric_within_bounds_and_one_with_itself(texts in any_texts()) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let corpus = corpus_of_texts(&texts);
        let space = space_of(&corpus);
        for a in corpus.clause_ids() {
            for b in corpus.clause_ids() {
                let cosine = space.similarity(a, b).value();
                let other_way = space.similarity(b, a).value();
                prop_assert_eq!(cosine.to_bits(), other_way.to_bits());
                prop_assert!((0.0..=1.0).contains(&cosine));
                let sum: f64 = space.explain(a, b).iter().map(|part| part.share.value()).sum();
                prop_assert!((sum - cosine).abs() < 1e-9, "{sum} and {cosine}");
            }
            let has_terms = !space.matrix().row(a.index()).columns.is_empty();
            let expected = if has_terms { 1.0 } else { 0.0 };
            prop_assert!((space.similarity(a, a).value() - expected).abs() < 1e-12);
        }
    }

    #[test]
    fn a_clause_projected_is_its_own_row(texts in any_texts()) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let corpus = corpus_of_texts(&texts);
        let space = space_of(&corpus);
        for clause in corpus.clause_ids() {
            let tokens = Analyzer::default().analyze(corpus.text(clause), Language::ENGLISH);
            let row: Vec<(u32, f32)> = space.matrix().row(clause.index()).iter().collect();
            prop_assert_eq!(space.project(&tokens), row);
        }
    }

    #[test]
    fn every_clause_of_any_corpus_has_one_place(texts in any_texts(), n_processes in 1_usize..4) {
        let lines: Vec<Line> = texts
            .iter()
            .enumerate()
            .map(|(index, text)| {
                let process = format!("P{}", index % n_processes);
                let agreement = format!("{process} {}", index % 2);
                Line::new([&process, &agreement, &format!("¶{}", index + 1)], text)
            })
            .collect();
        let corpus = corpus(&lines);
        let table = converge(&corpus, &ConvergeParams::default()).unwrap();
        check_every_clause_has_a_place(&table, &corpus);
    }
}

#[test]
fn a_concept_is_found_by_its_inflected_phrases_and_joins_clauses_without_a_common_word() {
    let thesaurus = Thesaurus::parse(
        "[[concept]]\nname = \"malicious software\"\nterms = [\"malware\", \"computer worm\", \"worm\"]\n\
         [[concept]]\nname = \"elections\"\nterms = [\"ballot\"]\n",
    );
    let mut params = AnalyzerParams::default();
    params.thesaurus = thesaurus.unwrap();
    let analyzer = Analyzer::new(params);
    let texts = [
        "Malware and computer worms spread.",
        "One worm suffices.",
        "Ballots are counted.",
    ];
    let corpus = corpus_of_texts(&texts);
    let lists = TokenizedCorpus::of(&corpus, &analyzer);
    let found: Vec<Vec<(&str, u32)>> = corpus
        .clause_ids()
        .map(|id| lists.concepts_of(id))
        .collect();
    // At "malware", at "computer worms" and at "worms".
    let expected = [
        vec![("malicious software", 3)],
        vec![("malicious software", 1)],
        vec![("elections", 1)],
    ];
    assert_eq!(found, expected);

    let space = VectorSpace::fit(&lists, &VectorParams::default()).unwrap();
    let (first, second) = (ClauseId::new(0), ClauseId::new(1));
    let reasons = space.explain(first, second);
    let terms: Vec<&str> = reasons.iter().map(|reason| reason.term.as_str()).collect();
    assert_eq!(terms, ["[malicious software]", "worm"]);
    // "ballot" stands in one clause, so its concept joins nothing and is no feature.
    assert_eq!(space.matrix().row(2).columns.len(), 3);
}
