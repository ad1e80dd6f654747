//! What the page folds up: themes over issues, further clauses of an agreement, clauses that make no rows.

use std::fs;

use consonance::corpus::Corpus;
use consonance::finding::{Findings, Study};
use consonance::report::{HtmlParams, to_html};
use consonance::similarity::Representation;
use consonance::table::{ConvergenceTable, LayoutParams, converge_on};
use scraper::{ElementRef, Html, Selector};
use serde_json::{Value, json};

use crate::report::page::{BUNDLED, load, page_of, page_with, params, words_of};

/// Three accords: two speak of lanterns, two of nets.
const HARBORS: [[&str; 3]; 10] = [
    [
        "Quay",
        "norm",
        "Each harbor shall keep its lantern lit at night.",
    ],
    [
        "Quay",
        "norm",
        "Each harbor shall keep its lantern lit at dusk.",
    ],
    [
        "Quay",
        "norm",
        "Each harbor shall keep its lantern lit at dawn.",
    ],
    [
        "Quay",
        "definition",
        "“Lantern” means a lamp that burns oil.",
    ],
    [
        "Quay",
        "final-clause",
        "This accord enters into force in spring.",
    ],
    [
        "Quay",
        "preamble",
        "Recognizing that each harbor keeps its lantern lit at night,",
    ],
    [
        "Cape",
        "norm",
        "Each harbor shall keep its lantern lit in fog.",
    ],
    [
        "Cape",
        "norm",
        "Boats shall not cast nets near the reef in spring.",
    ],
    [
        "Reef",
        "norm",
        "Boats shall not cast nets near the reef in autumn.",
    ],
    [
        "Reef",
        "definition",
        "“Net” means a mesh of rope that is cast from boats.",
    ],
];

pub(crate) fn harbors() -> Corpus {
    let lines = HARBORS.map(|[accord, kind, text]| {
        json!({"agreement": accord, "process": accord, "kind": kind, "text": text}).to_string()
    });
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("harbors.jsonl");
    fs::write(&path, lines.join("\n")).unwrap();
    load(path)
}

/// Returns the page of the harbors' table after a change of the table.
pub(crate) fn changed_page(change: impl FnOnce(&mut Value)) -> String {
    let (corpus, params) = (harbors(), params().n_resamples(0));
    let representation = Representation::of(&corpus, &params.representation).unwrap();
    let table = converge_on(&corpus, &representation, &params).unwrap();
    let mut table = serde_json::to_value(table).unwrap();
    change(&mut table);
    let table: ConvergenceTable = serde_json::from_value(table).unwrap();
    let study = Study::new(corpus, representation, table);
    to_html(&Findings::of(&study).unwrap(), &HtmlParams::default())
}

/// Makes the second of the Quay's clauses on lanterns the nearest to the center, and the third a weak member.
pub(crate) fn with_a_weak_member(table: &mut Value) {
    for row in table["rows"].as_array_mut().unwrap() {
        let Some(quotes) = row["cells"].get_mut("quay") else {
            continue;
        };
        for (quote, score) in quotes
            .as_array_mut()
            .unwrap()
            .iter_mut()
            .zip([0.5, 0.9, 0.95])
        {
            quote["score"] = json!(score);
        }
        quotes[2]["weak"] = json!("far");
    }
}

/// Returns the page of the bundled agreements with so many themes.
pub(crate) fn page_with_themes(n_themes: usize) -> String {
    let params = params().n_resamples(0);
    let layout = LayoutParams::default().n_themes(n_themes);
    page_with(&load(BUNDLED), &params.layout(layout), None)
}

fn select<'a>(document: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    document
        .select(&Selector::parse(selector).unwrap())
        .collect()
}

/// Returns the text of each element that a selector finds, on one line.
fn texts(document: &Html, selector: &str) -> Vec<String> {
    let words = |element: &ElementRef<'_>| element.text().collect::<String>();
    let texts = select(document, selector);
    let texts = texts.iter().map(words);
    texts
        .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect()
}

#[test]
fn themes_are_rows_above_their_issues() {
    let document = Html::parse_document(&page_with_themes(4));
    assert_eq!(select(&document, "#matrix tbody.theme").len(), 4);
    let n_rows = select(&document, "#matrix tr[data-r]").len();
    let sums = texts(&document, "#matrix tr.theme .facts");
    let sums = sums
        .iter()
        .map(|sum| sum.split(' ').next().unwrap().parse::<usize>().unwrap());
    assert_eq!(sums.sum::<usize>(), n_rows);
    // The same themes hold the clauses, closed.
    assert_eq!(
        texts(&document, "#matrix tr.theme a"),
        texts(&document, "#quotes > details.theme > summary b")
    );
    assert!(select(&document, "details[open]").is_empty());
    assert_eq!(
        select(&document, "#quotes > details.theme > section.row").len(),
        n_rows
    );
    for link in select(&document, "#matrix tr.theme a") {
        let href = link.value().attr("href").unwrap();
        assert_eq!(
            select(&document, &format!("details{href}")).len(),
            1,
            "{href}"
        );
    }
}

#[test]
fn a_theme_counts_the_clauses_of_its_issues() {
    let document = Html::parse_document(&page_with_themes(1));
    let numbers = |selector: &str| -> usize {
        let cells = texts(&document, selector);
        let last = cells.iter().filter_map(|cell| cell.rsplit(' ').next());
        last.filter_map(|number| number.parse::<usize>().ok()).sum()
    };
    let n_clauses = numbers("#matrix tr[data-r] td:not(.n)");
    assert!(n_clauses > 0);
    assert_eq!(numbers("#matrix tr.theme td:not(.n)"), n_clauses);
}

#[test]
fn a_small_table_has_no_themes() {
    let document = Html::parse_document(&page_of(&load(BUNDLED)));
    assert!(select(&document, ".theme").is_empty());
    assert_eq!(select(&document, "#matrix tbody").len(), 1);
}

#[test]
fn of_each_agreement_the_clause_nearest_to_the_center_stands_first() {
    let document = Html::parse_document(&changed_page(with_a_weak_member));
    let cell = "#quotes .cell[id*=quay]";
    assert_eq!(
        texts(&document, &format!("{cell} > .quote .text")),
        ["Each harbor shall keep its lantern lit at dusk."]
    );
    assert_eq!(
        texts(&document, &format!("{cell} > details.more > summary")),
        ["+2 more, 1 of them weak"]
    );
    let weak = texts(
        &document,
        &format!("{cell} > details.more > .quote.weak footer"),
    );
    assert!(
        weak[0].starts_with("weak, not counted: hardly similar to the rest of the row"),
        "{weak:?}"
    );
    // Two of three count.
    let numbers = texts(&document, "#matrix td a[href*=quay]");
    assert_eq!(numbers, ["Quay 2"]);
    let facts = texts(&document, "#quotes .facts");
    assert!(
        facts
            .iter()
            .any(|facts| facts.ends_with("3 clauses of 2 agreements; 1 weak clause, not counted")),
        "{facts:?}"
    );
}

#[test]
fn a_cell_of_weak_clauses_only_has_its_number_in_brackets() {
    let document = Html::parse_document(&changed_page(|table| {
        for row in table["rows"].as_array_mut().unwrap() {
            if let Some(quotes) = row["cells"].get_mut("cape") {
                quotes[0]["weak"] = json!("other-row");
            }
        }
    }));
    let numbers = texts(&document, "#matrix td:not([class]) a[href*=cape]");
    assert!(
        numbers.iter().all(|number| number == "Cape (1)") && !numbers.is_empty(),
        "{numbers:?}"
    );
    let more = texts(
        &document,
        "#quotes .cell[id*=cape] > details.more > summary",
    );
    assert!(
        more.iter().all(|more| more == "1 weak clause, not counted"),
        "{more:?}"
    );
    assert!(select(&document, "#quotes .cell[id*=cape] > .quote").is_empty());
}

#[test]
fn clauses_that_make_no_rows_are_listed_by_kind() {
    let page = changed_page(|table| {
        let issue = table["rows"][0]["issue"].clone();
        for alone in table["alone"].as_array_mut().unwrap() {
            if alone["kind"] == "preamble" {
                alone["beside"] = issue.clone();
            }
        }
    });
    let document = Html::parse_document(&page);
    assert_eq!(
        texts(&document, "#listed details.kind > summary"),
        ["Preambles (1)", "Definitions (2)", "Final clauses (1)"]
    );
    assert_eq!(
        texts(&document, "#quotes details.beside > summary"),
        ["Preamble (not counted): 1 clause"]
    );
    // Its text is under the row; the list leads there.
    let link = select(&document, "#listed details.kind[data-kind=preamble] a")[0];
    let anchor = link.value().attr("href").unwrap().trim_start_matches('#');
    assert_eq!(
        select(&document, &format!(".beside [id=\"{anchor}\"]")).len(),
        1
    );
    // Each text is in the page once, and none of them stands alone.
    let words = words_of(&page);
    for [_, kind, text] in HARBORS.into_iter().filter(|[_, kind, _]| *kind != "norm") {
        assert_eq!(words.matches(text).count(), 1, "{kind}: {text}");
    }
    let alone = texts(&document, "#alone .text");
    assert!(alone.iter().all(|text| text.contains("shall")), "{alone:?}");
    assert!(words.contains("4 of kinds that make no rows"), "{words}");
}

#[test]
fn rows_and_clauses_say_what_a_person_checked() {
    let page = changed_page(|table| {
        let said = json!({"state": "checked", "author": "A. Keeper", "note": "read twice"});
        for row in table["rows"].as_array_mut().unwrap() {
            let Some(quotes) = row["cells"].get_mut("quay") else {
                continue;
            };
            quotes[0]["checked"] = said.clone();
            quotes[1]["checked"] =
                json!({"state": "elsewhere", "since": "since then it has left “Nets”"});
            row["checked"] = json!({"state": "open", "since": "since then it lost `a/1`"});
        }
        let alone = table["alone"].as_array_mut().unwrap().iter_mut();
        let mut definitions = alone.filter(|alone| alone["kind"] == "definition");
        definitions.next().unwrap()["checked"] = said;
    });
    let document = Html::parse_document(&page);
    assert_eq!(
        texts(&document, "#matrix .checked"),
        ["checked by a person 1 of 4; row: open question, changed since"]
    );
    let marks = texts(&document, "#quotes .quote i.checked");
    assert_eq!(marks, ["checked", "checked elsewhere"]);
    let words = words_of(&page);
    for told in [
        "checked by a person: 1 of 4 clauses; the row: open question; since then it lost `a/1`",
        "checked by A. Keeper: read twice",
        "checked elsewhere; since then it has left “Nets”",
    ] {
        assert!(words.contains(told), "{told}: {words}");
    }
    assert_eq!(texts(&document, ".kind .quote i.checked"), ["checked"]);
}
