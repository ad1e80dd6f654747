//! [`IndexParams`], and a corpus into documents of the index.

use std::path::PathBuf;

use rayon::prelude::*;
use tantivy::{Index, TantivyDocument};

use crate::corpus::Corpus;
use crate::error::{Error, ErrorKind, Result};
use crate::id::ClauseId;
use crate::index::schema::{Fields, OrIndexError, analyze_text, index_name};
use crate::term::Analyzer;

/// The least memory one writer thread works with, in bytes.
const MIN_BYTES_PER_THREAD: usize = 15_000_000;
/// The most memory one writer thread works with, in bytes.
const MAX_BYTES_PER_THREAD: usize = 4_000_000_000;
/// The most writer threads.
const MAX_THREADS: usize = 8;
/// So many clauses are analyzed at once and then handed to the writer.
const CHUNK: usize = 4096;

/// How to build an index; the answers do not depend on it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct IndexParams {
    /// The folder to keep the index in; nothing (the default) for memory only. It is made if it is
    /// missing; an index in it is replaced, and a folder with anything else in it is refused.
    pub directory: Option<PathBuf>,
    /// The number of threads that write, 1 to 8 (default 1). More help from some 100,000 clauses on.
    pub n_writer_threads: usize,
    /// The memory of all writer threads together, in bytes (default 50,000,000, and at least
    /// 15,000,000 a thread). What does not fit is written out in several pieces.
    pub memory_budget: usize,
}

impl Default for IndexParams {
    fn default() -> Self {
        Self {
            directory: None,
            n_writer_threads: 1,
            memory_budget: 50_000_000,
        }
    }
}

impl IndexParams {
    /// Checks the ranges.
    pub(crate) fn check(&self) -> Result<()> {
        let refuse = |message: String| Err(Error::new(ErrorKind::Parameter, message));
        if !(1..=MAX_THREADS).contains(&self.n_writer_threads) {
            let n = self.n_writer_threads;
            return refuse(format!("{n} writer threads: give 1 to {MAX_THREADS}"));
        }
        let bytes_per_thread = self.memory_budget / self.n_writer_threads;
        if !(MIN_BYTES_PER_THREAD..=MAX_BYTES_PER_THREAD).contains(&bytes_per_thread) {
            return refuse(format!(
                "a memory budget of {bytes_per_thread} bytes a writer thread: give \
                 {MIN_BYTES_PER_THREAD} to {MAX_BYTES_PER_THREAD}"
            ));
        }
        Ok(())
    }
}

/// Writes every clause of a corpus into an empty index.
///
/// Clauses are analyzed in parallel, a few thousand at a time.
pub(crate) fn fill(
    index: &Index,
    fields: Fields,
    source: (&Corpus, &Analyzer),
    params: &IndexParams,
) -> Result<()> {
    const WRITING: &str = "the index cannot be written (is the disk full?)";
    let (corpus, analyzer) = source;
    let mut writer = index
        .writer_with_num_threads::<TantivyDocument>(params.n_writer_threads, params.memory_budget)
        .or_index_error(WRITING)?;
    let ids: Vec<ClauseId> = corpus.clause_ids().collect();
    for chunk in ids.chunks(CHUNK) {
        let documents: Vec<TantivyDocument> = chunk
            .par_iter()
            .map(|&id| document_of(corpus, id, fields, analyzer))
            .collect();
        for document in documents {
            writer.add_document(document).or_index_error(WRITING)?;
        }
    }
    writer.commit().or_index_error(WRITING)?;
    writer.wait_merging_threads().or_index_error(WRITING)
}

fn document_of(
    corpus: &Corpus,
    id: ClauseId,
    fields: Fields,
    analyzer: &Analyzer,
) -> TantivyDocument {
    let clause = corpus.clause(id);
    let agreement = corpus.agreement(clause.agreement);
    let process = &corpus.process(agreement.process).name;
    let text = corpus.text(id);
    let words = analyze_text(analyzer, text, clause.language);

    let mut document = TantivyDocument::new();
    document.add_u64(fields.clause_id, id.index() as u64);
    document.add_u64(fields.n_terms, words.terms.tokens.len() as u64);
    document.add_pre_tokenized_text(fields.terms, words.terms);
    document.add_pre_tokenized_text(fields.words, words.words);
    document.add_text(fields.text, text);
    document.add_text(fields.citation, corpus.citation(id));
    document.add_text(fields.key, &clause.key);
    document.add_text(fields.agreement_key, &agreement.key);
    document.add_text(fields.agreement_name, &agreement.name);
    document.add_text(fields.folded_agreement, index_name(&agreement.key));
    document.add_text(fields.folded_agreement, index_name(&agreement.name));
    document.add_text(fields.process, process);
    document.add_text(fields.folded_process, index_name(process));
    document.add_text(fields.language, clause.language.code());
    if let Some(label) = &clause.label {
        document.add_text(fields.label, label.as_str());
        document.add_text(fields.folded_label, index_name(label.as_str()));
    }
    if let Some(heading) = &clause.heading {
        document.add_text(fields.heading, heading);
        document.add_text(fields.folded_heading, index_name(heading));
    }
    if let Some(year) = agreement.metadata.year {
        document.add_i64(fields.year, i64::from(year));
    }
    document
}
