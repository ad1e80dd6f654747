//! [`in_reading_order`]: the pieces of lines on a page, divided into columns.

use std::collections::BTreeMap;

use crate::read::pdf::direction::Writing;
use crate::read::pdf::piece::Piece;

/// The deepest division of a page.
const MAX_DEPTH: usize = 16;

/// The fewest lines of each of two columns.
const MIN_ROWS: usize = 4;

/// The smallest width of a column, in sizes of its letters.
const MIN_WIDTH: f64 = 10.0;

/// The smallest space between columns, in sizes of the letters.
const MIN_GUTTER: f64 = 0.9;

/// The number of left edges that are tried as the beginning of a column.
const MAX_EDGES: usize = 8;

/// Returns the pieces of a page as regions in reading order, each one column.
///
/// A page is divided where many lines begin at one edge with a free strip before it: the part above
/// the strip comes first, then the column on the left, then the one on the right (in reverse for
/// scripts from right to left), then the part below. Each part is divided again. It is the
/// recursive cut of Nagy and Seth (1984), with the vertical cuts found first, as strips of free
/// space (Breuel, 2002), so that gaps between paragraphs do not cut through both columns. Takes
/// `O(n log n)` time for n pieces on each of at most 16 levels.
pub(super) fn in_reading_order(pieces: Vec<Piece>, writing: Writing) -> Vec<Vec<Piece>> {
    let mut regions = Vec::new();
    part(pieces, writing, MAX_DEPTH, &mut regions);
    regions
}

fn part(pieces: Vec<Piece>, writing: Writing, depth: usize, regions: &mut Vec<Vec<Piece>>) {
    if pieces.is_empty() {
        return;
    }
    let gutter = (depth > 0).then(|| widest_gutter(&pieces));
    let Some(gutter) = gutter.flatten() else {
        regions.push(pieces);
        return;
    };
    let is_left_first = writing == Writing::Rightward;
    let mut parts: [Vec<Piece>; 4] = Default::default();
    for piece in pieces {
        let place = match () {
            () if piece.y > gutter.top => 0,
            () if piece.y < gutter.bottom => 3,
            () if (piece.x0 < gutter.x) == is_left_first => 1,
            () => 2,
        };
        parts[place].push(piece);
    }
    for pieces in parts {
        part(pieces, writing, depth - 1, regions);
    }
}

/// A free strip between two columns.
#[derive(Clone, Copy, Debug)]
struct Gutter {
    x: f64,
    top: f64,
    bottom: f64,
    n_pieces: usize,
}

/// Returns the strip that separates most pieces.
fn widest_gutter(pieces: &[Piece]) -> Option<Gutter> {
    let mut ordered: Vec<&Piece> = pieces.iter().collect();
    ordered.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.x0.total_cmp(&b.x0)));
    let edges = edges_of(pieces).into_iter();
    let gutters = edges.filter_map(|x| gutter_before(x, &ordered));
    // Among equals, the first in the order of edges wins.
    gutters.rev().max_by_key(|gutter| gutter.n_pieces)
}

/// Returns the left edges at which most pieces begin.
fn edges_of(pieces: &[Piece]) -> Vec<f64> {
    let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
    for piece in pieces {
        *counts.entry(rounded(piece.x0)).or_default() += 1;
    }
    let mut edges: Vec<(usize, i64)> = counts.into_iter().map(|(edge, n)| (n, edge)).collect();
    edges.retain(|(n, _)| *n >= MIN_ROWS);
    edges.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    edges.truncate(MAX_EDGES);
    edges.into_iter().map(|(_, edge)| edge as f64).collect()
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "places are within a million"
)]
fn rounded(x: f64) -> i64 {
    x.floor() as i64
}

/// A stretch of lines that leave a strip free.
#[derive(Default)]
struct Stretch<'p> {
    left: Vec<&'p Piece>,
    right: Vec<&'p Piece>,
}

impl Stretch<'_> {
    fn gutter(&self, x: f64) -> Option<Gutter> {
        if !is_column(&self.left) || !is_column(&self.right) {
            return None;
        }
        let both = || self.left.iter().chain(&self.right).map(|piece| piece.y);
        Some(Gutter {
            x,
            top: both().fold(f64::MIN, f64::max),
            bottom: both().fold(f64::MAX, f64::min),
            n_pieces: self.left.len() + self.right.len(),
        })
    }
}

/// Returns whether pieces are the lines of running text: enough of them, and wide enough.
fn is_column(pieces: &[&Piece]) -> bool {
    let mut n_rows = 0;
    let mut before = f64::MAX;
    for piece in pieces {
        if before - piece.y > piece.size / 2.0 {
            n_rows += 1;
            before = piece.y;
        }
    }
    let size = pieces.iter().map(|piece| piece.size).fold(0.0, f64::max);
    let width: f64 = pieces.iter().map(|piece| piece.x1 - piece.x0).sum();
    n_rows >= MIN_ROWS && width >= MIN_WIDTH * size * n_rows as f64
}

/// Returns the longest stretch of lines that leave the strip before an edge free and lie on both
/// sides of it; `ordered` is from top to bottom.
fn gutter_before<'p>(edge: f64, ordered: &[&'p Piece]) -> Option<Gutter> {
    let mut best: Option<Gutter> = None;
    let mut stretch = Stretch::default();
    let mut end = |stretch: &mut Stretch<'p>| {
        let found = std::mem::take(stretch).gutter(edge - 0.5);
        if found.is_some_and(|found| best.is_none_or(|best| found.n_pieces > best.n_pieces)) {
            best = found;
        }
    };
    for piece in ordered {
        if piece.x1 <= edge - MIN_GUTTER * piece.size {
            stretch.left.push(piece);
        } else if piece.x0 >= edge - 0.5 {
            stretch.right.push(piece);
        } else {
            end(&mut stretch);
        }
    }
    end(&mut stretch);
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns pieces of size 10, given the beginning, the end and the height of each.
    fn pieces(places: &[(f64, f64, f64)]) -> Vec<Piece> {
        let piece = |(x0, x1, y): &(f64, f64, f64)| Piece {
            x0: *x0,
            x1: *x1,
            y: *y,
            size: 10.0,
            ..Piece::default()
        };
        places.iter().map(piece).collect()
    }

    fn heights(regions: &[Vec<Piece>]) -> Vec<Vec<(f64, f64)>> {
        let of = |region: &Vec<Piece>| region.iter().map(|piece| (piece.x0, piece.y)).collect();
        regions.iter().map(of).collect()
    }

    #[test]
    fn columns_are_read_in_turn_between_parts_that_span_both() {
        let mut places = vec![(50.0, 500.0, 800.0)];
        for n in 0..6 {
            let y = 780.0 - 12.0 * f64::from(n);
            places.push((50.0, 260.0, y));
            places.push((300.0, 510.0, y - 5.0));
        }
        places.push((50.0, 500.0, 600.0));
        let regions = heights(&in_reading_order(pieces(&places), Writing::Rightward));
        assert_eq!(regions.len(), 4);
        assert_eq!(regions[0], [(50.0, 800.0)]);
        assert!(regions[1].iter().all(|(x, _)| *x < 100.0));
        assert!(regions[2].iter().all(|(x, _)| *x > 200.0));
        assert_eq!(regions[3], [(50.0, 600.0)]);
        let turned = heights(&in_reading_order(pieces(&places), Writing::Leftward));
        assert!(turned[1].iter().all(|(x, _)| *x > 200.0));
    }

    #[test]
    fn marks_of_lists_and_page_numbers_of_contents_are_not_columns() {
        for (left, right) in [
            ((50.0, 62.0), (80.0, 400.0)),
            ((50.0, 400.0), (480.0, 495.0)),
        ] {
            let rows = (0..8).map(|n| 700.0 - 12.0 * f64::from(n));
            let places: Vec<_> = rows
                .flat_map(|y| [(left.0, left.1, y), (right.0, right.1, y)])
                .collect();
            assert_eq!(
                in_reading_order(pieces(&places), Writing::Rightward).len(),
                1
            );
        }
    }
}
