//! Tables of Markdown.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::error::Diagnostic;
use crate::read::document::Parsed;
use crate::read::table::evidence;
use crate::read::table::parsed::reading_of;
use crate::read::table::pipes;
use crate::read::table::quotation::{LINK_END, LINK_START};
use crate::read::table::rows::{Line, paragraphs_of};
use crate::read::table::tabs::{plain, tag};

/// Returns the comparison tables of the source of a Markdown file, which begins at a line of the file; `None` if no
/// cell quotes a clause.
pub(crate) fn read_markdown(
    source: &str,
    first_line: usize,
    diagnostics: &[Diagnostic],
) -> Option<Parsed> {
    if !pipes::has_table(source.as_bytes()) {
        return None;
    }
    reading_of(
        evidence::find(lines(source, first_line)),
        diagnostics.to_vec(),
    )
}

/// Returns the rows of the tables of a Markdown text, and a line for each block outside them.
///
/// `<br>` in a cell separates paragraphs, links mark the names in them, emphasis is removed. Takes
/// time linear in the text.
fn lines(source: &str, first_line: usize) -> Vec<Line> {
    let mut writer = Writer::default();
    // The position up to which lines are counted.
    let (mut counted, mut number) = (0, first_line);
    for (event, range) in Parser::new_ext(source, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                number += source[counted..range.start].matches('\n').count();
                counted = range.start;
                writer.row = Some(Row {
                    number,
                    written: cells_of_row(&source[range]),
                    ..Row::default()
                });
            }
            Event::End(TagEnd::TableHead | TagEnd::TableRow) => writer.end_row(),
            Event::End(TagEnd::Table) => writer.lines.push(Line::Blank),
            _ if writer.row.is_some() => writer.write(&event),
            Event::Start(
                Tag::Paragraph
                | Tag::Heading { .. }
                | Tag::Item
                | Tag::CodeBlock(_)
                | Tag::HtmlBlock,
            ) => writer.lines.extend([Line::Prose, Line::Blank]),
            _ => {}
        }
    }
    writer.lines
}

/// Returns the cells written in a row, which may be more than its table has columns.
pub(crate) fn cells_of_row(row: &str) -> Vec<&str> {
    let row = row.trim();
    let inner = row.strip_prefix('|').unwrap_or(row);
    let inner = match inner.strip_suffix('|') {
        Some(shorter) if !shorter.ends_with('\\') => shorter,
        _ => inner,
    };
    let mut cells = Vec::new();
    let mut start = 0;
    let mut is_escaped = false;
    for (at, c) in inner.char_indices() {
        if c == '|' && !is_escaped {
            cells.push(inner[start..at].trim());
            start = at + 1;
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    cells.push(inner[start..].trim());
    cells
}

/// A row during reading.
#[derive(Debug, Default)]
struct Row<'s> {
    number: usize,
    /// The cells written in it.
    written: Vec<&'s str>,
    cells: Vec<Vec<String>>,
    /// The words of the open cell.
    cell: String,
}

#[derive(Debug, Default)]
struct Writer<'s> {
    lines: Vec<Line>,
    row: Option<Row<'s>>,
}

impl Writer<'_> {
    fn end_row(&mut self) {
        let Some(mut row) = self.row.take() else {
            return;
        };
        let beyond = row.written.iter().skip(row.cells.len());
        row.cells.extend(beyond.map(|cell| plain(cell)));
        self.lines.push(Line::Cells {
            number: Some(row.number),
            cells: row.cells,
        });
    }

    fn write(&mut self, event: &Event<'_>) {
        let Some(row) = &mut self.row else { return };
        match event {
            Event::End(TagEnd::TableCell) => {
                row.cells.push(paragraphs_of(&row.cell));
                row.cell.clear();
            }
            Event::Start(Tag::Link { .. }) => row.cell.push(LINK_START),
            Event::End(TagEnd::Link) => row.cell.push(LINK_END),
            Event::Text(words) | Event::Code(words) => {
                row.cell
                    .push_str(&words.replace([LINK_START, LINK_END], ""));
            }
            Event::InlineHtml(html) => {
                let words = tag(html).map(|(words, _)| words);
                row.cell.push_str(&words.unwrap_or_default());
            }
            Event::SoftBreak | Event::HardBreak => row.cell.push(' '),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_give_paragraphs_and_names_of_links() {
        let text = "Prose.\n\n| Issue | A | B |\n|--|--|--|\n\
                    | Calm | *¶1*: “a \\| b”<br>¶2: “c” | [Code](x) \u{E000} &amp; co | x | y |\n";
        let cells = |cells: &[&[&str]]| {
            let cells = cells
                .iter()
                .map(|cell| cell.iter().map(|&words| words.to_owned()).collect());
            cells.collect::<Vec<Vec<String>>>()
        };
        let expected = vec![
            Line::Prose,
            Line::Blank,
            Line::Cells {
                number: Some(3),
                cells: cells(&[&["Issue"], &["A"], &["B"]]),
            },
            Line::Cells {
                number: Some(5),
                cells: cells(&[
                    &["Calm"],
                    &["¶1: “a | b”", "¶2: “c”"],
                    &["\u{E000}Code\u{E001} & co"],
                    &["x"],
                    &["y"],
                ]),
            },
            Line::Blank,
        ];
        assert_eq!(lines(text, 1), expected);
    }

    #[test]
    fn rows_are_numbered_by_the_lines_of_the_file() {
        let rows = lines("| Issue | A |\n|--|--|\n| Calm | ¶1: “a” |\n", 5);
        let numbers = rows.iter().filter_map(|line| match line {
            Line::Cells { number, .. } => *number,
            _ => None,
        });
        assert_eq!(numbers.collect::<Vec<_>>(), [5, 7]);
    }
}
