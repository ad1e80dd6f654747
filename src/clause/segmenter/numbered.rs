//! Numbers at the start of lines, and what they begin.

use crate::clause::enumerator::read_enumerator;
use crate::clause::inline::ends_before;
use crate::clause::number::{Candidate, Delimiter, Enumerator, Value};
use crate::clause::opening::opens_recitals;
use crate::clause::outline::SegmentDraft;
use crate::clause::placement::{NumberPlacement, NumberStrength, Oddity, Surroundings};
use crate::clause::segment::SegmentKind;
use crate::clause::segmenter::{Found, ProvisionTitle, Region, Segmenter};
use crate::clause::wording::{announces_with_colon, introduces, is_title_like};
use crate::error::{Diagnostic, Severity};
use crate::provision::{ProvisionKind, Role};

impl Segmenter<'_> {
    /// Processes the provision, heading or item whose number a line begins with; `None` if the line
    /// begins with no number, or with one that belongs to its sentence.
    pub(super) fn take_numbered(&mut self, index: usize) -> Option<usize> {
        let number = self.without_marks(self.number_at(index)?.clone(), index);
        let line = self.survey.lines[index];
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
        if let Some(title) = self.title_in_parentheses(found) {
            self.enter_with_title(found, title)?;
            return Some(index + 1);
        }
        let title_end = match number.kind {
            Some(_) => self.titled_end(found),
            None => self.numbered_title_end(found),
        };
        if let Some(end) = title_end {
            let is_entered = self.enter_titled(found, line.start).is_some();
            if is_entered || number.kind.is_some() {
                return is_entered.then_some(end);
            }
        }
        self.enter_numbered(found)?;
        Some(index + 1)
    }

    /// Adds a number followed by its own words; `None` if it fits nowhere.
    fn enter_numbered(&mut self, found: Found<'_>) -> Option<()> {
        let number = found.number;
        let is_group = self.role_of(found).is_some_and(|role| {
            role != Role::Provision && number.kind != Some(ProvisionKind::Section)
        });
        if is_group {
            return None;
        }
        let around = self.surroundings(found.strength);
        let placement = self.sequence.place(number, around)?;
        if number.delimiter == Delimiter::Space && !self.is_spaced_list(number, &placement) {
            return None;
        }
        self.enter_clause(found, placement);
        self.enter_inner(found);
        Some(())
    }

    /// A number without any mark is accepted only if it follows the one before or precedes the next.
    fn is_spaced_list(&self, number: &Enumerator, placement: &NumberPlacement) -> bool {
        let is_letter = matches!(number.value, Value::Letters { .. });
        if is_letter || matches!(number.value, Value::Decimal(_)) {
            return true;
        }
        if placement.is_sibling || placement.oddity.is_some() {
            return placement.oddity.is_none();
        }
        self.ahead().iter().any(|Candidate { number: next, .. }| {
            next.delimiter == Delimiter::Space
                && matches!(next.value, Value::Arabic { number: 2, .. })
        })
    }

    /// Numbers directly after a number: `(a)` in `1. (a) States shall`, `a)` in `1. a) States shall`.
    pub(super) fn enter_inner(&mut self, outer: Found<'_>) {
        let line = self.survey.lines[outer.index];
        let mut base = outer.base + outer.number.body;
        for _ in 0..3 {
            if base >= line.end || outer.number.delimiter == Delimiter::Bullet {
                return;
            }
            let Some(inner) = read_enumerator(&self.survey.text[base..line.end]) else {
                return;
            };
            let is_letter = matches!(inner.value, Value::Letters { .. });
            let is_mark = match inner.delimiter {
                Delimiter::Parentheses | Delimiter::Circle => true,
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
                strength: NumberStrength::Block,
            };
            let around = Surroundings {
                is_introduced: true,
                ..self.surroundings(NumberStrength::Block)
            };
            let Some(placement) = self.sequence.place(&inner, around) else {
                return;
            };
            self.last_end = base;
            self.enter_clause(found, placement);
            base += inner.body;
        }
    }

    /// Adds a heading with the word of its kind; `None` if its number fits nowhere.
    pub(super) fn enter_titled(&mut self, found: Found<'_>, start: usize) -> Option<()> {
        let number = found.number;
        let body = found.base + number.body;
        let has_words = !self.rest_of(found).is_empty();
        let is_decimal = matches!(number.value, Value::Decimal(_));
        match number.kind {
            None => return self.enter_numbered_title(found, start).then_some(()),
            Some(kind) if kind.role() == Role::Annex => {
                self.sequence.clear();
                self.region = Region::Text;
                self.provisions.enter_annex(self.written(found));
                self.push_heading(start, if has_words { body } else { start }, 0);
            }
            Some(_) if self.role_of(found) == Some(Role::Group) && !is_decimal => {
                if self.begins_again(found) {
                    let part = self.written(found);
                    self.provisions.enter_part(number.kind, &part);
                }
                self.push_heading(start, if has_words { body } else { start }, 0);
            }
            Some(kind) => {
                let around = self.surroundings(found.strength);
                let placement = self.sequence.place(number, around)?;
                self.enter_provision(found, placement, start);
                self.awaits_title = !has_words && kind != ProvisionKind::Preamble;
                return Some(());
            }
        }
        self.awaits_title = !has_words;
        Some(())
    }

    /// Whether the numbers begin again in this part of an annex and in another part of it.
    fn begins_again(&self, found: Found<'_>) -> bool {
        /// The most numbers of two parts.
        const MAX_AHEAD: usize = 4096;
        if self.provisions.annex().is_none() || self.provisions.part().is_some() {
            return self.provisions.part() == found.number.kind;
        }
        // Lines of the text may begin with the same word in small letters.
        let word = |line: usize| self.survey.words(line).split(' ').next();
        let own = word(found.index);
        let (mut is_first, mut part) = ([None; 2], 0);
        let ahead = self.survey.numbers.iter().skip(self.next_number + 1);
        for Candidate { line, number } in ahead.take(MAX_AHEAD) {
            let is_bare = matches!(number.value, Value::Arabic { .. }) && number.kind.is_none();
            let is_part = number.kind == found.number.kind && word(*line) == own;
            let rest = self.survey.words(*line).get(number.body..).unwrap_or("");
            let is_annex = number.kind.is_some_and(|kind| kind.role() == Role::Annex)
                && (rest.is_empty() || is_title_like(rest));
            if is_annex || is_part && part == 1 {
                break;
            }
            // Articles count through all parts, and their paragraphs begin again in each.
            let is_article = number.kind == Some(ProvisionKind::Article)
                && self.survey.words(*line).starts_with(char::is_uppercase);
            if is_part {
                part = 1;
            } else if is_bare || is_article {
                is_first[part].get_or_insert(is_bare && number.value.is_first());
            }
        }
        is_first == [Some(true); 2]
    }

    /// Adds `3. Human rights` as a provision, `II. Threats` as a heading.
    fn enter_numbered_title(&mut self, found: Found<'_>, start: usize) -> bool {
        if matches!(found.number.value, Value::Letters { .. }) {
            self.push_heading(start, start, 0);
            return true;
        }
        let around = Surroundings {
            is_title: true,
            ..self.surroundings(found.strength)
        };
        let Some(placement) = self.sequence.place(found.number, around) else {
            return false;
        };
        self.enter_provision(found, placement, start);
        true
    }

    pub(super) fn enter_provision(
        &mut self,
        found: Found<'_>,
        placement: NumberPlacement,
        start: usize,
    ) {
        self.region = Region::Text;
        self.implied = None;
        self.interrupted = None;
        let label = self.compose(found, placement.depth);
        self.tell(found, &placement, label.as_deref());
        let level = placement.depth;
        self.sequence.enter(placement, label.clone(), None);
        let kind = found.number.kind;
        let body = found.base + found.number.body;
        if level == 0 {
            self.leave_title(kind);
        }
        let above = self.heading;
        self.push_as_heading(SegmentDraft {
            label,
            level,
            ..self.draft(start, body, SegmentKind::Heading)
        });
        if self.rest_of(found).is_empty() && kind != Some(ProvisionKind::Preamble) {
            self.heading = above;
        } else if kind.is_some() {
            self.title = Some(ProvisionTitle { above, kind });
        }
    }

    pub(super) fn enter_clause(&mut self, found: Found<'_>, placement: NumberPlacement) {
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
        if level == 0 && found.number.delimiter != Delimiter::Bullet {
            self.leave_title(found.number.kind);
        }
        let body = found.base + found.number.body;
        self.push(SegmentDraft {
            label,
            lead_in: self.sequence.lead_in(level),
            level,
            ..self.draft(found.base, body, SegmentKind::Clause)
        });
    }

    /// The words that introduce a list that begins now; they become a lead-in.
    fn introduction(&mut self, placement: &NumberPlacement) -> Option<usize> {
        let is_outside = (1..self.sequence.depth()).contains(&placement.depth);
        if placement.is_sibling || is_outside || !self.is_in_clause() {
            return None;
        }
        if self.implied.is_some() && !announces_with_colon(self.last_words()) {
            return self.implied;
        }
        if !introduces(self.last_words()) || self.is_item_with_comma() {
            return None;
        }
        let last = self.drafts.len() - 1;
        self.drafts[last].kind = SegmentKind::LeadIn;
        Some(last)
    }

    /// Adds a diagnostic about an odd number.
    fn tell(&mut self, found: Found<'_>, placement: &NumberPlacement, label: Option<&str>) {
        let label = label.unwrap_or("an item");
        let is_filled = |oddity: &Oddity| {
            *oddity == Oddity::Gap
                && self.drafts.last().is_some_and(|last| {
                    ends_before(self.survey.text, last, found.base, found.number)
                        || is_before(last.label.as_deref(), found.number)
                })
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

/// Whether the last number of a label is the one before a number: `Articles 2 and 3` before 4.
fn is_before(label: Option<&str>, number: &Enumerator) -> bool {
    let label = label.unwrap_or_default();
    let last = label.rsplit(|c: char| !c.is_ascii_digit()).next();
    let next = last.and_then(|last| last.parse::<u32>().ok()?.checked_add(1));
    matches!(number.value, Value::Arabic { number, .. } if next == Some(number))
}
