//! The table for findings: from a human coding, from given issues, or by clustering.

use std::path::PathBuf;

use anyhow::Result;
use clap::{ArgMatches, Args};
use consonance::corpus::{Corpus, LoadParams};
use consonance::evaluation::{Coding, table_of_coding};
use consonance::finding::Study;
use consonance::report::Report;
use consonance::table::{ConvergeParams, converge_on};
use serde::Serialize;

use super::Common;
use crate::bundled;
use crate::command::Outcome;
use crate::inputs::{codebook_at, load, parsed_at, tell_unread};
use crate::record::{RecordArgs, Written};
use crate::sentences::SentenceArgs;

/// The source of the rows; by default the coding of the bundled corpus if there is no input, otherwise
/// clustering.
#[derive(Debug, Args)]
pub(crate) struct TableArgs {
    /// Rows are the issues of a human coding: JSONL with a clause `id` (or `clause_id`) and an `issue`
    /// on each line. A comparison table made by hand among the inputs counts as one.
    #[arg(long, value_name = "CODING.jsonl", conflicts_with_all = ["issues", "clusters"])]
    coding: Option<PathBuf>,

    /// Rows are the issues of a TOML file, as for `consonance table`.
    #[arg(long, value_name = "FILE")]
    issues: Option<PathBuf>,

    /// The number of issues; chosen from the texts if not given.
    #[arg(long, value_name = "N")]
    clusters: Option<usize>,

    #[command(flatten)]
    sentences: SentenceArgs,
}

impl TableArgs {
    /// Returns whether anything is said about the rows.
    pub(crate) fn is_given(&self) -> bool {
        self.coding.is_some() || self.issues.is_some() || self.clusters.is_some()
    }

    /// Returns the files that are read besides the inputs.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let files = [&self.coding, &self.issues].into_iter();
        files.flatten().cloned().collect()
    }
}

/// The inputs of a finding that is made from a table, and the form in which it is written.
#[derive(Debug, Args)]
pub(crate) struct StudyArgs {
    #[command(flatten)]
    common: Common,

    #[command(flatten)]
    table: TableArgs,

    #[command(flatten)]
    record: RecordArgs,
}

impl StudyArgs {
    /// Reads the inputs, makes the table, and writes what is found in it.
    pub(crate) fn tell<R: Report + Serialize>(
        &self,
        matches: &ArgMatches,
        find: impl Fn(&Study) -> R,
    ) -> Result<Outcome> {
        let (read, files) = (&self.common.input, self.table.files());
        self.common.refuse_inputs(&files)?;
        self.record.refuse_inputs(&[&read[..], &files].concat())?;
        let study = study(read, &self.table)?;
        super::write(&self.common, &find(&study))?;
        let run = Written {
            study: &study,
            read,
            outputs: self.common.output().into_iter().collect(),
        };
        self.record.write(matches, &run)?;
        Ok(tell_unread(study.corpus()))
    }
}

/// Reads inputs and makes the table: from a human coding, otherwise by clustering.
pub(crate) fn study(input: &[PathBuf], args: &TableArgs) -> Result<Study> {
    let corpus = load(input, &LoadParams::default())?;
    let guide = args.issues.as_deref().map(codebook_at).transpose()?;
    // Findings do not report the stability of rows.
    let mut params = ConvergeParams::default()
        .n_resamples(0)
        .n_clusters(args.clusters)
        .guide(guide);
    let representation = args
        .sentences
        .represent(&corpus, &mut params.representation)?;
    let table = match coding_of(input, args, &corpus)? {
        Some(coding) => table_of_coding(&corpus, &representation, &coding, &params.layout)?,
        None => converge_on(&corpus, &representation, &params)?,
    };
    Ok(Study::new(corpus, representation, table))
}

fn coding_of(input: &[PathBuf], args: &TableArgs, corpus: &Corpus) -> Result<Option<Coding>> {
    let path = match &args.coding {
        Some(path) => path,
        None if args.issues.is_some() || args.clusters.is_some() => return Ok(None),
        None if input.is_empty() => return Ok(Some(bundled::coding()?)),
        None if corpus.placements().is_empty() => return Ok(None),
        None => return Ok(Some(Coding::of_placements(corpus.placements()))),
    };
    parsed_at(path, Coding::parse).map(Some)
}
