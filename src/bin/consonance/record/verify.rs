//! `consonance verify`: what differs here from the record of a run.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;
use consonance::corpus::{LoadParams, SourceFile, hash_file};
use consonance::report::counted;

use super::files::named_files;
use super::invocation::Invocation;
use super::run_record::{RunRecord, VERSION, read_record};
use crate::command::Outcome;
use crate::inputs::builder;
use crate::output::{print, tell};

const EXAMPLES: &str = "\
Examples:
  consonance table treaties/ --output table.docx --record run.json
  consonance verify run.json
      in the folder of the run: version, options, and every file by its SHA-256
  consonance verify run.json ~/copies/treaties
      the texts are elsewhere on this machine

Exit status: 0 nothing differs; 1 something does, a line each; 2 no record can be read.";

/// Says what differs on this machine from the record of a run.
///
/// A run is recorded with --record. Compared are the version of the program, the value of every option, the inputs, the
/// files that options name, and what was written.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The record of a run.
    record: PathBuf,

    /// The files and folders that were read, if they are elsewhere here.
    input: Vec<PathBuf>,
}

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    let record = match read_record(&args.record) {
        Ok(record) => record,
        Err(error) => {
            tell(&format!("consonance verify: {error:#}"));
            return Ok(Outcome::NotUnderstood);
        }
    };
    let differences = differences(args, &record);
    if differences.is_empty() {
        let inputs = counted(record.inputs.len(), "input", "inputs");
        let further = record.files.len() + record.outputs.len();
        let further = counted(further, "other file", "other files");
        let options = counted(record.options.len(), "option", "options");
        print(&format!(
            "Nothing differs: version {VERSION}, {options}, {inputs}, {further} as recorded.\n"
        ))?;
        return Ok(Outcome::Done);
    }
    let n_differences = counted(differences.len(), "difference", "differences");
    print(&format!("{}\n{n_differences}\n", differences.join("\n")))?;
    Ok(Outcome::Differs)
}

/// Returns what differs, a line each.
fn differences(args: &Args, record: &RunRecord) -> Vec<String> {
    let mut differences = Vec::new();
    if record.version != VERSION {
        differences.push(format!(
            "version: {VERSION} here, {} in the record",
            record.version
        ));
    }
    differences.extend(match Invocation::parse(&record.arguments) {
        Ok(invocation) => other_options(&invocation, record),
        Err(_) => vec!["arguments: not understood by this version".to_owned()],
    });
    differences.extend(other_inputs(args, record));
    differences.extend(other_files(record));
    differences
}

fn other_options(here: &Invocation, record: &RunRecord) -> Vec<String> {
    let shown = |values: Option<&Vec<String>>| match values {
        Some(values) => format!("`{}`", values.join(" ")),
        None => "nothing".to_owned(),
    };
    let mut names: Vec<&String> = here.options.keys().chain(record.options.keys()).collect();
    names.sort();
    names.dedup();
    let values = names
        .into_iter()
        .map(|name| (name, here.options.get(name), record.options.get(name)));
    let others = values.filter(|(_, here, then)| here != then);
    let lines = others.map(|(name, here, then)| {
        format!(
            "option {name}: {} here, {} in the record",
            shown(here),
            shown(then)
        )
    });
    lines.collect()
}

fn other_inputs(args: &Args, record: &RunRecord) -> Vec<String> {
    let paths = if args.input.is_empty() {
        &record.read
    } else {
        &args.input
    };
    let found = builder(paths, &[], &LoadParams::default());
    let found = match &found {
        Ok(builder) => builder.files(),
        Err(error) => return vec![format!("inputs: {error:#}")],
    };
    let found: Vec<SourceFile> = found
        .iter()
        .map(|file| as_recorded(args, record, file))
        .collect();
    let here = by_name(found.iter());
    let then = by_name(record.inputs.iter());
    let mut lines = Vec::new();
    for (name, hash) in &then {
        match here.get(name) {
            None => lines.push(format!("input {name}: missing")),
            Some(here) if here != hash => lines.push(format!("input {name}: changed")),
            Some(_) => {}
        }
    }
    let new = here.keys().filter(|name| !then.contains_key(*name));
    lines.extend(new.map(|name| format!("input {name}: not in the record")));
    lines
}

/// Returns a file under the name it has in the record, if its input is elsewhere here.
fn as_recorded(args: &Args, record: &RunRecord, file: &SourceFile) -> SourceFile {
    let mut file = file.clone();
    if let Some(name) = recorded_name(args, record, &file.file) {
        file.file = name;
    }
    file
}

/// The name that a file of an input had when the run was recorded.
fn recorded_name(args: &Args, record: &RunRecord, name: &str) -> Option<String> {
    let mut inputs = args.input.iter().zip(&record.read);
    inputs.find_map(|(here, then)| {
        let rest = name.strip_prefix(&here.display().to_string())?;
        Some(format!("{}{rest}", then.display()))
    })
}

fn by_name<'f>(files: impl Iterator<Item = &'f SourceFile>) -> BTreeMap<&'f str, &'f str> {
    files
        .map(|of| (of.file.as_str(), of.sha256.as_str()))
        .collect()
}

/// Returns which of the files that options name, or that were written, are others.
fn other_files(record: &RunRecord) -> Vec<String> {
    let named = record.files.iter().map(|of| (of.option.as_str(), &of.file));
    let written = record.outputs.iter().map(|file| ("output", file));
    let others = named.chain(written).filter_map(|(role, file)| {
        let path = Path::new(&file.file);
        match hash_file(path) {
            _ if !path.exists() => Some(format!("{role} {}: missing", file.file)),
            Ok(here) if here == *file => None,
            Ok(_) => Some(format!("{role} {}: changed", file.file)),
            Err(error) => Some(format!("{role} {}: {error}", file.file)),
        }
    });
    let mut lines: Vec<String> = others.collect();
    lines.extend(new_files(record));
    lines
}

/// Returns the files that options name here and did not then.
fn new_files(record: &RunRecord) -> Vec<String> {
    let here = Invocation::parse(&record.arguments).ok();
    let here = here.and_then(|invocation| named_files(&invocation).ok());
    let is_new = |name: &str| record.files.iter().all(|of| of.file.file != name);
    let files = here.into_iter().flatten();
    let new = files.filter(|of| is_new(&of.file.file));
    new.map(|of| format!("{} {}: not in the record", of.option, of.file.file))
        .collect()
}
