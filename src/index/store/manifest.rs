//! [`Manifest`]: the manifest of an index folder, and how it is read and written.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::index::store::catalog::CatalogEntry;
use crate::index::store::schema::SCHEMA_VERSION;
use crate::term::Analyzer;
use crate::words::StableHash;

pub(super) const MANIFEST: &str = "consonance-index.json";
/// The maximum size of a manifest, in bytes.
const MAX_MANIFEST_BYTES: u64 = 256 * 1024 * 1024;

/// The manifest of an index folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct IndexManifest {
    /// The version of the schema.
    pub(crate) schema: String,
    /// The signature of the analyzer.
    pub(crate) analyzer: String,
    /// The agreements, in corpus order.
    pub(crate) agreements: Vec<CatalogEntry>,
    /// The number that the next agreement gets.
    pub(crate) next_number: u64,
    /// The folder with the files.
    pub(super) folder: String,
    pub(super) files: Vec<FileEntry>,
    /// The fingerprint of all fields above, which changes with every change of the index.
    pub(crate) check: String,
}

/// One file of the index, as written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileEntry {
    pub(super) name: String,
    pub(super) bytes: u64,
    pub(super) hash: String,
}

impl IndexManifest {
    /// Returns the manifest of an index that is not yet written.
    pub(crate) fn new(analyzer: String, agreements: Vec<CatalogEntry>) -> Self {
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

    /// Refuses an index of another version or analyzer, whose terms would differ from the query's.
    pub(crate) fn check_origin(&self, analyzer: &Analyzer) -> Result<()> {
        let other_fields = other_origin("fields", &self.schema, SCHEMA_VERSION);
        let other_terms = || other_origin("analyzer", &self.analyzer, &analyzer.signature());
        other_fields.or_else(other_terms).map_or(Ok(()), Err)
    }

    /// Computes the fingerprint of all fields but the check itself.
    pub(super) fn own_check(&self) -> String {
        let bare = Self {
            check: String::new(),
            ..self.clone()
        };
        let bytes = serde_json::to_vec(&bare).expect("a manifest of texts and numbers is JSON");
        StableHash::of(bytes).digits()
    }
}

/// Returns the error for an index that was made with something else than this program has.
fn other_origin(what: &str, theirs: &str, ours: &str) -> Option<Error> {
    let message = format!(
        "the index was made with the {what} `{theirs}`, this program has `{ours}`: build the index again"
    );
    (theirs != ours).then(|| Error::new(ErrorKind::Index, message))
}

/// Returns the manifest of an index folder; `None` if the folder or its manifest is missing.
pub(crate) fn read_manifest(directory: &Path) -> Result<Option<IndexManifest>> {
    let path = directory.join(MANIFEST);
    let bytes = match fs::metadata(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(io_error(&path, "cannot be read", error)),
        Ok(metadata) if !metadata.is_file() || metadata.len() > MAX_MANIFEST_BYTES => {
            return Err(damaged(&path, "this is no manifest of an index"));
        }
        Ok(_) => fs::read(&path).map_err(|error| io_error(&path, "cannot be read", error))?,
    };
    let manifest: IndexManifest = serde_json::from_slice(&bytes).map_err(|error| {
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

/// Returns the error for a manifest of another version, if it is one.
fn other_version(path: &Path, bytes: &[u8]) -> Option<Error> {
    let value: serde_json::Value = serde_json::from_slice(bytes).ok()?;
    let schema = value.get("schema")?.as_str()?;
    let error = other_origin("fields", schema, SCHEMA_VERSION)?;
    Some(error.in_file(path.display().to_string()))
}

/// Returns the manifest of an index folder.
///
/// # Errors
///
/// [`ErrorKind::Index`] if there is none or it is damaged.
pub(crate) fn require_manifest(directory: &Path) -> Result<IndexManifest> {
    let missing = || {
        let message = "there is no search index in this folder";
        Error::new(ErrorKind::Index, message).in_file(directory.display().to_string())
    };
    read_manifest(directory)?.ok_or_else(missing)
}

/// Replaces the manifest in one step.
pub(super) fn write_manifest(directory: &Path, manifest: &IndexManifest) -> Result<()> {
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

pub(super) fn damaged(path: &Path, message: &str) -> Error {
    let message = format!("{message}: build the index again");
    Error::new(ErrorKind::Index, message).in_file(path.display().to_string())
}

pub(super) fn cannot_write(path: &Path, error: io::Error) -> Error {
    io_error(path, "cannot be written", error)
}

pub(super) fn io_error(path: &Path, message: &str, error: io::Error) -> Error {
    Error::new(ErrorKind::Io, message)
        .in_file(path.display().to_string())
        .caused_by(error)
}
pub(super) fn generation_of(folder: &str) -> Option<u64> {
    let digits = folder.strip_prefix('g')?;
    digits
        .bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| digits.parse().ok())?
}
