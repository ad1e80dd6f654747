//! What the format marks: headings, labels, items of lists.

use crate::clause::enumerator::read_enumerator;
use crate::clause::number::{Delimiter, Enumerator, Value};
use crate::clause::outline::SegmentDraft;
use crate::clause::placement::{Bullet, NumberStrength};
use crate::clause::segment::SegmentKind;
use crate::clause::segmenter::{Found, Joint, Region, Segmenter};
use crate::clause::wording::{announces_with_colon, begins_anew, is_contents_heading};

use crate::read::HintKind;

impl Segmenter<'_> {
    pub(super) fn take_hinted(&mut self, index: usize) -> Option<usize> {
        let line = self.survey.lines[index];
        let next_line = self
            .survey
            .lines
            .get(index + 1)
            .map_or(self.survey.text.len(), |next| next.from);
        let (mut heading, mut label, mut item, mut note) = (None, None, None, None);
        while let Some(hint) = self.survey.hints.get(self.next_hint) {
            if hint.range.start >= next_line {
                break;
            }
            if hint.range.start < line.from {
                // It marks page furniture.
                self.next_hint += 1;
                continue;
            }
            match hint.kind {
                HintKind::Heading(depth) => heading = Some((depth, hint.range.end)),
                HintKind::Label => label = label.or(Some(hint.range.clone())),
                HintKind::ListItem(depth) => item = Some(depth),
                HintKind::Paragraph
                | HintKind::Language(_)
                | HintKind::Quotation
                | HintKind::Page(_) => {}
                HintKind::Note => note = Some(hint.range.end),
            }
            if matches!(hint.kind, HintKind::Paragraph | HintKind::ListItem(_)) {
                self.joint = Joint::Blank;
                self.paragraph_end = hint.range.end;
            }
            self.next_hint += 1;
        }
        if let Some(end) = note {
            let last = self.line_of(index, end);
            self.push(self.draft(line.start, line.start, SegmentKind::Footnote));
            return Some(last + 1);
        }
        let marks = self.survey.text[line.range()]
            .bytes()
            .take_while(|&byte| byte == b'#')
            .count();
        if let Some((depth, end)) = heading {
            let last = self.line_of(index, end);
            return Some(self.take_marked_heading(index, last, usize::from(depth)));
        }
        if (1..=6).contains(&marks) && line.end > line.start + marks {
            return Some(self.take_marked_heading(index, index, marks));
        }
        if let Some(label) = label {
            return Some(self.take_labeled(index, label));
        }
        item.map(|depth| self.take_item(index, usize::from(depth)))
    }

    /// The last line that begins before a byte.
    fn line_of(&self, index: usize, end: usize) -> usize {
        let n_lines = self.survey.lines[index..]
            .iter()
            .take_while(|line| line.from < end)
            .count();
        index + n_lines.max(1) - 1
    }

    fn take_marked_heading(&mut self, index: usize, last: usize, depth: usize) -> usize {
        let line = self.survey.lines[index];
        let body = line.end
            - self.survey.text[line.range()]
                .trim_start_matches(['#', ' ', '*', '_'])
                .len();
        let end = self.survey.lines[last].end.max(body);
        let words = self.survey.text[body..end].trim_end_matches(['#', ' ', '*', '_']);
        let number = read_enumerator(words).filter(|number| number.delimiter != Delimiter::Bullet);
        if let Some(number) = &number
            && Self::is_heading_number(number, words)
        {
            let found = Found {
                number,
                index,
                base: body,
                strength: NumberStrength::Block,
            };
            if self.enter_titled(found, line.start).is_some() {
                return last + 1;
            }
        }
        if self.awaits_title {
            self.push_title(line.start, body);
        } else {
            self.push_heading(line.start, body, depth.saturating_sub(1));
        }
        if is_contents_heading(words) {
            self.region = Region::Contents;
        }
        last + 1
    }

    /// Whether the number of a marked heading numbers provisions: `Article 5`, `3. Human rights`.
    fn is_heading_number(number: &Enumerator, words: &str) -> bool {
        let rest = &words[number.body..];
        match number.kind {
            Some(kind) if kind.is_plain() => false,
            Some(_) => number.is_set_apart || rest.is_empty() || begins_anew(rest),
            None => {
                matches!(number.value, Value::Arabic { .. } | Value::Decimal(_))
                    && number.delimiter != Delimiter::Parentheses
                    && begins_anew(rest)
            }
        }
    }

    /// A label that the format sets apart; its words do not matter.
    fn take_labeled(&mut self, index: usize, range: std::ops::Range<usize>) -> usize {
        let is_mark = |c: char| c.is_whitespace() || matches!(c, '*' | '_' | ':' | '`');
        let label = self.survey.text[range.clone()]
            .trim_matches(is_mark)
            .trim_end_matches(['.', ' ', '–', '—'])
            .to_owned();
        let start = self.survey.lines[index].start.min(range.start);
        let rest = &self.survey.text[range.end..];
        let marks = rest.len()
            - rest
                .trim_start_matches(['*', '_', ':', '.', ' ', '–', '—'])
                .len();
        let line = self.survey.lines[index];
        let body = (range.end + marks).min(line.end.max(range.end));
        self.sequence.enter_labeled(label.clone());
        self.implied = None;
        self.awaits_title = false;
        self.push(SegmentDraft {
            label: Some(label),
            ..self.draft(start, body, SegmentKind::Clause)
        });
        index + 1
    }

    /// An item of a list that the format marks; its own number, if it has one, is its label.
    fn take_item(&mut self, index: usize, depth: usize) -> usize {
        if !self.is_bulleted(index)
            && let Some(next) = self.take_numbered(index)
        {
            return next;
        }
        self.enter_bullet(index, depth);
        index + 1
    }

    /// Whether a line has only a bullet as its mark.
    fn is_bulleted(&self, index: usize) -> bool {
        self.number_at(index)
            .is_some_and(|number| number.delimiter == Delimiter::Bullet)
    }

    /// Begins an unnumbered item, with or without a bullet, at an indentation.
    pub(super) fn enter_bullet(&mut self, index: usize, indent: usize) {
        let line = self.survey.lines[index];
        let bullet = read_enumerator(&self.survey.text[line.range()])
            .filter(|number| number.delimiter == Delimiter::Bullet)
            .unwrap_or_else(Enumerator::unmarked);
        let found = Found {
            number: &bullet,
            index,
            base: line.start,
            strength: NumberStrength::Block,
        };
        let placement = self.sequence.place_bullet(Bullet {
            indent,
            glyph: self.survey.text[line.start..].chars().next().unwrap_or('-'),
            is_introduced: announces_with_colon(self.last_words()),
        });
        self.enter_clause(found, placement);
    }
}
