//! What is asked beside hits: concordances, telling words, likeness, counts, orders, completion.
#![allow(clippy::unwrap_used)]

use std::fs;

use consonance::corpus::{Corpus, LoadParams};
use consonance::error::ErrorKind;
use consonance::index::{
    ClauseIndex, ConcordanceParams, FacetField, HitOrder, IndexParams, KeynessParams, LikeExample,
    LineOrder, SearchParams,
};
use consonance::term::Analyzer;

/// Agreements with metadata, as a manifest and texts.
fn harbors() -> (Corpus, ClauseIndex) {
    let folder = tempfile::tempdir().unwrap();
    let manifest = r#"
        [[agreement]]
        file = "bay.md"
        title = "Bay Accord"
        short_name = "Bay 2011"
        process = "Bay Forum"
        year = 2011
        actor_kind = "states"
        region = "North Sea"
        status = "convention"

        [[agreement]]
        file = "cape.md"
        short_name = "Cape 2004"
        process = "Cape Talks"
        year = 2004
        actor_kind = "companies"
        region = "South Sea"
        status = "voluntary commitment"

        [[agreement]]
        file = "dune.md"
        short_name = "Dune"
        process = "Bay Forum"
    "#;
    let texts = [
        (
            "bay.md",
            "1. States shall keep deep harbors open to every ship.\n\n\
             2. States should mark deep  channels with bright lamps.\n",
        ),
        (
            "cape.md",
            "1. Companies may build deep harbors.\n\n2. Companies shall not close harbors.\n",
        ),
        ("dune.md", "1. Lamps burn all night.\n"),
    ];
    fs::write(folder.path().join("corpus.toml"), manifest).unwrap();
    for (name, text) in texts {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let corpus = Corpus::load(&[folder.path().to_owned()], &LoadParams::default()).unwrap();
    let index = index_of(&corpus);
    (corpus, index)
}

fn index_of(corpus: &Corpus) -> ClauseIndex {
    ClauseIndex::build(corpus, &Analyzer::default(), &IndexParams::default()).unwrap()
}

fn citations(index: &ClauseIndex, query: &str, params: &SearchParams) -> Vec<String> {
    let result = index.search(query, params).unwrap();
    result.hits.into_iter().map(|hit| hit.citation).collect()
}

#[test]
fn fields_of_agreement_and_force_narrow_the_clauses() {
    let (_, index) = harbors();
    let cases: [(&str, &[&str]); 8] = [
        ("force:obligation", &["Bay 2011 1"]),
        ("force:recommendation", &["Bay 2011 2"]),
        ("force:prohibition", &["Cape 2004 2"]),
        ("addressee:companies", &["Cape 2004 1", "Cape 2004 2"]),
        ("actor:states", &["Bay 2011 1", "Bay 2011 2"]),
        ("region:\"south sea\" deep", &["Cape 2004 1"]),
        ("status:voluntary -deep", &["Cape 2004 2"]),
        (
            "region:sea harbors NOT actor:states",
            &["Cape 2004 1", "Cape 2004 2"],
        ),
    ];
    let mut params = SearchParams::default();
    params.order = HitOrder::Citation;
    for (query, expected) in cases {
        assert_eq!(citations(&index, query, &params), expected, "{query}");
    }
    let error = index.search("x force:strong-ish", &params).unwrap_err();
    let message = error.to_string();
    assert!(message.starts_with("column 3: `strong-ish` is no force: expected one of prohib"));
}

#[test]
fn hits_stand_in_the_order_asked_for() {
    let (_, index) = harbors();
    let cases = [
        (
            HitOrder::Year,
            [
                "Cape 2004 1",
                "Cape 2004 2",
                "Bay 2011 1",
                "Bay 2011 2",
                "Dune 1",
            ],
        ),
        (
            HitOrder::Newest,
            [
                "Bay 2011 1",
                "Bay 2011 2",
                "Cape 2004 1",
                "Cape 2004 2",
                "Dune 1",
            ],
        ),
        (
            HitOrder::Citation,
            [
                "Bay 2011 1",
                "Bay 2011 2",
                "Cape 2004 1",
                "Cape 2004 2",
                "Dune 1",
            ],
        ),
    ];
    for (order, expected) in cases {
        let mut params = SearchParams::default();
        params.order = order;
        assert_eq!(citations(&index, "harbors OR lamps", &params).len(), 5);
        assert_eq!(
            citations(&index, "harbors OR lamps", &params),
            expected,
            "{order:?}"
        );
        params.limit = 2;
        assert_eq!(
            citations(&index, "harbors OR lamps", &params),
            expected[..2],
            "{order:?}"
        );
    }
}

#[test]
fn all_matching_clauses_are_counted_by_the_values_of_a_field() {
    let (_, index) = harbors();
    let mut params = SearchParams::default();
    params.limit = 1;
    params.facets = vec![FacetField::Process, FacetField::Year, FacetField::Force];
    let facets = index.search("harbors OR lamps", &params).unwrap().facets;
    let shown: Vec<String> = facets
        .iter()
        .map(|facet| {
            let counts = facet
                .counts
                .iter()
                .map(|count| format!("{}={}", count.value, count.n_clauses));
            let counts: Vec<String> = counts.collect();
            format!("{} {} ?{}", facet.field, counts.join(" "), facet.n_unknown)
        })
        .collect();
    let expected = [
        "process Bay Forum=3 Cape Talks=2 ?0",
        "year 2004=2 2011=2 ?1",
        "force declaration=1 obligation=1 permission=1 prohibition=1 strong-recommendation=1 ?0",
    ];
    assert_eq!(shown, expected);
}

#[test]
fn a_concordance_is_sorted_by_what_stands_beside_the_hit() {
    let (_, index) = harbors();
    let lines = |query: &str, order| {
        let mut params = ConcordanceParams::default();
        (params.order, params.width) = (order, 9);
        let result = index.concordance(query, &params).unwrap();
        assert_eq!(result.n_lines, result.lines.len());
        let lines = result.lines.into_iter();
        let shown = lines.map(|line| {
            assert!(line.range.end > line.range.start);
            format!("{}|{}|{}", line.left, line.hit, line.right)
        });
        shown.collect::<Vec<String>>()
    };
    assert_eq!(
        lines("deep", LineOrder::Position),
        [
            "all keep |deep| harbors ",
            "uld mark |deep| channels",
            "ay build |deep| harbors."
        ]
    );
    assert_eq!(
        lines("deep", LineOrder::Right),
        [
            "uld mark |deep| channels",
            "ay build |deep| harbors.",
            "all keep |deep| harbors "
        ]
    );
    assert_eq!(
        lines("deep", LineOrder::Left),
        [
            "ay build |deep| harbors.",
            "all keep |deep| harbors ",
            "uld mark |deep| channels"
        ]
    );
    // A phrase is one hit from its first word to its last, the words between among it.
    assert_eq!(
        lines("\"deep lamps\"~3", LineOrder::Position),
        ["uld mark |deep channels with bright lamps|."]
    );
    assert_eq!(lines("dee* AND chan?els", LineOrder::Position).len(), 2);
}

/// Clauses of single letters' words, so that counts can be followed by hand.
fn counted() -> ClauseIndex {
    let folder = tempfile::tempdir().unwrap();
    let texts = [
        "gull kelp gull reef",
        "gull kelp sand",
        "gull kelp crab",
        "sand crab reef sand",
        "sand crab reef sand",
        "kelp",
    ];
    let lines: Vec<String> = texts
        .iter()
        .map(|text| serde_json::json!({"agreement": "a", "lang": "en", "text": text}).to_string())
        .collect();
    let file = folder.path().join("clauses.jsonl");
    fs::write(&file, lines.join("\n")).unwrap();
    index_of(&Corpus::load(&[file], &LoadParams::default()).unwrap())
}

#[test]
fn telling_words_agree_with_counts_by_hand() {
    let mut params = KeynessParams::default();
    params.min_count = 1;
    let result = counted().keyness("gull", &params).unwrap();
    assert_eq!(
        (result.n_clauses, result.n_terms, result.n_terms_elsewhere),
        (3, 10, 9)
    );
    // Of the clauses' own words only kelp is more frequent than elsewhere: 3 of 10 to 1 of 9. The word
    // asked for is left out.
    let words: Vec<&str> = result.words.iter().map(|word| word.word.as_str()).collect();
    assert_eq!(words, ["kelp"]);
    let kelp = &result.words[0];
    assert_eq!((kelp.n, kelp.n_elsewhere), (3, 1));
    let ln = |observed: f64, expected: f64| observed * (observed / expected).ln();
    let (row, rest) = (4.0 / 19.0, 15.0 / 19.0);
    let by_hand = 2.0
        * (ln(3.0, row * 10.0) + ln(1.0, row * 9.0) + ln(7.0, rest * 10.0) + ln(8.0, rest * 9.0));
    assert!((kelp.log_likelihood - by_hand).abs() < 1e-9);
    assert!((kelp.log_ratio - (0.3_f64 / (1.0 / 9.0)).log2()).abs() < 1e-9);
}

#[test]
fn words_that_stand_near_agree_with_counts_by_hand() {
    let mut params = KeynessParams::default();
    (params.min_count, params.window) = (1, 1);
    let result = counted().collocations("gull", &params).unwrap();
    assert_eq!(result.n_places, 4);
    // Beside the four gulls: kelp three times (once between two of them), reef once.
    let kelp = result
        .words
        .iter()
        .find(|word| word.word == "kelp")
        .unwrap();
    assert_eq!((kelp.n, kelp.n_at_all), (3, 4));
    assert!((kelp.log_dice - (14.0 + (6.0_f64 / 8.0).log2())).abs() < 1e-9);
    assert!(result.words.iter().all(|word| word.word != "sand"));
}

#[test]
fn clauses_like_a_clause_or_a_text_come_with_the_words_that_say_so() {
    let (corpus, index) = harbors();
    let params = SearchParams::default();
    let by_key = index
        .more_like(LikeExample::Clause(&corpus.clauses()[0].key), &params)
        .unwrap();
    let by_name = index
        .more_like(LikeExample::Clause("bay 2011 1"), &params)
        .unwrap();
    let by_part = index
        .more_like(LikeExample::Clause("Bay 1"), &params)
        .unwrap();
    assert_eq!((&by_key, &by_key), (&by_name, &by_part));
    assert_eq!(by_key.example, "Bay 2011 1");
    let first = &by_key.hits[0];
    assert_eq!(first.citation, "Cape 2004 2");
    assert!(
        by_key
            .hits
            .iter()
            .all(|found| found.citation != "Bay 2011 1")
    );
    let words: Vec<&str> = first
        .shared
        .iter()
        .map(|shared| shared.word.as_str())
        .collect();
    assert_eq!(words, ["shall", "harbors"]);
    let total: f64 = first.shared.iter().map(|shared| shared.share.value()).sum();
    assert!((total - 1.0).abs() < 1e-9);
    let marked: Vec<&str> = first
        .highlights
        .iter()
        .map(|range| &first.text[range.clone()])
        .collect();
    assert_eq!(marked, ["shall", "harbors"]);

    let pasted = index
        .more_like(LikeExample::Text("lamps (that\" burn* AND"), &params)
        .unwrap();
    assert_eq!(pasted.hits[0].citation, "Dune 1");
    for (example, reason) in [
        (LikeExample::Clause("Bay 9"), "no clause"),
        (LikeExample::Text("the of"), "stop words"),
    ] {
        let error = index.more_like(example, &params).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Query);
        assert!(error.to_string().contains(reason), "{error}");
    }
}

#[test]
fn a_ranking_is_the_search_without_texts() {
    let (_, index) = harbors();
    let params = SearchParams::default();
    let hits = index.search("deep harbors", &params).unwrap().hits;
    let hits: Vec<_> = hits.iter().map(|hit| (hit.clause_id, hit.score)).collect();
    assert_eq!(index.rank("deep harbors", &params).unwrap(), hits);
}

#[test]
fn fields_and_their_values_are_completed() {
    let (_, index) = harbors();
    let cases: [(&str, usize, &[&str]); 8] = [
        ("re", 0, &["region:"]),
        ("deep -re", 6, &["region:"]),
        (
            "process:",
            0,
            &["process:\"Bay Forum\"", "process:\"Cape Talks\""],
        ),
        ("deep process:ta", 5, &["process:\"Cape Talks\""]),
        ("process:\"bay f", 0, &["process:\"Bay Forum\""]),
        ("year:2", 0, &["year:2004", "year:2011"]),
        ("(force:obl", 1, &["force:obligation"]),
        ("colour:x", 0, &[]),
    ];
    for (before, start, expected) in cases {
        let expected: Vec<String> = expected.iter().map(ToString::to_string).collect();
        assert_eq!(index.complete(before), (start, expected), "{before}");
    }
    assert_eq!(index.field_values("language"), ["en"]);
}
