//! [`segment`]: a text into its clauses, without losing a byte.

use std::ops::Range;

use crate::clause::Label;
use crate::error::Diagnostic;
use crate::read::Hint;

/// A text cut into contiguous parts that joined give the text back.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Segmentation {
    /// The parts, in order, each beginning where the one before ends.
    pub segments: Vec<Segment>,
    /// What the numbering has gaps, repeats or doubts in; lines are lines of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// One part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Segment {
    /// The bytes of the text it covers, its label and the white space after it among them.
    pub range: Range<usize>,
    /// What it is.
    pub kind: SegmentKind,
    /// Its own words: the bytes after the label, trimmed.
    pub body: Range<usize>,
    /// The full label, parents first (`Article 25(4)(a)`); nothing for an unnumbered part.
    pub label: Option<Label>,
    /// The bytes of the nearest heading above it.
    pub heading: Option<Range<usize>>,
    /// The bytes of the words that introduce it ("States should:"), the parent's own.
    pub lead_in: Option<Range<usize>>,
    /// How deep it stands, from 0: an article is above its paragraphs.
    pub level: u8,
}

/// What a [`Segment`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SegmentKind {
    /// A clause.
    Clause,
    /// A heading or title.
    Heading,
    /// Words that introduce the clauses below and say nothing alone.
    LeadIn,
    /// White space alone.
    Blank,
}

/// Cuts `text` into clauses.
pub fn segment(text: &str, hints: &[Hint]) -> Segmentation {
    let _ = hints;
    let whole = Segment {
        range: 0..text.len(),
        kind: SegmentKind::Clause,
        body: 0..text.len(),
        label: None,
        heading: None,
        lead_in: None,
        level: 0,
    };
    Segmentation {
        segments: vec![whole],
        diagnostics: Vec::new(),
    }
}
