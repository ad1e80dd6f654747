//! [`Pages`]: the lines of printed pages, joined to a running text.

use crate::error::{Diagnostic, Severity};
use crate::read::blocks::{Blocks, begins_with_number};
use crate::read::document::{Body, HintKind};
use crate::read::pdf::digits::with_digits;
use crate::read::pdf::furniture::{remove_running, take_notes};
use crate::read::pdf::hyphen::without_breaks;
use crate::read::pdf::lines::PdfLine;
use crate::read::pdf::paragraphs::{FirstLine, Paragraph, Steps, is_contents_entry, paragraphs_of};

/// The pages of a document.
#[derive(Debug, Default)]
pub(super) struct Pages(Vec<Vec<PdfLine>>);

impl Pages {
    /// Adds a page; lines of only strokes and dots are left out, and strokes drawn through words.
    pub(super) fn push(&mut self, mut lines: Vec<PdfLine>) {
        for line in &mut lines {
            if let Some(words) = without_strokes(&line.words) {
                line.words = words;
            }
        }
        let is_drawn = |line: &PdfLine| {
            let is_rule =
                |c: char| c.is_whitespace() || matches!(c, '_' | '–' | '—' | '-' | '.' | '*');
            line.words.chars().all(is_rule)
        };
        let has_words = |line: &PdfLine| !is_drawn(line) || line.words.chars().count() == 1;
        self.0.push(lines.into_iter().filter(has_words).collect());
    }

    pub(super) fn n_characters(&self) -> usize {
        let lines = self.0.iter().flatten();
        lines.map(|line| line.words.chars().count()).sum()
    }

    /// Returns the running text: headers, footers and page numbers removed, footnotes at the end,
    /// words and paragraphs broken by a page or line end joined.
    pub(super) fn into_body(mut self, diagnostics: &mut Vec<Diagnostic>) -> Body {
        let n_pages = self.0.len();
        let n_running = remove_running(&mut self.0);
        let notes = take_notes(&mut self.0);
        let (paragraphs, n_joined) = self.into_paragraphs();
        let (page_of, paragraphs): (Vec<usize>, Vec<String>) = paragraphs.into_iter().unzip();
        let (mut paragraphs, n_mended) = without_breaks(&paragraphs);
        let n_digits = with_digits(&mut paragraphs);
        let (notes, n_mended_in_notes) = without_breaks(&notes);
        let mut blocks = Blocks::default();
        let mut last_page = 0;
        for (words, page) in paragraphs.iter().zip(page_of) {
            let start = blocks.position();
            blocks.push(words, HintKind::Paragraph);
            if page > last_page {
                blocks.mark_since(start, HintKind::Page(page));
                last_page = page;
            }
        }
        for words in &notes {
            blocks.push_note(words);
        }
        let running =
            format!("lines of heads, feet and page numbers are removed from {n_pages} pages");
        let facts = [
            (n_running, running.as_str()),
            (notes.len(), "footnotes stand at the end"),
            (n_joined, "paragraphs that a page end broke are joined"),
            (
                n_mended + n_mended_in_notes,
                "words that a hyphen broke are joined",
            ),
            (n_digits, "numbers had the letter l for the digit 1"),
        ];
        let told = facts.map(|(n, what)| Diagnostic::counted(Severity::Repaired, n, what));
        diagnostics.extend(told.into_iter().flatten());
        blocks.into_body()
    }

    /// Joins a paragraph broken by a page or column end: the first part stops within a sentence and
    /// the second begins with a small letter.
    ///
    /// Each paragraph comes with the page it begins on, counted from 1.
    fn into_paragraphs(self) -> (Vec<(usize, String)>, usize) {
        let steps = Steps::of(&self.0);
        let mut paragraphs: Vec<Paragraph> = Vec::new();
        let mut page_of = Vec::new();
        let mut n_joined = 0;
        for (page, lines) in self.0.into_iter().enumerate() {
            for (index, paragraph) in paragraphs_of(&lines, &steps).into_iter().enumerate() {
                let place = if index == 0 {
                    Place::PageTop
                } else {
                    Place::Within
                };
                match paragraphs.last_mut() {
                    Some(before) if goes_on(before, &paragraph, place) => {
                        before.words.push(' ');
                        before.words.push_str(&paragraph.words);
                        before.is_open_entry = false;
                        n_joined += 1;
                    }
                    _ => {
                        paragraphs.push(paragraph);
                        page_of.push(page + 1);
                    }
                }
            }
        }
        let words = paragraphs.into_iter().map(|paragraph| paragraph.words);
        (page_of.into_iter().zip(words).collect(), n_joined)
    }
}

/// Returns whether words begin with the bare letter of an item: `b effective guarantees`.
fn begins_with_letter(words: &str) -> bool {
    let first = words.split(' ').next().unwrap_or_default();
    first.len() == 1 && first.bytes().all(|letter| letter.is_ascii_lowercase())
}

/// Returns whether words end with a semicolon, or with one and a word that joins items.
fn ends_item(words: &str) -> bool {
    let tail = words.char_indices().rev().nth(5).map_or(0, |(at, _)| at);
    words[tail..].contains([';', '；'])
}

/// What ends a sentence or an item.
const ENDS: [char; 9] = ['.', ';', ':', '!', '?', '。', '；', '؛', '؟'];

/// The position of a paragraph on its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    PageTop,
    Within,
}

/// Returns the words of a line that a drawn stroke runs through, letter by letter.
fn without_strokes(words: &str) -> Option<String> {
    let n_strokes = words.bytes().filter(|byte| *byte == b'_').count();
    let has_words = words.contains(char::is_alphanumeric);
    (has_words && n_strokes >= 20 && 2 * n_strokes > words.len()).then(|| {
        let parts = words.split("___").map(|part| part.replace('_', ""));
        let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
        parts.join(" ")
    })
}

/// Returns whether a paragraph continues the one before.
fn goes_on(before: &Paragraph, next: &Paragraph, place: Place) -> bool {
    let is_alike = (before.size - next.size).abs() < 0.5;
    if begins_with_number(&next.words) || !is_alike {
        return false;
    }
    if before.is_open_entry && place == Place::PageTop {
        return is_contents_entry(&next.words);
    }
    if begins_with_letter(&next.words) && ends_item(&before.words) {
        return false;
    }
    let is_cut = place == Place::PageTop && before.is_full_before(next);
    if is_cut && !before.words.ends_with(ENDS) && next.first_line != FirstLine::Indented {
        let is_inside = before.words.ends_with(char::is_alphanumeric);
        let is_long = before.words.chars().count() > 60;
        if next.first_line == FirstLine::Flush || is_inside && is_long {
            return true;
        }
    }
    let is_open = before
        .words
        .ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '-' | '–'));
    let is_long = before.words.chars().count() > 60;
    let is_likely = place == Place::PageTop || is_long || before.words.ends_with('-');
    is_open && is_likely && next.words.starts_with(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(words: &str, y: f64, size: f64) -> PdfLine {
        PdfLine {
            words: words.to_owned(),
            y,
            size,
            end: words.chars().count() as f64 * size / 2.0,
            ..PdfLine::default()
        }
    }

    fn body_of(pages: &[&[&str]]) -> (String, Vec<String>) {
        let mut all = Pages::default();
        for page in pages {
            let lines = page.iter().enumerate();
            all.push(
                lines
                    .map(|(n, words)| line(words, 700.0 - 30.0 * n as f64, 10.0))
                    .collect(),
            );
        }
        let mut diagnostics = Vec::new();
        let Body::Text { text, .. } = all.into_body(&mut diagnostics) else {
            panic!("pages make a text")
        };
        let told = diagnostics.iter().map(ToString::to_string).collect();
        (text, told)
    }

    #[test]
    fn headers_footers_and_page_numbers_are_removed_and_articles_stay() {
        let (text, told) = body_of(&[
            &["Forum 2015", "Article 1", "Talk of", "1"],
            &["Forum 2015", "peace.", "Article 2", "Listen.", "2"],
            &["Forum 2015", "Article 3", "____", "Go.", "3"],
            &["Forum 2015", "Article 7", "End.", "page 4 of 9"],
        ]);
        let expected = "Article 1\n\nTalk of peace.\n\nArticle 2\n\nListen.\n\nArticle 3\n\nGo.\n\n\
                        Article 7\n\nEnd.\n\npage 4 of 9\n";
        assert_eq!(text, expected);
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].contains("7 lines of heads"), "{told:?}");
    }

    #[test]
    fn mirrored_headers_and_job_numbers_are_removed() {
        let (text, _) = body_of(&[
            &["Talk of", "24-01234 (E) 010224", "*2401234*"],
            &["Lights A/RES/1", "peace and", "2/4 24-01234"],
            &["A/RES/1 Lights", "of", "24-01234 3/4"],
            &["Lights A/RES/1", "trade.", "4/4 24-01234"],
        ]);
        assert_eq!(text, "Talk of peace and of trade.\n");
    }

    #[test]
    fn a_sentence_goes_on_over_a_page_end_with_a_number() {
        let (text, _) = body_of(&[
            &[
                "The ports of all coasts shall work together at once so that they reach",
                "with the means that each of them has, and in good time, in all of the",
            ],
            &["17 harbors of the league, the aims of this pact."],
        ]);
        assert_eq!(text.lines().count(), 1, "{text}");
    }

    #[test]
    fn small_print_at_the_foot_is_a_note() {
        let mut pages = Pages::default();
        pages.push(vec![
            line("A long paragraph of the body.", 700.0, 10.0),
            line("1 A source that", 100.0, 8.0),
            line("goes on.", 90.0, 8.0),
        ]);
        let Body::Text { text, hints } = pages.into_body(&mut Vec::new()) else {
            panic!("pages make a text")
        };
        assert_eq!(
            text,
            "A long paragraph of the body.\n\n1 A source that goes on.\n"
        );
        let kinds: Vec<HintKind> = hints.iter().map(|hint| hint.kind).collect();
        assert_eq!(
            kinds,
            [HintKind::Page(1), HintKind::Paragraph, HintKind::Note]
        );
    }
}
