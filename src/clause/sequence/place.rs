//! Where the next number belongs: each of its possible values is rated against the open lists.

use crate::clause::number::{Delimiter, Enumerator};
use crate::clause::placement::{
    Bullet, NumberPlacement, NumberStrength, Oddity, Signature, Surroundings,
};
use crate::clause::reading::{Reading, Style, readings_of};
use crate::clause::sequence::{Frame, MAX_NESTING, Sequence};

/// The largest gap in a numbering that is accepted inside a block of lines.
const MAX_GAP: u32 = 3;

/// The largest number that may begin a list whose beginning is missing.
const MAX_OPENING: u32 = 500;

impl Sequence {
    /// Returns where a number belongs, or `None` if it is not a number of a list.
    ///
    /// A number is accepted if it is the next one of an open list, or the first one of a new list;
    /// any other must be at the start of a paragraph. Examines each open list once: at most
    /// [`MAX_NESTING`].
    pub(crate) fn place(
        &self,
        found: &Enumerator,
        around: Surroundings<'_>,
    ) -> Option<NumberPlacement> {
        let readings = readings_of(found);
        let mut best: Option<(u32, NumberPlacement)> = None;
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

    /// Returns where an unnumbered item belongs: in the list of the last one with the same
    /// indentation, else inside an item with less indentation.
    ///
    /// A mark that is new at its depth begins a list inside the item before, if that introduces one.
    pub(crate) fn place_bullet(&self, bullet: Bullet) -> NumberPlacement {
        let signature = Signature {
            kind: None,
            delimiter: Delimiter::Bullet,
            style: Style::Unnumbered,
            is_title: false,
        };
        let reading = Reading {
            value: u32::try_from(bullet.indent).unwrap_or(u32::MAX),
            inserted: u32::from(bullet.glyph),
            ..Reading::unnumbered()
        };
        let open = &self.frames[..self.depth];
        let n_bullets = open
            .iter()
            .rev()
            .take_while(|frame| frame.signature == signature)
            .count();
        let bullets = &open[open.len() - n_bullets..];
        let is_alike = |frame: &Frame| frame.last.value == reading.value;
        let is_same = |frame: &Frame| is_alike(frame) && frame.last.inserted == reading.inserted;
        let n_further_in = bullets
            .iter()
            .rev()
            .take_while(|frame| frame.last.value > reading.value)
            .count();
        let depth = open.len() - n_further_in;
        let (depth, is_sibling) = if let Some(nth) = bullets.iter().rposition(is_same) {
            (open.len() - n_bullets + nth, true)
        } else if bullet.is_introduced && bullets.last().is_some_and(is_alike) {
            (open.len().min(MAX_NESTING - 1), false)
        } else if n_further_in < n_bullets && is_alike(&open[depth - 1]) {
            ((depth - 1).min(MAX_NESTING - 1), true)
        } else {
            (depth.min(MAX_NESTING - 1), false)
        };
        NumberPlacement {
            signature,
            reading,
            depth,
            is_sibling,
            oddity: None,
        }
    }

    /// How well one possible value of a number fits, and where.
    fn rate(
        &self,
        signature: Signature,
        reading: Reading,
        around: Surroundings<'_>,
    ) -> Option<(u32, NumberPlacement)> {
        let sibling = |depth: usize, oddity, reading: Reading| NumberPlacement {
            signature,
            reading,
            depth,
            is_sibling: true,
            oddity,
        };
        let is_same = |frame: &Frame| frame.signature.is_like(signature);
        let follows = |frame: &Frame| is_same(frame) && reading.follows(&frame.last);
        if let Some(depth) = self.frames.iter().rposition(follows) {
            let nearness = u32::try_from(depth).unwrap_or(0);
            return Some((400 + nearness, sibling(depth, None, reading)));
        }
        let is_resumed = self.dormant.as_ref().is_some_and(follows);
        if is_resumed {
            return Some((390, sibling(0, None, reading)));
        }
        if reading.is_inserted_letter() {
            // Words look like inserted letters: `(of)`.
            let is_before_first = reading.value == 0 && precedes_first_letter(signature, around);
            return is_before_first.then(|| (300, self.open(signature, reading, around)));
        }
        if self.is_second_paragraph(signature, &reading, around) {
            let mut placement = self.open(signature, reading, around);
            placement.depth = 1;
            return Some((300, placement));
        }
        if reading.is_first() {
            return Some((300, self.open(signature, reading, around)));
        }
        if around.strength == NumberStrength::Block
            && let Some(depth) = self
                .frames
                .iter()
                .position(|frame| frame.precedes(signature, &reading))
        {
            return Some((250, sibling(depth, None, reading)));
        }
        let depth = self.frames.iter().rposition(is_same);
        let gap = depth.map(|depth| reading.distance(&self.frames[depth].last));
        match (depth, gap) {
            (Some(depth), Some(gap)) if gap > 0 => {
                let is_near = gap <= i64::from(MAX_GAP) + 1;
                let is_believed = around.strength == NumberStrength::Block && !reading.is_year()
                    || around.strength == NumberStrength::Strong && is_near;
                is_believed.then(|| (200, sibling(depth, Some(Oddity::Gap), reading)))
            }
            (Some(depth), Some(gap)) if around.strength == NumberStrength::Block => {
                let oddity = match signature.style {
                    Style::Unnumbered => None,
                    _ if gap == 0 => Some(Oddity::Repeated),
                    _ => Some(Oddity::Backward),
                };
                Some((100, sibling(depth, oddity, reading)))
            }
            (None, _)
                if around.strength == NumberStrength::Block && reading.may_open(signature) =>
            {
                let mut placement = self.open(signature, reading, around);
                let is_missed = signature.kind.is_none() && placement.reading.value > 1;
                placement.oddity = placement.oddity.or(is_missed.then_some(Oddity::Gap));
                Some((50, placement))
            }
            _ => None,
        }
    }

    /// Whether a number is the second paragraph of a provision whose first one has no number.
    fn is_second_paragraph(
        &self,
        signature: Signature,
        reading: &Reading,
        around: Surroundings<'_>,
    ) -> bool {
        let is_paragraph = |frame: &Frame| {
            frame.signature.kind.is_none()
                && matches!(frame.signature.style, Style::Arabic | Style::Decimal(_))
        };
        signature.style == Style::Arabic
            && signature.kind.is_none()
            && signature.delimiter == Delimiter::Dot
            && reading.value == 2
            && reading.inserted == 0
            && around.strength > NumberStrength::Weak
            && self.is_in_provision()
            && !self.frames.iter().any(is_paragraph)
    }

    /// Where a new list begins.
    fn open(
        &self,
        signature: Signature,
        reading: Reading,
        around: Surroundings<'_>,
    ) -> NumberPlacement {
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
        let is_outermost = self.is_in_preamble() || same.is_none() && self.is_at_heading();
        if signature.is_title || is_outermost {
            depth = 0;
        }
        if let Style::Decimal(_) = signature.style {
            depth = self.place_of_outer(&reading).unwrap_or(depth);
        }
        NumberPlacement {
            signature,
            reading,
            depth,
            is_sibling: false,
            oddity,
        }
    }

    /// After the item whose number begins a decimal number: `3` for `3.2`.
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

    /// Decides between a letter and a Roman number by the next number of the same kind.
    fn hint_of_next(
        &self,
        found: &Enumerator,
        placement: &NumberPlacement,
        around: Surroundings<'_>,
    ) -> u32 {
        let is_ambiguous = matches!(found.value.letters(), (Some(_), Some(_)));
        if !is_ambiguous {
            return 0;
        }
        let next = around.next.iter().map(|next| &next.number).find(|next| {
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

/// Whether the letters ahead begin with `(a)`, or with `(zb)` after a `(za)`.
fn precedes_first_letter(signature: Signature, around: Surroundings<'_>) -> bool {
    around
        .next
        .iter()
        .map(|next| &next.number)
        .filter(|next| next.delimiter == signature.delimiter && next.kind == signature.kind)
        .take_while(|next| {
            let mut readings = readings_of(next).into_iter().flatten();
            readings.any(|reading| reading.value <= 1 && reading.style == signature.style)
        })
        .any(|next| next.value.is_first())
}

impl Frame {
    /// Whether a plain number is the next one after this list's latest, but for what closes it, or
    /// the next one after the numbers above a list such as `4.1`, `4.2`.
    fn precedes(&self, signature: Signature, reading: &Reading) -> bool {
        let is_next = match self.signature.style {
            Style::Arabic => {
                self.signature.is_closed_otherwise(signature) && reading.follows(&self.last)
            }
            Style::Decimal(_) => {
                let [outer] = self.last.outer[..] else {
                    return false;
                };
                signature.style == Style::Arabic && outer.checked_add(1) == Some(reading.value)
            }
            _ => false,
        };
        is_next && self.signature.kind.is_none() && signature.kind.is_none()
    }
}

impl Signature {
    /// Whether numbers belong to one list. Numbers such as `1.2` do with or without a title and
    /// whatever closes them.
    fn is_like(self, other: Self) -> bool {
        let is_decimal = matches!(self.style, Style::Decimal(_));
        self == other || is_decimal && self.kind == other.kind && self.style == other.style
    }

    /// Whether only the marks that close two plain numbers are different.
    fn is_closed_otherwise(self, other: Self) -> bool {
        let is_plain = |delimiter| {
            matches!(
                delimiter,
                Delimiter::Dot | Delimiter::Closing | Delimiter::Space
            )
        };
        let same = Self {
            delimiter: other.delimiter,
            ..self
        };
        same == other
            && !self.is_title
            && self.style == Style::Arabic
            && is_plain(self.delimiter)
            && is_plain(other.delimiter)
    }
}

impl Reading {
    /// Whether a list whose beginning is missing may begin with this number.
    fn may_open(&self, signature: Signature) -> bool {
        match self.style {
            _ if signature.kind.is_some() => true,
            Style::Arabic => signature.delimiter != Delimiter::Space && self.value <= MAX_OPENING,
            Style::Decimal(_) => true,
            _ => matches!(
                signature.delimiter,
                Delimiter::Parentheses | Delimiter::Closing | Delimiter::Circle
            ),
        }
    }
}
