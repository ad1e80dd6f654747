//! Search: equal to a plain scan, the same for any thread count, and safe on disk.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::OnceLock;

use consonance::corpus::{Corpus, LoadParams};
use consonance::error::ErrorKind;
use consonance::index::{ClauseIndex, Hit, IndexParams, SearchParams, SearchResult};
use consonance::term::{Analyzer, Token};
use proptest::prelude::*;

use crate::common::programs::consonance;

/// A clause of a test corpus: agreement, process, year, label, language, text.
type Row<'a> = (&'a str, &'a str, i32, &'a str, &'a str, &'a str);

const ROWS: [Row; 8] = [
    (
        "gge2015",
        "UN GGE",
        2015,
        "¶13(f)",
        "en",
        "states protect hospitals and power grids",
    ),
    (
        "gge2015",
        "UN GGE",
        2015,
        "¶13(g)",
        "en",
        "states share warnings about power failures",
    ),
    (
        "gge2010",
        "UN GGE",
        2010,
        "¶4",
        "en",
        "experts share hospitals lists",
    ),
    (
        "paris",
        "Paris Call",
        2018,
        "Principle 1",
        "en",
        "companies protect power grids and grids protect power",
    ),
    (
        "osce",
        "Comité OSCE",
        2016,
        "No 15",
        "en",
        "hydroworks remain open hydrology grows",
    ),
    (
        "osce",
        "Comité OSCE",
        2016,
        "No 16",
        "fr",
        "les hôpitaux protègent les réseaux électriques",
    ),
    ("osce", "Comité OSCE", 2016, "No 17", "en", "hospitals"),
    (
        "undated",
        "Undated",
        0,
        "1",
        "en",
        "nothing here about the subject",
    ),
];

fn load(rows: &[Row]) -> Corpus {
    let lines: Vec<String> = rows
        .iter()
        .enumerate()
        .map(|(n, (agreement, process, year, label, language, text))| {
            let mut value = serde_json::json!({
                "id": format!("c{n:05}"), "agreement": agreement, "process": process,
                "clause": label, "lang": language, "text": text,
            });
            if *year > 0 {
                value["year"] = (*year).into();
            }
            value.to_string()
        })
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("clauses.jsonl");
    fs::write(&file, lines.join("\n")).unwrap();
    Corpus::load(&[file], &LoadParams::default()).unwrap()
}

fn in_memory(corpus: &Corpus) -> ClauseIndex {
    ClauseIndex::build(corpus, &Analyzer::default(), &IndexParams::default()).unwrap()
}

fn params(limit: usize) -> SearchParams {
    let mut params = SearchParams::default();
    params.limit = limit;
    params
}

fn on_disk(directory: &Path) -> IndexParams {
    let mut params = IndexParams::default();
    params.directory = Some(directory.to_owned());
    params
}

fn ask(index: &ClauseIndex, query: &str) -> SearchResult {
    index
        .search(query, &params(1000))
        .unwrap_or_else(|error| panic!("{query}: {error}"))
}

/// The labels of the hits, in the order of the corpus.
fn labels(result: &SearchResult) -> Vec<&str> {
    let mut hits: Vec<&Hit> = result.hits.iter().collect();
    hits.sort_by_key(|hit| hit.clause_id);
    hits.iter()
        .map(|hit| hit.citation.split_once(' ').unwrap().1)
        .collect()
}

#[test]
fn queries_find_what_the_docs_say() {
    let index = in_memory(&load(&ROWS));
    let cases: [(&str, &[&str]); 29] = [
        ("warnings lists", &["¶4", "¶13(g)"]),
        ("hospitals AND states", &["¶13(f)"]),
        ("hospitals NOT states", &["¶4", "No 17"]),
        ("hospitals -states -experts", &["No 17"]),
        ("+power grids", &["¶13(f)", "¶13(g)", "Principle 1"]),
        ("(warnings OR lists) AND share", &["¶4", "¶13(g)"]),
        ("\"power grids\"", &["¶13(f)", "Principle 1"]),
        ("\"protect grids\"", &[]),
        ("\"protect grids\"~1", &["Principle 1"]),
        ("\"protect grids\"~3", &["¶13(f)", "Principle 1"]),
        ("hydro*", &["No 15"]),
        ("HÔPIT*", &["No 16"]),
        ("process:GGE", &["¶4", "¶13(f)", "¶13(g)"]),
        ("process:\"un gge\" warnings", &["¶13(g)"]),
        (
            "process:gge process:paris protect",
            &["¶13(f)", "Principle 1"],
        ),
        ("process:comite", &["No 15", "No 16", "No 17"]),
        ("process:paris OR warnings", &["¶13(g)", "Principle 1"]),
        ("hospitals -process:gge", &["No 17"]),
        ("label:13(f)", &["¶13(f)"]),
        ("label:13", &["¶13(f)", "¶13(g)"]),
        ("label:\"no. 15\"", &["No 15"]),
        ("agreement:gge2015", &["¶13(f)", "¶13(g)"]),
        ("key:c00003", &["Principle 1"]),
        ("year:2015", &["¶13(f)", "¶13(g)"]),
        ("year:2010..2015", &["¶4", "¶13(f)", "¶13(g)"]),
        ("year:2018.. OR year:..2010", &["¶4", "Principle 1"]),
        ("language:fr", &["No 16"]),
        ("NOT year:1000..3000", &["1"]),
        ("hôpitaux", &["No 16"]),
    ];
    for (query, expected) in cases {
        assert_eq!(labels(&ask(&index, query)), expected, "{query}");
    }
}

#[test]
fn words_are_found_without_accents_points_and_particles() {
    let index = in_memory(&load(&[
        ("a", "A", 1, "1", "fr", "la sécurité des régions"),
        ("a", "A", 1, "2", "fr", "la securite des regions"),
        ("b", "B", 1, "3", "es", "la información de los niños"),
        ("c", "C", 1, "4", "pt", "as obrigações técnicas"),
        ("d", "D", 1, "5", "de", "die Häfen und Behörden"),
        ("e", "E", 1, "6", "ru", "берегут ёлки"),
        ("f", "F", 1, "7", "ko", "중요한 기반시설을 보호한다"),
        ("g", "G", 1, "8", "he", "הַמְּדִינוֹת יְשַׁתְּפוּ"),
    ]));
    let cases: [(&str, &[&str]); 14] = [
        ("securite", &["1", "2"]),
        ("sécurité", &["1", "2"]),
        ("\"securite regions\"~1", &["1", "2"]),
        ("\"sécurité des régions\"", &["1", "2"]),
        ("informacion", &["3"]),
        ("ninos", &["3"]),
        ("obrigacoes", &["4"]),
        ("haefen", &["5"]),
        ("behoerden", &["5"]),
        ("елки", &["6"]),
        ("기반시설", &["7"]),
        ("기반시설에서", &["7"]),
        ("המדינות", &["8"]),
        ("הַמְּדִינוֹת", &["8"]),
    ];
    for (query, expected) in cases {
        let result = ask(&index, query);
        assert_eq!(labels(&result), expected, "{query}");
        let is_marked = |hit: &Hit| !hit.highlights.is_empty();
        assert!(result.hits.iter().all(is_marked), "{query}");
    }
}

#[test]
fn the_process_parameter_narrows_and_an_unknown_one_is_told() {
    let index = in_memory(&load(&ROWS));
    let mut params = params(10);
    params.process = Some("un-gge".to_owned());
    assert_eq!(index.search("hospitals", &params).unwrap().n_hits, 2);
    params.process = Some("OAS".to_owned());
    let result = index.search("hospitals", &params).unwrap();
    assert_eq!((result.n_hits, result.notes.len()), (0, 1));
    let notes = ask(&index, "hospitals process:oas").notes;
    assert_eq!(notes, ["no clause at all has process:\"oas\""]);
}

#[test]
fn exactly_the_matched_words_are_highlighted() {
    let index = in_memory(&load(&ROWS));
    let cases = [
        (
            "hospitals grids",
            "c00000",
            "states protect [hospitals] and power [grids]",
        ),
        (
            "\"power grids\"",
            "c00003",
            "companies protect [power] [grids] and grids protect power",
        ),
        (
            "\"protect grids\"~1",
            "c00003",
            "companies [protect] power [grids] and grids protect power",
        ),
        (
            "hydro* open",
            "c00004",
            "[hydroworks] remain [open] [hydrology] grows",
        ),
        (
            "(hospitals AND warnings) OR lists",
            "c00002",
            "experts share hospitals [lists]",
        ),
        (
            "share -warnings",
            "c00002",
            "experts [share] hospitals lists",
        ),
        (
            "(process:paris AND share) lists",
            "c00002",
            "experts share hospitals [lists]",
        ),
        (
            "process:gge year:2010",
            "c00002",
            "experts share hospitals lists",
        ),
        (
            "hôp*",
            "c00005",
            "les [hôpitaux] protègent les réseaux électriques",
        ),
    ];
    for (query, key, expected) in cases {
        let result = ask(&index, query);
        let hit = result.hits.iter().find(|hit| hit.key == key).expect(query);
        let mut marked = hit.text.clone();
        for range in hit.highlights.iter().rev() {
            marked.insert(range.end, ']');
            marked.insert(range.start, '[');
        }
        assert_eq!(marked, expected, "{query}");
    }
}

#[test]
fn a_query_that_cannot_be_understood_is_refused_with_the_column() {
    let index = in_memory(&load(&ROWS));
    let cases = [
        ("power (grids", "column 7: this parenthesis is not closed"),
        ("réseaux AND", "column 9: nothing stands after `AND`"),
        ("\"power", "column 1: this quotation mark is not closed"),
        ("power year:twenty", "column 7: `twenty` is neither a year"),
        ("proces:gge", "column 1: unknown field `proces`"),
        ("", "the query is empty"),
        ("... --", "the query holds nothing to search for"),
    ];
    for (query, expected) in cases {
        let error = index.search(query, &params(10)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Query, "{query}");
        assert!(error.to_string().starts_with(expected), "{query}: {error}");
    }
}

#[test]
fn a_query_of_stop_words_only_is_refused_and_one_among_others_is_told() {
    let index = in_memory(&load(&ROWS));
    let of_the = Analyzer::default().analyze("the", consonance::language::Language::ENGLISH);
    assert!(of_the.is_empty(), "a stop word");
    // The corpus has French clauses too: only what is a stop word in both languages is left out.
    let rows: Vec<Row> = ROWS.into_iter().filter(|row| row.4 == "en").collect();
    let english = in_memory(&load(&rows));
    let error = english.search("the", &params(10)).unwrap_err();
    assert!(error.to_string().contains("stop words"), "{error}");
    assert_eq!(ask(&english, "the hospitals").notes.len(), 1);
    assert_eq!(ask(&index, "hospitals").notes.len(), 0);
}

#[test]
fn json_has_the_documented_form() {
    let index = in_memory(&load(&ROWS));
    let result = index.search("lists", &params(10)).unwrap();
    let json = serde_json::to_value(&result).unwrap();
    let score = result.hits[0].score;
    let expected = serde_json::json!({
        "schema": "consonance.hits/1", "query": "lists", "n_hits": 1,
        "hits": [{
            "id": "c00002", "citation": "gge2010 ¶4", "process": "UN GGE", "year": 2010,
            "text": "experts share hospitals lists", "score": score, "highlights": [[24, 29]],
        }],
    });
    assert_eq!(json, expected);
    assert!(score > 0.0);
}

/// Random numbers from a seed: the same on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n
    }
}

const WORDS: [&str; 12] = [
    "balu", "corvin", "dastel", "emrik", "fonde", "gorval", "hestin", "jorun", "kelvar", "lomir",
    "marvek", "nolgat",
];

/// A corpus of nonsense: `n` clauses, of which every fifth repeats an earlier one.
fn nonsense(n: usize) -> Corpus {
    let mut random = Random(7);
    let mut texts: Vec<String> = Vec::new();
    for number in 0..n {
        let text = if number % 5 == 4 {
            texts[random.below(texts.len())].clone()
        } else {
            let length = 1 + random.below(14);
            let words: Vec<&str> = (0..length)
                .map(|_| WORDS[random.below(WORDS.len()).min(random.below(14))])
                .collect();
            words.join(" ")
        };
        texts.push(text);
    }
    let rows: Vec<Row> = texts
        .iter()
        .map(|text| ("a", "P", 2000, "", "en", text.as_str()))
        .collect();
    load(&rows)
}

/// A query as a tree, to be written out and to be answered by a scan.
#[derive(Clone, Debug)]
enum Ask {
    Word(usize),
    Prefix(usize),
    Phrase(Vec<usize>, usize),
    And(Box<Ask>, Box<Ask>),
    Or(Box<Ask>, Box<Ask>),
    Not(Box<Ask>),
    Signs(Box<Ask>, Box<Ask>, Box<Ask>),
}

fn asks() -> impl Strategy<Value = Ask> {
    let word = || 0..WORDS.len();
    let leaf = prop_oneof![
        4 => word().prop_map(Ask::Word),
        1 => word().prop_map(Ask::Prefix),
        2 => (prop::collection::vec(word(), 1..4), 0_usize..4).prop_map(|(w, s)| Ask::Phrase(w, s)),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        let one = || inner.clone().prop_map(Box::new);
        prop_oneof![
            (one(), one()).prop_map(|(a, b)| Ask::And(a, b)),
            (one(), one()).prop_map(|(a, b)| Ask::Or(a, b)),
            one().prop_map(Ask::Not),
            (one(), one(), one()).prop_map(|(a, b, c)| Ask::Signs(a, b, c)),
        ]
    })
}

impl Ask {
    fn write(&self) -> String {
        match self {
            Self::Word(word) => WORDS[*word].to_owned(),
            Self::Prefix(word) => format!("{}*", &WORDS[*word][..2]),
            Self::Phrase(words, slop) => {
                let words: Vec<&str> = words.iter().map(|&word| WORDS[word]).collect();
                format!("\"{}\"~{slop}", words.join(" "))
            }
            Self::And(a, b) => format!("({} AND {})", a.write(), b.write()),
            Self::Or(a, b) => format!("({} OR {})", a.write(), b.write()),
            Self::Not(a) => format!("(NOT {})", a.write()),
            Self::Signs(a, b, c) => format!("(+{} {} -{})", a.write(), b.write(), c.write()),
        }
    }
}

/// A scan over all clauses: the slow and plain way to answer.
struct Scan {
    clauses: Vec<(Vec<Token>, Vec<String>)>,
    mean_length: f64,
}

/// Clause to score.
type Found = BTreeMap<usize, f64>;

impl Scan {
    fn new(corpus: &Corpus) -> Self {
        let analyzer = Analyzer::default();
        let clauses: Vec<(Vec<Token>, Vec<String>)> = corpus
            .clause_ids()
            .map(|id| {
                let text = corpus.text(id);
                let tokens = analyzer.analyze(text, corpus.clause(id).language);
                (tokens, text.split(' ').map(str::to_owned).collect())
            })
            .collect();
        let n_terms: usize = clauses.iter().map(|(tokens, _)| tokens.len()).sum();
        let mean_length = n_terms as f64 / clauses.len() as f64;
        Self {
            clauses,
            mean_length,
        }
    }

    fn answer(&self, ask: &Ask) -> Found {
        match ask {
            Ask::Word(word) => self.weigh(|tokens, _| places(tokens, &terms_of(WORDS[*word]), 0)),
            Ask::Phrase(words, slop) => {
                let words: Vec<&str> = words.iter().map(|&word| WORDS[word]).collect();
                let terms = terms_of(&words.join(" "));
                self.weigh(|tokens, _| places(tokens, &terms, *slop))
            }
            Ask::Prefix(word) => {
                let prefix = &WORDS[*word][..2];
                self.weigh(|_, words| words.iter().filter(|w| w.starts_with(prefix)).count())
            }
            Ask::And(a, b) => {
                let (a, b) = (self.answer(a), self.answer(b));
                a.iter()
                    .filter_map(|(id, x)| b.get(id).map(|y| (*id, x + y)))
                    .collect()
            }
            Ask::Or(a, b) => {
                let mut either = self.answer(a);
                for (id, score) in self.answer(b) {
                    *either.entry(id).or_insert(0.0) += score;
                }
                either
            }
            Ask::Not(a) => {
                let a = self.answer(a);
                (0..self.clauses.len())
                    .filter(|id| !a.contains_key(id))
                    .map(|id| (id, 0.0))
                    .collect()
            }
            Ask::Signs(a, b, c) => {
                let (mut must, may, never) = (self.answer(a), self.answer(b), self.answer(c));
                must.retain(|id, _| !never.contains_key(id));
                for (id, score) in &mut must {
                    *score += may.get(id).unwrap_or(&0.0);
                }
                must
            }
        }
    }

    fn weigh(&self, count: impl Fn(&[Token], &[String]) -> usize) -> Found {
        let n = self.clauses.len() as f64;
        let counts: Vec<(usize, f64, f64)> = self
            .clauses
            .iter()
            .enumerate()
            .map(|(id, (tokens, words))| (id, count(tokens, words) as f64, tokens.len() as f64))
            .filter(|(_, tf, _)| *tf > 0.0)
            .collect();
        let df = counts.len() as f64;
        let idf = (1.0 + (n - df + 0.5) / (df + 0.5)).ln();
        let score = |tf: f64, length: f64| {
            idf * tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * length / self.mean_length))
        };
        counts
            .into_iter()
            .map(|(id, tf, length)| (id, score(tf, length)))
            .collect()
    }
}

fn terms_of(text: &str) -> Vec<String> {
    // One for all: its first text in a language costs more than all later ones.
    static ANALYZER: OnceLock<Analyzer> = OnceLock::new();
    let analyzer = ANALYZER.get_or_init(Analyzer::default);
    let tokens = analyzer.analyze(text, consonance::language::Language::ENGLISH);
    tokens.into_iter().map(|token| token.term).collect()
}

/// Counts the starts from which the terms follow in order with at most `slop` words between: tries
/// every way to choose the later ones.
fn places(tokens: &[Token], terms: &[String], slop: usize) -> usize {
    fn follows(tokens: &[Token], terms: &[String], left: usize) -> bool {
        let Some(wanted) = terms.get(1) else {
            return true;
        };
        (1..tokens.len().min(left + 2)).any(|step| {
            tokens[step].term == *wanted && follows(&tokens[step..], &terms[1..], left - (step - 1))
        })
    }
    (0..tokens.len())
        .filter(|&at| tokens[at].term == terms[0] && follows(&tokens[at..], terms, slop))
        .count()
}

fn nonsense_index() -> &'static (ClauseIndex, Scan) {
    static INDEX: OnceLock<(ClauseIndex, Scan)> = OnceLock::new();
    INDEX.get_or_init(|| {
        // More than the matching looks at together.
        let corpus = nonsense(2100);
        (in_memory(&corpus), Scan::new(&corpus))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn search_equals_a_plain_scan(ask in asks()) {
        let (index, scan) = nonsense_index();
        let query = ask.write();
        let result = index.search(&query, &params(1000)).unwrap();
        let mut expected: Vec<(usize, f64)> = scan.answer(&ask).into_iter().collect();
        prop_assert_eq!(result.n_hits, expected.len(), "{}", query);
        // Equal but for the last bits counts as equal, as it does for a reader.
        let rounded = |score: f64| (score * 1e9).round();
        expected.sort_by(|a, b| rounded(b.1).total_cmp(&rounded(a.1)).then(a.0.cmp(&b.0)));
        for (hit, (id, score)) in result.hits.iter().zip(&expected) {
            prop_assert!((hit.score - score).abs() < 1e-6, "{}: {}", query, score);
            prop_assert_eq!(hit.clause_id.index(), *id, "{}", query);
        }
        for limit in [0, 1, 10] {
            let first = index.search(&query, &params(limit)).unwrap();
            prop_assert_eq!(first.n_hits, result.n_hits, "{}", query);
            let expected = result.hits.iter().take(limit);
            prop_assert!(first.hits.iter().eq(expected), "{} {}", query, limit);
        }
    }

    #[test]
    fn any_text_is_answered_or_refused(text in "\\PC{0,60}") {
        let (index, _) = nonsense_index();
        let _ = index.search(&text, &params(5));
    }

    #[test]
    fn any_mixture_of_the_signs_is_answered_or_refused(
        parts in prop::collection::vec(prop::sample::select(vec![
            "(", ")", "\"", "balu", "AND", "OR", "NOT", "+", "-", "~2", "*", "year:", "label:1", " ",
        ]), 0..20)
    ) {
        let (index, _) = nonsense_index();
        let _ = index.search(&parts.concat(), &params(5));
        let _ = index.search(&parts.join(" "), &params(5));
    }
}

#[test]
fn answers_are_the_same_bytes_for_any_number_of_writer_threads() {
    let corpus = nonsense(6000);
    let queries = [
        "balu",
        "balu corvin dastel",
        "\"balu corvin\"",
        "co* NOT balu",
        "NOT balu",
    ];
    let answers = |n_threads: usize| -> Vec<String> {
        let mut params = IndexParams::default();
        params.n_writer_threads = n_threads;
        params.memory_budget = n_threads * 15_000_000;
        let index = ClauseIndex::build(&corpus, &Analyzer::default(), &params).unwrap();
        let ask = |query: &&str| serde_json::to_string(&ask(&index, query)).unwrap();
        queries.iter().map(ask).collect()
    };
    let one = answers(1);
    for n_threads in [1, 2, 4] {
        assert!(
            answers(n_threads) == one,
            "{n_threads} threads answer otherwise than one"
        );
    }
}

#[test]
fn equal_scores_stand_in_corpus_order_and_the_limit_keeps_the_first() {
    let rows: Vec<Row> = (0..50)
        .map(|_| ("a", "P", 2000, "", "en", "balu corvin"))
        .collect();
    let index = in_memory(&load(&rows));
    let result = index.search("balu", &params(7)).unwrap();
    let ids: Vec<usize> = result
        .hits
        .iter()
        .map(|hit| hit.clause_id.index())
        .collect();
    assert_eq!((result.n_hits, ids), (50, (0..7).collect()));
}

#[test]
fn parameters_out_of_range_are_refused() {
    let corpus = load(&ROWS);
    for (n_threads, budget) in [(0, 50_000_000), (9, 500_000_000), (4, 50_000_000), (1, 1)] {
        let mut params = IndexParams::default();
        params.n_writer_threads = n_threads;
        params.memory_budget = budget;
        let error = ClauseIndex::build(&corpus, &Analyzer::default(), &params).unwrap_err();
        assert_eq!(
            error.kind(),
            ErrorKind::Parameter,
            "{n_threads} threads, {budget} bytes"
        );
    }
}

#[test]
fn an_index_on_disk_answers_as_one_in_memory_and_opens_twice() {
    let corpus = load(&ROWS);
    let folder = tempfile::tempdir().unwrap();
    let directory = folder.path().join("made/here");
    let built = ClauseIndex::build(&corpus, &Analyzer::default(), &on_disk(&directory)).unwrap();
    let before = names_in(&directory);
    let opened = ClauseIndex::open(&directory, &Analyzer::default()).unwrap();
    let again = ClauseIndex::open(&directory, &Analyzer::default()).unwrap();
    assert_eq!(names_in(&directory), before, "opening writes nothing");
    let in_memory = in_memory(&corpus);
    for query in ["power grids", "\"power grids\"", "hydro*", "process:gge"] {
        let expected = ask(&in_memory, query);
        for index in [&built, &opened, &again] {
            assert_eq!(ask(index, query), expected, "{query}");
        }
    }
    assert!(opened.is_of(&corpus) && !opened.is_of(&load(&ROWS[1..])));
}

#[test]
fn a_new_index_replaces_the_old_one_and_readers_of_the_old_one_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let analyzer = Analyzer::default();
    let old = ClauseIndex::build(&load(&ROWS), &analyzer, &on_disk(folder.path())).unwrap();
    let new = ClauseIndex::build(&load(&ROWS[2..]), &analyzer, &on_disk(folder.path())).unwrap();
    assert_eq!(
        (ask(&old, "warnings").n_hits, ask(&new, "warnings").n_hits),
        (1, 0)
    );
    assert_eq!(
        names_in(folder.path()),
        ["consonance-index.json", "consonance-index.lock", "g2"]
    );
}

#[test]
fn a_folder_with_other_things_in_it_is_never_written_to() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("letter.txt"), "mine").unwrap();
    let params = on_disk(folder.path());
    let error = ClauseIndex::build(&load(&ROWS), &Analyzer::default(), &params).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Index);
    assert_eq!(names_in(folder.path()), ["letter.txt"]);
    assert!(!ClauseIndex::exists_in(folder.path()));
    let error = ClauseIndex::open(folder.path(), &Analyzer::default()).unwrap_err();
    assert!(error.to_string().contains("no search index"), "{error}");
}

#[test]
fn a_damaged_index_is_refused_or_answers_right() {
    let corpus = load(&ROWS);
    let folder = tempfile::tempdir().unwrap();
    let analyzer = Analyzer::default();
    let whole = ClauseIndex::build(&corpus, &analyzer, &on_disk(folder.path())).unwrap();
    let expected = ask(&whole, "power grids process:gge");
    let mut n_refused = 0;
    for path in files_under(folder.path()) {
        let bytes = fs::read(&path).unwrap();
        let mut damages: Vec<Option<Vec<u8>>> = vec![None, Some(Vec::new())];
        damages.push(bytes.len().checked_sub(1).map(|n| bytes[..n].to_vec()));
        damages.push(Some(bytes[..bytes.len() / 2].to_vec()));
        for at in (0..bytes.len()).step_by(1 + bytes.len() / 40) {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << (at % 8);
            damages.push(Some(flipped));
        }
        for damage in damages {
            match damage {
                Some(damage) => fs::write(&path, damage).unwrap(),
                None => fs::remove_file(&path).unwrap(),
            }
            match ClauseIndex::open(folder.path(), &analyzer) {
                Ok(index) => assert_eq!(ask(&index, "power grids process:gge"), expected),
                Err(error) => {
                    assert!(
                        matches!(error.kind(), ErrorKind::Index | ErrorKind::Io),
                        "{error}"
                    );
                    assert!(error.file().is_some(), "{error}");
                    n_refused += 1;
                }
            }
            fs::write(&path, &bytes).unwrap();
        }
    }
    assert!(n_refused > 100, "only {n_refused} damages were seen");
    assert_eq!(
        ask(
            &ClauseIndex::open(folder.path(), &analyzer).unwrap(),
            "power grids process:gge"
        ),
        expected
    );
    // Damage is no dead end: the same folder takes a new index.
    fs::write(folder.path().join("consonance-index.json"), "{").unwrap();
    assert!(ClauseIndex::exists_in(folder.path()));
    ClauseIndex::build(&corpus, &analyzer, &on_disk(folder.path())).unwrap();
}

fn names_in(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn files_under(directory: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for name in names_in(directory) {
        let path = directory.join(name);
        if path.is_dir() {
            files.extend(files_under(&path));
        } else {
            files.push(path);
        }
    }
    files
}

/// Runs the search program.
fn run(arguments: &[&str], input: &str) -> (Option<i32>, String, String) {
    let mut child = consonance("search")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The program may end without reading its input.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

/// A folder with a file of clauses.
fn folder_with_clauses() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let lines = [
        r#"{"id": "a/1", "agreement": "a", "process": "Alpha", "year": 2001, "clause": "1", "text": "states protect hospitals", "lang": "en"}"#,
        r#"{"id": "b/1", "agreement": "b", "process": "Beta", "clause": "1", "text": "companies warn \u001b[31m hospitals", "lang": "en"}"#,
    ];
    fs::write(folder.path().join("clauses.jsonl"), lines.join("\n")).unwrap();
    let path = folder.path().to_str().unwrap().to_owned();
    (folder, path)
}

#[test]
fn the_program_prints_hits_plainly_and_never_a_raw_control_character() {
    let (_folder, corpus) = folder_with_clauses();
    let (status, out, err) = run(&["--corpus", &corpus, "hospitals"], "");
    assert_eq!((status, err.as_str()), (Some(0), ""));
    assert!(
        out.starts_with("2 clauses match\n\n1. a 1 | Alpha, 2001 | score 0."),
        "{out}"
    );
    assert!(out.contains("\n    states protect hospitals\n"), "{out}");
    assert!(
        !out.contains('\u{1b}') && out.contains("year unknown"),
        "{out}"
    );
    assert!(out.lines().all(|line| line.chars().count() <= 80), "{out}");
}

#[test]
fn the_program_says_how_it_ended() {
    let (folder, corpus) = folder_with_clauses();
    let (status, out, _) = run(&["--corpus", &corpus, "--json", "warn"], "");
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((status, &json["hits"][0]["id"]), (Some(0), &"b/1".into()));
    let cases: [(&[&str], i32, &str); 4] = [
        (&["--corpus", &corpus, "nowhere"], 0, ""),
        (&["--corpus", "no/such/folder", "x"], 1, "no/such/folder"),
        (&["--corpus", &corpus, "(x"], 2, "column 1"),
        (&["--limit", "many", "x"], 2, "invalid value"),
    ];
    for (arguments, expected, reason) in cases {
        let (status, _, err) = run(arguments, "");
        assert_eq!(status, Some(expected), "{arguments:?}: {err}");
        assert!(err.contains(reason), "{arguments:?}: {err}");
    }
    // A file that claims to be compressed and is not: the others are still searched.
    fs::write(
        folder.path().join("broken.jsonl.gz"),
        [0x1f, 0x8b, 0xff, 0xff],
    )
    .unwrap();
    let (status, out, err) = run(&["--corpus", &corpus, "hospitals"], "");
    assert_eq!(status, Some(3), "{err}");
    assert!(
        err.contains("broken.jsonl.gz") && out.starts_with("2 clauses match"),
        "{err}{out}"
    );
}

#[test]
fn the_program_keeps_an_index_and_makes_it_again_when_the_corpus_changes() {
    let (folder, corpus) = folder_with_clauses();
    let kept = tempfile::tempdir().unwrap();
    let index = kept.path().join("index").to_str().unwrap().to_owned();
    let both = ["--corpus", &corpus, "--index", &index, "hospitals"];
    let (status, first, err) = run(&both, "");
    assert!(
        status == Some(0) && err.contains("2 clauses indexed"),
        "{err}"
    );
    let (_, second, err) = run(&["--index", &index, "hospitals"], "");
    assert_eq!((second.as_str(), err.as_str()), (first.as_str(), ""));
    let line = r#"{"id": "c/1", "agreement": "c", "text": "more hospitals", "lang": "en"}"#;
    fs::write(folder.path().join("more.jsonl"), line).unwrap();
    let (_, third, err) = run(&both, "");
    assert!(
        err.contains("the corpus has changed") && third.starts_with("3 clauses"),
        "{err}"
    );
}

#[test]
fn the_prompt_reads_queries_from_a_pipe_and_goes_on_after_a_bad_one() {
    let (_folder, corpus) = folder_with_clauses();
    let input = "hospitals\n\n:help\n:what\n(bad\nwarn\n:quit\nnever read\n";
    let (status, out, err) = run(&["--corpus", &corpus], input);
    assert_eq!(status, Some(2), "one query was not understood: {err}");
    assert!(
        out.contains("2 clauses match") && out.contains("1 clause matches"),
        "{out}"
    );
    assert!(
        out.contains("How to ask:") && err.contains("`:what`"),
        "{err}"
    );
    let (status, out, _) = run(&["--corpus", &corpus, "--json"], "warn\nstates\n");
    assert_eq!((status, out.lines().count()), (Some(0), 2));
}

#[test]
fn a_short_form_is_found_by_its_long_form_and_highlighted_whole() {
    let mut analyzer_params = consonance::term::AnalyzerParams::default();
    analyzer_params.thesaurus = consonance::term::Thesaurus::bundled();
    let analyzer = Analyzer::new(analyzer_params);
    let corpus = load(&[("a", "P", 2000, "1", "en", "states protect ICTs everywhere")]);
    let index = ClauseIndex::build(&corpus, &analyzer, &IndexParams::default()).unwrap();
    for query in ["\"information and communications technologies\"", "ICTs"] {
        let result = ask(&index, query);
        assert_eq!(result.n_hits, 1, "{query}");
        assert_eq!(
            result.hits[0].highlights.as_slice(),
            std::slice::from_ref(&(15..19)),
            "{query}"
        );
    }
}
