//! What a subcommand reads, and what is told of files that were not read whole.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use consonance::cluster::Catalogue;
use consonance::corpus::{Corpus, CorpusBuilder, LoadParams, read_file};
use consonance::error::{Diagnostic, Severity};
use consonance::id::AgreementId;
use consonance::report::counted;
use consonance::table::Codebook;

use crate::bundled;
use crate::command::Outcome;
use crate::output::tell;

/// Reads the inputs, or the bundled corpus if there are none.
pub(crate) fn load(inputs: &[PathBuf], params: &LoadParams) -> Result<Corpus> {
    Ok(builder(inputs, &[], params)?.build()?)
}

/// Returns what [`load`] reads, together with further texts.
pub(crate) fn builder(
    inputs: &[PathBuf],
    further: &[PathBuf],
    params: &LoadParams,
) -> Result<CorpusBuilder> {
    let mut builder = CorpusBuilder::with_params(params);
    if inputs.is_empty() {
        builder.add_files(&bundled::files())?;
    }
    // A further text that is in a folder, too, is known by its own path.
    let paths = [further, inputs].concat();
    if !paths.is_empty() {
        builder.add_paths(&paths)?;
    }
    Ok(builder)
}

/// Returns the only agreement of a file.
pub(crate) fn agreement_in(corpus: &Corpus, file: &str) -> Result<AgreementId> {
    match corpus.agreements_in(file)[..] {
        [agreement] => Ok(agreement),
        [] => bail!("{file} was refused"),
        _ => bail!("a draft is one text, and {file} holds several"),
    }
}

/// The word for no catalogue on the command line.
const NO_CATALOGUE: &str = "none";

/// Returns the catalogue in a file; `None` for `none`.
pub(crate) fn catalogue_at(path: &Path) -> Result<Option<Catalogue>> {
    if path.as_os_str() == NO_CATALOGUE {
        return Ok(None);
    }
    parsed_at(path, Catalogue::parse).map(Some)
}

/// Returns the codebook in a file: TOML, or REFI-QDA by the ending `.qdc`.
pub(crate) fn codebook_at(path: &Path) -> Result<Codebook> {
    if is_qdc(path) {
        return parsed_at(path, Codebook::parse_qdc);
    }
    parsed_at(path, Codebook::parse)
}

/// Returns whether a codebook is in the form of programs for coding texts, by the ending of its name.
pub(crate) fn is_qdc(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("qdc"))
}

/// Returns what a file says; an error names the file.
pub(crate) fn parsed_at<T>(
    path: &Path,
    parse: impl FnOnce(&str) -> consonance::Result<T>,
) -> Result<T> {
    let parsed = parse(&read_file(path)?);
    Ok(parsed.map_err(|error| error.in_file(path.display().to_string()))?)
}

/// Tells which files were not read whole, a line each and how many; returns how the run ended.
pub(crate) fn tell_unread(corpus: &Corpus) -> Outcome {
    tell_unread_of(corpus.diagnostics())
}

/// Tells what [`tell_unread`] tells, from diagnostics.
pub(crate) fn tell_unread_of(diagnostics: &[Diagnostic]) -> Outcome {
    let unread = unread(diagnostics);
    for file in &unread {
        let more = match file.n_more {
            0 => String::new(),
            n => format!(" (and {n} more of this file)"),
        };
        tell(&format!("{}{more}", file.gravest));
    }
    let n_refused = unread.iter().filter(|file| file.is_refused()).count();
    if !unread.is_empty() {
        let files = counted(unread.len(), "file was", "files were");
        tell(&format!(
            "{files} not read whole, {n_refused} of them refused"
        ));
    }
    if n_refused > 0 {
        Outcome::SomeRefused
    } else {
        Outcome::Done
    }
}

/// A file of which something was left out.
struct Unread<'d> {
    gravest: &'d Diagnostic,
    /// The other diagnostics about parts of it that were left out.
    n_more: usize,
}

impl Unread<'_> {
    fn is_refused(&self) -> bool {
        self.gravest.severity == Severity::Refused
    }
}

/// Returns the files that were not read whole, in order of their names.
fn unread(diagnostics: &[Diagnostic]) -> Vec<Unread<'_>> {
    let mut of_file: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in diagnostics {
        if let Some(file) = &diagnostic.file
            && diagnostic.severity >= Severity::Skipped
        {
            of_file.entry(file).or_default().push(diagnostic);
        }
    }
    let unread = of_file.into_values().filter_map(|told| {
        let first_gravest = told.iter().rev().max_by_key(|told| told.severity)?;
        Some(Unread {
            gravest: first_gravest,
            n_more: told.len() - 1,
        })
    });
    unread.collect()
}
