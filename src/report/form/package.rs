//! [`packed`]: the parts of an office document as one ZIP archive, the same bytes each time.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// The time that documents say they were made at: the same for all, so that the same table is the same
/// file.
pub(in crate::report) const MADE_AT: &str = "2000-01-01T00:00:00Z";

/// Returns the archive of parts, each a name and its content, in the order given.
///
/// # Panics
///
/// Never: names are short and memory takes what is written.
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
