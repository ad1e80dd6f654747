//! [`Evaluator`]: computes the clauses that match a plan, each with its score.
//!
//! The index library keeps the postings; matching and scoring are done here, in 64-bit numbers and in
//! the order of the query. The library's own scores are 32-bit sums that depend on segments, its ties
//! depend on threads, and its counts include deleted clauses: none of that may affect an answer.

use crate::error::Result;
use crate::index::query::filter::Filter;
use crate::index::query::plan::Plan;
use crate::index::retrieve::bm25::Bm25;
use crate::index::retrieve::cursor::{Cursor, END, ListCursor};
use crate::index::retrieve::phrase::WordSequence;
use crate::index::retrieve::postings::{Counted, Postings, clauses_with_value};
use crate::index::retrieve::scored::{ClauseSet, Scored, ScoredItem};
use crate::index::retrieve::top::Best;
use crate::index::retrieve::window::Parts;
use crate::index::store::catalog::Catalog;
use crate::index::store::name_field::NameField;

/// Evaluates plans on one state of the index.
#[derive(Clone, Copy)]
pub(crate) struct Evaluator<'a> {
    pub(crate) postings: Postings<'a>,
    pub(crate) catalog: &'a Catalog,
}

/// The parts of a group.
#[derive(Clone, Copy, Default)]
struct Sides<'p> {
    filters: &'p [Vec<Filter>],
    required: &'p [Plan],
    optional: &'p [Plan],
    prohibited: &'p [Plan],
}

impl<'p> Sides<'p> {
    /// Returns the parts of a compound plan.
    fn of(plan: &'p Plan) -> Self {
        let mut sides = Self::default();
        match plan {
            Plan::All(parts) => sides.required = parts,
            Plan::Not(inner) => sides.prohibited = std::slice::from_ref(inner),
            Plan::Group(group) => {
                sides.filters = &group.filters;
                sides.required = &group.required;
                sides.optional = &group.optional;
                sides.prohibited = &group.prohibited;
            }
            Plan::Sequences(_) | Plan::Pattern(_) | Plan::Filter(_) => {}
        }
        sides
    }
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
                let kept = self.kept_by(filter)?;
                let slots = 0..self.postings.table.n_slots();
                slots
                    .filter(|&slot| self.is_kept(slot, &kept))
                    .for_each(|slot| found(slot, Bm25::ZERO));
            }
            Plan::All(_) | Plan::Not(_) | Plan::Group(_) => {
                self.each_of_group(Sides::of(plan), found)?;
            }
        }
        Ok(())
    }

    fn each_of_group(&self, sides: Sides<'_>, found: &mut impl FnMut(u32, Bm25)) -> Result<()> {
        let kept = self.kept_by_all(sides.filters)?;
        let mut parts = Parts {
            required: self.cursors(sides.required)?,
            optional: self.cursors(sides.optional)?,
            prohibited: self.cursors(sides.prohibited)?,
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
        let slots = 0..self.postings.table.n_slots();
        Cursor::List(ListCursor::new(
            slots
                .map(|id| ScoredItem {
                    id,
                    score: Bm25::ZERO,
                })
                .collect(),
        ))
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

    /// Returns the clauses that pass a filter of every list; `None` if there is no list.
    fn kept_by_all(&self, lists: &[Vec<Filter>]) -> Result<Option<ClauseSet>> {
        let mut kept: Option<ClauseSet> = None;
        for alternatives in lists {
            let mut any = self.no_clause();
            for filter in alternatives {
                self.add_kept(filter, &mut any)?;
            }
            match &mut kept {
                Some(kept) => kept.keep_only(&any),
                None => kept = Some(any),
            }
        }
        Ok(kept)
    }

    /// Returns the clauses that pass a filter.
    pub(crate) fn kept_by(&self, filter: &Filter) -> Result<ClauseSet> {
        let mut kept = self.no_clause();
        self.add_kept(filter, &mut kept)?;
        Ok(kept)
    }

    fn no_clause(&self) -> ClauseSet {
        ClauseSet::empty(self.postings.table.n_clauses())
    }

    fn add_kept(&self, filter: &Filter, kept: &mut ClauseSet) -> Result<()> {
        let Postings { fields, table, .. } = self.postings;
        match filter {
            Filter::Key(key) => self.postings.value(fields.key, key, kept)?,
            Filter::Language(_) => clauses_with_value(&table.languages, filter, kept),
            Filter::Name { field, folded } => match field {
                NameField::Label => self.postings.names(fields.folded_label, folded, kept)?,
                NameField::Heading => self.postings.names(fields.folded_heading, folded, kept)?,
                NameField::Force => clauses_with_value(&table.forces, filter, kept),
                NameField::Addressee => clauses_with_value(&table.addressees, filter, kept),
                _ => self.add_agreements(filter, kept),
            },
            Filter::Years { .. } => self.add_agreements(filter, kept),
        }
        Ok(())
    }

    /// Adds the clauses of every agreement that passes a filter.
    fn add_agreements(&self, filter: &Filter, kept: &mut ClauseSet) {
        for agreement in 0..self.catalog.entries.len() {
            if filter.keeps_agreement(self.catalog, agreement) == Some(true) {
                kept.add_range(self.postings.table.clauses_of(agreement));
            }
        }
    }
}

/// Returns the term if the sequences are a single term.
fn only_term(sequences: &[WordSequence]) -> Option<&str> {
    match sequences {
        [only] => match &only.terms[..] {
            [term] => Some(term),
            _ => None,
        },
        _ => None,
    }
}
