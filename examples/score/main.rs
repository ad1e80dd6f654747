//! How far the table, and the rankings behind it, agree with a human coding.
//!
//! Run `cargo run --release --example score -- --help` for what it can do.

mod all;
mod args;
mod collections;
mod evaluate;
mod set;

use std::io::{self, Write};
use std::path::Path;

use anyhow::Result;
use clap::Parser;
use consonance::corpus::read_file;
use consonance::finding::ConvergeParams;
use consonance::finding::score::RankingsOfClauses;
use consonance::report::figures_to_text;
use consonance::term::Thesaurus;

use args::Args;
use set::{Set, Source};

/// What stands for no thesaurus on the command line.
const NO_THESAURUS: &str = "none";

fn main() -> Result<()> {
    let args = Args::parse();
    if let Some(folder) = &args.all {
        return all::score_all(folder);
    }
    if let Some(queries) = &args.retrieval {
        return score_queries(queries);
    }
    score_set(&args)
}

fn score_set(args: &Args) -> Result<()> {
    let set = Set::load(&Source {
        clauses: args.clauses.clone(),
        coding: args.coding.clone(),
        other: args.other,
    })?;
    let mut params = ConvergeParams::default();
    if let Some(path) = &args.thesaurus {
        params.representation.analyzer.thesaurus = thesaurus_at(path)?;
    }
    params.n_clusters = args.clusters;
    let found = evaluate::evaluate(&set, &params)?;
    print(&figures_to_text(&found.figures))?;
    print(&format!("  MAP {:.3}\n", found.retrieval.map.value()))
}

fn score_queries(path: &Path) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut rankings = RankingsOfClauses::new();
    for (collection, queries) in collections::read_queries(path)? {
        let file = folder.join(&collection);
        for outcome in collections::rank_collection(&file, &queries, &mut rankings)? {
            for (method, figures) in &outcome.figures {
                let map = figures.map.value();
                let (kind, method) = (&outcome.kind, method.name());
                print(&format!(
                    "{collection:<20} {kind:<7} {method:<22} {map:.3}\n"
                ))?;
            }
        }
    }
    Ok(())
}

fn thesaurus_at(path: &Path) -> Result<Thesaurus> {
    if path.as_os_str() == NO_THESAURUS {
        return Ok(Thesaurus::empty());
    }
    let text = read_file(path)?;
    Ok(Thesaurus::parse(&text).map_err(|error| error.in_file(path.display().to_string()))?)
}

fn print(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}
