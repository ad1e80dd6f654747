//! The parts of a text while they are cut, and how they become [`Segment`]s.

use std::ops::Range;

use crate::clause::label::Label;
use crate::clause::line::is_space;
use crate::clause::segment::{Segment, SegmentKind};

/// A part of the text whose end is not known yet: the next part begins there.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) start: usize,
    /// Where the words behind the label begin.
    pub(crate) body: usize,
    pub(crate) kind: SegmentKind,
    pub(crate) label: Option<String>,
    /// Which part is the heading above it.
    pub(crate) heading: Option<usize>,
    /// Which part introduces it.
    pub(crate) lead_in: Option<usize>,
    pub(crate) level: usize,
}

/// Makes segments of drafts: contiguous, from the first byte to the last.
pub(crate) fn segments_of(text: &str, drafts: &[Draft]) -> Vec<Segment> {
    let bodies: Vec<Range<usize>> = (0..drafts.len())
        .map(|index| body_of(text, drafts, index))
        .collect();
    let mut segments = Vec::with_capacity(drafts.len() + 1);
    let first = drafts.first().map_or(text.len(), |draft| draft.start);
    if first > 0 {
        segments.push(blank(first));
    }
    for (index, draft) in drafts.iter().enumerate() {
        let words_of = |part: Option<usize>| part.map(|part| bodies[part].clone());
        segments.push(Segment {
            range: draft.start..end_of(text, drafts, index),
            kind: draft.kind,
            body: bodies[index].clone(),
            label: draft.label.clone().map(Label::new),
            heading: words_of(draft.heading),
            lead_in: words_of(draft.lead_in),
            level: u8::try_from(draft.level).unwrap_or(u8::MAX),
        });
    }
    segments
}

fn blank(end: usize) -> Segment {
    Segment {
        range: 0..end,
        kind: SegmentKind::Blank,
        body: end..end,
        label: None,
        heading: None,
        lead_in: None,
        level: 0,
    }
}

fn end_of(text: &str, drafts: &[Draft], index: usize) -> usize {
    drafts.get(index + 1).map_or(text.len(), |next| next.start)
}

/// The words of a part, without white space and without the marks around a Markdown heading.
fn body_of(text: &str, drafts: &[Draft], index: usize) -> Range<usize> {
    let draft = &drafts[index];
    let end = end_of(text, drafts, index);
    let body = &text[draft.body.min(end)..end];
    let is_heading = draft.kind == SegmentKind::Heading;
    let is_margin = |c: char| is_space(c) || is_heading && c == '#';
    let start = end - body.trim_start_matches(is_space).len();
    start..start + text[start..end].trim_end_matches(is_margin).len()
}
