//! `consonance evaluate`: the agreement of the table, and of the rankings it is based on, with a human
//! coding.

mod all;
mod args;
mod collections;
mod figures;
mod guided;
mod set;
mod show;
mod simulate;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use consonance::evaluation::{clusters_of, confused_cells, confused_pairs};
use consonance::report::{Report, save};
use consonance::similarity::RepresentationParams;
use consonance::table::ConvergeParams;
use consonance::vector::LatentParams;
use serde::Serialize;

pub(crate) use args::Args;

use crate::command::Outcome;
use crate::inputs::{codebook_at, tell_unread};
use crate::output::{print, refuse_inputs};
use crate::thesaurus::thesaurus_at;
use args::{ReductionArg, Simulation};
use set::{Set, Source};

/// The most clauses missing from the coding or the table that are named.
const MAX_NAMED: usize = 5;

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    let inputs = [
        &args.clauses,
        &args.coding,
        &args.issues,
        &args.thesaurus,
        &args.retrieval,
    ];
    let inputs: Vec<PathBuf> = inputs.into_iter().flatten().cloned().collect();
    refuse_inputs(args.predictions.as_deref(), &inputs)?;
    let sentences = args.sentences.open()?;
    let mut params = ConvergeParams::default();
    params.representation.sentences = sentences.as_ref().map(|sentences| sentences.model.clone());
    let outcome = evaluate(args, params)?;
    if let Some(sentences) = &sentences {
        sentences.keep();
    }
    Ok(outcome)
}

/// Computes and prints what is asked for, with these parameters where the command line says nothing else.
fn evaluate(args: &Args, params: ConvergeParams) -> Result<Outcome> {
    match (args.simulate, &args.all, &args.retrieval) {
        (Some(Simulation::Review), Some(folder), _) => simulate::simulate_all(folder, &params)?,
        (Some(Simulation::Review), None, _) => simulate::simulate_one(&source_of(args), &params)?,
        (Some(Simulation::Versions), Some(folder), _) => {
            simulate::versions::simulate(folder, args.confusions)?;
        }
        (Some(Simulation::Quotations), Some(folder), _) => {
            simulate::quotations::simulate(folder, args.confusions, args.papers.as_deref())?;
        }
        (Some(Simulation::Versions | Simulation::Quotations), None, _) => {
            bail!("a folder of texts is wanted: add --all FOLDER");
        }
        (None, Some(folder), _) => all::score_all(folder, &params)?,
        (None, None, Some(queries)) => score_queries(args, queries, &params.representation)?,
        (None, None, None) => return score_set(args, params),
    }
    Ok(Outcome::Done)
}

fn source_of(args: &Args) -> Source {
    Source {
        clauses: args.clauses.clone(),
        coding: args.coding.clone(),
        other: args.other,
    }
}

fn score_set(args: &Args, params: ConvergeParams) -> Result<Outcome> {
    let set = Set::load(&source_of(args))?;
    let mut params = params
        .n_clusters(args.clusters)
        .rule(args.rule)
        .guide(args.issues.as_deref().map(codebook_at).transpose()?);
    if let Some(path) = &args.thesaurus {
        params.representation.analyzer.thesaurus = thesaurus_at(path)?;
    }
    params.representation.reduction = match args.reduction {
        ReductionArg::Words => None,
        ReductionArg::Latent => Some(LatentParams::default()),
    };
    let found = figures::evaluate(&set, &params)?;
    print(&found.figures.page(MAX_NAMED).to_text())?;
    print(&format!("\n{}", show::retrieval(&found.retrieval)))?;
    let mut labels = BTreeMap::new();
    if let Some(guide) = &params.guide {
        let (figures, given) = guided::label(&set, &params.representation, guide)?;
        print(&format!("\n{}", show::labels(&figures)))?;
        labels = given;
    }
    if args.confusions > 0 {
        let pairs = confused_pairs(&set.coding, &found.table, args.confusions);
        let mut cells = confused_cells(&set.coding, &found.table);
        cells.truncate(args.confusions);
        let text = show::confusions(&pairs, &cells);
        print(&format!("\n{text}"))?;
    }
    let predictions = Predictions {
        clusters: clusters_of(&found.table),
        rankings: found.rankings,
        labels,
    };
    write_predictions(args, &predictions)?;
    Ok(tell_unread(&set.corpus))
}

fn score_queries(args: &Args, path: &Path, params: &RepresentationParams) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut predictions = Predictions::default();
    for (collection, queries) in collections::read_queries(path)? {
        let file = folder.join(&collection);
        let ranked = collections::rank_collection(&file, &queries, params)?;
        predictions.rankings.extend(ranked.rankings);
        for outcome in ranked.outcomes {
            for (method, figures) in &outcome.figures {
                let (kind, method) = (&outcome.kind, method.name());
                let (map, first) = (figures.map.value(), figures.precision_at_1.value());
                let n_queries = figures.n_queries;
                print(&format!(
                    "{collection:<20} {kind:<7} {n_queries:>4}  {method:<22} first {first:.3}  MAP {map:.3}\n"
                ))?;
            }
        }
    }
    write_predictions(args, &predictions)
}

/// The predictions for other evaluation programs.
#[derive(Default, Serialize)]
struct Predictions {
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    clusters: BTreeMap<String, Vec<String>>,
    rankings: BTreeMap<String, Vec<String>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    labels: BTreeMap<String, Vec<String>>,
}

fn write_predictions(args: &Args, predictions: &Predictions) -> Result<()> {
    if let Some(path) = &args.predictions {
        save(path, &serde_json::to_string(predictions)?)?;
    }
    Ok(())
}
