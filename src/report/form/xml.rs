//! Text in XML.

use crate::report::form::visible::visible;

/// Returns `text` with the characters that are XML syntax escaped, and those that XML cannot contain
/// shown as in [`visible`].
pub(in crate::report) fn in_xml(text: &str) -> String {
    let text = visible(text);
    let mut result = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => result.push_str("&lt;"),
            '>' => result.push_str("&gt;"),
            '&' => result.push_str("&amp;"),
            '"' => result.push_str("&quot;"),
            // U+FFFE and U+FFFF are not characters.
            '\u{fffe}' | '\u{ffff}' => result.push('\u{fffd}'),
            _ => result.push(c),
        }
    }
    result
}
