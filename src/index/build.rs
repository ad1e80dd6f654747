//! [`IndexParams`], and a corpus into documents of the index.

use std::path::PathBuf;

use rayon::prelude::*;
use tantivy::indexer::LogMergePolicy;
use tantivy::{Index, TantivyDocument, Term};

use crate::corpus::Corpus;
use crate::error::{Error, ErrorKind, Result};
use crate::id::{AgreementId, ClauseId};
use crate::index::catalog::clauses_of;
use crate::index::ready::ReadyTerms;
use crate::index::schema::{Fields, OrIndexError, index_name, index_term, schema, words_of};
use crate::term::Analyzer;

/// The least memory one writer thread works with, in bytes.
const MIN_BYTES_PER_THREAD: usize = 15_000_000;
/// The most memory one writer thread works with, in bytes.
const MAX_BYTES_PER_THREAD: usize = 4_000_000_000;
/// The most writer threads.
const MAX_THREADS: usize = 8;
/// The share of deleted clauses from which on a part of the index is written anew.
const MAX_DELETED: f32 = 0.3;
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

/// What is put into an index: clauses of a corpus, agreement by agreement.
#[derive(Clone, Debug)]
pub(crate) struct Filling<'a> {
    pub(crate) corpus: &'a Corpus,
    pub(crate) analyzer: &'a Analyzer,
    /// The agreements, and the number each has in the index.
    pub(crate) agreements: Vec<(AgreementId, u64)>,
    /// The numbers of agreements whose clauses go first.
    pub(crate) removed: Vec<u64>,
}

/// Changes an index: takes agreements out of it and puts others into it.
///
/// Clauses are analyzed in parallel, a few thousand at a time.
pub(crate) fn fill(index: &Index, filling: &Filling<'_>, params: &IndexParams) -> Result<()> {
    const WRITING: &str = "the index cannot be written (is the disk full?)";
    let (_, fields) = schema();
    let mut writer = index
        .writer_with_num_threads::<TantivyDocument>(params.n_writer_threads, params.memory_budget)
        .or_index_error(WRITING)?;
    let mut policy = LogMergePolicy::default();
    policy.set_del_docs_ratio_before_merge(MAX_DELETED);
    writer.set_merge_policy(Box::new(policy));
    for &number in &filling.removed {
        writer.delete_term(Term::from_field_u64(fields.agreement, number));
    }
    let clauses: Vec<Placed> = filling
        .agreements
        .iter()
        .flat_map(|&(agreement, number)| {
            let ids = clauses_of(filling.corpus, agreement).into_iter();
            (0..)
                .zip(ids)
                .map(move |(place, id)| Placed { id, number, place })
        })
        .collect();
    for chunk in clauses.chunks(CHUNK) {
        let documents: Vec<TantivyDocument> = chunk
            .par_iter()
            .map(|placed| document_of(filling, placed, fields))
            .collect();
        for document in documents {
            writer.add_document(document).or_index_error(WRITING)?;
        }
    }
    writer.commit().or_index_error(WRITING)?;
    writer.wait_merging_threads().or_index_error(WRITING)
}

/// A clause and where it stands in the index.
struct Placed {
    id: ClauseId,
    /// The number of its agreement.
    number: u64,
    /// Its place in its agreement.
    place: u64,
}

fn document_of(filling: &Filling<'_>, placed: &Placed, fields: Fields) -> TantivyDocument {
    let Filling {
        corpus, analyzer, ..
    } = filling;
    let id = placed.id;
    let clause = corpus.clause(id);
    let text = corpus.text(id);
    let citation = corpus.citation(id);
    let mut terms = ReadyTerms::default();
    let tokens = analyzer.analyze_for_search(text, clause.language);
    for token in &tokens {
        terms.add(index_term(&token.term), token.position);
    }
    let mut words = ReadyTerms::default();
    for (position, word) in words_of(text).iter().enumerate() {
        words.add(&word.folded, position);
    }

    let mut document = TantivyDocument::new();
    document.add_u64(fields.agreement, placed.number);
    document.add_u64(fields.place, placed.place);
    document.add_u64(fields.n_terms, tokens.len() as u64);
    document.add_text(fields.terms, terms.finish());
    document.add_text(fields.words, words.finish());
    document.add_text(fields.text, text);
    document.add_text(fields.folded_citation, index_name(&citation));
    document.add_text(fields.citation, citation);
    document.add_text(fields.key, &clause.key);
    document.add_text(fields.language, clause.language.code());
    let force = corpus.force(id);
    document.add_text(fields.force, force.class.name());
    for addressee in &force.addressees {
        document.add_text(fields.addressee, addressee.name());
    }
    if let Some(label) = &clause.label {
        document.add_text(fields.label, label.as_str());
        document.add_text(fields.folded_label, index_name(label.as_str()));
    }
    if let Some(heading) = &clause.heading {
        document.add_text(fields.heading, heading);
        document.add_text(fields.folded_heading, index_name(heading));
    }
    document
}
