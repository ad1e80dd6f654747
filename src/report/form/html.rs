//! Text and pages as HTML and SVG: input text never acts as markup.

use std::fmt::Write;
use std::ops::Range;

use crate::report::form::page::{Block, Cell, Inline, Page};
use crate::report::form::visible::visible;
use crate::report::form::words::joined;

/// Appends a text so that it is shown literally, in an element or between double quotation marks.
pub(in crate::report) fn push_text(out: &mut String, text: &str) {
    for c in visible(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
}

/// Returns a text so that it is shown literally.
pub(in crate::report) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    push_text(&mut out, text);
    out
}

/// Appends a text with these ranges of its bytes marked.
pub(in crate::report) fn push_marked(
    out: &mut String,
    words: &str,
    ranges: impl IntoIterator<Item = Range<usize>>,
) {
    let mut ranges: Vec<Range<usize>> = ranges.into_iter().collect();
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut from = 0;
    for range in ranges.into_iter().filter(|range| range.end <= words.len()) {
        let start = range.start.max(from);
        if range.end <= start {
            continue;
        }
        push_text(out, &words[from..start]);
        out.push_str("<mark>");
        push_text(out, &words[start..range.end]);
        out.push_str("</mark>");
        from = range.end;
    }
    push_text(out, &words[from..]);
}

/// Returns the attribute that shows a text from right to left; empty for other texts, of which a page
/// has thousands.
pub(in crate::report) fn direction(text: &str) -> &'static str {
    let is_leftward = |c: char| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fefc}');
    if text.contains(is_leftward) {
        " dir=auto"
    } else {
        ""
    }
}

/// Returns the address of a document if it is safe to follow: only `http` and `https` are.
pub(in crate::report) fn link(address: &str) -> Option<&str> {
    let address = address.trim();
    let scheme = address.split(':').next().unwrap_or_default();
    let is_web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    let is_whole = !address.contains(|c: char| c.is_whitespace() || c.is_control());
    (is_web && is_whole && address.contains("://")).then_some(address)
}

/// Appends the start of a section and its title.
pub(in crate::report) fn begin_section(out: &mut String, id: &str, title: &str) {
    let title = text(title);
    let _ = writeln!(
        out,
        "<section id={id} aria-labelledby={id}-title>\n<h2 id={id}-title>{title}</h2>"
    );
}

/// Appends the paragraphs, headings and lists of a report; the caller writes its title.
pub(in crate::report) fn push_page(out: &mut String, page: &Page) {
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
                let _ = writeln!(out, "<h3>{}</h3>", text(words));
            }
            Block::Text(words) => {
                let _ = writeln!(out, "<p>{}</p>", inline(words));
            }
            Block::Item { words, .. } => {
                if n_open == depth {
                    out.push_str("</li>\n<li>");
                }
                while n_open < depth {
                    out.push_str("<ul>\n<li>");
                    n_open += 1;
                }
                out.push_str(&inline(words));
            }
            Block::Table { header, rows } => push_table(out, header, rows),
        }
    }
    out.push_str(&"</li></ul>".repeat(n_open));
}

fn push_table(out: &mut String, header: &[String], rows: &[Vec<Cell>]) {
    let titles = header
        .iter()
        .map(|title| format!("<th>{}</th>", text(title)));
    let _ = writeln!(out, "<table>\n<tr>{}</tr>", titles.collect::<String>());
    for row in rows {
        let cells = row.iter().map(|cell| {
            let lines = cell.iter().map(|words| inline(words));
            format!("<td>{}</td>", joined(lines, "<br>"))
        });
        let _ = writeln!(out, "<tr>{}</tr>", cells.collect::<String>());
    }
    out.push_str("</table>\n");
}

fn inline(words: &[Inline]) -> String {
    let parts = words.iter().map(|inline| match inline {
        Inline::Plain(words) => text(words),
        Inline::Strong(words) => format!("<b>{}</b>", text(words)),
        Inline::Label(words) => format!("<b>{}</b>:", text(words)),
        Inline::Quote(words) => format!("<q>{}</q>", text(words)),
    });
    joined(parts, " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_shown_and_does_nothing() {
        assert_eq!(
            text("<script>\"a\" & 'b'</script>"),
            "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;"
        );
        assert_eq!(text("a\u{202e}b\u{0}"), "a⟨U+202E⟩b␀");
    }

    #[test]
    fn only_addresses_of_the_web_are_links() {
        assert_eq!(link(" https://a.example/b "), Some("https://a.example/b"));
        for address in [
            "javascript:alert(1)",
            "data:text/html,x",
            "a.example",
            "https:x",
            "ftp://a",
        ] {
            assert_eq!(link(address), None, "{address}");
        }
    }

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
                Block::Table {
                    header: vec!["H".to_owned()],
                    rows: vec![vec![vec![
                        vec![Inline::Label("f".to_owned())],
                        vec![Inline::Plain("g".to_owned())],
                    ]]],
                },
            ],
        };
        let mut out = String::new();
        push_page(&mut out, &page);
        let expected = "<ul>\n<li><b>a&lt;b</b><ul>\n<li><b>c</b></li></ul></li>\n<li><b>d</b></li></ul>\
                        <p><q>e</q></p>\n<table>\n<tr><th>H</th></tr>\n<tr><td><b>f</b>:<br>g</td></tr>\n</table>\n";
        assert_eq!(out, expected);
    }
}
