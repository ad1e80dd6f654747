//! Hits as a page of text for a terminal, and the shared parts of all pages.

use std::io::{self, IsTerminal};
use std::ops::Range;

use consonance::index::{Hit, SearchResult};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::terminal::printable::{harmless, printable};

const MIN_WIDTH: usize = 30;
const DEFAULT_WIDTH: usize = 80;
const INDENT: usize = 4;

/// The style of answers.
pub(crate) struct Style {
    pub(crate) width: usize,
    is_colored: bool,
}

impl Style {
    pub(crate) fn new() -> Self {
        let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        // A terminal may report zero columns.
        let reported = comfy_table::Table::new().width().filter(|&width| width > 0);
        Self {
            width: reported.map_or(DEFAULT_WIDTH, |width| usize::from(width).max(MIN_WIDTH)),
            is_colored: io::stdout().is_terminal() && !is_set("NO_COLOR") && !is_dumb,
        }
    }

    /// Returns the hits as a page of text.
    pub(crate) fn page(&self, result: &SearchResult) -> String {
        let mut page = notes(&result.notes);
        let n_shown = result.hits.len();
        let count = match (result.n_hits, n_shown) {
            (0, _) => "no clause matches\n".to_owned(),
            (1, 1) => "1 clause matches\n".to_owned(),
            (n_hits, _) if n_hits == n_shown => format!("{n_hits} clauses match\n"),
            (n_hits, _) => format!("{n_hits} clauses match, the first {n_shown}:\n"),
        };
        page.push_str(&count);
        for facet in &result.facets {
            page += &self.facet(facet);
        }
        for (number, hit) in (1..).zip(&result.hits) {
            page.push('\n');
            page += &self.hit(number, hit);
        }
        page
    }

    pub(crate) fn hit(&self, number: usize, hit: &Hit) -> String {
        let year = hit.year;
        let year = year.map_or_else(|| "year unknown".to_owned(), |year| year.to_string());
        let (citation, process, score) = (&hit.citation, &hit.process, hit.score);
        let title = format!("{number}. {citation} | {process}, {year} | score {score:.2}");
        let mut page = self.wrapped(&title, &[], 0);
        page += &self.wrapped(&hit.text, &hit.highlights, INDENT);
        page
    }

    /// Returns a text in lines of the terminal's width, with the marked bytes highlighted.
    pub(crate) fn wrapped(&self, text: &str, marks: &[Range<usize>], indent: usize) -> String {
        let room = self.width - indent;
        let mut lines: Vec<Vec<(char, bool)>> = vec![Vec::new()];
        let mut used = 0;
        for word in words_with_marks(text, marks) {
            let word_width: usize = word.iter().map(|(c, _)| width_of_char(*c)).sum();
            if used > 0 && used + 1 + word_width > room {
                lines.push(Vec::new());
                used = 0;
            } else if used > 0 {
                lines
                    .last_mut()
                    .expect("there is a line")
                    .push((' ', false));
                used += 1;
            }
            for (c, is_marked) in word {
                if used + width_of_char(c) > room {
                    lines.push(Vec::new());
                    used = 0;
                }
                lines
                    .last_mut()
                    .expect("there is a line")
                    .push((c, is_marked));
                used += width_of_char(c);
            }
        }
        let indent = " ".repeat(indent);
        let shown = lines
            .iter()
            .map(|line| format!("{indent}{}\n", self.colored(line)));
        shown.collect()
    }

    pub(crate) fn colored(&self, line: &[(char, bool)]) -> String {
        let mut shown = String::new();
        for run in line.chunk_by(|a, b| a.1 == b.1) {
            let letters: String = run.iter().map(|(c, _)| c).collect();
            if self.is_colored && run[0].1 {
                shown.extend(["\u{1b}[1;33m", &letters, "\u{1b}[0m"]);
            } else {
                shown += &letters;
            }
        }
        shown
    }
}

/// Returns the words of a text, each letter with a flag whether it is marked.
fn words_with_marks(text: &str, marks: &[Range<usize>]) -> Vec<Vec<(char, bool)>> {
    let mut words = vec![Vec::new()];
    let mut marks = marks.iter().peekable();
    for (at, c) in text.char_indices() {
        while marks.next_if(|mark| mark.end <= at).is_some() {}
        let is_marked = marks.peek().is_some_and(|mark| mark.contains(&at));
        if c.is_whitespace() {
            words.push(Vec::new());
        } else if let Some(c) = harmless(c) {
            words
                .last_mut()
                .expect("there is a word")
                .push((c, is_marked));
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Returns the number of terminal columns of a text.
pub(crate) fn width_of(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// Returns the number of columns of a character: two for East Asian scripts and emoji, none for
/// combining accents.
pub(crate) fn width_of_char(c: char) -> usize {
    UnicodeWidthChar::width(c).unwrap_or_default()
}

/// Returns the lines for the notes on a query.
pub(crate) fn notes(notes: &[String]) -> String {
    let lines = notes
        .iter()
        .map(|note| format!("note: {}\n", printable(note)));
    lines.collect()
}
