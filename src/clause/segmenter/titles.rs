//! Titles: after the number of a provision, on its line or on the next one.

use crate::clause::enumerator::read_enumerator;
use crate::clause::number::{Delimiter, Enumerator, Value};
use crate::clause::placement::NumberStrength;
use crate::clause::segmenter::survey::TitleStyle;
use crate::clause::segmenter::{Found, MAX_TITLE_LINES, Segmenter};
use crate::clause::wording::{
    begins_anew, breaks_off, ends_part, ends_sentence, is_all_capitals, is_capital_heading,
    is_short, is_stopped_title, is_title_like,
};
use crate::provision::{ProvisionKind, Role};

impl Segmenter<'_> {
    /// The title of a provision on the line after its number.
    pub(super) fn take_title(&mut self, index: usize) -> Option<usize> {
        let is_awaited = std::mem::take(&mut self.awaits_title);
        let is_in_article = self.sequence.is_in_provision();
        if !is_awaited || is_in_article && self.survey.article_titles == TitleStyle::None {
            return None;
        }
        let start = self.survey.lines[index].start;
        let end = self.title_end(index, start)?;
        if self.begins_provision(end) {
            // A lone line between two numbers is the provision, whatever ends it.
            return None;
        }
        self.push_title(start, start);
        Some(end)
    }

    /// Whether the next words, from a line on, begin a provision of the same kind as the open one.
    fn begins_provision(&self, from: usize) -> bool {
        let next = self.survey.next_words(from);
        let numbers = &self.survey.numbers[self.next_number..];
        let mut near = numbers.iter().take(MAX_TITLE_LINES + 1);
        let found = near.find(|found| Some(found.line) == next);
        found.is_some_and(|found| {
            found.number.kind.is_some() && self.sequence.continues(&found.number)
        })
    }

    /// Where a title that begins at a byte of a line ends, if it is one: title-like words, which
    /// may continue on lines that begin with a small letter, followed by a provision or words.
    pub(super) fn title_end(&self, index: usize, from: usize) -> Option<usize> {
        let first = &self.survey.text[from..self.survey.lines[index].end];
        let mut last = index;
        while last + 1 < index + MAX_TITLE_LINES && self.title_goes_on(last) {
            last += 1;
        }
        let tail = if last == index {
            first
        } else {
            self.survey.words(last)
        };
        let is_title = is_title_like(first) || last > index && begins_anew(first);
        if !is_title || ends_sentence(tail) || breaks_off(tail) {
            return None;
        }
        let next = self.survey.next_words(last + 1)?;
        let next_line = self.survey.words(next);
        if next_line.starts_with(char::is_lowercase)
            && read_enumerator(next_line).is_none()
            && !is_all_capitals(first)
        {
            return None;
        }
        let is_next_numbered = self.survey.numbers[self.next_number..]
            .iter()
            .take(MAX_TITLE_LINES + 1)
            .any(|candidate| candidate.line == next);
        if next == last + 1 && !is_next_numbered && self.is_full(last, next_line) {
            return None;
        }
        Some(last + 1)
    }

    /// Whether the line after a line of a title belongs to the title.
    fn title_goes_on(&self, last: usize) -> bool {
        let words = self.survey.words(last);
        let next = self
            .survey
            .lines
            .get(last + 1)
            .filter(|next| !next.is_blank());
        next.is_some_and(|next| {
            let next_words = &self.survey.text[next.range()];
            !ends_part(words)
                && (next_words.starts_with(char::is_lowercase) || breaks_off(words))
                && read_enumerator(next_words).is_none()
        })
    }

    /// Where the title at the start of a numbered provision or group ends, if there is one: the
    /// number precedes a title or is alone.
    pub(super) fn titled_end(&self, found: Found<'_>) -> Option<usize> {
        let rest = self.rest_of(found);
        let kind = found.number.kind?;
        if rest.is_empty() {
            return Some(found.index + 1);
        }
        let is_decimal = matches!(found.number.value, Value::Decimal(_));
        let role = self.role_of(found)?;
        if role == Role::Group && !(is_decimal && kind == ProvisionKind::Section) {
            return self
                .title_end(found.index, found.base + found.number.body)
                .or_else(|| {
                    (is_short(rest) && kind != ProvisionKind::Section).then_some(found.index + 1)
                });
        }
        if role == Role::Annex {
            return Some(found.index + 1);
        }
        if kind.is_plain() || kind == ProvisionKind::Preamble {
            return None;
        }
        let is_stopped = self.survey.article_titles == TitleStyle::Stopped
            && kind == ProvisionKind::Article
            && is_stopped_title(rest);
        let end = if is_stopped {
            found.index + 1
        } else {
            self.title_end(found.index, found.base + found.number.body)?
        };
        let next = self.survey.next_words(end)?;
        let is_next_alike = self
            .survey
            .numbers
            .get(self.next_number + 1)
            .is_some_and(|after| after.line == next && after.number.kind == Some(kind));
        (!is_next_alike).then_some(end)
    }

    /// Where the title of a numbered heading (`3. Human rights`, `II. Threats`) ends, if the words
    /// after a bare number are a title: not a sentence and not an item of a list.
    pub(super) fn numbered_title_end(&self, found: Found<'_>) -> Option<usize> {
        let number = found.number;
        let rest = self.rest_of(found);
        let is_upper = matches!(number.value, Value::Letters { is_upper: true, .. });
        let is_arabic = matches!(number.value, Value::Arabic { .. } | Value::Decimal(_));
        let is_mark = matches!(number.delimiter, Delimiter::Dot | Delimiter::Space);
        let is_next = || is_capital_heading(rest) && self.sequence.continues(number);
        let is_possible = is_mark
            && (is_upper || is_arabic)
            && (found.strength > NumberStrength::Weak || is_next());
        if !is_possible || self.sequence.is_in_provision() && !self.leaves_provision(number, rest) {
            return None;
        }
        let is_certain = || {
            let is_roman = is_upper && number.number.len() > 1;
            self.sequence.continues_titles(number)
                || is_roman && found.strength == NumberStrength::Block
        };
        if !is_title_like(rest) || !is_short(rest) && !is_all_capitals(rest) && !is_certain() {
            return None;
        }
        let end = self.title_end(found.index, found.base + number.body)?;
        let next = self.survey.next_words(end)?;
        let next_number = self.survey.numbers[self.next_number..]
            .iter()
            .take(MAX_TITLE_LINES + 1)
            .find(|candidate| candidate.line == next)
            .map(|candidate| &candidate.number);
        // Below `1.4.2 Title` a list or another title may follow without introductory words.
        let is_section = number.value.n_levels().1 > 1;
        let is_list = next_number.is_some_and(|next| {
            let is_alike = next.delimiter == number.delimiter
                && next.value.n_levels() == number.value.n_levels()
                && (!self.sequence.continues(next) || self.sequence.continues(number));
            let is_lower = matches!(
                next.value,
                Value::Letters {
                    is_upper: false,
                    ..
                }
            );
            is_alike || !is_section && (is_lower || next.delimiter == Delimiter::Bullet)
        });
        // A section of numbered paragraphs is not an item, whatever the words before it announce.
        let opens_paragraphs = next_number.is_some_and(|next| {
            let is_arabic = matches!(next.value, Value::Arabic { .. });
            next.delimiter == Delimiter::Parentheses && is_arabic && next.value.is_first()
        });
        let is_announced = self.implied.is_some() || self.is_in_clause() && self.announces_list();
        let is_item = is_announced && !opens_paragraphs;
        let stands_out = is_all_capitals(rest);
        let is_title = stands_out
            || !is_list
                && !is_item
                && (is_upper || is_section || next_number.is_none_or(|next| next.kind.is_none()));
        is_title.then_some(end)
    }

    /// Whether a number with words in capitals, within a provision, is not one of its paragraphs:
    /// neither the first one nor the next one.
    fn leaves_provision(&self, number: &Enumerator, rest: &str) -> bool {
        is_capital_heading(rest) && !number.value.is_first() && !self.sequence.continues(number)
    }
}
