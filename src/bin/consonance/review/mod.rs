//! `consonance review`: asks a person about the clauses whose place is unsure, and for the names of rows.

mod answers;
mod args;
mod ask;
mod keys;
mod ledger;
mod lines;
mod list;
mod rows;
mod suggested;

use std::path::PathBuf;

use anyhow::Result;
use consonance::corpus::{Corpus, LoadParams};
use consonance::similarity::Representation;
use consonance::table::{
    ConvergeParams, ConvergenceTable, Doubt, DoubtParams, converge_on, doubts,
};

pub(crate) use args::Args;

use crate::command::Outcome;
use crate::corrections::read_corrections;
use crate::inputs::{codebook_at, load, tell_unread};
use crate::output::refuse_inputs;
use crate::progress::with_spinner;

/// What is reviewed.
struct Reviewed {
    corpus: Corpus,
    representation: Representation,
    params: ConvergeParams,
    table: ConvergenceTable,
}

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    let inputs = args.inputs();
    refuse_inputs(args.corrections.as_deref(), &inputs)?;
    let corrections: Vec<PathBuf> = args.corrections.iter().cloned().collect();
    refuse_inputs(args.output.as_deref(), &[inputs, corrections].concat())?;
    let reviewed = with_spinner("grouping", || Reviewed::of(args))?;
    let outcome = tell_unread(&reviewed.corpus);
    if let Some(path) = &args.answers {
        if !answers::read_from(path, args, &reviewed)? {
            return Ok(Outcome::SomeRefused);
        }
    } else if args.rows {
        rows::ask(args, &reviewed)?;
    } else {
        let doubts = reviewed.doubts(args.ask)?;
        if args.list {
            list::write(args, &doubts)?;
        } else {
            ask::ask(args, &reviewed, &doubts)?;
        }
    }
    Ok(outcome)
}

impl Reviewed {
    fn of(args: &Args) -> Result<Self> {
        let corpus = load(&args.input, &LoadParams::default())?;
        let corrections = match &args.corrections {
            // The first answer creates the file.
            Some(path) if path.exists() => Some(read_corrections(path)?),
            _ => None,
        };
        let mut params = ConvergeParams::default()
            .n_resamples(0)
            .n_clusters(args.clusters)
            .guide(args.issues.as_deref().map(codebook_at).transpose()?)
            .corrections(corrections);
        if args.rows {
            params = params.finer(args.finer);
        }
        let representation = args
            .sentences
            .represent(&corpus, &mut params.representation)?;
        let table = converge_on(&corpus, &representation, &params)?;
        Ok(Self {
            corpus,
            representation,
            params,
            table,
        })
    }

    fn doubts(&self, most: usize) -> Result<Vec<Doubt>> {
        let asking = DoubtParams::default()
            .guide(self.params.guide.clone())
            .most(most);
        let (corpus, representation) = (&self.corpus, &self.representation);
        Ok(doubts(corpus, representation, &self.table, &asking)?)
    }
}
