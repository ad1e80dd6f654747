//! [`Sketch`]: a picture in preparation.

use std::fmt::Write;

use crate::report::form::html::text;
use crate::report::svg::palette::QUIET;

/// The size of a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Size {
    /// For a slide of 1280 by 720, with title and explanation. The default.
    #[default]
    Slide,
    /// For a journal column, 89 millimeters wide, with title and explanation above the picture.
    Column,
    /// As wide as the web page that contains it, which has the title and explanation itself.
    Page,
}

impl Size {
    /// Returns the width of a drawing, in its own units; letters are 11 units high: 16 pixels on a
    /// slide, 7 points in a column.
    pub(super) fn width(self) -> f64 {
        match self {
            Self::Slide => 820.0,
            Self::Page => 960.0,
            Self::Column => 390.0,
        }
    }

    /// Returns the greatest width of the names next to a chart: in a column they need a greater proportion.
    pub(super) fn names(self) -> f64 {
        match self {
            Self::Slide | Self::Page => 0.3 * self.width(),
            Self::Column => 0.42 * self.width(),
        }
    }

    /// Returns the margin around the drawing.
    fn margin(self) -> f64 {
        match self {
            Self::Slide => 17.0,
            Self::Column => 5.0,
            Self::Page => 0.0,
        }
    }

    /// Returns the number of text lines that fit below each other and are readable.
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
/// The width of a letter as a proportion of its height: a little more than the usual one.
const LETTER_WIDTH: f64 = 0.56;

/// The position of a text relative to its point: to the right, centered, or to the left.
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

/// A picture in preparation, in its own units, from the upper left corner.
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

    /// Makes the picture extend down to `y`.
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
        let words = text(words);
        let _ = writeln!(
            self.out,
            "<text x=\"{x:.1}\" y=\"{y:.1}\"{anchor}>{words}</text>"
        );
    }

    /// Draws a rectangle; `told` is its tooltip.
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

    /// Closes a tag, with a tooltip.
    fn close(&mut self, tag: &str, told: &str) {
        let _ = match told {
            "" => writeln!(self.out, "/>"),
            told => writeln!(self.out, "><title>{}</title></{tag}>", text(told)),
        };
    }

    /// Draws the meaning of the colors, in as few lines as possible; returns where it ends.
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

    /// Returns the picture, on white in case it is shown alone.
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
             fill=\"currentColor\">\n<title>{}</title>\n<desc>{}</desc>\n",
            text(self.title),
            text(self.reading)
        );
        let _ = writeln!(
            out,
            "<rect class=\"paper\" width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>"
        );
        let drawn = self.out;
        if self.size == Size::Page {
            return out + &drawn + "</svg>\n";
        }
        let _ = write!(
            out,
            "<g transform=\"translate({margin} {margin})\">\n{head}\
             <g transform=\"translate(0 {head_height})\">\n{drawn}</g></g>\n</svg>\n"
        );
        out
    }

    /// Returns the title and the explanation as drawn text, and their height; empty if the surrounding
    /// page has both.
    fn head(&self) -> (String, f64) {
        let mut out = String::new();
        let mut y = 0.0;
        if self.size == Size::Page {
            return (out, y);
        }
        let room = self.size.width();
        for line in wrapped(self.title, room * LETTER / TITLE) {
            y += TITLE * 1.2;
            let style = format!("font-size=\"{TITLE}\" font-weight=\"bold\"");
            let _ = writeln!(out, "<text y=\"{y:.1}\" {style}>{}</text>", text(&line));
        }
        for line in wrapped(self.reading, room) {
            y += LINE;
            let line = text(&line);
            let _ = writeln!(out, "<text y=\"{y:.1}\" fill=\"{QUIET}\">{line}</text>");
        }
        (out, y + LINE)
    }
}

/// Returns the assumed width of a letter: an East Asian letter is as wide as high, most others half as wide.
fn letter_width(c: char) -> f64 {
    match u32::from(c) {
        0x1100..=0x11ff | 0x2e80..=0xd7ff | 0xf900..=0xfaff | 0xfe30..=0xff60 => LETTER,
        _ => LETTER * LETTER_WIDTH,
    }
}

/// Returns the assumed width of a text.
pub(super) fn width_of(text: &str) -> f64 {
    text.chars().map(letter_width).sum()
}

/// Returns a text in lines of this width.
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

/// Returns a text cut to this width, with `…` if any is omitted.
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
    fn a_picture_is_well_formed_with_any_text() {
        let mut sketch = Sketch::new(Size::Column, "A & b", "c < d");
        sketch.text([1.0, 2.0], Anchor::End, "<script>\u{202e}\"'");
        sketch.rect([0.0, 0.0, 5.0, 5.0], "red", "a\u{0}<");
        let svg = sketch.finish();
        let tree = roxmltree::Document::parse(&svg).unwrap();
        let mut texts = tree.descendants().filter(|node| node.has_tag_name("text"));
        assert!(texts.any(|node| node.text() == Some("<script>⟨U+202E⟩\"'")));
    }
}
