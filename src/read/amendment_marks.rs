//! [`leave_out`]: the marks of consolidated texts of the European Union, which tell where words come from.

use std::ops::Range;

use crate::error::{Diagnostic, Severity};
use crate::read::document::{Body, Hint, Parsed};
use crate::read::text::line_of;
use crate::words::prefix_length;

/// The marks before and after amended words of a sentence, and above amended paragraphs.
const OPEN: char = '►';
const CLOSE: char = '◄';
const ABOVE: char = '▼';

/// Removes the marks of amendments (`▼M1`, `▼B`, `►C2 ... ◄`) from the texts of a file and tells so.
pub(crate) fn leave_out(parsed: &mut Parsed) {
    for document in &mut parsed.documents {
        if let Body::Text { text, hints } = &mut document.body
            && text.contains([OPEN, ABOVE])
        {
            let marks = marks_in(text);
            parsed.diagnostics.extend(told(text, &marks));
            remove(&marks, text, hints);
        }
    }
}

fn told(text: &str, marks: &[Range<usize>]) -> Option<Diagnostic> {
    let first = marks.first()?;
    let message = format!(
        "{} marks of amendments such as `{}` are left out, the first in line {} of the text",
        marks.len(),
        text[first.clone()].trim(),
        line_of(text, first.start),
    );
    Some(Diagnostic::new(Severity::Note, message))
}

/// Returns the ranges of the marks in order, each with the spaces that separate it from the words.
fn marks_in(text: &str) -> Vec<Range<usize>> {
    let mut marks = Vec::new();
    let mut n_open = 0_usize;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let is_of_marks = line.split_whitespace().all(|word| {
            let is_mark = word
                .strip_prefix(ABOVE)
                .is_some_and(|name| source_length(name) == Some(name.len()));
            is_mark || source_length(word) == Some(word.len())
        });
        let bare = line.trim_end_matches(['\n', '\r']);
        if is_of_marks && bare.trim_start().starts_with(ABOVE) {
            marks.push(start..start + bare.len());
        } else {
            marks.extend(
                marks_in_line(bare, &mut n_open).map(|mark| start + mark.start..start + mark.end),
            );
        }
        start += line.len();
    }
    marks
}

/// Returns the marks around the words of a line.
fn marks_in_line(line: &str, n_open: &mut usize) -> std::vec::IntoIter<Range<usize>> {
    let mut marks = Vec::new();
    for (at, sign) in line.match_indices([OPEN, CLOSE, ABOVE]) {
        let after = &line[at + sign.len()..];
        let name = source_length(after);
        if let Some(length) = name.filter(|_| !sign.starts_with(CLOSE)) {
            *n_open += usize::from(sign.starts_with(OPEN));
            let rest = &after[length..];
            let n_spaces = rest.len() - rest.trim_start().len();
            marks.push(at..at + sign.len() + length + n_spaces);
        } else if sign.starts_with(CLOSE) && *n_open > 0 {
            *n_open -= 1;
            let before = line[..at].trim_end().len();
            marks.push(before..at + sign.len());
        }
    }
    // Marks that touch share their spaces.
    for index in 1..marks.len() {
        let end: usize = marks[index - 1].end;
        marks[index].start = marks[index].start.max(end);
    }
    marks.into_iter()
}

/// Returns the length of the name of a source: `B` for the text as adopted, `M1` for an amendment, `C1` for
/// a correction, `A1` for an accession.
fn source_length(text: &str) -> Option<usize> {
    let letter = text.chars().next()?;
    let n_digits = prefix_length(&text[letter.len_utf8()..], |c| c.is_ascii_digit());
    let is_source = match letter {
        'B' => n_digits == 0,
        'M' | 'C' | 'A' | 'X' | 'R' => (1..=3).contains(&n_digits),
        _ => false,
    };
    let length = 1 + n_digits;
    let ends = is_source && !text[length..].starts_with(char::is_alphanumeric);
    ends.then_some(length)
}

/// Removes ranges from a text and moves its hints.
fn remove(ranges: &[Range<usize>], text: &mut String, hints: &mut Vec<Hint>) {
    // What is removed before the end of each range.
    let mut removed = Vec::with_capacity(ranges.len());
    let mut n_removed = 0;
    let mut kept = String::with_capacity(text.len());
    let mut end = 0;
    for range in ranges {
        kept.push_str(&text[end..range.start]);
        end = range.end;
        n_removed += range.len();
        removed.push(n_removed);
    }
    kept.push_str(&text[end..]);
    let moved = |at: usize| {
        let index = ranges.partition_point(|range| range.start < at);
        match index.checked_sub(1) {
            None => at,
            Some(last) => at.max(ranges[last].end) - removed[last],
        }
    };
    for hint in hints.iter_mut() {
        hint.range = moved(hint.range.start)..moved(hint.range.end);
    }
    hints.retain(|hint| !hint.range.is_empty());
    *text = kept;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut text = text.to_owned();
        let marks = marks_in(&text);
        remove(&marks, &mut text, &mut Vec::new());
        assert_eq!(text, expected);
    }

    #[test]
    fn marks_go_and_words_stay() {
        check("One.\n▼M1\nTwo.\n▼B\nThree.", "One.\n\nTwo.\n\nThree.");
        check("▼M1 ▼C2\nTwo.", "\nTwo.");
        check("Keep ►M2  all ◄ lights ►C1 on ◄.", "Keep all lights on.");
        check("►M2 ►C1 all ◄ ◄", "all");
        check("▼M3 Lights.", "Lights.");
        for kept in ["► A list", "►Another", "▼ B", "A ◄ B", "▼M1a", "no mark"] {
            check(kept, kept);
        }
    }

    #[test]
    fn hints_move_with_the_words() {
        let mut text = "One.\n\n▼M1\n\nTwo ►M2 lights ◄.".to_owned();
        let hint = |words: &str, text: &str| {
            let start = text.find(words).unwrap();
            Hint {
                range: start..start + words.len(),
                kind: crate::read::document::HintKind::Paragraph,
            }
        };
        let blocks = ["One.", "▼M1", "Two ►M2 lights ◄."];
        let mut hints: Vec<Hint> = blocks.iter().map(|words| hint(words, &text)).collect();
        let marks = marks_in(&text);
        assert!(told(&text, &marks).unwrap().message.contains("line 3"));
        remove(&marks, &mut text, &mut hints);
        let words: Vec<&str> = hints.iter().map(|hint| &text[hint.range.clone()]).collect();
        assert_eq!(words, ["One.", "Two lights."]);
    }
}
