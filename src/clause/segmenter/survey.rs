//! Properties of the whole text, found before the walk over its lines: its possible numbers, and
//! how its sections and titles are written.

use std::ops::Range;

use crate::clause::contents::contents_of;
use crate::clause::enumerator::{read_enumerator, read_spaced_letter};
use crate::clause::furniture::{Aside, asides_of};
use crate::clause::learned::learned_numbers;
use crate::clause::line::{LineLayout, TextLine, layout_of, lines_of};
use crate::clause::number::{Candidate, Delimiter};
use crate::clause::wording::{is_short, is_stopped_title, is_title_like};
use crate::provision::{ProvisionKind, Role, WordList, is_in};
use crate::read::{Hint, HintKind};

/// Properties of a text that are known before the walk over its lines.
#[derive(Debug, Default)]
pub(super) struct Survey<'a> {
    pub(super) text: &'a str,
    pub(super) lines: Vec<TextLine>,
    pub(super) layout: LineLayout,
    /// Running heads, page numbers and notes.
    pub(super) asides: Vec<Aside>,
    pub(super) hints: Vec<Hint>,
    pub(super) has_heading_hints: bool,
    pub(super) numbers: Vec<Candidate>,
    /// The lines of tables of contents that repeat the headings of the text.
    pub(super) contents: Vec<Range<usize>>,
    /// Whether sections are provisions of their own or groups of provisions.
    pub(super) section_role: Role,
    pub(super) article_titles: TitleStyle,
}

impl<'a> Survey<'a> {
    pub(super) fn new(text: &'a str, hints: &[Hint]) -> Self {
        let lines = lines_of(text);
        let mut numbers = numbers_of(text, &lines);
        let learned = learned_numbers(text, &lines, &numbers);
        if !learned.is_empty() {
            let is_learned = |line: usize| {
                learned
                    .binary_search_by_key(&line, |found| found.line)
                    .is_ok()
            };
            numbers.retain(|known| !is_learned(known.line));
            numbers.extend(learned);
            numbers.sort_by_key(|candidate| candidate.line);
        }
        number_paragraphs(text, &lines, &mut numbers);
        let contents = contents_of(text, &lines, &numbers);
        numbers.retain(|known| !is_among(&contents, known.line));
        let is_inside = |hint: &&Hint| text.get(hint.range.clone()).is_some();
        let mut hints: Vec<Hint> = hints.iter().filter(is_inside).cloned().collect();
        hints.sort_by_key(|hint| hint.range.start);
        let is_heading = |hint: &Hint| matches!(hint.kind, HintKind::Heading(_));
        Self {
            text,
            layout: layout_of(text, &lines),
            asides: asides_of(text, &lines),
            has_heading_hints: hints.iter().any(is_heading),
            hints,
            section_role: section_role(&numbers),
            article_titles: article_titles(text, &lines, &numbers),
            numbers,
            contents,
            lines,
        }
    }

    /// The words of a line.
    pub(super) fn words(&self, line: usize) -> &'a str {
        &self.text[self.lines[line].range()]
    }

    /// The line after the page furniture that contains a line, if any does.
    pub(super) fn aside_end(&self, line: usize) -> Option<usize> {
        let next = self.next_aside(line);
        let aside = self.asides.get(next)?;
        aside.lines.contains(&line).then_some(aside.lines.end)
    }

    /// Whether a line is in a table of contents that repeats the headings of the text.
    pub(super) fn is_contents(&self, line: usize) -> bool {
        is_among(&self.contents, line)
    }

    /// The next line with words, from a line on, skipping page furniture and notes.
    pub(super) fn next_words(&self, from: usize) -> Option<usize> {
        const MAX_LINES: usize = 40;
        let mut asides = self.asides[self.next_aside(from)..].iter().peekable();
        (from..self.lines.len().min(from + MAX_LINES)).find(|&index| {
            while asides.next_if(|aside| aside.lines.end <= index).is_some() {}
            let is_aside = asides
                .peek()
                .is_some_and(|aside| aside.lines.contains(&index));
            !self.lines[index].is_blank() && !is_aside
        })
    }

    /// The first furniture that does not end before a line.
    fn next_aside(&self, line: usize) -> usize {
        self.asides.partition_point(|aside| aside.lines.end <= line)
    }

    /// Whether a page begins with a line.
    pub(super) fn is_at_top(&self, line: usize) -> bool {
        let from = self.lines[line].from;
        from > 0 && self.text.as_bytes()[from - 1] == 0x0C
    }
}

/// Whether a line is in one of some ranges, which are in order.
fn is_among(ranges: &[Range<usize>], line: usize) -> bool {
    let next = ranges.partition_point(|range| range.end <= line);
    ranges.get(next).is_some_and(|range| range.contains(&line))
}

/// The possible numbers at the start of lines, with their lines.
fn numbers_of(text: &str, lines: &[TextLine]) -> Vec<Candidate> {
    let mut numbers = Vec::with_capacity(lines.len() / 4);
    let mut spaced = Vec::new();
    for (line, range) in lines.iter().enumerate() {
        let words = &text[range.range()];
        if let Some(number) = read_enumerator(words) {
            numbers.push(Candidate { line, number });
        } else if let Some(number) = read_spaced_letter(words) {
            spaced.push(Candidate { line, number });
        }
    }
    let n_numbers = numbers.len();
    numbers.extend(in_sequence(spaced));
    if numbers.len() > n_numbers {
        numbers.sort_by_key(|candidate| candidate.line);
    }
    numbers
}

/// Makes signs such as `§ 1º` the numbers of paragraphs if they begin again below each article, and
/// the word of an only paragraph its number.
fn number_paragraphs(text: &str, lines: &[TextLine], numbers: &mut [Candidate]) {
    let words = |found: &Candidate| &text[lines[found.line].range()];
    let is_sign = |found: &Candidate| {
        found.number.kind == Some(ProvisionKind::Section) && words(found).starts_with('§')
    };
    let is_only = |found: &Candidate| {
        let number = words(found).get(found.number.number.clone());
        found.number.kind == Some(ProvisionKind::Paragraph)
            && number.is_some_and(|number| is_in(number, &[WordList::Only]))
    };
    let (mut is_below_article, mut is_anew, mut is_of_own) = (false, false, false);
    for found in numbers.iter() {
        if found.number.kind == Some(ProvisionKind::Article) {
            is_below_article = true;
        } else if is_sign(found) {
            let is_first = found.number.value.is_first();
            is_of_own |= is_below_article != is_first;
            is_anew |= is_below_article;
            is_below_article = false;
        }
    }
    let are_paragraphs = is_anew && !is_of_own;
    for found in numbers {
        if are_paragraphs && is_sign(found) || is_only(found) {
            found.number.kind = None;
            found.number.delimiter = Delimiter::Degree;
        }
    }
}

/// The letters without a mark that have a neighbor of their list nearby: an `a` with a `b` after
/// it, a `b` with an `a` before it.
fn in_sequence(letters: Vec<Candidate>) -> Vec<Candidate> {
    const NEAR: usize = 8;
    let is_next = |a: &Candidate, b: &Candidate| b.number.value.may_follow(&a.number.value);
    let is_kept: Vec<bool> = (0..letters.len())
        .map(|at| {
            let letter = &letters[at];
            let before = &letters[at.saturating_sub(NEAR)..at];
            let after = &letters[at + 1..(at + 1 + NEAR).min(letters.len())];
            before.iter().any(|near| is_next(near, letter))
                || letter.number.value.is_first() && after.iter().any(|near| is_next(letter, near))
        })
        .collect();
    let kept = letters.into_iter().zip(is_kept);
    kept.filter_map(|(letter, is_kept)| is_kept.then_some(letter))
        .collect()
}

/// The role of sections in a text: they are its provisions if it has no articles and the numbers
/// below each section begin anew.
fn section_role(numbers: &[Candidate]) -> Role {
    let (mut is_below_section, mut n_anew) = (false, 0);
    for Candidate { number, .. } in numbers {
        match number.kind {
            Some(ProvisionKind::Section) => is_below_section = true,
            Some(kind) if kind.role() == Role::Provision && !kind.is_plain() => {
                return Role::Group;
            }
            None if is_below_section && number.delimiter != Delimiter::Bullet => {
                is_below_section = false;
                if !number.value.is_first() {
                    return Role::Group;
                }
                n_anew += 1;
            }
            _ => {}
        }
    }
    if n_anew > 1 {
        Role::Provision
    } else {
        Role::Group
    }
}

/// How titles of articles on the line of the number end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum TitleStyle {
    /// `Article 2. Aim`
    #[default]
    Bare,
    /// `Artículo 2. Objeto.`
    Stopped,
    /// Articles have no titles.
    None,
}

/// Titles end with a full stop if nearly all articles begin with a few words and a full stop,
/// followed by more words.
fn article_titles(text: &str, lines: &[TextLine], numbers: &[Candidate]) -> TitleStyle {
    const MIN_BARE: usize = 5;
    let (mut n_articles, mut n_stopped) = (0, 0);
    let (mut n_bare, mut n_titled) = (0, 0);
    for (nth, Candidate { line, number }) in numbers.iter().enumerate() {
        let words = &text[lines[*line].range()];
        let rest = &words[number.body..];
        if number.kind != Some(ProvisionKind::Article) {
            continue;
        }
        let next_line = (line + 1..lines.len()).find(|&next| !lines[next].is_blank());
        if rest.is_empty() {
            let next = next_line.map_or("", |next| &text[lines[next].range()]);
            n_bare += 1;
            n_titled += usize::from(is_short(next) && is_title_like(next));
            continue;
        }
        n_articles += 1;
        let is_next_article = numbers.get(nth + 1).is_some_and(|next| {
            next_line == Some(next.line) && next.number.kind == Some(ProvisionKind::Article)
        });
        let has_more = next_line.is_some() && !is_next_article;
        n_stopped += usize::from(has_more && is_stopped_title(rest));
    }
    if n_stopped > 1 && n_stopped * 5 >= n_articles * 4 {
        TitleStyle::Stopped
    } else if n_bare >= MIN_BARE && n_bare > n_articles && n_titled * 4 < n_bare {
        TitleStyle::None
    } else {
        TitleStyle::Bare
    }
}
