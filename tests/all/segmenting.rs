//! Cutting texts into clauses: against real documents with known articles, and case by case.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use consonance::clause::{Label, SegmentKind, Segmentation, segment};
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
            writeln!(
                report,
                "  missed {} at {}",
                clause.clause, clause.start_byte
            )
            .unwrap();
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
        let words: String = text[part.body.clone()]
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let words: String = words.chars().take(70).collect();
        let label = part.label.as_ref().map_or("-", Label::as_str);
        let lead_in: String = part
            .lead_in
            .clone()
            .map_or(String::new(), |r| text[r].chars().take(20).collect());
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
        println!(
            "{}",
            outline(&String::from_utf8_lossy(&fs::read(file).unwrap()))
        );
    }
}

/// A text and what it is to be cut into: kind, label, first words, first words of the lead-in.
#[derive(Debug)]
struct Case<'a> {
    name: &'a str,
    text: &'a str,
    expected: Vec<[&'a str; 4]>,
}

fn cases() -> Vec<Case<'static>> {
    include_str!("../data/segment/cases.txt")
        .split("=== ")
        .skip(1)
        .map(|case| {
            let (name, rest) = case.split_once('\n').unwrap();
            let (text, expected) = rest.split_once("---\n").unwrap();
            let expected = expected
                .lines()
                .map(|line| {
                    let mut fields = line.split('|').map(str::trim);
                    std::array::from_fn(|_| fields.next().unwrap_or(""))
                })
                .collect();
            Case {
                name,
                text,
                expected,
            }
        })
        .collect()
}

/// Fills lines up to 72 characters, as plain-text pages do.
fn wrapped(text: &str) -> String {
    let mut pages = String::new();
    for line in text.lines() {
        let mut width = 0;
        for word in line.split(' ') {
            let length = word.chars().count();
            if width > 0 && width + 1 + length > 72 {
                pages.push('\n');
                width = 0;
            } else if width > 0 {
                pages.push(' ');
                width += 1;
            }
            pages.push_str(word);
            width += length;
        }
        pages.push('\n');
    }
    pages
}

fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Compares what a text was cut into with what a case expects; returns the first difference.
fn difference(text: &str, cut: &Segmentation, case: &Case<'_>) -> Option<String> {
    let parts: Vec<_> = cut
        .segments
        .iter()
        .filter(|part| !matches!(part.kind, SegmentKind::Blank | SegmentKind::Furniture))
        .collect();
    for (part, [kind, label, words, lead_in]) in parts.iter().zip(&case.expected) {
        let found_kind = match part.kind {
            SegmentKind::Heading => "#",
            SegmentKind::LeadIn => ">",
            _ => "c",
        };
        let found_label = part.label.as_ref().map_or("-", Label::as_str);
        let body = collapsed(&text[part.body.clone()]);
        let introduction = part
            .lead_in
            .clone()
            .map_or(String::new(), |range| collapsed(&text[range]));
        let is_empty_right = !words.is_empty() || body.is_empty();
        let is_lead_in_right =
            introduction.starts_with(lead_in) && lead_in.is_empty() == introduction.is_empty();
        let is_right = found_kind == *kind
            && found_label == *label
            && body.starts_with(words)
            && is_empty_right
            && is_lead_in_right;
        if !is_right {
            return Some(format!(
                "expected {kind} | {label} | {words} | {lead_in}, found {found_kind} | {found_label} | {body} | {introduction}"
            ));
        }
    }
    (parts.len() != case.expected.len()).then(|| {
        format!(
            "expected {} parts, found {}",
            case.expected.len(),
            parts.len()
        )
    })
}

fn check_cases(layout: impl Fn(&str) -> String) {
    let mut report = String::new();
    for case in cases() {
        let text = layout(case.text);
        let cut = segment(&text, &[]);
        if let Some(difference) = difference(&text, &cut, &case) {
            writeln!(report, "{}: {difference}", case.name).unwrap();
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

#[test]
fn every_numbering_style_is_cut_in_plain_layout() {
    assert!(cases().len() >= 40);
    check_cases(str::to_owned);
}

#[test]
fn every_numbering_style_is_cut_in_wrapped_layout() {
    check_cases(wrapped);
}

#[test]
fn line_ends_of_all_systems_are_one() {
    for line_end in ["\r\n", "\r", "\u{2028}", "\u{85}"] {
        check_cases(|text| text.replace('\n', line_end));
        check_cases(|text| wrapped(text).replace('\n', line_end));
    }
}
