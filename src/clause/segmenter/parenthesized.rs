//! Titles in parentheses after the number of a provision: `제4조(통보) 당사국은`; marks of notes after numbers.

use std::ops::Range;

use crate::clause::number::{Enumerator, Value, is_superscript, skip_space, title_in_parentheses};
use crate::clause::outline::SegmentDraft;
use crate::clause::segment::SegmentKind;
use crate::clause::segmenter::{Found, Segmenter};
use crate::provision::Role;

impl Segmenter<'_> {
    /// The title in parentheses directly after the number of an article, without the parentheses.
    pub(super) fn title_in_parentheses(&self, found: Found<'_>) -> Option<Range<usize>> {
        const MAX_TITLE: usize = 120;
        let line = &self.survey.text[found.base..self.survey.lines[found.index].end];
        let kind = found.number.kind?;
        let is_counted = line.starts_with(['第', '제']) && kind.role() == Role::Provision;
        let rest = line.get(found.number.written.end..)?;
        let title =
            title_in_parentheses(rest).filter(|title| is_counted && title.len() <= MAX_TITLE)?;
        let opening = rest.chars().next()?.len_utf8();
        let start = found.base + line.len() - rest.len() + opening;
        Some(start..start + title.len())
    }

    /// Whether the next provision begins right after a line.
    fn is_last_of_provision(&self, index: usize) -> bool {
        let next = self.survey.next_words(index + 1);
        let ahead = self.ahead().first();
        next.is_none()
            || ahead.is_some_and(|found| found.number.kind.is_some() && Some(found.line) == next)
    }

    /// Adds a provision with its title, and the words after the title; `None` if its number fits nowhere.
    pub(super) fn enter_with_title(&mut self, found: Found<'_>, title: Range<usize>) -> Option<()> {
        let placement = self
            .sequence
            .place(found.number, self.surroundings(found.strength))?;
        let line = self.survey.lines[found.index];
        let titled = Enumerator {
            body: title.start - found.base,
            ..found.number.clone()
        };
        let found_titled = Found {
            number: &titled,
            ..found
        };
        self.enter_provision(found_titled, placement, line.start);
        let closing = self.survey.text[title.end..].chars().next()?;
        let at = skip_space(
            &self.survey.text[..line.end],
            title.end + closing.len_utf8(),
        );
        if at >= line.end {
            return Some(());
        }
        let n_drafts = self.drafts.len();
        let behind = Enumerator {
            body: at - found.base,
            ..found.number.clone()
        };
        self.enter_inner(Found {
            number: &behind,
            ..found
        });
        if self.drafts.len() == n_drafts {
            let depth = self.sequence.depth();
            let label = self.sequence.parent_label(depth).map(str::to_owned);
            self.push(SegmentDraft {
                label,
                level: depth,
                ..self.draft(at, at, SegmentKind::Clause)
            });
        }
        Some(())
    }

    /// A number without what is no part of it: raised digits, unless they insert it after the number
    /// before (`Article 2¹` after `Article 2`), and a remark in parentheses (`Article 2 (new)`).
    pub(super) fn without_marks(&self, mut number: Enumerator, index: usize) -> Enumerator {
        let words = self.survey.words(index);
        let rest = words.get(number.body..).unwrap_or("");
        let remark = rest
            .strip_prefix('(')
            .and_then(|rest| rest.strip_suffix(')'));
        let is_remark = remark.is_some_and(|remark| !remark.contains([')', '.', ';']));
        let is_provision = number.kind.is_some_and(|kind| !kind.is_plain());
        if is_remark && is_provision && !self.is_last_of_provision(index) {
            number.body = words.len();
            number.is_set_apart = true;
        }
        let digits = words.get(number.number.clone()).unwrap_or("");
        let length = digits.trim_end_matches(is_superscript).len();
        let Value::Arabic { number: value, .. } = number.value else {
            return number;
        };
        if length == digits.len() || self.sequence.continues(&number) {
            return number;
        }
        let end = number.number.start + length;
        Enumerator {
            value: Value::plain(value),
            number: number.number.start..end,
            written: number.written.start..end,
            ..number
        }
    }
}
