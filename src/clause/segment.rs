//! [`segment`]: a text into its clauses, without losing a byte.

use std::ops::Range;

use crate::clause::Label;
use crate::clause::cutter::Cutter;
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
    ///
    /// Unnumbered words inside a numbered provision, such as those that follow its list, bear the
    /// provision's label.
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
    /// A heading or title; that of a numbered provision bears its label.
    Heading,
    /// Words that introduce the clauses below and say nothing alone.
    LeadIn,
    /// What belongs to the page: page numbers, a table of contents.
    Furniture,
    /// White space alone.
    Blank,
}

/// A whole numbered provision: an article with its title, paragraphs and items.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Provision {
    /// Its label, without those of its parts.
    pub label: Label,
    /// The bytes it covers, from its label to the last word of its last part.
    pub range: Range<usize>,
}

/// Cuts `text` into clauses.
///
/// A clause is the smallest numbered or listed provision; `hints` say what the format marks as
/// heading, list item or label. Numbers are believed by their sequence, not by their looks: a
/// number inside a sentence, a reference at a line's start and a year begin no clause, and `(i)`
/// after `(h)` is a letter. Cannot fail: what is not understood is an unnumbered clause.
///
/// Takes one pass over the text and time linear in its length; lists deeper than 64 are laid flat.
pub fn segment(text: &str, hints: &[Hint]) -> Segmentation {
    Cutter::new(text, hints).cut()
}

impl Segmentation {
    /// Returns the numbered provisions whole, in the order of the text: the grain of articles.
    ///
    /// Parts without a label belong to none of them.
    pub fn provisions(&self) -> Vec<Provision> {
        let mut provisions: Vec<Provision> = Vec::new();
        let mut current: Option<String> = None;
        for part in &self.segments {
            let name = part.label.as_ref().map(Label::provision);
            let is_opened_again =
                part.kind == SegmentKind::Heading && part.level == 0 && part.body.is_empty();
            match (&name, provisions.last_mut()) {
                (Some(_), Some(open)) if name == current && !is_opened_again => {
                    open.range.end = part.range.start.max(part.body.end);
                }
                (Some(_), _) => provisions.extend(part.label.clone().map(|label| Provision {
                    label,
                    range: part.range.start..part.body.end.max(part.range.start),
                })),
                (None, _) if matches!(part.kind, SegmentKind::Furniture | SegmentKind::Blank) => {
                    continue;
                }
                (None, _) => {}
            }
            current = name;
        }
        provisions
    }
}
