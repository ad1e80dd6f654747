//! The parts of a text during segmentation, and how they become [`Segment`]s.

use std::ops::Range;

use crate::clause::furniture::Aside;
use crate::clause::line::is_space;
use crate::clause::segment::{Segment, SegmentKind};
use crate::provision::Label;

/// The most bytes of a heading, and of words that introduce clauses. More are a clause: they would be said again
/// with each of the clauses below. The longest of the agreements that this was tried on has 1,770.
const MAX_INTRODUCTION: usize = 4 << 10;

/// A part of the text whose end is not known yet: it ends where the next part begins.
#[derive(Clone, Debug)]
pub(crate) struct SegmentDraft {
    pub(crate) start: usize,
    /// Where the words after the label begin.
    pub(crate) body: usize,
    pub(crate) kind: SegmentKind,
    pub(crate) label: Option<String>,
    /// The index of the heading above it.
    pub(crate) heading: Option<usize>,
    /// The index of the part that introduces it.
    pub(crate) lead_in: Option<usize>,
    pub(crate) level: usize,
    /// The number of bytes of the label that name the provision, without its parts.
    pub(crate) n_provision: usize,
}

/// The parts of a text, and the page furniture and notes between their words.
#[derive(Debug)]
pub(crate) struct Outline<'a> {
    pub(crate) text: &'a str,
    pub(crate) drafts: Vec<SegmentDraft>,
    /// In order, without overlaps.
    pub(crate) asides: &'a [Aside],
}

/// The extent of a draft: its words, the furniture inside them, and what comes after them.
#[derive(Debug, Default)]
struct Extent {
    body: Range<usize>,
    /// The first furniture after the words, or the start of the next part.
    end: usize,
    /// The furniture inside the body, and that after it.
    inner: Range<usize>,
    trailing: Range<usize>,
}

impl Outline<'_> {
    /// Converts drafts to segments: contiguous, from the first byte to the last.
    pub(crate) fn segments(mut self) -> Vec<Segment> {
        let mut next_aside = 0;
        let extents: Vec<Extent> = (0..self.drafts.len())
            .map(|index| self.extent(index, &mut next_aside))
            .collect();
        self.settle_introductions(&extents);
        let mut segments = Vec::with_capacity(self.drafts.len() + self.asides.len() + 1);
        let first = self.start_of(0);
        let n_before = self.asides_before(0, first);
        self.push_asides(0..n_before, 0, first, &mut segments);
        for index in 0..self.drafts.len() {
            let next = self.start_of(index + 1);
            let label = self.drafts[index].label.take();
            let draft = &self.drafts[index];
            let extent = &extents[index];
            // A heading without a title is its own name: `Preamble`.
            let heading_of = |part: usize| match &extents[part].body {
                title if !title.is_empty() => title.clone(),
                _ => {
                    let name = self.drafts[part].start..self.drafts[part].body;
                    self.trimmed(name, SegmentKind::Heading)
                }
            };
            let words_of = |part: Option<usize>| part.map(|part| extents[part].body.clone());
            let asides = &self.asides[extent.inner.clone()];
            segments.push(Segment {
                range: draft.start..extent.end,
                kind: draft.kind,
                body: extent.body.clone(),
                label: label.map(Label::new),
                heading: draft.heading.map(heading_of),
                lead_in: words_of(draft.lead_in),
                level: u8::try_from(draft.level).unwrap_or(u8::MAX),
                n_provision: draft.n_provision,
                asides: asides.iter().map(|aside| aside.range.clone()).collect(),
            });
            self.push_asides(extent.trailing.clone(), extent.end, next, &mut segments);
        }
        segments
    }

    /// Makes clauses of the headings and lead-ins that are too long, and of lead-ins below which no clause has
    /// words: what they say would be nowhere.
    fn settle_introductions(&mut self, extents: &[Extent]) {
        let is_long = |part: usize| extents[part].body.len() > MAX_INTRODUCTION;
        let mut is_reached = vec![false; self.drafts.len()];
        for index in (0..self.drafts.len()).rev() {
            let draft = &mut self.drafts[index];
            draft.heading = draft.heading.filter(|&part| !is_long(part));
            draft.lead_in = draft.lead_in.filter(|&part| !is_long(part));
            let has_words = !extents[index].body.is_empty();
            let is_lost = draft.kind == SegmentKind::LeadIn && !is_reached[index] && has_words;
            let is_introduction = matches!(draft.kind, SegmentKind::Heading | SegmentKind::LeadIn);
            if is_lost || is_introduction && is_long(index) {
                draft.kind = SegmentKind::Clause;
            }
            let reaches = draft.kind == SegmentKind::Clause && has_words || is_reached[index];
            if let Some(above) = draft.lead_in.filter(|_| reaches) {
                is_reached[above] = true;
            }
        }
    }

    fn start_of(&self, index: usize) -> usize {
        self.drafts
            .get(index)
            .map_or(self.text.len(), |draft| draft.start)
    }

    /// The first furniture, from an index on, that does not begin before a byte.
    fn asides_before(&self, from: usize, byte: usize) -> usize {
        let n = self.asides[from..]
            .iter()
            .take_while(|aside| aside.range.start < byte)
            .count();
        from + n
    }

    fn extent(&self, index: usize, next_aside: &mut usize) -> Extent {
        let draft = &self.drafts[index];
        let next = self.start_of(index + 1);
        let from = self.asides_before(*next_aside, draft.start);
        let to = self.asides_before(from, next);
        *next_aside = to;
        let mut end = next;
        let mut n_kept = to;
        for (nth, Aside { range, .. }) in self.asides[from..to].iter().enumerate().rev() {
            let is_blank = self.text[range.end.min(end)..end]
                .trim_matches(is_space)
                .is_empty();
            if !is_blank || range.start < draft.body {
                break;
            }
            end = range.start;
            n_kept = from + nth;
        }
        let mut body_start = draft.body.min(end);
        let mut first_inner = from;
        // A page break between a number and its words is not part of the words.
        for Aside { range, .. } in &self.asides[from..n_kept] {
            let gap = self.text.get(body_start..range.start).unwrap_or("");
            if !gap.trim_matches(is_space).is_empty() {
                break;
            }
            body_start = range.end.clamp(body_start, end);
            first_inner += 1;
        }
        Extent {
            body: self.trimmed(body_start..end, draft.kind),
            end,
            inner: first_inner..n_kept,
            trailing: n_kept..to,
        }
    }

    /// The words of a part, without white space and without the marks around a Markdown heading.
    fn trimmed(&self, range: Range<usize>, kind: SegmentKind) -> Range<usize> {
        let end = range.end;
        let body = &self.text[range];
        let is_heading = kind == SegmentKind::Heading;
        let start = end - body.trim_start_matches(is_space).len();
        // A title in parentheses after its number, or above it.
        let is_inside = self.text[..start].ends_with(['(', '（', '【']);
        let is_wide = self.text[start..end].starts_with(['（', '【']);
        let is_parenthesized = is_heading && (is_inside || is_wide);
        let is_closing = |c: char| is_parenthesized && matches!(c, ')' | '）' | '】');
        let is_margin = |c: char| is_space(c) || is_heading && c == '#' || is_closing(c);
        let is_opening = |c: char| is_heading && matches!(c, '（' | '【');
        let start = end - self.text[start..end].trim_start_matches(is_opening).len();
        start..start + self.text[start..end].trim_end_matches(is_margin).len()
    }

    /// Adds the segments of page furniture between two bytes, and of the blank before it.
    fn push_asides(
        &self,
        asides: Range<usize>,
        from: usize,
        to: usize,
        segments: &mut Vec<Segment>,
    ) {
        let standing = &self.asides[asides];
        let first = standing.first().map_or(to, |aside| aside.range.start);
        if first > from {
            segments.push(beside(from..first, first..first, SegmentKind::Blank));
        }
        for (nth, Aside { range, kind, .. }) in standing.iter().enumerate() {
            let end = standing.get(nth + 1).map_or(to, |next| next.range.start);
            let last = segments.last_mut();
            match last {
                Some(last) if nth > 0 && last.kind == *kind && *kind == SegmentKind::Furniture => {
                    last.range.end = end;
                    last.body.end = range.end;
                }
                _ => segments.push(beside(range.start..end, range.clone(), *kind)),
            }
        }
    }
}

fn beside(range: Range<usize>, body: Range<usize>, kind: SegmentKind) -> Segment {
    Segment {
        range,
        kind,
        body,
        label: None,
        heading: None,
        lead_in: None,
        level: 0,
        n_provision: 0,
        asides: Vec::new(),
    }
}
