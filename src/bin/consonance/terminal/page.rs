//! A page of the library as lines for a terminal.

use consonance::report::{Block, Inline, Page};

use super::layout::{Frame, Span, Style, painted, paragraph, span};

/// Returns a page as lines no wider than the frame, a blank line between blocks.
pub(crate) fn page_lines(page: &Page, frame: Frame) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for block in &page.blocks {
        let is_below = matches!(block, Block::Item { depth: 1.., .. });
        if !lines.is_empty() && !is_below {
            lines.push(String::new());
        }
        lines.extend(lines_of(block, frame));
    }
    lines
}

fn lines_of(block: &Block, frame: Frame) -> Vec<String> {
    let title = |words: &str| paragraph(&[span(Style::Strong, &words.to_uppercase())], frame);
    match block {
        Block::Title(words) => title(words),
        Block::Heading(words) => {
            let rule = painted(&"─".repeat(frame.width), Style::Faint, frame.has_styles);
            std::iter::once(rule).chain(title(words)).collect()
        }
        Block::Text(words) => paragraph(&spans_of(words), frame),
        Block::Item { depth, words } => {
            let first = 2 * depth;
            let rest = first + 2;
            let inside = Frame {
                first,
                rest,
                ..frame
            };
            paragraph(&spans_of(words), inside)
        }
        Block::Table { header, rows } => {
            let rows = rows.iter().flat_map(|row| row_lines(header, row, frame));
            rows.collect()
        }
        _ => Vec::new(),
    }
}

/// Returns the cells of a row as an entry of a list, each after the title of its column.
fn row_lines(header: &[String], row: &[Vec<Vec<Inline>>], frame: Frame) -> Vec<String> {
    let mut spans = Vec::new();
    for (title, cell) in header.iter().zip(row) {
        spans.push(span(Style::Faint, &format!("{title}:")));
        spans.extend(spans_of(&cell.concat()));
    }
    paragraph(&spans, Frame { rest: 2, ..frame })
}

fn spans_of(words: &[Inline]) -> Vec<Span> {
    words
        .iter()
        .map(|inline| {
            let style = match inline {
                Inline::Strong(_) | Inline::Label(_) => Style::Strong,
                _ => Style::Plain,
            };
            span(style, &inline.shown())
        })
        .collect()
}
