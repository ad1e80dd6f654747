//! What is found, as lists with scores; sums of several lists, window by window; sets of clauses.

use crate::index::bm25::Bm25;
use crate::index::cursor::{Cursor, END, ListCursor};

/// What is found with its scores, ascending, each once: slots of the index or, once it is told,
/// clauses.
pub(crate) type Scored = Vec<(u32, Bm25)>;

/// So many slots are added up at once; their sums stay in the processor's nearest memory.
const WINDOW: u32 = 2048;
const BITS: u32 = u64::BITS;

/// Sums of scores of the slots from one on.
struct Window {
    start: u32,
    sums: Vec<Bm25>,
    /// A bit for each slot: whether anything was found there.
    is_found: Vec<u64>,
}

impl Window {
    fn new() -> Self {
        Self {
            start: 0,
            sums: vec![Bm25::ZERO; WINDOW as usize],
            is_found: vec![0; (WINDOW / BITS) as usize],
        }
    }

    fn add(&mut self, slot: u32, score: Bm25) {
        let place = slot - self.start;
        let sum = &mut self.sums[place as usize];
        *sum = sum.plus(score);
        self.is_found[(place / BITS) as usize] |= 1 << (place % BITS);
    }

    /// Calls `found` with every slot in order and its sum, and is empty then.
    fn drain(&mut self, mut found: impl FnMut(u32, Bm25)) {
        for (bits, first) in self.is_found.iter_mut().zip((0..).step_by(BITS as usize)) {
            while *bits != 0 {
                let place = first + bits.trailing_zeros();
                let sum = std::mem::take(&mut self.sums[place as usize]);
                found(self.start + place, sum);
                *bits &= *bits - 1;
            }
        }
    }
}

/// Calls `found` with the slots of any part in order, the scores of those in several added in the
/// order of the parts.
///
/// Goes through the slots window by window; costs the length of all parts and of the windows that
/// any of them is in.
pub(crate) fn each_of_any(parts: &mut [Cursor<'_>], mut found: impl FnMut(u32, Bm25)) {
    let mut window = Window::new();
    while let Some(first) = parts
        .iter()
        .map(Cursor::slot)
        .min()
        .filter(|&slot| slot != END)
    {
        window.start = first / WINDOW * WINDOW;
        let end = window.start.saturating_add(WINDOW);
        for part in &mut *parts {
            part.each_until(end, |slot, score| window.add(slot, score));
        }
        window.drain(&mut found);
    }
}

/// Calls `found` with the slots that all parts share in order, their scores added in the order of
/// the parts.
///
/// The shortest part leads and the others leap after it, so that long ones are hardly read
/// (Demaine, López-Ortiz and Munro, 2000).
pub(crate) fn each_of_all(parts: &mut [Cursor<'_>], mut found: impl FnMut(u32, Bm25)) {
    let mut by_length: Vec<usize> = (0..parts.len()).collect();
    by_length.sort_by_key(|&part| parts[part].n_ahead());
    let mut slot = 0;
    while let Some(common) = next_common(parts, &by_length, slot) {
        let scores = parts.iter().map(Cursor::score);
        found(common, scores.fold(Bm25::ZERO, Bm25::plus));
        slot = common + 1;
    }
}

/// Moves all parts to the first slot from `slot` on that they share.
fn next_common(parts: &mut [Cursor<'_>], by_length: &[usize], mut slot: u32) -> Option<u32> {
    'next: loop {
        for &part in by_length {
            if !parts[part].reaches(slot) {
                slot = parts[part].slot();
                if slot == END {
                    return None;
                }
                continue 'next;
            }
        }
        return Some(slot);
    }
}

/// Returns the slots of any list, the scores of those in several added in the order of the lists.
pub(crate) fn union(lists: Vec<Scored>) -> Scored {
    let cursors = lists
        .into_iter()
        .map(|list| Cursor::List(ListCursor::new(list)));
    let mut either = Scored::new();
    each_of_any(&mut cursors.collect::<Vec<_>>(), |slot, score| {
        either.push((slot, score))
    });
    either
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

    pub(crate) fn extend(&mut self, clauses: impl Iterator<Item = u32>) {
        clauses.for_each(|clause| self.add(clause));
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

    /// Returns the first clause; nothing if there is none.
    pub(crate) fn first(&self) -> Option<u32> {
        (0..)
            .zip(&self.has)
            .find(|(_, has)| **has)
            .map(|(clause, _)| clause)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    /// Slots, many of them near each other, the others windows away.
    fn spread() -> impl Strategy<Value = u32> {
        prop_oneof![0_u32..30, 0_u32..6000]
    }

    fn lists() -> impl Strategy<Value = Vec<Scored>> {
        let list = prop::collection::btree_map(spread(), 1_u8..9, 0..40);
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
            let mut all = either.clone();
            all.retain(|clause, _| maps.iter().all(|map| map.contains_key(clause)));
            let mut parts: Vec<Cursor> =
                lists.iter().cloned().map(|list| Cursor::List(ListCursor::new(list))).collect();
            let mut shared = Scored::new();
            each_of_all(&mut parts, |slot, score| shared.push((slot, score)));
            prop_assert_eq!(shared, all.into_iter().collect::<Scored>());
            prop_assert_eq!(union(lists), either.into_iter().collect::<Scored>());
        }
    }
}
