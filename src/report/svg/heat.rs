//! The heat map of agreements, in the order of their tree, with the tree next to it.

use crate::finding::SimilarityMatrix;
use crate::report::svg::palette::amount;
use crate::report::svg::sketch::{Anchor, LINE, Size, Sketch, fitted};
use crate::report::svg::tree;

/// The most agreements: the picture has a square for each pair of them.
const MAX_ITEMS: usize = 36;
/// The width of a name in a tooltip, in units.
const TOLD: f64 = 150.0;
/// The scale's steps.
const STEPS: [f64; 5] = [0.0, 0.25, 0.5, 0.75, 1.0];

/// Draws the lower half of the matrix; the upper half is the same.
pub(super) fn draw(sketch: &mut Sketch, likeness: &SimilarityMatrix, size: Size) -> bool {
    let shown = tree::largest(likeness, size.n_lines().min(MAX_ITEMS));
    let n = shown.items.len();
    if n < 2 {
        return false;
    }
    let (branches, names) = (size.width() * 0.12, size.names());
    let left = branches + names;
    // A line is as high as its letters, even if cells must be narrow.
    let unit = ((size.width() - left - 10.0) / n as f64).min(LINE);
    let greatest = greatest_score(&shown);
    let top = scale(sketch, greatest) + LINE / 2.0;
    tree::draw_branches(sketch, &shown, [2.0, top, branches - 6.0, LINE]);
    for (line, &item) in shown.order.iter().enumerate() {
        let y = top + line as f64 * LINE;
        let name = fitted(&shown.items[item].name, names - 10.0);
        sketch.text([branches, y + LINE * 0.5 + 4.0], Anchor::Start, &name);
        for (column, &other) in shown.order[..line].iter().enumerate() {
            let score = shown.scores[item][other].value();
            let [one, two] = [item, other].map(|place| fitted(&shown.items[place].name, TOLD));
            let told = format!("{score:.2} {one} – {two}");
            let x = left + column as f64 * unit;
            let field = [x, y, unit - 0.5, LINE - 0.5];
            sketch.rect(field, &amount(score / greatest), &told);
        }
    }
    if likeness.items.len() > n {
        let words = format!("the {n} largest of {}", likeness.items.len());
        let y = top + (n as f64 + 0.8) * LINE;
        sketch.text([0.0, y], Anchor::Start, &words);
    }
    true
}

/// Returns the greatest similarity of two different items, where the scale ends.
fn greatest_score(likeness: &SimilarityMatrix) -> f64 {
    let mut greatest: f64 = 0.05;
    for (i, scores) in likeness.scores.iter().enumerate() {
        for score in &scores[..i] {
            greatest = greatest.max(score.value());
        }
    }
    greatest
}

/// Draws the meaning of the colors; returns where it ends.
fn scale(sketch: &mut Sketch, greatest: f64) -> f64 {
    let steps = STEPS.map(|step| (format!("{:.2}", step * greatest), amount(step)));
    let kinds = steps
        .each_ref()
        .map(|(n, color)| (n.as_str(), color.as_str()));
    sketch.legend(&kinds)
}
