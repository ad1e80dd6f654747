//! The page for a browser: what stands in it. What it does is shown by `page_in_browser`.

use std::path::PathBuf;

use consonance::corpus::{Corpus, LoadParams};
use consonance::finding::{DraftCheck, Findings, Study};
use consonance::report::{HtmlParams, to_html};
use consonance::similarity::Representation;
use consonance::table::{ConvergeParams, converge_on};

pub(crate) const BUNDLED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
/// Few, so that tests are quick.
const N_RESAMPLES: usize = 3;

pub(crate) fn load(input: impl Into<PathBuf>) -> Corpus {
    Corpus::load(&[input.into()], &LoadParams::default()).unwrap()
}

/// How the tables of these tests are made.
pub(crate) fn params() -> ConvergeParams {
    ConvergeParams::default().n_resamples(N_RESAMPLES)
}

pub(crate) fn study_of(corpus: &Corpus, params: &ConvergeParams) -> Study {
    let representation = Representation::of(corpus, &params.representation).unwrap();
    let table = converge_on(corpus, &representation, params).unwrap();
    Study::new(corpus.clone(), representation, table)
}

pub(crate) fn page_of(corpus: &Corpus) -> String {
    page_with(corpus, &params(), None)
}

pub(crate) fn page_with(
    corpus: &Corpus,
    params: &ConvergeParams,
    draft: Option<DraftCheck>,
) -> String {
    let study = study_of(corpus, params);
    let mut findings = Findings::of(&study).unwrap();
    findings.draft = draft;
    to_html(&findings, &HtmlParams::default())
}

/// Returns the words that a reader of the page without script sees, on one line.
pub(crate) fn words_of(page: &str) -> String {
    let document = scraper::Html::parse_document(page);
    let body = scraper::Selector::parse("main, header").unwrap();
    let text: String = document
        .select(&body)
        .flat_map(|part| part.text())
        .collect();
    one_line(&text)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_clause_can_be_read_without_script() {
    let corpus = load(BUNDLED);
    let words = words_of(&page_of(&corpus));
    for clause in corpus.clause_ids() {
        assert!(
            words.contains(&one_line(corpus.text(clause))),
            "{}",
            corpus.citation(clause)
        );
        assert!(
            words.contains(&corpus.citation(clause)),
            "{}",
            corpus.citation(clause)
        );
    }
}

#[test]
fn the_page_asks_for_nothing_and_is_the_same_every_time() {
    let corpus = load(BUNDLED);
    let page = page_of(&corpus);
    assert_eq!(page, page_of(&corpus));
    let document = scraper::Html::parse_document(&page);
    let loading =
        "[src], link, iframe, object, embed, base, form[action], img, [style], [onerror], [onload]";
    let loading = scraper::Selector::parse(loading).unwrap();
    assert_eq!(document.select(&loading).count(), 0);
    assert!(page.contains("default-src 'none'") && !page.contains("unsafe-inline"));
    let handler = |attribute: &(&str, &str)| attribute.0.starts_with("on");
    let all = scraper::Selector::parse("*").unwrap();
    assert!(
        document
            .select(&all)
            .all(|element| !element.value().attrs().any(|a| handler(&a)))
    );
}

#[test]
fn a_page_that_would_be_too_large_says_what_it_leaves_out() {
    let corpus = load(BUNDLED);
    let mut small = HtmlParams::default();
    small.max_clauses = 20;
    small.max_alone = 1;
    small.max_chars = 40;
    let study = study_of(&corpus, &params());
    let page = to_html(&Findings::of(&study).unwrap(), &small);
    let words = words_of(&page);
    assert!(
        words.contains("Left out, so that the page stays quick: the last"),
        "{words}"
    );
    assert!(words.contains("more characters: the JSON form has them."));
}
