//! [`to_utf8`]: files in UTF-32, which are read as if they were UTF-8.

use std::borrow::Cow;

use crate::error::{Diagnostic, Result, Severity};
use crate::read::limits::ReadLimits;
use crate::read::text;

/// The fewest characters by which UTF-32 without a byte order mark is recognized.
const MIN_CHARACTERS: usize = 4;

/// Returns a file in UTF-32 as UTF-8, any other file as it is.
///
/// UTF-32 without a byte order mark is recognized if every four bytes are a character; this is told as
/// a guess.
///
/// # Errors
///
/// [`ErrorKind::Format`](crate::error::ErrorKind::Format) if too many of its characters are unreadable.
pub(crate) fn to_utf8<'a>(
    bytes: Cow<'a, [u8]>,
    limits: &ReadLimits,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Cow<'a, [u8]>> {
    let Some((order, words)) = order_of(&bytes) else {
        return Ok(bytes);
    };
    let text: String = characters(words, order)
        .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect();
    let name = match order {
        Order::LowFirst => "UTF-32LE",
        Order::HighFirst => "UTF-32BE",
    };
    if words.len() == bytes.len() {
        let message = format!("encoding taken to be {name}");
        diagnostics.push(Diagnostic::new(Severity::Guessed, message));
    }
    text::check_readable(&text, name, limits, diagnostics)?;
    Ok(Cow::Owned(text.into_bytes()))
}

/// The order of the bytes of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    LowFirst,
    HighFirst,
}

/// Returns the order of the bytes, and the bytes after the byte order mark; `None` if it is not UTF-32.
fn order_of(bytes: &[u8]) -> Option<(Order, &[u8])> {
    // The mark of UTF-16 with a NUL after it is that of UTF-32.
    if let Some(words) = bytes.strip_prefix(b"\xFF\xFE\0\0") {
        return Some((Order::LowFirst, words));
    }
    if let Some(words) = bytes.strip_prefix(b"\0\0\xFE\xFF") {
        return Some((Order::HighFirst, words));
    }
    let may_be = bytes.len() >= 4 * MIN_CHARACTERS
        && bytes.len().is_multiple_of(4)
        && bytes[..16].contains(&0);
    let is_text = |order: &Order| characters(bytes, *order).all(|c| c.is_some_and(|c| c != '\0'));
    let orders = [Order::LowFirst, Order::HighFirst];
    let order = orders.into_iter().find(|order| may_be && is_text(order))?;
    Some((order, bytes))
}

/// Returns the characters; `None` for four bytes that are none, and for bytes that are left over.
fn characters(bytes: &[u8], order: Order) -> impl Iterator<Item = Option<char>> {
    bytes.chunks(4).map(move |chunk| {
        let four = <[u8; 4]>::try_from(chunk).ok()?;
        char::from_u32(match order {
            Order::LowFirst => u32::from_le_bytes(four),
            Order::HighFirst => u32::from_be_bytes(four),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: Vec<u8>, expected: &str, n_diagnostics: usize) {
        let mut diagnostics = Vec::new();
        let text = to_utf8(Cow::Owned(bytes), &ReadLimits::default(), &mut diagnostics).unwrap();
        assert_eq!(String::from_utf8_lossy(&text), expected);
        assert_eq!(diagnostics.len(), n_diagnostics, "{diagnostics:?}");
    }

    fn low_first(text: &str) -> Vec<u8> {
        text.chars()
            .flat_map(|c| u32::from(c).to_le_bytes())
            .collect()
    }

    fn high_first(text: &str) -> Vec<u8> {
        text.chars()
            .flat_map(|c| u32::from(c).to_be_bytes())
            .collect()
    }

    #[test]
    fn both_orders_are_read_with_and_without_a_mark() {
        let text = "Artículo 1 — 灯 🗼";
        check(low_first(&format!("\u{FEFF}{text}")), text, 0);
        check(high_first(&format!("\u{FEFF}{text}")), text, 0);
        check(low_first(text), text, 1);
        check(high_first(text), text, 1);
    }

    #[test]
    fn other_files_are_left_as_they_are() {
        for other in [
            &b"plain"[..],
            b"\xFF\xFEa\0b\0",
            b"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
            b"",
        ] {
            let mut diagnostics = Vec::new();
            let read = to_utf8(
                Cow::Borrowed(other),
                &ReadLimits::default(),
                &mut diagnostics,
            );
            assert_eq!(read.unwrap(), other);
        }
    }

    #[test]
    fn a_file_with_a_mark_that_is_no_text_is_refused() {
        let bytes = [&b"\xFF\xFE\0\0"[..], &[0xD8; 40]].concat();
        let read = to_utf8(Cow::Owned(bytes), &ReadLimits::default(), &mut Vec::new());
        assert!(
            read.unwrap_err()
                .to_string()
                .contains("unreadable as UTF-32LE")
        );
    }
}
