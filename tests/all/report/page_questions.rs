//! What the page asks a person, and what becomes of the answers in the next run.

use consonance::corpus::Corpus;
use consonance::finding::{Findings, Study};
use consonance::report::{HtmlParams, to_html};
use consonance::table::{Action, ConvergeParams, Corrections, Doubt, DoubtParams, Outcome, doubts};

use crate::report::page::{BUNDLED, load, page_of, params, study_of};
use crate::report::page_in_browser::{Look, Opened, wait_for_file};

/// A study and what a person is asked about it.
struct Asked {
    study: Study,
    doubts: Vec<Doubt>,
}

impl Asked {
    fn of(corpus: &Corpus, params: &ConvergeParams) -> Self {
        let study = study_of(corpus, params);
        let asking = DoubtParams::default().most(12);
        let doubts = doubts(
            study.corpus(),
            study.representation(),
            study.table(),
            &asking,
        );
        Self {
            doubts: doubts.unwrap(),
            study,
        }
    }

    fn page(&self) -> String {
        let mut findings = Findings::of(&self.study).unwrap();
        findings.doubts.clone_from(&self.doubts);
        to_html(&findings, &HtmlParams::default())
    }
}

/// Presses keys in the dialog, as a person without a mouse.
#[track_caller]
fn type_keys(page: &Opened, keys: &str) {
    for key in keys.chars() {
        page.browser
            .write("dialog h2", key.encode_utf8(&mut [0; 4]));
    }
}

const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";
const TITLE: &str = "return document.querySelector('dialog h2').textContent";
const TOLD: &str = "return document.querySelector('dialog [role=status]').textContent";
const OPENER: &str = "[...document.querySelectorAll('#controls button')].find((b) => b.textContent.includes('doubtful'))";

fn questions(look: Look) {
    let corpus = load(BUNDLED);
    let params = params().n_resamples(0);
    let asked = Asked::of(&corpus, &params);
    let page = Opened::open(&asked.page());
    let opener = || page.words(&format!("return {OPENER}.textContent"));
    assert_eq!(opener(), "12 doubtful clauses");
    page.browser.run(&format!("{OPENER}.click()"));
    assert_eq!(page.words(TITLE), "Doubtful clause 1 of 12");
    let shown = page.words("return document.querySelector('dialog').textContent");
    let first = &asked.doubts[0];
    let rivals = first.rivals.iter().map(|rival| &rival.issue);
    for words in rivals.chain([&first.quoted.citation, &first.why]) {
        assert!(shown.contains(words.as_str()), "{words}: {shown}");
    }
    look(&page, "with a question");

    type_keys(&page, "h");
    assert!(page.words(TOLD).ends_with(": here. 1 of 12 answered."));
    type_keys(&page, "1");
    assert_eq!(page.words(TITLE), "Doubtful clause 3 of 12");
    type_keys(&page, "a");
    // Here and in the second rival of the next that has two.
    let place = |from: usize, n_rivals: usize| {
        let is_wanted = |of: &Doubt| of.place.is_some() && of.rivals.len() >= n_rivals;
        from + asked.doubts[from..].iter().position(is_wanted).unwrap()
    };
    let both = place(3, 2);
    type_keys(&page, &"s".repeat(both - 3));
    type_keys(&page, "b");
    look(&page, "with a question for a second row");
    type_keys(&page, "2");
    type_keys(&page, "n");
    page.browser
        .write("dialog form input", &format!("Fog on the coast{ENTER}"));
    assert!(page.words(TOLD).contains(": in “Fog on the coast”. 5 of"));
    // An answer is taken back and given anew; the wrong key does nothing.
    type_keys(&page, "1u9");
    assert_eq!(page.words(TOLD), "Undone.");
    type_keys(&page, ENTER);
    assert!(page.words(TOLD).ends_with("6 of 12 answered."));
    type_keys(&page, ESCAPE);
    page.browser
        .wait_for("!document.querySelector('dialog').open");
    assert_eq!(opener(), "6 doubtful clauses: 6 of 12 answered");
    look(&page, "with answers");
    page.browser.click("#tray button.main");

    let text = wait_for_file(&page.folder.path().join("corrections.toml"));
    let corrections = Corrections::parse(&text).unwrap();
    assert_eq!(corrections.decisions.len(), 7, "{text}");
    assert_eq!(corrections.decisions[4].action, Action::Also);
    let answered = [0, 1, 2, both, both + 1, both + 2];
    let again = Asked::of(&corpus, &params.corrections(corrections));
    let outcomes = &again.study.table().decisions;
    assert!(outcomes.iter().all(Outcome::is_applied), "{outcomes:?}");
    for doubt in answered.map(|place| &asked.doubts[place]) {
        let id = &doubt.quoted.id;
        assert!(again.doubts.iter().all(|of| of.quoted.id != *id), "{id}");
    }
    check_rows(&asked, &again, both);
    page.check_quiet();
}

/// Checks where the clauses are that were answered in different ways.
fn check_rows(asked: &Asked, again: &Asked, both: usize) {
    let rows_of = |place: usize| -> Vec<&str> {
        let id = &asked.doubts[place].quoted.id;
        let rows = again.study.table().rows.iter();
        let rows = rows.filter(|row| row.quotes().any(|quote| quote.id == *id));
        rows.map(|row| row.issue.as_str()).collect()
    };
    assert!(rows_of(2).is_empty(), "it stands alone");
    assert_eq!(rows_of(both).len(), 2);
    assert_eq!(rows_of(both + 1), ["Fog on the coast"]);
    // Its rival is known by another clause of it.
    let rival = asked.doubts[1].rivals[0].typical.as_ref().unwrap();
    let rows = again.study.table().rows.iter();
    let is_of_rival = |id: &str| {
        rows.clone().any(|row| {
            [id, &rival.id]
                .iter()
                .all(|id| row.quotes().any(|quote| quote.id == **id))
        })
    };
    assert!(is_of_rival(&asked.doubts[1].quoted.id));
}

fn naming(look: Look) {
    let corpus = load(BUNDLED);
    let params = params().n_resamples(0);
    let asked = Asked::of(&corpus, &params);
    let rows = &asked.study.table().rows;
    let page = Opened::open(&asked.page());
    let opener = "[...document.querySelectorAll('#controls button')].find((b) => b.textContent.startsWith('Name the rows'))";
    page.browser.run(&format!("{opener}.click()"));
    let title = format!("Row 1 of {}: “{}”", rows.len(), rows[0].issue);
    assert_eq!(page.words(TITLE), title);
    look(&page, "with a row to name");
    let take = |name: &str| {
        let name = serde_json::to_string(name).unwrap();
        page.browser.run(&format!(
            "document.querySelector('dialog form input').value = {name}"
        ));
        page.browser.write("dialog form input", ENTER);
    };
    // The name as it is suggested, without another key.
    page.browser.write("dialog form input", ENTER);
    assert!(page.words(TOLD).contains("keep the name"));
    take(&rows[0].issue.to_uppercase());
    assert!(page.words(TOLD).contains(": merge “"));
    page.press("Holds several: 2 parts");
    look(&page, "with a part to name");
    take("Lights on the coast");
    take("Lights in fog");
    page.press("Skip");
    page.press("Undo");
    take("9");
    let wrong = page.words("return document.querySelector('dialog [role=alert]').textContent");
    assert_eq!(wrong, "There is no suggestion 9.");
    take("/3");
    for name in ["lights in FOG", "", "Nets"] {
        take(name);
    }
    take("Of its own");
    page.browser.run("document.querySelector('dialog').close()");
    let told = page.words(&format!("return {opener}.textContent"));
    assert!(told.starts_with("Name the rows: 5 of "), "{told}");
    assert_eq!(
        page.words("return document.querySelectorAll('#matrix tr[data-r] th a')[4].textContent"),
        "Of its own"
    );
    page.browser.click("#tray button.main");

    let text = wait_for_file(&page.folder.path().join("corrections.toml"));
    let corrections = Corrections::parse(&text).unwrap();
    assert_eq!(corrections.decisions.len(), 7, "{text}");
    let again = study_of(&corpus, &params.corrections(corrections));
    let table = again.table();
    let outcomes = &table.decisions;
    assert!(outcomes.iter().all(Outcome::is_applied), "{outcomes:?}");
    let named = |name: &str| {
        let row = table.rows.iter().find(|row| row.issue == name);
        let row = row.unwrap_or_else(|| panic!("{name}"));
        row.quotes()
            .map(|quote| quote.id.clone())
            .collect::<Vec<_>>()
    };
    let first = named(&rows[0].issue);
    assert!(first.contains(&rows[0].medoid) && first.contains(&rows[1].medoid));
    let parts = [
        named("Lights on the coast"),
        named("Lights in fog"),
        named("Nets"),
    ];
    assert!(parts.iter().all(|part| !part.is_empty()), "{parts:?}");
    assert!(parts[..2].concat().contains(&rows[2].medoid));
    assert!(named("Of its own").contains(&rows[4].medoid));
    page.check_quiet();
}

#[test]
fn a_page_without_doubts_asks_nothing_and_a_question_costs_little() {
    let asked = Asked::of(&load(BUNDLED), &params().n_resamples(0));
    let with = asked.page();
    let without = Asked {
        doubts: Vec::new(),
        ..asked
    };
    let without = without.page();
    assert!(without.contains("\"doubts\":[]"));
    let n_bytes = with.len() - without.len();
    assert!(n_bytes < 12 * 300, "{n_bytes}");
}

mod needs_browser {
    use super::*;

    #[test]
    #[ignore = "needs a browser"]
    fn doubtful_clauses_are_answered_by_keys_and_the_answers_replayed() {
        questions(|_, _| {});
    }

    #[test]
    #[ignore = "needs a browser"]
    fn those_skipped_are_asked_about_again() {
        let mut asked = Asked::of(&load(BUNDLED), &params().n_resamples(0));
        asked.doubts.truncate(3);
        let page = Opened::open(&asked.page());
        page.browser.run(&format!("{OPENER}.click()"));
        type_keys(&page, "shs");
        assert_eq!(page.words(TITLE), "No more doubtful clauses");
        type_keys(&page, "s");
        assert_eq!(page.words(TITLE), "Doubtful clause 1 of 3");
        type_keys(&page, "hh");
        let told = page.words("return document.querySelector('dialog .body').textContent");
        assert!(told.starts_with("3 of 3 clauses answered."), "{told}");
        // What is undone in the list of corrections is asked about again.
        page.browser.run(
            "document.querySelector('dialog').close(); document.querySelector('#tray li button').click()",
        );
        assert_eq!(
            page.words(&format!("return {OPENER}.textContent")),
            "1 doubtful clause: 2 of 3 answered"
        );
        page.check_quiet();
    }

    #[test]
    #[ignore = "needs a browser"]
    fn a_page_without_doubts_has_no_button_for_them() {
        let page = Opened::open(&page_of(&load(BUNDLED)));
        assert!(!page.is_true(OPENER));
    }

    #[test]
    #[ignore = "needs a browser"]
    fn rows_are_named_joined_and_divided_and_the_names_replayed() {
        naming(|_, _| {});
    }

    mod needs_axe {
        use super::*;

        #[test]
        #[ignore = "needs a browser and axe-core"]
        fn naming_is_accessible() {
            naming(Opened::check_accessible);
        }

        #[test]
        #[ignore = "needs a browser and axe-core"]
        fn questions_are_accessible() {
            questions(Opened::check_accessible);
        }
    }
}
