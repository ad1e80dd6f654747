//! `consonance evaluate --simulate versions`: real texts, edited by a seed; how many edits are told right.

mod edits;
mod expected;
mod wording;

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use consonance::corpus::{Corpus, CorpusBuilder, LoadParams};
use consonance::finding::{VersionText, compare_versions};
use consonance::read::{ReadLimits, read};
use consonance::report::to_json;
use serde_json::Value;

use crate::output::print;
use edits::{Edited, edit};
use expected::{Operation, Outcome};

/// The texts that are edited, in the folder of test sets.
const TEXTS: [&str; 6] = [
    "whole/docs/coe-ai-2024.pdf",
    "whole/docs/unesco-ai-2021.pdf",
    "whole/docs/unga-78-265.pdf",
    "documents/bbnj-agreement-2023.pdf",
    "documents/fish-stocks-agreement-1995.pdf",
    "documents/un_charter_en.txt",
];
/// The seeds; each makes up to 55 edits of every text.
const SEEDS: [u64; 4] = [1, 2, 3, 4];

/// Prints, for each seed, how many edits of each kind are told right, and the first wrong ones.
pub(crate) fn simulate(folder: &Path, n_wrong: usize) -> Result<()> {
    print("| seed | edit         | edits | right | force right |\n")?;
    print("|------|--------------|-------|-------|-------------|\n")?;
    let corpora = TEXTS.map(|name| Corpus::load(&[folder.join(name)], &LoadParams::default()));
    let corpora: Vec<Corpus> = corpora.into_iter().collect::<consonance::Result<_>>()?;
    for seed in SEEDS {
        let mut outcomes = Vec::new();
        let mut costs = Vec::new();
        for (place, corpus) in corpora.iter().enumerate() {
            let other = &corpora[(place + 1) % corpora.len()];
            let edited = edit(corpus, other, seed + place as u64 * 100);
            let (told, cost) = told_of(&edited)?;
            outcomes.extend(expected::judge(&edited.expected, &told));
            costs.push(cost);
        }
        print_outcomes(seed, &outcomes)?;
        print(&format!("\nClauses and seconds: {}.\n", costs.join("; ")))?;
        let wrong = outcomes
            .iter()
            .filter(|of| !of.is_right || of.has_right_force == Some(false));
        for outcome in wrong.take(n_wrong) {
            print(&format!("\n{}\n", outcome.told))?;
        }
    }
    Ok(())
}

/// Returns what the library tells of an edited text, as JSON, and how long it took.
fn told_of(edited: &Edited) -> Result<(Value, String)> {
    let texts = [
        ("before.jsonl", &edited.before),
        ("after.jsonl", &edited.after),
    ];
    let mut versions = Vec::new();
    for (name, lines) in texts {
        let mut builder = CorpusBuilder::new();
        builder.add(
            read(lines.as_bytes(), name, &ReadLimits::default())?,
            Some(name),
        );
        let corpus = builder.build()?;
        let agreements = corpus.agreements_in(name);
        let agreement = *agreements.first().context("no text")?;
        versions.push(VersionText::of(&corpus, agreement));
    }
    let started = Instant::now();
    let found = compare_versions(&versions);
    let seconds = started.elapsed().as_secs_f64();
    let sizes: Vec<String> = versions
        .iter()
        .map(|of| of.n_clauses().to_string())
        .collect();
    let cost = format!("{} {seconds:.3}", sizes.join(" x "));
    Ok((serde_json::from_str(&to_json(&found))?, cost))
}

fn print_outcomes(seed: u64, outcomes: &[Outcome]) -> Result<()> {
    for operation in Operation::ALL {
        let of_kind = outcomes.iter().filter(|of| of.operation == operation);
        print_line(seed, operation.name(), &of_kind.collect::<Vec<_>>())?;
    }
    print_line(seed, "all", &outcomes.iter().collect::<Vec<_>>())
}

fn print_line(seed: u64, name: &str, outcomes: &[&Outcome]) -> Result<()> {
    let share = |right: usize, all: usize| match all {
        0 => "-".to_owned(),
        _ => format!("{:.3}", right as f64 / all as f64),
    };
    let right = outcomes.iter().filter(|of| of.is_right).count();
    let forces: Vec<bool> = outcomes
        .iter()
        .filter_map(|of| of.has_right_force)
        .collect();
    let right_forces = forces.iter().filter(|is_right| **is_right).count();
    print(&format!(
        "| {seed:<4} | {name:<12} | {:<5} | {:<5} | {:<11} |\n",
        outcomes.len(),
        share(right, outcomes.len()),
        share(right_forces, forces.len())
    ))
}
