//! Tables of contents, which are page furniture.

use crate::clause::enumerator::read_enumerator;
use crate::clause::segment::SegmentKind;
use crate::clause::segmenter::{Region, Segmenter};
use crate::clause::wording::{ends_with_page, is_contents_entry};

impl Segmenter<'_> {
    /// Processes an entry of a table of contents.
    pub(super) fn take_page_matter(&mut self, index: usize) -> Option<usize> {
        let words = self.survey.words(index);
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
            let start = self.survey.lines[index].start;
            self.push(self.draft(start, start, SegmentKind::Furniture));
        }
        self.finish_line(index);
        Some(index + 1)
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
