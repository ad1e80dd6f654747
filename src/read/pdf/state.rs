//! [`State`]: what determines the position of the next character of a page.

use std::rc::Rc;

use crate::read::pdf::glyph::{Glyph, GlyphTurn};
use crate::read::pdf::letters::{Letter, Typeface};

/// A position further out than this is on no page.
const FAR: f64 = 1e6;

/// An affine map by its six numbers in the order of the format: the images of the steps `(1, 0)`
/// and `(0, 1)`, and of `(0, 0)`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Map(pub(super) [f64; 6]);

/// The map that changes nothing.
impl Default for Map {
    fn default() -> Self {
        Self::shift(0.0, 0.0)
    }
}

impl Map {
    /// Returns the map that applies `self` first.
    pub(super) fn then(self, next: Self) -> Self {
        let along = next.turned(self.0[0], self.0[1]);
        let up = next.turned(self.0[2], self.0[3]);
        let origin = next.at(self.0[4], self.0[5]);
        Self([along.0, along.1, up.0, up.1, origin.0, origin.1])
    }

    fn shift(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    fn at(self, x: f64, y: f64) -> (f64, f64) {
        let turned = self.turned(x, y);
        (turned.0 + self.0[4], turned.1 + self.0[5])
    }

    /// Maps a direction.
    fn turned(self, x: f64, y: f64) -> (f64, f64) {
        let by = self.0;
        (by[0] * x + by[2] * y, by[1] * x + by[3] * y)
    }
}

/// What determines the position of the next character.
#[derive(Clone, Default)]
pub(super) struct State<'p> {
    pub(super) page: Map,
    pub(super) text: Map,
    pub(super) line: Map,
    pub(super) face: Option<Rc<Typeface<'p>>>,
    pub(super) size: f64,
    pub(super) letter_space: f64,
    pub(super) word_space: f64,
    pub(super) stretch: f64,
    pub(super) leading: f64,
    pub(super) rise: f64,
}

impl State<'_> {
    /// Goes to the origin, as at the beginning of a text.
    pub(super) fn begin_text(&mut self) {
        (self.text, self.line) = Default::default();
    }

    /// Moves to another line, by an offset from the beginning of this one.
    pub(super) fn next_line(&mut self, x: f64, y: f64) {
        self.line = Map::shift(x, y).then(self.line);
        self.text = self.line;
    }

    /// Moves by thousandths of the font size, to the left as in text arrays.
    pub(super) fn kern(&mut self, thousandths: f64) {
        let by = -thousandths / 1_000.0 * self.size;
        let is_vertical = self.face.as_ref().is_some_and(|face| !face.is_horizontal());
        if is_vertical {
            self.advance(0.0, by);
        } else {
            self.advance(by * self.stretch, 0.0);
        }
    }

    fn advance(&mut self, x: f64, y: f64) {
        self.text = Map::shift(x, y).then(self.text);
    }

    /// Places a letter and moves past it and the space after it; `None` if its position is on no page.
    pub(super) fn place(&mut self, letter: &Letter, space: f64) -> Option<Glyph> {
        let scaled = |thousandths: f64| thousandths / 1_000.0 * self.size;
        let is_vertical = letter.advance.1 != 0.0;
        let by = if is_vertical {
            (0.0, scaled(letter.advance.1) + space)
        } else {
            ((scaled(letter.advance.0) + space) * self.stretch, 0.0)
        };
        let to_page = self.text.then(self.page);
        let (page_x, page_y) = to_page.at(0.0, self.rise);
        let height = to_page.turned(0.0, self.size);
        let size = height.0.hypot(height.1);
        // Vertical letters are read as a line that runs down.
        let step = if is_vertical {
            to_page.turned(0.0, -1.0)
        } else {
            to_page.turned(1.0, 0.0)
        };
        let turn = GlyphTurn::of(step.0, step.1);
        let shown = to_page.turned(by.0, by.1);
        self.advance(by.0, by.1);
        let (x, y) = turn.along(page_x, page_y);
        let is_near = x.abs() < FAR && y.abs() < FAR && size < FAR && size > 0.0;
        is_near.then(|| Glyph {
            words: Rc::clone(&letter.words),
            x,
            y,
            width: shown.0.hypot(shown.1).min(FAR),
            size,
            turn,
            is_guessed: letter.is_guessed,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_are_composed() {
        let doubled = Map([2.0, 0.0, 0.0, 2.0, 0.0, 0.0]);
        assert_eq!(Map::shift(1.0, 3.0).then(doubled).at(1.0, 1.0), (4.0, 8.0));
        assert_eq!(doubled.then(Map::shift(1.0, 3.0)).at(1.0, 1.0), (3.0, 5.0));
    }
}
