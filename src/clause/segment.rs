//! [`Segmentation`]: a text in parts that, joined, give it back.

use std::borrow::Cow;
use std::ops::Range;

use crate::clause::line::is_space;
use crate::error::Diagnostic;
use crate::provision::Label;
use crate::words::runs_of;

/// A text segmented into contiguous parts that, joined, give the text back.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Segmentation {
    /// The parts, in order, each beginning where the one before ends.
    pub segments: Vec<Segment>,
    /// Gaps, repetitions and doubts in the numbering; lines are lines of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// One part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Segment {
    /// The bytes of the text it covers, including its label and the white space after it.
    pub range: Range<usize>,
    /// Its kind.
    pub kind: SegmentKind,
    /// Its own words: the bytes after the label, trimmed.
    pub body: Range<usize>,
    /// The full label, parents first (`Article 25(4)(a)`); `None` for an unnumbered part.
    ///
    /// Unnumbered words inside a numbered provision, such as those that follow its list, have the
    /// provision's label.
    pub label: Option<Label>,
    /// The bytes of the nearest heading above it.
    pub heading: Option<Range<usize>>,
    /// The bytes of the words that introduce it ("States should:"), the parent's own.
    pub lead_in: Option<Range<usize>>,
    /// Its depth, from 0: an article is above its paragraphs.
    pub level: u8,
    /// The bytes inside the body that are page furniture: running heads and page numbers where it
    /// continues after a page break, and notes at the foot of that page.
    pub(crate) asides: Vec<Range<usize>>,
    /// The number of bytes of the label that name the provision, without its parts.
    pub(crate) n_provision: usize,
}

/// The kind of a [`Segment`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SegmentKind {
    /// A clause.
    Clause,
    /// A heading or title; that of a numbered provision has its label.
    Heading,
    /// Words that introduce the clauses below and mean nothing alone.
    LeadIn,
    /// Page furniture: running heads, page numbers, a table of contents.
    Furniture,
    /// A note at the foot of a page.
    Footnote,
    /// White space only.
    Blank,
}

impl SegmentKind {
    /// Whether the part is not text of its own: page furniture, a note, white space.
    pub(crate) fn is_beside_the_text(self) -> bool {
        matches!(self, Self::Furniture | Self::Footnote | Self::Blank)
    }
}

impl Segment {
    /// Returns the label of its provision, without paragraphs and items: `Article 25` for `Article
    /// 25(4)(a)`, `Article 14.2` for `Article 14.2(1)`.
    pub fn provision(&self) -> Option<Label> {
        let label = self.label.as_ref()?.as_str();
        Some(Label::new(label.get(..self.n_provision).unwrap_or(label)))
    }
}

impl Segmentation {
    /// Returns the words of `text` in a range, without running heads, page numbers and notes, and
    /// without hyphens that break a word at a line's end.
    ///
    /// A hyphen is kept after prefixes that usually have one (`non-`, `self-`), and before a
    /// capital or a digit.
    pub fn words<'t>(&self, text: &'t str, range: Range<usize>) -> Cow<'t, str> {
        let pieces = self.pieces(text, range);
        match &pieces[..] {
            [] => Cow::Borrowed(""),
            [whole] => Cow::Borrowed(&text[whole.clone()]),
            _ => Cow::Owned(pieces.into_iter().map(|piece| &text[piece]).collect()),
        }
    }

    /// Returns the bytes of `text` that, joined, are the [`words`](Self::words) of a range, in order.
    ///
    /// It is the range itself, unless page furniture or a broken word is in it.
    pub fn pieces(&self, text: &str, range: Range<usize>) -> Vec<Range<usize>> {
        let asides = self.asides_in(&range);
        pieces_in(text, range, &asides)
    }

    /// The page furniture in a range.
    fn asides_in(&self, range: &Range<usize>) -> Vec<Range<usize>> {
        let first = self
            .segments
            .partition_point(|part| part.range.end <= range.start);
        let inside = self.segments[first..]
            .iter()
            .take_while(|part| part.range.start < range.end);
        let mut asides = Vec::new();
        for part in inside {
            if part.kind.is_beside_the_text() && part.range.start >= range.start {
                asides.push(part.range.start..part.range.end.min(range.end));
            }
            let within =
                |aside: &&Range<usize>| aside.start >= range.start && aside.end <= range.end;
            asides.extend(part.asides.iter().filter(within).cloned());
        }
        asides
    }
}

fn pieces_in(text: &str, range: Range<usize>, asides: &[Range<usize>]) -> Vec<Range<usize>> {
    if asides.is_empty() && !has_broken_word(&text[range.clone()]) {
        return vec![range];
    }
    let mut pieces = Pieces {
        text,
        all: Vec::new(),
    };
    let mut from = range.start;
    for aside in asides {
        pieces.add(from..aside.start);
        from = aside.end.min(range.end);
    }
    pieces.add(from..range.end);
    pieces.all
}

fn has_broken_word(body: &str) -> bool {
    body.contains("-\n") || body.contains("-\r")
}

/// The parts of a text that are words, collected in order.
struct Pieces<'t> {
    text: &'t str,
    all: Vec<Range<usize>>,
}

impl Pieces<'_> {
    /// Adds the words between two pieces of furniture, joining a word that was broken before.
    fn add(&mut self, between: Range<usize>) {
        let is_page_break = !self.all.is_empty();
        let mut start = between.start;
        for (nth, line) in self.text[between].split_inclusive(['\n', '\r']).enumerate() {
            let end = start + line.len();
            let next = end - line.trim_start_matches(is_space).len();
            if self.ends_in_broken_word() && self.text[next..end].starts_with(char::is_lowercase) {
                self.join(next..end);
            } else {
                let first = if nth == 0 && is_page_break {
                    next
                } else {
                    start
                };
                self.push(first..end);
            }
            start = end;
        }
    }

    fn push(&mut self, piece: Range<usize>) {
        match self.all.last_mut() {
            _ if piece.is_empty() => {}
            Some(last) if last.end == piece.start => last.end = piece.end,
            _ => self.all.push(piece),
        }
    }

    /// Returns the index of the piece with the last word, and where the word ends.
    fn last_word(&self) -> Option<(usize, usize)> {
        let ends = self.all.iter().enumerate().rev().map(|(index, piece)| {
            let words = self.text[piece.clone()].trim_end_matches(is_space);
            (index, piece.start + words.len())
        });
        ends.into_iter()
            .find(|(index, end)| *end > self.all[*index].start)
    }

    /// Whether the words end with a hyphen at a line's end.
    fn ends_in_broken_word(&self) -> bool {
        self.last_word().is_some_and(|(index, end)| {
            let is_at_line_end = index + 1 < self.all.len() || end < self.all[index].end;
            is_at_line_end && self.text[..end].ends_with('-')
        })
    }

    /// Adds the rest of a broken word, without the hyphen unless it belongs there.
    fn join(&mut self, rest: Range<usize>) {
        if let Some((index, end)) = self.last_word() {
            self.all.truncate(index + 1);
            let piece = &mut self.all[index];
            let before = &self.text[piece.start..end - 1];
            piece.end = end - usize::from(!keeps_hyphen(before));
            if piece.start == piece.end {
                self.all.pop();
            }
        }
        self.push(rest);
    }
}

/// Whether the last word before a hyphen is a prefix of compounds.
fn keeps_hyphen(before: &str) -> bool {
    const STEMS: [&str; 16] = [
        "non", "self", "cross", "well", "co", "so", "long", "short", "high", "low", "peer", "real",
        "multi", "end", "third", "anti",
    ];
    let word = runs_of(before, char::is_alphabetic).next_back();
    let is_after_letter = before.ends_with(char::is_alphabetic);
    !is_after_letter || word.is_some_and(|word| STEMS.contains(&word.to_lowercase().as_str()))
}
