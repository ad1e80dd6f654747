//! What a corpus makes of texts: page matter inside a clause, grains, guesses and manifests, limits.

use std::fmt::Write as _;
use std::fs;

use consonance::agreement::Agreement;
use consonance::clause::Granularity;
use consonance::corpus::{Corpus, CorpusBuilder, LoadParams};
use consonance::error::{Diagnostic, ErrorKind, Severity};
use consonance::read::{ReadLimits, read};
use consonance::table::{ConvergeParams, converge};
use tempfile::TempDir;

fn folder_of(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, content) in files {
        fs::write(folder.path().join(name), content).unwrap();
    }
    folder
}

fn load(folder: &TempDir, params: &LoadParams) -> consonance::error::Result<Corpus> {
    Corpus::load(&[folder.path().to_owned()], params)
}

fn corpus_of(text: &str, grain: Granularity) -> Corpus {
    let mut params = LoadParams::default();
    params.grain = grain;
    load(&folder_of(&[("code.txt", text)]), &params).unwrap()
}

/// Each clause's text is its ranges of the agreement, joined: quotations are never invented.
fn check_quotations(corpus: &Corpus) {
    for id in corpus.clause_ids() {
        let source = &corpus.agreement(corpus.clause(id).agreement).text;
        let ranges = corpus.ranges(id);
        let joined: String = ranges.iter().map(|range| &source[range.clone()]).collect();
        assert_eq!(joined, corpus.text(id));
        assert!(ranges.windows(2).all(|pair| pair[0].end <= pair[1].start));
        let whole = &corpus.clause(id).range;
        assert!(
            ranges
                .iter()
                .all(|range| whole.start <= range.start && range.end <= whole.end)
        );
    }
}

const PAGES: &str = "Harbor Code\n\n1. Members should keep their lights in good order.\n\n\
    2. Members should never move a buoy that others rely on, and\n\n- 2 -\n\x0cHarbor Code\n\n\
    should tell the harbor master of every buoy that drifts, so that warn-\nings reach all.\n\n\
    3. Members should save lives.\n\n- 3 -\n\x0cHarbor Code\n\n\
    4. Members should train their pilots.\n\n- 4 -\n";

#[test]
fn page_matter_inside_a_clause_is_not_quoted_and_its_ranges_stay_exact() {
    let corpus = corpus_of(PAGES, Granularity::Item);
    let id = corpus.find("code/2").expect("clause 2 is found");
    let words: Vec<&str> = corpus.text(id).split_whitespace().collect();
    assert_eq!(
        words.join(" "),
        "Members should never move a buoy that others rely on, and should tell the harbor master of \
         every buoy that drifts, so that warnings reach all."
    );
    // Two parted by the page and its line end, the latter again by the broken word.
    assert_eq!(corpus.ranges(id).len(), 4, "{:?}", corpus.ranges(id));
    assert_eq!(corpus.ranges(corpus.find("code/3").unwrap()).len(), 1);
    check_quotations(&corpus);
    let table = converge(&corpus, &ConvergeParams::default()).unwrap();
    let quoted = table.alone.iter().map(|alone| alone.text.as_str());
    assert!(quoted.clone().count() > 0);
    assert!(quoted.into_iter().all(|text| !text.contains("- 2 -")));
}

const ARTICLES: &str = "Harbor Code\n\nArticle 1\n\n1. Each Member shall keep:\n\n(a) lights;\n\n\
    (b) buoys.\n\n2. No Member shall move a buoy at night.\n\nArticle 2\n\nMembers shall save lives.\n";

#[test]
fn the_caller_chooses_how_finely_texts_are_cut() {
    let cases: [(Granularity, &[&str]); 3] = [
        (Granularity::Article, &["Article 1", "Article 2"]),
        (
            Granularity::Paragraph,
            &["Article 1(1)", "Article 1(2)", "Article 2"],
        ),
        (
            Granularity::Item,
            &[
                "Article 1(1)(a)",
                "Article 1(1)(b)",
                "Article 1(2)",
                "Article 2",
            ],
        ),
    ];
    for (grain, expected) in cases {
        let corpus = corpus_of(ARTICLES, grain);
        let labels: Vec<String> = corpus
            .clauses()
            .iter()
            .filter_map(|clause| Some(clause.label.as_ref()?.to_string()))
            .collect();
        assert_eq!(labels, expected, "{grain:?}");
        check_quotations(&corpus);
    }
}

#[test]
fn a_short_item_is_compared_and_shown_with_its_lead_in() {
    let corpus = corpus_of(ARTICLES, Granularity::Item);
    let id = corpus.find("code/article-1(1)(a)").or_else(|| {
        let mut ids = corpus.clause_ids();
        ids.find(|&id| corpus.text(id).starts_with("lights"))
    });
    let id = id.unwrap();
    assert_eq!(
        corpus.clause(id).lead_in.as_deref(),
        Some("Each Member shall keep:")
    );
    assert_eq!(corpus.text(id), "lights;");
    assert_eq!(corpus.compared_text(id), "Each Member shall keep: lights;");
    let long = corpus
        .clause_ids()
        .find(|&id| corpus.text(id).contains("at night"));
    assert!(corpus.compared_text(long.unwrap()).starts_with("No Member"));
    let table = converge(&corpus, &ConvergeParams::default()).unwrap();
    let in_rows = table
        .rows
        .iter()
        .flat_map(|row| row.cells.values().flatten());
    let quotes = in_rows.map(|quote| (&quote.text, &quote.lead_in));
    let alone = table
        .alone
        .iter()
        .map(|alone| (&alone.text, &alone.lead_in));
    let shown = quotes.chain(alone).find(|(text, _)| *text == "lights;");
    let lead_in = shown.unwrap().1.as_deref();
    assert_eq!(lead_in, Some("Each Member shall keep:"));
}

const REPORT: &str = "United Seas\nA/70/999\n22 July 2015\n\nReport of the Keepers on Lights\n\n\
    1. States should keep lights burning on every coast of theirs.\n\n\
    2. States should tell others where the shoals lie.\n";

#[test]
fn what_no_manifest_says_is_guessed_in_every_format_and_told() {
    let html = format!("<html><body><p>{}</p>", REPORT.replace('\n', "<br>"));
    let markdown = REPORT.replace("A/70/999", "A/70/999  ");
    let markdown = markdown.replace("Seas\n", "Seas  \n");
    for (name, content) in [("a.txt", REPORT), ("a.md", &markdown), ("a.html", &html)] {
        let reading = read(content.as_bytes(), name, &ReadLimits::default()).unwrap();
        let metadata = &reading.documents[0].metadata;
        assert_eq!(metadata.short_name.as_deref(), Some("A/70/999"), "{name}");
        assert_eq!(metadata.year, Some(2015), "{name}");
        assert_eq!(
            metadata.title.as_deref(),
            Some("Report of the Keepers on Lights"),
            "{name}"
        );
        let guesses = reading
            .diagnostics
            .iter()
            .filter(|d| d.severity == Severity::Guessed);
        assert_eq!(guesses.count(), 3, "{name}: {:?}", reading.diagnostics);
        assert!(
            reading
                .diagnostics
                .iter()
                .all(|d| d.file.as_deref() == Some(name))
        );
    }
}

#[test]
fn what_the_manifest_says_is_not_guessed() {
    let manifest = "[[agreement]]\nfile = \"report.txt\"\nyear = 2014\ntitle = \"Light Report\"\n\
                    language = \"en\"\n";
    let folder = folder_of(&[("report.txt", REPORT), ("corpus.toml", manifest)]);
    let corpus = load(&folder, &LoadParams::default()).unwrap();
    let agreement = &corpus.agreements()[0];
    assert_eq!(agreement.metadata.year, Some(2014));
    assert_eq!(agreement.metadata.title.as_deref(), Some("Light Report"));
    assert_eq!(agreement.metadata.short_name.as_deref(), Some("A/70/999"));
    let guesses: Vec<String> = corpus
        .diagnostics()
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Guessed)
        .map(ToString::to_string)
        .collect();
    assert_eq!(guesses.len(), 1, "{guesses:?}");
    assert!(guesses[0].contains("A/70/999"), "{guesses:?}");
}

const HARBORS: &str = "Issue\tHarbor Code (2011)\tOther Sources\n\
    Lights\t\u{b6}1: \u{201c}Keep every light burning\u{201d}\t\
    <a href=\"#\">Union of Lighthouse Keepers, Letter to the Coast</a> (2014): \u{201c}Mend broken lights\u{201d}\n";

#[test]
fn a_manifest_speaks_of_each_agreement_in_a_table() {
    let manifest = "[[agreement]]\nfile = \"table.tsv\"\n\
                    source = \"union of lighthouse keepers letter to the coast\"\n\
                    short_name = \"ULK Letter\"\nfirst_published = \"2013-05\"\n\
                    [[agreement]]\nfile = \"table.tsv\"\nsource = \"Nobody's Pact\"\nyear = 1999\n\
                    [[agreement]]\nfile = \"table.tsv\"\nactor_kind = \"experts\"\n";
    let folder = folder_of(&[("table.tsv", HARBORS), ("corpus.toml", manifest)]);
    let corpus = load(&folder, &LoadParams::default()).unwrap();
    let letter = corpus
        .agreements()
        .iter()
        .find(|agreement| agreement.name == "ULK Letter")
        .unwrap();
    assert_eq!(letter.metadata.year, Some(2014));
    assert_eq!(letter.metadata.first_published.as_deref(), Some("2013-05"));
    assert_eq!(letter.metadata.process.as_deref(), Some("ULK Letter"));
    let is_of_experts = |agreement: &Agreement| agreement.metadata.actor_kind.is_some();
    assert!(corpus.agreements().iter().all(is_of_experts));
    let assigned = corpus.placements().iter();
    let sources: Vec<_> = assigned
        .map(|assigned| assigned.source.as_deref())
        .collect();
    assert_eq!(sources, [Some("Harbor Code"), Some("ULK Letter")]);
    let is_told = |told: &Diagnostic| told.to_string().contains("Nobody's Pact");
    assert!(corpus.diagnostics().iter().any(is_told));
}

#[test]
fn a_clause_above_its_limit_is_cut_and_told_and_no_byte_is_lost() {
    let words = "keep the light ".repeat(40);
    let record = format!(
        "{{\"id\": \"x\", \"agreement\": \"a\", \"text\": \"{}\"}}\n",
        words.trim()
    );
    let text = format!("1. Members should {words}\n\n2. Members should save lives.\n");
    let folder = folder_of(&[("clauses.jsonl", &record), ("code.txt", &text)]);
    let mut params = LoadParams::default();
    params.max_clause_bytes = 100;
    let corpus = load(&folder, &params).unwrap();
    assert!(
        corpus
            .clauses()
            .iter()
            .all(|clause| clause.range.len() <= 100)
    );
    assert!(corpus.find("x").is_some() && corpus.find("x#2").is_some());
    check_quotations(&corpus);
    let n_words = |key: &str| -> usize {
        let of_file = corpus
            .clause_ids()
            .filter(|&id| corpus.agreement(corpus.clause(id).agreement).key == key);
        of_file
            .map(|id| corpus.text(id).split_whitespace().count())
            .sum()
    };
    assert_eq!((n_words("a"), n_words("code")), (120, 2 + 120 + 4));
    let told = corpus.diagnostics().iter();
    assert_eq!(
        told.filter(|d| d.message.contains("max_clause_bytes"))
            .count(),
        2
    );
}

#[test]
fn more_clauses_than_the_limit_are_an_error_that_names_it() {
    let mut text = String::new();
    for n in 1..20 {
        let _ = write!(text, "{n}. Members should keep light number {n}.\n\n");
    }
    let mut params = LoadParams::default();
    params.max_clauses = 10;
    let error = load(&folder_of(&[("code.txt", &text)]), &params).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Limit);
    assert!(error.to_string().contains("max_clauses"), "{error}");
}

#[test]
fn a_builder_cuts_as_its_own_parameters_say() {
    let mut params = LoadParams::default();
    params.grain = Granularity::Article;
    let reading = read(ARTICLES.as_bytes(), "code.txt", &ReadLimits::default()).unwrap();
    let mut builder = CorpusBuilder::with_params(&params);
    builder.add(reading, Some("code.txt"));
    let labeled = |corpus: &Corpus| {
        corpus
            .clauses()
            .iter()
            .filter(|c| c.label.is_some())
            .count()
    };
    assert_eq!(labeled(&builder.build().unwrap()), 2);
}
