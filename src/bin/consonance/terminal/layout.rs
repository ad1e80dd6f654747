//! Text in lines of a given width on a terminal, partly in bold.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use consonance::report::one_line;

/// The emphasis of a piece of text, if the terminal can show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Plain,
    /// Titles and citations.
    Strong,
    /// Names of processes.
    Name,
    /// Notes.
    Faint,
}

/// A piece of text in one style.
#[derive(Clone, Debug)]
pub(crate) struct Span {
    pub(crate) text: String,
    pub(crate) style: Style,
}

/// Returns a span of visible characters on one line.
pub(crate) fn span(style: Style, text: &str) -> Span {
    Span {
        text: one_line(text),
        style,
    }
}

/// The left and right end of lines, and whether styles are shown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    pub(crate) width: usize,
    /// The indentation of the first line and of the others.
    pub(crate) first: usize,
    pub(crate) rest: usize,
    pub(crate) has_styles: bool,
}

/// Returns the number of columns of `text` on a terminal.
pub(crate) fn width_of(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// Returns `text` in its style, or unchanged without styles.
pub(crate) fn painted(text: &str, style: Style, has_styles: bool) -> String {
    let code = match style {
        Style::Strong => "1",
        Style::Name => "36",
        Style::Faint => "2",
        Style::Plain => "",
    };
    if has_styles && !code.is_empty() {
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    } else {
        text.to_owned()
    }
}

/// Returns `text` cut to `width` columns, with `…` for the omitted part.
pub(crate) fn cut_to_width(text: &str, width: usize) -> String {
    if width_of(text) <= width {
        return text.to_owned();
    }
    let (head, _) = split_at_width(text, width.saturating_sub(1));
    format!("{}…", head.trim_end())
}

/// Returns `text` cut or padded to `width` columns.
pub(crate) fn fit(text: &str, width: usize) -> String {
    let cut = cut_to_width(text, width);
    let missing = width.saturating_sub(width_of(&cut));
    cut + &" ".repeat(missing)
}

/// Returns the spans as lines, separated by spaces; a word too long for a line is broken.
pub(crate) fn paragraph(spans: &[Span], frame: Frame) -> Vec<String> {
    let mut lines = Lines {
        frame,
        done: Vec::new(),
        pieces: Vec::new(),
        used: frame.first,
    };
    for Span { text, style } in spans {
        for word in text.split_whitespace() {
            lines.add(word, *style);
        }
    }
    lines.finish()
}

/// The lines of a paragraph in preparation.
struct Lines {
    frame: Frame,
    done: Vec<String>,
    /// The current line, as spans of one style.
    pieces: Vec<Span>,
    used: usize,
}

impl Lines {
    fn add(&mut self, word: &str, style: Style) {
        let space = usize::from(!self.pieces.is_empty());
        let width = width_of(word);
        if self.used + space + width <= self.frame.width {
            self.put(word, style);
        } else if self.frame.rest + width <= self.frame.width {
            self.end_line();
            self.put(word, style);
        } else {
            self.add_broken(word, style);
        }
    }

    /// Adds a word that is longer than a line, in several parts.
    fn add_broken(&mut self, word: &str, style: Style) {
        let mut left = word;
        while !left.is_empty() {
            let space = usize::from(!self.pieces.is_empty());
            let room = self.frame.width.saturating_sub(self.used + space);
            let (head, tail) = split_at_width(left, room);
            if head.is_empty() && self.pieces.is_empty() {
                // Not one character fits: a line that is too long is better than none.
                self.put(left, style);
                return;
            }
            if !head.is_empty() {
                self.put(head, style);
            }
            left = tail;
            if !left.is_empty() {
                self.end_line();
            }
        }
    }

    fn put(&mut self, word: &str, style: Style) {
        let space = if self.pieces.is_empty() { "" } else { " " };
        self.used += space.len() + width_of(word);
        match self.pieces.last_mut() {
            Some(last) if last.style == style => last.text.extend([space, word]),
            Some(last) => {
                last.text.push_str(space);
                self.pieces.push(Span {
                    text: word.to_owned(),
                    style,
                });
            }
            None => self.pieces.push(Span {
                text: word.to_owned(),
                style,
            }),
        }
    }

    fn end_line(&mut self) {
        let indent = if self.done.is_empty() {
            self.frame.first
        } else {
            self.frame.rest
        };
        let mut line = " ".repeat(indent);
        for Span { text, style } in self.pieces.drain(..) {
            line.push_str(&painted(&text, style, self.frame.has_styles));
        }
        self.done.push(line.trim_end().to_owned());
        self.used = self.frame.rest;
    }

    fn finish(mut self) -> Vec<String> {
        if !self.pieces.is_empty() {
            self.end_line();
        }
        self.done
    }
}

/// Splits `text` after as many grapheme clusters as fit in `width` columns.
fn split_at_width(text: &str, width: usize) -> (&str, &str) {
    let mut used = 0;
    for (start, character) in text.grapheme_indices(true) {
        used += width_of(character);
        if used > width {
            return text.split_at(start);
        }
    }
    (text, "")
}
