//! Lines without a number: headings, paragraphs.

use crate::clause::line::LineLayout;
use crate::clause::number::{Candidate, Delimiter, Value};
use crate::clause::opening::{
    begins_definition, begins_recital, opens_act, opens_recitals, opens_testimonium,
};
use crate::clause::outline::SegmentDraft;
use crate::clause::placement::NumberStrength;
use crate::clause::segment::SegmentKind;
use crate::clause::segmenter::{Joint, LOOK_AHEAD, Region, Segmenter};
use crate::clause::wording::{
    announces, announces_with_colon, begins_anew, breaks_off, ends_part, ends_with_comma_and_joint,
    ends_with_reference, goes_on, has_capitals, is_all_capitals, is_capital_heading,
    is_contents_heading, is_joint, is_short, is_title_like,
};
use crate::provision::parse_roman;

impl Segmenter<'_> {
    pub(super) fn take_heading(&mut self, index: usize) -> Option<usize> {
        if self.survey.has_heading_hints || (self.joint == Joint::Page) {
            return None;
        }
        let line = self.survey.lines[index];
        let words = &self.survey.text[line.range()];
        let is_behind_number =
            self.last_kind() == Some(SegmentKind::Clause) && self.last_words().is_empty();
        if is_behind_number && !is_all_capitals(words) {
            return None;
        }
        let next = self.survey.next_words(index + 1)?;
        let next_words = self.survey.words(next);
        let is_isolated = (self.joint == Joint::Blank) && next > index + 1;
        let is_roman = words.len() <= 8 && !words.is_empty() && is_number_in_capitals(words);
        if is_isolated && is_roman && self.strength(index) == NumberStrength::Block {
            self.push_heading(line.start, line.start, 0);
            self.awaits_title = true;
            return Some(index + 1);
        }
        if !is_title_like(words) || next_words.starts_with(char::is_lowercase) {
            return None;
        }
        let is_above = self.is_above_number(index);
        let is_wrapped = !is_isolated && self.is_full(index, next_words);
        if is_wrapped && !is_above && !is_all_capitals(words) || opens_act(words, next_words) {
            return None;
        }
        let strength = self.strength(index);
        let stands_out = is_capital_heading(words)
            || has_capitals(words) && is_short(words) && strength > NumberStrength::Weak;
        let is_below_heading = self.last_kind() == Some(SegmentKind::Heading);
        let is_lone = is_isolated
            && (is_short(words) || is_below_heading)
            && !self.sequence.is_in_provision();
        let is_listed = self.implied.is_some() || self.is_in_clause() && self.announces_list();
        let is_echo = is_isolated && self.repeats_title(index);
        let is_item = is_listed && !is_echo;
        let is_heading =
            (stands_out || is_lone || is_above || is_echo) && (!is_item || is_all_capitals(words));
        if !is_heading {
            return None;
        }
        let goes_on = !(self.joint == Joint::Blank)
            && self.last_kind() == Some(SegmentKind::Heading)
            && self.drafts.last().is_some_and(|last| last.label.is_none())
            && is_all_capitals(words)
            && is_all_capitals(self.words_before(index));
        if !goes_on && self.is_inside_provision(index) {
            self.push_inner_heading(line.start);
        } else if !goes_on {
            self.push_heading(line.start, line.start, 0);
        }
        if is_contents_heading(words) {
            self.region = Region::Contents;
        }
        Some(index + 1)
    }

    /// Whether a short line is the title of the paragraph or article whose number is right below it.
    fn is_above_number(&self, index: usize) -> bool {
        let words = self.survey.words(index);
        let mut ahead = self.survey.numbers[self.next_number..].iter().take(2);
        let Some(below) = ahead.find(|found| found.line == index + 1) else {
            return false;
        };
        let number = &below.number;
        let line = self.survey.words(below.line);
        let rest = line.get(number.body..).unwrap_or("");
        let is_numbered = match number.kind {
            None => {
                number.delimiter == Delimiter::Dot && matches!(number.value, Value::Arabic { .. })
            }
            Some(_) => line.starts_with(['第', '제']),
        };
        is_numbered
            && self.joint == Joint::Blank
            && (number.value.is_first() || self.sequence.continues(number))
            && is_short(words)
            && !breaks_off(words)
            && begins_anew(rest)
            && !is_title_like(rest)
    }

    /// Whether a line repeats the title of the document from its first lines.
    fn repeats_title(&self, index: usize) -> bool {
        const MIN_TITLE: usize = 20;
        const MAX_HEAD: usize = 4000;
        let line = self.survey.lines[index];
        let words = self.survey.words(index);
        let text = self.survey.text;
        if words.len() < MIN_TITLE {
            return false;
        }
        let head = &text[..text.floor_char_boundary(line.start.min(MAX_HEAD))];
        let is_line_end = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
        let at = head.find(words);
        at.is_some_and(|at| head[at + words.len()..].starts_with(is_line_end))
    }

    /// Whether a provision continues after a line: the next number is one of its own.
    fn is_inside_provision(&self, index: usize) -> bool {
        self.sequence.is_in_provision()
            && self
                .sequence
                .depth_of_next(self.ahead_of(index))
                .is_some_and(|depth| depth > 1)
    }

    /// Adds a heading between the paragraphs of a provision.
    fn push_inner_heading(&mut self, start: usize) {
        self.implied = None;
        self.interrupted = None;
        self.push_as_heading(SegmentDraft {
            label: self.sequence.parent_label(1).map(str::to_owned),
            level: 1,
            ..self.draft(start, start, SegmentKind::Heading)
        });
    }

    /// Processes words that begin a paragraph or continue the one before.
    pub(super) fn take_words(&mut self, index: usize) -> usize {
        let is_glued = self.joint == Joint::Page;
        let line = self.survey.lines[index];
        if is_glued || !self.begins_paragraph(index) {
            return index + 1;
        }
        self.find_implied_list(index);
        let words = self.survey.words(index);
        if self.opens_enactment(index) {
            self.sequence.close();
            self.implied = None;
            self.heading = None;
        }
        if is_short(words) && opens_recitals(words) || opens_testimonium(words) {
            // Neither recitals nor the words before the signatures are in a provision.
            self.sequence.close();
        }
        if self.implied.is_none() && self.sequence.is_behind_labeled() {
            // If the format sets labels apart, a paragraph without one has no label.
            self.sequence.clear();
        } else if self.implied.is_none() {
            self.step_out(index);
        }
        let depth = self.sequence.depth();
        let label = self
            .sequence
            .parent_label(depth)
            .or(self.provisions.annex());
        let label = label.map(str::to_owned);
        let outer = || self.sequence.lead_in(depth.checked_sub(1)?);
        self.push(SegmentDraft {
            label,
            lead_in: self.implied.or_else(outer),
            level: depth,
            ..self.draft(line.start, line.start, SegmentKind::Clause)
        });
        index + 1
    }

    /// Whether a line alone names the body that speaks, outside all provisions, so that its act
    /// begins: `THE COUNCIL,`.
    fn opens_enactment(&self, index: usize) -> bool {
        let words = self.survey.words(index);
        let is_alone = self.joint == Joint::Blank
            && self
                .survey
                .lines
                .get(index + 1)
                .is_none_or(|next| next.is_blank());
        let next = self.survey.next_words(index + 1);
        let speaks = || next.is_some_and(|next| opens_act(words, self.survey.words(next)));
        is_alone
            && self.implied.is_none()
            && !self.sequence.is_in_provision()
            && !self.sequence.is_in_preamble()
            && begins_anew(words)
            && (words.ends_with(',') && announces(words) || speaks())
            && !goes_on(self.last_words())
    }

    /// Leaves the lists that do not continue after a line without a number.
    fn step_out(&mut self, index: usize) {
        if self.sequence.is_in_letters() && self.is_behind_sentences() {
            return;
        }
        let next = self.ahead_of(index);
        let depth = self.sequence.depth_of_next(next).unwrap_or(0);
        self.sequence.step_out(depth);
    }

    /// Whether the latest two parts are items of one list that are whole sentences: a paragraph after
    /// them goes on with the last one.
    fn is_behind_sentences(&self) -> bool {
        let [.., before, last] = &self.drafts[..] else {
            return false;
        };
        let is_sentence = |from: usize, end: usize| {
            let words = self.survey.text.get(from..end).unwrap_or("").trim();
            begins_anew(words) && words.ends_with('.')
        };
        let is_behind_item = before.level + 1 == last.level && before.label == last.label;
        (before.level == last.level || is_behind_item)
            && before.kind == SegmentKind::Clause
            && is_sentence(before.body, last.start)
            && is_sentence(last.body, self.last_end)
    }

    /// The possible numbers after a line that has none.
    fn ahead_of(&self, index: usize) -> &[Candidate] {
        let present = self.survey.numbers.get(self.next_number);
        let is_of_line = present.is_some_and(|candidate| candidate.line <= index);
        let from = self.next_number + usize::from(is_of_line);
        &self.survey.numbers[from..(from + LOOK_AHEAD).min(self.survey.numbers.len())]
    }

    /// Opens or ends a list whose items have no marks: after a colon, as long as semicolons follow.
    fn find_implied_list(&mut self, index: usize) {
        if self.last_kind() == Some(SegmentKind::Furniture) {
            return;
        }
        if !self.is_in_clause() {
            self.implied = None;
            return;
        }
        let words = self.last_words();
        let is_comma_item = self.implied.is_some() && !announces_with_colon(words);
        if self.announces_list() && !is_comma_item && !self.is_recital_behind_recital(index) {
            let last = self.drafts.len() - 1;
            self.drafts[last].kind = SegmentKind::LeadIn;
            self.implied = Some(last);
        } else if !goes_on(words) {
            self.implied = None;
        } else if self.implied.is_none() && self.begins_item(index) {
            self.implied = self.interrupted.take();
            self.step_out(index);
        }
    }

    /// Whether the words so far announce a list; a comma does so only after words that are not an item.
    pub(super) fn announces_list(&self) -> bool {
        let is_item = self
            .drafts
            .last()
            .is_some_and(|last| last.lead_in.is_some());
        announces_with_colon(self.last_words()) || !is_item && announces(self.last_words())
    }

    /// Whether a line may begin an item of an unmarked list.
    fn begins_item(&self, index: usize) -> bool {
        let words = self.survey.words(index);
        begins_anew(words) || begins_definition(words)
    }

    /// Whether a recital follows a recital: neither introduces the other, even if one ends with a colon.
    fn is_recital_behind_recital(&self, index: usize) -> bool {
        self.implied.is_some()
            && begins_recital(self.last_words())
            && begins_recital(self.survey.words(index))
    }

    /// Whether a line without number or mark begins a new paragraph.
    fn begins_paragraph(&self, index: usize) -> bool {
        let Some(last) = self.drafts.last() else {
            return true;
        };
        if matches!(last.kind, SegmentKind::Heading | SegmentKind::Furniture) {
            return true;
        }
        let before = self.last_words();
        let words = self.survey.words(index);
        if before.is_empty() || is_joint(words) {
            return false;
        }
        if self.joint == Joint::Blank {
            return true;
        }
        let line = self.survey.lines[index];
        if line.start < self.paragraph_end {
            return false;
        }
        let is_lower = words.starts_with(char::is_lowercase);
        match self.survey.layout {
            LineLayout::Unwrapped => {
                let is_cut = is_lower && !ends_part(before) || ends_with_reference(before);
                !is_cut
            }
            LineLayout::Wrapped(_) => {
                let is_behind_mark = || before.ends_with(';') || announces_with_colon(before);
                if begins_definition(words) && is_behind_mark() {
                    return true;
                }
                let begins_item = || {
                    begins_recital(words)
                        || words.starts_with(['“', '‘', '«', '„', '"'])
                        || before.ends_with(';') && begins_anew(words)
                };
                if self.implied.is_some() && goes_on(before) && begins_item() {
                    return true;
                }
                let is_end = ends_part(before) || !is_lower && goes_on(before);
                let is_full = self.last_line.is_some_and(|last| self.is_full(last, words));
                let goes_on_small =
                    is_lower && (before.ends_with('.') || ends_with_comma_and_joint(before));
                is_end && !is_full && !goes_on_small
            }
        }
    }
}

/// Whether a line is only a capital Roman number.
fn is_number_in_capitals(words: &str) -> bool {
    words.bytes().all(|byte| byte.is_ascii_uppercase()) && parse_roman(words).is_some()
}
