//! [`occurrences`]: finds sequences of words, given the positions of each word.

/// A sequence of terms to look for in a text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct WordSequence {
    /// The terms in order, at least one.
    pub(crate) terms: Vec<String>,
    /// The distance of each term from the first, in words, stop words included.
    pub(crate) offsets: Vec<u32>,
    /// The number of additional words allowed between the terms, in total.
    pub(crate) slop: u32,
}

/// Returns the positions of the terms for every place where the sequence occurs, in text order.
///
/// `positions` holds the ascending positions of each term in the text. A match starts at a position of
/// the first term; the others follow in order, each at least as far apart as in the query and in total
/// at most `slop` words farther. Taking the earliest possible position each time finds the tightest
/// match, so no match is lost. Costs O(p k log p) for k terms with p positions each.
pub(crate) fn occurrences(sequence: &WordSequence, positions: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let mut places = Vec::new();
    let mut place = Vec::new();
    for &start in positions.first().into_iter().flatten() {
        place.clear();
        if matches_from(start, sequence, positions, |position| place.push(position)) {
            places.push(place.clone());
        }
    }
    places
}

/// Returns the number of places where the sequence occurs; see [`occurrences`].
pub(crate) fn count_occurrences(sequence: &WordSequence, positions: &[Vec<u32>]) -> u32 {
    let starts = positions.first().into_iter().flatten();
    let is_place = |start: &&u32| matches_from(**start, sequence, positions, |_| ());
    u32::try_from(starts.filter(is_place).count()).unwrap_or(u32::MAX)
}

/// Returns whether the sequence occurs at a start position, and sets the position of each term.
fn matches_from(
    start: u32,
    sequence: &WordSequence,
    positions: &[Vec<u32>],
    mut tell: impl FnMut(u32),
) -> bool {
    tell(start);
    let mut last = start;
    let gaps = sequence.offsets.windows(2).map(|pair| pair[1] - pair[0]);
    for (gap, later) in gaps.zip(&positions[1..]) {
        let next = last
            .checked_add(gap)
            .and_then(|earliest| later.get(later.partition_point(|&position| position < earliest)));
        let Some(&next) = next else { return false };
        tell(next);
        last = next;
    }
    let length = sequence.offsets.last().copied().unwrap_or_default();
    last - start <= length.saturating_add(sequence.slop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_a_row_are_found_with_gaps_and_slop() {
        // Name, distance of each word from the first, slop, positions, number of matches.
        type Case = (
            &'static str,
            &'static [u32],
            u32,
            &'static [&'static [u32]],
            usize,
        );
        let cases: [Case; 7] = [
            ("side by side", &[0, 1], 0, &[&[0, 7], &[1, 9]], 1),
            ("the other order is no match", &[0, 1], 5, &[&[3], &[2]], 0),
            (
                "a stop word between keeps its place",
                &[0, 2],
                0,
                &[&[0, 5], &[1, 7]],
                1,
            ),
            ("one word too far apart", &[0, 1], 0, &[&[0], &[2]], 0),
            ("slop allows it", &[0, 1], 1, &[&[0], &[2]], 1),
            (
                "slop is spent once for all gaps",
                &[0, 1, 2],
                1,
                &[&[0], &[2], &[4]],
                0,
            ),
            ("a word repeated", &[0, 1], 0, &[&[0, 1, 2], &[0, 1, 2]], 2),
        ];
        for (name, offsets, slop, positions, expected) in cases {
            let sequence = WordSequence {
                terms: vec![String::new(); offsets.len()],
                offsets: offsets.to_vec(),
                slop,
            };
            let positions: Vec<Vec<u32>> = positions.iter().map(|list| list.to_vec()).collect();
            assert_eq!(occurrences(&sequence, &positions).len(), expected, "{name}");
            let n_places = count_occurrences(&sequence, &positions) as usize;
            assert_eq!(n_places, expected, "{name}");
        }
    }
}
