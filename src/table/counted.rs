//! [`CountedClauses`]: which clauses make the rows of a table.

use crate::clause::{ClauseKind, KindReason};
use crate::corpus::{Clause, Corpus};
use crate::id::ClauseId;
use crate::language::Language;

/// The fewest clauses of a whole document; shorter texts are excerpts.
const MIN_WHOLE: usize = 10;

/// Which clauses of a corpus make the rows: those that the others are only listed beside.
#[derive(Clone, Debug)]
pub(crate) struct CountedClauses {
    /// For each clause, in the order of their ids.
    is_counted: Vec<bool>,
}

impl CountedClauses {
    /// Returns the clauses of these kinds. Without kinds they are the norms, the ready clauses whose kind their file
    /// does not state, and the descriptions in texts of fewer than ten clauses: those are excerpts, chosen for what
    /// they say.
    pub(crate) fn of(corpus: &Corpus, kinds: Option<&[ClauseKind]>) -> Self {
        let counts = |clause: &Clause| {
            let is_stated = clause.kind_reason == KindReason::Stated;
            let is_excerpt = || corpus.clauses_of(clause.agreement).len() < MIN_WHOLE;
            let is_chosen = || clause.kind == ClauseKind::Explanation && is_excerpt();
            match kinds {
                Some(kinds) => kinds.contains(&clause.kind),
                None => clause.kind.is_norm() || !is_stated && (clause.is_ready || is_chosen()),
            }
        };
        Self {
            is_counted: corpus.clauses().iter().map(counts).collect(),
        }
    }

    /// Returns all clauses of a corpus.
    pub(crate) fn all(corpus: &Corpus) -> Self {
        Self {
            is_counted: vec![true; corpus.clauses().len()],
        }
    }

    /// Returns whether a clause makes rows.
    pub(crate) fn has(&self, clause: ClauseId) -> bool {
        self.is_counted[clause.index()]
    }
}

/// Divides clauses by their language, the language of most clauses first, and gives each part its share of a
/// number of clusters.
pub(crate) fn by_language(corpus: &Corpus, clauses: &[ClauseId]) -> Vec<(Language, Vec<ClauseId>)> {
    let mut parts: Vec<(Language, Vec<ClauseId>)> = Vec::new();
    for &clause in clauses {
        let language = corpus.clause(clause).language;
        match parts.iter_mut().find(|(of, _)| *of == language) {
            Some((_, part)) => part.push(clause),
            None => parts.push((language, vec![clause])),
        }
    }
    parts.sort_by(|(a, x), (b, y)| y.len().cmp(&x.len()).then(a.cmp(b)));
    parts
}

/// Divides a number of clusters among parts of these sizes, of which the first is the largest and takes what is
/// left: the others get their proportion, at least one each; a quarter of their size, if that is more and all
/// others take no more than half. No part gets more clusters than it has members.
pub(crate) fn shares_of(n_clusters: usize, sizes: &[usize]) -> Vec<usize> {
    let whole = sizes.iter().sum::<usize>().max(1);
    let quarters = sizes.iter().skip(1).map(|size| size.div_ceil(4));
    let has_room = quarters.sum::<usize>() * 2 <= n_clusters;
    let share = |size: &usize| {
        let least = if has_room { size.div_ceil(4) } else { 1 };
        (n_clusters * size / whole).max(least).min(*size)
    };
    let mut shares: Vec<usize> = sizes.iter().map(share).collect();
    let others: usize = shares.iter().skip(1).sum();
    if let (Some(first), Some(size)) = (shares.first_mut(), sizes.first()) {
        *first = n_clusters.saturating_sub(others).clamp(1, *size);
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_clusters_by_hand() {
        assert_eq!(shares_of(40, &[100]), [40]);
        // 40 * 30 / 400 is 3, a quarter of 30 is 8; one for the last; the first takes the other 31.
        assert_eq!(shares_of(40, &[369, 30, 1]), [31, 8, 1]);
        // Quarters would be 5 of 8.
        assert_eq!(shares_of(8, &[20, 10, 8]), [5, 2, 1]);
        assert_eq!(shares_of(2, &[3, 2, 1]), [1, 1, 1]);
        assert_eq!(shares_of(9, &[2]), [2]);
        assert!(shares_of(9, &[]).is_empty());
    }
}
