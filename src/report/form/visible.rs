//! [`visible`]: text without hidden, moved or active characters.

use std::borrow::Cow;

use crate::report::form::words::joined;

/// Returns `text` with its control characters made visible.
///
/// An ASCII control character becomes its picture (`␛`); any other control character and those that
/// change the writing direction become `⟨U+202E⟩`. Line breaks of all kinds become `\n`; tabs stay.
/// Characters that scripts need, such as joiners, stay as well.
///
/// # Examples
///
/// ```
/// use consonance::report::visible;
///
/// assert_eq!(visible("State\u{202e}s"), "State⟨U+202E⟩s");
/// assert_eq!(visible("Etats généraux"), "Etats généraux");
/// ```
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(needs_care) {
        return Cow::Borrowed(text);
    }
    let mut result = String::with_capacity(text.len() + 8);
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\r' if characters.peek() == Some(&'\n') => {}
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => result.push('\n'),
            _ if needs_care(c) => push_picture(&mut result, c),
            _ => result.push(c),
        }
    }
    Cow::Owned(result)
}

/// Returns `text` as [`visible`] does, with each sequence of white space replaced by one space: for
/// forms that break lines themselves.
///
/// # Examples
///
/// ```
/// use consonance::report::one_line;
///
/// assert_eq!(one_line("Members\n  shall keep\ta light."), "Members shall keep a light.");
/// ```
pub fn one_line(text: &str) -> String {
    joined(visible(text).split_whitespace(), " ")
}

/// Returns whether a character is a control character, ends a line, or changes the writing direction.
pub(in crate::report) fn needs_care(c: char) -> bool {
    let is_control = c.is_control() && c != '\n' && c != '\t';
    let is_separator = matches!(c, '\u{2028}' | '\u{2029}');
    let turns_direction = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    is_control || is_separator || turns_direction
}

fn push_picture(result: &mut String, c: char) {
    match picture_of(c) {
        Some(picture) => result.push(picture),
        None => result.extend(["⟨U+", &format!("{:04X}", u32::from(c)), "⟩"]),
    }
}

/// The character that Unicode has as the picture of a control character.
fn picture_of(c: char) -> Option<char> {
    match u32::from(c) {
        code @ 0..=0x1f => char::from_u32(0x2400 + code),
        0x7f => Some('\u{2421}'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_made_visible() {
        let check = |text: &str, expected: &str| assert_eq!(visible(text), expected);
        check("as it stands: é 條 \u{200d}", "as it stands: é 條 \u{200d}");
        check("\u{1b}[31mred\u{7}", "␛[31mred␇");
        check("a\u{7f}b\u{9b}c", "a␡b⟨U+009B⟩c");
        check("a\u{202e}b\u{2066}c", "a⟨U+202E⟩b⟨U+2066⟩c");
        check("1\r\n2\r3\u{2028}4\u{b}5\n6\t7", "1\n2\n3\n4\n5\n6\t7");
    }

    #[test]
    fn one_line_has_single_spaces() {
        assert_eq!(one_line(" a \r\n\tb\u{2029}c "), "a b c");
    }
}
