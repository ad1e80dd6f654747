//! [`paragraphs_of`]: joins the lines of a page to paragraphs.

use std::collections::BTreeMap;

use crate::read::blocks::{begins_with_number, is_bullet_alone, is_list_mark};
use crate::read::pdf::lines::{PdfLine, tenths};

/// A line indented by more than this begins a paragraph, in sizes of its letters.
const INDENT: f64 = 0.8;

/// A step down by more than this, in usual steps, separates paragraphs.
const STEP: f64 = 1.25;

/// The usual distance between lines, for each size of letters.
#[derive(Debug)]
pub(super) struct Steps(BTreeMap<u32, f64>);

impl Steps {
    /// Finds the most frequent step.
    pub(super) fn of(pages: &[Vec<PdfLine>]) -> Self {
        let mut counts: BTreeMap<u32, BTreeMap<u32, usize>> = BTreeMap::new();
        for pair in pages.iter().flat_map(|lines| lines.windows(2)) {
            let [above, below] = pair else { continue };
            let step = above.y - below.y;
            if above.region == below.region && step > 0.0 && step < 2.5 * below.size {
                let of_size = counts.entry(tenths(below.size)).or_default();
                // Rounded to half points, because equal steps vary by less.
                *of_size.entry(tenths(step) / 5).or_default() += 1;
            }
        }
        let usual = |of_size: &BTreeMap<u32, usize>| {
            let most = of_size
                .iter()
                .max_by_key(|(step, n)| (**n, u32::MAX - **step));
            most.map(|(step, _)| f64::from(*step) / 2.0 + 0.25)
        };
        let steps = counts
            .iter()
            .filter_map(|(size, steps)| Some((*size, usual(steps)?)));
        Self(steps.collect())
    }

    fn of_size(&self, size: f64) -> f64 {
        self.0.get(&tenths(size)).copied().unwrap_or(1.2 * size)
    }
}

/// A paragraph of a page.
#[derive(Clone, Debug, Default)]
pub(super) struct Paragraph {
    pub(super) words: String,
    /// The size of its letters.
    pub(super) size: f64,
    /// Whether it is an entry of a table of contents still without its page number.
    pub(super) is_open_entry: bool,
    pub(super) first_line: FirstLine,
    /// The space after its last line, and the mean width of its letters.
    room: f64,
    letter: f64,
}

/// How the first line of a paragraph is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum FirstLine {
    /// At the edge of a column whose paragraphs are not set in.
    #[default]
    Plain,
    /// Set in.
    Indented,
    /// At the edge of a column whose paragraphs are set in: it continues a paragraph.
    Flush,
}

impl Paragraph {
    /// Returns whether the first word of the next paragraph did not fit on the last line.
    pub(super) fn is_full_before(&self, next: &Paragraph) -> bool {
        let word = next.words.split(' ').next().unwrap_or_default();
        self.room <= (word.chars().count() as f64 + 1.0) * self.letter + 0.5 * self.size
    }
}

/// Returns the paragraphs of a page, one column after the other.
///
/// A line begins a paragraph if it is in another column, has another size, is further down than
/// usual, is indented, has a number or mark of a list, or if its first word would have fitted on
/// the line before. In a table of contents, indented lines continue their entry up to its page
/// number. Takes linear time.
pub(super) fn paragraphs_of(lines: &[PdfLine], steps: &Steps) -> Vec<Paragraph> {
    let mut paragraphs = Vec::new();
    for lines in lines.chunk_by(|a, b| a.region == b.region) {
        let column = Column {
            lines,
            is_contents: is_contents(lines),
            edges: Edges::of(lines),
            steps,
        };
        let n_before = paragraphs.len();
        let mut starts = Vec::new();
        let mut first = 0;
        for index in 1..=lines.len() {
            if index == lines.len() || column.is_parted(first, index) {
                let mut paragraph = joined(&lines[first..index], column.edges.right);
                let is_whole = is_contents_entry(&paragraph.words);
                paragraph.is_open_entry = column.is_contents && !is_whole;
                paragraphs.push(paragraph);
                starts.push(lines[first].start);
                first = index;
            }
        }
        mark_first_lines(&mut paragraphs[n_before..], &starts, column.edges.left);
    }
    paragraphs
}

/// Where the lines of a column begin and end, and the usual size of their letters.
#[derive(Clone, Copy)]
struct Edges {
    left: f64,
    /// The furthest end that two lines of the usual size share, because a title or a running head
    /// may reach further.
    right: f64,
    size: f64,
}

impl Edges {
    fn of(column: &[PdfLine]) -> Self {
        let mut n_letters: BTreeMap<u32, usize> = BTreeMap::new();
        for line in column {
            *n_letters.entry(tenths(line.size)).or_default() += line.words.len();
        }
        let usual = n_letters.into_iter().max_by_key(|(size, n)| (*n, *size));
        let size = usual.map_or(0, |(size, _)| size);
        let is_usual = |line: &&PdfLine| tenths(line.size) == size;
        let mut ends: Vec<f64> = column
            .iter()
            .filter(is_usual)
            .map(|line| line.end)
            .collect();
        ends.sort_by(|a, b| b.total_cmp(a));
        let is_shared = |pair: &&[f64]| pair[0] - pair[1] < 3.0;
        let shared = ends.windows(2).find(is_shared).map(|pair| pair[0]);
        Self {
            left: column
                .iter()
                .map(|line| line.start)
                .fold(f64::MAX, f64::min),
            right: shared.or(ends.first().copied()).unwrap_or(0.0),
            size: f64::from(size) / 10.0,
        }
    }
}

/// Tells how the paragraphs of a column open, if at least two of them are set in.
fn mark_first_lines(paragraphs: &mut [Paragraph], starts: &[f64], left: f64) {
    let is_set_in = |start: f64, size: f64| start - left > INDENT * size;
    let long = paragraphs
        .iter()
        .zip(starts)
        .filter(|(paragraph, _)| paragraph.words.len() > 60);
    let n_set_in = long
        .filter(|(paragraph, start)| is_set_in(**start, paragraph.size))
        .count();
    if n_set_in < 2 {
        return;
    }
    for (paragraph, start) in paragraphs.iter_mut().zip(starts) {
        paragraph.first_line = if is_set_in(*start, paragraph.size) {
            FirstLine::Indented
        } else {
            FirstLine::Flush
        };
    }
}

/// Lines under each other.
struct Column<'l> {
    lines: &'l [PdfLine],
    /// Whether it is a table of contents.
    is_contents: bool,
    edges: Edges,
    steps: &'l Steps,
}

impl Column<'_> {
    /// Returns whether a line begins a paragraph; `first` is the first line of the one above.
    fn is_parted(&self, first: usize, index: usize) -> bool {
        let (before, next) = (&self.lines[index - 1], &self.lines[index]);
        let is_first = index - 1 == first;
        let larger = before.size.max(next.size);
        let is_resized = (before.size - next.size).abs() > 0.12 * larger;
        let down = before.y - next.y;
        let is_far = down > STEP * self.steps.of_size(next.size) || down < 0.0;
        if is_resized || is_far || before.writing != next.writing && has_letters(before, next) {
            return true;
        }
        if is_contents_entry(&before.words) {
            return true;
        }
        if self.is_contents && next.start > self.lines[first].start + INDENT * larger {
            return false;
        }
        if before.words.ends_with(',') && is_capital(&before.words) && is_capital(&next.words) {
            return false;
        }
        let has_stopped = before.words.ends_with([
            '.', ';', ':', '!', '?', '。', '；', '؛', '؟', '”', '"', '»', ',', '،',
        ]);
        let is_short = self.had_room(before, next);
        // Lines of one title, in letters larger than the text.
        let is_title = before.size > 1.1 * self.edges.size;
        if is_title && !has_stopped && !begins_with_number(&next.words) {
            return false;
        }
        if before.words.ends_with([';', '；']) && self.is_bare_item(first, index) {
            return true;
        }
        let is_marked = begins_with_number(&next.words) || begins_with_mark(&next.words);
        if is_marked && (has_stopped || is_short) {
            return true;
        }
        let set_in = next.start - before.start;
        let hangs =
            is_first && (begins_with_number(&before.words) || begins_with_mark(&before.words));
        if set_in > INDENT * larger && !hangs && (has_stopped || is_short) {
            return true;
        }
        if set_in < -INDENT * larger && !is_first {
            return true;
        }
        is_short && !next.words.starts_with(char::is_lowercase)
    }

    /// Returns whether the lines are items whose marks the file does not tell: set in, and none of
    /// them hangs.
    fn is_bare_item(&self, first: usize, index: usize) -> bool {
        let [first, before, next] = [first, index - 1, index].map(|line| &self.lines[line]);
        let is_level = |a: &PdfLine, b: &PdfLine| (a.start - b.start).abs() < 1.0;
        let is_set_in = first.start > self.edges.left + INDENT * first.size;
        let has_mark = begins_with_number(&first.words) || begins_with_mark(&first.words);
        is_set_in && !has_mark && is_level(first, before) && is_level(first, next)
    }

    /// Returns whether the first word of the lower line would have fitted on the upper one.
    fn had_room(&self, before: &PdfLine, next: &PdfLine) -> bool {
        let n_characters = next.words.chars().count().max(1) as f64;
        let per_character = (next.end - next.start) / n_characters;
        let word = next.words.split(' ').next().unwrap_or_default();
        let width = (word.chars().count() as f64 + 1.0) * per_character;
        self.edges.right - before.end > width + 0.5 * before.size
    }
}

/// Returns whether words are in capitals, as a title is.
fn is_capital(words: &str) -> bool {
    words.contains(char::is_uppercase) && !words.contains(char::is_lowercase)
}

fn has_letters(before: &PdfLine, next: &PdfLine) -> bool {
    let has = |line: &PdfLine| line.words.contains(char::is_alphabetic);
    has(before) && has(next)
}

/// Returns whether the lines of a column are a table of contents: at least three of them, and at
/// least a quarter, end an entry.
fn is_contents(column: &[PdfLine]) -> bool {
    let n_entries = column
        .iter()
        .filter(|line| is_contents_entry(&line.words))
        .count();
    n_entries >= 3 && n_entries * 4 >= column.len()
}

/// Returns whether a line ends with dots and a page number.
pub(super) fn is_contents_entry(words: &str) -> bool {
    let before = words.trim_end_matches(|c: char| c.is_ascii_digit());
    before.len() < words.len()
        && ["...", ". ."]
            .iter()
            .any(|dots| before.trim_end().ends_with(dots))
}

/// Returns whether a line begins with a bullet, or with a number alone before its words.
fn begins_with_mark(words: &str) -> bool {
    let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
    let is_number = is_list_mark(first) && rest.starts_with(|c: char| !c.is_lowercase());
    is_bullet_alone(first) || is_number
}

/// Joins lines; without blanks in the scripts of East Asia.
fn joined(lines: &[PdfLine], right: f64) -> Paragraph {
    let mut words = String::new();
    for line in lines {
        let is_dense = words.ends_with(is_ideograph) && line.words.starts_with(is_ideograph);
        if !words.is_empty() && !is_dense {
            words.push(' ');
        }
        words.push_str(&line.words);
    }
    let width: f64 = lines.iter().map(|line| line.end - line.start).sum();
    Paragraph {
        letter: width / words.chars().count().max(1) as f64,
        room: right - lines.last().map_or(right, |line| line.end),
        size: lines.first().map_or(0.0, |line| line.size),
        words,
        ..Paragraph::default()
    }
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks how lines of size 10, set every 12 points, are joined; each is given by its
    /// beginning, its end and its height.
    fn check(lines: &[(&str, f64, f64, f64)], expected: &[&str]) {
        let lines: Vec<PdfLine> = lines
            .iter()
            .map(|(words, start, end, y)| PdfLine {
                words: (*words).to_owned(),
                start: *start,
                end: *end,
                y: *y,
                size: 10.0,
                ..PdfLine::default()
            })
            .collect();
        let steps = Steps(BTreeMap::from([(100, 12.0)]));
        let found = paragraphs_of(&lines, &steps);
        let found: Vec<&str> = found
            .iter()
            .map(|paragraph| paragraph.words.as_str())
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_wider_step_separates_paragraphs() {
        check(
            &[
                ("Article 1", 10.0, 60.0, 100.0),
                ("States should talk to each", 10.0, 200.0, 80.0),
                ("other.", 10.0, 40.0, 68.0),
            ],
            &["Article 1", "States should talk to each other."],
        );
    }

    #[test]
    fn a_line_that_ends_early_ends_its_paragraph() {
        check(
            &[
                ("Article 1", 10.0, 60.0, 100.0),
                ("States should talk to each", 10.0, 200.0, 88.0),
                ("other.", 10.0, 40.0, 76.0),
                ("They should listen as well,", 10.0, 198.0, 64.0),
                ("always.", 10.0, 45.0, 52.0),
            ],
            &[
                "Article 1",
                "States should talk to each other.",
                "They should listen as well, always.",
            ],
        );
    }

    #[test]
    fn items_begin_with_their_marks_and_hanging_lines_belong_to_them() {
        check(
            &[
                ("States should do what follows:", 10.0, 200.0, 100.0),
                ("(a) Talk to each other about", 20.0, 200.0, 88.0),
                ("the sea and the sky, and", 35.0, 199.0, 76.0),
                ("the land;", 35.0, 80.0, 64.0),
                ("(b) Listen.", 20.0, 70.0, 52.0),
            ],
            &[
                "States should do what follows:",
                "(a) Talk to each other about the sea and the sky, and the land;",
                "(b) Listen.",
            ],
        );
    }

    #[test]
    fn items_whose_marks_are_lost_stay_separate() {
        check(
            &[
                ("The edits are these three:", 10.0, 140.0, 100.0),
                ("naming each light of the harbor;", 30.0, 199.0, 76.0),
                ("counting the lamps on its quays;", 30.0, 199.0, 64.0),
                ("painting them.", 30.0, 90.0, 52.0),
            ],
            &[
                "The edits are these three:",
                "naming each light of the harbor;",
                "counting the lamps on its quays;",
                "painting them.",
            ],
        );
    }

    #[test]
    fn entries_of_a_table_of_contents_stay_separate() {
        check(
            &[
                ("Article 1. Talk ...... 3", 10.0, 200.0, 100.0),
                ("Article 2. Listen .... 4", 10.0, 200.0, 88.0),
            ],
            &["Article 1. Talk ...... 3", "Article 2. Listen .... 4"],
        );
    }

    #[test]
    fn an_entry_of_a_table_of_contents_continues_to_its_page_number() {
        check(
            &[
                ("CONTENTS", 80.0, 120.0, 100.0),
                ("Article 1. Talk . . 3", 10.0, 200.0, 88.0),
                ("Article 2. Listening to", 10.0, 120.0, 76.0),
                ("Members that live on", 60.0, 150.0, 64.0),
                ("Islands ...... 4", 60.0, 200.0, 52.0),
                ("Article 3. End .... 4", 10.0, 200.0, 40.0),
            ],
            &[
                "CONTENTS",
                "Article 1. Talk . . 3",
                "Article 2. Listening to Members that live on Islands ...... 4",
                "Article 3. End .... 4",
            ],
        );
    }

    #[test]
    fn an_indented_first_line_begins_a_paragraph() {
        check(
            &[
                ("States talk to each other now.", 10.0, 200.0, 100.0),
                ("They listen to each other, as", 25.0, 200.0, 88.0),
                ("they did before.", 10.0, 90.0, 76.0),
            ],
            &[
                "States talk to each other now.",
                "They listen to each other, as they did before.",
            ],
        );
    }
}
