//! [`Sequence`]: the lists that are open, and where the next number belongs in them.
//!
//! A number is read by what came before it: the next one of an open list is believed anywhere, the
//! first one of a new list nearly anywhere, any other only where a paragraph surely begins. So a
//! year or a reference at a line's start is no label, and `(i)` is a letter after `(h)` and a
//! numeral elsewhere.

mod reading;

use crate::clause::number::{Delimiter, Enumerator, Value};
use crate::clause::sequence::reading::{Reading, Style, readings_of};
use crate::provision::Kind;

/// The most lists that stand in one another; what is deeper is laid beside the deepest.
pub(crate) const MAX_NESTING: usize = 64;

/// The largest gap in a numbering that is believed inside a block of lines.
const MAX_GAP: u32 = 3;

/// The largest number a list may begin with when its beginning is missing.
const MAX_OPENING: u32 = 500;

/// What the numbers of one list have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Signature {
    kind: Option<Kind>,
    delimiter: Delimiter,
    style: Style,
    /// Whether its numbers stand before titles, not before provisions.
    is_title: bool,
}

/// An open list and its latest item.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    signature: Signature,
    last: Reading,
    /// The full label of the latest item.
    pub(crate) label: Option<String>,
    /// The words that introduce all its items: which part of the text.
    pub(crate) lead_in: Option<usize>,
    /// Whether a heading has ended the latest item, so that it is nobody's parent any more.
    is_closed: bool,
}

/// How sure it is that a paragraph begins at a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Strength {
    /// The line before ends in the middle of a sentence.
    Weak,
    /// The line before ends with a mark that ends a sentence or an item.
    Strong,
    /// A blank line, a heading or nothing stands before.
    Block,
}

/// What the words around a number tell.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Surroundings<'a> {
    pub(crate) strength: Strength,
    /// Whether the words before introduce a list.
    pub(crate) is_introduced: bool,
    /// Whether the number stands before a title.
    pub(crate) is_title: bool,
    /// The possible numbers of the next lines.
    pub(crate) next: &'a [(usize, Enumerator)],
}

/// Where a number belongs.
#[derive(Clone, Debug)]
pub(crate) struct Placement {
    signature: Signature,
    reading: Reading,
    /// How many lists stay open around it.
    pub(crate) depth: usize,
    /// Whether it goes on a list that is open.
    pub(crate) is_sibling: bool,
    /// What is odd about it.
    pub(crate) oddity: Option<Oddity>,
}

/// What is odd about a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Oddity {
    /// Numbers are missing before it.
    Gap,
    /// The same number stood before.
    Repeated,
    /// A greater number stood before.
    Backward,
    /// The numbering starts again without a heading.
    Restarted,
    /// It stands deeper than [`MAX_NESTING`] lists.
    Flattened,
}

/// The lists that are open, outermost first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sequence {
    frames: Vec<Frame>,
    /// How many of them the latest part of the text stands in.
    depth: usize,
    /// A list of numbered paragraphs that a numbered title interrupted.
    dormant: Option<Frame>,
}

impl Sequence {
    /// Returns how many lists the latest part stands in.
    pub(crate) fn depth(&self) -> usize {
        self.depth
    }

    /// Returns the label of what the latest part belongs to.
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

    /// Ends all items: a heading stands here. Only the outermost list goes on counting.
    pub(crate) fn close(&mut self) {
        self.frames.truncate(1);
        self.depth = self.frames.len();
        for frame in &mut self.frames {
            frame.is_closed = true;
        }
    }

    /// Forgets all lists: another text begins.
    pub(crate) fn clear(&mut self) {
        self.frames.clear();
        self.depth = 0;
        self.dormant = None;
    }

    /// Steps out of lists of letters, Roman numbers and bullets: words behind them belong to the
    /// provision that holds the list. Some outermost lists are not left: they go on.
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

    /// How many lists are open around the next item of one of them, if one of the numbers ahead is
    /// such an item and none before it begins one of them anew.
    pub(crate) fn depth_of_next(&self, next: &[(usize, Enumerator)]) -> Option<usize> {
        let open = &self.frames[..self.depth];
        for (_, number) in next {
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

    /// Puts an item where `place` said, with the label and introduction of its list.
    pub(crate) fn enter(
        &mut self,
        placement: Placement,
        label: Option<String>,
        lead_in: Option<usize>,
    ) {
        let kept = self
            .frames
            .get(placement.depth)
            .filter(|_| placement.is_sibling);
        let lead_in = kept.map_or(lead_in, |frame| frame.lead_in);
        if placement.signature.is_title && placement.depth == 0 {
            let is_paragraphs = |frame: &Frame| !frame.signature.is_title;
            self.dormant = self
                .frames
                .first()
                .filter(|frame| is_paragraphs(frame))
                .cloned();
        } else if placement.reading.value == 1 {
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

    /// Puts a provision of its own, whose label is known whole.
    pub(crate) fn enter_labeled(&mut self, label: String) {
        self.clear();
        let style = Style::Unnumbered;
        self.frames.push(Frame {
            signature: Signature {
                kind: Some(Kind::Paragraph),
                delimiter: Delimiter::Word,
                style,
                is_title: false,
            },
            last: Reading {
                style,
                value: 0,
                inserted: 0,
                outer: Vec::new(),
            },
            label: Some(label),
            lead_in: None,
            is_closed: false,
        });
        self.depth = 1;
    }

    /// Whether the latest part is a provision whose label was known whole, and no list in it.
    pub(crate) fn is_behind_labeled(&self) -> bool {
        let is_labeled = |frame: &Frame| {
            frame.signature.kind == Some(Kind::Paragraph)
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

    /// Whether a provision with a word of its own, such as an article, is open.
    pub(crate) fn is_in_provision(&self) -> bool {
        self.frames
            .first()
            .is_some_and(|frame| frame.signature.kind.is_some() && !frame.is_closed)
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

    /// Returns where a number belongs, or nothing if it is no number of a list.
    ///
    /// A number is believed if it is the next one of an open list, or the first one of a new list;
    /// anything else needs a paragraph's start. Looks at each open list once: at most
    /// [`MAX_NESTING`].
    pub(crate) fn place(&self, found: &Enumerator, around: Surroundings<'_>) -> Option<Placement> {
        let readings = readings_of(found);
        let mut best: Option<(u32, Placement)> = None;
        for reading in readings.into_iter().flatten() {
            let signature = Signature {
                kind: found.kind,
                delimiter: found.delimiter,
                style: reading.style,
                is_title: around.is_title,
            };
            let Some((rank, placement)) = self.rate(signature, reading, around) else {
                continue;
            };
            let rank = rank + self.hint_of_next(found, &placement, around);
            if best.as_ref().is_none_or(|(top, _)| rank > *top) {
                best = Some((rank, placement));
            }
        }
        let (_, mut placement) = best?;
        if found.kind.is_some() {
            placement.depth = 0;
        }
        if placement.depth >= MAX_NESTING {
            placement.depth = MAX_NESTING - 1;
            placement.oddity = Some(Oddity::Flattened);
        }
        Some(placement)
    }

    /// Returns where an unnumbered item belongs that is indented so far: beside the last one
    /// indented alike, else inside what stands less far in.
    ///
    /// A mark that is new at its depth begins a list inside the item before, if that introduces one.
    pub(crate) fn place_bullet(
        &self,
        indent: usize,
        glyph: char,
        is_introduced: bool,
    ) -> Placement {
        let signature = Signature {
            kind: None,
            delimiter: Delimiter::Bullet,
            style: Style::Unnumbered,
            is_title: false,
        };
        let reading = Reading {
            style: Style::Unnumbered,
            value: u32::try_from(indent).unwrap_or(u32::MAX),
            inserted: u32::from(glyph),
            outer: Vec::new(),
        };
        let open = &self.frames[..self.depth];
        let is_bullet = |frame: &&Frame| frame.signature == signature;
        let is_known = |frame: &&Frame| {
            is_bullet(frame)
                && frame.last.value == reading.value
                && frame.last.inserted == reading.inserted
        };
        let n_below = open.iter().rev().take_while(|frame| is_bullet(frame));
        if let Some(nth) = n_below.clone().position(|frame| is_known(&frame)) {
            return Placement {
                signature,
                reading,
                depth: open.len() - nth - 1,
                is_sibling: true,
                oddity: None,
            };
        }
        let is_nested = is_introduced
            && n_below
                .take(1)
                .any(|frame| frame.last.value == reading.value);
        if is_nested {
            return Placement {
                signature,
                reading,
                depth: open.len().min(MAX_NESTING - 1),
                is_sibling: false,
                oddity: None,
            };
        }
        let n_further_in = open
            .iter()
            .rev()
            .take_while(|frame| is_bullet(frame) && frame.last.value > reading.value)
            .count();
        let depth = open.len() - n_further_in;
        let is_alike = |frame: &Frame| is_bullet(&frame) && frame.last.value == reading.value;
        let is_sibling = depth > 0 && is_alike(&open[depth - 1]);
        let depth = depth - usize::from(is_sibling);
        Placement {
            signature,
            reading,
            depth: depth.min(MAX_NESTING - 1),
            is_sibling,
            oddity: None,
        }
    }

    /// How well one reading of a number fits, and where.
    fn rate(
        &self,
        signature: Signature,
        reading: Reading,
        around: Surroundings<'_>,
    ) -> Option<(u32, Placement)> {
        let sibling = |depth: usize, oddity, reading: Reading| Placement {
            signature,
            reading,
            depth,
            is_sibling: true,
            oddity,
        };
        let is_same = |frame: &Frame| frame.signature == signature;
        let follows = |frame: &Frame| is_same(frame) && reading.follows(&frame.last);
        if let Some(depth) = self.frames.iter().rposition(follows) {
            let nearness = u32::try_from(depth).unwrap_or(0);
            return Some((400 + nearness, sibling(depth, None, reading)));
        }
        let is_resumed = self.dormant.as_ref().is_some_and(follows);
        if is_resumed {
            return Some((390, sibling(0, None, reading)));
        }
        if reading.is_first() {
            return Some((300, self.open(signature, reading, around)));
        }
        let depth = self.frames.iter().rposition(is_same);
        let gap = depth.map(|depth| reading.distance(&self.frames[depth].last));
        match (depth, gap) {
            (Some(depth), Some(gap)) if gap > 0 => {
                let is_near = gap <= i64::from(MAX_GAP) + 1;
                let is_believed = around.strength == Strength::Block && !reading.is_year()
                    || around.strength == Strength::Strong && is_near;
                is_believed.then(|| (200, sibling(depth, Some(Oddity::Gap), reading)))
            }
            (Some(depth), Some(gap)) if around.strength == Strength::Block => {
                let oddity = match signature.style {
                    Style::Unnumbered => None,
                    _ if gap == 0 => Some(Oddity::Repeated),
                    _ => Some(Oddity::Backward),
                };
                Some((100, sibling(depth, oddity, reading)))
            }
            (None, _) if around.strength == Strength::Block && reading.may_open(signature) => {
                let mut placement = self.open(signature, reading, around);
                let is_missed = signature.kind.is_none() && placement.reading.value > 1;
                placement.oddity = placement.oddity.or(is_missed.then_some(Oddity::Gap));
                Some((50, placement))
            }
            _ => None,
        }
    }

    /// Where a new list begins.
    fn open(&self, signature: Signature, reading: Reading, around: Surroundings<'_>) -> Placement {
        let same = self
            .frames
            .iter()
            .rposition(|frame| frame.signature == signature);
        let mut depth = self.depth;
        let mut oddity = None;
        let is_nested = around.is_introduced && self.depth == self.frames.len();
        match same {
            Some(place) if place >= self.depth || !is_nested => {
                let frame = &self.frames[place];
                let is_restarted = place < self.depth && !frame.is_closed;
                oddity = is_restarted.then_some(Oddity::Restarted);
                depth = place;
            }
            _ if !around.is_introduced && matches!(signature.style, Style::Arabic) => {
                let is_deeper = |frame: &Frame| {
                    frame.signature.kind.is_none()
                        && !matches!(frame.signature.style, Style::Arabic | Style::Decimal(_))
                };
                while depth > 0 && is_deeper(&self.frames[depth - 1]) {
                    depth -= 1;
                }
            }
            _ => {}
        }
        if signature.is_title {
            depth = 0;
        }
        if let Style::Decimal(_) = signature.style {
            depth = self.place_of_outer(&reading).unwrap_or(depth);
        }
        Placement {
            signature,
            reading,
            depth,
            is_sibling: false,
            oddity,
        }
    }

    /// Behind the item whose number begins a decimal number: `3` for `3.2`.
    fn place_of_outer(&self, reading: &Reading) -> Option<usize> {
        let outer = reading.outer.split_last()?;
        let is_outer = |frame: &Frame| match frame.signature.style {
            Style::Arabic => outer.1.is_empty() && frame.last.value == *outer.0,
            Style::Decimal(_) => frame.last.value == *outer.0 && frame.last.outer == outer.1,
            _ => false,
        };
        self.frames
            .iter()
            .rposition(is_outer)
            .map(|place| place + 1)
    }

    /// Lets the next number of the same kind decide between a letter and a Roman number.
    fn hint_of_next(
        &self,
        found: &Enumerator,
        placement: &Placement,
        around: Surroundings<'_>,
    ) -> u32 {
        let is_ambiguous = matches!(
            found.value,
            Value::Letters {
                letter: Some(_),
                roman: Some(_),
                ..
            }
        );
        if !is_ambiguous {
            return 0;
        }
        let next = around.next.iter().map(|(_, next)| next).find(|next| {
            next.delimiter == found.delimiter && next.kind == found.kind && next.is_like(found)
        });
        let Some(next) = next else {
            return match placement.reading.style {
                Style::Roman { .. } if found.kind.is_some() => 200,
                Style::Roman { .. } if self.frames.is_empty() => 10,
                _ => 0,
            };
        };
        let goes_on = readings_of(next).into_iter().flatten().any(|reading| {
            reading.style == placement.reading.style && reading.follows(&placement.reading)
        });
        if goes_on { 200 } else { 0 }
    }
}

impl Reading {
    /// Whether this is the next number of a list, whatever sets the number apart.
    fn continues(&self, frame: &Frame) -> bool {
        frame.signature.style == self.style && self.follows(&frame.last)
    }

    /// Whether a list may begin with this number, its beginning missing.
    fn may_open(&self, signature: Signature) -> bool {
        match self.style {
            _ if signature.kind.is_some() => true,
            Style::Arabic => signature.delimiter != Delimiter::Space && self.value <= MAX_OPENING,
            Style::Decimal(_) => true,
            _ => matches!(
                signature.delimiter,
                Delimiter::Parentheses | Delimiter::Closing
            ),
        }
    }
}
