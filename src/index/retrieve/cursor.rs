//! [`Cursor`]: the documents that match one part of a query, in order, each with its score.

use tantivy::postings::BlockSegmentPostings;

use crate::gallop::n_before;
use crate::index::retrieve::bm25::{Bm25, Weighing};
use crate::index::retrieve::scored::Scored;

/// The position of an exhausted cursor.
pub(crate) const END: u32 = u32::MAX;

/// Iterates over the documents that match a part of a query, one by one or by skips, forward only.
pub(crate) enum Cursor<'a> {
    /// One term, read from the index on demand.
    Term(Box<TermCursor<'a>>),
    /// A precomputed list.
    List(ListCursor),
}

impl Cursor<'_> {
    /// Returns the current document, or [`END`].
    pub(crate) fn slot(&self) -> u32 {
        match self {
            Self::Term(term) => term.slot,
            Self::List(list) => list.slot(),
        }
    }

    /// Returns the mark there; must not be called at the end.
    pub(crate) fn mark(&self) -> ScoreBasis {
        match self {
            Self::Term(term) => ScoreBasis(term.blocks.freq(term.at)),
            Self::List(list) => list.mark(),
        }
    }

    /// Returns the score of a document that had this mark.
    pub(crate) fn score_of(&self, slot: u32, mark: ScoreBasis) -> Bm25 {
        match self {
            Self::Term(term) => term.weighing.score(mark.0, slot),
            Self::List(list) => list.list[mark.0 as usize].score,
        }
    }

    /// Advances to the first document at or after `slot` (not [`END`]); returns whether it is `slot`.
    pub(crate) fn reaches(&mut self, slot: u32) -> bool {
        if self.slot() < slot {
            match self {
                Self::Term(term) => term.seek(slot),
                Self::List(list) => list.seek(slot),
            }
        }
        self.slot() == slot
    }

    /// Returns the number of its documents, deleted ones included.
    pub(crate) fn n_slots(&self) -> usize {
        match self {
            Self::Term(term) => term.n_slots,
            Self::List(list) => list.list.len(),
        }
    }

    /// Calls `found` with every document before `end` and its mark, and advances to `end`.
    pub(crate) fn each_mark_until(&mut self, end: u32, mut found: impl FnMut(u32, ScoreBasis)) {
        match self {
            Self::Term(term) => term.each_until(end, |slot, tf| found(slot, ScoreBasis(tf))),
            Self::List(list) => {
                while list.slot() < end {
                    found(list.slot(), list.mark());
                    list.at += 1;
                }
            }
        }
    }

    /// Calls `found` with every document before `end` and its score, and advances to `end`.
    pub(crate) fn each_until(&mut self, end: u32, mut found: impl FnMut(u32, Bm25)) {
        match self {
            Self::Term(term) => {
                let weighing = term.weighing;
                term.each_until(end, |slot, tf| found(slot, weighing.score(tf, slot)));
            }
            Self::List(list) => {
                while list.slot() < end {
                    found(list.slot(), list.list[list.at].score);
                    list.at += 1;
                }
            }
        }
    }
}

/// What a document's score is made from, for documents that may not be needed: the number of occurrences of a
/// term, or the place in a list.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ScoreBasis(u32);

/// The number of documents tried one by one before the block is searched: targets are often near.
const N_NEAR: usize = 4;

/// Iterates over the documents of a term.
pub(crate) struct TermCursor<'a> {
    slot: u32,
    /// The posting list of the current segment, at the current position.
    blocks: BlockSegmentPostings,
    at: usize,
    /// The first document of that segment.
    start: u32,
    /// The lists of the following segments with their first documents, in reverse order.
    later: Vec<(BlockSegmentPostings, u32)>,
    n_slots: usize,
    weighing: Weighing<'a>,
}

impl<'a> TermCursor<'a> {
    /// Returns a cursor over the lists of some segments, given with their first documents.
    pub(crate) fn new(mut lists: Vec<(BlockSegmentPostings, u32)>, weighing: Weighing<'a>) -> Self {
        let n_slots = lists.iter().map(|(list, _)| list.doc_freq() as usize).sum();
        lists.reverse();
        let (blocks, start) = lists.pop().unwrap_or((BlockSegmentPostings::empty(), 0));
        let mut cursor = Self {
            slot: 0,
            blocks,
            at: 0,
            start,
            later: lists,
            n_slots,
            weighing,
        };
        cursor.settle();
        cursor
    }

    fn seek(&mut self, slot: u32) {
        while let Some((blocks, start)) = self.later.pop_if(|(_, start)| *start <= slot) {
            (self.blocks, self.start, self.at) = (blocks, start, 0);
        }
        // The list may begin after the document, in a later segment.
        let doc = slot.saturating_sub(self.start);
        let docs = self.blocks.docs();
        let near = docs[self.at..].iter().take(N_NEAR);
        let n_before = near.take_while(|&&near| near < doc).count();
        self.at += n_before;
        if self.at == docs.len() || n_before == N_NEAR {
            self.at = self.blocks.seek(doc);
        }
        self.settle();
    }

    /// Takes the document from the current block, or from the next block or list that has one.
    fn settle(&mut self) {
        while self.at >= self.blocks.block_len() {
            if self.blocks.block_len() > 0 {
                self.blocks.advance();
                self.at = 0;
            } else if let Some((blocks, start)) = self.later.pop() {
                (self.blocks, self.start, self.at) = (blocks, start, 0);
            } else {
                self.slot = END;
                return;
            }
        }
        self.slot = self.start + self.blocks.doc(self.at);
    }

    /// Calls `found` with every document before `end` and the number of occurrences there.
    fn each_until(&mut self, end: u32, mut found: impl FnMut(u32, u32)) {
        while self.slot < end {
            let docs = &self.blocks.docs()[self.at..];
            let n_before = match docs.last() {
                Some(last) if self.start + last < end => docs.len(),
                _ => docs.partition_point(|doc| self.start + doc < end),
            };
            let freqs = &self.blocks.freqs()[self.at..];
            for (doc, &tf) in docs[..n_before].iter().zip(freqs) {
                found(self.start + doc, tf);
            }
            self.at += n_before;
            self.settle();
        }
    }
}

/// Iterates over a list.
pub(crate) struct ListCursor {
    list: Scored,
    at: usize,
}

impl ListCursor {
    /// Returns a cursor at the start of a list.
    pub(crate) fn new(list: Scored) -> Self {
        Self { list, at: 0 }
    }

    fn slot(&self) -> u32 {
        self.list.get(self.at).map_or(END, |found| found.id)
    }

    fn mark(&self) -> ScoreBasis {
        ScoreBasis(u32::try_from(self.at).unwrap_or(u32::MAX))
    }

    fn seek(&mut self, slot: u32) {
        self.at += n_before(&self.list[self.at..], |found| found.id < slot);
    }
}
