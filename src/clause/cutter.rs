//! [`Cutter`]: one walk over the lines of a text that says what each of them begins.

mod hinted;
mod numbered;
mod survey;
mod words;

use std::collections::HashSet;

use crate::clause::aside::{Aside, asides_of};
use crate::clause::cutter::survey::{TitleStyle, article_titles, numbers_of, section_role};
use crate::clause::enumerator::read_enumerator;
use crate::clause::inline::with_inline_items;
use crate::clause::line::{Layout, Line, layout_of, lines_of, width_of};
use crate::clause::number::Enumerator;
use crate::clause::outline::{Draft, Outline};
use crate::clause::quote::{opening_in, quotation_end};
use crate::clause::segment::{SegmentKind, Segmentation};
use crate::clause::sequence::{Sequence, Strength, Surroundings};
use crate::clause::wording::{
    announces_with_colon, breaks_off, ends_part, ends_with_glued_dash, ends_with_page,
    ends_with_reference, introduces, is_contents_entry,
};
use crate::error::Diagnostic;
use crate::provision::{Kind, Role};
use crate::read::{Hint, HintKind};

/// How many numbers ahead are looked at to tell letters from Roman numbers.
const LOOK_AHEAD: usize = 12;

/// The most lines of one title.
const MAX_TITLE_LINES: usize = 6;

/// What is known while the lines are walked.
#[derive(Debug)]
pub(crate) struct Cutter<'a> {
    text: &'a str,
    lines: Vec<Line>,
    layout: Layout,
    /// Running heads, page numbers and notes; which of them comes next.
    asides: Vec<Aside>,
    next_aside: usize,
    hints: Vec<Hint>,
    next_hint: usize,
    has_heading_hints: bool,
    /// The possible numbers with their lines, and which of them comes next.
    numbers: Vec<(usize, Enumerator)>,
    next_number: usize,
    sequence: Sequence,
    drafts: Vec<Draft>,
    diagnostics: Vec<Diagnostic>,
    /// The annex the walk is in.
    annex: Option<Annex>,
    /// The numbers of provisions so far, as they are written in lower case, and the greatest one.
    provisions: HashSet<String>,
    greatest_provision: u32,
    has_provisions: bool,
    /// Whether sections are provisions of their own or groups of provisions.
    section_role: Role,
    heading: Option<usize>,
    /// Whether the title of the heading before may come on a line of its own.
    awaits_title: bool,
    /// The words that introduce the items of an unmarked list.
    implied: Option<usize>,
    /// Those of an unmarked list that a numbered list inside one of its items interrupted.
    interrupted: Option<usize>,
    article_titles: TitleStyle,
    joint: Joint,
    region: Region,
    /// Where a paragraph that the format marks ends.
    paragraph_end: usize,
    /// Where the quotation ends that the present clause holds.
    quotation_end: usize,
    /// No quotation that begins before this byte is closed.
    unclosed_until: usize,
    /// How many lines the latest part has, and the greatest width among them.
    column: (usize, usize),
    /// The end of the latest line with words.
    last_end: usize,
    last_line: Option<usize>,
}

/// A text of its own behind the main one.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Annex {
    label: String,
    /// Whether its provisions are told from those before it by its label: their numbers begin
    /// again. Not known before the first of them.
    is_needed: Option<bool>,
}

/// What stands between the present line and the line with words before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joint {
    /// A line end.
    Line,
    /// A blank line, or nothing at the beginning.
    Blank,
    /// Page matter or a note, what that means not being known yet.
    Aside,
    /// A page break in the middle of a sentence.
    Page,
}

/// Where in the document the walk is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Region {
    /// Nowhere special.
    Text,
    /// A table of contents.
    Contents,
    /// The numbered recitals of an act.
    Recitals,
}

/// A number at a place in a line, ready to become a part.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found<'f> {
    number: &'f Enumerator,
    index: usize,
    /// Where the number's ranges count from.
    base: usize,
    strength: Strength,
}

impl<'a> Cutter<'a> {
    pub(crate) fn new(text: &'a str, hints: &[Hint]) -> Self {
        let lines = lines_of(text);
        let layout = layout_of(text, &lines);
        let asides = asides_of(text, &lines);
        let numbers = numbers_of(text, &lines);
        let n_numbers = numbers.len();
        let section_role = section_role(&numbers);
        let article_titles = article_titles(text, &lines, &numbers);
        let mut hints: Vec<Hint> = hints
            .iter()
            .filter(|hint| text.get(hint.range.clone()).is_some())
            .cloned()
            .collect();
        hints.sort_by_key(|hint| hint.range.start);
        let has_heading_hints = hints
            .iter()
            .any(|hint| matches!(hint.kind, HintKind::Heading(_)));
        Self {
            text,
            lines,
            layout,
            asides,
            next_aside: 0,
            hints,
            next_hint: 0,
            has_heading_hints,
            numbers,
            next_number: 0,
            sequence: Sequence::default(),
            drafts: Vec::with_capacity(n_numbers),
            diagnostics: Vec::new(),
            annex: None,
            provisions: HashSet::new(),
            greatest_provision: 0,
            has_provisions: false,
            section_role,
            heading: None,
            awaits_title: false,
            implied: None,
            interrupted: None,
            article_titles,
            joint: Joint::Blank,
            region: Region::Text,
            paragraph_end: 0,
            quotation_end: 0,
            unclosed_until: 0,
            column: (0, 0),
            last_end: 0,
            last_line: None,
        }
    }

    pub(crate) fn cut(mut self) -> Segmentation {
        let mut index = 0;
        while index < self.lines.len() {
            if let Some(end) = self.aside_end(index) {
                self.joint = Joint::Aside;
                index = end;
            } else if self.lines[index].is_blank() {
                if self.joint == Joint::Line {
                    self.joint = Joint::Blank;
                }
                index += 1;
            } else {
                if self.joint == Joint::Aside || self.joint != Joint::Line && self.is_at_top(index)
                {
                    self.joint = self.joint_past_aside(index);
                }
                index = self.take(index);
            }
        }
        let asides: Vec<_> = self
            .asides
            .iter()
            .map(|aside| {
                let last = self.lines[aside.lines.end - 1];
                (self.lines[aside.lines.start].start..last.end, aside.kind)
            })
            .collect();
        let drafts = with_inline_items(self.text, self.drafts);
        let outline = Outline {
            text: self.text,
            drafts,
            asides: &asides,
        };
        Segmentation {
            segments: outline.segments(),
            diagnostics: self.diagnostics,
        }
    }

    /// Behind the aside that a line stands in, if it stands in one.
    fn aside_end(&mut self, index: usize) -> Option<usize> {
        while self
            .asides
            .get(self.next_aside)
            .is_some_and(|aside| aside.lines.end <= index)
        {
            self.next_aside += 1;
        }
        let aside = self.asides.get(self.next_aside)?;
        aside.lines.contains(&index).then_some(aside.lines.end)
    }

    /// Whether a page begins with a line, though not the first page.
    fn is_at_top(&self, index: usize) -> bool {
        let from = self.lines[index].from;
        from > 0 && self.text.as_bytes()[from - 1] == 0x0C && !self.drafts.is_empty()
    }

    /// What stands between a line behind page matter and the words before it: blank lines around a
    /// page break say nothing.
    fn joint_past_aside(&self, index: usize) -> Joint {
        let words = &self.text[self.lines[index].range()];
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

    /// Takes the part or the line that begins at a line; returns the line to go on with.
    fn take(&mut self, index: usize) -> usize {
        while self
            .numbers
            .get(self.next_number)
            .is_some_and(|(line, _)| *line < index)
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

    /// Whether a line belongs to a quotation that the clause before holds.
    fn is_quoted(&mut self, index: usize) -> bool {
        let line = self.lines[index];
        if line.start < self.quotation_end {
            return true;
        }
        let words = &self.text[line.range()];
        let may_open = words.starts_with(['“', '«', '„', '‘', '"'])
            && self.is_in_clause()
            && announces_with_colon(self.last_words());
        may_open && self.open_quotation(line.start, line.end)
    }

    /// Notes the end of a quotation that begins at a byte and goes on behind its line.
    fn open_quotation(&mut self, start: usize, line_end: usize) -> bool {
        if start < self.unclosed_until {
            return false;
        }
        match quotation_end(self.text, start, line_end) {
            Some(end) => self.quotation_end = end,
            None => self.unclosed_until = line_end,
        }
        self.quotation_end > line_end
    }

    fn finish_line(&mut self, index: usize) {
        let line = self.lines[index];
        let words = &self.text[line.range()];
        if line.start >= self.quotation_end
            && self.last_kind() == Some(SegmentKind::Clause)
            && let Some(at) = opening_in(words)
        {
            self.open_quotation(line.start + at, line.end);
        }
        if let Layout::Wrapped(_) = self.layout {
            let (n_lines, width) = self.column;
            self.column = (n_lines + 1, width.max(width_of(words)));
        }
        self.last_end = self.lines[index].end;
        self.last_line = Some(index);
        self.joint = Joint::Line;
    }

    // What belongs to the page.

    fn take_page_matter(&mut self, index: usize) -> Option<usize> {
        let words = &self.text[self.lines[index].range()];
        let is_in_contents = self.region == Region::Contents;
        let is_behind_entry = self.last_kind() == Some(SegmentKind::Furniture);
        let is_entry = is_contents_entry(words)
            || is_in_contents && self.is_listed(index)
            || is_behind_entry && self.is_unfinished_entry(index);
        if is_in_contents && !is_entry {
            self.region = Region::Text;
        }
        if !is_entry {
            return None;
        }
        if !is_behind_entry {
            let start = self.lines[index].start;
            self.push(self.draft(start, start, SegmentKind::Furniture));
        }
        self.finish_line(index);
        Some(index + 1)
    }

    /// Whether a line behind an entry of a table of contents is the first line of another one.
    fn is_unfinished_entry(&self, index: usize) -> bool {
        const MAX_LINES: usize = 3;
        let mut next = index;
        (1..MAX_LINES).any(|_| {
            let Some(line) = self.next_words(next + 1) else {
                return false;
            };
            next = line;
            is_contents_entry(&self.text[self.lines[line].range()])
        })
    }

    /// Whether a line of a table of contents is an entry: more than a number alone, and a page.
    fn is_listed(&self, index: usize) -> bool {
        let words = &self.text[self.lines[index].range()];
        let is_number_alone =
            read_enumerator(words).is_some_and(|number| number.body >= words.len());
        ends_with_page(words) && !is_number_alone
    }

    // Small questions.

    /// How sure it is that a line begins a part.
    fn strength(&self, index: usize) -> Strength {
        let is_after_mark = !matches!(
            self.last_kind(),
            Some(SegmentKind::Clause | SegmentKind::LeadIn)
        );
        if (self.joint == Joint::Blank) || is_after_mark {
            return Strength::Block;
        }
        let before = self.words_before(index);
        let is_ended = ends_part(before)
            || ends_with_glued_dash(before) && self.begins_list(index)
            || self.is_broken_on_purpose(index, before);
        if !is_ended {
            return Strength::Weak;
        }
        if self.layout == Layout::Unwrapped {
            Strength::Block
        } else {
            Strength::Strong
        }
    }

    /// Whether a line begins with the first number of a list.
    fn begins_list(&self, index: usize) -> bool {
        let number = self.numbers.get(self.next_number);
        number.is_some_and(|(line, number)| *line == index && number.value.is_first())
    }

    /// Whether the line before a line ends long before the edge of the page, as no wrapped line does.
    fn is_broken_on_purpose(&self, index: usize, before: &str) -> bool {
        const MARGIN: usize = 12;
        let Layout::Wrapped(width) = self.layout else {
            return false;
        };
        let bare_number = self
            .numbers
            .get(self.next_number)
            .is_some_and(|(line, number)| *line == index && number.kind.is_none());
        let words = &self.text[self.lines[index].range()];
        let first_word = words.split_whitespace().next().unwrap_or("");
        bare_number
            && self.last_line.is_some_and(|last| last + 1 == index)
            && width_of(before) + 1 + width_of(first_word) + MARGIN <= width
            && !ends_with_reference(before)
            && !breaks_off(before)
    }

    /// How wide the lines of the latest part are, if it has enough of them to tell.
    fn column_width(&self) -> usize {
        match self.column {
            (0..4, _) => usize::MAX,
            (_, width) => width,
        }
    }

    /// How a numbered part stands in the structure: a section is a group of provisions in a text
    /// that has articles, and a provision in others.
    fn role_of(&self, found: Found<'_>) -> Option<Role> {
        let kind = found.number.kind?;
        let is_sign = self.text[found.base..].starts_with('§');
        Some(match kind {
            Kind::Section if is_sign => Role::Provision,
            Kind::Section => self.section_role,
            _ => kind.role(),
        })
    }

    fn surroundings(&self, strength: Strength, is_title: bool) -> Surroundings<'_> {
        let is_comma_item = self.implied.is_some() && !announces_with_colon(self.last_words());
        Surroundings {
            strength,
            is_introduced: self.is_in_clause() && !is_comma_item && introduces(self.last_words()),
            is_title,
            next: self.ahead(),
        }
    }

    /// The possible numbers behind the present one.
    fn ahead(&self) -> &[(usize, Enumerator)] {
        let from = (self.next_number + 1).min(self.numbers.len());
        &self.numbers[from..(from + LOOK_AHEAD).min(self.numbers.len())]
    }

    fn rest_of(&self, found: Found<'_>) -> &'a str {
        let end = self.lines[found.index].end;
        self.text[..end]
            .get(found.base + found.number.body..)
            .unwrap_or("")
            .trim_end_matches(['#', ' ', '*', '_'])
    }

    /// The words of the line with words before a line, or nothing at the beginning.
    fn words_before(&self, index: usize) -> &'a str {
        self.last_line
            .filter(|last| *last < index)
            .map_or("", |last| &self.text[self.lines[last].range()])
    }

    /// The words of the latest part so far.
    fn last_words(&self) -> &'a str {
        let text = self.text;
        self.drafts
            .last()
            .map_or("", |last| text.get(last.body..self.last_end).unwrap_or(""))
    }

    fn annex_label(&self) -> Option<&str> {
        self.annex.as_ref().map(|annex| annex.label.as_str())
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

    /// The next line with words, from a line on; page matter and notes are no words.
    fn next_words(&self, from: usize) -> Option<usize> {
        let mut asides = self.asides[self.next_aside..].iter().peekable();
        (from..self.lines.len().min(from + 40)).find(|&index| {
            while asides.next_if(|aside| aside.lines.end <= index).is_some() {}
            let is_aside = asides
                .peek()
                .is_some_and(|aside| aside.lines.contains(&index));
            !self.lines[index].is_blank() && !is_aside
        })
    }

    fn draft(&self, start: usize, body: usize, kind: SegmentKind) -> Draft {
        Draft {
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

    fn push(&mut self, mut draft: Draft) {
        let label = draft.label.as_deref().unwrap_or("");
        let outermost = self.sequence.parent_label(1).unwrap_or("");
        let is_part = label.starts_with(outermost) && !outermost.is_empty();
        draft.n_provision = if is_part {
            outermost.len()
        } else {
            label.len()
        };
        self.has_provisions |= draft.label.is_some();
        self.column = (0, 0);
        self.drafts.push(draft);
    }

    /// Pushes a heading that ends what stands above it.
    fn push_heading(&mut self, start: usize, body: usize, level: usize) {
        self.sequence.close();
        self.implied = None;
        self.interrupted = None;
        self.awaits_title = false;
        self.region = Region::Text;
        let mut draft = self.draft(start, body, SegmentKind::Heading);
        draft.level = level;
        draft.heading = None;
        self.push(draft);
        self.heading = Some(self.drafts.len() - 1);
    }

    /// Pushes the title of the provision or group whose number stands before it.
    fn push_title(&mut self, start: usize, body: usize) {
        self.awaits_title = false;
        let label = self
            .sequence
            .parent_label(self.sequence.depth())
            .map(str::to_owned);
        let mut draft = self.draft(start, body, SegmentKind::Heading);
        draft.label = label;
        draft.heading = None;
        self.push(draft);
        self.heading = Some(self.drafts.len() - 1);
    }
}
