//! How quickly the page opens and answers in headless Chromium, and how large it is.
//!
//! `cargo bench --bench page` prints a table; `-- --pictures FOLDER` takes screenshots of the bundled
//! corpus at three widths in both themes instead.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark fails loudly and prints what it measured"
)]

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use consonance::corpus::{Corpus, LoadParams};
use consonance::finding::{Findings, Study};
use consonance::report::{HtmlParams, to_html};
use consonance::similarity::Representation;
use consonance::table::{ConvergeParams, converge_on};
use serde_json::json;

use crate::browser::Browser;

#[path = "../tests/all/common/browser.rs"]
#[allow(dead_code, reason = "a benchmark uses a part")]
mod browser;

const BUNDLED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
const LARGE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../shared/treaties/digital_and_rights.jsonl"
);
/// The number of times each page is opened; the median is reported.
const N_ROUNDS: usize = 7;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let wish = arguments.iter().position(|a| a == "--pictures");
    let folder = tempfile::tempdir().unwrap();
    let browser = Browser::start(folder.path());
    if let Some(place) = wish {
        let page = write_page(folder.path(), BUNDLED);
        shoot(&browser, &page, Path::new(&arguments[place + 1]));
        return;
    }
    println!(
        "clauses       kB   first paint   ready   filter   search   (ms, median of {N_ROUNDS})"
    );
    for input in [BUNDLED, LARGE] {
        if Path::new(input).exists() {
            measure(&browser, &write_page(folder.path(), input));
        } else {
            println!("left out: {input} is not there");
        }
    }
}

/// A page in a file.
struct Written {
    path: PathBuf,
    n_clauses: usize,
    n_bytes: usize,
}

impl Written {
    fn address(&self) -> String {
        format!("file://{}", self.path.display())
    }
}

fn write_page(folder: &Path, input: &str) -> Written {
    let corpus = Corpus::load(&[input.into()], &LoadParams::default()).unwrap();
    let params = ConvergeParams::default();
    let representation = Representation::of(&corpus, &params.representation).unwrap();
    let table = converge_on(&corpus, &representation, &params).unwrap();
    let study = Study::new(corpus, representation, table);
    let findings = Findings::of(&study).unwrap();
    let page = to_html(&findings, &HtmlParams::default());
    let path = folder.join("page.html");
    fs::write(&path, &page).unwrap();
    Written {
        path,
        n_clauses: study.corpus().clauses().len(),
        n_bytes: page.len(),
    }
}

/// Prints the times of a page, from the request on.
fn measure(browser: &Browser, page: &Written) {
    let filter =
        "const s = document.querySelector('select[name=process]'); const t = performance.now();
        s.selectedIndex = 2; s.dispatchEvent(new Event('change')); document.body.offsetHeight;
        const taken = performance.now() - t;
        s.selectedIndex = 0; s.dispatchEvent(new Event('change')); return taken";
    // The search waits 60 ms for the next letter.
    let search = "const done = arguments[0]; const s = document.querySelector('#controls input'); s.value = 'data';
        const t = performance.now(); s.dispatchEvent(new Event('input'));
        setTimeout(() => { document.body.offsetHeight; done(performance.now() - t - 60); }, 60)";
    let mut rounds: [Vec<f64>; 4] = Default::default();
    for _ in 0..N_ROUNDS {
        browser.open("about:blank");
        browser.open(&page.address());
        let paint = "performance.getEntriesByName('first-contentful-paint')[0]";
        browser.wait_for(paint);
        let taken = [
            browser.run(&format!("return {paint}.startTime")),
            browser.run(
                "return performance.timing.domContentLoadedEventEnd - performance.timing.navigationStart",
            ),
            browser.run(filter),
            browser.run_async(search),
        ];
        for (round, taken) in rounds.iter_mut().zip(taken) {
            round.push(taken.as_f64().unwrap());
        }
    }
    let [paint, ready, filter, search] = rounds.map(median);
    println!(
        "{:>7} {:>8} {paint:>13.0} {ready:>7.0} {filter:>8.0} {search:>8.0}",
        page.n_clauses,
        page.n_bytes / 1000
    );
}

fn median(mut taken: Vec<f64>) -> f64 {
    taken.sort_by(f64::total_cmp);
    taken[taken.len() / 2]
}

/// Writes a screenshot of the top of the page.
fn shoot(browser: &Browser, page: &Written, folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    browser.command("Emulation.setScrollbarsHidden", &json!({"hidden": true}));
    for [width, height] in [[360, 740], [900, 900], [1600, 900]] {
        for theme in ["light", "dark"] {
            browser.show_as([width, height], theme);
            browser.open(&page.address());
            let picture = browser.command("Page.captureScreenshot", &json!({"format": "png"}));
            let bytes = STANDARD.decode(picture["data"].as_str().unwrap()).unwrap();
            let path = folder.join(format!("page-{width}-{theme}.png"));
            fs::write(&path, bytes).unwrap();
            println!("{}", path.display());
        }
    }
}
