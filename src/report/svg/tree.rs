//! A tree of merges, branches to the left and names to the right.

use crate::finding::SimilarityMatrix;
use crate::report::svg::palette::GRAY;
use crate::report::svg::sketch::{Anchor, LINE, Size, Sketch, Stroke, fitted};

/// Draws the tree of the first items.
pub(super) fn draw(sketch: &mut Sketch, likeness: &SimilarityMatrix, size: Size) -> bool {
    let first: Vec<usize> = (0..likeness.items.len()).take(size.n_lines()).collect();
    let shown = likeness.limited_to(&first);
    if shown.items.len() < 2 {
        return false;
    }
    let branches = size.width() * 0.42;
    draw_branches(sketch, &shown, [14.0, LINE * 2.0, branches - 34.0, LINE]);
    let greatest = greatest_score(&shown);
    for part in [0.0, 0.25, 0.5, 0.75, 1.0] {
        let x = 14.0 + part * (branches - 34.0);
        sketch.text(
            [x, LINE],
            Anchor::Middle,
            &format!("{:.2}", part * greatest),
        );
    }
    for (line, &item) in shown.order.iter().enumerate() {
        let y = LINE * (2.5 + line as f64) + 4.0;
        let name = fitted(&shown.items[item].name, size.width() - branches - 4.0);
        sketch.text([branches, y], Anchor::Start, &name);
    }
    if likeness.items.len() > shown.items.len() {
        let words = format!(
            "and {} more issues",
            likeness.items.len() - shown.items.len()
        );
        let y = LINE * (3.5 + shown.items.len() as f64);
        sketch.text([branches, y], Anchor::Start, &words);
    }
    true
}

/// Draws the branches of a tree in a box of `[left, top, width, height of a line]`; similarity grows
/// to the right, up to that of the first merge.
pub(super) fn draw_branches(sketch: &mut Sketch, likeness: &SimilarityMatrix, frame: [f64; 4]) {
    let [left, top, width, line] = frame;
    let n = likeness.items.len();
    let unit = width / greatest_score(likeness);
    let mut places = vec![(left + width, 0.0); n];
    for (place, &item) in likeness.order.iter().enumerate() {
        places[item].1 = top + line * (place as f64 + 0.5);
    }
    for merge in &likeness.merges {
        let x = left + unit * merge.score.value();
        let ((from_x, from_y), (to_x, to_y)) = (places[merge.left], places[merge.right]);
        let elbow = format!("M{from_x:.1} {from_y:.1}H{x:.1}V{to_y:.1}H{to_x:.1}");
        let told = format!("{:.2}", merge.score.value());
        let stroke = Stroke {
            color: GRAY,
            width: 1.2,
        };
        sketch.path(&elbow, stroke, &told);
        places.push((x, f64::midpoint(from_y, to_y)));
    }
}

/// Returns the similarity of the two most similar branches, where the scale ends.
fn greatest_score(likeness: &SimilarityMatrix) -> f64 {
    let scores = likeness.merges.iter().map(|merge| merge.score.value());
    scores.fold(0.05, f64::max)
}

/// Returns the similarity matrix of the items with the most clauses, in their order.
pub(super) fn largest(likeness: &SimilarityMatrix, n: usize) -> SimilarityMatrix {
    let mut places: Vec<usize> = (0..likeness.items.len()).collect();
    places.sort_by_key(|&place| std::cmp::Reverse(likeness.items[place].n_clauses));
    places.truncate(n);
    places.sort_unstable();
    likeness.limited_to(&places)
}
