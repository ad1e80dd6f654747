//! Corrects a table once, and keeps the corrections for every later run.
//!
//! ```sh
//! cargo run --release --example corrections
//! ```

use std::io::{self, Write};

use consonance::corpus::{Corpus, LoadParams};
use consonance::table::{Action, ConvergeParams, Corrections, Request, converge};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let bundled = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
    let corpus = Corpus::load(&[bundled.into()], &LoadParams::default())?;
    let first = converge(&corpus, &ConvergeParams::default())?;

    // Two decisions, stated as a person would: rows by their names, clauses as people cite them.
    let mut rename = Request::to(Action::Rename);
    rename.rows.push(first.rows[0].issue.clone());
    rename.name = Some("What most agree on".to_owned());
    let mut alone = Request::to(Action::Alone);
    alone.clauses.push("GGE 13(i)".to_owned());

    // As entries of a file they name clauses by their words, so that they hold when agreements are
    // added: what no longer fits is told, not dropped.
    let mut file = String::new();
    for request in [rename, alone] {
        let mut decision = request.decide(&corpus, &first)?;
        decision.author = Some("A. Reader".to_owned());
        file += &decision.to_toml();
        file += "\n";
    }
    let mut out = io::stdout().lock();
    writeln!(out, "{file}")?;

    let corrections = Corrections::parse(&file)?;
    let corrected = converge(&corpus, &ConvergeParams::default().corrections(corrections))?;
    for outcome in &corrected.decisions {
        let held = if outcome.is_applied() {
            "holds"
        } else {
            "does not hold"
        };
        writeln!(out, "{held}: {}", outcome.decision)?;
    }
    let is_named = |row: &&consonance::table::Row| row.issue == "What most agree on";
    let renamed = corrected.rows.iter().find(is_named);
    let n_processes = renamed.map_or(0, |row| row.n_processes);
    writeln!(out, "the renamed row has {n_processes} processes")?;
    Ok(())
}
