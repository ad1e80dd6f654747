//! [`forces`]: how strongly every clause of a corpus binds, and whom; and the same in the cells of a
//! table.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::corpus::Corpus;
use crate::deontic::{Force, ModalClass};
use crate::table::{CitedClause, ConvergenceTable, Row};

/// How strongly the clauses of a corpus bind, and whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Forces {
    /// The name and version of this form: `consonance.force/1`.
    pub schema: String,
    /// How many clauses are of each class, by the class's name.
    pub counts: BTreeMap<String, usize>,
    /// The clauses, in corpus order.
    pub clauses: Vec<ClauseForce>,
}

/// How strongly a clause binds, and whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ClauseForce {
    /// The clause.
    #[serde(flatten)]
    pub clause: CitedClause,
    /// The words that introduce it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_in: Option<String>,
    /// Its own words.
    pub text: String,
    /// Its force; ranges are bytes of `lead_in` or `text`.
    pub force: Force,
}

/// How far apart the clauses of a row are in strength.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RowForce {
    /// The class of a strongest clause, the first in the order of classes.
    pub strongest: ModalClass,
    /// The class of a weakest clause, the last in the order of classes.
    pub weakest: ModalClass,
    /// Whether the two differ in level, so that some are bound more than others.
    pub differs: bool,
}

/// Returns the force of every clause.
///
/// Input: the words, lead-ins and metadata of the corpus. Takes time linear in its length.
pub fn forces(corpus: &Corpus) -> Forces {
    let clauses: Vec<ClauseForce> = corpus
        .clause_ids()
        .map(|id| ClauseForce {
            clause: CitedClause::of(corpus, id),
            lead_in: corpus.clause(id).lead_in.clone(),
            text: corpus.text(id).to_owned(),
            force: corpus.force(id),
        })
        .collect();
    let mut counts = BTreeMap::new();
    for clause in &clauses {
        *counts
            .entry(clause.force.class.name().to_owned())
            .or_default() += 1;
    }
    Forces {
        schema: "consonance.force/1".to_owned(),
        counts,
        clauses,
    }
}

impl ConvergenceTable {
    /// Returns the table with the force of every clause, and how far the rows are apart in it;
    /// clauses that the corpus does not know stay without.
    #[must_use]
    pub fn with_forces(mut self, corpus: &Corpus) -> Self {
        for row in &mut self.rows {
            for quote in row.cells.values_mut().flatten() {
                quote.force = corpus.find(&quote.id).map(|id| corpus.force(id));
            }
            row.force = force_of_row(row);
        }
        for alone in &mut self.alone {
            alone.force = corpus.find(&alone.id).map(|id| corpus.force(id));
        }
        self
    }
}

fn force_of_row(row: &Row) -> Option<RowForce> {
    let forces = row
        .cells
        .values()
        .flatten()
        .filter_map(|quote| quote.force.as_ref());
    let classes: Vec<ModalClass> = forces
        .map(|force| force.class)
        .filter(|class| class.level().is_some())
        .collect();
    let strongest = *classes.iter().min()?;
    let weakest = *classes.iter().max()?;
    Some(RowForce {
        strongest,
        weakest,
        differs: strongest.level() != weakest.level(),
    })
}
