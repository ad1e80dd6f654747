//! [`save`]: replaces a file as a whole, never in part.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind, Result};

/// Writes `contents` to the file at `path`, so that a reader sees either the whole old file or the
/// whole new one.
///
/// The new file is written next to the old one and then renamed; a link is followed. What is not a
/// regular file (a pipe, a device) is written to directly.
///
/// # Errors
///
/// [`ErrorKind::Io`] with the file if it cannot be written; an old file is then left as it was.
///
/// # Examples
///
/// ```
/// use consonance::report::save;
///
/// # let folder = tempfile::tempdir().unwrap();
/// # let folder = folder.path();
/// let path = folder.join("table.md");
/// save(&path, "# Table\n")?;
/// save(&path, "# A later table\n")?;
/// assert_eq!(std::fs::read_to_string(&path).unwrap(), "# A later table\n");
/// # Ok::<(), consonance::Error>(())
/// ```
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
///
/// Its name is short, since the file's own may be as long as the system allows, and new: what an
/// interrupted run left behind, or another run is writing, is not touched.
fn create_beside(path: &Path) -> io::Result<(File, PathBuf)> {
    if path.file_name().is_none() {
        let message = "the path names no file";
        return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
    }
    let mut number: u64 = 0;
    loop {
        let beside = path.with_file_name(format!(".consonance-{number}.part"));
        let mut options = OpenOptions::new();
        match options.write(true).create_new(true).open(&beside) {
            Ok(file) => return Ok((file, beside)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files_in(folder: &Path) -> usize {
        fs::read_dir(folder).unwrap().count()
    }

    #[test]
    fn a_name_of_250_letters_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("n".repeat(250));
        save(&path, "first").unwrap();
        save(&path, "second").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"second");
        assert_eq!(files_in(folder.path()), 1);
    }

    #[test]
    fn what_an_interrupted_run_left_stops_no_later_run() {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..200 {
            fs::write(folder.path().join(format!(".consonance-{number}.part")), "").unwrap();
        }
        save(&folder.path().join("table.md"), "new").unwrap();
        assert_eq!(files_in(folder.path()), 201);
    }

    #[test]
    fn a_write_that_fails_leaves_the_old_file_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("inside");
        fs::create_dir(&inside).unwrap();
        let error = save(&inside, "new").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Io);
        assert_eq!(files_in(folder.path()), 1);
        assert!(save(&folder.path().join("no such folder/table.md"), "new").is_err());
    }
}
