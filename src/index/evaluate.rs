//! [`Evaluator`]: a plan into the clauses that match it, each with its score.
//!
//! The index library keeps the postings; matching and scoring are done here, in 64-bit numbers and
//! in the order of the query. Its own scores are sums of 32-bit numbers that depend on how clauses
//! fell into segments, its ties come in the order of threads, and its counts keep deleted clauses:
//! none of that may show in an answer.

use crate::error::Result;
use crate::index::bm25::Bm25;
use crate::index::catalog::Catalog;
use crate::index::filter::{Filter, NameField};
use crate::index::phrase::Sequence;
use crate::index::plan::Plan;
use crate::index::postings::{Counted, Postings, clauses_with_value};
use crate::index::query::Group;
use crate::index::scored::{ClauseSet, Scored, except, intersection, raised, union};

/// Evaluates plans on one state of the index.
#[derive(Clone, Copy)]
pub(crate) struct Evaluator<'a> {
    pub(crate) postings: Postings<'a>,
    pub(crate) catalog: &'a Catalog,
}

impl Evaluator<'_> {
    /// Returns the clauses that match, with their scores.
    ///
    /// Takes time linear in the postings of the plan's terms.
    pub(crate) fn evaluate(&self, plan: &Plan) -> Result<Scored> {
        match plan {
            Plan::Sequences(sequences) => self.sequences(sequences),
            Plan::Pattern(pattern) => Ok(self.weigh(self.postings.pattern(pattern)?)),
            Plan::Filter(filter) => Ok(self.kept_by(filter)?.scored()),
            Plan::All(parts) => self.all(parts),
            Plan::Group(group) => self.group(group),
            Plan::Not(inner) => Ok(except(self.everything(), &self.evaluate(inner)?)),
        }
    }

    /// Returns the clauses in which any of the sequences occurs.
    pub(crate) fn sequences(&self, sequences: &[Sequence]) -> Result<Scored> {
        let mut counted = Counted::new();
        for sequence in sequences {
            self.postings.sequence(sequence, &mut counted)?;
        }
        Ok(self.weigh(counted))
    }

    /// Returns all clauses, with the score 0.
    fn everything(&self) -> Scored {
        let n_clauses = self.postings.table.n_clauses();
        let n_clauses = u32::try_from(n_clauses).expect("a clause has 32 bits");
        (0..n_clauses).map(|clause| (clause, Bm25::ZERO)).collect()
    }

    fn all(&self, parts: &[Plan]) -> Result<Scored> {
        let mut matched: Option<Scored> = None;
        for part in parts {
            let found = self.evaluate(part)?;
            matched = Some(both(matched, found));
        }
        Ok(matched.unwrap_or_default())
    }

    fn group(&self, group: &Group<Plan>) -> Result<Scored> {
        let mut matched: Option<Scored> = None;
        for part in &group.required {
            let found = self.evaluate(part)?;
            matched = Some(both(matched, found));
        }
        if !group.optional.is_empty() {
            let parts = group.optional.iter().map(|part| self.evaluate(part));
            let any = union(parts.collect::<Result<_>>()?);
            matched = Some(match matched {
                Some(matched) => raised(matched, &any),
                None => any,
            });
        }
        let mut matched = match (self.kept_by_all(&group.filters)?, matched) {
            (None, None) => self.everything(),
            (None, Some(matched)) => matched,
            (Some(kept), None) => kept.scored(),
            (Some(kept), Some(mut matched)) => {
                matched.retain(|(clause, _)| kept.holds(*clause));
                matched
            }
        };
        for part in &group.prohibited {
            matched = except(matched, &self.evaluate(part)?);
        }
        Ok(matched)
    }

    /// Adds up the occurrences clause by clause and weighs them.
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
        let score_of = |(clause, tf)| (clause, weighing.score(tf, clause));
        counted.into_iter().map(score_of).collect()
    }

    /// Returns the clauses that a filter of every list keeps; nothing if there is no list.
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

    /// Returns the clauses that a filter keeps.
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

    /// Adds the clauses of every agreement that a filter keeps.
    fn add_agreements(&self, filter: &Filter, kept: &mut ClauseSet) {
        for agreement in 0..self.catalog.entries.len() {
            if filter.keeps_agreement(self.catalog, agreement) == Some(true) {
                kept.add_range(self.postings.table.clauses_of(agreement));
            }
        }
    }
}

fn both(matched: Option<Scored>, found: Scored) -> Scored {
    match matched {
        Some(matched) => intersection(&matched, &found),
        None => found,
    }
}
