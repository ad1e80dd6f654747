//! Tables whose cells are separated by tabs, possibly with tags in the cells.

use crate::read::table::evidence::{self, Cells, MAX_ROWS};
use crate::read::table::quotation::{LINK_END, LINK_START};
use crate::read::table::rows::{Line, MIN_COLUMNS, header_of, paragraphs_of};
use crate::read::text::lines_of;
use crate::words::prefix_length;

/// The longest tag that is recognized, in bytes.
const MAX_TAG_BYTES: usize = 4_096;

/// Returns whether a text has the header line of a comparison table.
pub(crate) fn has_header(bytes: &[u8]) -> bool {
    lines_of(bytes).any(|line| {
        // A first cell is short: long lines of other kinds are not examined to their ends.
        let may_be = memchr::memchr(b'\t', &line[..line.len().min(64)]).is_some();
        may_be && std::str::from_utf8(line).is_ok_and(is_header)
    })
}

/// Returns whether the lines of a text are a comparison table by what their cells quote.
pub(crate) fn quotes_clauses(bytes: &[u8]) -> bool {
    let lines = lines_of(bytes).take(MAX_ROWS);
    let rows: Vec<Cells> = lines
        .filter_map(|line| std::str::from_utf8(line).ok())
        .filter(|line| line.contains('\t'))
        .map(|line| cells_of(line.trim_end_matches('\r')))
        .collect();
    evidence::quotes_clauses(&rows)
}

fn is_header(line: &str) -> bool {
    // Most lines have no such column, so their cells need not be examined.
    line.split('\t').nth(MIN_COLUMNS - 1).is_some() && header_of(&cells_of(line)).is_some()
}

fn cells_of(line: &str) -> Vec<Vec<String>> {
    line.split('\t').map(plain).collect()
}

/// Returns the lines of a text, those with a tab as rows.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = Line> {
    text.lines().enumerate().map(|(index, line)| {
        if line.contains('\t') {
            Line::Cells {
                number: Some(index + 1),
                cells: cells_of(line),
            }
        } else if line.trim().is_empty() {
            Line::Blank
        } else {
            Line::Prose
        }
    })
}

/// Returns the paragraphs of a cell without tags and entities, with the names of links marked.
pub(crate) fn plain(cell: &str) -> Vec<String> {
    let mut text = String::with_capacity(cell.len());
    let mut rest = cell;
    while let Some(at) = rest.find(['<', '&', LINK_START, LINK_END]) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let (words, length) = tag(rest)
            .or_else(|| entity(rest))
            .unwrap_or_else(|| literal(rest));
        text.push_str(&words);
        rest = &rest[length..];
    }
    text.push_str(rest);
    paragraphs_of(&text)
}

/// Returns what a tag represents and its length: a paragraph's ends, a link's ends, or an empty text.
pub(crate) fn tag(text: &str) -> Option<(String, usize)> {
    let inner = text.strip_prefix('<')?;
    let end = inner.bytes().take(MAX_TAG_BYTES).position(|b| b == b'>')?;
    let content = &inner[..end];
    let name = content.trim_start_matches('/');
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || content.contains('<') {
        return None;
    }
    let n_letters = prefix_length(name, |c| c.is_ascii_alphanumeric());
    let is_end = content.starts_with('/');
    let words = match name[..n_letters].to_ascii_lowercase().as_str() {
        "p" | "br" | "li" | "div" => "\n".to_owned(),
        "a" if is_end => LINK_END.to_string(),
        "a" => LINK_START.to_string(),
        _ => String::new(),
    };
    Some((words, end + 2))
}

/// Returns the character that an entity represents, and its length.
fn entity(text: &str) -> Option<(String, usize)> {
    let inner = text.strip_prefix('&')?;
    let end = inner.bytes().take(10).position(|b| b == b';')?;
    let name = &inner[..end];
    let words = match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "apos" => '\'',
        "quot" => '"',
        "nbsp" => ' ',
        _ => numbered(name.strip_prefix('#')?)?,
    };
    Some((words.to_string(), end + 2))
}

fn numbered(digits: &str) -> Option<char> {
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
        None => digits.parse().ok()?,
    };
    char::from_u32(code).filter(|c| !c.is_control())
}

/// Returns the first character unchanged; a link mark that was already in the text is removed.
fn literal(text: &str) -> (String, usize) {
    let Some(first) = text.chars().next() else {
        return (String::new(), 0);
    };
    let is_mark = first == LINK_START || first == LINK_END;
    let words = if is_mark {
        String::new()
    } else {
        first.to_string()
    };
    (words, first.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_removed_and_paragraphs_and_links_stay() {
        let cases = [
            (
                "<p>One <b>two</b></p> <p>three</p>",
                vec!["One two", "three"],
            ),
            ("a &amp; b &#8212; c &lt;d&gt;", vec!["a & b — c <d>"]),
            (
                "<a href=\"#\">Code</a> 1 < 2",
                vec!["\u{E000}Code\u{E001} 1 < 2"],
            ),
            ("", vec![]),
            ("&;&#x0;<", vec!["&;&#x0;<"]),
        ];
        for (cell, paragraphs) in cases {
            assert_eq!(plain(cell), paragraphs, "{cell}");
        }
    }

    #[test]
    fn a_header_needs_a_header_word_and_three_columns() {
        assert!(has_header(b"text\n<b>Issue</b>\tOne\tTwo\r\n"));
        assert!(!has_header(b"Issue\tOne\n"));
        assert!(!has_header(b"Name\tOne\tTwo\n"));
    }
}
