//! Clauses with scores as lists in clause order, and what is made of several such lists.

use crate::index::bm25::Bm25;

/// Clauses with their scores, ascending by clause, each once.
pub(crate) type Scored = Vec<(u32, Bm25)>;

/// So many clauses are added up at once; their sums stay in the processor's nearest memory.
const WINDOW: usize = 2048;

/// Returns the clauses of both, their scores added.
pub(crate) fn intersection(a: &Scored, b: &Scored) -> Scored {
    let mut both = Scored::with_capacity(a.len().min(b.len()));
    let mut rest = &b[..];
    for &(clause, score) in a {
        rest = from_clause(rest, clause);
        match rest.first() {
            Some(other) if other.0 == clause => both.push((clause, score.plus(other.1))),
            Some(_) => {}
            None => break,
        }
    }
    both
}

/// Returns the clauses of any list, the scores of those in several added in the order of the lists.
///
/// Goes through the clauses window by window; costs the length of all lists and of the windows that
/// any of them is in.
pub(crate) fn union(mut lists: Vec<Scored>) -> Scored {
    if lists.len() < 2 {
        return lists.pop().unwrap_or_default();
    }
    let mut rests: Vec<&[(u32, Bm25)]> = lists.iter().map(Vec::as_slice).collect();
    let mut sums = vec![Bm25::ZERO; WINDOW];
    let mut is_found = vec![false; WINDOW];
    let longest = lists.iter().map(Vec::len).max().unwrap_or_default();
    let mut either = Scored::with_capacity(longest);
    while let Some(first) = rests
        .iter()
        .filter_map(|rest| rest.first())
        .map(|next| next.0)
        .min()
    {
        let start = first as usize / WINDOW * WINDOW;
        for rest in &mut rests {
            while let Some(&(clause, score)) = rest.first()
                && (clause as usize) < start + WINDOW
            {
                let place = clause as usize - start;
                sums[place] = sums[place].plus(score);
                is_found[place] = true;
                *rest = &rest[1..];
            }
        }
        for (clause, (sum, is_found)) in (start..).zip(sums.iter_mut().zip(&mut is_found)) {
            if *is_found {
                let clause = u32::try_from(clause).expect("a clause has 32 bits");
                either.push((clause, *sum));
                (*sum, *is_found) = (Bm25::ZERO, false);
            }
        }
    }
    either
}

/// Returns the clauses of the first, the scores of those that are in the second too added.
pub(crate) fn raised(mut a: Scored, b: &Scored) -> Scored {
    let mut rest = &b[..];
    for (clause, score) in &mut a {
        rest = from_clause(rest, *clause);
        if let Some(other) = rest.first().filter(|other| other.0 == *clause) {
            *score = score.plus(other.1);
        }
    }
    a
}

/// Returns the clauses of the first that are not in the second.
pub(crate) fn except(mut a: Scored, b: &Scored) -> Scored {
    let mut rest = &b[..];
    a.retain(|(clause, _)| {
        rest = from_clause(rest, *clause);
        rest.first().is_none_or(|other| other.0 != *clause)
    });
    a
}

/// Returns what is left of a list from a clause on: steps that double, then halves.
fn from_clause(list: &[(u32, Bm25)], clause: u32) -> &[(u32, Bm25)] {
    let mut step = 1;
    while step < list.len() && list[step].0 < clause {
        step *= 2;
    }
    let end = list.len().min(step + 1);
    &list[list[..end].partition_point(|other| other.0 < clause)..]
}

/// A set of clauses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ClauseSet {
    has: Vec<bool>,
}

impl ClauseSet {
    /// Returns the empty set of so many clauses.
    pub(crate) fn empty(n_clauses: usize) -> Self {
        Self {
            has: vec![false; n_clauses],
        }
    }

    pub(crate) fn add(&mut self, clause: u32) {
        self.has[clause as usize] = true;
    }

    pub(crate) fn add_range(&mut self, clauses: std::ops::Range<u32>) {
        self.has[clauses.start as usize..clauses.end as usize].fill(true);
    }

    pub(crate) fn holds(&self, clause: u32) -> bool {
        self.has[clause as usize]
    }

    pub(crate) fn is_empty(&self) -> bool {
        !self.has.contains(&true)
    }

    /// Keeps what is in the other set as well.
    pub(crate) fn keep_only(&mut self, other: &Self) {
        for (has, others) in self.has.iter_mut().zip(&other.has) {
            *has &= others;
        }
    }

    /// Returns the clauses with the score 0.
    pub(crate) fn scored(&self) -> Scored {
        let held = (0..).zip(&self.has).filter(|(_, has)| **has);
        held.map(|(clause, _)| (clause, Bm25::ZERO)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn lists() -> impl Strategy<Value = Vec<Scored>> {
        let list = prop::collection::btree_map(0_u32..6000, 1_u8..9, 0..40);
        let scored = |list: BTreeMap<u32, u8>| -> Scored {
            let score = |score: u8| Bm25::ONE.times(f64::from(score));
            list.into_iter()
                .map(|(clause, n)| (clause, score(n)))
                .collect()
        };
        prop::collection::vec(list.prop_map(scored), 2..5)
    }

    proptest! {
        #[test]
        fn lists_are_put_together_as_maps_are(lists in lists()) {
            let maps: Vec<BTreeMap<u32, Bm25>> =
                lists.iter().map(|list| list.iter().copied().collect()).collect();
            let mut either: BTreeMap<u32, Bm25> = BTreeMap::new();
            for (clause, score) in maps.iter().flatten() {
                let sum = either.entry(*clause).or_default();
                *sum = sum.plus(*score);
            }
            let (a, b) = (&lists[0], &lists[1]);
            let sum = |clause: u32, score: Bm25| maps[1].get(&clause).map(|more| score.plus(*more));
            let both: Scored =
                a.iter().filter_map(|&(c, s)| sum(c, s).map(|sum| (c, sum))).collect();
            let first: Scored =
                a.iter().copied().filter(|(clause, _)| !maps[1].contains_key(clause)).collect();
            let more: Scored = a.iter().map(|&(c, s)| (c, sum(c, s).unwrap_or(s))).collect();
            prop_assert_eq!(intersection(a, b), both);
            prop_assert_eq!(except(a.clone(), b), first);
            prop_assert_eq!(raised(a.clone(), b), more);
            prop_assert_eq!(union(lists), either.into_iter().collect::<Scored>());
        }
    }
}
