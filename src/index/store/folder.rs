//! The index on disk: the content of its folder, how it is replaced, and how damage is detected.
//!
//! ```text
//! consonance-index.json   the manifest: versions, fingerprint of the corpus, hash of every file
//! consonance-index.lock   held by the writer
//! g1/ (g2/ ...)           the files of the index library
//! ```
//!
//! A new index is written to a new `g` folder; then the manifest is replaced in one step and the old
//! folder removed. A change of an index is a new `g` folder too, which links the unchanged files of the
//! old one. A reader sees either the old index or the new one, never a mixture.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use tantivy::Index;
use tantivy::directory::{Directory, MmapDirectory, RamDirectory};

use crate::error::{Error, ErrorKind, Result};
use crate::index::store::manifest::{
    FileEntry, IndexManifest, MANIFEST, cannot_write, damaged, generation_of, io_error,
    require_manifest, write_manifest,
};
use crate::index::store::ready::{READY_TERMS, TermReader};
use crate::index::store::schema::{OrIndexError, schema, settings};
use crate::index::store::written::WRITTEN_WORDS;
use crate::words::StableHash;

const LOCK: &str = "consonance-index.lock";

/// Up to this size the files are read into memory when the index is opened: no lock file is needed, the
/// folder may be read-only, and later changes of the files do no harm.
pub(crate) const MAX_BYTES_IN_MEMORY: u64 = 256 * 1024 * 1024;
/// The number of bytes of a file that are read at once.
const BLOCK: usize = 64 * 1024;

/// Fails if a file of an index differs from the one that was written.
pub(crate) fn check(directory: &Path, manifest: &IndexManifest) -> Result<()> {
    let folder = directory.join(&manifest.folder);
    for file in &manifest.files {
        check_file(&folder, file, io::sink())?;
    }
    Ok(())
}

/// Opens the index of a folder and checks every file against the manifest.
///
/// `accept` checks the manifest before any other file is read.
pub(crate) fn open(
    directory: &Path,
    max_bytes_in_memory: u64,
    accept: impl Fn(&IndexManifest) -> Result<()>,
) -> Result<(Index, IndexManifest)> {
    let mut manifest = require_manifest(directory)?;
    loop {
        accept(&manifest)?;
        match load(directory, &manifest, max_bytes_in_memory) {
            Ok(index) => return Ok((index, manifest)),
            Err(error) => {
                // The index may have been replaced meanwhile; then the new one is complete.
                let newer = require_manifest(directory)?;
                if newer == manifest {
                    return Err(error);
                }
                manifest = newer;
            }
        }
    }
}

fn load(directory: &Path, manifest: &IndexManifest, max_bytes_in_memory: u64) -> Result<Index> {
    let folder = directory.join(&manifest.folder);
    let n_bytes: u64 = manifest.files.iter().map(|file| file.bytes).sum();
    let unreadable = |error| damaged(&folder, "the index cannot be opened").caused_by(error);
    if n_bytes > max_bytes_in_memory {
        check(directory, manifest)?;
        return Index::open_in_dir(&folder).map_err(unreadable);
    }
    let memory = RamDirectory::create();
    for file in &manifest.files {
        let mut bytes = Vec::with_capacity(usize::try_from(file.bytes).unwrap_or(0));
        check_file(&folder, file, &mut bytes)?;
        memory
            .atomic_write(Path::new(&file.name), &bytes)
            .map_err(|error| io_error(&folder, "cannot be kept in memory", error))?;
    }
    Index::open(memory).map_err(unreadable)
}

/// Copies a file; fails if it differs from the one that was written.
fn check_file(folder: &Path, file: &FileEntry, mut copy: impl Write) -> Result<()> {
    let path = folder.join(&file.name);
    let is_plain_name = Path::new(&file.name).file_name() == Some(file.name.as_ref());
    let is_expected = fs::metadata(&path).is_ok_and(|m| m.is_file() && m.len() == file.bytes);
    if !is_plain_name || !is_expected {
        return Err(damaged(&path, "a file of the index is missing or cut off"));
    }
    let hash = hash_of_file(&path, file.bytes, &mut copy)
        .map_err(|error| io_error(&path, "cannot be read", error))?;
    if hash == file.hash {
        return Ok(());
    }
    Err(damaged(&path, "a file of the index is damaged"))
}

/// Copies at most `limit` bytes of a file and returns their fingerprint.
fn hash_of_file(path: &Path, limit: u64, mut copy: impl Write) -> io::Result<String> {
    let mut input = File::open(path)?.take(limit);
    let mut fingerprint = StableHash::of([]);
    let mut block = Vec::with_capacity(BLOCK);
    loop {
        // Every block but the last is full, however much is read at once.
        block.clear();
        input.by_ref().take(BLOCK as u64).read_to_end(&mut block)?;
        fingerprint.add_block(&block);
        copy.write_all(&block)?;
        if block.len() < BLOCK {
            return Ok(fingerprint.digits());
        }
    }
}

/// Runs `work` while no other program may write to the folder.
///
/// # Errors
///
/// [`ErrorKind::Index`] if the folder contains anything other than an index of this crate, or if another
/// program is writing there; [`ErrorKind::Io`] if writing fails.
pub(crate) fn locked<T>(directory: &Path, work: impl FnOnce() -> Result<T>) -> Result<T> {
    fs::create_dir_all(directory).map_err(|error| cannot_write(directory, error))?;
    refuse_foreign(directory)?;
    let _lock = lock(directory)?;
    work()
}

/// Writes an index to a locked folder and replaces the older one: a new index, or a change of `base`,
/// whose files it starts with.
pub(crate) fn write(
    directory: &Path,
    mut manifest: IndexManifest,
    base: Option<&IndexManifest>,
    fill: impl FnOnce(&Index) -> Result<()>,
) -> Result<()> {
    let folders = generations(directory)?;
    let number = folders.iter().map(|(number, _)| *number).max().unwrap_or(0) + 1;
    manifest.folder = format!("g{number}");
    let folder = directory.join(&manifest.folder);
    fs::create_dir(&folder).map_err(|error| cannot_write(&folder, error))?;
    let old_files = base.map_or(&[][..], |base| &base.files);
    let taken_over = match base {
        Some(base) => take_over(&directory.join(&base.folder), &folder, old_files),
        None => Ok(()),
    };
    let written = taken_over
        .and_then(|()| write_files(&folder, old_files, fill))
        .and_then(|files| {
            manifest.files = files;
            manifest.check = manifest.own_check();
            write_manifest(directory, &manifest)
        });
    if written.is_err() {
        // Best effort: the next build removes a remaining folder.
        let _ = fs::remove_dir_all(&folder);
        return written.map_err(|error| error.in_file(directory.display().to_string()));
    }
    for (_, old) in folders {
        if is_of_index(&old) {
            let _ = fs::remove_dir_all(old);
        }
    }
    Ok(())
}

/// Returns whether everything in a folder was written by the index library: what a person put there
/// is not removed.
fn is_of_index(folder: &Path) -> bool {
    let Ok(entries) = fs::read_dir(folder) else {
        return false;
    };
    let is_ours = |entry: io::Result<fs::DirEntry>| {
        entry.is_ok_and(|entry| {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let stem = name.split('.').next().unwrap_or_default();
            let is_segment = stem.len() == 32 && stem.bytes().all(|b| b.is_ascii_hexdigit());
            let is_own = is_segment || REWRITTEN.contains(&&*name) || name.starts_with(".tantivy");
            is_own && entry.file_type().is_ok_and(|kind| kind.is_file())
        })
    };
    entries.into_iter().all(is_ours)
}

/// The files that are overwritten; all others are written once.
const REWRITTEN: [&str; 3] = ["meta.json", ".managed.json", WRITTEN_WORDS];

/// Brings the files of one folder to another: as hard links where possible, else as copies.
fn take_over(from: &Path, to: &Path, files: &[FileEntry]) -> Result<()> {
    for file in files {
        let (old, new) = (from.join(&file.name), to.join(&file.name));
        let is_linked = !REWRITTEN.contains(&&*file.name) && fs::hard_link(&old, &new).is_ok();
        if !is_linked {
            fs::copy(&old, &new).map_err(|error| cannot_write(&new, error))?;
        }
    }
    Ok(())
}

/// Fails unless the folder is empty or contains an index of this crate, complete or not.
fn refuse_foreign(directory: &Path) -> Result<()> {
    let is_ours = directory.join(MANIFEST).exists() || directory.join(LOCK).exists();
    let mut entries =
        fs::read_dir(directory).map_err(|error| io_error(directory, "cannot be read", error))?;
    if is_ours || entries.next().is_none() {
        return Ok(());
    }
    let message = "this folder is not empty and holds no search index: nothing was written; \
                   give an empty or a new folder";
    Err(Error::new(ErrorKind::Index, message).in_file(directory.display().to_string()))
}

/// Returns the lock file, locked until it is dropped.
fn lock(directory: &Path) -> Result<File> {
    let path = directory.join(LOCK);
    let file = File::create(&path).map_err(|error| cannot_write(&path, error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            let message = "another program is writing this index: wait until it has finished";
            Err(Error::new(ErrorKind::Index, message).in_file(directory.display().to_string()))
        }
        Err(TryLockError::Error(error)) => Err(cannot_write(&path, error)),
    }
}

/// Returns the folders with index files, with their numbers.
fn generations(directory: &Path) -> Result<Vec<(u64, PathBuf)>> {
    let cannot_list = |error| io_error(directory, "cannot be read", error);
    let mut folders = Vec::new();
    for entry in fs::read_dir(directory).map_err(cannot_list)? {
        let entry = entry.map_err(cannot_list)?;
        let number = entry.file_name().to_str().and_then(generation_of);
        if let Some(number) = number {
            folders.push((number, entry.path()));
        }
    }
    folders.sort();
    Ok(folders)
}

fn write_files(
    folder: &Path,
    old_files: &[FileEntry],
    fill: impl FnOnce(&Index) -> Result<()>,
) -> Result<Vec<FileEntry>> {
    let cannot_make = |error: tantivy::TantivyError| {
        damaged(folder, "the index cannot be made here").caused_by(error)
    };
    let files = MmapDirectory::open(folder).map_err(|error| cannot_make(error.into()))?;
    let index = Index::builder()
        .schema(schema().0)
        .settings(settings())
        .open_or_create(files)
        .map_err(cannot_make)?;
    index.tokenizers().register(READY_TERMS, TermReader);
    fill(&index)?;
    list_files(folder, old_files).map_err(|error| io_error(folder, "cannot be read back", error))
}

/// Returns an empty index in memory.
pub(crate) fn in_memory() -> Result<Index> {
    let index = Index::builder()
        .schema(schema().0)
        .settings(settings())
        .create_in_ram()
        .or_index_error("the index cannot be made")?;
    index.tokenizers().register(READY_TERMS, TermReader);
    Ok(index)
}

/// Returns the files of the index library with their hashes, by name. Unchanging files in `old_files`
/// keep their known hash.
fn list_files(folder: &Path, old_files: &[FileEntry]) -> io::Result<Vec<FileEntry>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_lock = Path::new(&name)
            .extension()
            .is_some_and(|ending| ending == "lock");
        if is_lock {
            continue;
        }
        let known = old_files
            .iter()
            .find(|old| old.name == name && !REWRITTEN.contains(&&*name));
        files.push(match known {
            Some(known) => known.clone(),
            None => FileEntry {
                hash: hash_of_file(&entry.path(), u64::MAX, io::sink())?,
                bytes: entry.metadata()?.len(),
                name,
            },
        });
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}
