//! Combines the parts of a query: what any or all of them match, block by block.

use crate::index::retrieve::bm25::Bm25;
use crate::index::retrieve::cursor::{Cursor, END, ListCursor, ScoreBasis};
use crate::index::retrieve::scored::{Scored, ScoredItem};

/// The number of documents processed together, so that their data stay in the processor's cache.
const WINDOW: u32 = 2048;
const BITS: usize = u64::BITS as usize;
/// Skipping to one document costs about as much as scanning this many.
const LEAP: usize = 6;

/// The parts of a group; optional and prohibited parts may be absent.
pub(crate) struct Parts<'a> {
    pub(crate) required: Vec<Cursor<'a>>,
    pub(crate) optional: Vec<Cursor<'a>>,
    pub(crate) prohibited: Vec<Cursor<'a>>,
    /// The number of documents in the index.
    pub(crate) n_slots: u32,
}

impl Parts<'_> {
    /// Calls `found` with every matching document and its score, in order. A document matches if all
    /// required parts match (any optional part if none is required) and no prohibited part does.
    pub(crate) fn each(self, found: impl FnMut(u32, Bm25)) {
        if self.required.is_empty() {
            self.each_of_any(found);
        } else {
            self.each_of_all(found);
        }
    }

    /// Adds the scores of the parts in their order. Costs the length of all parts plus the blocks in which
    /// any of them occurs.
    fn each_of_any(mut self, mut found: impl FnMut(u32, Bm25)) {
        let mut sums = vec![Bm25::ZERO; WINDOW as usize];
        while let Some(first) = self.optional.iter().map(Cursor::slot).min()
            && first != END
        {
            let start = first / WINDOW * WINDOW;
            let mut either = Places::default();
            for part in &mut self.optional {
                part.each_until(start.saturating_add(WINDOW), |slot, score| {
                    let place = (slot - start) as usize;
                    sums[place] = sums[place].plus(score);
                    either.add(place);
                });
            }
            let kept = self.without_prohibited(start, either);
            either.each(|place| {
                let sum = std::mem::take(&mut sums[place]);
                if kept.has(place) {
                    found(slot_at(start, place), sum);
                }
            });
        }
    }

    /// Adds the scores of the required parts in their order, then the sum of the optional ones.
    ///
    /// The shortest required part leads. A part much longer than the rest of a block is skipped through,
    /// the others are scanned (after Demaine, López-Ortiz and Munro, 2000, who always skip). Costs at most
    /// the length of all parts.
    fn each_of_all(mut self, mut found: impl FnMut(u32, Bm25)) {
        let mut by_length: Vec<usize> = (0..self.required.len()).collect();
        by_length.sort_by_key(|&part| self.required[part].n_slots());
        let mut marks = vec![ScoreBasis::default(); WINDOW as usize * self.required.len()];
        let mut of_optional = vec![ScoreBasis::default(); WINDOW as usize];
        let mut extra = vec![Bm25::ZERO; WINDOW as usize];
        let mut from = 0;
        while let Some(start) = self.next_window(&by_length, from) {
            let mut shared = Places::ALL;
            let n_slots = self.n_slots;
            let window = Window { start, n_slots };
            for &part in &by_length {
                let marks = &mut marks[part * WINDOW as usize..][..WINDOW as usize];
                let mut met = Places::default();
                each_among(&mut self.required[part], window, shared, |place, mark| {
                    marks[place] = mark;
                    met.add(place);
                });
                shared = shared.and(met);
            }
            let shared = self.without_prohibited(start, shared);
            for part in &mut self.optional {
                let mut met = Places::default();
                each_among(part, window, shared, |place, mark| {
                    of_optional[place] = mark;
                    met.add(place);
                });
                shared.and(met).each(|place| {
                    let score = part.score_of(slot_at(start, place), of_optional[place]);
                    extra[place] = extra[place].plus(score);
                });
            }
            shared.each(|place| {
                let slot = slot_at(start, place);
                let of_parts = marks.iter().skip(place).step_by(WINDOW as usize);
                let scores = self.required.iter().zip(of_parts);
                let sum = scores.fold(Bm25::ZERO, |sum, (part, mark)| {
                    sum.plus(part.score_of(slot, *mark))
                });
                let extra = std::mem::take(&mut extra[place]);
                found(slot, sum.plus(extra));
            });
            from = start.saturating_add(WINDOW);
        }
    }

    /// Advances the required parts; returns the start of the next block in which all may occur.
    fn next_window(&mut self, by_length: &[usize], from: u32) -> Option<u32> {
        let mut slot = from;
        for &part in by_length {
            let part = &mut self.required[part];
            part.reaches(slot);
            slot = part.slot();
            if slot == END {
                return None;
            }
        }
        Some(slot / WINDOW * WINDOW)
    }

    fn without_prohibited(&mut self, start: u32, mut places: Places) -> Places {
        let n_slots = self.n_slots;
        let window = Window { start, n_slots };
        for part in &mut self.prohibited {
            let mut met = Places::default();
            each_among(part, window, places, |place, _| {
                met.add(place);
            });
            places = places.and_not(met);
        }
        places
    }
}

/// Returns the union of the lists; scores of duplicates are added in the order of the lists.
pub(crate) fn union(lists: Vec<Scored>) -> Scored {
    let cursors = lists.into_iter().map(ListCursor::new).map(Cursor::List);
    let parts = Parts {
        required: Vec::new(),
        optional: cursors.collect(),
        prohibited: Vec::new(),
        n_slots: 0,
    };
    let mut either = Scored::new();
    parts.each(|id, score| either.push(ScoredItem { id, score }));
    either
}

/// A block of the documents of the index.
#[derive(Clone, Copy)]
struct Window {
    start: u32,
    /// The number of documents in the index.
    n_slots: u32,
}

/// Calls `met` with the given places of a block where a part occurs and its marks there; possibly
/// also with other places where it occurs.
fn each_among(
    part: &mut Cursor<'_>,
    window: Window,
    places: Places,
    mut met: impl FnMut(usize, ScoreBasis),
) {
    let Window { start, n_slots } = window;
    let n_expected = part.n_slots() * WINDOW as usize / n_slots.max(1) as usize;
    if places.len() * LEAP < n_expected {
        places.each(|place| {
            if part.reaches(slot_at(start, place)) {
                met(place, part.mark());
            }
        });
        return;
    }
    part.reaches(start);
    part.each_mark_until(start.saturating_add(WINDOW), |slot, mark| {
        met((slot - start) as usize, mark);
    });
}

fn slot_at(start: u32, place: usize) -> u32 {
    start + u32::try_from(place).expect("a window is short")
}

/// Places of a block, one bit each.
#[derive(Clone, Copy)]
struct Places([u64; WINDOW as usize / BITS]);

impl Default for Places {
    fn default() -> Self {
        Self([0; WINDOW as usize / BITS])
    }
}

impl Places {
    const ALL: Self = Self([u64::MAX; WINDOW as usize / BITS]);

    fn add(&mut self, place: usize) {
        self.0[place / BITS] |= 1 << (place % BITS);
    }

    fn has(&self, place: usize) -> bool {
        (self.0[place / BITS] >> (place % BITS)) & 1 == 1
    }

    fn len(&self) -> usize {
        self.0.iter().map(|bits| bits.count_ones() as usize).sum()
    }

    fn and(mut self, other: Self) -> Self {
        self.0
            .iter_mut()
            .zip(other.0)
            .for_each(|(bits, others)| *bits &= others);
        self
    }

    fn and_not(mut self, other: Self) -> Self {
        self.0
            .iter_mut()
            .zip(other.0)
            .for_each(|(bits, others)| *bits &= !others);
        self
    }

    /// Calls `each` with every place in order.
    fn each(self, mut each: impl FnMut(usize)) {
        for (first, mut bits) in (0..).step_by(BITS).zip(self.0) {
            while bits != 0 {
                each(first + bits.trailing_zeros() as usize);
                bits &= bits - 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    const N_SLOTS: u32 = 3 * WINDOW + 7;

    type Map = BTreeMap<u32, f64>;

    /// Documents, many close together, the others blocks apart.
    fn lists(n: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Map>> {
        let slots = prop_oneof![0_u32..30, 0_u32..N_SLOTS, WINDOW..WINDOW + 900];
        let list = prop::collection::btree_map(slots, 0.0_f64..9.0, 0..300);
        prop::collection::vec(list, n)
    }

    fn item(id: u32, score: f64) -> ScoredItem {
        let score = Bm25::ONE.times(score);
        ScoredItem { id, score }
    }

    fn cursors(lists: &[Map]) -> Vec<Cursor<'static>> {
        let scored = |(&slot, &score): (&u32, &f64)| item(slot, score);
        let cursor = |list: &Map| ListCursor::new(list.iter().map(scored).collect());
        lists.iter().map(cursor).map(Cursor::List).collect()
    }

    /// Adds the scores of a document in the order of the lists; `None` if no list has it.
    fn sum(lists: &[Map], slot: u32) -> Option<f64> {
        let scores = lists.iter().filter_map(|list| list.get(&slot));
        scores.copied().reduce(|sum, score| sum + score)
    }

    proptest! {
        #[test]
        fn combined_parts_equal_combined_maps(
            required in lists(0..4),
            optional in lists(0..4),
            prohibited in lists(0..3),
        ) {
            let expected = (0..N_SLOTS).filter_map(|slot| {
                let is_in_all = required.iter().all(|list| list.contains_key(&slot));
                if !is_in_all || sum(&prohibited, slot).is_some() {
                    return None;
                }
                let extra = sum(&optional, slot);
                let score = match sum(&required, slot) {
                    Some(score) => score + extra.unwrap_or(0.0),
                    None => extra?,
                };
                Some(item(slot, score))
            });
            let parts = Parts {
                required: cursors(&required),
                optional: cursors(&optional),
                prohibited: cursors(&prohibited),
                n_slots: N_SLOTS,
            };
            let mut found = Scored::new();
            parts.each(|id, score| found.push(ScoredItem { id, score }));
            prop_assert_eq!(found, expected.collect::<Scored>());
        }
    }
}
