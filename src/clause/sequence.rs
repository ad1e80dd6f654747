//! [`Sequence`]: the open lists, and where the next number belongs among them.
//!
//! A number is judged by those before it: the next number of an open list is accepted anywhere, the
//! first number of a new list nearly anywhere, any other only where a paragraph certainly begins.
//! So a year or a reference at a line's start is not a label, and `(i)` is a letter after `(h)` and
//! a Roman number elsewhere.

mod place;

use crate::clause::number::{Candidate, Delimiter, Enumerator};
use crate::clause::placement::{NumberPlacement, Signature};
use crate::clause::reading::{Reading, Style, readings_of};
use crate::provision::ProvisionKind;

/// The most lists inside each other; a deeper list is placed at the deepest level.
const MAX_NESTING: usize = 64;

/// An open list and its latest item.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    signature: Signature,
    last: Reading,
    /// The full label of the latest item.
    pub(crate) label: Option<String>,
    /// The index of the part that introduces all its items.
    pub(crate) lead_in: Option<usize>,
    /// Whether a heading has ended the latest item, so that it can no longer be a parent.
    is_closed: bool,
}

/// The open lists, outermost first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sequence {
    frames: Vec<Frame>,
    /// The number of them that contain the latest part of the text.
    depth: usize,
    /// A list of numbered paragraphs that a numbered title interrupted.
    dormant: Option<Frame>,
}

impl Sequence {
    /// Returns the number of lists that contain the latest part.
    pub(crate) fn depth(&self) -> usize {
        self.depth
    }

    /// Returns the label of the latest part's parent.
    pub(crate) fn parent_label(&self, depth: usize) -> Option<&str> {
        let frame = self.frames.get(depth.checked_sub(1)?)?;
        if frame.is_closed {
            None
        } else {
            frame.label.as_deref()
        }
    }

    /// Returns the words that introduce the list at a depth.
    pub(crate) fn lead_in(&self, depth: usize) -> Option<usize> {
        self.frames.get(depth).and_then(|frame| frame.lead_in)
    }

    /// Ends all items at a heading. Only the outermost list continues counting.
    pub(crate) fn close(&mut self) {
        self.frames.truncate(1);
        self.depth = self.frames.len();
        for frame in &mut self.frames {
            frame.is_closed = true;
            frame.lead_in = None;
        }
    }

    /// Whether a heading has ended all lists.
    fn is_at_heading(&self) -> bool {
        self.depth == 1 && self.frames.first().is_some_and(|frame| frame.is_closed)
    }

    /// Forgets all lists, because another text begins.
    pub(crate) fn clear(&mut self) {
        self.frames.clear();
        self.depth = 0;
        self.dormant = None;
    }

    /// Leaves lists of letters, Roman numbers and bullets: words after them belong to the provision
    /// that contains the list. The outermost `n_kept` lists are not left, because they continue.
    pub(crate) fn step_out(&mut self, n_kept: usize) {
        let is_list = |frame: &Frame| {
            let is_arabic = matches!(frame.signature.style, Style::Arabic | Style::Decimal(_));
            let is_item = frame.lead_in.is_some() && frame.signature.delimiter != Delimiter::Dot;
            frame.signature.kind.is_none() && (!is_arabic || is_item)
        };
        while self.depth > n_kept && is_list(&self.frames[self.depth - 1]) {
            self.depth -= 1;
        }
    }

    /// The number of lists open around the next item of one of them, if one of the numbers ahead is
    /// such an item and none before it starts one of them again.
    pub(crate) fn depth_of_next(&self, next: &[Candidate]) -> Option<usize> {
        let open = &self.frames[..self.depth];
        for Candidate { number, .. } in next {
            let is_alike = |frame: &Frame| {
                frame.signature.kind == number.kind
                    && frame.signature.delimiter == number.delimiter
                    && frame.signature.delimiter != Delimiter::Bullet
            };
            let follows = |frame: &Frame| {
                is_alike(frame)
                    && readings_of(number)
                        .into_iter()
                        .flatten()
                        .any(|reading| reading.continues(frame))
            };
            if let Some(place) = open.iter().rposition(follows) {
                return Some(place + 1);
            }
            if number.kind.is_some() || number.value.is_first() && open.iter().any(is_alike) {
                return None;
            }
        }
        None
    }

    /// Adds an item where `place` put it, with the label and introduction of its list.
    pub(crate) fn enter(
        &mut self,
        placement: NumberPlacement,
        label: Option<String>,
        lead_in: Option<usize>,
    ) {
        let kept = self
            .frames
            .get(placement.depth)
            .filter(|_| placement.is_sibling);
        let lead_in = kept.map_or(lead_in, |frame| frame.lead_in);
        let outermost = self.frames.first();
        if placement.signature.is_title && placement.depth == 0 && !placement.is_sibling {
            let is_paragraphs = |frame: &&Frame| !frame.signature.is_title;
            self.dormant = outermost.filter(is_paragraphs).cloned();
        } else if placement.depth == 0 && !placement.is_sibling && self.is_at_heading() {
            self.dormant = outermost.cloned();
        } else if placement.depth == 0 && placement.reading.value == 1 {
            self.dormant = None;
        }
        self.frames.truncate(placement.depth);
        self.frames.push(Frame {
            signature: placement.signature,
            last: placement.reading,
            label,
            lead_in,
            is_closed: false,
        });
        self.depth = self.frames.len();
    }

    /// Adds a provision whose full label is known.
    pub(crate) fn enter_labeled(&mut self, label: String) {
        self.clear();
        self.frames.push(Frame {
            signature: Signature {
                kind: Some(ProvisionKind::Paragraph),
                delimiter: Delimiter::Word,
                style: Style::Unnumbered,
                is_title: false,
            },
            last: Reading::unnumbered(),
            label: Some(label),
            lead_in: None,
            is_closed: false,
        });
        self.depth = 1;
    }

    /// Whether the latest part is a provision whose full label was known, with no list in it.
    pub(crate) fn is_behind_labeled(&self) -> bool {
        let is_labeled = |frame: &Frame| {
            frame.signature.kind == Some(ProvisionKind::Paragraph)
                && frame.signature.style == Style::Unnumbered
        };
        self.depth == 1 && self.frames.first().is_some_and(is_labeled)
    }

    /// Whether the latest part is an unnumbered item.
    pub(crate) fn is_in_bullets(&self) -> bool {
        let top = self
            .depth
            .checked_sub(1)
            .and_then(|top| self.frames.get(top));
        top.is_some_and(|frame| frame.signature.delimiter == Delimiter::Bullet)
    }

    /// Whether the latest part is an item with a small letter or Roman number.
    pub(crate) fn is_in_letters(&self) -> bool {
        let top = self.depth.checked_sub(1);
        let frame = top.and_then(|top| self.frames.get(top));
        let style = frame.map(|frame| frame.signature.style);
        matches!(
            style,
            Some(Style::Letter { is_upper: false } | Style::Roman { is_upper: false })
        )
    }

    /// Whether a provision with a word before its number, such as an article, is open.
    pub(crate) fn is_in_provision(&self) -> bool {
        let is_open = |frame: &Frame| frame.signature.kind.is_some() && !frame.is_closed;
        self.frames.first().is_some_and(is_open) && !self.is_in_preamble()
    }

    /// Whether the preamble is open, whose parts have no numbers from it.
    pub(crate) fn is_in_preamble(&self) -> bool {
        let first = self.frames.first();
        first.is_some_and(|frame| frame.signature.kind == Some(ProvisionKind::Preamble))
    }

    /// Whether a number is the next one of a list that is open or was interrupted by a title.
    pub(crate) fn continues(&self, found: &Enumerator) -> bool {
        let is_alike = |frame: &Frame| {
            frame.signature.kind == found.kind && frame.signature.delimiter == found.delimiter
        };
        readings_of(found).into_iter().flatten().any(|reading| {
            let follows = |frame: &Frame| is_alike(frame) && reading.continues(frame);
            self.frames.iter().chain(&self.dormant).any(follows)
        })
    }

    /// Whether a number is the next one of a list whose numbers have titles.
    pub(crate) fn continues_titles(&self, found: &Enumerator) -> bool {
        let follows = |frame: &Frame| {
            let mut readings = readings_of(found).into_iter().flatten();
            frame.signature.is_title && readings.any(|reading| reading.continues(frame))
        };
        found.kind.is_none() && self.frames.iter().any(follows)
    }
}

impl Reading {
    /// Whether this is the next number of a list, whatever its delimiters.
    fn continues(&self, frame: &Frame) -> bool {
        frame.signature.style == self.style && self.follows(&frame.last)
    }
}
