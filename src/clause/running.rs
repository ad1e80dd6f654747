//! [`RunningTitles`]: titles from the first lines of a text that come back at the edges of its pages.

use crate::clause::enumerator::read_enumerator;
use crate::clause::line::TextLine;
use crate::clause::number::Delimiter;
use crate::clause::wording::{is_furniture, is_page_of_pages};

/// The number of lines at the beginning that may be titles.
const N_TITLES: usize = 4;

/// The fewest letters of a title.
const MIN_LETTERS: usize = 8;

/// The most bytes of a running title, its page number and the gap between them included.
const MAX_BYTES: usize = 200;

/// The titles at the beginning of a text.
#[derive(Debug)]
pub(crate) struct RunningTitles<'a> {
    text: &'a str,
    lines: &'a [TextLine],
    titles: Vec<Title>,
}

/// A title at the beginning of a text.
#[derive(Debug)]
struct Title {
    line: usize,
    /// Its first letter, as a small one: most lines begin with another.
    first: char,
}

impl<'a> RunningTitles<'a> {
    pub(crate) fn new(text: &'a str, lines: &'a [TextLine]) -> Self {
        let mut found = Self {
            text,
            lines,
            titles: Vec::new(),
        };
        let filled = (0..lines.len()).filter(|line| !lines[*line].is_blank());
        for line in filled.take(N_TITLES) {
            let words = found.words(line);
            let letters = words.chars().filter(|c| c.is_alphabetic());
            let is_long = letters.take(MIN_LETTERS).count() == MIN_LETTERS;
            let has_digit = words.bytes().any(|byte| byte.is_ascii_digit());
            let first = first_letter(words).filter(|_| is_long && !has_digit);
            if let Some(first) = first.filter(|_| !found.is_title(words)) {
                found.titles.push(Title { line, first });
            }
        }
        found
    }

    /// Whether a line is a title with the number of a page, or next to one; or such a number itself.
    pub(crate) fn are_at(&self, line: usize) -> bool {
        let words = self.words(line);
        if is_page_number(words) {
            return self.near(line).any(|near| self.is_again(near));
        }
        if !self.is_again(line) {
            return false;
        }
        let is_page = |near: usize| {
            let words = self.words(near);
            is_page_number(words) || is_furniture(words) || is_page_of_pages(words)
        };
        let has_number = words.bytes().any(|byte| byte.is_ascii_digit());
        if has_number {
            is_apart(words)
        } else {
            self.near(line).any(is_page)
        }
    }

    fn words(&self, line: usize) -> &'a str {
        &self.text[self.lines[line].range()]
    }

    /// Whether a line repeats a title.
    fn is_again(&self, line: usize) -> bool {
        self.is_title(self.words(line)) && self.titles.iter().all(|title| title.line != line)
    }

    /// Whether the letters of a line are those of a title, in whatever case.
    fn is_title(&self, words: &str) -> bool {
        if words.len() > MAX_BYTES {
            return false;
        }
        let first = first_letter(words);
        let mut titles = self.titles.iter();
        titles.any(|title| {
            let is_alike = || small_letters(words).eq(small_letters(self.words(title.line)));
            first == Some(title.first) && is_alike()
        })
    }

    /// The lines with words right before and right after a line, blank lines skipped.
    fn near(&self, line: usize) -> impl Iterator<Item = usize> {
        const MAX_BLANK: usize = 4;
        let is_filled = |near: &usize| !self.lines[*near].is_blank();
        let before = (line.saturating_sub(MAX_BLANK)..line).rev().find(is_filled);
        let end = self.lines.len().min(line + 1 + MAX_BLANK);
        let after = (line + 1..end).find(is_filled);
        before.into_iter().chain(after)
    }
}

fn first_letter(words: &str) -> Option<char> {
    small_letters(words).next()
}

fn small_letters(words: &str) -> impl Iterator<Item = char> {
    let letters = words.chars().filter(|c| c.is_alphabetic());
    letters.flat_map(char::to_lowercase)
}

/// Whether a line has a number apart from its words: `2. Lamps` is the heading of a section.
fn is_apart(words: &str) -> bool {
    let is_gap = words.contains("  ") || words.contains(['\t', '|', '–', '—']);
    is_gap && read_enumerator(words).is_none_or(|number| number.delimiter == Delimiter::Space)
}

/// Whether words are only a number, as that of a page.
pub(crate) fn is_page_number(words: &str) -> bool {
    (1..=4).contains(&words.len()) && words.bytes().all(|byte| byte.is_ascii_digit())
}
