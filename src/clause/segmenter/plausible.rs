//! Whether a possible number can be one at its position, whatever the numbers before it.

use crate::clause::number::{Delimiter, Value};
use crate::clause::placement::NumberStrength;
use crate::clause::segment::SegmentKind;
use crate::clause::segmenter::{Found, Joint, Segmenter};
use crate::clause::wording::{
    begins_anew, ends_part, ends_with_reference, is_all_capitals, is_capital_heading, is_title_like,
};
use crate::provision::{ProvisionKind, Role};

impl Segmenter<'_> {
    /// Whether a possible number can be one here, whatever the numbers before it.
    pub(super) fn is_plausible(&self, found: Found<'_>) -> bool {
        let number = found.number;
        let rest = self.rest_of(found);
        let before = self.words_before(found.index);
        let is_weak = found.strength == NumberStrength::Weak;
        if self.joint == Joint::Page || is_weak && ends_with_reference(before) {
            return false;
        }
        match number.delimiter {
            Delimiter::Word => self.is_plausible_word(found, rest),
            Delimiter::Space if matches!(number.value, Value::Letters { .. }) => {
                !is_weak && !rest.is_empty()
            }
            Delimiter::Space => {
                let is_long_number =
                    matches!(&number.value, Value::Decimal(levels) if levels.len() > 1);
                let strength = if is_long_number {
                    NumberStrength::Strong
                } else {
                    NumberStrength::Block
                };
                let goes_on = self.sequence.continues(number);
                let is_item = is_long_number && found.strength >= strength && ends_part(before);
                (found.strength >= strength || goes_on && !is_weak)
                    && (begins_anew(rest) || is_item || rest.is_empty() && is_long_number)
            }
            Delimiter::Dot => {
                let is_arabic = matches!(number.value, Value::Arabic { .. });
                let is_begun =
                    begins_anew(rest) || rest.is_empty() && self.begins_next(found.index);
                // A letter of Korean lists and a full stop are no end of a sentence.
                let is_hangul = self
                    .survey
                    .words(found.index)
                    .starts_with(|c| matches!(c, '가'..='하'));
                let is_next = (rest.is_empty() || is_hangul) && self.sequence.continues(number);
                let is_first = is_hangul && number.value.is_first();
                !is_weak || is_arabic && is_begun || is_next || is_first
            }
            Delimiter::Degree => !is_weak,
            Delimiter::Parentheses | Delimiter::Closing | Delimiter::Circle => {
                let is_lost = is_weak && rest.is_empty();
                (!is_lost || self.sequence.continues(number))
                    && !rest.starts_with([',', ';', '.', ')'])
            }
            Delimiter::Bullet => {
                let words = &self.survey.text[found.base..];
                let is_dash = words.starts_with(['-', '–', '—', '*']);
                let is_next = words.starts_with(['-', '*']) && self.sequence.is_in_bullets();
                !rest.is_empty() && (!is_weak || !is_dash || is_next)
            }
        }
    }

    /// Whether the line after a line begins as a sentence does.
    fn begins_next(&self, index: usize) -> bool {
        let next = self.survey.next_words(index + 1);
        next.is_some_and(|next| begins_anew(self.survey.words(next)))
    }

    /// `Article 5` begins a provision, `Article 5 of the Convention` does not.
    fn is_plausible_word(&self, found: Found<'_>, rest: &str) -> bool {
        let number = found.number;
        // After a number that is alone, `Article 31` is what it numbers.
        if self.last_kind() == Some(SegmentKind::Clause) && self.last_words().is_empty() {
            return false;
        }
        let is_sentence = !number.is_set_apart
            && (rest.starts_with(char::is_lowercase) || rest.starts_with([',', ';', ')', '/']));
        let glued = &self.survey.text[found.base + number.written.end..];
        let is_alone = number.is_set_apart && rest.is_empty();
        let is_cited = glued.starts_with([',', ';']) && found.strength < NumberStrength::Block;
        let is_in_parentheses = self.survey.words(found.index).starts_with('(');
        if is_cited || is_in_parentheses && !self.sequence.continues(number) {
            return false;
        }
        if is_sentence || !is_alone && glued.starts_with([',', ';', ')', '/']) {
            return false;
        }
        let word = &self.survey.text[found.base..][number.written.clone()];
        let is_capital = !word.starts_with(char::is_lowercase);
        match number.kind {
            Some(kind) if kind.is_plain() => {
                found.strength > NumberStrength::Weak && !rest.is_empty()
            }
            Some(ProvisionKind::Preamble) => {
                is_capital && (rest.is_empty() || is_all_capitals(word) || number.is_set_apart)
            }
            Some(kind) if kind.role() == Role::Annex => {
                let is_alone = rest.is_empty() || number.is_set_apart || is_all_capitals(word);
                let stands_out = is_capital_heading(self.survey.words(found.index));
                is_capital
                    && is_alone
                    && (rest.is_empty() || is_title_like(rest))
                    && (found.strength > NumberStrength::Weak || stands_out)
            }
            // A line that says nothing else, in whatever case.
            _ if rest.is_empty() && found.strength == NumberStrength::Block => true,
            _ => {
                is_capital
                    && (found.strength > NumberStrength::Weak
                        || rest.is_empty()
                        || number.is_set_apart)
            }
        }
    }
}
