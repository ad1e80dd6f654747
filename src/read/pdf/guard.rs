//! A look over the bytes of a PDF before it is parsed: tables and objects packed so that they would
//! fill the memory.

use hayro_syntax::Filter;

use super::budget::Budget;
use super::measure::inflated_size;
use crate::error::{Error, ErrorKind, Result};

/// The most bytes the table of objects may become; a row has a dozen bytes or so.
const MAX_TABLE: u64 = 16 << 20;

/// How far before its stream a dictionary may begin.
const MAX_DICTIONARY: usize = 4 << 10;

/// How many times their size packed bytes may become at most; it holds for Flate.
const MAX_GROWTH: u64 = 1_032;

const FILTERS: [(&str, Filter); 10] = [
    ("FlateDecode", Filter::FlateDecode),
    ("Fl", Filter::FlateDecode),
    ("LZWDecode", Filter::LzwDecode),
    ("LZW", Filter::LzwDecode),
    ("ASCII85Decode", Filter::Ascii85Decode),
    ("A85", Filter::Ascii85Decode),
    ("ASCIIHexDecode", Filter::AsciiHexDecode),
    ("AHx", Filter::AsciiHexDecode),
    ("RunLengthDecode", Filter::RunLengthDecode),
    ("RL", Filter::RunLengthDecode),
];

const PICTURES: [&str; 4] = ["DCTDecode", "JPXDecode", "JBIG2Decode", "CCITTFaxDecode"];

/// Refuses a PDF whose streams become too large.
///
/// Every stream is found by the word before it and measured by the filters its dictionary names, but
/// for pictures in a form of their own, which are never unpacked. Where it names them elsewhere, and
/// for packed objects of an encrypted file, the worst is assumed. Takes one pass over the bytes and
/// over what they inflate to.
///
/// # Errors
///
/// [`ErrorKind::Limit`] if all streams together pass what `budget` has, or the table of objects
/// passes 16 MiB.
pub(super) fn check(bytes: &[u8], budget: &mut Budget) -> Result<()> {
    let is_encrypted = find(bytes, b"/Encrypt").is_some();
    let mut at = 0;
    while let Some(found) = find(&bytes[at..], b"stream") {
        let word = at + found;
        at = word + 6;
        if bytes[..word].ends_with(b"end") {
            continue;
        }
        let dictionary = dictionary_before(&bytes[..word]);
        let Some(names) = names_of(dictionary) else {
            continue;
        };
        if names.iter().any(|name| PICTURES.contains(&name.as_str())) {
            continue;
        }
        let packed = stream_at(bytes, at);
        let has = |name: &str| names.iter().any(|other| other == name);
        let is_table = has("XRef") || has("W");
        let is_hidden = is_encrypted && has("ObjStm") || has_indirect_filter(dictionary);
        let limit = budget
            .n_bytes_left()
            .min(if is_table { MAX_TABLE } else { u64::MAX });
        let size = if is_hidden {
            u64::try_from(packed.len())
                .unwrap_or(u64::MAX)
                .saturating_mul(MAX_GROWTH)
        } else if is_encrypted && !is_table {
            // Measured when it is used and its key is known.
            continue;
        } else {
            inflated_size(packed, &filters_of(&names), limit).unwrap_or(u64::MAX)
        };
        if size > limit && is_table {
            let message = "the PDF's table of objects is larger than any document needs";
            return Err(Error::new(ErrorKind::Limit, message));
        }
        budget.take_bytes(size)?;
    }
    Ok(())
}

/// Returns where some bytes occur first.
fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let first = *wanted.first()?;
    let mut at = 0;
    while let Some(next) = bytes[at..].iter().position(|byte| *byte == first) {
        if bytes[at + next..].starts_with(wanted) {
            return Some(at + next);
        }
        at += next + 1;
    }
    None
}

/// Returns what stands between the beginning of an object and its stream.
fn dictionary_before(bytes: &[u8]) -> &[u8] {
    let near = &bytes[bytes.len().saturating_sub(MAX_DICTIONARY)..];
    let start = near.windows(4).rposition(|part| part == b" obj");
    &near[start.unwrap_or(0)..]
}

/// Returns the names in a dictionary, escapes undone, or nothing if there is no dictionary.
fn names_of(dictionary: &[u8]) -> Option<Vec<String>> {
    if !dictionary.contains(&b'>') {
        return None;
    }
    let is_end = |byte: &u8| byte.is_ascii_whitespace() || b"/<>[]()%\0".contains(byte);
    let parts = dictionary.split(|byte| *byte == b'/').skip(1);
    let names = parts.map(|part| part.split(is_end).next().unwrap_or_default());
    Some(names.map(unescaped).collect())
}

fn unescaped(name: &[u8]) -> String {
    let mut plain = String::new();
    let mut rest = name;
    while let [first, tail @ ..] = rest {
        let hex = std::str::from_utf8(tail.get(..2).unwrap_or_default()).unwrap_or_default();
        let escaped = (*first == b'#')
            .then(|| u8::from_str_radix(hex, 16).ok())
            .flatten();
        plain.push(char::from(escaped.unwrap_or(*first)));
        rest = if escaped.is_some() { &tail[2..] } else { tail };
    }
    plain
}

fn filters_of(names: &[String]) -> Vec<Filter> {
    let filter_of = |name: &String| FILTERS.iter().find(|(known, _)| name == known);
    names
        .iter()
        .filter_map(filter_of)
        .map(|(_, filter)| *filter)
        .collect()
}

/// Returns whether a dictionary says in another object how its stream is packed.
fn has_indirect_filter(dictionary: &[u8]) -> bool {
    let Some(at) = find(dictionary, b"/Filter") else {
        return false;
    };
    let value = dictionary[at + 7..].trim_ascii_start();
    let value = value.strip_prefix(b"[").unwrap_or(value).trim_ascii_start();
    value.first().is_some_and(u8::is_ascii_digit)
}

/// Returns the bytes of a stream up to the word that ends it, or to the end of the file.
fn stream_at(bytes: &[u8], at: usize) -> &[u8] {
    let rest = &bytes[at..];
    let rest = rest.strip_prefix(b"\r").unwrap_or(rest);
    let rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    let end = find(rest, b"endstream").unwrap_or(rest.len());
    &rest[..end]
}
