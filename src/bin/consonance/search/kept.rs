//! The index to search: built from texts, opened from a folder, or updated there.

use std::path::Path;

use anyhow::{Result, bail};
use consonance::corpus::{Corpus, LoadParams};
use consonance::index::{ClauseIndex, IndexChanges, IndexFolder, IndexParams};
use consonance::term::{Analyzer, AnalyzerParams, Thesaurus};

use super::args::Args;
use crate::command::Outcome;
use crate::inputs::{load, tell_unread};
use crate::output::tell;
use crate::progress::with_spinner;

/// Opens or builds the index; also returns whether all files were read.
pub(crate) fn index_of(args: &Args) -> Result<(ClauseIndex, Outcome)> {
    let mut analyzer_params = AnalyzerParams::default();
    analyzer_params.thesaurus = Thesaurus::bundled();
    let analyzer = Analyzer::new(analyzer_params);
    if let Some(directory) = &args.index
        && args.corpus.is_empty()
    {
        let index = open(directory, &analyzer)?;
        return Ok((index, Outcome::Done));
    }
    let corpus = with_spinner("reading the texts", || {
        load(&args.corpus, &LoadParams::default())
    })?;
    let read = tell_unread(&corpus);
    let index = match &args.index {
        Some(directory) => kept(directory, &corpus, &analyzer)?,
        None => with_spinner("indexing", || {
            ClauseIndex::build(&corpus, &analyzer, &IndexParams::default())
        })?,
    };
    Ok((index, read))
}

/// Opens the index in a folder, which is never made by a question alone.
fn open(directory: &Path, analyzer: &Analyzer) -> Result<ClauseIndex> {
    if !ClauseIndex::exists_in(directory) {
        let directory = directory.display();
        bail!(
            "{directory}: there is no search index here: check the name, or give the texts with \
             --corpus to have one made"
        );
    }
    let index = with_spinner("opening the index", || {
        ClauseIndex::open(directory, analyzer)
    });
    Ok(index.inspect_err(|_| {
        tell("note: give the texts with --corpus as well to have the index made again");
    })?)
}

/// Returns the index of a corpus that is kept in a folder: updated, or made there.
fn kept(directory: &Path, corpus: &Corpus, analyzer: &Analyzer) -> Result<ClauseIndex> {
    if ClauseIndex::exists_in(directory) {
        match in_step(directory, corpus, analyzer) {
            Ok(index) => return Ok(index),
            Err(error) => tell(&format!("note: {error:#}: the index is made again")),
        }
    }
    let mut params = IndexParams::default();
    params.directory = Some(directory.to_owned());
    let index = with_spinner("indexing", || ClauseIndex::build(corpus, analyzer, &params))?;
    let n_clauses = index.n_clauses();
    tell(&format!(
        "note: {n_clauses} clauses indexed in {}",
        directory.display()
    ));
    Ok(index)
}

/// Updates a stored index from the corpus, reading only what has changed.
fn in_step(
    directory: &Path,
    corpus: &Corpus,
    analyzer: &Analyzer,
) -> consonance::Result<ClauseIndex> {
    let index = ClauseIndex::open(directory, analyzer)?;
    if index.is_of(corpus) {
        return Ok(index);
    }
    let kept = IndexFolder::new(directory, analyzer);
    let changes = with_spinner("indexing what has changed", || kept.update(corpus))?;
    let IndexChanges {
        added,
        replaced,
        removed,
        ..
    } = &changes;
    tell(&format!(
        "note: the corpus has changed: {} agreements added, {} replaced, {} removed",
        added.len(),
        replaced.len(),
        removed.len()
    ));
    kept.open()
}
