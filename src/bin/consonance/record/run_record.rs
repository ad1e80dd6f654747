//! [`RunRecord`]: what a run read, how, and what it wrote, as a file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::ArgMatches;
use consonance::corpus::{SourceFile, hash_file, read_file};
use consonance::finding::Study;
use consonance::report::{save, to_json};
use serde::{Deserialize, Serialize};

use super::files::{NamedFile, named_files};
use super::invocation::Invocation;
use crate::output::{refuse_inputs, tell};

/// The name and version of the form.
const SCHEMA: &str = "consonance.record/1";
/// The version of the program.
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Whether a run is recorded.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct RecordArgs {
    /// Write a record of the run into this file (JSON): the version, all options, and the SHA-256 of every file read or
    /// written. `consonance verify FILE` says what has changed since.
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
}

/// What a run read, how, and what it wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct RunRecord {
    schema: String,
    /// The version of the program.
    pub(super) version: String,
    /// What followed the name of the program.
    pub(super) arguments: Vec<String>,
    /// The value of each option, given or by default.
    pub(super) options: BTreeMap<String, Vec<String>>,
    /// How the table was made, in words.
    pub(super) parameters: BTreeMap<String, String>,
    /// The files and folders that were read; none for the bundled corpus.
    pub(super) read: Vec<PathBuf>,
    /// The files that were found in them, each with its hash.
    pub(super) inputs: Vec<SourceFile>,
    /// The files that options name.
    pub(super) files: Vec<NamedFile>,
    /// The files that were written.
    pub(super) outputs: Vec<SourceFile>,
}

/// What a run read and wrote.
pub(crate) struct Written<'a> {
    pub(crate) study: &'a Study,
    /// The files and folders that were read.
    pub(crate) read: &'a [PathBuf],
    /// The files that were written.
    pub(crate) outputs: Vec<&'a Path>,
}

impl RecordArgs {
    /// Refuses to write the record over what is read.
    pub(crate) fn refuse_inputs(&self, inputs: &[PathBuf]) -> Result<()> {
        refuse_inputs(self.record.as_deref(), inputs)
    }

    /// Writes the record of a run that ended, if it is wanted.
    pub(crate) fn write(&self, matches: &ArgMatches, run: &Written) -> Result<()> {
        let Some(path) = &self.record else {
            return Ok(());
        };
        let invocation = Invocation::of(matches);
        let outputs = run.outputs.iter().map(|path| hash_file(path));
        let record = RunRecord {
            schema: SCHEMA.to_owned(),
            version: VERSION.to_owned(),
            files: named_files(&invocation)?,
            arguments: invocation.arguments,
            options: invocation.options,
            parameters: run.study.table().parameters.clone(),
            read: run.read.to_vec(),
            inputs: run.study.corpus().files().to_vec(),
            outputs: outputs.collect::<consonance::Result<_>>()?,
        };
        save(path, to_json(&record))?;
        tell(&format!("the record of this run is in {}", path.display()));
        Ok(())
    }
}

/// Reads the record of a run.
pub(super) fn read_record(path: &Path) -> Result<RunRecord> {
    let text = read_file(path)?;
    let named = || format!("{} is no record of a run", path.display());
    let record: RunRecord = serde_json::from_str(&text).with_context(named)?;
    if record.schema != SCHEMA {
        bail!(
            "{}: its form is `{}`, not `{SCHEMA}`",
            named(),
            record.schema
        );
    }
    Ok(record)
}
