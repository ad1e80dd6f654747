//! Where the processes that share an issue part: how strongly they bind, what is to be left undone, quantities.

use std::collections::BTreeMap;

use crate::corpus::{Corpus, DatedClause};
use crate::deontic::{Force, ModalClass};
use crate::finding::briefing::quantity::{Quantity, quantities_in};
use crate::finding::briefing::result::{ClassHolders, QuantityHolders};
use crate::id::{ClauseId, ProcessId};

/// The clauses of an issue with their forces.
pub(super) struct Parting<'c> {
    corpus: &'c Corpus,
    /// In the order of their ids.
    clauses: Vec<(ClauseId, Force)>,
    n_processes: usize,
}

impl<'c> Parting<'c> {
    pub(super) fn of(corpus: &'c Corpus, clauses: &[ClauseId]) -> Self {
        let mut processes: Vec<ProcessId> = clauses
            .iter()
            .map(|clause| corpus.process_of(*clause))
            .collect();
        processes.sort_unstable();
        processes.dedup();
        let clauses = clauses
            .iter()
            .map(|clause| (*clause, corpus.force(*clause)));
        Self {
            corpus,
            clauses: clauses.collect(),
            n_processes: processes.len(),
        }
    }

    /// Returns the processes by the class of their strongest clause, the strongest first; none if all are of one
    /// level.
    pub(super) fn classes(&self) -> Vec<ClassHolders> {
        let mut strongest: BTreeMap<ProcessId, (ModalClass, ClauseId)> = BTreeMap::new();
        for (clause, force) in &self.clauses {
            if force.class.level().is_some() {
                let own = (force.class, *clause);
                let known = strongest
                    .entry(self.corpus.process_of(*clause))
                    .or_insert(own);
                *known = own.min(*known);
            }
        }
        let mut of_class: BTreeMap<ModalClass, Vec<DatedClause>> = BTreeMap::new();
        for (class, clause) in strongest.into_values() {
            let clause = DatedClause::of(self.corpus, clause);
            of_class.entry(class).or_default().push(clause);
        }
        let mut levels: Vec<Option<u8>> = of_class.keys().map(|class| class.level()).collect();
        levels.dedup();
        if levels.len() < 2 {
            return Vec::new();
        }
        let holders = of_class.into_iter();
        holders
            .map(|(class, clauses)| ClassHolders { class, clauses })
            .collect()
    }

    /// Returns a clause of each process that forbids or is about leaving something undone; none if all processes
    /// have such a clause.
    pub(super) fn negated(&self) -> Vec<DatedClause> {
        let negated = self
            .clauses
            .iter()
            .filter(|(_, force)| force.is_negated || force.class == ModalClass::Prohibition);
        let first_of = self.first_of_processes(negated.map(|(clause, _)| *clause));
        self.of_some(first_of)
    }

    /// Returns the quantities that only some processes name, each with a clause of each.
    pub(super) fn quantities(&self) -> Vec<QuantityHolders> {
        let mut named: Vec<(Quantity, Vec<ClauseId>)> = Vec::new();
        for (clause, _) in &self.clauses {
            for quantity in quantities_in(self.corpus.text(*clause)) {
                match named.iter_mut().find(|(known, _)| known.is_same(&quantity)) {
                    Some((_, clauses)) => clauses.push(*clause),
                    None => named.push((quantity, vec![*clause])),
                }
            }
        }
        let holders = named
            .into_iter()
            .map(|(quantity, clauses)| QuantityHolders {
                quantity: quantity.written,
                clauses: self.of_some(self.first_of_processes(clauses.into_iter())),
            });
        holders.filter(|of| !of.clauses.is_empty()).collect()
    }

    /// Returns clauses, unless all processes have one.
    fn of_some(&self, first_of: BTreeMap<ProcessId, ClauseId>) -> Vec<DatedClause> {
        if first_of.len() == self.n_processes {
            return Vec::new();
        }
        let clauses = first_of.into_values();
        clauses
            .map(|clause| DatedClause::of(self.corpus, clause))
            .collect()
    }

    /// Returns the first of some clauses, given in order, of each process.
    fn first_of_processes(
        &self,
        clauses: impl Iterator<Item = ClauseId>,
    ) -> BTreeMap<ProcessId, ClauseId> {
        let mut first_of = BTreeMap::new();
        for clause in clauses {
            first_of
                .entry(self.corpus.process_of(clause))
                .or_insert(clause);
        }
        first_of
    }
}
