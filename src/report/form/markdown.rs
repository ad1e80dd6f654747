//! [`Page::to_markdown`]: a page as a document that people read and edit.

use crate::report::form::page::{Block, Cell, Inline, Page};
use crate::report::form::visible::one_line;
use crate::report::form::words::joined;

impl Page {
    /// Returns the page as Markdown: headings, paragraphs, lists and tables. Text of agreements is
    /// escaped, so that none of it acts as markup.
    ///
    /// Tables have the `|` syntax that most Markdown readers show, with `<br>` between the lines of a
    /// cell; line breaks within text become spaces.
    pub fn to_markdown(&self) -> String {
        let mut lines: Vec<String> = Vec::new();
        let mut is_in_list = false;
        for block in &self.blocks {
            let is_item = matches!(block, Block::Item { .. });
            if !lines.is_empty() && (!is_item || !is_in_list) {
                lines.push(String::new());
            }
            is_in_list = is_item;
            match block {
                Block::Title(words) => lines.push(format!("# {}", escaped(words))),
                Block::Heading(words) => lines.push(format!("## {}", escaped(words))),
                Block::Text(words) => lines.push(inline(words)),
                Block::Item { depth, words } => {
                    lines.push(format!("{}- {}", "  ".repeat(*depth), inline(words)));
                }
                Block::Table { header, rows } => push_table(&mut lines, header, rows),
            }
        }
        lines.push(String::new());
        lines.join("\n")
    }
}

fn push_table(lines: &mut Vec<String>, header: &[String], rows: &[Vec<Cell>]) {
    let titles = joined(header.iter().map(|title| escaped(title)), " | ");
    lines.push(format!("| {titles} |"));
    lines.push(format!("|{}", " --- |".repeat(header.len())));
    let in_cell = |cell: &Cell| joined(cell.iter().map(|words| inline(words)), "<br>");
    for row in rows {
        lines.push(format!("| {} |", joined(row.iter().map(in_cell), " | ")));
    }
}

fn inline(words: &[Inline]) -> String {
    let parts = words.iter().map(|inline| match inline {
        Inline::Plain(words) => escaped(words),
        Inline::Strong(words) => format!("**{}**", escaped(words)),
        Inline::Label(words) => format!("**{}**:", escaped(words)),
        Inline::Quote(words) => format!("“{}”", escaped(words)),
    });
    joined(parts, " ")
}

/// Returns `text` on one line, with every character that Markdown or HTML could act on escaped.
fn escaped(text: &str) -> String {
    let mut result = String::new();
    for c in one_line(text).chars() {
        match c {
            '<' => result.push_str("&lt;"),
            '>' => result.push_str("&gt;"),
            '&' => result.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => result.extend(['\\', c]),
            _ => result.push(c),
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::form::page::{plain, quote, strong};

    #[test]
    fn a_page_in_markdown() {
        let mut page = Page::titled("Gaps");
        page.text("two | three");
        page.item(0, vec![strong("A *1*"), plain("says"), quote("so\nbe it")]);
        page.item(1, vec![plain("below")]);
        page.more(3, 1);
        page.blocks.push(Block::Table {
            header: vec!["A".to_owned(), "B|C".to_owned()],
            rows: vec![vec![
                vec![vec![Inline::Label("a".to_owned()), quote("x")]],
                vec![vec![plain("1")], vec![plain("2")]],
            ]],
        });
        let expected = "# Gaps\n\ntwo \\| three\n\n- **A \\*1\\*** says “so be it”\n  - below\n\
                        - and 2 more\n\n| A | B\\|C |\n| --- | --- |\n| **a**: “x” | 1<br>2 |\n";
        assert_eq!(page.to_markdown(), expected);
    }
}
