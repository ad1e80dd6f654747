//! [`packed`]: the parts of an office document as one ZIP archive, deterministically.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// The creation time in all documents: always the same, so that the same table gives the same file.
pub(in crate::report) const MADE_AT: &str = "2000-01-01T00:00:00Z";

/// Returns an archive of parts, each with a name and content, in the order given.
///
/// # Panics
///
/// Never: names are short, and writing to memory does not fail.
pub(in crate::report) fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive
            .start_file(*name, options)
            .and_then(|()| Ok(archive.write_all(content.as_bytes())?))
            .expect("a part goes into memory");
    }
    let cursor = archive.finish().expect("memory takes what is written");
    cursor.into_inner()
}
