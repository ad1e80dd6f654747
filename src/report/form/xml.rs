//! Text as XML holds it.

use crate::report::form::visible::visible;

/// Returns `text` with every character that XML would take for its own escaped, and those that XML
/// cannot hold shown as [`visible`] does.
pub(in crate::report) fn in_xml(text: &str) -> String {
    let text = visible(text);
    let mut result = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => result.push_str("&lt;"),
            '>' => result.push_str("&gt;"),
            '&' => result.push_str("&amp;"),
            '"' => result.push_str("&quot;"),
            // The last two of the plane are no characters.
            '\u{fffe}' | '\u{ffff}' => result.push('\u{fffd}'),
            _ => result.push(c),
        }
    }
    result
}
