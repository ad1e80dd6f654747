//! Cutting texts into clauses: against real documents with known articles, and case by case.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use consonance::clause::{Label, segment};
use serde::Deserialize;

/// One document whose articles are known.
#[derive(Debug, Deserialize)]
struct Truth {
    doc: String,
    path: String,
    clauses: Vec<TrueClause>,
}

#[derive(Debug, Deserialize)]
struct TrueClause {
    clause: String,
    start_byte: usize,
    end_byte: usize,
}

/// How many true articles were found, and how many were found in all.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    n_true: usize,
    n_found: usize,
    n_starts: usize,
    n_ends: usize,
    n_labels: usize,
}

impl Tally {
    fn f1(self, n_right: usize) -> f64 {
        2.0 * n_right as f64 / (self.n_true + self.n_found).max(1) as f64
    }

    fn add(&mut self, other: Self) {
        self.n_true += other.n_true;
        self.n_found += other.n_found;
        self.n_starts += other.n_starts;
        self.n_ends += other.n_ends;
        self.n_labels += other.n_labels;
    }
}

/// The known labels do not say in which annex an article stands.
fn without_annex(name: &str) -> &str {
    name.strip_prefix("annex ").unwrap_or(name)
}

fn compare(text: &str, truth: &Truth, report: &mut String) -> Tally {
    let found = segment(text, &[]).provisions();
    let is_whole = |provision: &consonance::clause::Provision| {
        let name = provision.label.canonical();
        without_annex(&name).starts_with("article")
    };
    let found: Vec<_> = found.into_iter().filter(is_whole).collect();
    let place_of: HashMap<usize, usize> = found
        .iter()
        .enumerate()
        .map(|(index, provision)| (provision.range.start, index))
        .collect();
    let mut tally = Tally {
        n_true: truth.clauses.len(),
        n_found: found.len(),
        ..Tally::default()
    };
    for clause in &truth.clauses {
        let Some(&index) = place_of.get(&clause.start_byte) else {
            writeln!(report, "  missed {} at {}", clause.clause, clause.start_byte).unwrap();
            continue;
        };
        tally.n_starts += 1;
        let provision = &found[index];
        let end = clause.start_byte + text[clause.start_byte..clause.end_byte].trim_end().len();
        if provision.range.end == end {
            tally.n_ends += 1;
        } else {
            let message = format!(
                "  end of {} at {}, true {}",
                clause.clause, provision.range.end, end
            );
            writeln!(report, "{message}").unwrap();
        }
        let name = provision.label.provision();
        let name = Label::new(without_annex(&name));
        if name.is_same_place(&Label::new(clause.clause.as_str())) {
            tally.n_labels += 1;
        } else {
            writeln!(report, "  {} is taken for {name}", clause.clause).unwrap();
        }
    }
    let starts: Vec<usize> = truth.clauses.iter().map(|c| c.start_byte).collect();
    for provision in found.iter().filter(|p| !starts.contains(&p.range.start)) {
        let at = provision.range.start;
        writeln!(report, "  {} at {at} is no article", provision.label).unwrap();
    }
    tally
}

#[test]
fn articles_of_real_documents_are_found() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/documents"));
    let Ok(json) = fs::read_to_string(folder.join("segmentation.json")) else {
        println!("skipped: no ../shared/documents");
        return;
    };
    let mut truths: Vec<Truth> = serde_json::from_str(&json).unwrap();
    let mut whole = Tally::default();
    let mut report = String::new();
    for truth in &mut truths {
        // What precedes the articles bears no number.
        truth.clauses.retain(|clause| clause.clause != "Preamble");
        let text = fs::read_to_string(folder.join(&truth.path)).unwrap();
        let mut details = String::new();
        let tally = compare(&text, truth, &mut details);
        let line = format!(
            "{}: boundary F1 {:.4}, ends {:.4}, labels {:.4}",
            truth.doc,
            tally.f1(tally.n_starts),
            tally.f1(tally.n_ends),
            tally.n_labels as f64 / tally.n_true as f64
        );
        writeln!(report, "{line}\n{details}").unwrap();
        whole.add(tally);
    }
    let boundary = whole.f1(whole.n_starts);
    let labels = whole.n_labels as f64 / whole.n_true as f64;
    let ends = whole.f1(whole.n_ends);
    let line = format!(
        "{} articles of {} documents: boundary F1 {boundary:.4}, labels {labels:.4}, ends {ends:.4}",
        whole.n_true,
        truths.len()
    );
    println!("{report}{line}");
    assert!(boundary >= 0.99, "{report}{line}");
    assert!(labels >= 0.99, "{report}{line}");
}

/// Prints what became of a text: one line a part.
fn outline(text: &str) -> String {
    let cut = segment(text, &[]);
    let mut lines = String::new();
    for part in &cut.segments {
        let words: String = text[part.body.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
        let words: String = words.chars().take(70).collect();
        let label = part.label.as_ref().map_or("-", Label::as_str);
        let lead_in: String = part.lead_in.clone().map_or(String::new(), |r| text[r].chars().take(20).collect());
        writeln!(lines, "{:?} [{label}] {words} <{lead_in}>", part.kind).unwrap();
    }
    for diagnostic in &cut.diagnostics {
        writeln!(lines, "! {diagnostic}").unwrap();
    }
    lines
}

#[test]
#[ignore = "prints"]
fn print_outline() {
    if let Ok(file) = std::env::var("OUTLINE") {
        println!("{}", outline(&fs::read_to_string(file).unwrap()));
    }
}
