//! [`Line`]: the words on one baseline.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::read::blocks::append_collapsed;
use crate::read::pdf::direction::{Writing, in_logical_order};
use crate::read::pdf::glyph::{Glyph, GlyphTurn};
use crate::read::pdf::letters::UNKNOWN;
use crate::read::pdf::order::in_reading_order;
use crate::read::pdf::piece::{BASELINE, Piece, TextItem, pieces_of};

/// A gap wider than this separates words, in sizes of the letters.
const WORD_GAP: f64 = 0.15;

/// Pieces whose baselines differ by less than this are on one line, including raised ones.
const ROW: f64 = 0.45;

/// A line of a page.
#[derive(Clone, Debug, Default)]
pub(super) struct PdfLine {
    pub(super) words: String,
    /// Where it begins and ends, in its reading direction; negative from right to left.
    pub(super) start: f64,
    pub(super) end: f64,
    pub(super) y: f64,
    /// The size of its letters.
    pub(super) size: f64,
    /// The column of its page that it is in.
    pub(super) region: usize,
    pub(super) writing: Writing,
    /// Whether it runs in another direction than most lines of its page.
    pub(super) is_turned: bool,
}

/// Returns points as whole tenths of a point.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped"
)]
pub(super) fn tenths(points: f64) -> u32 {
    (points.clamp(0.0, 10_000.0) * 10.0).round() as u32
}

/// The number of letters of a document that are odd, by kind.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Oddities {
    pub(super) unknown: usize,
    pub(super) guessed: usize,
    pub(super) note_marks: usize,
}

/// Returns the lines of a page in reading order.
///
/// Lines in the direction of most letters come first, column by column, and then the others. Takes
/// `O(n log n)` time for n glyphs.
pub(super) fn lines_of(glyphs: Vec<Glyph>, oddities: &mut Oddities) -> Vec<PdfLine> {
    for glyph in &glyphs {
        oddities.unknown += usize::from(glyph.words.contains(UNKNOWN));
        oddities.guessed += usize::from(glyph.is_guessed);
    }
    let writing = Writing::of(glyphs.iter().map(|glyph| &*glyph.words));
    let mut by_turn: BTreeMap<GlyphTurn, Vec<Glyph>> = BTreeMap::new();
    for glyph in glyphs {
        by_turn.entry(glyph.turn).or_default().push(glyph);
    }
    let mut groups: Vec<Vec<Glyph>> = by_turn.into_values().collect();
    groups.sort_by_key(|glyphs| Reverse(glyphs.len()));
    let mut lines = Vec::new();
    let mut n_regions = 0;
    for (index, glyphs) in groups.into_iter().enumerate() {
        for region in in_reading_order(pieces_of(glyphs), writing) {
            for row in rows_of(region) {
                let mut line = line_of(row, oddities);
                line.region = n_regions;
                line.is_turned = index > 0;
                if !line.words.trim().is_empty() {
                    lines.push(line);
                }
            }
            n_regions += 1;
        }
    }
    lines
}

/// Groups the pieces of a region into lines, from top to bottom.
fn rows_of(mut pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    pieces.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.x0.total_cmp(&b.x0)));
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    let (mut y, mut size) = (0.0, 0.0);
    for piece in pieces {
        let is_same = !rows.is_empty() && y - piece.y <= ROW * f64::max(size, piece.size);
        if !is_same || piece.size > size {
            (y, size) = (piece.y, piece.size);
        }
        match rows.last_mut() {
            Some(row) if is_same => row.push(piece),
            _ => rows.push(vec![piece]),
        }
    }
    rows
}

fn line_of(row: Vec<Piece>, oddities: &mut Oddities) -> PdfLine {
    // The line's baseline is that of most of its letters.
    let widest = row
        .iter()
        .max_by(|a, b| (a.x1 - a.x0).total_cmp(&(b.x1 - b.x0)));
    let (y, size) = widest.map_or((0.0, 1.0), |piece| (piece.y, piece.size));
    let x0 = row.iter().map(|piece| piece.x0).fold(f64::MAX, f64::min);
    let x1 = row.iter().map(|piece| piece.x1).fold(f64::MIN, f64::max);
    let mut glyphs: Vec<Glyph> = row.into_iter().flat_map(|piece| piece.glyphs).collect();
    glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
    without_doubles(&mut glyphs);
    let writing = Writing::of(glyphs.iter().map(|glyph| &*glyph.words));
    let items = in_logical_order(items_of(&glyphs, y, size), writing);
    let words = text_of(&items, oddities);
    let (start, end) = match writing {
        Writing::Rightward => (x0, x1),
        Writing::Leftward => (-x1, -x0),
    };
    PdfLine {
        words,
        start,
        end,
        y,
        size,
        writing,
        ..PdfLine::default()
    }
}

/// Removes letters drawn twice at nearly the same position, which makes them look bold.
fn without_doubles(glyphs: &mut Vec<Glyph>) {
    glyphs.dedup_by(|next, before| {
        let is_near = (next.x - before.x).abs() < 0.1 * next.size;
        is_near && next.words == before.words && (next.y - before.y).abs() < 0.1 * next.size
    });
}

/// Returns letters with blanks between words, from left to right.
fn items_of(glyphs: &[Glyph], y: f64, size: f64) -> Vec<TextItem> {
    let mut items: Vec<TextItem> = Vec::new();
    let mut end: Option<f64> = None;
    for glyph in glyphs {
        let is_raised = glyph.y - y > BASELINE * size && glyph.size < 0.85 * size;
        let gap = end.map_or(0.0, |end| glyph.x - end);
        let is_parted = items.last().is_some_and(|item| !item.words.ends_with(' '));
        let is_wide = gap > WORD_GAP * glyph.size.min(size) && !glyph.words.starts_with(' ');
        if is_wide && is_parted {
            items.push(TextItem {
                words: " ".to_owned(),
                is_raised: false,
            });
        }
        if !glyph.words.is_empty() {
            items.push(TextItem {
                words: glyph.words.to_string(),
                is_raised,
            });
        }
        // A mark above a letter takes no space.
        end = Some(end.unwrap_or(f64::MIN).max(glyph.x + glyph.width));
    }
    items
}

/// Returns the text of a line, without raised footnote marks, except one at its beginning, which is
/// the footnote's own.
fn text_of(items: &[TextItem], oddities: &mut Oddities) -> String {
    let mut text = String::new();
    for run in items.chunk_by(|a, b| a.is_raised == b.is_raised) {
        let words: String = run.iter().map(|item| item.words.as_str()).collect();
        let is_mark = run[0].is_raised && is_note_mark(words.trim());
        if is_mark && !text.trim().is_empty() {
            oddities.note_marks += 1;
            continue;
        }
        text.push_str(&words);
        if is_mark {
            text.push(' ');
        }
    }
    let mut line = String::new();
    append_collapsed(&mut line, &text);
    line.truncate(line.trim_end().len());
    line
}

fn is_note_mark(words: &str) -> bool {
    let is_sign = |c: char| c.is_ascii_digit() || matches!(c, '*' | '†' | '‡' | ',' | ' ');
    !words.is_empty() && words.len() <= 7 && words.chars().all(is_sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the glyphs of words, given the beginning, the height and the size of each.
    fn glyphs(words: &[(&str, f64, f64, f64)]) -> Vec<Glyph> {
        let mut glyphs = Vec::new();
        for (word, x, y, size) in words {
            for (n, c) in word.chars().enumerate() {
                glyphs.push(Glyph {
                    words: c.to_string().into(),
                    x: x + n as f64 * size / 2.0,
                    y: *y,
                    width: size / 2.0,
                    size: *size,
                    turn: GlyphTurn::Upright,
                    is_guessed: false,
                });
            }
        }
        glyphs
    }

    fn check(words: &[(&str, f64, f64, f64)], expected: &[&str]) {
        let lines = lines_of(glyphs(words), &mut Oddities::default());
        let lines: Vec<&str> = lines.iter().map(|line| line.words.as_str()).collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn words_are_separated_by_gaps_and_lines_by_height() {
        check(
            &[
                ("States", 10.0, 100.0, 10.0),
                ("talk.", 43.0, 100.0, 10.0),
                ("They", 10.0, 88.0, 10.0),
                ("listen.", 33.0, 88.0, 10.0),
            ],
            &["States talk.", "They listen."],
        );
    }

    #[test]
    fn a_line_drawn_out_of_order_is_put_in_order() {
        check(
            &[("talk.", 80.0, 100.0, 10.0), ("States", 10.0, 100.0, 10.0)],
            &["States talk."],
        );
    }

    #[test]
    fn raised_marks_are_removed_but_a_footnotes_own_stays() {
        check(
            &[
                ("Talk.", 10.0, 100.0, 10.0),
                ("12", 35.0, 104.0, 6.0),
                ("12", 10.0, 53.0, 5.0),
                ("See", 16.0, 50.0, 8.0),
            ],
            &["Talk.", "12 See"],
        );
    }

    #[test]
    fn letters_drawn_twice_count_once() {
        check(
            &[("Talk", 10.0, 100.0, 10.0), ("Talk", 10.3, 100.0, 10.0)],
            &["Talk"],
        );
    }
}
