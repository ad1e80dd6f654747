//! A report's [`Page`] as HTML: the same words as in Markdown and on the terminal.

use crate::report::html::markup::push_text;
use crate::report::page::{Block, Inline, Page};

/// Appends the paragraphs, headings and lists of a report; its title is left to the caller.
pub(super) fn push(out: &mut String, page: &Page) {
    let mut n_open = 0;
    for block in &page.blocks {
        let depth = match block {
            Block::Item { depth, .. } => depth + 1,
            _ => 0,
        };
        while n_open > depth {
            out.push_str("</li></ul>");
            n_open -= 1;
        }
        match block {
            Block::Title(_) => {}
            Block::Heading(words) => {
                out.push_str("<h3>");
                push_text(out, words);
                out.push_str("</h3>\n");
            }
            Block::Text(words) => {
                out.push_str("<p>");
                push_inline(out, words);
                out.push_str("</p>\n");
            }
            Block::Item { words, .. } => {
                if n_open == depth {
                    out.push_str("</li>\n<li>");
                }
                while n_open < depth {
                    out.push_str("<ul>\n<li>");
                    n_open += 1;
                }
                push_inline(out, words);
            }
        }
    }
    out.push_str(&"</li></ul>".repeat(n_open));
}

fn push_inline(out: &mut String, words: &[Inline]) {
    for (place, inline) in words.iter().enumerate() {
        if place > 0 {
            out.push(' ');
        }
        let tag = match inline {
            Inline::Strong(_) => "b",
            Inline::Quote(_) => "q",
            Inline::Plain(_) => "span",
        };
        let (Inline::Plain(said) | Inline::Strong(said) | Inline::Quote(said)) = inline;
        if tag != "span" {
            out.extend(["<", tag, ">"]);
        }
        push_text(out, said);
        if tag != "span" {
            out.extend(["</", tag, ">"]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_open_and_close() {
        let item = |depth, words: &str| Block::Item {
            depth,
            words: vec![Inline::Strong(words.to_owned())],
        };
        let page = Page {
            blocks: vec![
                Block::Title("left out".to_owned()),
                item(0, "a<b"),
                item(1, "c"),
                item(0, "d"),
                Block::Text(vec![Inline::Quote("e".to_owned())]),
            ],
        };
        let mut out = String::new();
        push(&mut out, &page);
        let expected = "<ul>\n<li><b>a&lt;b</b><ul>\n<li><b>c</b></li></ul></li>\n<li><b>d</b></li></ul>\
                        <p><q>e</q></p>\n";
        assert_eq!(out, expected);
    }
}
