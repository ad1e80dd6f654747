//! Lines of a text and its layout: whether the end of a line ends a paragraph.

use std::ops::Range;

/// A line without its line end and without white space around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TextLine {
    /// Where the line begins, including its white space.
    pub(crate) from: usize,
    /// Where its first character other than white space is; equal to `end` in a blank line.
    pub(crate) start: usize,
    /// The end of its last character other than white space.
    pub(crate) end: usize,
}

impl TextLine {
    pub(crate) fn is_blank(self) -> bool {
        self.start == self.end
    }

    pub(crate) fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// Splits a text at LF, CR, CRLF, NEL, form feed and the Unicode line and paragraph separators.
///
/// Takes one pass over the bytes.
pub(crate) fn lines_of(text: &str) -> Vec<TextLine> {
    let bytes = text.as_bytes();
    let mut lines = Vec::with_capacity(bytes.len() / 48 + 1);
    let mut from = 0;
    let mut at = 0;
    while at < bytes.len() {
        let length = match bytes[at] {
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => 2,
            b'\n' | b'\r' | 0x0B | 0x0C => 1,
            0xC2 if bytes.get(at + 1) == Some(&0x85) => 2,
            0xE2 if is_separator(bytes, at) => 3,
            _ => {
                at += 1;
                continue;
            }
        };
        lines.push(trimmed(text, from..at));
        at += length;
        from = at;
    }
    if from < bytes.len() {
        lines.push(trimmed(text, from..bytes.len()));
    }
    lines
}

/// Whether U+2028 or U+2029 is at a byte.
fn is_separator(bytes: &[u8], at: usize) -> bool {
    bytes.get(at + 1) == Some(&0x80) && matches!(bytes.get(at + 2), Some(0xA8 | 0xA9))
}

fn trimmed(text: &str, range: Range<usize>) -> TextLine {
    let (from, end) = (range.start, range.end);
    let rest = text[range].trim_start_matches(is_space);
    let start = end - rest.len();
    let end = start + rest.trim_end_matches(is_space).len();
    TextLine { from, start, end }
}

/// White space and invisible characters.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}')
}

/// How the lines of a text end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum LineLayout {
    /// Lines are filled up to about this many bytes: their ends mean nothing.
    Wrapped(usize),
    /// Each line is a separate paragraph or item.
    #[default]
    Unwrapped,
}

/// Longer lines are not wrapped lines of a page.
const MAX_WRAP: usize = 132;

/// Narrower pages are lists of short lines.
const MIN_WRAP: usize = 40;

/// Returns the layout of a text: wrapped unless many of its bytes are in lines longer than a page.
/// The width is the one that nine lines of ten do not exceed. Takes one pass over the lines.
pub(crate) fn layout_of(text: &str, lines: &[TextLine]) -> LineLayout {
    let mut n_of_length = [0usize; MAX_WRAP + 1];
    let (mut n_lines, mut n_bytes, mut n_long_bytes) = (0, 0, 0);
    for line in lines.iter().filter(|line| !line.is_blank()) {
        let n_chars = width_of(&text[line.range()]);
        n_bytes += n_chars;
        if n_chars > MAX_WRAP {
            n_long_bytes += n_chars;
        } else {
            n_of_length[n_chars] += 1;
            n_lines += 1;
        }
    }
    if n_long_bytes * 10 > n_bytes {
        return LineLayout::Unwrapped;
    }
    let mut n_wider = 0;
    let width = (0..=MAX_WRAP)
        .rev()
        .find(|&length| {
            n_wider += n_of_length[length];
            n_wider * 10 > n_lines
        })
        .unwrap_or(0);
    if width < MIN_WRAP {
        LineLayout::Unwrapped
    } else {
        LineLayout::Wrapped(width)
    }
}

/// Returns the number of characters of a line, counted by their first bytes.
pub(crate) fn width_of(line: &str) -> usize {
    line.bytes().filter(|byte| byte & 0xC0 != 0x80).count()
}
