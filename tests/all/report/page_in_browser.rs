//! The page in a real browser: it does what it offers, asks for nothing and complains of nothing.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use consonance::finding::{DraftCheck, Findings, check_draft};
use consonance::id::AgreementId;
use consonance::report::{HtmlParams, to_html};
use consonance::similarity::{Representation, RepresentationParams};
use consonance::table::Corrections;
use serde_json::{Value, json};

use crate::common::browser::Browser;
use crate::common::shared::shared;
use crate::report::page::{BUNDLED, load, page_of, page_with, params, study_of, words_of};
use crate::report::page_folded::{changed_page, page_with_themes, with_a_weak_member};

/// Where axe-core lies: the path of its file `axe.min.js`.
const AXE: &str = "CONSONANCE_AXE";
/// The key to the right, as web drivers write it.
const RIGHT: &str = "\u{e014}";
/// The key downwards.
const DOWN: &str = "\u{e015}";

/// A page open in a browser.
pub(crate) struct Opened {
    pub(crate) browser: Browser,
    pub(crate) folder: tempfile::TempDir,
    address: String,
}

impl Opened {
    pub(crate) fn open(page: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let browser = Browser::start(folder.path());
        let path = folder.path().join("page.html");
        fs::write(&path, page).unwrap();
        let address = format!("file://{}", path.display());
        browser.open(&address);
        Self {
            browser,
            folder,
            address,
        }
    }

    fn bundled() -> Self {
        Self::open(&page_of(&load(BUNDLED)))
    }

    #[track_caller]
    pub(crate) fn number(&self, script: &str) -> i64 {
        self.browser.run(script).as_i64().expect(script)
    }

    #[track_caller]
    pub(crate) fn words(&self, script: &str) -> String {
        let answer = self.browser.run(script);
        answer.as_str().expect(script).to_owned()
    }

    #[track_caller]
    pub(crate) fn is_true(&self, script: &str) -> bool {
        self.browser.run(&format!("return Boolean({script})")) == true
    }

    fn n_rows(&self) -> i64 {
        self.number("return document.querySelectorAll('#matrix tbody tr:not([hidden])').length")
    }

    /// Chooses a value of one of the lists above the table.
    #[track_caller]
    fn choose(&self, list: &str, value: &str) {
        self.browser.run(&format!(
            "const s = document.querySelector('select[name={list}]'); s.value = '{value}';
             s.dispatchEvent(new Event('change'))"
        ));
    }

    /// Opens the row at a place of the table.
    #[track_caller]
    pub(crate) fn open_row(&self, place: usize) {
        self.browser.run(&format!(
            "document.querySelector('dialog').close(); document.querySelectorAll('#matrix tbody th a')[{place}].click()"
        ));
        self.browser
            .wait_for("document.querySelector('dialog').open");
    }

    /// Presses the first button of the dialog whose words begin so.
    #[track_caller]
    pub(crate) fn press(&self, words: &str) {
        self.browser.run(&format!(
            "[...document.querySelectorAll('dialog button')].find((b) => b.textContent.startsWith('{words}')).click()"
        ));
    }

    /// Answers the question of a dialog.
    #[track_caller]
    pub(crate) fn answer(&self, value: &str) {
        self.browser.run(&format!(
            "document.querySelector('dialog form :is(input, select)').value = '{value}';
             document.querySelector('dialog form button').click()"
        ));
    }

    /// Fails if the page has complained, or has asked for anything but itself.
    #[track_caller]
    pub(crate) fn check_quiet(&self) {
        let said = self.browser.console();
        assert!(said.is_empty(), "{said:?}");
        let is_own =
            |address: &String| address.starts_with("file:") || address.starts_with("blob:");
        let asked = self.browser.requests();
        assert!(asked.iter().all(is_own), "{asked:?}");
    }

    /// Checks the page by axe-core.
    #[track_caller]
    pub(crate) fn check_accessible(&self, what: &str) {
        let path = std::env::var_os(AXE).expect(AXE);
        self.browser.run(&fs::read_to_string(path).unwrap());
        let script = "const done = arguments[arguments.length - 1];
            axe.run(document, {resultTypes: ['violations']}).then((found) => done(found.violations
                .filter((v) => v.impact === 'serious' || v.impact === 'critical')
                .map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160) + ' ' + n.failureSummary).join(' | '))))";
        let found = self.browser.run_async(script);
        assert_eq!(found, Value::Array(Vec::new()), "{what}");
    }
}

/// How a state of the page is looked at besides, and what it is called.
pub(crate) type Look = fn(&Opened, &str);

/// What a reader does with any page: searches, sorts, opens a cell, compares, renames, saves.
fn walk_through(page: &Opened, word: &str) {
    let browser = &page.browser;
    let all = page.n_rows();
    browser.write("#controls input[type=search]", word);
    // Every letter is a search: the last one counts.
    browser.wait_for(&format!(
        "location.hash.includes('q={word}') && document.querySelector('#found').textContent.includes(' shown')"
    ));
    assert!(page.n_rows() < all && page.n_rows() > 0);
    assert!(page.is_true("CSS.highlights.get('found').size > 0"));
    assert!(
        page.words("return location.hash")
            .contains(&format!("q={word}"))
    );
    browser.run("location.hash = '#?'");
    browser.wait_for(&format!(
        "document.querySelectorAll('#matrix tbody tr:not([hidden])').length === {all}"
    ));

    page.choose("sort", "name");
    // Issues are sorted within their theme.
    assert!(page.is_true(
        "[...document.querySelectorAll('#matrix tbody')].every((body) => [...body.querySelectorAll('th a')]
            .map((a) => a.textContent).every((x, i, n) => !i || n[i - 1].localeCompare(x) <= 0))"
    ));

    browser.run("document.querySelector('#matrix button.fold[aria-expanded=false]')?.click()");
    browser.click("#matrix td a");
    browser.wait_for("document.querySelector('dialog').open");
    assert!(page.is_true("document.querySelector('dialog .quote .text').textContent.length > 9"));
    page.press("Compare");
    browser.wait_for("!document.querySelector('#tray').hidden");
    browser.run("[...document.querySelectorAll('#matrix td a')].at(-1).click()");
    page.press("Compare");
    browser.wait_for("document.querySelector('dialog .sides')");
    assert!(page.is_true("document.querySelectorAll('dialog .sides :is(del, ins)').length > 0"));
    let told = page.words("return document.querySelector('dialog .body').textContent");
    assert!(told.contains("Why together"), "{told}");

    page.open_row(0);
    page.press("Rename");
    page.answer("Light on the coast");
    browser
        .wait_for("document.querySelector('#matrix').textContent.includes('Light on the coast')");
    browser.click("#tray button.main");
    let corrections = wait_for_file(&page.folder.path().join("corrections.toml"));
    assert_eq!(
        Corrections::parse(&corrections).unwrap().decisions.len(),
        1,
        "{corrections}"
    );
    page.check_quiet();
}

pub(crate) fn wait_for_file(path: &Path) -> String {
    let until = Instant::now() + Duration::from_secs(10);
    while Instant::now() < until {
        if let Ok(text) = fs::read_to_string(path) {
            return text;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("{} is never written", path.display());
}

/// A draft with the words of an agreement, and with others.
fn draft() -> DraftCheck {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("draft.md");
    let agreed = load(BUNDLED);
    let agreed = agreed.text(agreed.clause_ids().next().unwrap());
    let text = format!("# A draft\n\n1. {agreed}\n\n2. Each harbor shall ring its bell in fog.\n");
    fs::write(&path, text).unwrap();
    let inputs = [BUNDLED.into(), path];
    let corpus =
        consonance::corpus::Corpus::load(&inputs, &consonance::corpus::LoadParams::default())
            .unwrap();
    let place = corpus
        .agreements()
        .iter()
        .position(|agreement| agreement.name.contains("draft"));
    let representation = Representation::of(&corpus, &RepresentationParams::default()).unwrap();
    let draft = AgreementId::new(place.unwrap());
    check_draft(&corpus, &representation, draft)
}

/// The page of some two thousand clauses. How firm the rows are is shown by the small page; here it would
/// only take long.
fn large_page() -> String {
    page_with(
        &load(shared("treaties/digital_and_rights.jsonl")),
        &params().n_resamples(0),
        None,
    )
}

fn cell_and_row(look: Look) {
    let page = Opened::bundled();
    page.open_row(0);
    for part in [
        ".remark",
        ".when time",
        ".stress li",
        ".quote .cite",
        ".quote mark",
        ".quote i[class^=f]",
        ".quote i:not([class])",
        ".quote a.source[href^=https]",
    ] {
        assert!(
            page.is_true(&format!("document.querySelector('dialog {part}')")),
            "{part}"
        );
    }
    assert!(
        page.words("return document.querySelector('dialog').textContent")
            .contains("resampled runs")
    );
    assert!(page.is_true("[...document.querySelectorAll('#quotes footer')].some((f) => f.textContent.startsWith('also near'))"));
    look(&page, "with a row");
    page.browser.run("document.querySelector('dialog').close()");
    page.browser.click("#matrix td a");
    page.browser
        .wait_for("document.querySelector('dialog').open");
    let title = page.words("return document.querySelector('dialog h2').textContent");
    assert!(title.contains(" on “"), "{title}");
    page.check_quiet();
}

fn near_misses(look: Look) {
    let page = Opened::bundled();
    page.browser.click("#controls input[type=checkbox]");
    page.browser
        .wait_for("document.querySelector('#matrix td.gap button')");
    look(&page, "with near misses");
    page.browser.click("#matrix td.gap button");
    page.browser
        .wait_for("document.querySelector('dialog').open");
    let told = page.words("return document.querySelector('dialog').textContent");
    assert!(told.contains("nearest"), "{told}");
    page.browser.run("document.querySelector('dialog').close()");
    page.browser.click("#controls input[type=checkbox]");
    assert!(page.is_true("!document.querySelector('#matrix td.gap')"));
    page.check_quiet();
}

/// Themes, weak clauses and kinds, opened.
fn opened_parts(look: Look) {
    let page = Opened::open(&page_with_themes(4));
    page.browser.click("#matrix button.fold");
    page.browser.click("#quotes details.theme summary");
    look(&page, "with a closed theme");
    page.browser.click("#controls > button:nth-of-type(2)");
    look(&page, "with all themes");
    page.check_quiet();
    let page = Opened::open(&changed_page(with_a_weak_member));
    page.browser
        .run("document.querySelectorAll('details').forEach((details) => { details.open = true; })");
    look(&page, "with weak clauses and kinds");
    page.check_quiet();
}

fn compared_clauses(look: Look) {
    let page = Opened::bundled();
    page.open_row(0);
    page.press("Compare");
    page.open_row(0);
    page.browser
        .run("document.querySelectorAll('dialog .actions')[1].firstChild.click()");
    page.browser
        .wait_for("document.querySelector('dialog .sides')");
    let told = page.words("return document.querySelector('dialog .body').textContent");
    assert!(told.contains("Both stand under"), "{told}");
    look(&page, "with two clauses side by side");
    page.check_quiet();
}

fn corrections(look: Look) {
    let corpus = load(BUNDLED);
    let page = Opened::open(&page_of(&corpus));
    let (row, clause) = (
        |place| page.open_row(place),
        |place: usize, words: &str| {
            page.browser.run(&format!(
            "[...document.querySelectorAll('dialog .actions')[{place}].querySelectorAll('button')].find((b) => b.textContent.startsWith('{words}')).click()"
        ));
        },
    );
    row(0);
    page.press("Rename");
    page.answer(r#"Light on "the" coast"#);
    row(1);
    page.press("Merge");
    page.answer("2");
    row(3);
    clause(0, "Let stand alone");
    row(3);
    clause(1, "Keep here");
    row(4);
    clause(0, "Move");
    page.answer("5");
    row(6);
    clause(0, "Make a new issue");
    page.answer("Fog signals");
    row(6);
    clause(1, "Make a new issue");
    page.answer("fog signals");
    row(7);
    clause(0, "Compare");
    row(7);
    clause(1, "Compare");
    page.press("Not the same");
    page.browser
        .wait_for("document.querySelectorAll('#tray li').length === 7");
    look(&page, "with corrections");
    page.browser.click("#tray button.main");

    let text = wait_for_file(&page.folder.path().join("corrections.toml"));
    let corrections = Corrections::parse(&text).unwrap();
    assert_eq!(corrections.decisions.len(), 7, "{text}");
    let study = study_of(&corpus, &params().corrections(corrections));
    let table = study.table();
    for outcome in &table.decisions {
        assert!(
            outcome.is_applied(),
            "{}: {}",
            outcome.decision,
            outcome.remark
        );
    }
    let has_row = |name: &str| table.rows.iter().any(|row| row.issue == name);
    assert!(has_row("Light on \"the\" coast") && has_row("Fog signals"));
    page.check_quiet();
}

fn widths_and_themes(look: Look) {
    let page = Opened::open(&page_with(&load(BUNDLED), &params(), Some(draft())));
    let paper = "return getComputedStyle(document.body).backgroundColor";
    for width in [360, 900, 1600] {
        let mut papers = Vec::new();
        for theme in ["light", "dark"] {
            page.browser.show_as([width, 900], theme);
            page.browser.open(&page.address);
            let overflow = page.number("return document.documentElement.scrollWidth - innerWidth");
            assert!(overflow <= 0, "{width} {theme}: {overflow}");
            papers.push(page.words(paper));
            look(&page, &format!("{width} {theme}"));
        }
        assert_ne!(papers[0], papers[1]);
        // The switch: as the system has it, light, dark.
        let switch = "[...document.querySelectorAll('#controls button')].find((b) => b.textContent.startsWith('Colors')).click();";
        let switched = [0, 1].map(|_| page.words(&format!("{switch} {paper}")));
        assert_eq!(switched[..], papers[..]);
        page.browser.run(switch);
    }
    page.check_quiet();
}

mod needs_browser {
    use super::*;

    #[test]
    #[ignore = "needs a browser"]
    fn a_reader_searches_sorts_compares_and_renames() {
        walk_through(&Opened::bundled(), "vulnerab");
    }

    #[test]
    #[ignore = "needs a browser"]
    fn each_filter_leaves_what_it_says_and_has_an_address() {
        let page = Opened::bundled();
        let all = page.number("return document.querySelectorAll('#quotes .quote').length");
        for (list, holds) in [
            ("process", "agreement.process === value"),
            ("actor", "agreement.actor === value"),
            ("region", "agreement.region === value"),
            ("from", "agreement.year >= Number(value)"),
            ("to", "agreement.year <= Number(value)"),
            ("force", "data.forces[force] === value"),
        ] {
            page.browser.run(&format!(
                "const s = document.querySelector('select[name={list}]'); s.selectedIndex = 3;
             s.dispatchEvent(new Event('change'))"
            ));
            let shown = page.number(&format!(
            "const data = JSON.parse(document.getElementById('data').textContent);
             const value = document.querySelector('select[name={list}]').value;
             const clauses = new Map(data.clauses.map((clause) => [clause[0], clause]));
             const shown = [...document.querySelectorAll('#quotes .cell .quote:not(.weak)')].filter((quote) => !quote.closest('[hidden]'));
             return shown.every((quote) => {{
                const [, place, , , force] = clauses.get(Number(quote.dataset.n));
                const agreement = data.agreements[place];
                return {holds};
             }}) ? shown.length : -1"
        ));
            assert!(0 < shown && shown < all, "{list}: {shown} of {all}");
            let sum = "return [...document.querySelectorAll('#matrix tbody td a')].filter((a) => a.checkVisibility()).reduce((n, a) => n + (Number(a.lastChild.data) || 0), 0)";
            assert_eq!(page.number(sum), shown, "{list}: the numbers of the table");
            // The same page by its address alone.
            let n_rows = page.n_rows();
            let address = page.words("return location.href");
            assert!(address.contains(&format!("{list}=")), "{address}");
            page.browser.open("about:blank");
            page.browser.open(&address);
            assert_eq!(page.n_rows(), n_rows, "{address}");
            page.browser.open("about:blank");
            page.browser.open(&page.address);
        }
        page.check_quiet();
    }

    #[test]
    #[ignore = "needs a browser"]
    fn rows_are_sorted_by_processes_firmness_and_name() {
        let page = Opened::bundled();
        let stability = "JSON.parse(document.getElementById('data').textContent).rows[line.dataset.r].stability";
        for (order, key, is_in_order) in [
            (
                "processes",
                "Number(line.cells[1].firstChild.data)",
                "a >= b",
            ),
            (
                "clauses",
                "document.querySelectorAll(`section.row[data-r='${line.dataset.r}'] .cell .quote`).length",
                "a >= b",
            ),
            ("stability", stability, "a >= b"),
            (
                "name",
                "line.querySelector('th a').textContent",
                "a.localeCompare(b) <= 0",
            ),
        ] {
            page.choose("sort", order);
            let script = format!(
            "const keys = [...document.querySelectorAll('#matrix tr[data-r]')].map((line) => {key});
             return keys.every((b, i) => {{ const a = keys[i - 1]; return !i || {is_in_order}; }})"
        );
            assert_eq!(page.browser.run(&script), true, "{order}");
            let is_same_order = "const r = (selector) => [...document.querySelectorAll(selector)].map((x) => x.dataset.r).join();
             return r('#matrix tr[data-r]') === r('#quotes section.row')";
            assert_eq!(
                page.browser.run(is_same_order),
                true,
                "{order}: clauses in the order of the table"
            );
        }
    }

    #[test]
    #[ignore = "needs a browser"]
    fn cells_are_shaded_by_clauses_or_by_strength() {
        let page = Opened::bundled();
        let shades = |of_cell: &str| {
            format!(
            "[...document.querySelectorAll('#quotes .cell')].every((cell) => {{
                const link = [...document.querySelectorAll('#matrix td a')].find((a) => decodeURIComponent(a.hash) === '#' + cell.id);
                const shade = cell.querySelector('.quote:not(.weak)') ? 'h' + ({of_cell}) : '';
                return link.parentElement.className === shade;
            }})"
        )
        };
        let n =
            "((n) => n > 7 ? 5 : n > 3 ? 4 : n)(cell.querySelectorAll('.quote:not(.weak)').length)";
        let level = "Math.max(1, ...[...cell.querySelectorAll('.quote:not(.weak) i[class^=f]')].map((i) => Number(i.className.slice(1)) || 0))";
        assert!(page.is_true(&shades(n)));
        page.choose("shade", "force");
        assert!(page.is_true(&shades(level)));
    }

    #[test]
    #[ignore = "needs a browser"]
    fn rows_cells_and_clauses_have_addresses() {
        let page = Opened::bundled();
        for (target, shown) in [
            ("#quotes section.row:nth-of-type(3)", "h3"),
            ("#quotes .cell", "h4"),
            ("#alone .quote", ".cite"),
        ] {
            let expected = page.words(&format!(
                "return document.querySelector('{target}').querySelector('{shown}').textContent"
            ));
            let id = page.words(&format!(
                "return encodeURI(document.querySelector('{target}').id)"
            ));
            page.browser.open("about:blank");
            page.browser.open(&format!("{}#{id}", page.address));
            page.browser
                .wait_for("document.querySelector('dialog').open");
            let title = page.words("return document.querySelector('dialog h2').textContent");
            assert!(title.starts_with(&expected), "{id}: {title}");
        }
        // What no page has is passed over, also if it was cut within a letter.
        page.browser.open("about:blank");
        page.browser.open(&format!("{}#row-%E0%A4", page.address));
        assert!(!page.is_true("document.querySelector('dialog').open"));
        page.open_row(0);
        // A part of the page is reached although its place is not known before.
        page.browser.run("document.querySelector('dialog').close(); document.querySelector('nav a[href=\"#views\"]').click()");
        page.browser.wait_for(
            "Math.abs(document.querySelector('#views').getBoundingClientRect().top) < 40",
        );
        page.check_quiet();
    }

    #[test]
    #[ignore = "needs a browser"]
    fn a_clause_is_copied_as_a_citation_and_as_a_link() {
        let page = Opened::bundled();
        page.browser.run("Object.defineProperty(navigator, 'clipboard', {value: {writeText: (text) => { window.copied = text; }}})");
        page.open_row(0);
        page.press("Copy as citation");
        let clause = "document.querySelector('dialog .quote')";
        let text = page.words(&format!(
            "return {clause}.querySelector('.text').textContent"
        ));
        let cited = page.words(&format!(
            "return {clause}.querySelector('.cite').textContent"
        ));
        let copied = page.words("return window.copied");
        assert!(
            copied.starts_with(&format!("“{text}” {cited} (")),
            "{copied}"
        );
        page.browser.run(&format!("[...{clause}.querySelectorAll('button')].find((b) => b.textContent === 'Copy link').click()"));
        assert!(
            page.words("return window.copied")
                .contains("page.html#clause-")
        );
    }

    #[test]
    #[ignore = "needs a browser"]
    fn a_draft_stands_beside_its_precedents() {
        let page = page_with(&load(BUNDLED), &params(), Some(draft()));
        let page = Opened::open(&page);
        assert_eq!(
            page.number("return document.querySelectorAll('article.draft').length"),
            2
        );
        assert!(page.is_true("document.querySelector('article.draft mark')"));
        assert!(page.is_true("document.querySelectorAll('svg.bar rect').length === 2"));
        assert!(
            page.words("return document.querySelector('#draft').textContent")
                .contains("Novelty 0.")
        );
        page.browser.click("article.draft a.cite");
        page.browser
            .wait_for("document.querySelector('dialog').open");
    }

    #[test]
    #[ignore = "needs a browser"]
    fn keys_go_from_cell_to_cell_and_to_the_search() {
        let page = Opened::bundled();
        let place = "const cell = document.activeElement.closest('td, th'); return cell.parentElement.rowIndex + '/' + cell.cellIndex";
        page.browser.write("#matrix tbody th a", DOWN);
        assert_eq!(page.words(place), "2/0");
        page.browser
            .run("document.querySelector('#matrix tbody th a').focus()");
        page.browser.write("#matrix tbody th a", RIGHT);
        assert!(page.words(place).starts_with("1/"));
        page.browser.write("#matrix tbody td a", "/");
        assert!(page.is_true("document.activeElement.type === 'search'"));
        assert!(page.is_true("document.querySelector('#controls input').value === ''"));
    }

    #[test]
    #[ignore = "needs a browser"]
    fn paper_gets_the_head_of_the_table_on_each_sheet_and_every_clause() {
        let page = Opened::bundled();
        page.browser
            .command("Emulation.setEmulatedMedia", &json!({"media": "print"}));
        let style = |selector: &str, property: &str| {
            page.words(&format!(
                "return getComputedStyle(document.querySelector('{selector}')).{property}"
            ))
        };
        assert_eq!(style("#matrix thead", "display"), "table-header-group");
        assert_eq!(style("#matrix tbody tr", "breakInside"), "avoid");
        assert_eq!(style(".quote", "breakInside"), "avoid");
        assert_eq!(style("#controls", "display"), "none");
        assert_eq!(style("section.row", "contentVisibility"), "visible");
        assert!(page.is_true(
            "[...document.querySelectorAll('.quote .text')].every((text) => text.checkVisibility())"
        ));
        let printed = page
            .browser
            .command("Page.printToPDF", &json!({"preferCSSPageSize": true}));
        assert!(printed["data"].as_str().unwrap().len() > 10_000);
    }

    #[test]
    #[ignore = "needs a browser"]
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
        let opened = Opened::open(&page);
        opened.browser.run(
        "document.querySelectorAll('#matrix tbody a').forEach((a) => { location.hash = a.hash; })",
    );
        opened.browser.wait_for("document.querySelector('dialog')");
        assert_eq!(opened.browser.run("return window.ran ?? null"), Value::Null);
        let made = "return document.querySelectorAll('img, svg[onload], .text *:not(mark, .cut), .cite :not(a)').length";
        assert_eq!(opened.browser.run(made), 0);
        let cut = "return document.querySelector('.cut').textContent";
        assert!(opened.words(cut).contains("more characters"));
        opened.check_quiet();
        // And if such a thing came in all the same, the page's policy would not let it run.
        let smuggled = "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = 6'}));
        document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = 7\">')";
        opened.browser.run(smuggled);
        std::thread::sleep(Duration::from_millis(100));
        assert_eq!(opened.browser.run("return window.ran ?? null"), Value::Null);
    }

    #[test]
    #[ignore = "needs a browser"]
    fn a_cell_and_a_row_tell_what_is_known_of_them() {
        cell_and_row(|_, _| {});
    }

    #[test]
    #[ignore = "needs a browser"]
    fn themes_open_and_close_by_key_and_by_address() {
        let page = Opened::open(&page_with_themes(4));
        let seen = "return [...document.querySelectorAll('#matrix tr[data-r]')].filter((line) => line.checkVisibility()).length";
        let parts = "return document.querySelectorAll('#quotes details.theme[open]').length";
        assert_eq!([page.number(seen), page.number(parts)], [0, 0]);
        let opener = "document.querySelector('#matrix button.fold')";
        assert!(page.is_true(&format!(
            "{opener}.getAttribute('aria-expanded') === 'false'"
        )));
        // The enter key.
        page.browser.write("#matrix button.fold", "\u{e007}");
        page.browser.wait_for(&format!(
            "{opener}.getAttribute('aria-expanded') === 'true'"
        ));
        let of_theme = "return document.querySelector('#matrix tbody.theme').querySelectorAll('tr[data-r]').length";
        let n_opened = page.number(seen);
        assert_eq!([n_opened, page.number(parts)], [page.number(of_theme), 1]);
        // The address alone opens the same.
        let address = page.words("return location.href");
        assert!(address.contains("open=theme-"), "{address}");
        page.browser.open("about:blank");
        page.browser.open(&address);
        assert_eq!([page.number(seen), page.number(parts)], [n_opened, 1]);
        // Among the clauses it is closed, and so in the table.
        page.browser
            .run("document.querySelector('#quotes details.theme[open] summary').click()");
        page.browser.wait_for(&format!(
            "{opener}.getAttribute('aria-expanded') === 'false'"
        ));
        assert_eq!(page.number(seen), 0);
        page.check_quiet();
    }

    #[test]
    #[ignore = "needs a browser"]
    fn a_search_opens_the_themes_it_finds_and_closes_them_after() {
        let page = Opened::open(&page_with_themes(4));
        let seen = "[...document.querySelectorAll('#matrix tr[data-r]')].filter((line) => line.checkVisibility()).length";
        page.browser
            .write("#controls input[type=search]", "vulnerab");
        page.browser
            .wait_for("location.hash.includes('q=vulnerab')");
        assert!(page.is_true(&format!("{seen} > 0")));
        assert!(page.is_true("[...document.querySelectorAll('#matrix tr.theme .facts')].some((facts) => facts.textContent.includes(' of '))"));
        page.browser.run("const s = document.querySelector('#controls input[type=search]'); s.value = ''; s.dispatchEvent(new Event('input'))");
        page.browser.wait_for(&format!("{seen} === 0"));
        page.check_quiet();
    }

    #[test]
    #[ignore = "needs a browser"]
    fn kinds_and_preambles_are_opened_by_their_controls() {
        let page = Opened::open(&changed_page(|table| {
            let issue = table["rows"][0]["issue"].clone();
            for alone in table["alone"].as_array_mut().unwrap() {
                if alone["kind"] == "preamble" {
                    alone["beside"] = issue.clone();
                }
            }
        }));
        let preamble = "document.querySelector('.beside .text').checkVisibility()";
        assert!(!page.is_true(preamble));
        page.browser.run("[...document.querySelectorAll('#filters label')].find((l) => l.textContent.startsWith('preambles')).click()");
        page.browser.wait_for(preamble);
        assert!(page.words("return location.hash").contains("preamble=1"));
        page.browser
            .click("#listed details[data-kind=definition] summary");
        page.browser.wait_for("document.querySelector('#listed details[data-kind=definition] .text').checkVisibility()");
        page.choose("process", "Reef");
        let summary = "return document.querySelector('#listed details[data-kind=definition] summary').textContent";
        assert_eq!(page.words(summary), "Definitions (1 of 2)");
        page.choose("process", "");
        page.choose("kind", "definition");
        assert_eq!(page.n_rows(), 0);
        assert_eq!(page.words(summary), "Definitions (2)");
        page.check_quiet();
    }

    #[test]
    #[ignore = "needs a browser"]
    fn themes_weak_clauses_and_kinds_are_opened_without_complaint() {
        opened_parts(|_, _| {});
    }

    #[test]
    #[ignore = "needs a browser"]
    fn near_misses_come_and_go() {
        near_misses(|_, _| {});
    }

    #[test]
    #[ignore = "needs a browser"]
    fn clauses_of_one_row_say_why_they_are_together() {
        compared_clauses(|_, _| {});
    }

    #[test]
    #[ignore = "needs a browser"]
    fn corrections_of_the_page_are_replayed_by_the_next_run() {
        corrections(|_, _| {});
    }

    #[test]
    #[ignore = "needs a browser"]
    fn corrections_of_the_run_stay_in_the_saved_file() {
        let study = study_of(&load(BUNDLED), &params().n_resamples(0));
        let issue = &study.table().rows[1].issue;
        let earlier = format!(
            "[[decision]]\naction = \"rename\"\nissues = [{{ name = \"{issue}\", anchors = [] }}]\nname = \"Fog\"\n"
        );
        let earlier = Corrections::parse(&earlier).unwrap();
        let mut findings = Findings::of(&study).unwrap();
        findings.corrections = Some(&earlier);
        let page = Opened::open(&to_html(&findings, &HtmlParams::default()));
        page.open_row(0);
        page.press("Rename");
        page.answer("Light on the coast");
        page.browser.click("#tray button.main");
        let text = wait_for_file(&page.folder.path().join("corrections.toml"));
        let saved = Corrections::parse(&text).unwrap();
        assert_eq!(saved.decisions.len(), 2, "{text}");
    }

    #[test]
    #[ignore = "needs a browser"]
    fn the_page_fits_phones_and_wide_screens_in_both_themes() {
        widths_and_themes(|_, _| {});
    }

    mod needs_axe {
        use super::*;

        #[test]
        #[ignore = "needs a browser and axe-core"]
        fn a_row_is_accessible() {
            cell_and_row(Opened::check_accessible);
        }

        #[test]
        #[ignore = "needs a browser and axe-core"]
        fn themes_weak_clauses_and_kinds_are_accessible() {
            opened_parts(Opened::check_accessible);
        }

        #[test]
        #[ignore = "needs a browser and axe-core"]
        fn near_misses_are_accessible() {
            near_misses(Opened::check_accessible);
        }

        #[test]
        #[ignore = "needs a browser and axe-core"]
        fn compared_clauses_are_accessible() {
            compared_clauses(Opened::check_accessible);
        }

        #[test]
        #[ignore = "needs a browser and axe-core"]
        fn corrections_are_accessible() {
            corrections(Opened::check_accessible);
        }

        #[test]
        #[ignore = "needs a browser and axe-core"]
        fn every_width_and_theme_is_accessible() {
            widths_and_themes(Opened::check_accessible);
        }
    }

    mod needs_shared {
        use super::*;

        #[test]
        #[ignore = "needs a browser and ../shared"]
        fn a_page_of_two_thousand_clauses_works() {
            walk_through(&Opened::open(&large_page()), "genetic");
        }
    }
}

mod needs_shared {
    use super::*;

    #[test]
    #[ignore = "needs ../shared"]
    fn a_page_of_two_thousand_clauses_stays_small() {
        let page = large_page();
        assert!(page.len() < 3_000_000, "{} bytes", page.len());
    }
}
