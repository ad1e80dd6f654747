//! [`Glyph`]: a character on a page; [`GlyphTurn`]: the direction of its line.

use std::rc::Rc;

/// A character on a page.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    /// What it represents: one or several characters.
    pub(super) words: Rc<str>,
    /// Where it begins along its line, and the height of the line, in points.
    pub(super) x: f64,
    pub(super) y: f64,
    /// The distance to the next one.
    pub(super) width: f64,
    /// The size of its font.
    pub(super) size: f64,
    /// The direction of its line.
    pub(super) turn: GlyphTurn,
    pub(super) is_guessed: bool,
}

/// The direction of a line, in quarter turns to the left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum GlyphTurn {
    #[default]
    Upright,
    Left,
    Over,
    Right,
}

impl GlyphTurn {
    /// Returns the direction of a movement along a line.
    pub(super) fn of(x: f64, y: f64) -> Self {
        match (x.abs() >= y.abs(), x >= 0.0, y >= 0.0) {
            (true, true, _) => Self::Upright,
            (true, false, _) => Self::Over,
            (false, _, true) => Self::Left,
            (false, _, false) => Self::Right,
        }
    }

    /// Rotates a position on the page so that lines of this direction run to the right.
    pub(super) fn along(self, x: f64, y: f64) -> (f64, f64) {
        match self {
            Self::Upright => (x, y),
            Self::Left => (y, -x),
            Self::Over => (-x, -y),
            Self::Right => (-y, x),
        }
    }

    /// Rotates such a position back to the page.
    pub(super) fn back(self, x: f64, y: f64) -> (f64, f64) {
        match self {
            Self::Upright => (x, y),
            Self::Left => (-y, x),
            Self::Over => (-x, -y),
            Self::Right => (y, -x),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rotated_positions_are_restored() {
        for turn in [
            GlyphTurn::Upright,
            GlyphTurn::Left,
            GlyphTurn::Over,
            GlyphTurn::Right,
        ] {
            let (x, y) = turn.along(3.0, 4.0);
            assert_eq!(turn.back(x, y), (3.0, 4.0));
        }
        assert_eq!(GlyphTurn::of(0.0, 2.0), GlyphTurn::Left);
        assert_eq!(GlyphTurn::Left.along(0.0, 5.0), (5.0, 0.0));
    }
}
