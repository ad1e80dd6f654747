//! [`Sketch`]: a picture while it is drawn.

use std::fmt::Write;

use crate::report::form::html::push_text;
use crate::report::svg::palette::QUIET;

/// The size of a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Size {
    /// For a slide of 1280 by 720, title and reading on it. The default.
    #[default]
    Slide,
    /// For a column of a journal, 89 millimeters wide, title and reading above it.
    Column,
    /// As wide as the web page that holds it, which says itself what the picture is and how to read it.
    Page,
}

impl Size {
    /// Returns how wide a drawing is, in its own units, where letters are 11 high: 16 pixels on a slide,
    /// 7 points in a column.
    pub(super) fn width(self) -> f64 {
        match self {
            Self::Slide => 820.0,
            Self::Page => 960.0,
            Self::Column => 390.0,
        }
    }

    /// Returns how wide the names beside a chart may be: in a column they need a greater share.
    pub(super) fn names(self) -> f64 {
        match self {
            Self::Slide | Self::Page => 0.3 * self.width(),
            Self::Column => 0.42 * self.width(),
        }
    }

    /// Returns what is left free around the drawing.
    fn margin(self) -> f64 {
        match self {
            Self::Slide => 17.0,
            Self::Column => 5.0,
            Self::Page => 0.0,
        }
    }

    /// Returns how many lines of text fit below each other and can still be read.
    pub(super) fn n_lines(self) -> usize {
        match self {
            Self::Slide => 22,
            Self::Page => 44,
            Self::Column => 48,
        }
    }
}

/// The height of a line of text, and of its letters.
pub(super) const LINE: f64 = 15.0;
pub(super) const LETTER: f64 = 11.0;
/// The height of the letters of a title.
const TITLE: f64 = 15.0;
/// The width of a letter as a share of its height: a little more than most have.
const LETTER_WIDTH: f64 = 0.56;

/// Where a text stands: before its place, behind it, or around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stroke {
    pub(super) color: &'static str,
    pub(super) width: f64,
}

/// A picture while it is drawn, in units of its own, from the upper left corner.
pub(super) struct Sketch {
    size: Size,
    height: f64,
    title: &'static str,
    reading: &'static str,
    out: String,
}

impl Sketch {
    pub(super) fn new(size: Size, title: &'static str, reading: &'static str) -> Self {
        Self {
            size,
            height: 0.0,
            title,
            reading,
            out: String::new(),
        }
    }

    /// Makes sure that the picture reaches down to `y`.
    fn reach(&mut self, y: f64) {
        self.height = self.height.max(y);
    }

    pub(super) fn text(&mut self, [x, y]: [f64; 2], anchor: Anchor, words: &str) {
        self.reach(y + LINE / 2.0);
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let _ = write!(self.out, "<text x=\"{x:.1}\" y=\"{y:.1}\"{anchor}>");
        push_text(&mut self.out, words);
        self.out.push_str("</text>\n");
    }

    /// Draws a rectangle; `told` is shown where a pointer rests on it.
    pub(super) fn rect(&mut self, [x, y, w, h]: [f64; 4], color: &str, told: &str) {
        self.reach(y + h);
        let _ = write!(
            self.out,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{w:.1}\" height=\"{h:.1}\" fill=\"{color}\""
        );
        self.close("rect", told);
    }

    pub(super) fn circle(&mut self, [x, y, r]: [f64; 3], color: &str, told: &str) {
        self.reach(y + r);
        let _ = write!(
            self.out,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{r:.1}\" fill=\"{color}\" stroke=\"#666\" \
             stroke-width=\".5\""
        );
        self.close("circle", told);
    }

    /// Draws a line along the commands of an SVG path.
    pub(super) fn path(&mut self, commands: &str, stroke: Stroke, told: &str) {
        let Stroke { color, width } = stroke;
        let _ = write!(
            self.out,
            "<path d=\"{commands}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"{width:.1}\""
        );
        self.close("path", told);
    }

    /// Closes a tag, with what is told where a pointer rests on it.
    fn close(&mut self, tag: &str, told: &str) {
        if told.is_empty() {
            self.out.push_str("/>\n");
            return;
        }
        self.out.push_str("><title>");
        push_text(&mut self.out, told);
        self.out.extend(["</title></", tag, ">\n"]);
    }

    /// Draws what the colors mean, beside each other as far as they fit; returns where that ends.
    pub(super) fn legend(&mut self, kinds: &[(&str, &str)]) -> f64 {
        let (mut x, mut y) = (0.0, 4.0);
        for (meaning, color) in kinds {
            let width = width_of(meaning) + 2.5 * LETTER;
            if x > 0.0 && x + width > self.size.width() {
                (x, y) = (0.0, y + LINE);
            }
            self.rect([x, y, 10.0, 10.0], color, "");
            self.text([x + 14.0, y + 9.0], Anchor::Start, meaning);
            x += width;
        }
        y + LINE
    }

    /// Returns the picture, on white for whoever shows it alone.
    pub(super) fn finish(self) -> String {
        let margin = self.size.margin();
        let (head, head_height) = self.head();
        let width = self.size.width() + 2.0 * margin;
        let mut height = (head_height + self.height + LINE + 2.0 * margin).ceil();
        let outer = match self.size {
            Size::Slide => {
                height = height.max((width * 9.0 / 16.0).ceil());
                "width=\"1280\" height=\"720\"".to_owned()
            }
            Size::Page => String::new(),
            Size::Column => format!("width=\"89mm\" height=\"{:.1}mm\"", 89.0 * height / width),
        };
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" {outer} viewBox=\"0 0 {width} {height}\" \
             role=\"img\" font-family=\"sans-serif\" font-size=\"{LETTER}\" color=\"#1b1b1b\" \
             fill=\"currentColor\">\n<title>"
        );
        push_text(&mut out, self.title);
        out.push_str("</title>\n<desc>");
        push_text(&mut out, self.reading);
        out.push_str("</desc>\n");
        let _ = writeln!(
            out,
            "<rect class=\"paper\" width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>"
        );
        if self.size == Size::Page {
            out.push_str(&self.out);
        } else {
            let _ = writeln!(out, "<g transform=\"translate({margin} {margin})\">");
            out.push_str(&head);
            let _ = writeln!(out, "<g transform=\"translate(0 {head_height})\">");
            out.push_str(&self.out);
            out.push_str("</g></g>\n");
        }
        out.push_str("</svg>\n");
        out
    }

    /// Returns the title and how to read the picture as drawn text, and how high they stand; nothing
    /// where the page around it says both.
    fn head(&self) -> (String, f64) {
        let mut out = String::new();
        let mut y = 0.0;
        if self.size == Size::Page {
            return (out, y);
        }
        let room = self.size.width();
        for line in wrapped(self.title, room * LETTER / TITLE) {
            y += TITLE * 1.2;
            let _ = write!(
                out,
                "<text y=\"{y:.1}\" font-size=\"{TITLE}\" font-weight=\"bold\">"
            );
            push_text(&mut out, &line);
            out.push_str("</text>\n");
        }
        for line in wrapped(self.reading, room) {
            y += LINE;
            let _ = write!(out, "<text y=\"{y:.1}\" fill=\"{QUIET}\">");
            push_text(&mut out, &line);
            out.push_str("</text>\n");
        }
        (out, y + LINE)
    }
}

/// Returns how wide a letter is taken to be: of East Asia as wide as high, of most scripts half that.
fn letter_width(c: char) -> f64 {
    match u32::from(c) {
        0x1100..=0x11ff | 0x2e80..=0xd7ff | 0xf900..=0xfaff | 0xfe30..=0xff60 => LETTER,
        _ => LETTER * LETTER_WIDTH,
    }
}

/// Returns how wide a text is taken to be.
pub(super) fn width_of(text: &str) -> f64 {
    text.chars().map(letter_width).sum()
}

/// Returns a text as lines of so many units.
fn wrapped(text: &str, width: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width_of(line) + width_of(word) + LETTER <= width => {
                line.extend([" ", word]);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Returns a text cut to so many units, with dots if any is left out.
pub(super) fn fitted(text: &str, width: f64) -> String {
    if width_of(text) <= width {
        return text.to_owned();
    }
    let mut used = LETTER;
    let kept: String = text
        .chars()
        .take_while(|c| {
            used += letter_width(*c);
            used <= width
        })
        .collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_to_fit() {
        assert_eq!(fitted("harbor", 100.0), "harbor");
        assert_eq!(fitted("the keeper of the harbor", 60.0), "the kee…");
        assert_eq!(fitted("港口灯塔守护者", 40.0), "港口…");
    }

    #[test]
    fn a_picture_is_well_formed_whatever_the_words() {
        let mut sketch = Sketch::new(Size::Column, "A & b", "c < d");
        sketch.text([1.0, 2.0], Anchor::End, "<script>\u{202e}\"'");
        sketch.rect([0.0, 0.0, 5.0, 5.0], "red", "a\u{0}<");
        let svg = sketch.finish();
        let tree = roxmltree::Document::parse(&svg).unwrap();
        let mut texts = tree.descendants().filter(|node| node.has_tag_name("text"));
        assert!(texts.any(|node| node.text() == Some("<script>⟨U+202E⟩\"'")));
    }
}
