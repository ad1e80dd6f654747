//! [`packed`]: the parts of an office document as one ZIP archive, deterministically.

use std::io::{Cursor, Write};

use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// The creation time in all documents: always the same, so that the same table gives the same file.
pub(in crate::report) const MADE_AT: &str = "2000-01-01T00:00:00Z";

/// Returns an archive of parts, each with a name and content, in the order given.
///
/// # Panics
///
/// Never: names are short, and writing to memory does not fail.
pub(in crate::report) fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        add(&mut archive, name, content).expect("a part goes into memory");
    }
    let cursor = archive.finish().expect("memory takes what is written");
    cursor.into_inner()
}

/// Returns an archive with some parts replaced or added; the others stay byte for byte as they are packed. `None` if the
/// archive is damaged.
pub(in crate::report) fn repacked(original: &[u8], parts: &[(&str, &str)]) -> Option<Vec<u8>> {
    let mut old = ZipArchive::new(Cursor::new(original)).ok()?;
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let mut left: Vec<&(&str, &str)> = parts.iter().collect();
    for index in 0..old.len() {
        let entry = old.by_index_raw(index).ok()?;
        let name = entry.name().ok()?.into_owned();
        match left.iter().position(|(changed, _)| *changed == name) {
            Some(place) => {
                let (name, content) = left.remove(place);
                add(&mut archive, name, content).ok()?;
            }
            None => archive.raw_copy_file(entry).ok()?,
        }
    }
    for (name, content) in left {
        add(&mut archive, name, content).ok()?;
    }
    Some(archive.finish().ok()?.into_inner())
}

fn add(archive: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, content: &str) -> ZipResult<()> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    archive.start_file(name, options)?;
    Ok(archive.write_all(content.as_bytes())?)
}
