//! The page for a browser: what stands in it, and that it works in a real one.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use consonance::corpus::{Corpus, LoadParams};
use consonance::finding::{ConvergeParams, ConvergenceTable, Dossier, GapParams, Ledger, converge};
use consonance::report::{HtmlParams, to_html};
use consonance::similarity::Representation;
use serde_json::Value;

use crate::browser::Browser;

const BUNDLED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
const LARGE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../shared/treaties/digital_and_rights.jsonl"
);
/// Where axe-core lies (its file `axe.min.js`), if its checks are wanted.
const AXE: &str = "CONSONANCE_AXE";

fn load(input: impl Into<PathBuf>) -> Corpus {
    Corpus::load(&[input.into()], &LoadParams::default()).unwrap()
}

fn params(ledger: Option<Ledger>) -> ConvergeParams {
    let mut params = ConvergeParams::default();
    params.gaps = Some(GapParams::default());
    params.ledger = ledger;
    params
}

fn table_of(corpus: &Corpus, ledger: Option<Ledger>) -> ConvergenceTable {
    let table = converge(corpus, &params(ledger)).unwrap();
    table.with_forces(corpus)
}

fn page_of(corpus: &Corpus) -> String {
    let table = table_of(corpus, None);
    let representation = Representation::of(corpus, &params(None).representation).unwrap();
    let dossier = Dossier::of(corpus, &representation, &table).unwrap();
    to_html(&dossier, &HtmlParams::default())
}

/// Returns the words that a reader of the page without script sees, on one line.
fn words_of(page: &str) -> String {
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
    let table = table_of(&corpus, None);
    let representation = Representation::of(&corpus, &params(None).representation).unwrap();
    let dossier = Dossier::of(&corpus, &representation, &table).unwrap();
    let mut small = HtmlParams::default();
    small.max_clauses = 20;
    small.max_alone = 1;
    small.max_chars = 40;
    let page = to_html(&dossier, &small);
    let words = words_of(&page);
    assert!(
        words.contains("Left out, so that the page stays quick: the last"),
        "{words}"
    );
    assert!(words.contains("more characters: the JSON form has them."));
}

/// A page open in a browser.
struct Opened {
    browser: Browser,
    folder: tempfile::TempDir,
    address: String,
}

impl Opened {
    fn open(page: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let browser = Browser::start(folder.path())?;
        let path = folder.path().join("page.html");
        fs::write(&path, page).unwrap();
        let address = format!("file://{}", path.display());
        browser.open(&address);
        Some(Self {
            browser,
            folder,
            address,
        })
    }

    fn number(&self, script: &str) -> f64 {
        self.browser.run(script).as_f64().unwrap()
    }

    fn n_rows(&self) -> f64 {
        self.number("return document.querySelectorAll('#matrix tbody tr:not([hidden])').length")
    }

    /// Fails if the page has complained, or has asked for anything but itself.
    #[track_caller]
    fn check_quiet(&self) {
        let said = self.browser.console();
        assert!(said.is_empty(), "{said:?}");
        let is_own =
            |address: &String| address.starts_with("file:") || address.starts_with("blob:");
        let asked = self.browser.requests();
        assert!(asked.iter().all(is_own), "{asked:?}");
    }

    /// Checks the page by axe-core, if it is there.
    fn check_accessible(&self, what: &str) {
        let Some(path) = std::env::var_os(AXE) else {
            println!("skipped: {AXE} does not say where axe-core lies");
            return;
        };
        self.browser.run(&fs::read_to_string(path).unwrap());
        let script = "const done = arguments[arguments.length - 1];
            axe.run(document, {resultTypes: ['violations']}).then((found) => done(found.violations
                .filter((v) => v.impact === 'serious' || v.impact === 'critical')
                .map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160) + ' ' + n.failureSummary).join(' | '))))";
        let found = self.browser.run_async(script);
        assert_eq!(found, Value::Array(Vec::new()), "{what}");
    }
}

#[test]
fn sort_filter_search_and_read_in_a_browser() {
    let Some(page) = Opened::open(&page_of(&load(BUNDLED))) else {
        return;
    };
    let browser = &page.browser;
    let all = page.n_rows();
    assert!(all > 5.0);
    page.check_accessible("as it opens");

    browser.write("#controls input[type=search]", "export");
    browser.wait_for("document.querySelector('#found').textContent.includes(' shown')");
    assert!(page.n_rows() < all);
    assert!(
        browser
            .run("return location.hash")
            .as_str()
            .unwrap()
            .contains("q=export")
    );
    browser.open(&format!("{}#?force=obligation", page.address));
    browser.wait_for("location.hash.includes('force')");
    browser.run("dispatchEvent(new HashChangeEvent('hashchange'))");
    assert!(page.n_rows() < all);
    browser.run("location.hash = '#?'");
    browser.wait_for(&format!(
        "document.querySelectorAll('#matrix tbody tr:not([hidden])').length === {all}"
    ));

    browser.run("const s = [...document.querySelectorAll('#controls select')].find((s) => [...s.options].some((o) => o.value === 'firmness')); s.value = 'name'; s.dispatchEvent(new Event('change'))");
    let is_sorted = browser.run("const n = [...document.querySelectorAll('#matrix tbody th a')].map((a) => a.textContent); return n.every((x, i) => !i || n[i - 1].localeCompare(x) <= 0)");
    assert_eq!(is_sorted, true);

    browser.click("#matrix td a");
    browser.wait_for("document.querySelector('dialog').open");
    let quotes = page.number("return document.querySelectorAll('dialog .quote .text').length");
    assert!(quotes >= 1.0);
    page.check_accessible("with a dialog");
    browser.click("dialog .bar > button:last-child");
    browser.wait_for("!document.querySelector('dialog').open");
    page.check_quiet();
}

#[test]
fn near_misses_and_two_clauses_side_by_side() {
    let Some(page) = Opened::open(&page_of(&load(BUNDLED))) else {
        return;
    };
    let browser = &page.browser;
    browser.click("#controls input[type=checkbox]");
    browser.wait_for("document.querySelector('#matrix td.gap button')");
    browser.click("#matrix td.gap button");
    browser.wait_for("document.querySelector('dialog').open");
    assert!(
        browser
            .run("return document.querySelector('dialog').textContent")
            .as_str()
            .unwrap()
            .contains("nearest")
    );
    browser.run("document.querySelector('dialog').close()");

    browser.run("location.hash = document.querySelector('#matrix tbody th a').hash");
    browser.wait_for("document.querySelectorAll('dialog .actions').length > 1");
    browser.click("dialog .actions button");
    browser.wait_for("!document.querySelector('#tray').hidden");
    browser.run(
        "location.hash = ''; location.hash = document.querySelector('#matrix tbody th a').hash",
    );
    browser.wait_for("document.querySelectorAll('dialog .actions').length > 1");
    browser.run("document.querySelectorAll('dialog .actions')[1].firstChild.click()");
    browser.wait_for("document.querySelector('dialog .sides')");
    let told = browser.run("return document.querySelector('dialog .body').textContent");
    assert!(
        told.as_str().unwrap().contains("Both stand under"),
        "{told}"
    );
    assert!(
        page.number(
            "return document.querySelectorAll('dialog .sides del, dialog .sides ins').length"
        ) > 0.0
    );
    page.check_accessible("with two clauses side by side");
    page.check_quiet();
}

#[test]
fn corrections_of_the_page_are_replayed_by_the_next_run() {
    let corpus = load(BUNDLED);
    let Some(page) = Opened::open(&page_of(&corpus)) else {
        return;
    };
    let browser = &page.browser;
    let row = |n: usize| {
        format!(
            "location.hash = ''; location.hash = document.querySelectorAll('#matrix tbody th a')[{n}].hash"
        )
    };
    let tool = |words: &str| {
        format!(
            "[...document.querySelectorAll('dialog .bar button')].find((b) => b.textContent.startsWith('{words}')).click()"
        )
    };
    browser.run(&row(0));
    browser.wait_for("document.querySelector('dialog').open");
    browser.run(&tool("Rename"));
    browser.run("const i = document.querySelector('dialog form input'); i.value = 'Light on \"the\" coast'; document.querySelector('dialog form button').click()");
    browser.wait_for(
        "document.querySelector('#matrix tbody th a').textContent.startsWith('Light on')",
    );
    browser.run(&row(1));
    browser.wait_for("document.querySelector('dialog').open");
    browser.run(&tool("Merge"));
    browser.run("const i = document.querySelector('dialog form select'); i.value = i.options[3].value; document.querySelector('dialog form button').click()");
    browser.wait_for("document.querySelectorAll('#tray li').length === 2");
    browser.run(&row(4));
    browser.wait_for("document.querySelector('dialog .actions')");
    browser.run("[...document.querySelectorAll('dialog .actions button')].find((b) => b.textContent === 'Let stand alone').click()");
    browser.wait_for("document.querySelectorAll('#tray li').length === 3");
    browser.click("#tray button.main");

    let path = page.folder.path().join("ledger.toml");
    let text = wait_for_file(&path);
    let ledger = Ledger::parse(&text).unwrap();
    assert_eq!(ledger.decisions.len(), 3, "{text}");
    let table = table_of(&corpus, Some(ledger));
    let told: Vec<_> = table
        .decisions
        .iter()
        .map(|of| (&of.decision, of.status, &of.remark))
        .collect();
    assert!(
        table.decisions.iter().all(|of| of.status.is_applied()),
        "{told:?}"
    );
    assert!(
        table
            .rows
            .iter()
            .any(|row| row.issue == "Light on \"the\" coast")
    );
    page.check_quiet();
}

fn wait_for_file(path: &Path) -> String {
    let until = Instant::now() + Duration::from_secs(10);
    while Instant::now() < until {
        if let Ok(text) = fs::read_to_string(path) {
            return text;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("{} is never written", path.display());
}

#[test]
fn hostile_texts_are_shown_and_run_nothing() {
    let evil = [
        "<script>window.ran = 1</script> The harbor keeps its lantern lit at night.",
        "\"><img src=x onerror=\"window.ran = 2\"> The harbor keeps its lantern lit at dusk.",
        "</script><script>window.ran = 3</script> The harbor keeps its lantern lit at dawn.",
        "<!-- \u{202e}gnp.exe\u{2066} ]]> The harbor keeps its lantern lit in fog.",
    ];
    let mut lines: Vec<String> = Vec::new();
    for (place, text) in evil.iter().enumerate() {
        let process = format!("Process <b>{place}</b> \"onclick=window.ran=4");
        let line = serde_json::json!({"text": text, "agreement": format!("a{place}"), "process": process,
            "title": "<i>title</i>", "clause": "1\"><svg onload=window.ran=5>"});
        lines.push(line.to_string());
    }
    let long = "lantern ".repeat(130_000);
    lines.push(
        serde_json::json!({"text": long, "agreement": "long", "process": "Long"}).to_string(),
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("evil.jsonl");
    fs::write(&path, lines.join("\n")).unwrap();
    let corpus = load(path);
    let page = page_of(&corpus);
    let words = words_of(&page);
    for shown in [
        "<script>window.ran = 1</script>",
        "onerror=\"window.ran = 2\"",
        "⟨U+202E⟩gnp.exe",
    ] {
        assert!(words.contains(shown), "{shown}");
    }
    assert!(!page.contains("<script>window") && !page.contains('\u{202e}'));
    let Some(opened) = Opened::open(&page) else {
        return;
    };
    opened.browser.run(
        "document.querySelectorAll('#matrix tbody a').forEach((a) => { location.hash = a.hash; })",
    );
    opened.browser.wait_for("document.querySelector('dialog')");
    assert_eq!(opened.browser.run("return window.ran ?? null"), Value::Null);
    let made = "return document.querySelectorAll('img, svg[onload], .text *:not(mark, .cut), .cite *').length";
    assert_eq!(opened.browser.run(made), 0);
    opened.check_quiet();
}

#[test]
fn a_page_of_two_thousand_clauses_is_quick() {
    if !Path::new(LARGE).exists() {
        println!("skipped: {LARGE} is not there");
        return;
    }
    let page = page_of(&load(LARGE));
    assert!(page.len() < 3_000_000, "{} bytes", page.len());
    let Some(opened) = Opened::open(&page) else {
        return;
    };
    let paint = opened.number(
        "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1",
    );
    let ready = opened.number(
        "return performance.timing.domContentLoadedEventEnd - performance.timing.navigationStart",
    );
    let filter =
        "const s = document.querySelector('#controls select'); const t = performance.now();
        s.selectedIndex = 2; s.dispatchEvent(new Event('change')); document.body.offsetHeight;
        return performance.now() - t";
    let filter = opened.number(filter);
    let search = "const done = arguments[0]; const s = document.querySelector('#controls input'); s.value = 'data';
        const t = performance.now(); s.dispatchEvent(new Event('input'));
        setTimeout(() => { document.body.offsetHeight; done(performance.now() - t - 60); }, 60)";
    let search = opened.browser.run_async(search).as_f64().unwrap();
    println!(
        "{} bytes; first paint {paint:.0} ms, ready {ready:.0} ms, filter {filter:.0} ms, search {search:.0} ms",
        page.len()
    );
    opened.check_quiet();
}
