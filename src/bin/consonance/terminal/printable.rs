//! Text without what a terminal would take for commands.

/// Returns a text without control sequences for a terminal.
pub(crate) fn printable(text: &str) -> String {
    text.chars().filter_map(harmless).collect()
}

/// Returns what is shown for a character: control characters become a mark, and those that change the
/// writing direction are left out.
pub(crate) fn harmless(c: char) -> Option<char> {
    match c {
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            None
        }
        c if c.is_control() => Some('\u{fffd}'),
        c => Some(c),
    }
}
