//! [`Blocks`]: a text written block by block, used by every format with marked structure.

use std::borrow::Cow;

use crate::agreement::Metadata;
use crate::error::{Diagnostic, Error, ErrorKind, Result, Severity};
use crate::provision::{is_bullet, parse_roman};
use crate::read::document::{Body, Hint, HintKind, Parsed};
use crate::words::prefix_length;

/// A text under construction and what its format says about it.
///
/// Blocks are separated by a blank line, consecutive list items by a line end. A block keeps its
/// own line ends; the caller collapses all other white space.
#[derive(Debug, Default)]
pub(crate) struct Blocks {
    text: String,
    hints: Vec<Hint>,
    notes: Vec<String>,
    /// The words of a heading at the beginning.
    first_heading: Option<String>,
    /// Whether the latest block is a list item.
    ends_with_item: bool,
}

impl Blocks {
    /// Adds a block, unless it has no words.
    pub(crate) fn push(&mut self, words: &str, kind: HintKind) {
        let words = words.trim();
        if words.is_empty() {
            return;
        }
        let is_item = matches!(kind, HintKind::ListItem(_));
        if !self.text.is_empty() {
            let is_tight = is_item && self.ends_with_item;
            self.text.push_str(if is_tight { "\n" } else { "\n\n" });
        }
        self.ends_with_item = is_item;
        if matches!(kind, HintKind::Heading(_))
            && self.hints.len() < 3
            && self.first_heading.is_none()
        {
            self.first_heading = Some(words.replace('\n', " "));
        }
        let start = self.text.len();
        self.text.push_str(words);
        let range = start..self.text.len();
        self.hints.push(Hint { range, kind });
    }

    /// Returns where the next block begins, or the separator before it.
    pub(crate) fn position(&self) -> usize {
        self.text.len()
    }

    /// Tells the role of all blocks written since a position.
    pub(crate) fn mark_since(&mut self, start: usize, kind: HintKind) {
        let written = &self.text[start..];
        let start = start + written.len() - written.trim_start().len();
        let range = start..self.text.len();
        if !range.is_empty() {
            let place = self.hints.partition_point(|hint| hint.range.start < start);
            self.hints.insert(place, Hint { range, kind });
        }
    }

    /// Keeps a footnote for the end of the text.
    pub(crate) fn push_note(&mut self, words: &str) {
        let words = words.trim();
        if !words.is_empty() {
            self.notes.push(words.to_owned());
        }
    }

    /// Returns the number of footnotes.
    pub(crate) fn n_notes(&self) -> usize {
        self.notes.len()
    }

    /// Returns the words of the heading at the beginning, if there is one.
    pub(crate) fn first_heading(&self) -> Option<&str> {
        self.first_heading.as_deref()
    }

    /// Returns the agreement, with what is told of it; `without_words` says why it may have none.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Format`] if nothing has been written.
    pub(crate) fn into_parsed(
        self,
        metadata: Metadata,
        diagnostics: Vec<Diagnostic>,
        without_words: &str,
    ) -> Result<Parsed> {
        if self.text.is_empty() && self.notes.is_empty() {
            return Err(Error::new(ErrorKind::Format, without_words));
        }
        Ok(Parsed::of_one(metadata, self.into_body(), diagnostics))
    }

    /// Returns the note that there are footnotes, if there are.
    pub(crate) fn told_notes(&self) -> Option<Diagnostic> {
        let what = "footnotes stand at the end";
        Diagnostic::counted(Severity::Note, self.n_notes(), what)
    }

    /// Returns the text, followed by its footnotes.
    pub(crate) fn into_body(mut self) -> Body {
        for note in std::mem::take(&mut self.notes) {
            self.push(&note, HintKind::Note);
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        Body::Text {
            text: self.text,
            hints: self.hints,
        }
    }
}

/// Appends words to a line of running text, each run of white space as one space.
pub(crate) fn append_collapsed(line: &mut String, words: &str) {
    for c in words.chars() {
        if !c.is_whitespace() && c != '\u{FEFF}' {
            line.push(c);
        } else if !line.is_empty() && !line.ends_with([' ', '\n']) {
            line.push(' ');
        }
    }
}

/// The place where the mark of a note was, while a line is written.
pub(crate) const NOTE_MARK: char = '\u{FDD0}';

/// Returns a line without the places of note marks, and without brackets that contain nothing else.
pub(crate) fn without_note_marks(line: &str) -> Cow<'_, str> {
    if !line.contains(NOTE_MARK) {
        return Cow::Borrowed(line);
    }
    let is_between = |c: char| c == NOTE_MARK || matches!(c, ' ' | ',' | '\u{a0}');
    let mut kept = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(NOTE_MARK) {
        let before = rest[..at].trim_end_matches(is_between);
        let after = || rest[at..].trim_start_matches(is_between);
        let closed = match before.chars().next_back() {
            Some('(') => after().strip_prefix(')'),
            Some('[') => after().strip_prefix(']'),
            _ => None,
        };
        let is_bracketed = closed.is_some();
        if let Some(behind) = closed {
            kept.push_str(&before[..before.len() - 1]);
            rest = behind;
        } else {
            kept.push_str(&rest[..at]);
            rest = &rest[at + NOTE_MARK.len_utf8()..];
        }
        if kept.ends_with(' ') && !rest.starts_with(char::is_alphanumeric) {
            let is_sign = rest.starts_with(['.', ',', ';', ':', ')', ']', ' ']) || rest.is_empty();
            if is_bracketed || is_sign {
                kept.truncate(kept.trim_end_matches(' ').len());
            }
        }
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

/// Returns whether a name is one of `names`, which are separated by spaces.
pub(crate) fn is_one_of(name: &str, names: &str) -> bool {
    names.split(' ').any(|known| known == name)
}

/// Returns whether a word is the mark of an unnumbered item.
pub(crate) fn is_bullet_alone(word: &str) -> bool {
    let mut characters = word.chars();
    characters.next().is_some_and(is_bullet) && characters.next().is_none()
}

/// Returns whether words are only a number or mark of a list: `(a)`, `12.`, `iv)`, `–`.
pub(crate) fn is_list_mark(words: &str) -> bool {
    let words = words.trim_matches(|c: char| c.is_whitespace() || c == NOTE_MARK);
    if is_bullet_alone(words) {
        return true;
    }
    let name = words.trim_matches(['(', ')', '.', ']', '[', ':', '°']);
    let has_stop = name.len() < words.len();
    let n_characters = name.chars().count();
    let is_decimal = n_characters <= 12
        && name.contains(|c: char| c.is_ascii_digit())
        && name.chars().all(|c| c.is_ascii_digit() || c == '.')
        && name.split('.').all(|part| part.len() <= 3);
    let is_roman = n_characters <= 6 && parse_roman(name).is_some();
    let is_letter = n_characters <= 2 && name.chars().all(char::is_alphabetic);
    n_characters > 0 && (is_decimal || has_stop && (is_roman || is_letter))
}

/// Returns whether a line begins with a number or letter of a list: `(a)`, `iv.`, `12)`, `¶13`, `–`.
pub(crate) fn begins_with_number(line: &str) -> bool {
    let line = line.trim_start();
    if line.starts_with(['¶', '§', '–', '—', '•']) {
        return true;
    }
    let open = line.strip_prefix('(');
    let rest = open.unwrap_or(line);
    let end = prefix_length(rest, |c| c.is_ascii_alphanumeric());
    let (name, stop) = rest.split_at(end);
    let closes = stop.starts_with(')') || (open.is_none() && stop.starts_with(". "));
    closes && is_list_number(name)
}

/// Returns whether a word is a number, a letter or a small Roman numeral.
fn is_list_number(word: &str) -> bool {
    let is_number = word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit());
    let is_letter = word.len() == 1 && word.bytes().all(|b| b.is_ascii_alphabetic());
    let is_roman = word.len() <= 6 && parse_roman(word).is_some();
    !word.is_empty() && (is_number || is_letter || is_roman)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_on_adjacent_lines_and_notes_come_last() {
        let mut blocks = Blocks::default();
        blocks.push_note("1 A note.");
        blocks.push(" Title ", HintKind::Heading(1));
        blocks.push("1. One", HintKind::ListItem(1));
        blocks.push("", HintKind::Paragraph);
        blocks.push("2. Two", HintKind::ListItem(1));
        blocks.push("End.", HintKind::Paragraph);
        assert_eq!(blocks.first_heading(), Some("Title"));
        let Body::Text { text, hints } = blocks.into_body() else {
            panic!("blocks make a text")
        };
        assert_eq!(text, "Title\n\n1. One\n2. Two\n\nEnd.\n\n1 A note.\n");
        assert_eq!(hints.last().map(|hint| hint.kind), Some(HintKind::Note));
        assert_eq!(&text[hints[1].range.clone()], "1. One");
    }

    #[test]
    fn brackets_of_note_marks_go_with_them() {
        let cases = [
            ("the Act 2017(@) in force", "the Act 2017 in force"),
            ("the Act (@), in force", "the Act, in force"),
            ("the Act [@, @] in force", "the Act in force"),
            ("the Act @ in force", "the Act in force"),
            ("the Act@ in force(@).", "the Act in force."),
            ("lights (@)", "lights"),
            ("f() of (see @) and (a)", "f() of (see) and (a)"),
            ("no mark ()", "no mark ()"),
        ];
        for (line, expected) in cases {
            let line = line.replace('@', &NOTE_MARK.to_string());
            assert_eq!(without_note_marks(&line), expected);
        }
    }

    #[test]
    fn marks_of_lists_are_distinguished_from_words() {
        for mark in [
            "(a)", "1.", "12", "iv)", "–", "1.2.3", "(bb)", "A.", "(12)", "а)",
        ] {
            assert!(is_list_mark(mark), "{mark}");
        }
        for words in [
            "",
            "a",
            "the",
            "EN",
            "4.5.2016",
            "Article 5",
            "(see)",
            "()",
            "words.",
        ] {
            assert!(!is_list_mark(words), "{words}");
        }
    }
}
