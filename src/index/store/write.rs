//! [`fill`]: writes clauses to an index, on several threads.

use std::collections::BTreeSet;

use rayon::prelude::*;
use tantivy::index::SegmentMeta;
use tantivy::indexer::{AddOperation, LogMergePolicy, SegmentWriter};
use tantivy::{Index, IndexWriter, Term};

use crate::corpus::Corpus;
use crate::error::Result;
use crate::index::store::build::{Filling, IndexParams, MIN_BYTES_PER_THREAD, Placed};
use crate::index::store::document::ClauseDocument;
use crate::index::store::schema::{OrIndexError, schema};
use crate::index::store::values::ClauseValues;
use crate::index::store::written::{read_uses, write_uses};
use crate::progress::Stage;

const WRITING: &str = "the index cannot be written (is the disk full?)";
/// The proportion of deleted clauses from which a segment of the index is rewritten.
const MAX_DELETED: f32 = 0.3;
/// The number of clauses after which the memory in use is looked at.
const CHUNK: usize = 64;
/// The memory that a segment may need beyond what the library counts, in bytes.
const MARGIN: usize = 1_000_000;
/// The fewest bytes of text that are worth a thread and a segment of their own.
const MIN_BYTES_A_RUN: usize = 100_000;

/// Changes an index: removes agreements and adds others.
///
/// Each thread analyzes and writes a run of the clauses by itself: nothing is handed from thread to thread.
/// Where a clause is in the index depends on the number of threads, but no answer does.
pub(crate) fn fill(index: &Index, filling: &Filling<'_>, params: &IndexParams) -> Result<()> {
    // This writer only removes agreements, and publishes the segments that are written beside it.
    let mut writer: IndexWriter<ClauseDocument> = index
        .writer_with_num_threads(1, MIN_BYTES_PER_THREAD)
        .or_index_error(WRITING)?;
    let mut policy = LogMergePolicy::default();
    policy.set_del_docs_ratio_before_merge(MAX_DELETED);
    writer.set_merge_policy(Box::new(policy));
    let (_, fields) = schema();
    for &number in &filling.removed {
        writer.delete_term(Term::from_field_u64(fields.agreement, number));
    }
    let mut uses = read_uses(index)?;
    let clauses = filling.clauses();
    let stage = params.progress.stage("index", clauses.len() as u64);
    let run = Run {
        index,
        filling,
        stage: &stage,
        max_bytes: params.memory_budget / params.n_writer_threads - MARGIN,
    };
    let runs = runs_of(&clauses, filling.corpus, params.n_writer_threads);
    let written: Vec<Written> = runs
        .into_par_iter()
        .map(|clauses| run.write(clauses))
        .collect::<Result<_>>()?;
    for written in written {
        for segment in written.segments {
            writer.add_segment(segment).or_index_error(WRITING)?;
        }
        uses.extend(written.uses);
    }
    writer.commit().or_index_error(WRITING)?;
    writer.wait_merging_threads().or_index_error(WRITING)?;
    // The library would remove the file with the next commit.
    write_uses(index, &uses)
}

/// What became of a run of clauses.
struct Written {
    segments: Vec<SegmentMeta>,
    uses: BTreeSet<String>,
}

/// Divides clauses into runs of about the same number of bytes, none of them very short.
fn runs_of<'p>(clauses: &'p [Placed], corpus: &Corpus, n_runs: usize) -> Vec<&'p [Placed]> {
    let bytes_of = |placed: &Placed| corpus.text(placed.id).len();
    let n_bytes: usize = clauses.iter().map(bytes_of).sum();
    let bytes_a_run = n_bytes.div_ceil(n_runs).max(MIN_BYTES_A_RUN);
    let mut runs = Vec::new();
    let (mut start, mut n_before) = (0, 0);
    for (end, placed) in (1..).zip(clauses) {
        n_before += bytes_of(placed);
        if n_before >= bytes_a_run * (runs.len() + 1) {
            runs.push(&clauses[start..end]);
            start = end;
        }
    }
    if start < clauses.len() {
        runs.push(&clauses[start..]);
    }
    runs
}

/// What all runs share.
struct Run<'a> {
    index: &'a Index,
    filling: &'a Filling<'a>,
    stage: &'a Stage<'a>,
    /// The memory of one segment being written, in bytes.
    max_bytes: usize,
}

impl Run<'_> {
    /// Writes clauses to new segments, one unless the memory does not suffice.
    fn write(&self, clauses: &[Placed]) -> Result<Written> {
        let mut values = ClauseValues::new(self.filling);
        let mut segments = Vec::new();
        let mut chunks = clauses.chunks(CHUNK).peekable();
        while chunks.peek().is_some() {
            let segment = self.index.new_segment();
            let writer = SegmentWriter::for_segment(self.max_bytes, segment.clone());
            let mut writer = writer.or_index_error(WRITING)?;
            for chunk in chunks.by_ref() {
                for placed in chunk {
                    let document = values.document_of(placed);
                    let operation = AddOperation {
                        opstamp: 0,
                        document,
                    };
                    writer.add_document(operation).or_index_error(WRITING)?;
                }
                self.stage.advance(chunk.len() as u64)?;
                if writer.mem_usage() >= self.max_bytes {
                    break;
                }
            }
            let n_clauses = writer.max_doc();
            writer.finalize().or_index_error(WRITING)?;
            let written = self.index.new_segment_meta(segment.id(), n_clauses);
            written.untrack_temp_docstore();
            segments.push(written);
        }
        let uses = std::mem::take(&mut values.uses);
        Ok(Written { segments, uses })
    }
}
