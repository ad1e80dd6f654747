//! The heat map of agreements, in the order of their tree, with the tree beside it.

use super::palette::amount;
use super::sketch::{Anchor, LINE, Size, Sketch, fitted};
use super::tree;
use crate::finding::Likeness;

/// The most agreements: a page holds a square for each two of them.
const MAX_ITEMS: usize = 36;
/// The units of a name where a pointer rests.
const TOLD: f64 = 150.0;
/// The scale's steps.
const STEPS: [f64; 5] = [0.0, 0.25, 0.5, 0.75, 1.0];

/// Draws the lower half of the matrix; the other half would say the same.
pub(super) fn draw(sketch: &mut Sketch, likeness: &Likeness, size: Size) -> bool {
    let shown = tree::largest(likeness, size.n_lines().min(MAX_ITEMS));
    let n = shown.items.len();
    if n < 2 {
        return false;
    }
    let (branches, names) = (size.width() * 0.12, size.width() * 0.3);
    let left = branches + names;
    let unit = ((size.width() - left - 10.0) / n as f64).min(LINE);
    let greatest = greatest_score(&shown);
    tree::draw_branches(sketch, &shown, [2.0, LINE * 2.0, branches - 6.0, unit]);
    for (line, &item) in shown.order.iter().enumerate() {
        let y = LINE * 2.0 + line as f64 * unit;
        let name = fitted(&shown.items[item].name, names - 10.0);
        sketch.text((branches, y + unit * 0.5 + 4.0), Anchor::Start, &name);
        for (column, &other) in shown.order[..line].iter().enumerate() {
            let score = shown.scores[item][other].value();
            let [one, two] = [item, other].map(|place| fitted(&shown.items[place].name, TOLD));
            let told = format!("{score:.2} {one} – {two}");
            let x = left + column as f64 * unit;
            let square = [x, y, unit - 0.5, unit - 0.5];
            sketch.rect(square, &amount(score / greatest), &told);
        }
    }
    scale(sketch, (left, greatest), size);
    if likeness.items.len() > n {
        let words = format!("the {n} largest of {}", likeness.items.len());
        sketch.text((0.0, LINE), Anchor::Start, &words);
    }
    true
}

/// Returns the greatest likeness of two different items: the scale ends there.
fn greatest_score(likeness: &Likeness) -> f64 {
    let mut greatest: f64 = 0.05;
    for (i, scores) in likeness.scores.iter().enumerate() {
        for score in &scores[..i] {
            greatest = greatest.max(score.value());
        }
    }
    greatest
}

fn scale(sketch: &mut Sketch, (left, greatest): (f64, f64), size: Size) {
    let unit = ((size.width() - left) / 6.0).min(60.0);
    for (place, step) in STEPS.into_iter().enumerate() {
        let x = left + place as f64 * unit;
        sketch.rect([x, 4.0, 12.0, 12.0], &amount(step), "");
        sketch.text(
            (x + 16.0, 14.0),
            Anchor::Start,
            &format!("{:.2}", step * greatest),
        );
    }
}
