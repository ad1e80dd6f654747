//! [`IndexParams`]: how to build an index; and [`Filling`], what is to be changed in one.

use std::path::PathBuf;

use crate::corpus::Corpus;
use crate::error::{Error, Result};
use crate::id::{AgreementId, ClauseId};
use crate::progress::Progress;
use crate::setters::setters;
use crate::term::Analyzer;

/// The minimum memory of one writer thread, in bytes.
pub(crate) const MIN_BYTES_PER_THREAD: usize = 15_000_000;
/// The maximum memory of one writer thread, in bytes.
const MAX_BYTES_PER_THREAD: usize = 4_000_000_000;
/// The maximum number of writer threads.
const MAX_THREADS: usize = 8;

/// How to build an index; answers do not depend on it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct IndexParams {
    /// The folder of the index; `None` (the default) for memory only. It is created if missing. An index
    /// in it is replaced; a folder with other content is refused.
    pub directory: Option<PathBuf>,
    /// The number of writer threads, 1 to 8 (default 2); fewer for a megabyte of text. Each analyzes and writes
    /// a part of the clauses.
    pub n_writer_threads: usize,
    /// The total memory of all writer threads, in bytes (default 50,000,000, and at least 15,000,000 per
    /// thread). What does not fit is written in several segments.
    pub memory_budget: usize,
    /// Progress of the indexing, which can be cancelled: the folder then keeps its previous content.
    pub progress: Progress,
}

impl Default for IndexParams {
    fn default() -> Self {
        Self {
            directory: None,
            n_writer_threads: 2,
            memory_budget: 50_000_000,
            progress: Progress::default(),
        }
    }
}

impl IndexParams {
    setters! {
        directory: impl Into<Option<PathBuf>>,
        n_writer_threads: usize,
        memory_budget: usize,
        progress: Progress,
    }

    /// Checks the ranges.
    pub(crate) fn check(&self) -> Result<()> {
        let n_threads = self.n_writer_threads;
        if !(1..=MAX_THREADS).contains(&n_threads) {
            let must_be = format!("from 1 to {MAX_THREADS}");
            return Err(Error::parameter("n_writer_threads", n_threads, &must_be));
        }
        let bytes_per_thread = self.memory_budget / n_threads;
        if !(MIN_BYTES_PER_THREAD..=MAX_BYTES_PER_THREAD).contains(&bytes_per_thread) {
            let must_be =
                format!("from {MIN_BYTES_PER_THREAD} to {MAX_BYTES_PER_THREAD} bytes a thread");
            let budget = self.memory_budget;
            return Err(Error::parameter("memory_budget", budget, &must_be));
        }
        Ok(())
    }
}

/// The changes to an index: clauses of a corpus to add, by agreement, and agreements to remove.
#[derive(Clone, Debug)]
pub(crate) struct Filling<'a> {
    pub(crate) corpus: &'a Corpus,
    pub(crate) analyzer: &'a Analyzer,
    /// The agreements, each with its number in the index.
    pub(crate) agreements: Vec<(AgreementId, u64)>,
    /// The numbers of agreements whose clauses are removed first.
    pub(crate) removed: Vec<u64>,
}

impl<'a> Filling<'a> {
    /// Returns no changes yet.
    pub(crate) fn of(corpus: &'a Corpus, analyzer: &'a Analyzer) -> Self {
        Self {
            corpus,
            analyzer,
            agreements: Vec::new(),
            removed: Vec::new(),
        }
    }

    /// Returns the clauses to add, in order.
    pub(crate) fn clauses(&self) -> Vec<Placed> {
        let agreements = self.agreements.iter();
        let clauses = agreements.flat_map(|&(agreement, number)| {
            let ids = (0..).zip(self.corpus.clauses_of(agreement));
            ids.map(move |(place, id)| Placed { id, number, place })
        });
        clauses.collect()
    }
}

/// A clause and its position in the index.
#[derive(Debug)]
pub(crate) struct Placed {
    pub(crate) id: ClauseId,
    /// The number of its agreement.
    pub(crate) number: u64,
    /// Its index in its agreement.
    pub(crate) place: u64,
}
