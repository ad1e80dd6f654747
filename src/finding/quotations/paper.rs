//! [`Paper`]: a text that quotes, as its paragraphs and what its format says of them.

use std::ops::Range;

use crate::error::{Diagnostic, Result};
use crate::finding::quotations::result::PaperPlace;
use crate::language::Language;
use crate::read::{Body, Document, HintKind, ReadLimits, read};

/// A text whose quotations are checked.
///
/// # Examples
///
/// ```
/// use consonance::finding::Paper;
/// use consonance::read::ReadLimits;
///
/// let bytes = b"The treaty asks for \"a light on every pier\".";
/// let paper = Paper::read(bytes, "essay.txt", &ReadLimits::default())?;
/// assert_eq!(paper.name(), "essay.txt");
/// # Ok::<(), consonance::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paper {
    name: String,
    pub(crate) text: String,
    /// The bytes of each paragraph, in order.
    pub(crate) paragraphs: Vec<Range<usize>>,
    /// The bytes of the paragraphs that the format calls quotations, in order.
    pub(crate) blocks: Vec<Range<usize>>,
    /// Where pages begin, and their numbers, if the format tells them.
    page_starts: Vec<(usize, usize)>,
    /// The number of characters before each paragraph.
    n_characters: Vec<usize>,
    /// The file, if it is a Word document.
    pub(crate) word_file: Option<Vec<u8>>,
    diagnostics: Vec<Diagnostic>,
}

impl Paper {
    /// Returns the text of a file in any readable format; several texts in one file follow each other.
    ///
    /// # Errors
    ///
    /// Those of [`read`](crate::read::read()).
    pub fn read(bytes: &[u8], file_name: &str, limits: &ReadLimits) -> Result<Self> {
        let parsed = read(bytes, file_name, limits)?;
        let is_word = parsed.format() == "docx" && bytes.starts_with(b"PK");
        let mut paper = Self {
            name: file_name.to_owned(),
            word_file: is_word.then(|| bytes.to_vec()),
            diagnostics: parsed.diagnostics,
            ..Self::default()
        };
        for document in &parsed.documents {
            paper.add(document);
        }
        paper.paragraphs = trimmed(&paper.text, &paper.paragraphs);
        let (mut from, mut n_characters) = (0, 0);
        for paragraph in &paper.paragraphs {
            n_characters += paper.text[from..paragraph.start].chars().count();
            paper.n_characters.push(n_characters);
            from = paragraph.start;
        }
        Ok(paper)
    }

    /// Returns the name of its file.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns what was left out, mended or guessed when it was read.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    pub(super) fn language(&self) -> Language {
        Language::detect(&self.text).unwrap_or(Language::ENGLISH)
    }

    /// Returns some bytes of the text as a place in the paper.
    pub(super) fn place(&self, bytes: &Range<usize>) -> PaperPlace {
        let n_pages = self
            .page_starts
            .partition_point(|(start, _)| *start <= bytes.start);
        let page = self.page_starts[..n_pages]
            .last()
            .or(self.page_starts.first());
        let start = self.n_characters_before(bytes.start);
        let words = &self.text[bytes.clone()];
        PaperPlace {
            words: words.to_owned(),
            page: page.map(|(_, page)| *page),
            paragraph: self
                .paragraphs
                .partition_point(|of| of.start <= bytes.start)
                .max(1),
            bytes: bytes.clone(),
            characters: start..start + words.chars().count(),
        }
    }

    fn n_characters_before(&self, byte: usize) -> usize {
        let paragraph = self
            .paragraphs
            .partition_point(|of| of.start <= byte)
            .checked_sub(1);
        let (from, before) = paragraph.map_or((0, 0), |of| {
            (self.paragraphs[of].start, self.n_characters[of])
        });
        before + self.text[from..byte].chars().count()
    }

    fn add(&mut self, document: &Document) {
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        match &document.body {
            Body::Text { text, hints } => {
                self.text.push_str(text);
                let mut starts = starts_of_paragraphs(text);
                for hint in hints {
                    let range = hint.range.start + start..hint.range.end + start;
                    match hint.kind {
                        HintKind::Quotation => self.blocks.push(range),
                        HintKind::Page(page) => self.page_starts.push((range.start, page)),
                        HintKind::Label | HintKind::Language(_) => {}
                        _ => starts.push(hint.range.start),
                    }
                }
                self.divide(start, starts);
            }
            Body::Clauses(clauses) => {
                let mut starts = Vec::new();
                for clause in clauses {
                    starts.push(self.text.len() - start);
                    self.text.push_str(&clause.text);
                    self.text.push_str("\n\n");
                }
                self.divide(start, starts);
            }
        }
    }

    /// Divides the text from `start` on into paragraphs that begin at these bytes of it.
    fn divide(&mut self, start: usize, mut starts: Vec<usize>) {
        starts.push(0);
        starts.sort_unstable();
        starts.dedup();
        let ends = starts[1..].iter().map(|end| end + start);
        let ends = ends.chain([self.text.len()]).collect::<Vec<_>>();
        let paragraphs = starts.iter().zip(ends);
        self.paragraphs
            .extend(paragraphs.map(|(from, until)| from + start..until));
    }
}

/// Returns where the paragraphs after blank lines begin.
fn starts_of_paragraphs(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let (mut at, mut is_after_blank) = (0, false);
    for line in text.split_inclusive(['\n', '\u{c}']) {
        let is_blank = line.trim().is_empty();
        if is_after_blank && !is_blank {
            starts.push(at);
        }
        is_after_blank = is_blank || line.ends_with('\u{c}');
        at += line.len();
    }
    starts
}

/// Returns the ranges without the white space at their ends, and without empty ones.
fn trimmed(text: &str, ranges: &[Range<usize>]) -> Vec<Range<usize>> {
    let trim = |range: &Range<usize>| {
        let words = &text[range.clone()];
        let start = range.start + words.len() - words.trim_start().len();
        start..(start + words.trim().len())
    };
    let ranges = ranges.iter().map(trim);
    ranges.filter(|range| !range.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_divided_by_blank_lines() {
        let text = "One\nof two lines.\n\n  Two.\n \nThree.";
        let paper = Paper::read(text.as_bytes(), "a.txt", &ReadLimits::default()).unwrap();
        let paragraphs: Vec<&str> = paper
            .paragraphs
            .iter()
            .map(|range| &paper.text[range.clone()])
            .collect();
        assert_eq!(paragraphs, ["One\nof two lines.", "Two.", "Three."]);
        let two = text.find("Two").unwrap();
        let place = paper.place(&(two..two + 3));
        assert_eq!(
            (place.page, place.paragraph, place.words.as_str()),
            (None, 2, "Two")
        );
        assert_eq!(place.characters, two..two + 3);
    }
}
