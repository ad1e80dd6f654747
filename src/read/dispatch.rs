//! [`read`]: the contents of a file in any format; the only file that knows every format.

use std::borrow::Cow;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};

use flate2::read::MultiGzDecoder;

use crate::error::{Error, ErrorKind, Result};
use crate::read::detect::kind_of;
use crate::read::document::{Body, Parsed};
use crate::read::kind::Kind;
use crate::read::limits::{ReadLimits, within};
use crate::read::package::Package;
use crate::read::{
    akn, archive, csv_records, docx, guess, html, markdown, odt, records, table, text, written,
    xlsx,
};

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
pub fn read(bytes: &[u8], file_name: &str, limits: &ReadLimits) -> Result<Parsed> {
    let mut reading = read_as_told(bytes, file_name, limits)?;
    add_guesses(&mut reading, file_name);
    Ok(reading)
}

/// Returns the contents of a file with the metadata of its format, without inferred metadata.
pub(crate) fn read_as_told(bytes: &[u8], file_name: &str, limits: &ReadLimits) -> Result<Parsed> {
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        read_nested(bytes, file_name, limits, Nesting::Outside)
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

/// Whether a file is read by itself or as part of an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Nesting {
    Outside,
    Inside,
}

fn read_nested(
    bytes: &[u8],
    file_name: &str,
    limits: &ReadLimits,
    nesting: Nesting,
) -> Result<Parsed> {
    let bytes = inflate(bytes, file_name, limits)?;
    check_size(bytes.len(), size_limit(file_name, limits))?;
    let kind = kind_of(&bytes, file_name)?;
    let reading = match kind {
        Kind::Records => records::read(&bytes, limits),
        Kind::Text => text::read(&bytes, limits),
        Kind::Markdown => match table::read_markdown(&bytes, limits)? {
            Some(reading) => Ok(reading),
            None => markdown::read(&bytes, limits),
        },
        Kind::Table if written::json::is_table(&bytes) => written::json::read(&bytes, limits),
        Kind::Table => table::read(&bytes, limits),
        Kind::Xml => akn::read(&bytes, limits),
        Kind::Docx | Kind::Odt | Kind::Xlsx | Kind::Archive => {
            read_package(&bytes, file_name, limits, nesting)
        }
        Kind::Pdf => read_pdf(&bytes, limits),
        Kind::Csv => csv_records::read(&bytes, limits),
        Kind::Html => html::read(&bytes, limits),
    };
    reading.map(|mut reading| {
        reading.kind.get_or_insert(kind);
        reading
    })
}

#[cfg(feature = "pdf")]
fn read_pdf(bytes: &[u8], limits: &ReadLimits) -> Result<Parsed> {
    crate::read::pdf::read(bytes, limits)
}

#[cfg(not(feature = "pdf"))]
fn read_pdf(_: &[u8], _: &ReadLimits) -> Result<Parsed> {
    let message = "this is a PDF document, which is read only with the feature `pdf`";
    Err(Error::new(ErrorKind::Format, message))
}

/// Reads a ZIP archive: one office document, or files of any kind.
fn read_package(
    bytes: &[u8],
    file_name: &str,
    limits: &ReadLimits,
    nesting: Nesting,
) -> Result<Parsed> {
    let package = Package::open(bytes, limits)?;
    let kind = package.content()?;
    let reading = match kind {
        Kind::Docx => docx::read(package, limits)?,
        Kind::Odt => odt::read(package, limits)?,
        Kind::Xlsx => xlsx::read(package, bytes, limits)?,
        _ if nesting == Nesting::Inside => {
            let message = "an archive inside an archive is not read";
            return Err(Error::new(ErrorKind::Format, message));
        }
        _ => archive::read(package, file_name, |bytes, name| {
            let mut reading = read_nested(bytes, name, limits, Nesting::Inside)?;
            add_guesses(&mut reading, name);
            Ok(reading)
        })?,
    };
    Ok(Parsed {
        kind: Some(kind),
        ..reading
    })
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

    #[test]
    fn a_file_above_its_limit_is_refused_and_records_may_be_larger() {
        let limits = ReadLimits::default().max_text_bytes(10);
        let record = b"{\"text\": \"longer than ten bytes\"}";
        assert!(read(b"longer than ten bytes", "a.txt", &limits).is_err());
        assert!(read(record, "a.jsonl", &limits).is_ok());
    }
}
