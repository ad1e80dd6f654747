//! [`forces`]: how strongly every clause of a corpus binds, and whom; and the range of strength within
//! a row.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::corpus::{ClauseRef, Corpus};
use crate::deontic::{Force, ModalClass};
use crate::id::ClauseId;
use crate::table::Row;

/// How strongly the clauses of a corpus bind, and whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Forces {
    /// The name and version of this form: `consonance.force/1`.
    pub schema: String,
    /// The number of clauses of each class, by the class's name.
    pub counts: BTreeMap<String, usize>,
    /// The clauses, in corpus order.
    pub(crate) clauses: Vec<ClauseForce>,
    /// The index of each clause in the list.
    #[serde(skip)]
    place_of_id: HashMap<String, usize>,
}

/// How strongly a clause binds, and whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ClauseForce {
    /// The clause.
    #[serde(flatten)]
    pub(crate) clause: ClauseRef,
    /// The words that introduce it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) lead_in: Option<String>,
    /// Its own words.
    pub(crate) text: String,
    /// Its force; ranges are bytes of `lead_in` or `text`.
    pub(crate) force: Force,
}

/// The range of strength within a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RowForce {
    /// The class of the strongest clause, the first in the order of classes.
    pub(crate) strongest: ModalClass,
    /// The class of the weakest clause, the last in the order of classes.
    pub(crate) weakest: ModalClass,
    /// Whether the two differ in level, so that some actors are bound more than others.
    pub(crate) differs: bool,
}

/// Returns the force of every clause.
///
/// Input: the words, lead-ins and metadata of the corpus. Takes time linear in its length.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::finding::forces;
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let found = forces(&corpus);
/// assert_eq!((found.counts["obligation"], found.counts["commitment"]), (15, 36));
/// let force = found.of_clause("gge2015/13(f)").map(|force| force.tag());
/// assert_eq!(force.as_deref(), Some("strong-recommendation (not to)"));
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn forces(corpus: &Corpus) -> Forces {
    let clause_force = |id: ClauseId| ClauseForce {
        clause: ClauseRef::of(corpus, id),
        lead_in: corpus.clause(id).lead_in.as_deref().map(str::to_owned),
        text: corpus.text(id).to_owned(),
        force: corpus.force(id),
    };
    let clauses: Vec<ClauseForce> = corpus.clause_ids().map(clause_force).collect();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for clause in &clauses {
        let class = clause.force.class.name().to_owned();
        *counts.entry(class).or_default() += 1;
    }
    let ids = clauses.iter().map(|clause| clause.clause.id.clone());
    Forces {
        schema: "consonance.force/1".to_owned(),
        counts,
        place_of_id: ids.zip(0..).collect(),
        clauses,
    }
}

impl Forces {
    /// Returns the force of the clause with this id.
    pub fn of_clause(&self, id: &str) -> Option<&Force> {
        let place = self.place_of_id.get(id)?;
        Some(&self.clauses[*place].force)
    }

    /// Returns the range of strength within a row; `None` if no clause has a known strength.
    pub(crate) fn of_row(&self, row: &Row) -> Option<RowForce> {
        let forces = row.quotes().filter_map(|quote| self.of_clause(&quote.id));
        let classes = forces.map(|force| force.class);
        let known = classes.filter(|class| class.level().is_some());
        let known: Vec<ModalClass> = known.collect();
        let (strongest, weakest) = (*known.iter().min()?, *known.iter().max()?);
        Some(RowForce {
            strongest,
            weakest,
            differs: strongest.level() != weakest.level(),
        })
    }
}
