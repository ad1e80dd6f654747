//! [`save`]: replaces a file as a whole, never in part.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind, Result};

/// The most names tried for the new file.
const MAX_ATTEMPTS: usize = 100;

/// Writes `contents` to the file at `path`, so that a reader sees either the whole old file or the
/// whole new one.
///
/// The new file is written next to the old one and then renamed; a link is followed. What is not a
/// regular file (a pipe, a device) is written to directly.
///
/// # Errors
///
/// [`ErrorKind::Io`] with the file if it cannot be written; an old file is then left as it was.
pub fn save(path: &Path, contents: impl AsRef<[u8]>) -> Result<()> {
    write(path, contents.as_ref()).map_err(|error| {
        Error::new(ErrorKind::Io, "the file cannot be written")
            .in_file(path.display().to_string())
            .caused_by(error)
    })
}

fn write(path: &Path, contents: &[u8]) -> io::Result<()> {
    let Ok(target) = fs::canonicalize(path) else {
        return replace(path, contents, None);
    };
    let metadata = fs::metadata(&target)?;
    if metadata.is_dir() {
        return Err(io::Error::new(
            io::ErrorKind::IsADirectory,
            "it is a folder",
        ));
    }
    if metadata.is_file() {
        return replace(&target, contents, Some(metadata.permissions()));
    }
    OpenOptions::new()
        .write(true)
        .open(&target)?
        .write_all(contents)
}

fn replace(path: &Path, contents: &[u8], permissions: Option<fs::Permissions>) -> io::Result<()> {
    let (mut file, beside) = create_beside(path)?;
    let written = file
        .write_all(contents)
        .and_then(|()| permissions.map_or(Ok(()), |same| file.set_permissions(same)))
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        // The first error is the one to report; a leftover file is harmless.
        let _ = fs::remove_file(&beside);
    }
    written
}

/// Creates a new file in the same folder, so that renaming it is atomic.
fn create_beside(path: &Path) -> io::Result<(File, PathBuf)> {
    let name = path
        .file_name()
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "the path names no file"))?;
    for attempt in 0..MAX_ATTEMPTS {
        let mut new_name = OsString::from(".");
        new_name.push(name);
        new_name.push(format!(".{attempt}.part"));
        let beside = path.with_file_name(new_name);
        match OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&beside)
        {
            Ok(file) => return Ok((file, beside)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::new(
        io::ErrorKind::AlreadyExists,
        "too many unfinished files stand beside it",
    ))
}
