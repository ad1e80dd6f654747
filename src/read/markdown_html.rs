//! [`words_of_html`]: the words in the HTML of a Markdown file.

use crate::read::document::HintKind;
use crate::read::table::plain;
use crate::words::prefix_length;

/// Elements whose contents are no words.
const HIDDEN: [&str; 3] = ["script", "style", "template"];

/// Elements within a line.
const INLINE: [&str; 16] = [
    "a", "abbr", "b", "br", "cite", "code", "em", "i", "mark", "q", "s", "small", "span", "strong",
    "sub", "sup",
];

/// Returns the paragraphs in the HTML of a Markdown file, and the role of each: tags are removed, comments
/// and scripts left out, the cells of a row put on one line, items of ordered lists numbered.
pub(crate) fn words_of_html(html: &str) -> Vec<(String, HintKind)> {
    let mut writer = Writer::default();
    let mut rest = html;
    let last_end = html.rfind('>').unwrap_or(0);
    while let Some(at) = rest.find('<') {
        writer.words.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let is_tag = html.len() - rest.len() < last_end
            && rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        let Some(end) = is_tag.then(|| rest.find('>')).flatten() else {
            writer.words.push('<');
            rest = &rest[1..];
            continue;
        };
        let tag = &rest[..=end];
        rest = &rest[end + 1..];
        let name = name_of(tag);
        if HIDDEN.contains(&name.as_str()) {
            rest = after_element(rest, &name);
        } else {
            writer.take(tag, &name);
        }
    }
    writer.words.push_str(rest);
    writer.end(HintKind::Paragraph);
    writer.paragraphs
}

/// Returns what follows the end of an element.
fn after_element<'t>(rest: &'t str, name: &str) -> &'t str {
    let mut ends = rest.match_indices("</");
    let end = ends.find(|(at, _)| name_of(&rest[*at..]).trim_start_matches('/') == name);
    end.map_or("", |(at, _)| &rest[at..])
}

/// Returns the name of a tag in small letters, after a slash if it is the end of an element.
fn name_of(tag: &str) -> String {
    let inner = tag.trim_start_matches('<');
    let slash = usize::from(inner.starts_with('/'));
    let length = prefix_length(&inner[slash..], |c| c.is_ascii_alphanumeric());
    inner[..slash + length].to_ascii_lowercase()
}

#[derive(Debug, Default)]
struct Writer {
    paragraphs: Vec<(String, HintKind)>,
    /// The source of the open paragraph, with the tags within its lines.
    words: String,
    /// The numbers of the latest items of the open lists; `None` for one of bullets.
    lists: Vec<Option<u32>>,
    is_in_row: bool,
}

impl Writer {
    fn take(&mut self, tag: &str, name: &str) {
        if INLINE.contains(&name.trim_start_matches('/')) {
            self.words.push_str(tag);
            return;
        }
        let depth = name
            .strip_prefix("/h")
            .and_then(|depth| depth.parse::<u8>().ok());
        match name {
            "td" | "th" if self.is_in_row => {
                if !self.words.trim().is_empty() {
                    self.words.push('\t');
                }
            }
            "/td" | "/th" => {}
            "p" | "/p" | "div" | "/div" if self.is_in_row => self.words.push(' '),
            "/li" => self.end(HintKind::ListItem(self.depth())),
            _ => self.end(depth.map_or(HintKind::Paragraph, |depth| {
                HintKind::Heading(depth.clamp(1, 6))
            })),
        }
        match name {
            "tr" => self.is_in_row = true,
            "/tr" | "/table" => self.is_in_row = false,
            "ol" => self.lists.push(Some(first_number(tag).saturating_sub(1))),
            "ul" => self.lists.push(None),
            "/ol" | "/ul" => {
                self.lists.pop();
            }
            "li" => {
                if let Some(Some(number)) = self.lists.last_mut() {
                    *number = number.saturating_add(1);
                    self.words = format!("{number}. ");
                }
            }
            _ => {}
        }
    }

    fn depth(&self) -> u8 {
        u8::try_from(self.lists.len().max(1)).unwrap_or(u8::MAX)
    }

    fn end(&mut self, kind: HintKind) {
        let source = std::mem::take(&mut self.words);
        let cells: Vec<String> = source
            .split('\t')
            .map(|cell| plain(cell).join(" "))
            .collect();
        let words = cells.join("\t");
        let words = words.trim();
        if !words.is_empty() {
            self.paragraphs.push((words.to_owned(), kind));
        }
    }
}

/// Returns the number of the first item of a list.
fn first_number(tag: &str) -> u32 {
    let start = tag
        .split_once("start=")
        .map(|(_, after)| after.trim_start_matches(['"', '\'']));
    let digits = start.map(|start| &start[..prefix_length(start, |c| c.is_ascii_digit())]);
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &[(&str, HintKind)]) {
        let found = words_of_html(html);
        let found: Vec<(&str, HintKind)> = found
            .iter()
            .map(|(words, kind)| (words.as_str(), *kind))
            .collect();
        assert_eq!(found, expected, "{html}");
    }

    #[test]
    fn tags_go_and_words_stay() {
        use HintKind::{Heading, ListItem, Paragraph};
        check(
            "<div class=x><h2>Article 1</h2>\n<p>Keep <b>all</b> lights &amp;\nbells.</p></div>",
            &[
                ("Article 1", Heading(2)),
                ("Keep all lights & bells.", Paragraph),
            ],
        );
        check(
            "<ol start=\"3\"><li>one</li><li>two</li></ol><ul><li>three</li></ul>",
            &[
                ("3. one", ListItem(1)),
                ("4. two", ListItem(1)),
                ("three", ListItem(1)),
            ],
        );
        check(
            "<table><tr><th>A</th><th>B</th></tr><tr><td><p>1</p></td><td>2 < 3</td></tr></table>",
            &[("A\tB", Paragraph), ("1\t2 < 3", Paragraph)],
        );
        check(
            "<!-- no --><script>let x = '<p>no';</script>yes<style>p {}</style>",
            &[("yes", Paragraph)],
        );
        check("<!-- never closed", &[]);
        check("<div>", &[]);
    }
}
