//! The evidence in the words and marks around a line.

use crate::clause::line::{LineLayout, width_of};
use crate::clause::number::Candidate;
use crate::clause::outline::SegmentDraft;
use crate::clause::placement::{NumberStrength, Surroundings};
use crate::clause::segment::SegmentKind;
use crate::clause::segmenter::{Found, Joint, LOOK_AHEAD, Segmenter};
use crate::clause::wording::{
    announces_with_colon, breaks_off, ends_part, ends_with_glued_dash, ends_with_reference,
    introduces,
};
use crate::provision::{ProvisionKind, Role};

impl Segmenter<'_> {
    /// How certain it is that a line begins a part.
    pub(super) fn strength(&self, index: usize) -> NumberStrength {
        let is_after_mark = !matches!(
            self.last_kind(),
            Some(SegmentKind::Clause | SegmentKind::LeadIn)
        );
        if (self.joint == Joint::Blank) || is_after_mark {
            return NumberStrength::Block;
        }
        let before = self.words_before(index);
        let is_ended = ends_part(before)
            || ends_with_glued_dash(before) && self.begins_list(index)
            || self.is_before_wide_space(index)
            || self.is_broken_on_purpose(index, before);
        if !is_ended {
            return NumberStrength::Weak;
        }
        if self.survey.layout == LineLayout::Unwrapped {
            NumberStrength::Block
        } else {
            NumberStrength::Strong
        }
    }

    /// Whether a wide space follows the number of a line, as in Japanese acts.
    fn is_before_wide_space(&self, index: usize) -> bool {
        let words = self.survey.words(index);
        let number = self.number_at(index);
        number.is_some_and(|number| words[number.written.end..].starts_with('\u{3000}'))
    }

    /// Whether a line begins with the first number of a list.
    fn begins_list(&self, index: usize) -> bool {
        self.number_at(index)
            .is_some_and(|number| number.value.is_first())
    }

    /// Whether the line before a line ends long before the edge of the page, unlike a wrapped line.
    fn is_broken_on_purpose(&self, index: usize, before: &str) -> bool {
        const MARGIN: usize = 12;
        let LineLayout::Wrapped(width) = self.survey.layout else {
            return false;
        };
        let bare_number = self
            .number_at(index)
            .is_some_and(|number| number.kind.is_none());
        let words = self.survey.words(index);
        let first_word = words.split_whitespace().next().unwrap_or("");
        bare_number
            && self.last_line.is_some_and(|last| last + 1 == index)
            && width_of(before) + 1 + width_of(first_word) + MARGIN <= width
            && !ends_with_reference(before)
            && !breaks_off(before)
    }

    /// The width of the lines of the latest part, if it has enough of them.
    fn column_width(&self) -> usize {
        const MIN_LINES: usize = 4;
        if self.column.n_lines < MIN_LINES {
            usize::MAX
        } else {
            self.column.width
        }
    }

    /// The role of a numbered part in the structure: a section is a group of provisions in a text
    /// that has articles, and a provision in others.
    pub(super) fn role_of(&self, found: Found<'_>) -> Option<Role> {
        let kind = found.number.kind?;
        let is_sign = self.survey.text[found.base..].starts_with('§');
        Some(match kind {
            ProvisionKind::Section if is_sign => Role::Provision,
            ProvisionKind::Section => self.survey.section_role,
            // `Pillar 5: States will teach keepers.`
            ProvisionKind::Pillar if ends_part(self.rest_of(found)) => Role::Provision,
            _ => kind.role(),
        })
    }

    /// The evidence in the words around a number that does not precede a title.
    pub(super) fn surroundings(&self, strength: NumberStrength) -> Surroundings<'_> {
        let is_listed = self.implied.is_some() || self.is_item_with_comma();
        let is_comma_item = is_listed && !announces_with_colon(self.last_words());
        Surroundings {
            strength,
            is_introduced: self.is_in_clause() && !is_comma_item && introduces(self.last_words()),
            is_title: false,
            next: self.ahead(),
        }
    }

    /// Whether the latest part is an item of a list that ends with a comma, as others do before the
    /// act's own words.
    pub(super) fn is_item_with_comma(&self) -> bool {
        let is_item = |last: &SegmentDraft| last.lead_in.is_some() && last.label.is_some();
        self.drafts.last().is_some_and(is_item) && self.last_words().ends_with(',')
    }

    /// The possible numbers after the present one.
    pub(super) fn ahead(&self) -> &[Candidate] {
        let from = (self.next_number + 1).min(self.survey.numbers.len());
        &self.survey.numbers[from..(from + LOOK_AHEAD).min(self.survey.numbers.len())]
    }

    /// Whether a line of a page is filled, so that it may have been wrapped.
    pub(super) fn is_full(&self, index: usize, next_words: &str) -> bool {
        let LineLayout::Wrapped(width) = self.survey.layout else {
            return false;
        };
        let width = width.min(self.column_width());
        let first_word = next_words.split_whitespace().next().unwrap_or("");
        let room = width_of(self.survey.words(index)) + 1 + width_of(first_word);
        room + 3 > width
    }
}
