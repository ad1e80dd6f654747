//! [`segment`]: one walk over the lines of a text that decides what each of them begins.

mod around;
mod contents;
mod hinted;
mod labels;
mod numbered;
mod parenthesized;
mod plausible;
mod provisions;
mod survey;
mod titles;
mod words;

use crate::clause::enumerator::read_enumerator;
use crate::clause::inline::with_inline_items;
use crate::clause::line::{LineLayout, width_of};
use crate::clause::number::{Candidate, Enumerator};
use crate::clause::outline::{Outline, SegmentDraft};
use crate::clause::placement::NumberStrength;
use crate::clause::quote::{OpenQuotation, opening_in};
use crate::clause::segment::{SegmentKind, Segmentation};
use crate::clause::segmenter::provisions::Provisions;
use crate::clause::segmenter::survey::Survey;
use crate::clause::sequence::Sequence;
use crate::clause::title_block::without_titles;
use crate::clause::wording::{announces_with_colon, ends_part};
use crate::error::Diagnostic;
use crate::provision::ProvisionKind;
use crate::read::Hint;

/// The number of following numbers examined to distinguish letters from Roman numbers.
const LOOK_AHEAD: usize = 12;

/// The most lines of one title.
const MAX_TITLE_LINES: usize = 6;

/// The state of the walk over the lines.
#[derive(Debug, Default)]
struct Segmenter<'a> {
    survey: Survey<'a>,
    next_hint: usize,
    next_number: usize,
    sequence: Sequence,
    drafts: Vec<SegmentDraft>,
    diagnostics: Vec<Diagnostic>,
    /// The labels of provisions and their annex.
    provisions: Provisions,
    heading: Option<usize>,
    /// The heading now, if it is the title of one provision only.
    title: Option<ProvisionTitle>,
    /// Whether the title of the heading before may follow on a separate line.
    awaits_title: bool,
    /// The words that introduce the items of an unmarked list.
    implied: Option<usize>,
    /// The same for an unmarked list interrupted by a numbered list inside one of its items.
    interrupted: Option<usize>,
    joint: Joint,
    region: Region,
    /// Where a paragraph marked by the format ends.
    paragraph_end: usize,
    quotation: OpenQuotation,
    column: Column,
    /// The end of the latest line with words.
    last_end: usize,
    last_line: Option<usize>,
}

/// The number of lines of the latest part, and their greatest width.
#[derive(Debug, Default)]
struct Column {
    n_lines: usize,
    width: usize,
}

/// What is between the present line and the previous line with words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Joint {
    /// A line end.
    Line,
    /// A blank line, or nothing at the beginning.
    #[default]
    Blank,
    /// Page furniture or a note whose meaning is not known yet.
    Aside,
    /// A page break in the middle of a sentence.
    Page,
}

/// The region of the document that the walk is in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Region {
    /// The ordinary text.
    #[default]
    Text,
    /// A table of contents.
    Contents,
    /// The numbered recitals of an act.
    Recitals,
}

/// The title of one provision.
#[derive(Clone, Copy, Debug)]
struct ProvisionTitle {
    /// The heading of the provisions around it.
    above: Option<usize>,
    /// What it is the title of.
    kind: Option<ProvisionKind>,
}

/// A number at a position in a line, ready to become a part.
#[derive(Clone, Copy, Debug)]
struct Found<'f> {
    number: &'f Enumerator,
    index: usize,
    /// The byte from which the number's ranges count.
    base: usize,
    strength: NumberStrength,
}

/// Segments `text` into clauses.
///
/// A clause is the smallest numbered or listed provision; `hints` are the headings, list items and
/// labels that the format marks. Numbers are accepted by their sequence, not by their form: a
/// number inside a sentence, a reference at a line's start and a year begin no clause, and `(i)`
/// after `(h)` is a letter. Cannot fail: text that is not understood becomes an unnumbered clause.
///
/// Takes one pass over the text and time linear in its length; lists deeper than 64 are flattened.
///
/// # Examples
///
/// ```
/// use consonance::clause::{SegmentKind, segment};
///
/// let text = "1. Members shall keep a light.\n\n2. Members should:\n(a) tell of it;\n(b) mend it.\n";
/// let found = segment(text, &[]);
/// let clauses = found.segments.iter().filter(|part| part.kind == SegmentKind::Clause);
/// let cited: Vec<String> = clauses
///     .map(|part| {
///         let label = part.label.as_ref().map_or("", |label| label.as_str());
///         format!("{label}: {}", found.words(text, part.body.clone()))
///     })
///     .collect();
/// assert_eq!(cited, ["1: Members shall keep a light.", "2(a): tell of it;", "2(b): mend it."]);
/// ```
pub fn segment(text: &str, hints: &[Hint]) -> Segmentation {
    Segmenter::new(Survey::new(text, hints)).cut()
}

impl<'a> Segmenter<'a> {
    fn new(survey: Survey<'a>) -> Self {
        Self {
            drafts: Vec::with_capacity(survey.numbers.len()),
            survey,
            ..Self::default()
        }
    }

    fn cut(mut self) -> Segmentation {
        self.tell_contents();
        let mut index = 0;
        while index < self.survey.lines.len() {
            if let Some(end) = self.survey.aside_end(index) {
                self.joint = Joint::Aside;
                index = end;
            } else if self.survey.lines[index].is_blank() {
                if self.joint == Joint::Line {
                    self.joint = Joint::Blank;
                }
                index += 1;
            } else {
                if self.is_after_page(index) {
                    self.joint = self.joint_past_aside(index);
                }
                index = self.take(index);
            }
        }
        self.finish()
    }

    fn finish(self) -> Segmentation {
        let mut drafts = with_inline_items(self.survey.text, self.drafts);
        without_titles(self.survey.text, &mut drafts);
        let outline = Outline {
            text: self.survey.text,
            drafts,
            asides: &self.survey.asides,
        };
        Segmentation {
            segments: outline.segments(),
            diagnostics: self.diagnostics,
        }
    }

    /// Whether page furniture or a page break comes before a line.
    fn is_after_page(&self, index: usize) -> bool {
        let is_at_top = || self.survey.is_at_top(index) && !self.drafts.is_empty();
        self.joint == Joint::Aside || self.joint != Joint::Line && is_at_top()
    }

    /// What is between a line after page furniture and the words before it: blank lines around a
    /// page break mean nothing.
    fn joint_past_aside(&self, index: usize) -> Joint {
        let words = self.survey.words(index);
        let before = self.last_words();
        if !self.is_in_clause() {
            return if before.is_empty() && self.last_kind() == Some(SegmentKind::Clause) {
                Joint::Page
            } else {
                Joint::Blank
            };
        }
        if ends_part(before) {
            let is_full = self.last_line.is_some_and(|last| self.is_full(last, words));
            return if is_full { Joint::Line } else { Joint::Blank };
        }
        if words.starts_with(char::is_lowercase) && read_enumerator(words).is_none() {
            Joint::Page
        } else {
            Joint::Line
        }
    }

    /// Processes the part or the line that begins at a line; returns the line to continue with.
    fn take(&mut self, index: usize) -> usize {
        let is_behind = |candidate: &Candidate| candidate.line < index;
        while self
            .survey
            .numbers
            .get(self.next_number)
            .is_some_and(is_behind)
        {
            self.next_number += 1;
        }
        if let Some(next) = self.take_page_matter(index) {
            return next;
        }
        if self.is_quoted(index) {
            self.finish_line(index);
            return index + 1;
        }
        let next = self
            .take_hinted(index)
            .or_else(|| self.take_numbered(index))
            .or_else(|| self.take_title(index))
            .or_else(|| self.take_heading(index))
            .unwrap_or_else(|| self.take_words(index));
        self.finish_line(next - 1);
        next
    }

    /// Whether a line belongs to a quotation in the previous clause.
    fn is_quoted(&mut self, index: usize) -> bool {
        let line = self.survey.lines[index];
        if self.quotation.holds(line.start) {
            return true;
        }
        let words = &self.survey.text[line.range()];
        let may_open = words.starts_with(['“', '«', '„', '‘', '"'])
            && self.is_in_clause()
            && announces_with_colon(self.last_words());
        may_open && self.quotation.open(self.survey.text, line.start, line.end)
    }

    fn finish_line(&mut self, index: usize) {
        let line = self.survey.lines[index];
        let words = &self.survey.text[line.range()];
        if !self.quotation.holds(line.start)
            && self.last_kind() == Some(SegmentKind::Clause)
            && let Some(at) = opening_in(words)
        {
            self.quotation
                .open(self.survey.text, line.start + at, line.end);
        }
        if let LineLayout::Wrapped(_) = self.survey.layout {
            self.column.n_lines += 1;
            self.column.width = self.column.width.max(width_of(words));
        }
        self.last_end = line.end;
        self.last_line = Some(index);
        self.joint = Joint::Line;
    }

    /// The possible number at the start of a line.
    fn number_at(&self, index: usize) -> Option<&Enumerator> {
        let candidate = self.survey.numbers.get(self.next_number)?;
        (candidate.line == index).then_some(&candidate.number)
    }

    fn rest_of(&self, found: Found<'_>) -> &'a str {
        let end = self.survey.lines[found.index].end;
        self.survey.text[..end]
            .get(found.base + found.number.body..)
            .unwrap_or("")
            .trim_end_matches(['#', ' ', '*', '_'])
    }

    /// The words of the previous line with words; empty at the beginning.
    fn words_before(&self, index: usize) -> &'a str {
        self.last_line
            .filter(|last| *last < index)
            .map_or("", |last| self.survey.words(last))
    }

    /// The words of the latest part so far.
    fn last_words(&self) -> &'a str {
        let text = self.survey.text;
        self.drafts
            .last()
            .map_or("", |last| text.get(last.body..self.last_end).unwrap_or(""))
    }

    fn last_kind(&self) -> Option<SegmentKind> {
        self.drafts.last().map(|last| last.kind)
    }

    fn is_in_clause(&self) -> bool {
        matches!(
            self.last_kind(),
            Some(SegmentKind::Clause | SegmentKind::LeadIn)
        ) && !self.last_words().is_empty()
    }

    fn draft(&self, start: usize, body: usize, kind: SegmentKind) -> SegmentDraft {
        SegmentDraft {
            start,
            body,
            kind,
            label: None,
            heading: self.heading,
            lead_in: None,
            level: 0,
            n_provision: 0,
        }
    }

    fn push(&mut self, mut draft: SegmentDraft) {
        let label = draft.label.as_deref().unwrap_or("");
        let outermost = self.sequence.parent_label(1).unwrap_or("");
        let is_part = label.starts_with(outermost) && !outermost.is_empty();
        draft.n_provision = if is_part {
            outermost.len()
        } else {
            label.len()
        };
        self.provisions.has_any |= draft.label.is_some();
        self.column = Column::default();
        self.drafts.push(draft);
    }

    /// Adds a heading that ends the parts above it.
    fn push_heading(&mut self, start: usize, body: usize, level: usize) {
        self.sequence.close();
        self.implied = None;
        self.interrupted = None;
        self.awaits_title = false;
        self.title = None;
        self.region = Region::Text;
        self.push_as_heading(SegmentDraft {
            level,
            ..self.draft(start, body, SegmentKind::Heading)
        });
    }

    /// Adds a heading of the parts after it.
    fn push_as_heading(&mut self, draft: SegmentDraft) {
        self.push(SegmentDraft {
            heading: None,
            ..draft
        });
        self.heading = Some(self.drafts.len() - 1);
    }

    /// Ends the title of the provision before, as the next one begins. Numbers without a word do not
    /// end a preamble.
    fn leave_title(&mut self, next: Option<ProvisionKind>) {
        let is_in_preamble =
            |title: &ProvisionTitle| title.kind == Some(ProvisionKind::Preamble) && next.is_none();
        if let Some(title) = self.title.take_if(|title| !is_in_preamble(title)) {
            self.heading = title.above;
        }
    }

    /// Adds the title of the provision or group whose number precedes it.
    fn push_title(&mut self, start: usize, body: usize) {
        self.awaits_title = false;
        if self.sequence.is_in_provision() {
            self.title.get_or_insert(ProvisionTitle {
                above: self.heading,
                kind: None,
            });
        }
        let label = self.sequence.parent_label(self.sequence.depth());
        let label = label.map(str::to_owned);
        self.push_as_heading(SegmentDraft {
            label,
            ..self.draft(start, body, SegmentKind::Heading)
        });
    }
}
