//! Plain text: bytes of any usual encoding to characters.

use std::borrow::Cow;

use crate::error::{Diagnostic, Error, ErrorKind, Result, Severity};
use crate::read::encoding;
use crate::read::encoding::Decoded;
use crate::read::limits::ReadLimits;

/// The byte order marks of UTF-8 and of both forms of UTF-16.
const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";
const MARKS: [&[u8]; 3] = [UTF8_MARK, b"\xFE\xFF", b"\xFF\xFE"];

/// The bytes at the head of a marked-up file in which it may name its encoding.
const HEAD_BYTES: usize = 2_048;

/// A text of which more than this consists of replacement signs, in percent, is not read.
const MAX_FILLED_PERCENT: usize = 50;

/// Returns the bytes after a UTF-8 byte order mark, if there is one.
pub(crate) fn without_bom(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(UTF8_MARK).unwrap_or(bytes)
}

/// Returns the line, counted from 1, that contains a byte of a text.
pub(crate) fn line_of(text: &str, byte: usize) -> usize {
    let before = &text.as_bytes()[..byte.min(text.len())];
    memchr::memchr_iter(b'\n', before).count() + 1
}

/// Returns the characters of a text: UTF-8, UTF-16 with a byte order mark, else the most likely
/// encoding, which is reported.
///
/// Characters are unchanged, including form feeds and other controls.
///
/// # Errors
///
/// [`ErrorKind::Format`] if the bytes contain a NUL or too many of them are not characters.
pub(crate) fn decode<'a>(
    bytes: &'a [u8],
    limits: &ReadLimits,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Cow<'a, str>> {
    match encoding::by_mark(bytes)? {
        Some(decoded) => checked(decoded, limits, diagnostics),
        None => decode_without_mark(without_bom(bytes), limits, diagnostics),
    }
}

/// Returns the characters of a marked-up text, which may declare an encoding other than UTF-8; a
/// byte order mark overrides it.
///
/// # Errors
///
/// Those of [`decode`].
pub(crate) fn decode_declared<'a>(
    bytes: &'a [u8],
    limits: &ReadLimits,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Cow<'a, str>> {
    let is_marked = MARKS.iter().any(|mark| bytes.starts_with(mark));
    let may_declare = !is_marked && !bytes.contains(&0) && std::str::from_utf8(bytes).is_err();
    let name = may_declare.then(|| declared_encoding(bytes)).flatten();
    let decoded = match name {
        Some(name) => encoding::by_name(bytes, &name)?,
        None => None,
    };
    match decoded {
        Some(decoded) => checked(decoded, limits, diagnostics),
        None => decode(bytes, limits, diagnostics),
    }
}

/// Returns the name of the encoding that the declaration or head of a marked-up file gives.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head = bytes[..bytes.len().min(HEAD_BYTES)].to_ascii_lowercase();
    let head = String::from_utf8_lossy(&head);
    let (_, after) = head
        .split_once("charset=")
        .or_else(|| head.split_once("encoding="))?;
    let name = after.trim_start_matches(['"', '\'', ' ']).chars();
    Some(
        name.take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
            .collect(),
    )
}

fn decode_without_mark<'a>(
    bytes: &'a [u8],
    limits: &ReadLimits,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Cow<'a, str>> {
    if bytes.contains(&0) {
        return Err(binary(bytes));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        check_filled(text)?;
        return Ok(Cow::Borrowed(text));
    }
    if is_damaged_utf8(bytes) {
        let decoded = Decoded {
            text: String::from_utf8_lossy(bytes),
            encoding: "UTF-8",
        };
        return checked(decoded, limits, diagnostics);
    }
    let decoded = encoding::by_guess(bytes)?;
    let message = format!("encoding taken to be {}", decoded.encoding);
    diagnostics.push(Diagnostic::new(Severity::Guessed, message));
    checked(decoded, limits, diagnostics)
}

/// Returns whether the bytes are UTF-8 with a few errors: most of the non-ASCII bytes are valid.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut n_good, mut n_broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        n_good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        n_broken += usize::from(!chunk.invalid().is_empty());
    }
    n_good > 2 * n_broken
}

/// Refuses a text that another program has filled with replacement signs.
fn check_filled(text: &str) -> Result<()> {
    let n_unreadable = text.matches('\u{FFFD}').count();
    if n_unreadable == 0 {
        return Ok(());
    }
    let n_signs = text.chars().filter(|c| !c.is_whitespace()).count();
    if n_unreadable * 100 <= n_signs * MAX_FILLED_PERCENT {
        return Ok(());
    }
    let message = format!(
        "{n_unreadable} of {n_signs} characters are replacement signs: the program that wrote it could \
         not read them"
    );
    Err(Error::new(ErrorKind::Format, message))
}

fn checked<'a>(
    decoded: Decoded<'a>,
    limits: &ReadLimits,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Cow<'a, str>> {
    let Decoded { text, encoding } = decoded;
    check_readable(&text, encoding, limits, diagnostics)?;
    Ok(text)
}

/// Refuses a text with too many unreadable characters, and reports a smaller number.
///
/// # Errors
///
/// [`ErrorKind::Format`] if more of its characters than the limit are replacement signs.
pub(crate) fn check_readable(
    text: &str,
    encoding: &str,
    limits: &ReadLimits,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<()> {
    let n_unreadable = text.matches('\u{FFFD}').count();
    let n_characters = text.chars().count();
    if n_unreadable * 100 > n_characters * limits.max_unreadable_percent {
        let message = format!(
            "{n_unreadable} of {n_characters} characters are unreadable as {encoding}, more than {} %: \
             is it a text at all?",
            limits.max_unreadable_percent
        );
        return Err(Error::new(ErrorKind::Format, message));
    }
    if n_unreadable > 0 {
        let message = format!("{n_unreadable} characters unreadable as {encoding} are now U+FFFD");
        diagnostics.push(Diagnostic::new(Severity::Repaired, message));
    }
    Ok(())
}

fn binary(bytes: &[u8]) -> Error {
    // Latin letters in UTF-16 have a NUL in every other byte.
    let n_runs = bytes.split(|&b| b == 0).count();
    let guess = if n_runs * 3 > bytes.len() {
        ": it may be UTF-16 without a byte order mark"
    } else {
        ""
    };
    let message = format!("the bytes hold a NUL, so this is no text{guess}");
    Error::new(ErrorKind::Format, message)
}

/// Returns the lines of some bytes, without their ends.
pub(crate) fn lines_of(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let ends = memchr::memchr_iter(b'\n', bytes).chain([bytes.len()]);
    ends.scan(0, |start, end| {
        let line = &bytes[*start..end];
        *start = end + 1;
        Some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &str, severity: Option<Severity>) {
        let mut diagnostics = Vec::new();
        let text = decode(bytes, &ReadLimits::default(), &mut diagnostics).unwrap();
        assert_eq!(text, expected);
        let found = diagnostics.first().map(|diagnostic| diagnostic.severity);
        assert_eq!(found, severity, "{diagnostics:?}");
    }

    #[test]
    fn utf8_is_read_as_it_is() {
        check(b"plain \x0C form feed", "plain \x0C form feed", None);
        check("\u{FEFF}marked".as_bytes(), "marked", None);
    }

    #[cfg(feature = "encodings")]
    #[test]
    fn every_usual_encoding_is_read() {
        check(b"\xFF\xFEa\0b\0", "ab", None);
        check(b"\xFE\xFF\0a\0b", "ab", None);
        let french = b"Les \xC9tats ne devraient pas g\xEAner l'acc\xE8s \xE0 l'\xE9nergie";
        let expected = "Les États ne devraient pas gêner l'accès à l'énergie";
        check(french, expected, Some(Severity::Guessed));
    }

    #[test]
    fn utf8_with_one_broken_byte_stays_utf8() {
        let good = "é".repeat(200);
        let broken = [good.as_bytes(), b"\xFF"].concat();
        check(
            &broken,
            &format!("{good}\u{FFFD}"),
            Some(Severity::Repaired),
        );
    }

    #[test]
    fn bytes_that_are_not_text_are_refused() {
        let replaced = "\u{FFFD}\u{FFFD}\u{FFFD} \u{FFFD} of".as_bytes();
        let mut cases: Vec<(&[u8], &str)> = vec![
            (b"a\0b\0c\0", "UTF-16"),
            (b"abcdefgh\0ijklmnop", "NUL"),
            (replaced, "replacement"),
        ];
        if cfg!(feature = "encodings") {
            cases.push((b"\xFF\xFE\x00\xD8\x00\xD8", "unreadable"));
        }
        for (bytes, word) in cases {
            let error = decode(bytes, &ReadLimits::default(), &mut Vec::new()).unwrap_err();
            assert!(error.to_string().contains(word), "{error}");
        }
    }
}
