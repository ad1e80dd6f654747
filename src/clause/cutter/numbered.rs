//! Numbers at the start of lines: which are real, and what they begin.

use crate::clause::cutter::survey::TitleStyle;
use crate::clause::cutter::{Annex, Cutter, Found, Joint, MAX_TITLE_LINES, Region};
use crate::clause::enumerator::read_enumerator;
use crate::clause::inline::ends_before;
use crate::clause::number::{Delimiter, Enumerator, Value};
use crate::clause::outline::Draft;
use crate::clause::segment::SegmentKind;
use crate::clause::sequence::{Oddity, Placement, Strength, Surroundings};
use crate::clause::wording::{
    announces_with_colon, begins_anew, ends_part, ends_with_reference, introduces, is_all_capitals,
    is_capital_heading, is_short, is_stopped_title, is_title_like, opens_recitals,
};
use crate::error::{Diagnostic, Severity};
use crate::provision::{Kind, Role};

impl Cutter<'_> {
    /// Takes the provision, heading or item whose number a line begins with; nothing if the line
    /// begins with no number, or with one that belongs to its sentence.
    pub(crate) fn take_numbered(&mut self, index: usize) -> Option<usize> {
        let (line, number) = self.numbers.get(self.next_number)?;
        if *line != index {
            return None;
        }
        let number = number.clone();
        let line = self.lines[index];
        let found = Found {
            number: &number,
            index,
            base: line.start,
            strength: self.strength(index),
        };
        if !self.is_plausible(found) {
            return None;
        }
        if number.delimiter == Delimiter::Bullet {
            self.enter_bullet(index, line.start - line.from);
            return Some(index + 1);
        }
        let title_end = match number.kind {
            Some(_) => self.titled_end(found),
            None => self.numbered_title_end(found),
        };
        if let Some(end) = title_end {
            self.enter_titled(found, line.start)?;
            return Some(end);
        }
        self.enter_numbered(found)?;
        Some(index + 1)
    }

    /// Enters a number with words of its own behind it; nothing if it fits nowhere.
    fn enter_numbered(&mut self, found: Found<'_>) -> Option<()> {
        let number = found.number;
        let is_group = self
            .role_of(found)
            .is_some_and(|role| role != Role::Provision && number.kind != Some(Kind::Section));
        if is_group {
            return None;
        }
        let around = self.surroundings(found.strength, false);
        let placement = self.sequence.place(number, around)?;
        if number.delimiter == Delimiter::Space && !self.is_spaced_list(number, &placement) {
            return None;
        }
        self.enter_clause(found, placement);
        self.enter_inner(found);
        Some(())
    }

    /// A number without any mark is one only if the next one comes, or the one before came.
    fn is_spaced_list(&self, number: &Enumerator, placement: &Placement) -> bool {
        let is_letter = matches!(number.value, Value::Letters { .. });
        if is_letter || matches!(number.value, Value::Decimal(_)) {
            return true;
        }
        if placement.is_sibling || placement.oddity.is_some() {
            return placement.oddity.is_none();
        }
        self.ahead().iter().any(|(_, next)| {
            next.delimiter == Delimiter::Space
                && matches!(next.value, Value::Arabic { number: 2, .. })
        })
    }

    /// Numbers right behind a number: `(a)` in `1. (a) States shall`, `a)` in `1. a) States shall`.
    fn enter_inner(&mut self, outer: Found<'_>) {
        let line = self.lines[outer.index];
        let mut base = outer.base + outer.number.body;
        for _ in 0..3 {
            if base >= line.end || outer.number.delimiter == Delimiter::Bullet {
                return;
            }
            let Some(inner) = read_enumerator(&self.text[base..line.end]) else {
                return;
            };
            let is_letter = matches!(inner.value, Value::Letters { .. });
            let is_mark = match inner.delimiter {
                Delimiter::Parentheses => true,
                Delimiter::Closing => is_letter,
                _ => false,
            };
            if !is_mark || !inner.value.is_first() {
                return;
            }
            let found = Found {
                number: &inner,
                index: outer.index,
                base,
                strength: Strength::Block,
            };
            let around = Surroundings {
                is_introduced: true,
                ..self.surroundings(Strength::Block, false)
            };
            let Some(placement) = self.sequence.place(&inner, around) else {
                return;
            };
            self.last_end = base;
            self.enter_clause(found, placement);
            base += inner.body;
        }
    }

    /// Whether what looks like a number can be one here, whatever the numbers before it.
    fn is_plausible(&self, found: Found<'_>) -> bool {
        let number = found.number;
        let rest = self.rest_of(found);
        let before = self.words_before(found.index);
        let is_weak = found.strength == Strength::Weak;
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
                    Strength::Strong
                } else {
                    Strength::Block
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
                let is_next = rest.is_empty() && self.sequence.continues(number);
                !is_weak || is_arabic && is_begun || is_next
            }
            Delimiter::Degree => !is_weak,
            Delimiter::Parentheses | Delimiter::Closing => {
                let is_lost = is_weak && rest.is_empty();
                (!is_lost || self.sequence.continues(number))
                    && !rest.starts_with([',', ';', '.', ')'])
            }
            Delimiter::Bullet => {
                let words = &self.text[found.base..];
                let is_dash = words.starts_with(['-', '–', '—', '*']);
                let is_next = words.starts_with(['-', '*']) && self.sequence.is_in_bullets();
                !rest.is_empty() && (!is_weak || !is_dash || is_next)
            }
        }
    }

    /// Whether the line behind a line begins as a sentence does.
    fn begins_next(&self, index: usize) -> bool {
        let next = self.next_words(index + 1);
        next.is_some_and(|next| begins_anew(&self.text[self.lines[next].range()]))
    }

    /// `Article 5` begins a provision, `Article 5 of the Convention` does not.
    fn is_plausible_word(&self, found: Found<'_>, rest: &str) -> bool {
        let number = found.number;
        // Behind a number that stands alone, `Article 31` is what it numbers.
        if self.last_kind() == Some(SegmentKind::Clause) && self.last_words().is_empty() {
            return false;
        }
        let is_sentence = !number.is_set_apart
            && (rest.starts_with(char::is_lowercase) || rest.starts_with([',', ';', ')', '/']));
        let glued = &self.text[found.base + number.written.end..];
        if is_sentence || glued.starts_with([',', ';', ')', '/']) {
            return false;
        }
        let word = &self.text[found.base..found.base + number.written.end];
        let is_capital = !word.starts_with(char::is_lowercase);
        match number.kind {
            Some(kind) if kind.is_plain() => found.strength > Strength::Weak && !rest.is_empty(),
            Some(Kind::Preamble) => {
                is_capital && (rest.is_empty() || is_all_capitals(word) || number.is_set_apart)
            }
            Some(kind) if kind.role() == Role::Annex => {
                let is_alone = rest.is_empty() || number.is_set_apart || is_all_capitals(word);
                let stands_out = is_capital_heading(&self.text[self.lines[found.index].range()]);
                is_capital
                    && is_alone
                    && (rest.is_empty() || is_title_like(rest))
                    && (found.strength > Strength::Weak || stands_out)
            }
            _ => {
                is_capital
                    && (found.strength > Strength::Weak || rest.is_empty() || number.is_set_apart)
            }
        }
    }

    /// Where the title ends that a numbered provision or group begins with, if it has one: the
    /// number stands before a title or alone.
    fn titled_end(&self, found: Found<'_>) -> Option<usize> {
        let rest = self.rest_of(found);
        let kind = found.number.kind?;
        if rest.is_empty() {
            return Some(found.index + 1);
        }
        let is_decimal = matches!(found.number.value, Value::Decimal(_));
        let role = self.role_of(found)?;
        if role == Role::Group && !(is_decimal && kind == Kind::Section) {
            return self
                .title_end(found.index, found.base + found.number.body)
                .or_else(|| (is_short(rest) && kind != Kind::Section).then_some(found.index + 1));
        }
        if role == Role::Annex {
            return Some(found.index + 1);
        }
        if kind.is_plain() || kind == Kind::Preamble {
            return None;
        }
        let is_stopped = self.article_titles == TitleStyle::Stopped
            && kind == Kind::Article
            && is_stopped_title(rest);
        let end = if is_stopped {
            found.index + 1
        } else {
            self.title_end(found.index, found.base + found.number.body)?
        };
        let next = self.next_words(end)?;
        let is_next_alike = self
            .numbers
            .get(self.next_number + 1)
            .is_some_and(|(line, number)| *line == next && number.kind == Some(kind));
        (!is_next_alike).then_some(end)
    }

    /// Where the title of a numbered heading (`3. Human rights`, `II. Threats`) ends, if the words
    /// behind a bare number are one: no sentence, and not an item of a list.
    fn numbered_title_end(&self, found: Found<'_>) -> Option<usize> {
        let number = found.number;
        let rest = self.rest_of(found);
        let is_upper = matches!(number.value, Value::Letters { is_upper: true, .. });
        let is_arabic = matches!(number.value, Value::Arabic { .. } | Value::Decimal(_));
        let is_mark = matches!(number.delimiter, Delimiter::Dot | Delimiter::Space);
        let is_next = || is_capital_heading(rest) && self.sequence.continues(number);
        let is_possible =
            is_mark && (is_upper || is_arabic) && (found.strength > Strength::Weak || is_next());
        if !is_possible || self.sequence.is_in_provision() && !self.leaves_provision(number, rest) {
            return None;
        }
        if !is_title_like(rest) || !is_short(rest) && !is_all_capitals(rest) {
            return None;
        }
        let end = self.title_end(found.index, found.base + number.body)?;
        let next = self.next_words(end)?;
        let next_number = self.numbers[self.next_number..]
            .iter()
            .take(MAX_TITLE_LINES + 1)
            .find(|(line, _)| *line == next)
            .map(|(_, number)| number);
        // Below `1.4.2 Title` a list or another title may come without words before it.
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
        // A section of numbered paragraphs is no item, whatever the words before it announce.
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

    /// Whether a number with words in capitals, in the midst of a provision, is none of its
    /// paragraphs: neither the first one nor the next one.
    fn leaves_provision(&self, number: &Enumerator, rest: &str) -> bool {
        is_capital_heading(rest) && !number.value.is_first() && !self.sequence.continues(number)
    }

    /// Enters a heading with the word of its kind; nothing if its number fits nowhere.
    pub(crate) fn enter_titled(&mut self, found: Found<'_>, start: usize) -> Option<()> {
        let number = found.number;
        let body = found.base + number.body;
        let has_words = !self.rest_of(found).is_empty();
        let written = self.written(found);
        let is_decimal = matches!(number.value, Value::Decimal(_));
        match number.kind {
            None => return self.enter_numbered_title(found, start).then_some(()),
            Some(kind) if kind.role() == Role::Annex => {
                self.sequence.clear();
                self.region = Region::Text;
                // A document may call itself an annex: then it has no other part to be told from.
                self.annex = self.has_provisions.then_some(Annex {
                    label: written,
                    is_needed: None,
                });
                self.push_heading(start, if has_words { body } else { start }, 0);
            }
            Some(_) if self.role_of(found) == Some(Role::Group) && !is_decimal => {
                self.push_heading(start, if has_words { body } else { start }, 0);
            }
            Some(kind) => {
                let around = self.surroundings(found.strength, false);
                let placement = self.sequence.place(number, around)?;
                self.enter_provision(found, placement, start);
                self.awaits_title = !has_words && kind != Kind::Preamble;
                return Some(());
            }
        }
        self.awaits_title = !has_words;
        Some(())
    }

    /// Enters `3. Human rights` as a provision, `II. Threats` as a heading.
    fn enter_numbered_title(&mut self, found: Found<'_>, start: usize) -> bool {
        if matches!(found.number.value, Value::Letters { .. }) {
            self.push_heading(start, start, 0);
            return true;
        }
        let around = self.surroundings(found.strength, true);
        let Some(placement) = self.sequence.place(found.number, around) else {
            return false;
        };
        self.enter_provision(found, placement, start);
        true
    }

    fn enter_provision(&mut self, found: Found<'_>, placement: Placement, start: usize) {
        self.region = Region::Text;
        self.implied = None;
        self.interrupted = None;
        let label = self.compose(found, placement.depth);
        self.tell(found, &placement, label.as_deref());
        let level = placement.depth;
        self.sequence.enter(placement, label.clone(), None);
        let body = found.base + found.number.body;
        let has_words = !self.rest_of(found).is_empty();
        self.push(Draft {
            start,
            body,
            kind: SegmentKind::Heading,
            label,
            heading: None,
            lead_in: None,
            level,
            n_provision: 0,
        });
        if has_words {
            self.heading = Some(self.drafts.len() - 1);
        }
    }

    pub(crate) fn enter_clause(&mut self, found: Found<'_>, placement: Placement) {
        let introduction = self.introduction(&placement);
        let is_recital_list = found.number.delimiter == Delimiter::Parentheses
            && !placement.is_sibling
            && opens_recitals(self.last_words());
        if is_recital_list {
            self.region = Region::Recitals;
        } else if found.number.kind.is_some() {
            self.region = Region::Text;
        }
        let label = self.compose(found, placement.depth);
        self.tell(found, &placement, label.as_deref());
        let level = placement.depth;
        if let Some(implied) = self.implied.take() {
            self.interrupted = Some(implied).filter(|_| !placement.is_sibling);
        }
        self.sequence.enter(placement, label.clone(), introduction);
        self.awaits_title = false;
        self.push(Draft {
            start: found.base,
            body: found.base + found.number.body,
            kind: SegmentKind::Clause,
            label,
            heading: self.heading,
            lead_in: self.sequence.lead_in(level),
            level,
            n_provision: 0,
        });
    }

    /// The words that introduce a list that begins now; they become a lead-in.
    fn introduction(&mut self, placement: &Placement) -> Option<usize> {
        if placement.is_sibling || !self.is_in_clause() {
            return None;
        }
        if self.implied.is_some() && !announces_with_colon(self.last_words()) {
            return self.implied;
        }
        if !introduces(self.last_words()) {
            return None;
        }
        let last = self.drafts.len() - 1;
        self.drafts[last].kind = SegmentKind::LeadIn;
        Some(last)
    }

    /// The label of a provision with a word of its own: with that of its annex if the numbers of
    /// provisions begin again there.
    fn compose_provision(&mut self, kind: Kind, found: Found<'_>) -> String {
        let written = self.written(found);
        let is_repeat = !self.provisions.insert(written.to_lowercase());
        let is_behind = match found.number.value {
            Value::Arabic { number, .. } => {
                let greatest = self.greatest_provision;
                self.greatest_provision = greatest.max(number);
                number < greatest
            }
            _ => false,
        };
        let begins_again = is_repeat || is_behind;
        let Some(annex) = &mut self.annex else {
            return written;
        };
        let is_needed = kind.is_plain() || *annex.is_needed.get_or_insert(begins_again);
        if is_needed {
            format!("{} {written}", annex.label)
        } else {
            written
        }
    }

    /// The full label of a number: that of its parent and its own.
    fn compose(&mut self, found: Found<'_>, depth: usize) -> Option<String> {
        if let Some(kind) = found.number.kind {
            return Some(self.compose_provision(kind, found));
        }
        let parent = self.sequence.parent_label(depth);
        if found.number.delimiter == Delimiter::Bullet {
            return parent.or(self.annex_label()).map(str::to_owned);
        }
        let number = self.text[found.base..][found.number.number.clone()].trim();
        if let Some(parent) = parent {
            return Some(self.compose_with(parent, found));
        }
        if self.region == Region::Recitals {
            return Some(format!("Recital {number}"));
        }
        let is_letter = matches!(found.number.value, Value::Letters { .. });
        let written = match (self.annex_label(), found.number.delimiter) {
            (Some(annex), _) if is_letter => format!("{annex}({number})"),
            (Some(annex), _) => format!("{annex} ¶{number}"),
            (None, Delimiter::Parentheses) => format!("({number})"),
            (None, Delimiter::Degree) => format!("{number}°"),
            (None, _) => number.to_owned(),
        };
        Some(written)
    }

    /// A number under a parent: in parentheses, or in place of the parent's own if it repeats it.
    fn compose_with(&self, parent: &str, found: Found<'_>) -> String {
        let number = self.text[found.base..][found.number.number.clone()].trim();
        if let Value::Decimal(_) = &found.number.value {
            let outer = number.rsplit_once('.').map_or("", |(outer, _)| outer);
            if let Some(stem) = parent.strip_suffix(outer)
                && !stem.ends_with(|c: char| c.is_ascii_digit() || c == '.')
            {
                return format!("{stem}{number}");
            }
        }
        [parent, "(", number, ")"].concat()
    }

    fn written(&self, found: Found<'_>) -> String {
        let written = &self.text[found.base..][found.number.written.clone()];
        written
            .trim_end_matches(['.', ':', ' '])
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Puts what is odd about a number among the diagnostics.
    fn tell(&mut self, found: Found<'_>, placement: &Placement, label: Option<&str>) {
        let label = label.unwrap_or("an item");
        let is_filled = |oddity: &Oddity| {
            *oddity == Oddity::Gap
                && self
                    .drafts
                    .last()
                    .is_some_and(|last| ends_before(self.text, last, found.base, found.number))
        };
        let oddity = placement.oddity.filter(|oddity| !is_filled(oddity));
        let oddity = oddity.map(|oddity| match oddity {
            Oddity::Gap => "follows a gap in the numbering",
            Oddity::Repeated => "repeats the number before it",
            Oddity::Backward => "comes after a greater number",
            Oddity::Restarted => "starts the numbering again without a heading",
            Oddity::Flattened => "stands deeper than 64 lists and is laid flat",
        });
        if let Some(oddity) = oddity {
            let message = format!("`{label}` {oddity}");
            let diagnostic = Diagnostic::new(Severity::Note, message);
            self.diagnostics.push(diagnostic.at_line(found.index + 1));
        }
    }
}
