//! [`Evaluator`]: computes the clauses that match a plan, each with its score.
//!
//! The index library keeps the postings; matching and scoring are done here, in 64-bit numbers and in
//! the order of the query. The library's own scores are 32-bit sums that depend on segments, its ties
//! depend on threads, and its counts include deleted clauses: none of that may affect an answer.

use crate::error::Result;
use crate::index::query::plan::Plan;
use crate::index::query::tree::Group;
use crate::index::retrieve::bm25::Bm25;
use crate::index::retrieve::cursor::{Cursor, END, ListCursor};
use crate::index::retrieve::kept::KeptClauses;
use crate::index::retrieve::phrase::WordSequence;
use crate::index::retrieve::postings::{Counted, Postings};
use crate::index::retrieve::scored::{ClauseSet, Scored, ScoredItem};
use crate::index::retrieve::top::Best;
use crate::index::retrieve::window::Parts;

/// Evaluates plans on one state of the index.
#[derive(Clone, Copy)]
pub(crate) struct Evaluator<'a> {
    pub(crate) postings: Postings<'a>,
    pub(crate) kept: &'a KeptClauses,
}

impl<'a> Evaluator<'a> {
    /// Returns the clauses that match, with their scores, in clause order.
    ///
    /// Takes time at most linear in the postings of the plan's terms; long lists of required parts are
    /// skipped through.
    pub(crate) fn evaluate(&self, plan: &Plan) -> Result<Scored> {
        let table = self.postings.table;
        let mut matched = Scored::new();
        self.each_match(plan, &mut |slot, score| {
            matched.extend(table.clause_at(slot).map(|id| ScoredItem { id, score }));
        })?;
        if !matched.is_sorted_by_key(|item| item.id) {
            matched.sort_unstable_by_key(|item| item.id);
        }
        Ok(matched)
    }

    /// Returns the `limit` best matching clauses and the number of all.
    pub(crate) fn best(&self, plan: &Plan, limit: usize) -> Result<Best> {
        let table = self.postings.table;
        let mut best = Best::new(limit);
        self.each_match(plan, &mut |slot, score| {
            if let Some(clause) = table.clause_at(slot) {
                best.offer(clause, score);
            }
        })?;
        Ok(best)
    }

    /// Calls `found` with the matching documents and their scores, in order; deleted clauses may be among
    /// them.
    fn each_match(&self, plan: &Plan, found: &mut impl FnMut(u32, Bm25)) -> Result<()> {
        match plan {
            Plan::Sequences(_) | Plan::Pattern(_) => self.cursor(plan)?.each_until(END, found),
            Plan::Filter(filter) => {
                if let Some(kept) = self.kept.by(filter) {
                    let slots = 0..self.postings.table.n_slots();
                    let passing = slots.filter(|&slot| self.is_kept(slot, kept));
                    passing.for_each(|slot| found(slot, Bm25::ZERO));
                }
            }
            Plan::Group(group) => self.each_of_group(group, found)?,
        }
        Ok(())
    }

    fn each_of_group(&self, group: &Group<Plan>, found: &mut impl FnMut(u32, Bm25)) -> Result<()> {
        let kept = self.kept.by_all(&group.filters);
        let mut parts = Parts {
            required: self.cursors(&group.required)?,
            optional: self.cursors(&group.optional)?,
            prohibited: self.cursors(&group.prohibited)?,
            n_slots: self.postings.table.n_slots(),
        };
        if parts.required.is_empty() && parts.optional.is_empty() {
            parts.required.push(self.everything());
        }
        parts.each(|slot, score| {
            if kept.as_ref().is_none_or(|kept| self.is_kept(slot, kept)) {
                found(slot, score);
            }
        });
        Ok(())
    }

    fn cursors(&self, parts: &[Plan]) -> Result<Vec<Cursor<'a>>> {
        parts.iter().map(|part| self.cursor(part)).collect()
    }

    /// Returns a cursor over the matching documents: a single term is read from the index, all else is a
    /// list.
    fn cursor(&self, plan: &Plan) -> Result<Cursor<'a>> {
        let list = match plan {
            Plan::Sequences(sequences) => match only_term(sequences) {
                Some(term) => return self.postings.term(term),
                None => self.weigh(self.postings.sequences(sequences)?),
            },
            Plan::Pattern(pattern) => self.weigh(self.postings.pattern(pattern)?),
            _ => {
                let mut list = Scored::new();
                self.each_match(plan, &mut |id, score| list.push(ScoredItem { id, score }))?;
                list
            }
        };
        Ok(Cursor::List(ListCursor::new(list)))
    }

    /// Returns a cursor over all documents, with score 0.
    fn everything(&self) -> Cursor<'a> {
        let score = Bm25::ZERO;
        let slots = 0..self.postings.table.n_slots();
        let all = slots.map(|id| ScoredItem { id, score });
        Cursor::List(ListCursor::new(all.collect()))
    }

    fn is_kept(&self, slot: u32, kept: &ClauseSet) -> bool {
        let clause = self.postings.table.clause_at(slot);
        clause.is_some_and(|clause| kept.holds(clause))
    }

    /// Sums the occurrences per document and weights them.
    fn weigh(&self, mut counted: Counted) -> Scored {
        if !counted.is_sorted_by(|a, b| a.0 < b.0) {
            counted.sort_unstable();
            counted.dedup_by(|next, sum| {
                let is_same = next.0 == sum.0;
                if is_same {
                    sum.1 = sum.1.saturating_add(next.1);
                }
                is_same
            });
        }
        let weighing = self.postings.table.norms.weighing(counted.len());
        let score_of = |(id, tf)| ScoredItem {
            id,
            score: weighing.score(tf, id),
        };
        counted.into_iter().map(score_of).collect()
    }
}

/// Returns the term if the sequences are a single term.
fn only_term(sequences: &[WordSequence]) -> Option<&str> {
    let [only] = sequences else { return None };
    let [term] = &only.terms[..] else { return None };
    Some(term)
}
