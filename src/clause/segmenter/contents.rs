//! Tables of contents, which are page furniture.

use crate::clause::enumerator::read_enumerator;
use crate::clause::segment::SegmentKind;
use crate::clause::segmenter::{Region, Segmenter};
use crate::clause::wording::{ends_with_page, is_contents_entry, is_contents_heading};
use crate::error::{Diagnostic, Severity};

impl Segmenter<'_> {
    /// Processes an entry of a table of contents.
    pub(super) fn take_page_matter(&mut self, index: usize) -> Option<usize> {
        let words = self.survey.words(index);
        let is_in_contents = self.region == Region::Contents;
        let is_behind_entry = self.last_kind() == Some(SegmentKind::Furniture);
        let is_entry = is_contents_entry(words)
            || self.survey.is_contents(index)
            || is_in_contents && self.is_listed(index)
            || is_behind_entry && self.is_unfinished_entry(index);
        if is_in_contents && !is_entry {
            self.region = Region::Text;
        }
        if !is_entry {
            return None;
        }
        let is_below_heading = self.drafts.last().is_some_and(|last| {
            last.kind == SegmentKind::Heading && is_contents_heading(self.last_words())
        });
        if is_below_heading {
            self.heading = None;
        }
        if !is_behind_entry {
            let start = self.survey.lines[index].start;
            self.push(self.draft(start, start, SegmentKind::Furniture));
        }
        self.finish_line(index);
        Some(index + 1)
    }

    /// Says which lines are read as a table of contents because they repeat headings.
    pub(super) fn tell_contents(&mut self) {
        let told = self.survey.contents.iter().map(|entries| {
            let message = format!(
                "lines {} to {} repeat headings of the text: read as its contents",
                entries.start + 1,
                entries.end
            );
            Diagnostic::new(Severity::Note, message).at_line(entries.start + 1)
        });
        self.diagnostics.extend(told);
    }

    /// Whether a line after an entry of a table of contents is the first line of another one.
    fn is_unfinished_entry(&self, index: usize) -> bool {
        const MAX_LINES: usize = 3;
        let mut next = index;
        (1..MAX_LINES).any(|_| {
            let Some(line) = self.survey.next_words(next + 1) else {
                return false;
            };
            next = line;
            is_contents_entry(self.survey.words(line))
        })
    }

    /// Whether a line of a table of contents is an entry: more than a number, with a page.
    fn is_listed(&self, index: usize) -> bool {
        let words = self.survey.words(index);
        let is_number_alone =
            read_enumerator(words).is_some_and(|number| number.body >= words.len());
        ends_with_page(words) && !is_number_alone
    }
}
