//! [`Cursor`]: the slots where one part of a query is found, in order, each with its score.

use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::{DocSet, TERMINATED};

use crate::index::bm25::{Bm25, Weighing};
use crate::index::scored::Scored;

/// The slot of a cursor that has gone through all.
pub(crate) const END: u32 = u32::MAX;

/// Goes through the slots where a part of a query is found, one by one or by leaps, never back.
pub(crate) enum Cursor<'a> {
    /// One term, read from the index as the cursor goes.
    Term(TermCursor<'a>),
    /// What was worked out before.
    List(ListCursor),
}

impl Cursor<'_> {
    /// Returns the slot it stands at, or [`END`].
    pub(crate) fn slot(&self) -> u32 {
        match self {
            Self::Term(term) => term.slot,
            Self::List(list) => list.slot(),
        }
    }

    /// Returns the score there; not to be asked at the end.
    pub(crate) fn score(&self) -> Bm25 {
        match self {
            Self::Term(term) => term.score(),
            Self::List(list) => list.score(),
        }
    }

    /// Goes to the first slot from `slot` on; returns whether it is that slot.
    pub(crate) fn reaches(&mut self, slot: u32) -> bool {
        if self.slot() < slot {
            match self {
                Self::Term(term) => term.seek(slot),
                Self::List(list) => list.seek(slot),
            }
        }
        self.slot() == slot
    }

    /// Goes to the first slot from `slot` on; returns the score if it is that slot.
    pub(crate) fn score_at(&mut self, slot: u32) -> Option<Bm25> {
        self.reaches(slot).then(|| self.score())
    }

    /// Returns the number of slots ahead, some of which may be of deleted clauses.
    pub(crate) fn n_ahead(&self) -> usize {
        match self {
            Self::Term(term) => term.n_slots,
            Self::List(list) => list.list.len() - list.at,
        }
    }

    /// Calls `found` with every slot before `end` and its score, and goes there.
    pub(crate) fn each_until(&mut self, end: u32, mut found: impl FnMut(u32, Bm25)) {
        match self {
            Self::Term(term) => {
                while term.slot < end {
                    found(term.slot, term.score());
                    term.advance();
                }
            }
            Self::List(list) => {
                while list.slot() < end {
                    found(list.slot(), list.score());
                    list.at += 1;
                }
            }
        }
    }
}

/// Goes through the slots of a term.
pub(crate) struct TermCursor<'a> {
    slot: u32,
    /// The list of the segment it stands in, and the first slot of that segment.
    postings: SegmentPostings,
    start: u32,
    /// The same of the segments behind it, the next one last.
    later: Vec<(SegmentPostings, u32)>,
    n_slots: usize,
    weighing: Weighing<'a>,
}

impl<'a> TermCursor<'a> {
    /// Returns a cursor at the first slot of the lists of some segments, given with their first slots.
    pub(crate) fn new(mut lists: Vec<(SegmentPostings, u32)>, weighing: Weighing<'a>) -> Self {
        let n_slots = lists.iter().map(|(list, _)| list.doc_freq() as usize).sum();
        lists.reverse();
        let (postings, start) = lists.pop().unwrap_or((SegmentPostings::empty(), 0));
        let mut cursor = Self {
            slot: 0,
            postings,
            start,
            later: lists,
            n_slots,
            weighing,
        };
        cursor.settle();
        cursor
    }

    fn score(&self) -> Bm25 {
        self.weighing.score(self.postings.term_freq(), self.slot)
    }

    fn advance(&mut self) {
        self.postings.advance();
        self.settle();
    }

    fn seek(&mut self, slot: u32) {
        while let Some((postings, start)) = self.later.pop_if(|(_, start)| *start <= slot) {
            (self.postings, self.start) = (postings, start);
        }
        // A list may begin behind the slot: it is not to be asked for what lies before.
        let doc = slot.saturating_sub(self.start);
        if self.postings.doc() < doc {
            self.postings.seek(doc);
        }
        self.settle();
    }

    /// Takes its slot from the list, or from the first list behind it that has one.
    fn settle(&mut self) {
        while self.postings.doc() == TERMINATED {
            let Some((postings, start)) = self.later.pop() else {
                self.slot = END;
                return;
            };
            (self.postings, self.start) = (postings, start);
        }
        self.slot = self.start + self.postings.doc();
    }
}

/// Goes through a list.
pub(crate) struct ListCursor {
    list: Scored,
    at: usize,
}

impl ListCursor {
    /// Returns a cursor at the first slot of a list.
    pub(crate) fn new(list: Scored) -> Self {
        Self { list, at: 0 }
    }

    fn slot(&self) -> u32 {
        self.list.get(self.at).map_or(END, |found| found.0)
    }

    fn score(&self) -> Bm25 {
        self.list[self.at].1
    }

    /// Steps that double, then halves.
    fn seek(&mut self, slot: u32) {
        let ahead = &self.list[self.at..];
        let mut step = 1;
        while step < ahead.len() && ahead[step].0 < slot {
            step *= 2;
        }
        let end = ahead.len().min(step + 1);
        self.at += ahead[..end].partition_point(|found| found.0 < slot);
    }
}
