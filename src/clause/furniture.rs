//! Page furniture that interrupts the text: running heads, page numbers, notes.

use std::collections::HashMap;
use std::ops::Range;

use crate::clause::enumerator::read_enumerator;
use crate::clause::line::TextLine;
use crate::clause::number::{Delimiter, is_superscript};
use crate::clause::running::{RunningTitles, is_page_number};
use crate::clause::segment::SegmentKind;
use crate::clause::wording::{is_contents_entry, is_furniture, is_page_of_pages, is_rule};

/// The most bytes of a line that may be the head or foot of a page.
const MAX_EDGE: usize = 160;

/// The most bytes of the first part of a symbol: `A/RES`.
const MAX_SYMBOL: usize = 6;

/// The number of lines at the top and at the bottom of a page that may be its head and foot.
const N_EDGE_LINES: usize = 3;

/// A range of lines that are not words of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Aside {
    /// Which lines.
    pub(crate) lines: Range<usize>,
    pub(crate) range: Range<usize>,
    /// [`SegmentKind::Furniture`] or [`SegmentKind::Footnote`].
    pub(crate) kind: SegmentKind,
}

/// Finds the heads, feet and notes of pages.
///
/// A line at the edge of a page is a head or foot if the same words occur at the edge of another
/// page, with the same numbers or with numbers that count the pages. Pages end with a form feed, or
/// with a line such as `- 3 -`. Takes one pass over the lines.
pub(crate) fn asides_of(text: &str, lines: &[TextLine]) -> Vec<Aside> {
    let pages = pages_of(text, lines);
    let marks = marked_edges(text, lines, &pages);
    let titles = RunningTitles::new(text, lines);
    let mut asides: Vec<Aside> = Vec::new();
    let mut index = 0;
    while index < lines.len() {
        let words = &text[lines[index].range()];
        let is_below_foot = || {
            let last = asides
                .last()
                .filter(|last| last.kind == SegmentKind::Furniture);
            let end = last.map_or(usize::MAX, |last| last.lines.end);
            lines
                .get(end..index)
                .is_some_and(|between| between.iter().rev().all(|line| line.is_blank()))
        };
        let is_page_matter = is_marked(&marks, index)
            || is_furniture(words) && !is_contents_entry(words)
            || spread_parts(words).is_some_and(|parts| {
                is_page_line(&parts) || is_running_head(&parts) && is_below_foot()
            })
            || titles.are_at(index);
        let kind = is_page_matter.then_some(SegmentKind::Furniture);
        let (end, kind) = match kind {
            Some(kind) if is_rule(words) => match end_of_notes(text, lines, index + 1, &marks) {
                Some(end) => (end, SegmentKind::Footnote),
                None => (index + 1, kind),
            },
            Some(kind) => (index + 1, kind),
            None if begins_with_note_mark(words) => (
                end_of_note(text, lines, index, &marks),
                SegmentKind::Footnote,
            ),
            None => {
                index += 1;
                continue;
            }
        };
        asides.push(Aside {
            lines: index..end,
            range: lines[index].start..lines[end - 1].end,
            kind,
        });
        index = end;
    }
    asides
}

/// The lines of each page; empty if the text has no pages.
fn pages_of(text: &str, lines: &[TextLine]) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let has_form_feeds = bytes.contains(&0x0C);
    let is_break = |index: usize| {
        let line = lines[index];
        if has_form_feeds {
            return line.from > 0 && bytes[line.from - 1] == 0x0C;
        }
        index > 0 && {
            let before = &text[lines[index - 1].range()];
            let is_foot = before.len() <= 24 && is_furniture(before) && !is_rule(before);
            let is_spread = || spread_parts(before).is_some_and(|parts| is_page_line(&parts));
            before.len() > 2 && is_foot || is_spread()
        }
    };
    let mut pages = Vec::new();
    let mut from = 0;
    for index in 0..lines.len() {
        if is_break(index) {
            pages.push(from..index);
            from = index;
        }
    }
    if !pages.is_empty() || has_form_feeds {
        pages.push(from..lines.len());
    }
    pages
}

/// One line at the edge of a page.
#[derive(Clone, Debug)]
struct Edge {
    page: usize,
    line: usize,
    numbers: Vec<u32>,
}

/// Whether a line is the head or foot of a page, by [`marked_edges`].
fn is_marked(marks: &[bool], line: usize) -> bool {
    marks.get(line).copied().unwrap_or(false)
}

/// A line at the edge of a page, and its position in its group of similar lines.
#[derive(Clone, Copy, Debug)]
struct EdgeLine {
    line: usize,
    /// The group, and the index in it; `None` if the line cannot be a head or foot.
    place: Option<(usize, usize)>,
}

/// The lines at the edges of pages, in groups that differ only in their numbers.
#[derive(Debug, Default)]
struct Edges {
    group_of_key: HashMap<String, usize>,
    groups: Vec<Vec<Edge>>,
}

impl Edges {
    fn add(&mut self, page: usize, line: usize, words: &str) -> EdgeLine {
        let Some((key, numbers)) = edge_key(words) else {
            return EdgeLine { line, place: None };
        };
        let n_groups = self.groups.len();
        let group = *self.group_of_key.entry(key).or_insert(n_groups);
        if group == n_groups {
            self.groups.push(Vec::new());
        }
        let alike = &mut self.groups[group];
        alike.push(Edge {
            page,
            line,
            numbers,
        });
        EdgeLine {
            line,
            place: Some((group, alike.len() - 1)),
        }
    }

    /// Whether the words of a line also occur at the edge of another page.
    fn is_repeated(&self, page: usize, edge: EdgeLine) -> bool {
        edge.place.is_some_and(|(group, nth)| {
            let alike = &self.groups[group];
            let numbers = &alike[nth].numbers;
            // Words without a number at the top of a text are its title, repeated on later pages.
            let is_title = page == 0 && numbers.is_empty();
            !is_title && has_partner(alike, page, edge.line, numbers)
        })
    }
}

/// Whether each line is the head or foot of a page; empty if the text has no pages.
fn marked_edges(text: &str, lines: &[TextLine], pages: &[Range<usize>]) -> Vec<bool> {
    if pages.is_empty() {
        return Vec::new();
    }
    let mut marks = vec![false; lines.len()];
    let mut edges = Edges::default();
    let mut sides: Vec<(usize, Vec<EdgeLine>)> = Vec::new();
    for (page, range) in pages.iter().enumerate() {
        let words = |index: &usize| !lines[*index].is_blank();
        let downwards = range.clone().filter(words).take(N_EDGE_LINES);
        let upwards = range.clone().rev().filter(words).take(N_EDGE_LINES);
        let mut add = |line: usize| edges.add(page, line, &text[lines[line].range()]);
        let top: Vec<EdgeLine> = downwards.map(&mut add).collect();
        let known = |line: usize| top.iter().find(|edge| edge.line == line).copied();
        let bottom = upwards
            .map(|line| known(line).unwrap_or_else(|| add(line)))
            .collect();
        sides.extend([(page, top), (page, bottom)]);
    }
    let is_edge = |page: usize, edge: EdgeLine| {
        let words = &text[lines[edge.line].range()];
        is_furniture(words)
            || is_page_of_pages(words) && is_alone_on_page(text, lines, edge.line)
            || edges.is_repeated(page, edge)
            || pages.len() <= 2 && is_lone_number(text, lines, edge.line)
    };
    for (page, side) in &sides {
        for edge in side.iter().take_while(|edge| is_edge(*page, **edge)) {
            marks[edge.line] = true;
        }
    }
    marks
}

/// Whether the same words occur at the edge of another page, with the same numbers or with numbers
/// that count the pages.
fn has_partner(others: &[Edge], page: usize, line: usize, numbers: &[u32]) -> bool {
    let near = others.partition_point(|other| other.line < line);
    let from = near.saturating_sub(6);
    others[from..(near + 6).min(others.len())]
        .iter()
        .any(|other| {
            // Numbers change sides between left and right pages.
            let pages = other.page.abs_diff(page);
            let counts = |a: &u32, b: &u32| {
                let gap = usize::try_from(a.abs_diff(*b)).unwrap_or(usize::MAX);
                gap == pages && (a < b) == (page < other.page)
            };
            let is_counted = || {
                numbers
                    .iter()
                    .any(|a| other.numbers.iter().any(|b| counts(a, b)))
            };
            other.page != page && (other.numbers.iter().eq(numbers) || is_counted())
        })
}

/// The words and the numbers of a line, separately; `None` if it cannot be a head or foot.
fn edge_key(words: &str) -> Option<(String, Vec<u32>)> {
    if words.len() > MAX_EDGE {
        return None;
    }
    let number = read_enumerator(words);
    let is_label = number.is_some_and(|number| number.delimiter != Delimiter::Space);
    let is_entry = is_contents_entry(words);
    if is_label || is_entry {
        return None;
    }
    let mut numbers = Vec::new();
    let mut key = String::with_capacity(words.len());
    let mut run: Option<u32> = None;
    for c in words.chars() {
        if let Some(digit) = c.to_digit(10) {
            run = Some(run.unwrap_or(0).saturating_mul(10).saturating_add(digit));
            continue;
        }
        if let Some(number) = run.take() {
            numbers.push(number);
        }
        if !c.is_whitespace() {
            key.push(c);
        }
    }
    numbers.extend(run);
    Some((key, numbers))
}

/// The parts of a line that wide gaps separate, if there are two or three.
fn spread_parts(words: &str) -> Option<Vec<&str>> {
    let bytes = words.as_bytes();
    let is_number = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let has_symbol = || bytes.iter().take(MAX_SYMBOL).any(|byte| *byte == b'/');
    let may_be_spread =
        is_number(bytes.first()) || is_number(bytes.last()) || words.ends_with(')') || has_symbol();
    if bytes.len() > MAX_EDGE || !may_be_spread {
        return None;
    }
    let mut gaps = bytes.windows(3);
    if !gaps.any(|gap| gap == b"   " || gap[0] == b'\t') {
        return None;
    }
    let parts = words.split("   ").flat_map(|part| part.split('\t'));
    let parts: Vec<&str> = parts
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    (2..=3).contains(&parts.len()).then_some(parts)
}

/// Whether a line says only page numbers, symbols and job numbers, far apart: `2/3      44-12345`.
fn is_page_line(parts: &[&str]) -> bool {
    let is_mark = |part: &&str| is_furniture(part) || is_page_of_pages(part) || is_job(part);
    parts.iter().any(is_mark)
        && parts
            .iter()
            .all(|part| is_mark(part) || is_page_number(part))
}

/// Whether a line is a title and the symbol or the page, far apart: `Lights of harbors     A/RES/99/12`.
fn is_running_head(parts: &[&str]) -> bool {
    let mut parts = parts.iter();
    parts.any(|part| is_furniture(part) || is_page_of_pages(part))
}

/// Whether words are the number of a job at the foot of pages: `44-12345`, `18-16895 (E)`.
fn is_job(words: &str) -> bool {
    let number = words.split(' ').next().unwrap_or("");
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    words.len() <= 20
        && number.split_once('-').is_some_and(|(year, count)| {
            year.len() == 2 && (5..=6).contains(&count.len()) && is_digits(year) && is_digits(count)
        })
}

/// Whether a line has blank lines, or the end of the page, on both sides.
fn is_alone_on_page(text: &str, lines: &[TextLine], line: usize) -> bool {
    let is_open = |index: Option<usize>| {
        index
            .and_then(|index| lines.get(index))
            .is_none_or(|near| near.is_blank())
    };
    let is_after_page = |index: usize| {
        lines
            .get(index)
            .is_some_and(|line| line.from > 0 && text.as_bytes()[line.from - 1] == 0x0C)
    };
    (is_open(line.checked_sub(1)) || is_after_page(line))
        && (is_open(Some(line + 1)) || is_after_page(line + 1))
}

/// Whether a line is only a number, away from all words: the number of a single page.
fn is_lone_number(text: &str, lines: &[TextLine], line: usize) -> bool {
    is_page_number(&text[lines[line].range()]) && is_alone_on_page(text, lines, line)
}

/// Whether a line begins with the mark of a note: `¹ See`, `1/ See`.
fn begins_with_note_mark(words: &str) -> bool {
    if !words.starts_with(|c: char| c.is_ascii_digit() || is_superscript(c)) {
        return false;
    }
    let rest = words.trim_start_matches(|c: char| c.is_ascii_digit());
    let n_digits = words.len() - rest.len();
    let is_with_slash = (1..=3).contains(&n_digits)
        && rest
            .strip_prefix("/ ")
            .is_some_and(|rest| rest.starts_with(char::is_uppercase));
    is_with_slash
        || words.starts_with(is_superscript)
            && words
                .trim_start_matches(is_superscript)
                .starts_with(|c: char| c.is_whitespace() || c.is_alphabetic())
}

/// Whether a line begins as a note does: `1 See`, `¹ See`, `* See`.
fn begins_note(words: &str) -> bool {
    let rest = words.trim_start_matches(|c: char| c.is_ascii_digit() || c == '*');
    let n_marks = words.len() - rest.len();
    begins_with_note_mark(words)
        || (1..=3).contains(&n_marks) && rest.starts_with(char::is_whitespace)
}

/// The line after the last line of the note that begins at a line.
fn end_of_note(text: &str, lines: &[TextLine], index: usize, marks: &[bool]) -> usize {
    let goes_on = |line: &usize| {
        let words = &text[lines[*line].range()];
        !words.is_empty()
            && !is_marked(marks, *line)
            && !begins_with_note_mark(words)
            && read_enumerator(words).is_none()
    };
    index + 1 + (index + 1..lines.len()).take_while(goes_on).count()
}

/// The line after the last note below a rule, if there are notes.
fn end_of_notes(text: &str, lines: &[TextLine], from: usize, marks: &[bool]) -> Option<usize> {
    let mut end = None;
    let mut index = from;
    while index < lines.len() && !is_marked(marks, index) {
        let words = &text[lines[index].range()];
        let is_page_end = lines[index].from > 0 && text.as_bytes()[lines[index].from - 1] == 0x0C;
        if is_page_end {
            break;
        }
        if words.is_empty() {
            index += 1;
            continue;
        }
        if !begins_note(words) {
            break;
        }
        let last = |line: &usize| {
            let words = &text[lines[*line].range()];
            !words.is_empty() && !is_marked(marks, *line) && !begins_note(words)
        };
        index += 1 + (index + 1..lines.len()).take_while(last).count();
        end = Some(index);
    }
    end
}
