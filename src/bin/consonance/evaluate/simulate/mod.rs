//! `consonance evaluate --simulate`: what a person's answers bring, with the coding as the person; how many edits
//! of a text are told right, and how many quotations.

mod answers;
mod names;
pub(super) mod quotations;
pub(super) mod versions;

use std::path::Path;

use anyhow::Result;
use consonance::table::ConvergeParams;

use super::all::reviewed_cases;
use super::set::{Set, Source};
use crate::output::print;

/// Prints the figures of the sets in a folder.
pub(crate) fn simulate_all(folder: &Path, params: &ConvergeParams) -> Result<()> {
    print_head()?;
    for (name, source) in reviewed_cases(folder) {
        simulate_set(name, &Set::load(&source)?, params)?;
    }
    Ok(())
}

/// Prints the figures of one set.
pub(crate) fn simulate_one(source: &Source, params: &ConvergeParams) -> Result<()> {
    print_head()?;
    simulate_set("the set", &Set::load(source)?, params)
}

fn simulate_set(name: &str, set: &Set, params: &ConvergeParams) -> Result<()> {
    let lines = [
        answers::simulate(set, params)?,
        names::simulate(set, params)?,
    ]
    .concat();
    for Line {
        measure,
        given,
        value,
    } in lines
    {
        print(&row([name, &measure, &given, &format!("{value:.3}")]))?;
    }
    Ok(())
}

/// A figure, and what the person gave for it.
#[derive(Clone)]
struct Line {
    measure: String,
    given: String,
    value: f64,
}

fn print_head() -> Result<()> {
    print(&row(["set", "measure", "given", "reached"]))?;
    let rule = [25, 44, 14, 9].map(|width| "-".repeat(width));
    print(&format!("|{}|\n", rule.join("|")))
}

fn row([set, measure, given, reached]: [&str; 4]) -> String {
    format!("| {set:<23} | {measure:<42} | {given:<12} | {reached:<7} |\n")
}
