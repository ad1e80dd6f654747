//! [`read`]: the contents of a file in any format; the only file that knows every format.

use std::borrow::Cow;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};

use flate2::read::MultiGzDecoder;

use crate::error::{Diagnostic, Error, ErrorKind, Result};
use crate::read::detect::kind_of;
use crate::read::document::{Body, Parsed};
use crate::read::input::{ArchiveLevel, Input};
use crate::read::kind::Kind;
use crate::read::limits::{ReadLimits, within};
use crate::read::off::off;
use crate::read::{
    amendment_marks, csv_records, guess, headings, plain_text, records, table, written,
};

type Reader = fn(&Input<'_>) -> Result<Parsed>;

/// The readers of this build. An office document is a ZIP archive, until it is opened.
const READERS: &[(Kind, Reader)] = &[
    (Kind::Records, |file| records::read(file.bytes, file.limits)),
    (Kind::Text, |file| plain_text::read(file.bytes, file.limits)),
    (Kind::Csv, |file| csv_records::read(file.bytes, file.limits)),
    (Kind::Table, read_table),
    #[cfg(feature = "markdown")]
    (Kind::Markdown, |file| {
        crate::read::markdown::read(file.bytes, file.limits)
    }),
    #[cfg(feature = "html")]
    (Kind::Html, |file| {
        crate::read::html::read(file.bytes, file.limits)
    }),
    #[cfg(feature = "office")]
    (Kind::Xml, |file| {
        crate::read::akn::read(file.bytes, file.limits)
    }),
    #[cfg(feature = "office")]
    (Kind::Archive, |file| {
        crate::read::packed::read(file, read_entry(file.limits))
    }),
    #[cfg(feature = "pdf")]
    (Kind::Pdf, |file| {
        crate::read::pdf::read(file.bytes, file.limits)
    }),
];

/// An inflated file of this size is never refused for its compression ratio.
const SMALL_BYTES: usize = 1 << 20;

/// Returns the contents of a file in any format. `file_name` helps to find the format and is used
/// in messages; no file is opened.
///
/// Title, year and document symbol that the format does not give are inferred from the first lines
/// of a text; each inference is a diagnostic.
///
/// Takes time linear in the size of the inflated file.
///
/// # Errors
///
/// [`ErrorKind::Format`] if the format is not supported, the bytes break its rules, or there is
/// nothing to read; [`ErrorKind::Limit`] if they exceed one of the `limits`;
/// [`ErrorKind::Manifest`] if the front matter of a Markdown file breaks its rules.
///
/// # Examples
///
/// ```
/// use consonance::read::{Body, ReadLimits, read};
///
/// let page = b"<h1>Code of the Sea</h1><p>1. Members shall keep a light.</p>";
/// let parsed = read(page, "code.html", &ReadLimits::default())?;
/// assert_eq!(parsed.format(), "html");
/// let Body::Text { text, .. } = &parsed.documents[0].body else {
///     panic!("a page is a text");
/// };
/// assert!(text.ends_with("1. Members shall keep a light.\n"));
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn read(bytes: &[u8], file_name: &str, limits: &ReadLimits) -> Result<Parsed> {
    let mut reading = read_as_told(bytes, file_name, limits)?;
    add_guesses(&mut reading, file_name);
    Ok(reading)
}

/// Returns the contents of a file with the metadata of its format, without inferred metadata.
pub(crate) fn read_as_told(bytes: &[u8], file_name: &str, limits: &ReadLimits) -> Result<Parsed> {
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        read_nested(&Input {
            bytes,
            file_name,
            limits,
            nesting: ArchiveLevel::Outside,
        })
    }));
    let reading = outcome.unwrap_or_else(|_| {
        let message = "the reader of this format failed on it; the file is left out";
        Err(Error::new(ErrorKind::Format, message))
    });
    reading
        .map(|reading| in_file(reading, file_name))
        .map_err(|error| error.in_file(file_name))
}

/// Infers unknown metadata of the texts from their first lines, and reports each inference.
pub(crate) fn add_guesses(reading: &mut Parsed, file_name: &str) {
    for document in &mut reading.documents {
        if let Body::Text { text, .. } = &document.body {
            let guesses = guess::fill(&mut document.metadata, text);
            let guesses = guesses.into_iter().map(|guess| guess.in_file(file_name));
            reading.diagnostics.extend(guesses);
        }
    }
}

fn in_file(mut reading: Parsed, file_name: &str) -> Parsed {
    for diagnostic in &mut reading.diagnostics {
        diagnostic.file.get_or_insert_with(|| file_name.to_owned());
    }
    reading
}

fn read_nested(file: &Input<'_>) -> Result<Parsed> {
    let bytes = inflate(file.bytes, file.file_name, file.limits)?;
    check_size(bytes.len(), size_limit(file.file_name, file.limits))?;
    let mut diagnostics = Vec::new();
    let bytes = in_utf8(bytes, file.limits, &mut diagnostics)?;
    let kind = kind_of(&bytes, file.file_name)?;
    let reader = READERS.iter().find(|(known, _)| *known == kind);
    let Some((_, reader)) = reader else {
        return Err(off(kind_in(kind, file.file_name)));
    };
    let mut reading = reader(&Input {
        bytes: &bytes,
        ..*file
    })?;
    reading.kind.get_or_insert(kind);
    reading.diagnostics.splice(..0, diagnostics);
    // The files in an archive were mended one by one.
    if reading.kind != Some(Kind::Archive) {
        amendment_marks::leave_out(&mut reading);
        headings::mark_provisions(&mut reading);
    }
    Ok(reading)
}

/// Returns a file in UTF-32 as UTF-8.
#[cfg(feature = "encodings")]
fn in_utf8<'a>(
    bytes: Cow<'a, [u8]>,
    limits: &ReadLimits,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Cow<'a, [u8]>> {
    crate::read::utf32::to_utf8(bytes, limits, diagnostics)
}

/// Returns the file: without the feature `encodings` it is UTF-8, or refused where it is decoded.
#[cfg(not(feature = "encodings"))]
#[allow(
    clippy::unnecessary_wraps,
    reason = "the same function with the feature refuses"
)]
fn in_utf8<'a>(
    bytes: Cow<'a, [u8]>,
    _: &ReadLimits,
    _: &mut Vec<Diagnostic>,
) -> Result<Cow<'a, [u8]>> {
    Ok(bytes)
}

/// Returns the kind that is probably in an archive that cannot be opened: the one its name says.
fn kind_in(kind: Kind, file_name: &str) -> Kind {
    Kind::of_name(file_name)
        .filter(|named| kind == Kind::Archive && named.is_packed())
        .unwrap_or(kind)
}

fn read_table(file: &Input<'_>) -> Result<Parsed> {
    if written::json::is_table(file.bytes) {
        written::json::read(file.bytes, file.limits)
    } else {
        table::read(file.bytes, file.limits)
    }
}

/// Returns the reader of the entries of an archive.
fn read_entry(limits: &ReadLimits) -> impl Fn(&[u8], &str) -> Result<Parsed> {
    |bytes, file_name| {
        let mut reading = read_nested(&Input {
            bytes,
            file_name,
            limits,
            nesting: ArchiveLevel::Inside,
        })?;
        add_guesses(&mut reading, file_name);
        Ok(reading)
    }
}

/// Returns the most bytes a file of this name may have, before and after inflating.
pub(crate) fn size_limit(file_name: &str, limits: &ReadLimits) -> usize {
    match Kind::of_name(file_name) {
        Some(Kind::Records | Kind::Csv) => limits.max_record_bytes,
        _ => limits.max_text_bytes,
    }
}

/// # Errors
///
/// [`ErrorKind::Limit`] if a file of `size` bytes is above `limit`.
pub(crate) fn check_size(size: usize, limit: usize) -> Result<()> {
    let rule = "more than the {} bytes a file of its kind may have";
    within(size, limit, rule)
}

/// Inflates gzip, without exceeding the limit by much.
fn inflate<'a>(bytes: &'a [u8], file_name: &str, limits: &ReadLimits) -> Result<Cow<'a, [u8]>> {
    if !bytes.starts_with(b"\x1F\x8B") {
        return Ok(Cow::Borrowed(bytes));
    }
    let by_ratio = bytes
        .len()
        .saturating_mul(limits.max_inflation)
        .max(SMALL_BYTES);
    let by_size = size_limit(file_name, limits);
    let limit = by_ratio.min(by_size);
    let mut inflated = Vec::new();
    let ceiling = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    MultiGzDecoder::new(bytes)
        .take(ceiling)
        .read_to_end(&mut inflated)
        .map_err(|error| {
            Error::new(ErrorKind::Format, "the gzip archive is damaged").caused_by(error)
        })?;
    if inflated.len() > limit && by_ratio < by_size {
        let message = format!(
            "the gzip archive inflates to more than {} times its size",
            limits.max_inflation
        );
        return Err(Error::new(ErrorKind::Limit, message));
    }
    check_size(inflated.len(), limit)?;
    if inflated.starts_with(b"\x1F\x8B") {
        let message = "a gzip archive inside a gzip archive is not read";
        return Err(Error::new(ErrorKind::Format, message));
    }
    Ok(Cow::Owned(inflated))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn gzip_is_read_like_its_contents() {
        let packed = gzip(b"{\"text\": \"States should talk.\"}\n");
        let reading = read(&packed, "a.jsonl.gz", &ReadLimits::default()).unwrap();
        assert_eq!(reading.documents.len(), 1);
    }

    #[test]
    fn a_bomb_a_nested_archive_and_a_damaged_archive_are_refused() {
        let zeros = gzip(&vec![b' '; 40 << 20]);
        let torn = gzip(b"words and words and words");
        let cases = [
            (zeros, "200 times"),
            (gzip(&gzip(b"words")), "inside"),
            (torn[..torn.len() - 9].to_vec(), "damaged"),
        ];
        for (bytes, word) in cases {
            let error = read(&bytes, "a.txt.gz", &ReadLimits::default()).unwrap_err();
            assert!(error.to_string().contains(word), "{error}");
            assert_eq!(error.file(), Some("a.txt.gz"));
        }
    }

    /// A file of each kind that only a feature brings, the feature, and whether it is on.
    const OF_FEATURES: [(&[u8], &str, &str, bool); 9] = [
        (b"# A code", "a.md", "markdown", cfg!(feature = "markdown")),
        (
            b"<html><p>A code</p>",
            "a.txt",
            "html",
            cfg!(feature = "html"),
        ),
        (b"PK\x03\x04", "a.docx", "office", cfg!(feature = "office")),
        (b"PK\x03\x04", "a.zip", "office", cfg!(feature = "office")),
        (b"PK\x03\x04", "a.xlsx", "xlsx", cfg!(feature = "office")),
        (
            b"<treaty></treaty>",
            "a.xml",
            "office",
            cfg!(feature = "office"),
        ),
        (b"%PDF-1.7", "a.pdf", "pdf", cfg!(feature = "pdf")),
        (
            b"\xFF\xFEA\0",
            "a.txt",
            "encodings",
            cfg!(feature = "encodings"),
        ),
        (
            b"\xC9tat",
            "a.txt",
            "encodings",
            cfg!(feature = "encodings"),
        ),
    ];

    #[test]
    fn a_format_that_is_off_is_refused_with_the_feature_that_turns_it_on() {
        for (bytes, name, feature, is_on) in OF_FEATURES {
            let outcome = read(bytes, name, &ReadLimits::default());
            let message = outcome.map_or_else(|error| error.to_string(), |_| String::new());
            let expected = format!("read only with the feature `{feature}`");
            assert_eq!(message.contains(&expected), !is_on, "{name}: {message}");
        }
    }

    #[test]
    fn a_file_above_its_limit_is_refused_and_records_may_be_larger() {
        let limits = ReadLimits::default().max_text_bytes(10);
        let record = b"{\"text\": \"longer than ten bytes\"}";
        assert!(read(b"longer than ten bytes", "a.txt", &limits).is_err());
        assert!(read(record, "a.jsonl", &limits).is_ok());
    }
}
