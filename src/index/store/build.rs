//! [`IndexParams`], and the conversion of a corpus into documents of the index.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rayon::prelude::*;
use tantivy::indexer::LogMergePolicy;
use tantivy::{Index, TantivyDocument, Term};

use crate::corpus::Corpus;
use crate::error::{Error, Result};
use crate::id::{AgreementId, ClauseId};
use crate::index::store::ready::ReadyTerms;
use crate::index::store::schema::{
    Fields, OrIndexError, fold_word, index_name, index_term, schema,
};
use crate::language::Language;
use crate::progress::Progress;
use crate::setters::setters;
use crate::term::{Analyzer, Session};
use crate::words::{Interner, each_part, each_standard_word};

/// The minimum memory of one writer thread, in bytes.
const MIN_BYTES_PER_THREAD: usize = 15_000_000;
/// The maximum memory of one writer thread, in bytes.
const MAX_BYTES_PER_THREAD: usize = 4_000_000_000;
/// The maximum number of writer threads.
const MAX_THREADS: usize = 8;
/// The proportion of deleted clauses from which a segment of the index is rewritten.
const MAX_DELETED: f32 = 0.3;
/// The number of clauses analyzed at once.
const CHUNK: usize = 1024;

/// How to build an index; answers do not depend on it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct IndexParams {
    /// The folder of the index; `None` (the default) for memory only. It is created if missing. An index
    /// in it is replaced; a folder with other content is refused.
    pub directory: Option<PathBuf>,
    /// The number of writer threads, 1 to 8 (default 1). More threads help from about 100,000 clauses.
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
            n_writer_threads: 1,
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
}

/// Changes an index: removes agreements and adds others.
///
/// Clauses are analyzed in parallel and written as they come: their places in the index differ from run
/// to run, but no answer does.
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
    let agreements = filling.agreements.iter();
    let clauses = agreements.flat_map(|&(agreement, number)| {
        let ids = (0..).zip(filling.corpus.clauses_of(agreement));
        ids.map(move |(place, id)| Placed { id, number, place })
    });
    let clauses: Vec<Placed> = clauses.collect();
    let stage = params.progress.stage("index", clauses.len() as u64);
    let start = || Documents::new(filling, fields);
    let write = |documents: &mut Documents<'_>, chunk: &[Placed]| -> Result<()> {
        for placed in chunk {
            let document = documents.document_of(placed);
            writer.add_document(document).or_index_error(WRITING)?;
        }
        stage.advance(chunk.len() as u64)
    };
    clauses.par_chunks(CHUNK).try_for_each_init(start, write)?;
    writer.commit().or_index_error(WRITING)?;
    writer.wait_merging_threads().or_index_error(WRITING)
}

/// A clause and its position in the index.
struct Placed {
    id: ClauseId,
    /// The number of its agreement.
    number: u64,
    /// Its index in its agreement.
    place: u64,
}

/// Converts clauses to documents; each distinct word is analyzed once.
struct Documents<'a> {
    filling: &'a Filling<'a>,
    fields: Fields,
    sessions: BTreeMap<Language, Session>,
    memory: Interner,
    /// The folded parts of each interned word, by its number.
    folded: Vec<Vec<String>>,
}

impl<'a> Documents<'a> {
    fn new(filling: &'a Filling<'a>, fields: Fields) -> Self {
        Self {
            filling,
            fields,
            sessions: BTreeMap::new(),
            memory: Interner::default(),
            folded: Vec::new(),
        }
    }

    fn document_of(&mut self, placed: &Placed) -> TantivyDocument {
        let (fields, corpus, id) = (self.fields, self.filling.corpus, placed.id);
        let (clause, text) = (corpus.clause(id), corpus.text(id));
        let citation = corpus.citation(id);
        let (terms, n_terms) = self.terms_of(text, clause.language);

        let mut document = TantivyDocument::new();
        document.add_u64(fields.agreement, placed.number);
        document.add_u64(fields.place, placed.place);
        document.add_u64(fields.n_terms, n_terms as u64);
        document.add_text(fields.terms, terms);
        document.add_text(fields.words, self.words_of(text));
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

    /// Returns the terms of a text, serialized for the index, and their number.
    fn terms_of(&mut self, text: &str, language: Language) -> (String, usize) {
        let analyzer = self.filling.analyzer;
        let session = self.sessions.entry(language);
        let session = session.or_insert_with(|| analyzer.take_session(language));
        let mut ready = ReadyTerms::for_text(text);
        let n_terms = session.each_search_term(text, |term, position| {
            ready.add(index_term(term), position);
        });
        (ready.finish(), n_terms)
    }

    /// Returns the words of a text as written, serialized for the index.
    fn words_of(&mut self, text: &str) -> String {
        let mut ready = ReadyTerms::for_text(text);
        each_standard_word(text, |_, word| {
            let fold = || self.folded.push(folded_parts(word));
            let number = self.memory.number_of(word, fold);
            for part in &self.folded[number as usize] {
                ready.add(part, 0);
            }
        });
        ready.finish()
    }
}

/// Returns the parts of a word between apostrophes, without case and accents.
fn folded_parts(word: &str) -> Vec<String> {
    let mut parts = Vec::new();
    each_part(word, |_, part| parts.push(fold_word(part)));
    parts.retain(|part| !part.is_empty());
    parts
}

impl Drop for Documents<'_> {
    fn drop(&mut self) {
        for session in std::mem::take(&mut self.sessions).into_values() {
            self.filling.analyzer.give_back(session);
        }
    }
}
