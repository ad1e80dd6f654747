//! [`Cutter`]: one walk over the lines of a text that says what each of them begins.

use crate::clause::enumerator::{Delimiter, Enumerator, Value, read_enumerator};
use crate::clause::kind::{Kind, Role};
use crate::clause::line::{Layout, Line, layout_of, lines_of, width_of};
use crate::clause::outline::{Draft, segments_of};
use crate::clause::segment::{SegmentKind, Segmentation};
use crate::clause::sequence::{MAX_NESTING, Oddity, Placement, Sequence, Strength, Surroundings};
use crate::clause::wording::{
    announces, begins_anew, ends_part, ends_with_page, ends_with_reference, goes_on, has_capitals,
    introduces, is_all_capitals, is_contents_entry, is_contents_heading, is_furniture, is_short,
    is_title_like, opens_recitals,
};
use crate::error::{Diagnostic, Severity};
use crate::read::{Hint, HintKind};

/// How many numbers ahead are looked at to tell letters from Roman numbers.
const LOOK_AHEAD: usize = 12;

/// The most lines of one title.
const MAX_TITLE_LINES: usize = 6;

/// What is known while the lines are walked.
#[derive(Debug)]
pub(crate) struct Cutter<'a> {
    text: &'a str,
    lines: Vec<Line>,
    layout: Layout,
    hints: Vec<Hint>,
    next_hint: usize,
    has_heading_hints: bool,
    /// The possible numbers with their lines, and which of them comes next.
    numbers: Vec<(usize, Enumerator)>,
    next_number: usize,
    sequence: Sequence,
    drafts: Vec<Draft>,
    diagnostics: Vec<Diagnostic>,
    /// The label of the annex the walk is in.
    annex: Option<String>,
    has_provisions: bool,
    heading: Option<usize>,
    /// Whether the title of the heading before may come on a line of its own.
    awaits_title: bool,
    /// The words that introduce the items of an unmarked list.
    implied: Option<usize>,
    is_after_blank: bool,
    /// Whether the next line goes on with the words before a page number.
    is_glued: bool,
    is_in_contents: bool,
    is_in_recitals: bool,
    /// Where a paragraph that the format marks ends.
    paragraph_end: usize,
    /// The end of the latest line with words.
    last_end: usize,
    last_line: Option<usize>,
}

/// A number at a place in a line, ready to become a part.
#[derive(Clone, Copy, Debug)]
struct Found<'f> {
    number: &'f Enumerator,
    index: usize,
    /// Where the number's ranges count from.
    base: usize,
    strength: Strength,
}

impl<'a> Cutter<'a> {
    pub(crate) fn new(text: &'a str, hints: &[Hint]) -> Self {
        let lines = lines_of(text);
        let layout = layout_of(text, &lines);
        let numbers = lines
            .iter()
            .enumerate()
            .filter_map(|(index, line)| Some((index, read_enumerator(&text[line.range()])?)))
            .collect();
        let mut hints: Vec<Hint> = hints
            .iter()
            .filter(|hint| text.get(hint.range.clone()).is_some())
            .cloned()
            .collect();
        hints.sort_by_key(|hint| hint.range.start);
        let has_heading_hints = hints
            .iter()
            .any(|hint| matches!(hint.kind, HintKind::Heading(_)));
        Self {
            text,
            lines,
            layout,
            hints,
            next_hint: 0,
            has_heading_hints,
            numbers,
            next_number: 0,
            sequence: Sequence::default(),
            drafts: Vec::new(),
            diagnostics: Vec::new(),
            annex: None,
            has_provisions: false,
            heading: None,
            awaits_title: false,
            implied: None,
            is_after_blank: true,
            is_glued: false,
            is_in_contents: false,
            is_in_recitals: false,
            paragraph_end: 0,
            last_end: 0,
            last_line: None,
        }
    }

    pub(crate) fn cut(mut self) -> Segmentation {
        let mut index = 0;
        while index < self.lines.len() {
            if self.lines[index].is_blank() {
                self.is_after_blank = true;
                index += 1;
            } else {
                index = self.take(index);
            }
        }
        Segmentation {
            segments: segments_of(self.text, &self.drafts),
            diagnostics: self.diagnostics,
        }
    }

    /// Takes the part or the line that begins at a line; returns the line to go on with.
    fn take(&mut self, index: usize) -> usize {
        while self
            .numbers
            .get(self.next_number)
            .is_some_and(|(line, _)| *line < index)
        {
            self.next_number += 1;
        }
        let next = self
            .take_hinted(index)
            .or_else(|| self.take_page_matter(index))
            .or_else(|| self.take_numbered(index))
            .or_else(|| self.take_title(index))
            .or_else(|| self.take_heading(index))
            .unwrap_or_else(|| self.take_words(index));
        if !self.is_glued {
            self.last_end = self.lines[next - 1].end;
            self.last_line = Some(next - 1);
        }
        self.is_after_blank = false;
        next
    }

    // What the format marks.

    fn take_hinted(&mut self, index: usize) -> Option<usize> {
        let line = self.lines[index];
        let next_line = self
            .lines
            .get(index + 1)
            .map_or(self.text.len(), |next| next.from);
        let (mut heading, mut label, mut item) = (None, None, None);
        while let Some(hint) = self.hints.get(self.next_hint) {
            if hint.range.start >= next_line {
                break;
            }
            match hint.kind {
                HintKind::Heading(depth) => heading = Some((depth, hint.range.end)),
                HintKind::Label => label = label.or(Some(hint.range.clone())),
                HintKind::ListItem(depth) => item = Some(depth),
                HintKind::Paragraph => {}
            }
            if matches!(hint.kind, HintKind::Paragraph | HintKind::ListItem(_)) {
                self.is_after_blank = true;
                self.paragraph_end = hint.range.end;
            }
            self.next_hint += 1;
        }
        let marks = self.text[line.range()]
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
        item.and_then(|depth| self.take_item(index, usize::from(depth)))
    }

    /// The last line that begins before a byte.
    fn line_of(&self, index: usize, end: usize) -> usize {
        let n_lines = self.lines[index..]
            .iter()
            .take_while(|line| line.from < end)
            .count();
        index + n_lines.max(1) - 1
    }

    fn take_marked_heading(&mut self, index: usize, last: usize, depth: usize) -> usize {
        let line = self.lines[index];
        let body = line.end
            - self.text[line.range()]
                .trim_start_matches(['#', ' ', '*', '_'])
                .len();
        let end = self.lines[last].end.max(body);
        let words = self.text[body..end].trim_end_matches(['#', ' ', '*', '_']);
        let number = read_enumerator(words).filter(|number| number.delimiter != Delimiter::Bullet);
        if let Some(number) = &number
            && self.is_heading_number(number, words)
        {
            let found = Found {
                number,
                index,
                base: body,
                strength: Strength::Block,
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
        self.is_in_contents = is_contents_heading(words);
        last + 1
    }

    /// Whether the number of a marked heading numbers provisions: `Article 5`, `3. Human rights`.
    fn is_heading_number(&self, number: &Enumerator, words: &str) -> bool {
        let rest = &words[number.body..];
        match number.kind {
            Some(Kind::Plain) => false,
            Some(_) => number.is_set_apart || rest.is_empty() || begins_anew(rest),
            None => {
                matches!(number.value, Value::Arabic { .. } | Value::Decimal(_))
                    && number.delimiter != Delimiter::Parentheses
                    && begins_anew(rest)
            }
        }
    }

    /// A label that the format sets apart: it is one, whatever it says.
    fn take_labeled(&mut self, index: usize, range: std::ops::Range<usize>) -> usize {
        let is_mark = |c: char| c.is_whitespace() || matches!(c, '*' | '_' | ':' | '`');
        let label = self.text[range.clone()]
            .trim_matches(is_mark)
            .trim_end_matches(['.', ' ', '–', '—'])
            .to_owned();
        let start = self.lines[index].start.min(range.start);
        let rest = &self.text[range.end..];
        let marks = rest.len() - rest.trim_start_matches(['*', '_', ':', '.']).len();
        let line = self.lines[index];
        let body = (range.end + marks).min(line.end.max(range.end));
        self.sequence.enter_labeled(label.clone());
        self.implied = None;
        self.awaits_title = false;
        self.push(Draft {
            start,
            body,
            kind: SegmentKind::Clause,
            label: Some(label),
            heading: self.heading,
            lead_in: None,
            level: 0,
        });
        index + 1
    }

    /// An item of a list that the format marks; its own number, if it has one, is its label.
    fn take_item(&mut self, index: usize, depth: usize) -> Option<usize> {
        if let Some(next) = self.take_numbered(index) {
            return Some(next);
        }
        let line = self.lines[index];
        self.enter_bullet(index, line.start, depth);
        Some(index + 1)
    }

    /// Begins an unnumbered item whose words begin at a byte.
    fn enter_bullet(&mut self, index: usize, body: usize, depth: usize) {
        let bullet = Enumerator {
            kind: None,
            delimiter: Delimiter::Bullet,
            value: Value::Nothing,
            number: 0..0,
            written: 0..depth,
            body: body - self.lines[index].start,
            is_set_apart: true,
        };
        let found = Found {
            number: &bullet,
            index,
            base: self.lines[index].start,
            strength: Strength::Block,
        };
        let around = self.surroundings(found.strength, false);
        if let Some(placement) = self.sequence.place(&bullet, around) {
            self.enter_clause(found, placement);
        }
    }

    // What belongs to the page.

    fn take_page_matter(&mut self, index: usize) -> Option<usize> {
        let words = &self.text[self.lines[index].range()];
        let is_entry = is_contents_entry(words) || self.is_in_contents && ends_with_page(words);
        self.is_in_contents &= is_entry;
        if is_furniture(words) && !is_entry && self.is_inside_sentence(index) {
            self.is_glued = true;
            return Some(index + 1);
        }
        if !is_entry && !is_furniture(words) {
            return None;
        }
        let is_more = self.last_kind() == Some(SegmentKind::Furniture);
        if !is_more {
            let start = self.lines[index].start;
            self.push(self.draft(start, start, SegmentKind::Furniture));
        }
        Some(index + 1)
    }

    /// Whether the words before a page number go on behind it.
    fn is_inside_sentence(&self, index: usize) -> bool {
        let is_open = self.last_kind() == Some(SegmentKind::Clause)
            && (self.last_words().is_empty() || !ends_part(self.last_words()));
        let next = self
            .next_words(index + 1)
            .map(|next| &self.text[self.lines[next].range()]);
        is_open
            && next.is_some_and(|next| {
                self.last_words().is_empty() || next.starts_with(char::is_lowercase)
            })
    }

    // Numbers.

    fn take_numbered(&mut self, index: usize) -> Option<usize> {
        let (line, number) = self.numbers.get(self.next_number)?;
        if *line != index {
            return None;
        }
        let number = number.clone();
        let found = Found {
            number: &number,
            index,
            base: self.lines[index].start,
            strength: self.strength(index),
        };
        if !self.is_plausible(found) {
            return None;
        }
        let start = self.lines[index].start;
        let last = if number.kind.is_some() {
            match self.titled_end(found) {
                Some(end) => {
                    self.enter_titled(found, start)?;
                    return Some(end);
                }
                None => index + 1,
            }
        } else {
            if let Some(end) = self.numbered_title_end(found) {
                return self.enter_numbered_title(found, start).then_some(end);
            }
            index + 1
        };
        let is_group = number
            .kind
            .is_some_and(|kind| kind.role() != Role::Provision);
        if is_group && number.kind != Some(Kind::Section) {
            return None;
        }
        let around = self.surroundings(found.strength, false);
        let placement = self.sequence.place(&number, around)?;
        if number.delimiter == Delimiter::Space
            && (placement.oddity.is_some() || !self.is_spaced_list(&number, &placement))
        {
            return None;
        }
        self.enter_clause(found, placement);
        self.enter_inner(found);
        Some(last)
    }

    /// A number without any mark is one only if the next one comes, or the one before came.
    fn is_spaced_list(&self, number: &Enumerator, placement: &Placement) -> bool {
        if placement.is_sibling || matches!(number.value, Value::Decimal(_)) {
            return true;
        }
        self.ahead().iter().any(|(_, next)| {
            next.delimiter == Delimiter::Space
                && matches!(next.value, Value::Arabic { number: 2, .. })
        })
    }

    /// Numbers right behind a number: `(a)` in `1. (a) States shall`.
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
            let is_first = match &inner.value {
                Value::Arabic { number, .. } => *number == 1,
                Value::Letters { letter, roman, .. } => *letter == Some(1) || *roman == Some(1),
                _ => false,
            };
            if inner.delimiter != Delimiter::Parentheses || !is_first {
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
        if self.is_glued || is_weak && ends_with_reference(before) {
            return false;
        }
        match number.delimiter {
            Delimiter::Word => self.is_plausible_word(found, rest),
            Delimiter::Space => {
                let is_long_number =
                    matches!(&number.value, Value::Decimal(levels) if levels.len() > 1);
                let strength = if is_long_number {
                    Strength::Strong
                } else {
                    Strength::Block
                };
                found.strength >= strength
                    && (begins_anew(rest) || rest.is_empty() && is_long_number)
            }
            Delimiter::Dot => {
                let is_arabic = matches!(number.value, Value::Arabic { .. });
                !is_weak || is_arabic && begins_anew(rest)
            }
            Delimiter::Degree => !is_weak,
            Delimiter::Parentheses | Delimiter::Closing => {
                !rest.starts_with([',', ';', '.', ')']) && !(is_weak && rest.is_empty())
            }
            Delimiter::Bullet => {
                let is_dash = self.text[found.base..].starts_with(['-', '–', '—', '*']);
                !rest.is_empty() && !(is_weak && is_dash)
            }
        }
    }

    /// `Article 5` begins a provision, `Article 5 of the Convention` does not.
    fn is_plausible_word(&self, found: Found<'_>, rest: &str) -> bool {
        let number = found.number;
        let is_sentence = !number.is_set_apart
            && (rest.starts_with(char::is_lowercase) || rest.starts_with([',', ';', ')', '/']));
        let glued = &self.text[found.base + number.written.end..];
        if is_sentence || glued.starts_with([',', ';', ')', '/']) {
            return false;
        }
        let word = &self.text[found.base..found.base + number.written.end];
        let is_capital = !word.starts_with(char::is_lowercase);
        match number.kind {
            Some(Kind::Plain) => found.strength > Strength::Weak && !rest.is_empty(),
            Some(Kind::Preamble) => {
                is_capital && (rest.is_empty() || is_all_capitals(word) || number.is_set_apart)
            }
            Some(kind) if kind.role() == Role::Annex => {
                let is_alone = rest.is_empty() || number.is_set_apart || is_all_capitals(word);
                is_capital
                    && is_alone
                    && (rest.is_empty() || is_title_like(rest))
                    && found.strength > Strength::Weak
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
        if kind.role() == Role::Group && !(is_decimal && kind == Kind::Section) {
            return self
                .title_end(found.index, found.base + found.number.body)
                .or_else(|| (is_short(rest) && kind != Kind::Section).then_some(found.index + 1));
        }
        if kind.role() == Role::Annex {
            return Some(found.index + 1);
        }
        if kind == Kind::Plain || kind == Kind::Preamble {
            return None;
        }
        let end = self.title_end(found.index, found.base + found.number.body)?;
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
        let is_possible = is_mark && (is_upper || is_arabic) && found.strength > Strength::Weak;
        if !is_possible || self.sequence.is_in_provision() {
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
        let is_list = next_number.is_some_and(|next| {
            let is_alike = next.delimiter == number.delimiter
                && std::mem::discriminant(&next.value) == std::mem::discriminant(&number.value);
            let is_lower = matches!(next.value, Value::Letters { is_upper: false, .. });
            is_alike || is_lower || next.delimiter == Delimiter::Bullet
        });
        let is_item = self.implied.is_some() || announces(self.last_words()) && self.is_in_clause();
        let stands_out = is_all_capitals(rest);
        let is_title = stands_out
            || !is_list
                && !is_item
                && (is_upper || next_number.is_none_or(|next| next.kind.is_none()));
        is_title.then_some(end)
    }

    /// Enters a heading with the word of its kind; nothing if its number fits nowhere.
    fn enter_titled(&mut self, found: Found<'_>, start: usize) -> Option<()> {
        let number = found.number;
        let body = found.base + number.body;
        let has_words = !self.rest_of(found).is_empty();
        let written = self.written(found);
        let is_decimal = matches!(number.value, Value::Decimal(_));
        match number.kind {
            None => return self.enter_numbered_title(found, start).then_some(()),
            Some(kind) if kind.role() == Role::Annex => {
                self.sequence.clear();
                self.is_in_recitals = false;
                // A document may call itself an annex: then it has no other part to be told from.
                self.annex = self.has_provisions.then_some(written);
                self.push_heading(start, if has_words { body } else { start }, 0);
            }
            Some(kind) if kind.role() == Role::Group && !is_decimal => {
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
        self.is_in_recitals = false;
        self.implied = None;
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
        });
        if has_words {
            self.heading = Some(self.drafts.len() - 1);
        }
    }

    fn enter_clause(&mut self, found: Found<'_>, placement: Placement) {
        let introduction = self.introduction(&placement);
        let is_recital_list = found.number.delimiter == Delimiter::Parentheses
            && !placement.is_sibling
            && opens_recitals(self.last_words());
        self.is_in_recitals |= is_recital_list;
        self.is_in_recitals &= found.number.kind.is_none();
        let label = self.compose(found, placement.depth);
        self.tell(found, &placement, label.as_deref());
        let level = placement.depth;
        self.sequence.enter(placement, label.clone(), introduction);
        self.implied = None;
        self.awaits_title = false;
        self.push(Draft {
            start: found.base,
            body: found.base + found.number.body,
            kind: SegmentKind::Clause,
            label,
            heading: self.heading,
            lead_in: self.sequence.lead_in(level),
            level,
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

    /// The full label of a number: that of its parent and its own.
    fn compose(&self, found: Found<'_>, depth: usize) -> Option<String> {
        let parent = self.sequence.parent_label(depth);
        if found.number.delimiter == Delimiter::Bullet {
            return parent.or(self.annex.as_deref()).map(str::to_owned);
        }
        let number = self.text[found.base..][found.number.number.clone()].trim();
        if found.number.kind.is_some() {
            let written = self.written(found);
            return Some(match &self.annex {
                Some(annex) => format!("{annex} {written}"),
                None => written,
            });
        }
        if let Some(parent) = parent {
            return Some(self.compose_with(parent, found, depth));
        }
        if self.is_in_recitals && depth == 0 {
            return Some(format!("Recital {number}"));
        }
        let is_letter = matches!(found.number.value, Value::Letters { .. });
        let written = match (&self.annex, found.number.delimiter) {
            (Some(annex), _) if is_letter => format!("{annex}({number})"),
            (Some(annex), _) => format!("{annex} ¶{number}"),
            (None, Delimiter::Parentheses) => format!("({number})"),
            (None, Delimiter::Degree) => format!("{number}°"),
            (None, _) => number.to_owned(),
        };
        Some(written)
    }

    /// A number under a parent: in parentheses, or in place of the parent's own if it repeats it.
    fn compose_with(&self, parent: &str, found: Found<'_>, depth: usize) -> String {
        let number = self.text[found.base..][found.number.number.clone()].trim();
        if let Value::Decimal(levels) = &found.number.value {
            let outer = number.rsplit_once('.').map_or("", |(outer, _)| outer);
            if let Some(stem) = parent.strip_suffix(outer)
                && !stem.ends_with(|c: char| c.is_ascii_digit() || c == '.')
            {
                return format!("{stem}{number}");
            }
            if self.sequence.parent_number(depth) == levels.first().copied() {
                return format!("{parent}({number})");
            }
        }
        format!("{parent}({number})")
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
        let oddity = if placement.depth + 1 >= MAX_NESTING {
            Some("stands deeper than 64 lists and is laid flat")
        } else {
            placement.oddity.map(|oddity| match oddity {
                Oddity::Gap => "follows a gap in the numbering",
                Oddity::Repeated => "repeats the number before it",
                Oddity::Backward => "comes after a greater number",
                Oddity::Restarted => "starts the numbering again without a heading",
            })
        };
        if let Some(oddity) = oddity {
            let message = format!("`{label}` {oddity}");
            let diagnostic = Diagnostic::new(Severity::Note, message);
            self.diagnostics.push(diagnostic.at_line(found.index + 1));
        }
    }

    // Titles, headings, words.

    /// The title of a provision on the line behind its number.
    fn take_title(&mut self, index: usize) -> Option<usize> {
        if !std::mem::take(&mut self.awaits_title) {
            return None;
        }
        let start = self.lines[index].start;
        let end = self.title_end(index, start)?;
        self.push_title(start, start);
        Some(end)
    }

    /// Where a title that begins at a byte of a line ends, if it is one: title-like words, which
    /// may go on in lines that begin with a small letter, and a provision or words behind it.
    fn title_end(&self, index: usize, from: usize) -> Option<usize> {
        let first = &self.text[from..self.lines[index].end];
        let mut last = index;
        while last + 1 < index + MAX_TITLE_LINES && self.title_goes_on(last) {
            last += 1;
        }
        let tail = if last == index {
            first
        } else {
            &self.text[self.lines[last].range()]
        };
        let is_title = is_title_like(first) || last > index && begins_anew(first);
        if !is_title || last_is_sentence(tail) {
            return None;
        }
        let next = self.next_words(last + 1)?;
        let next_line = &self.text[self.lines[next].range()];
        let is_next_numbered = self.numbers[self.next_number..]
            .iter()
            .take(MAX_TITLE_LINES + 1)
            .any(|(line, _)| *line == next);
        if next == last + 1 && !is_next_numbered && self.is_full(last, next_line) {
            return None;
        }
        Some(last + 1)
    }

    /// Whether the line behind a line of a title belongs to the title.
    fn title_goes_on(&self, last: usize) -> bool {
        let words = &self.text[self.lines[last].range()];
        let next = self.lines.get(last + 1).filter(|next| !next.is_blank());
        next.is_some_and(|next| {
            let next_words = &self.text[next.range()];
            !last_is_sentence(words)
                && next_words.starts_with(char::is_lowercase)
                && read_enumerator(next_words).is_none()
        })
    }

    /// Whether a line of a page is filled, so that its end may be a wrap.
    fn is_full(&self, index: usize, next_words: &str) -> bool {
        let Layout::Wrapped(width) = self.layout else {
            return false;
        };
        let first_word = next_words.split_whitespace().next().unwrap_or("");
        let room = width_of(&self.text[self.lines[index].range()]) + 1 + width_of(first_word);
        room + 3 > width
    }

    fn take_heading(&mut self, index: usize) -> Option<usize> {
        if self.has_heading_hints || self.is_glued {
            return None;
        }
        let line = self.lines[index];
        let words = &self.text[line.range()];
        let next = self.next_words(index + 1)?;
        let next_words = &self.text[self.lines[next].range()];
        let is_isolated = self.is_after_blank && next > index + 1;
        if !is_title_like(words) || next_words.starts_with(char::is_lowercase) {
            return None;
        }
        if !is_isolated && self.is_full(index, next_words) && !is_all_capitals(words) {
            return None;
        }
        let strength = self.strength(index);
        let stands_out = is_all_capitals(words)
            || has_capitals(words) && is_short(words) && strength > Strength::Weak;
        let is_lone = is_isolated && is_short(words) && !self.sequence.is_in_provision();
        let is_item = self.implied.is_some() || self.is_in_clause() && announces(self.last_words());
        let is_heading = (stands_out || is_lone) && (!is_item || is_all_capitals(words));
        if !is_heading {
            return None;
        }
        let goes_on = !self.is_after_blank
            && self.last_kind() == Some(SegmentKind::Heading)
            && self.drafts.last().is_some_and(|last| last.label.is_none())
            && is_all_capitals(words);
        if !goes_on {
            self.push_heading(line.start, line.start, 0);
        }
        self.is_in_contents = is_contents_heading(words);
        Some(index + 1)
    }

    /// Words that begin a paragraph of their own or go on with the one before.
    fn take_words(&mut self, index: usize) -> usize {
        let is_glued = std::mem::take(&mut self.is_glued);
        let line = self.lines[index];
        if is_glued || !self.begins_paragraph(index) {
            return index + 1;
        }
        self.find_implied_list();
        if self.implied.is_none() {
            self.sequence.step_out();
        }
        let depth = self.sequence.depth();
        let label = self.sequence.parent_label(depth).map(str::to_owned);
        let mut draft = self.draft(line.start, line.start, SegmentKind::Clause);
        draft.label = label;
        draft.lead_in = self.implied;
        draft.level = depth;
        self.push(draft);
        index + 1
    }

    /// Opens or ends a list whose items bear no marks: after a colon, as long as semicolons follow.
    fn find_implied_list(&mut self) {
        if !self.is_in_clause() {
            self.implied = None;
            return;
        }
        let words = self.last_words();
        let is_comma_item = self.implied.is_some() && !announces_with_colon(words);
        if announces(words) && !is_comma_item {
            let last = self.drafts.len() - 1;
            self.drafts[last].kind = SegmentKind::LeadIn;
            self.implied = Some(last);
        } else if !goes_on(words) {
            self.implied = None;
        }
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
        if before.is_empty() {
            return false;
        }
        if self.is_after_blank {
            return true;
        }
        let line = self.lines[index];
        if line.start < self.paragraph_end {
            return false;
        }
        let words = &self.text[line.range()];
        let is_lower = words.starts_with(char::is_lowercase);
        match self.layout {
            Layout::Unwrapped => {
                let is_cut = is_lower && !ends_part(before) || ends_with_reference(before);
                !is_cut
            }
            Layout::Wrapped(_) => {
                let is_end = ends_part(before) || goes_on(before) && !is_lower;
                let is_full = self.last_line.is_some_and(|last| self.is_full(last, words));
                is_end && !is_full && (!is_lower || !before.ends_with('.'))
            }
        }
    }

    // Small questions.

    /// How sure it is that a line begins a part.
    fn strength(&self, index: usize) -> Strength {
        let is_after_mark = !matches!(
            self.last_kind(),
            Some(SegmentKind::Clause | SegmentKind::LeadIn)
        );
        if self.is_after_blank || is_after_mark {
            return Strength::Block;
        }
        if !ends_part(self.words_before(index)) {
            return Strength::Weak;
        }
        if self.layout == Layout::Unwrapped {
            Strength::Block
        } else {
            Strength::Strong
        }
    }

    fn surroundings(&self, strength: Strength, is_title: bool) -> Surroundings<'_> {
        let is_comma_item = self.implied.is_some() && !announces_with_colon(self.last_words());
        Surroundings {
            strength,
            is_introduced: self.is_in_clause() && !is_comma_item && introduces(self.last_words()),
            is_title,
            next: self.ahead(),
        }
    }

    /// The possible numbers behind the present one.
    fn ahead(&self) -> &[(usize, Enumerator)] {
        let from = (self.next_number + 1).min(self.numbers.len());
        &self.numbers[from..(from + LOOK_AHEAD).min(self.numbers.len())]
    }

    fn rest_of(&self, found: Found<'_>) -> &'a str {
        let end = self.lines[found.index].end;
        self.text[..end]
            .get(found.base + found.number.body..)
            .unwrap_or("")
            .trim_end_matches(['#', ' ', '*', '_'])
    }

    /// The words of the line with words before a line, or nothing at the beginning.
    fn words_before(&self, index: usize) -> &'a str {
        self.last_line
            .filter(|last| *last < index)
            .map_or("", |last| &self.text[self.lines[last].range()])
    }

    /// The words of the latest part so far.
    fn last_words(&self) -> &'a str {
        let text = self.text;
        self.drafts
            .last()
            .map_or("", |last| text.get(last.body..self.last_end).unwrap_or(""))
    }

    fn last_kind(&self) -> Option<SegmentKind> {
        self.drafts.last().map(|last| last.kind)
    }

    fn is_in_clause(&self) -> bool {
        matches!(
            self.last_kind(),
            Some(SegmentKind::Clause | SegmentKind::LeadIn)
        ) && !self.last_words().is_empty()
    }

    /// The next line with words, from a line on; page numbers are no words.
    fn next_words(&self, from: usize) -> Option<usize> {
        (from..self.lines.len().min(from + 40)).find(|&index| {
            let line = self.lines[index];
            !line.is_blank() && !is_furniture(&self.text[line.range()])
        })
    }

    fn draft(&self, start: usize, body: usize, kind: SegmentKind) -> Draft {
        Draft {
            start,
            body,
            kind,
            label: None,
            heading: self.heading,
            lead_in: None,
            level: 0,
        }
    }

    fn push(&mut self, draft: Draft) {
        self.has_provisions |= draft.label.is_some();
        self.drafts.push(draft);
    }

    /// Pushes a heading that ends what stands above it.
    fn push_heading(&mut self, start: usize, body: usize, level: usize) {
        self.sequence.close();
        self.implied = None;
        self.awaits_title = false;
        self.is_in_recitals = false;
        let mut draft = self.draft(start, body, SegmentKind::Heading);
        draft.level = level;
        draft.heading = None;
        self.push(draft);
        self.heading = Some(self.drafts.len() - 1);
    }

    /// Pushes the title of the provision or group whose number stands before it.
    fn push_title(&mut self, start: usize, body: usize) {
        self.awaits_title = false;
        let label = self
            .sequence
            .parent_label(self.sequence.depth())
            .map(str::to_owned);
        let mut draft = self.draft(start, body, SegmentKind::Heading);
        draft.label = label;
        draft.heading = None;
        self.push(draft);
        self.heading = Some(self.drafts.len() - 1);
    }
}

fn announces_with_colon(words: &str) -> bool {
    announces(words) && !words.trim_end().ends_with([',', '،', '，'])
}

/// Whether words end as a sentence, an item or an introduction does.
fn last_is_sentence(words: &str) -> bool {
    ends_part(words) || words.trim_end().ends_with([',', '،'])
}
