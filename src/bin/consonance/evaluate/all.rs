//! [`score_all`]: evaluates every test set in a folder, as a Markdown table with a line for each figure.

use std::path::{Path, PathBuf};

use anyhow::Result;
use consonance::evaluation::CodingFigures;
use consonance::table::ConvergeParams;
use consonance::term::Thesaurus;

use super::args::Other;
use super::collections::{KindOutcome, Method, rank_collection, read_queries};
use super::figures::{rank, tabulate};
use super::guided::{label, names_of_coding};
use super::set::{Set, Source};
use crate::output::print;

/// The targeted gain of the default ranking over the better of the two others.
const AIMED_GAIN: f64 = 0.05;

/// A test set and its goals.
struct Case {
    name: &'static str,
    /// The file of clauses in the folder of sets; `None` for the bundled corpus.
    clauses: Option<&'static str>,
    /// The coding; `label` means the clauses' own lines.
    coding: &'static str,
    other: Other,
    has_thesaurus: bool,
    /// The number of issues in the coding.
    n_issues: usize,
    /// In the order of [`MEASURES`]; those at the end have none.
    goals: &'static [Goal],
    /// The goals for all assignments and for first issues if only the issues' names are given; `None`
    /// if that is not measured.
    guided: Option<[Goal; 2]>,
}

/// The value of a good Python program, the required value, and the target; `None` if there is none.
type Goal = [Option<f64>; 3];

const NO_GOAL: Goal = [None; 3];

const fn goal(python: f64, least: f64, aim: f64) -> Goal {
    [Some(python), Some(least), Some(aim)]
}

const fn python(value: f64) -> Goal {
    [Some(value), None, None]
}

/// What is measured; the number of issues is given (k) or chosen from the texts.
const MEASURES: [&str; 6] = [
    "MAP",
    "B-cubed F1, k = ",
    "placements F1, k = ",
    "cells F1, k = ",
    "B-cubed F1, k chosen: ",
    "placements F1, k chosen: ",
];

const CASES: [Case; 5] = [
    Case {
        name: "hand-made, no thesaurus",
        clauses: Some("gold/appendix_a_clauses.jsonl"),
        coding: "gold/appendix_a.jsonl",
        other: Other::Process,
        has_thesaurus: false,
        n_issues: 21,
        goals: &[
            goal(0.55, 0.57, 0.62),
            goal(0.57, 0.58, 0.66),
            goal(0.59, 0.61, 0.68),
            python(0.72),
            goal(0.54, 0.56, 0.64),
        ],
        guided: Some([goal(0.67, 0.67, 0.74), goal(0.69, 0.70, 0.76)]),
    },
    Case {
        name: "hand-made, thesaurus",
        clauses: Some("gold/appendix_a_clauses.jsonl"),
        coding: "gold/appendix_a.jsonl",
        other: Other::Process,
        has_thesaurus: true,
        n_issues: 21,
        goals: &[
            goal(0.63, 0.63, 0.70),
            goal(0.62, 0.62, 0.70),
            goal(0.65, 0.65, 0.74),
            python(0.75),
            python(0.61),
        ],
        guided: Some([goal(0.73, 0.73, 0.79), goal(0.75, 0.75, 0.82)]),
    },
    Case {
        name: "bundled corpus",
        clauses: None,
        coding: "",
        other: Other::Process,
        has_thesaurus: true,
        n_issues: 21,
        goals: &[],
        guided: Some([NO_GOAL; 2]),
    },
    Case {
        name: "organizations",
        clauses: Some("treaties/organizations.jsonl"),
        coding: "label",
        other: Other::Agreement,
        has_thesaurus: true,
        n_issues: 22,
        goals: &[goal(0.64, 0.65, 0.72), goal(0.62, 0.63, 0.70)],
        guided: None,
    },
    Case {
        name: "articles_hard",
        clauses: Some("treaties/articles_hard.jsonl"),
        coding: "label",
        other: Other::Family,
        has_thesaurus: true,
        n_issues: 46,
        goals: &[goal(0.835, 0.84, 0.88), goal(0.76, 0.77, 0.83)],
        guided: None,
    },
];

/// Prints the figures of every set in a folder, each as soon as it is computed.
pub(crate) fn score_all(folder: &Path, params: &ConvergeParams) -> Result<()> {
    print(&row([
        "set", "measure", "Python", "least", "aim", "reached",
    ]))?;
    let rule = [25, 30, 8, 7, 7, 11].map(|width| "-".repeat(width));
    print(&format!("|{}|\n", rule.join("|")))?;
    for case in &CASES {
        score_case(case, folder, params)?;
    }
    let queries = folder.join("treaties/retrieval.jsonl");
    for (collection, queries) in read_queries(&queries)? {
        let file = folder.join("treaties").join(&collection);
        for outcome in rank_collection(&file, &queries, &params.representation)?.outcomes {
            print_outcome(&collection, &outcome)?;
        }
    }
    Ok(())
}

/// Returns the sets on which a person's answers are simulated: those with a coding of their own and the thesaurus.
pub(super) fn reviewed_cases(folder: &Path) -> impl Iterator<Item = (&'static str, Source)> {
    let cases = CASES
        .iter()
        .filter(|case| case.has_thesaurus && case.clauses.is_some());
    cases.map(|case| (case.name, case.source(folder)))
}

fn score_case(case: &Case, folder: &Path, params: &ConvergeParams) -> Result<()> {
    let set = Set::load(&case.source(folder))?;
    // A chosen number is told as it is, however many a person could read.
    let mut params = params.clone().max_issues(None);
    if !case.has_thesaurus {
        params.representation.analyzer.thesaurus = Thesaurus::spellings();
    }
    let (retrieval, _) = rank(&set, &params)?;
    print_figure(case, 0, retrieval.map.value(), "")?;
    params = params.n_clusters(case.n_issues);
    let (_, given) = tabulate(&set, &params)?;
    let k = case.n_issues.to_string();
    print_figure(case, 1, given.bcubed.f1.value(), &k)?;
    print_figure(case, 2, given.placements.f1.value(), &k)?;
    print_figure(case, 3, given.cells.f1.value(), &k)?;
    params = params.n_clusters(None);
    let (_, chosen) = tabulate(&set, &params)?;
    let k = n_clusters(&chosen).to_string();
    print_figure(case, 4, chosen.bcubed.f1.value(), &k)?;
    print_figure(case, 5, chosen.placements.f1.value(), &k)?;
    let Some([placements, first_issue]) = case.guided else {
        return Ok(());
    };
    let guide = names_of_coding(&set)?;
    let (found, _) = label(&set, &params.representation, &guide)?;
    let reached = found.placements.f1.value();
    print_row(case.name, "guided: placements F1", (placements, reached))?;
    let reached = found.first_issue.unwrap_or_default().value();
    print_row(
        case.name,
        "guided: first issue right",
        (first_issue, reached),
    )
}

/// Returns the number of clusters, including those of one clause.
fn n_clusters(figures: &CodingFigures) -> usize {
    figures.n_clusters + figures.n_singletons
}

impl Case {
    fn source(&self, folder: &Path) -> Source {
        let coding = match self.coding {
            "" => None,
            "label" => Some(PathBuf::from("label")),
            file => Some(folder.join(file)),
        };
        Source {
            clauses: self.clauses.map(|file| folder.join(file)),
            coding,
            other: self.other,
        }
    }
}

fn print_figure(case: &Case, measure: usize, value: f64, k: &str) -> Result<()> {
    let name = format!("{}{k}", MEASURES[measure]);
    let goal = case.goals.get(measure).copied().unwrap_or(NO_GOAL);
    print_row(case.name, &name, (goal, value))
}

/// Prints the figures of one kind of query; the default must reach the better of BM25 and TF-IDF with
/// smoothing.
fn print_outcome(collection: &str, outcome: &KindOutcome) -> Result<()> {
    let map = |method: &Method| outcome.figures[method].map.value();
    let best_other = map(&Method::Bm25).max(map(&Method::Expanded));
    let set = format!(
        "{}: {}",
        collection.trim_end_matches(".jsonl"),
        outcome.kind
    );
    for method in Method::ALL {
        let goal = match method {
            Method::Default => [None, Some(best_other), Some(best_other + AIMED_GAIN)],
            _ => NO_GOAL,
        };
        print_row(
            &set,
            &format!("MAP, {}", method.name()),
            (goal, map(&method)),
        )?;
    }
    Ok(())
}

fn print_row(set: &str, measure: &str, (goal, reached): (Goal, f64)) -> Result<()> {
    let shown = goal.map(|value| value.map_or(String::new(), |value| format!("{value:.3}")));
    let [python, least, aim] = &shown;
    let is_short = goal[1].is_some_and(|least| reached < least);
    let mark = if is_short { " (-)" } else { "" };
    let reached = format!("{reached:.3}{mark}");
    print(&row([set, measure, python, least, aim, &reached]))
}

fn row([set, measure, python, least, aim, reached]: [&str; 6]) -> String {
    format!("| {set:<23} | {measure:<28} | {python:>6} | {least:>5} | {aim:>5} | {reached:<9} |\n")
}
