//! [`headings`]: the headings of clauses that say something about them.

use std::collections::BTreeMap;

use crate::corpus::{Clause, Corpus};
use crate::id::AgreementId;

/// The fewest clauses of an agreement in which a heading of many clauses is taken for its title.
const MIN_CLAUSES: usize = 4;

/// Returns the heading above each clause, in the order of their ids; `None` for a clause without, or if
/// more than half of its agreement stands under it, as under a title.
pub(super) fn headings(corpus: &Corpus) -> Vec<Option<&str>> {
    let clauses = corpus.clauses();
    let mut n_under: BTreeMap<(AgreementId, Option<&str>), usize> = BTreeMap::new();
    let mut n_clauses: BTreeMap<AgreementId, usize> = BTreeMap::new();
    for clause in clauses {
        let of = (clause.agreement, clause.heading.as_deref());
        *n_under.entry(of).or_default() += 1;
        *n_clauses.entry(clause.agreement).or_default() += 1;
    }
    let is_title = |clause: &Clause| {
        let all = n_clauses[&clause.agreement];
        let under = n_under[&(clause.agreement, clause.heading.as_deref())];
        all >= MIN_CLAUSES && 2 * under > all
    };
    clauses
        .iter()
        .map(|clause| clause.heading.as_deref().filter(|_| !is_title(clause)))
        .collect()
}
