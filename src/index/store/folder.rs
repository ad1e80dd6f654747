//! The index on disk: what lies in its folder, how it is replaced whole, and how damage shows.
//!
//! ```text
//! consonance-index.json   the manifest: versions, fingerprint of the corpus, hash of every file
//! consonance-index.lock   held by whoever writes
//! g1/ (g2/ ...)           the files of the index library
//! ```
//!
//! A new index goes into a new `g` folder; then the manifest is replaced in one step and the old
//! folder removed. A change of an index is a new `g` folder as well, which shares the files that stay
//! with the old one as links. A reader takes either the old index or the new one, never a mixture.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::Index;
use tantivy::directory::{Directory, MmapDirectory, RamDirectory};

use crate::error::{Error, ErrorKind, Result};
use crate::index::store::catalog::Entry;
use crate::index::store::ready::{READY_TERMS, TermReader};
use crate::index::store::schema::{OrIndexError, SCHEMA_VERSION, schema, settings};
use crate::words::StableHash;

const MANIFEST: &str = "consonance-index.json";
const LOCK: &str = "consonance-index.lock";

/// Up to this size the files are read into memory when the index is opened: it then needs no lock
/// file, so that a folder may be read-only, and nothing that happens to the files later can hurt.
pub(crate) const MAX_BYTES_IN_MEMORY: u64 = 256 * 1024 * 1024;
/// The largest manifest that is read.
const MAX_MANIFEST_BYTES: u64 = 256 * 1024 * 1024;

/// What the manifest of an index folder says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    /// The version of the schema.
    pub(crate) schema: String,
    /// The signature of the analyzer.
    pub(crate) analyzer: String,
    /// The agreements, in corpus order.
    pub(crate) agreements: Vec<Entry>,
    /// The number that the next agreement gets.
    pub(crate) next_number: u64,
    /// The folder with the files.
    folder: String,
    files: Vec<FileEntry>,
    /// The fingerprint of all of the above.
    check: String,
}

/// One file of the index as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileEntry {
    name: String,
    bytes: u64,
    hash: String,
}

impl Manifest {
    /// Returns the manifest of an index that is still to be written.
    pub(crate) fn new(analyzer: String, agreements: Vec<Entry>) -> Self {
        let highest = agreements.iter().map(|entry| entry.number).max();
        Self {
            schema: SCHEMA_VERSION.to_owned(),
            analyzer,
            next_number: highest.map_or(0, |number| number + 1),
            agreements,
            folder: String::new(),
            files: Vec::new(),
            check: String::new(),
        }
    }

    /// Returns the fingerprint of all the rest, which changes with every change of the index.
    pub(crate) fn check(&self) -> &str {
        &self.check
    }

    /// Returns the fingerprint of all but the check itself.
    fn own_check(&self) -> String {
        let bare = Self {
            check: String::new(),
            ..self.clone()
        };
        let bytes = serde_json::to_vec(&bare).expect("a manifest of texts and numbers is JSON");
        StableHash::of(bytes).digits()
    }
}

/// Returns the manifest of an index folder; nothing if the folder or its manifest is missing.
pub(crate) fn read_manifest(directory: &Path) -> Result<Option<Manifest>> {
    let path = directory.join(MANIFEST);
    let bytes = match fs::metadata(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(io_error(&path, "cannot be read", error)),
        Ok(metadata) if !metadata.is_file() || metadata.len() > MAX_MANIFEST_BYTES => {
            return Err(damaged(&path, "this is no manifest of an index"));
        }
        Ok(_) => fs::read(&path).map_err(|error| io_error(&path, "cannot be read", error))?,
    };
    let manifest: Manifest = serde_json::from_slice(&bytes).map_err(|error| {
        let whole = || damaged(&path, "the manifest is damaged").caused_by(error);
        other_version(&path, &bytes).unwrap_or_else(whole)
    })?;
    if manifest.own_check() != manifest.check {
        return Err(damaged(&path, "the manifest is damaged or was edited"));
    }
    if generation_of(&manifest.folder).is_none() {
        return Err(damaged(&path, "the manifest names no folder of an index"));
    }
    Ok(Some(manifest))
}

/// Returns what to say of a manifest that another version has written, if it is one.
fn other_version(path: &Path, bytes: &[u8]) -> Option<Error> {
    let value: serde_json::Value = serde_json::from_slice(bytes).ok()?;
    let schema = value.get("schema")?.as_str()?;
    let message = format!(
        "the index was made with the fields `{schema}`, this program has `{SCHEMA_VERSION}`: build \
         the index again"
    );
    let error = Error::new(ErrorKind::Index, message).in_file(path.display().to_string());
    (schema != SCHEMA_VERSION).then_some(error)
}

/// Returns the manifest of an index folder.
///
/// # Errors
///
/// [`ErrorKind::Index`] if there is none or it is damaged.
pub(crate) fn require_manifest(directory: &Path) -> Result<Manifest> {
    let missing = || {
        let message = "there is no search index in this folder";
        Error::new(ErrorKind::Index, message).in_file(directory.display().to_string())
    };
    read_manifest(directory)?.ok_or_else(missing)
}

/// Fails if a file of an index is not the one that was written.
pub(crate) fn check(directory: &Path, manifest: &Manifest) -> Result<()> {
    let folder = directory.join(&manifest.folder);
    for file in &manifest.files {
        check_file(&folder, file, io::sink())?;
    }
    Ok(())
}

/// Opens the index of a folder, every file checked against the manifest.
///
/// `accept` says whether the manifest is the wanted one, before any other file is read.
pub(crate) fn open(
    directory: &Path,
    max_bytes_in_memory: u64,
    accept: impl Fn(&Manifest) -> Result<()>,
) -> Result<(Index, Manifest)> {
    let mut manifest = require_manifest(directory)?;
    loop {
        accept(&manifest)?;
        match load(directory, &manifest, max_bytes_in_memory) {
            Ok(index) => return Ok((index, manifest)),
            Err(error) => {
                // Somebody may have replaced the index meanwhile; then the new one is complete.
                let newer = require_manifest(directory)?;
                if newer == manifest {
                    return Err(error);
                }
                manifest = newer;
            }
        }
    }
}

fn load(directory: &Path, manifest: &Manifest, max_bytes_in_memory: u64) -> Result<Index> {
    let folder = directory.join(&manifest.folder);
    let n_bytes: u64 = manifest.files.iter().map(|file| file.bytes).sum();
    let unreadable = |error| damaged(&folder, "the index cannot be opened").caused_by(error);
    if n_bytes > max_bytes_in_memory {
        check(directory, manifest)?;
        return Index::open_in_dir(&folder).map_err(unreadable);
    }
    let memory = RamDirectory::create();
    for file in &manifest.files {
        let mut bytes = Vec::new();
        check_file(&folder, file, &mut bytes)?;
        memory
            .atomic_write(Path::new(&file.name), &bytes)
            .map_err(|error| io_error(&folder, "cannot be kept in memory", error))?;
    }
    Index::open(memory).map_err(unreadable)
}

/// Copies a file, and fails if it is not the one that was written.
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
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let n = input.read(&mut buffer)?;
        if n == 0 {
            return Ok(fingerprint.digits());
        }
        fingerprint.add(buffer[..n].iter().copied());
        copy.write_all(&buffer[..n])?;
    }
}

/// Does some work while no other program may write in the folder.
///
/// # Errors
///
/// [`ErrorKind::Index`] if the folder holds anything that is not an index of ours, or if another
/// program is writing there; [`ErrorKind::Io`] if something cannot be written.
pub(crate) fn locked<T>(directory: &Path, work: impl FnOnce() -> Result<T>) -> Result<T> {
    fs::create_dir_all(directory).map_err(|error| cannot_write(directory, error))?;
    refuse_foreign(directory)?;
    let _lock = lock(directory)?;
    work()
}

/// Writes an index into a locked folder in the place of an older one: a new one, or a change of
/// `base`, whose files it begins with.
pub(crate) fn write(
    directory: &Path,
    mut manifest: Manifest,
    base: Option<&Manifest>,
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
        // Best effort: a folder left over is removed by the next build.
        let _ = fs::remove_dir_all(&folder);
        return written.map_err(|error| error.in_file(directory.display().to_string()));
    }
    for (_, old) in folders {
        let _ = fs::remove_dir_all(old);
    }
    Ok(())
}

/// The files that the index library writes anew in their place; all others it writes once.
const REWRITTEN: [&str; 2] = ["meta.json", ".managed.json"];

/// Brings the files of one folder into another: as links, which cost nothing, where that can be done.
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

/// Fails unless the folder is empty or holds an index of ours, whole or half-made.
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

fn generation_of(folder: &str) -> Option<u64> {
    let digits = folder.strip_prefix('g')?;
    digits
        .bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| digits.parse().ok())?
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

/// Returns the files of the index library with their hashes, by name; those of `old_files` that are
/// written once keep the hash they have.
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

/// Puts the manifest in place in one step.
fn write_manifest(directory: &Path, manifest: &Manifest) -> Result<()> {
    let path = directory.join(MANIFEST);
    let fresh = directory.join(format!("{MANIFEST}.new"));
    let text =
        serde_json::to_string_pretty(manifest).expect("a manifest of texts and numbers is JSON");
    let write = || -> io::Result<()> {
        let mut file = File::create(&fresh)?;
        file.write_all(text.as_bytes())?;
        file.write_all(b"\n")?;
        file.sync_all()?;
        fs::rename(&fresh, &path)
    };
    write().map_err(|error| cannot_write(&path, error))
}

fn damaged(path: &Path, message: &str) -> Error {
    let message = format!("{message}: build the index again");
    Error::new(ErrorKind::Index, message).in_file(path.display().to_string())
}

fn cannot_write(path: &Path, error: io::Error) -> Error {
    io_error(path, "cannot be written", error)
}

fn io_error(path: &Path, message: &str, error: io::Error) -> Error {
    Error::new(ErrorKind::Io, message)
        .in_file(path.display().to_string())
        .caused_by(error)
}
