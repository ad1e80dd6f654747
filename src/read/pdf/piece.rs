//! [`Piece`]: adjacent characters; [`Item`]: a word or a blank of a line.

use crate::read::pdf::glyph::Glyph;

/// A gap wider than this separates pieces of a line.
const PIECE_GAP: f64 = 1.0;

/// Letters that overlap by less than this are adjacent, in sizes of the letters.
const OVERLAP: f64 = 0.6;

/// Letters whose baselines differ by more than this are on different lines, or are raised.
pub(super) const BASELINE: f64 = 0.15;

/// Adjacent characters on a baseline.
#[derive(Clone, Debug, Default)]
pub(super) struct Piece {
    pub(super) x0: f64,
    pub(super) x1: f64,
    pub(super) y: f64,
    pub(super) size: f64,
    pub(super) glyphs: Vec<Glyph>,
}

/// A word or a blank of a line, before it becomes text.
#[derive(Clone, Debug)]
pub(super) struct TextItem {
    pub(super) words: String,
    pub(super) is_raised: bool,
}

/// Joins glyphs that are drawn one after the other and are adjacent.
pub(super) fn pieces_of(glyphs: Vec<Glyph>) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for glyph in glyphs {
        let is_blank = glyph.words.trim().is_empty();
        match pieces.last_mut() {
            Some(piece) if piece.takes(&glyph) => piece.push(glyph),
            // A blank separates pieces as a gap does.
            _ if is_blank => {}
            _ => pieces.push(Piece {
                x0: glyph.x,
                x1: glyph.x + glyph.width,
                y: glyph.y,
                size: glyph.size,
                glyphs: vec![glyph],
            }),
        }
    }
    for piece in &mut pieces {
        piece.trim();
    }
    pieces
}

impl Piece {
    fn takes(&self, glyph: &Glyph) -> bool {
        let size = self.size.max(glyph.size);
        let is_level = (glyph.y - self.y).abs() <= BASELINE * size;
        let is_alike = glyph.size.min(self.size) > 0.7 * size;
        let behind = glyph.x - self.x1;
        let before = self.x0 - (glyph.x + glyph.width);
        let is_near = |gap: f64| -OVERLAP * size < gap && gap < PIECE_GAP * size;
        is_level && is_alike && (is_near(behind) || is_near(before))
    }

    fn push(&mut self, glyph: Glyph) {
        self.x0 = self.x0.min(glyph.x);
        self.x1 = self.x1.max(glyph.x + glyph.width);
        self.glyphs.push(glyph);
    }

    /// Removes blanks at both ends.
    fn trim(&mut self) {
        let is_word = |glyph: &Glyph| !glyph.words.trim().is_empty();
        let inked = || self.glyphs.iter().filter(|glyph| is_word(glyph));
        self.x0 = inked().map(|glyph| glyph.x).fold(f64::MAX, f64::min);
        self.x1 = inked()
            .map(|glyph| glyph.x + glyph.width)
            .fold(f64::MIN, f64::max);
    }
}
