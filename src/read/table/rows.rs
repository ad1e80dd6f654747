//! The lines of a table in a text: rows that pages broke apart, joined again.

use crate::error::{Diagnostic, Severity};
use crate::read::table::quotation::is_open_after;
use crate::read::table::reference;

/// Stands in a cell where the name of a link begins.
pub(crate) const LINK_START: char = '\u{E000}';
/// Stands in a cell where the name of a link ends.
pub(crate) const LINK_END: char = '\u{E001}';

/// What a header's first cell may say.
const HEADER_WORDS: [&str; 4] = ["issue", "issues", "topic", "topics"];
/// The fewest columns of a comparison table, that of the issues among them.
const MIN_COLUMNS: usize = 3;

/// The longest tag that is taken for one, in bytes.
const MAX_TAG_BYTES: usize = 4_096;

/// The paragraphs of a cell: plain text, but for the marks of link names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) paragraphs: Vec<String>,
    /// Whether a quotation is open at the end of the last paragraph.
    is_open: bool,
}

impl Cell {
    pub(crate) fn new(paragraphs: Vec<String>) -> Self {
        let is_open = paragraphs
            .last()
            .is_some_and(|words| is_open_after(words, false));
        Self {
            paragraphs,
            is_open,
        }
    }

    /// Returns whether the cell stops before its sentence, its quotation or its entry does.
    fn is_unfinished(&self) -> bool {
        self.paragraphs.last().is_some_and(|words| {
            self.is_open || !words.ends_with(['.', ';', '!', '?', '”', '"', ')', ']', '…'])
        })
    }

    /// Adds what the next page has of the cell.
    fn append(&mut self, below: Self) {
        let is_unfinished = self.is_unfinished();
        let Some(words) = self.paragraphs.last_mut().filter(|_| is_unfinished) else {
            self.is_open = if below.paragraphs.is_empty() {
                self.is_open
            } else {
                below.is_open
            };
            self.paragraphs.extend(below.paragraphs);
            return;
        };
        let mut rest = below.paragraphs.into_iter();
        if let Some(first) = rest.next() {
            let is_open = is_open_after(&first, self.is_open);
            // A name broken by the page is one name.
            match first.strip_prefix(LINK_START) {
                Some(name) if words.ends_with(LINK_END) => {
                    words.pop();
                    words.push(' ');
                    words.push_str(name);
                }
                _ => {
                    words.push(' ');
                    words.push_str(&first);
                }
            }
            self.is_open = if rest.len() == 0 {
                is_open
            } else {
                below.is_open
            };
        }
        self.paragraphs.extend(rest);
    }
}

/// The tables of a text and what is left of it.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) tables: Vec<Table>,
    pub(crate) n_paragraphs_outside: usize,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// A table: the names of its columns but the first, and its rows.
#[derive(Debug, Default)]
pub(crate) struct Table {
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<Row>,
}

/// An issue and its cells, one a column.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) issue: String,
    pub(crate) cells: Vec<Cell>,
}

/// Returns whether a text has the header line of a comparison table.
pub(crate) fn has_header(bytes: &[u8]) -> bool {
    bytes.split(|&b| b == b'\n').any(|line| {
        let first = line.split(|&b| b == b'\t').next().unwrap_or_default();
        let may_be = first.len() < 64 && first.len() < line.len();
        may_be && std::str::from_utf8(line).is_ok_and(|line| header_of(line).is_some())
    })
}

/// Returns the names of the columns but the first, if the line is a header.
fn header_of(line: &str) -> Option<Vec<String>> {
    // Most lines have no such column: the cells are not looked at.
    line.split('\t').nth(MIN_COLUMNS - 1)?;
    let cells: Vec<String> = line.split('\t').map(|cell| plain(cell).join(" ")).collect();
    let first = cells.first()?.to_lowercase();
    let is_header = HEADER_WORDS.contains(&first.as_str());
    is_header.then(|| cells[1..].iter().map(|name| without_marks(name)).collect())
}

/// Returns a text without the marks of link names.
pub(crate) fn without_marks(text: &str) -> String {
    text.replace([LINK_START, LINK_END], "")
}

/// Finds the tables of a text. A page break repeats the header; the first row after it continues
/// the last row before it if its issue is empty, or if it ends what a cell there left unfinished.
pub(crate) fn find(text: &str) -> Found {
    let mut found = Found::default();
    let mut is_new_page = false;
    let mut is_in_prose = false;
    for (index, line) in text.lines().enumerate() {
        if let Some(columns) = header_of(line) {
            let is_same = found
                .tables
                .last()
                .is_some_and(|table| table.columns == columns);
            if !is_same {
                found.tables.push(Table {
                    columns,
                    rows: Vec::new(),
                });
            }
            (is_new_page, is_in_prose) = (is_same, false);
        } else if line.contains('\t') && !found.tables.is_empty() {
            found.add_row(line, index + 1, is_new_page);
            (is_new_page, is_in_prose) = (false, false);
        } else if line.trim().is_empty() {
            is_in_prose = false;
        } else if !is_in_prose {
            found.n_paragraphs_outside += 1;
            is_in_prose = true;
        }
    }
    found
}

impl Found {
    fn add_row(&mut self, line: &str, number: usize, is_new_page: bool) {
        let Some(table) = self.tables.last_mut() else {
            return;
        };
        let mut cells: Vec<Vec<String>> = line.split('\t').map(plain).collect();
        let issue = without_marks(&cells.remove(0).join(" "));
        let n_columns = table.columns.len();
        if cells.len() > n_columns {
            let message = format!(
                "a row has {} cells, {} expected",
                cells.len() + 1,
                n_columns + 1
            );
            self.diagnostics
                .push(Diagnostic::new(Severity::Repaired, message).at_line(number));
            let extra: Vec<String> = cells.drain(n_columns..).flatten().collect();
            cells[n_columns - 1].extend(extra);
        }
        cells.resize(n_columns, Vec::new());
        let cells: Vec<Cell> = cells.into_iter().map(Cell::new).collect();
        match table.rows.last_mut() {
            Some(above) if issue.is_empty() || (is_new_page && above.is_continued_by(&cells)) => {
                above.append(&issue, cells);
            }
            _ => table.rows.push(Row { issue, cells }),
        }
    }
}

impl Row {
    /// Returns whether one of the cells goes on where the one above it stopped in a sentence.
    fn is_continued_by(&self, cells: &[Cell]) -> bool {
        self.cells.iter().zip(cells).any(|(above, below)| {
            let goes_on = below
                .paragraphs
                .first()
                .is_some_and(|words| !begins_entry(words));
            goes_on && above.is_unfinished()
        })
    }

    fn append(&mut self, issue: &str, cells: Vec<Cell>) {
        if !issue.is_empty() {
            self.issue.push(' ');
            self.issue.push_str(issue);
        }
        for (above, below) in self.cells.iter_mut().zip(cells) {
            above.append(below);
        }
    }
}

/// Returns whether words begin with the name or the number of what they quote.
pub(crate) fn begins_entry(words: &str) -> bool {
    words.starts_with(LINK_START) || reference::parse(words).is_some()
}

/// Returns the paragraphs of a cell without tags and entities, the names of links marked.
fn plain(cell: &str) -> Vec<String> {
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
    text.split('\n')
        .map(|words| words.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|words| !words.is_empty())
        .collect()
}

/// Returns what a tag stands for and how long it is: a paragraph's ends, a link's ends, or nothing.
fn tag(text: &str) -> Option<(String, usize)> {
    let inner = text.strip_prefix('<')?;
    let end = inner.bytes().take(MAX_TAG_BYTES).position(|b| b == b'>')?;
    let content = &inner[..end];
    let name = content.trim_start_matches('/');
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || content.contains('<') {
        return None;
    }
    let n_letters = name
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(name.len());
    let is_end = content.starts_with('/');
    let words = match name[..n_letters].to_ascii_lowercase().as_str() {
        "p" | "br" | "li" | "div" => "\n".to_owned(),
        "a" if is_end => LINK_END.to_string(),
        "a" => LINK_START.to_string(),
        _ => String::new(),
    };
    Some((words, end + 2))
}

/// Returns the character that an entity stands for and how long it is.
fn entity(text: &str) -> Option<(String, usize)> {
    let inner = text.strip_prefix('&')?;
    let end = inner.bytes().take(10).position(|b| b == b';')?;
    let name = &inner[..end];
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        _ => numbered(name.strip_prefix('#')?)?,
    };
    Some((character.to_string(), end + 2))
}

fn numbered(digits: &str) -> Option<char> {
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
        None => digits.parse().ok()?,
    };
    char::from_u32(code).filter(|c| !c.is_control())
}

/// Returns the first character as it is; a mark of ours that was in the text already goes.
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
    fn tags_go_and_paragraphs_and_links_stay() {
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
    fn a_header_needs_its_word_and_three_columns() {
        assert!(has_header(b"text\n<b>Issue</b>\tOne\tTwo\r\n"));
        assert!(!has_header(b"Issue\tOne\n"));
        assert!(!has_header(b"Name\tOne\tTwo\n"));
    }

    #[test]
    fn rows_broken_by_a_page_are_joined() {
        let text = "Issue\tOne\tTwo\n\
                    Safe\t<p>¶1: “States should</p>\t<p>¶9: “Whole.”</p>\n\
                    \n## Page 2\n\
                    Issue\tOne\tTwo\n\
                    and sound\tkeep still.”\t<p>¶10: “Next.”</p>\n\
                    Other\t¶2: “Talk.”\t\n";
        let found = find(text);
        assert_eq!(found.n_paragraphs_outside, 1);
        let rows = &found.tables[0].rows;
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0].issue, "Safe and sound");
        assert_eq!(
            rows[0].cells[0].paragraphs,
            ["¶1: “States should keep still.”"]
        );
        assert_eq!(
            rows[0].cells[1].paragraphs,
            ["¶9: “Whole.”", "¶10: “Next.”"]
        );
    }

    #[test]
    fn a_finished_row_is_not_continued_by_the_next_page() {
        let text = "Issue\tA\tB\nOne\t¶1: “Talk.”\t\nIssue\tA\tB\nTwo\t¶2: “Listen.”\t\n";
        assert_eq!(find(text).tables[0].rows.len(), 2);
    }
}
