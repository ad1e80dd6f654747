//! [`heaviest_in_order`]: which of the pairs of two versions keep the order, so that the others moved.

/// A pair of places in two versions, and how much text it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PlacedPair {
    pub(crate) before: usize,
    pub(crate) after: usize,
    pub(crate) weight: usize,
}

/// Returns which pairs stand in one order in both versions: of all such choices the one with the most text, so
/// that the least text counts as moved. The pairs are given in the order of their first places, each place once.
///
/// The heaviest increasing sequence, by dynamic programming over the second places in a tree of prefix maxima
/// (Fenwick, 1994). Costs `n log n` for n pairs.
pub(crate) fn heaviest_in_order(pairs: &[PlacedPair]) -> Vec<bool> {
    let n_places = pairs.iter().map(|pair| pair.after + 1).max().unwrap_or(0);
    let mut best = PrefixMaxima {
        tree: vec![Sequence::default(); n_places + 1],
    };
    let mut previous = Vec::with_capacity(pairs.len());
    for (place, pair) in pairs.iter().enumerate() {
        let before = best.before(pair.after);
        previous.push(before.last);
        let with_pair = Sequence {
            weight: before.weight + pair.weight.max(1),
            last: Some(place),
        };
        best.raise(pair.after, with_pair);
    }
    let mut is_in_order = vec![false; pairs.len()];
    let mut last = best.before(n_places).last;
    while let Some(place) = last {
        is_in_order[place] = true;
        last = previous[place];
    }
    is_in_order
}

/// The weight of pairs in order, and the last of them.
#[derive(Clone, Copy, Default)]
struct Sequence {
    weight: usize,
    last: Option<usize>,
}

/// The heaviest sequence that ends before each place.
struct PrefixMaxima {
    tree: Vec<Sequence>,
}

impl PrefixMaxima {
    /// Returns the heaviest sequence at the places before this one; the first of equal ones.
    fn before(&self, place: usize) -> Sequence {
        let mut best = Sequence::default();
        let mut node = place;
        while node > 0 {
            if self.tree[node].weight > best.weight {
                best = self.tree[node];
            }
            node &= node - 1;
        }
        best
    }

    fn raise(&mut self, place: usize, sequence: Sequence) {
        let mut node = place + 1;
        while node < self.tree.len() {
            if sequence.weight > self.tree[node].weight {
                self.tree[node] = sequence;
            }
            node += node & node.wrapping_neg();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pairs(after: &[usize], weights: &[usize]) -> Vec<PlacedPair> {
        let pair = |(before, (&after, &weight)): (usize, (&usize, &usize))| PlacedPair {
            before,
            after,
            weight,
        };
        after.iter().zip(weights).enumerate().map(pair).collect()
    }

    #[test]
    fn the_short_clause_moved_and_not_the_long_ones() {
        let found = heaviest_in_order(&pairs(&[3, 0, 1, 2], &[9, 1, 1, 1]));
        assert_eq!(
            found,
            [true, false, false, false],
            "the first has most of the text"
        );
        let found = heaviest_in_order(&pairs(&[3, 0, 1, 2], &[2, 1, 1, 1]));
        assert_eq!(found, [false, true, true, true]);
        assert!(heaviest_in_order(&[]).is_empty());
    }

    proptest! {
        #[test]
        fn no_choice_in_order_is_heavier(
            after in Just((0_usize..7).collect::<Vec<_>>()).prop_shuffle(),
            weights in prop::collection::vec(1_usize..6, 7),
        ) {
            let pairs = pairs(&after, &weights);
            let found = heaviest_in_order(&pairs);
            let weight = |chosen: &dyn Fn(usize) -> bool| -> Option<usize> {
                let chosen: Vec<&PlacedPair> = pairs.iter().enumerate()
                    .filter(|(place, _)| chosen(*place)).map(|(_, pair)| pair).collect();
                let is_ordered = chosen.is_sorted_by(|x, y| x.after < y.after);
                is_ordered.then(|| chosen.iter().map(|pair| pair.weight).sum())
            };
            let best = (0_u32..128).filter_map(|set| weight(&|place| set >> place & 1 == 1)).max();
            prop_assert_eq!(weight(&|place| found[place]), best);
        }
    }
}
