//! The index to search: built from texts, opened from a folder, or updated there.
#![allow(clippy::print_stderr)]

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use consonance::corpus::{Corpus, LoadParams};
use consonance::error::Severity;
use consonance::index::{ClauseIndex, IndexChanges, IndexFolder, IndexParams};
use consonance::term::{Analyzer, AnalyzerParams, Thesaurus};
use indicatif::ProgressBar;

use crate::args::Args;
use crate::page::printable;

const BUNDLED_CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");

/// Opens or builds the index; also returns the number of refused input files.
pub(crate) fn index_of(args: &Args) -> consonance::error::Result<(ClauseIndex, usize)> {
    let mut analyzer_params = AnalyzerParams::default();
    analyzer_params.thesaurus = Thesaurus::bundled();
    let analyzer = Analyzer::new(analyzer_params);
    let kept = args
        .index
        .as_deref()
        .filter(|directory| ClauseIndex::exists_in(directory));
    if let Some(directory) = kept
        && args.corpus.is_empty()
    {
        let index = with_spinner("opening the index", || {
            ClauseIndex::open(directory, &analyzer)
        });
        let index = index.inspect_err(|_| {
            eprintln!("note: give --corpus as well to have the index made again");
        })?;
        return Ok((index, 0));
    }
    let inputs = if args.corpus.is_empty() {
        vec![PathBuf::from(BUNDLED_CORPUS)]
    } else {
        args.corpus.clone()
    };
    let corpus = with_spinner("reading the texts", || {
        Corpus::load(&inputs, &LoadParams::default())
    })?;
    let n_refused = list_refused(&corpus);
    if let Some(directory) = kept {
        match in_step(directory, &corpus, &analyzer) {
            Ok(index) => return Ok((index, n_refused)),
            Err(error) => {
                eprintln!(
                    "note: {}: the index is made again",
                    printable(&format!("{error:#}"))
                );
            }
        }
    }
    let mut params = IndexParams::default();
    params.directory.clone_from(&args.index);
    let index = with_spinner("indexing", || {
        ClauseIndex::build(&corpus, &analyzer, &params)
    })?;
    if let Some(directory) = &args.index {
        let n_clauses = index.n_clauses();
        eprintln!(
            "note: {n_clauses} clauses indexed in {}",
            directory.display()
        );
    }
    Ok((index, n_refused))
}

/// Updates a stored index from the corpus, reading only what has changed.
fn in_step(
    directory: &Path,
    corpus: &Corpus,
    analyzer: &Analyzer,
) -> consonance::error::Result<ClauseIndex> {
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
    eprintln!(
        "note: the corpus has changed: {} agreements added, {} replaced, {} removed",
        added.len(),
        replaced.len(),
        removed.len()
    );
    kept.open()
}

fn list_refused(corpus: &Corpus) -> usize {
    let diagnostics = corpus.diagnostics().iter();
    let refused: Vec<String> = diagnostics
        .filter(|diagnostic| diagnostic.severity == Severity::Refused)
        .map(|diagnostic| printable(&diagnostic.to_string()))
        .collect();
    for line in &refused {
        eprintln!("{line}");
    }
    refused.len()
}

/// Runs a task, with a spinner on stderr after the first second if that is a terminal.
fn with_spinner<T>(message: &'static str, work: impl FnOnce() -> T) -> T {
    let (is_done, done) = mpsc::channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            if done.recv_timeout(Duration::from_secs(1)) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let spinner = ProgressBar::new_spinner().with_message(message);
            spinner.enable_steady_tick(Duration::from_millis(100));
            let _ = done.recv();
            spinner.finish_and_clear();
        });
        let result = work();
        drop(is_done);
        result
    })
}
