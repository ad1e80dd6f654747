//! Examines the bytes of a PDF before it is parsed, and refuses streams that would fill the memory
//! when inflated and objects nested so deeply that parsing would take too long.

use hayro_syntax::Filter;

use crate::error::{Error, ErrorKind, Result};
use crate::read::pdf::budget::Budget;
use crate::read::pdf::measure::{inflated, inflated_size};
use crate::read::pdf::nesting::Nesting;

/// The most bytes of the inflated table of objects; a row has about a dozen.
const MAX_TABLE: u64 = 16 << 20;

/// The most bytes between the start of a dictionary and its stream.
const MAX_DICTIONARY: usize = 4 << 10;

/// The largest inflation ratio of packed bytes, which is that of Flate.
const MAX_GROWTH: u64 = 1_032;

const PICTURES: [&str; 4] = ["DCTDecode", "JPXDecode", "JBIG2Decode", "CCITTFaxDecode"];

/// Refuses a PDF whose streams become too large, or whose objects nest too deeply or are too many.
///
/// Every stream is found by the keyword before it and measured by the filters that its dictionary
/// names, except pictures in formats of their own, which are never unpacked. If the filters are
/// named elsewhere, and for packed objects of an encrypted file, the worst case is assumed. Takes
/// one pass over the bytes and over the inflated bytes.
///
/// # Errors
///
/// [`ErrorKind::Limit`] if all streams together exceed `budget`, the table of objects exceeds 16
/// MiB, or [`Nesting`] finds more than it allows.
pub(super) fn check(bytes: &[u8], budget: &mut Budget) -> Result<()> {
    let is_encrypted = find(bytes, b"/Encrypt").is_some();
    let mut nesting = Nesting::default();
    let (mut at, mut objects, mut end) = (0, 0, 0);
    while let Some(found) = find(&bytes[at..], b"stream") {
        let word = at + found;
        // Search inside a stream too: an apparent stream may hide others.
        at = word + 6;
        if !ends_with_dictionary(&bytes[..word]) {
            continue;
        }
        let dictionary = dictionary_before(&bytes[..word]);
        // Each end is searched for once, even if several streams seem to share it.
        if end < at {
            end = find(&bytes[at..], b"endstream").map_or(bytes.len(), |found| at + found);
        }
        let stream = FoundStream {
            packed: without_line_end(&bytes[at..end]),
            is_measured_later: is_encrypted,
            has_indirect_filter: has_indirect_filter(dictionary),
            names: names_of(dictionary),
        };
        if objects < word {
            nesting.look_over(&bytes[objects..word])?;
            stream.look_over(&mut nesting)?;
            objects = end;
        }
        budget.take_bytes(stream.size(budget.n_bytes_left())?)?;
        stream.look_inside(&mut nesting)?;
    }
    nesting.look_over(&bytes[objects..])
}

/// A stream as its dictionary describes it.
struct FoundStream<'b> {
    packed: &'b [u8],
    names: Vec<String>,
    /// Whether it is encrypted, so that it can be measured only when its key is known.
    is_measured_later: bool,
    has_indirect_filter: bool,
}

impl FoundStream<'_> {
    fn has(&self, name: &str) -> bool {
        self.names.iter().any(|other| other == name)
    }

    fn is_picture(&self) -> bool {
        PICTURES.iter().any(|name| self.has(name))
    }

    /// Returns the number of bytes it takes from a budget.
    fn size(&self, n_bytes_left: u64) -> Result<u64> {
        if self.is_picture() {
            return Ok(0);
        }
        let is_table = self.has("XRef") || self.has("W");
        if self.is_measured_later && self.has("ObjStm") || self.has_indirect_filter {
            let length = u64::try_from(self.packed.len()).unwrap_or(u64::MAX);
            return Ok(length.saturating_mul(MAX_GROWTH));
        }
        if self.is_measured_later && !is_table {
            return Ok(0);
        }
        let limit = n_bytes_left.min(if is_table { MAX_TABLE } else { u64::MAX });
        let size = inflated_size(self.packed, &filters_of(&self.names), limit);
        if size.is_none_or(|size| size > limit) && is_table {
            let message = "the PDF's table of objects is larger than any document needs";
            return Err(Error::new(ErrorKind::Limit, message));
        }
        Ok(size.unwrap_or(u64::MAX))
    }

    /// Checks words that a parser may take for objects when it searches a file without a table.
    fn look_over(&self, nesting: &mut Nesting) -> Result<()> {
        let n_odd = self.packed.iter().filter(|byte| !byte.is_ascii()).count();
        let is_packed = n_odd * 20 > self.packed.len();
        if is_packed {
            return Ok(());
        }
        nesting.look_over(self.packed)
    }

    /// Checks the objects that are packed in it.
    fn look_inside(&self, nesting: &mut Nesting) -> Result<()> {
        if self.is_measured_later || !self.has("ObjStm") {
            return Ok(());
        }
        let Some(objects) = inflated(self.packed, &filters_of(&self.names)) else {
            let message = "the PDF packs its objects in a form that nobody packs them in";
            return Err(Error::new(ErrorKind::Limit, message));
        };
        nesting.look_over(&objects)
    }
}

/// Returns the first occurrence of some bytes.
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

/// Returns the bytes between the beginning of an object and its stream.
fn dictionary_before(bytes: &[u8]) -> &[u8] {
    let near = &bytes[bytes.len().saturating_sub(MAX_DICTIONARY)..];
    let start = near.windows(4).rposition(|part| part == b" obj");
    &near[start.unwrap_or(0)..]
}

/// Returns whether a dictionary ends directly before the keyword of a stream, or a comment comes before it.
fn ends_with_dictionary(before: &[u8]) -> bool {
    let before = before.trim_ascii_end();
    let near = &before[before.len().saturating_sub(MAX_DICTIONARY)..];
    before.ends_with(b">>") || near.contains(&b'%')
}

/// Returns the names in a dictionary, unescaped.
fn names_of(dictionary: &[u8]) -> Vec<String> {
    let is_end = |byte: &u8| byte.is_ascii_whitespace() || b"/<>[]()%\0".contains(byte);
    let parts = dictionary.split(|byte| *byte == b'/').skip(1);
    let names = parts.map(|part| part.split(is_end).next().unwrap_or_default());
    names.map(unescaped).collect()
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
    names.iter().filter_map(|name| filter_of(name)).collect()
}

/// Returns the filter of a name, in full or as in short dictionaries; pictures have others.
fn filter_of(name: &str) -> Option<Filter> {
    Some(match name {
        "FlateDecode" | "Fl" => Filter::FlateDecode,
        "LZWDecode" | "LZW" => Filter::LzwDecode,
        "ASCII85Decode" | "A85" => Filter::Ascii85Decode,
        "ASCIIHexDecode" | "AHx" => Filter::AsciiHexDecode,
        "RunLengthDecode" | "RL" => Filter::RunLengthDecode,
        _ => return None,
    })
}

/// Returns whether a dictionary gives the filter of its stream in another object.
fn has_indirect_filter(dictionary: &[u8]) -> bool {
    let Some(at) = find(dictionary, b"/Filter") else {
        return false;
    };
    let value = dictionary[at + 7..].trim_ascii_start();
    let value = value.strip_prefix(b"[").unwrap_or(value).trim_ascii_start();
    value.first().is_some_and(u8::is_ascii_digit)
}

/// Returns the bytes of a stream without the line end before them.
fn without_line_end(bytes: &[u8]) -> &[u8] {
    let rest = bytes.strip_prefix(b"\r").unwrap_or(bytes);
    rest.strip_prefix(b"\n").unwrap_or(rest)
}
