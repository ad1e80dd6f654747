//! The header of a table in Markdown: cells separated by `|`, a line of dashes below them.

use crate::read::table::rows::header_of;
use crate::read::table::tabs::plain;
use crate::read::text::lines_of;

/// Returns whether a text has the header of a comparison table in Markdown.
pub(crate) fn has_header(bytes: &[u8]) -> bool {
    let mut above: &[u8] = b"";
    for line in lines_of(bytes) {
        if is_rule(line) && std::str::from_utf8(above).is_ok_and(is_header) {
            return true;
        }
        above = line;
    }
    false
}

/// Returns whether a text has a table in Markdown.
pub(crate) fn has_table(bytes: &[u8]) -> bool {
    lines_of(bytes).any(is_rule)
}

/// Returns whether a line is the line of dashes below a header: `|---|:--:|`.
fn is_rule(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    let is_drawn = line.iter().all(|b| b"|-: \t".contains(b));
    is_drawn && line.contains(&b'-') && line.contains(&b'|')
}

fn is_header(line: &str) -> bool {
    let line = line.trim();
    let inner = line.strip_prefix('|').unwrap_or(line);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let words_of = |cell: &str| plain(cell.trim().trim_matches(['*', '_']));
    let cells: Vec<Vec<String>> = inner.split('|').map(words_of).collect();
    header_of(&cells).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_needs_a_header_word_three_columns_and_a_rule() {
        let cases = [
            ("x\n\n| **Issue** | One | Two |\n|---|:-:|---|\n", true),
            ("Topic | One | Two\n--|--|--\n", true),
            ("| Issue | One |\n|---|---|\n", false),
            ("| Name | One | Two |\n|---|---|---|\n", false),
            ("| Issue | One | Two |\n", false),
        ];
        for (text, expected) in cases {
            assert_eq!(has_header(text.as_bytes()), expected, "{text}");
        }
    }
}
