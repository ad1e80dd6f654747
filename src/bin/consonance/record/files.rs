//! The files that options name, with their hashes.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use consonance::corpus::{SourceFile, hash_file};
use serde::{Deserialize, Serialize};

use super::invocation::Invocation;

/// The ending of files that the program itself keeps in the folder of a model.
const KEPT: &str = "vectors";
/// How deep the folder of a model is.
const MAX_DEPTH: usize = 2;

/// A file that was read besides the inputs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct NamedFile {
    /// The option that names it, or its folder.
    pub(super) option: String,
    #[serde(flatten)]
    pub(super) file: SourceFile,
}

/// Returns the files that the options of a call name, and those in folders they name.
pub(super) fn named_files(invocation: &Invocation) -> Result<Vec<NamedFile>> {
    let mut files = Vec::new();
    for (option, path) in invocation.files() {
        for path in files_at(&path, MAX_DEPTH)? {
            files.push(NamedFile {
                option: option.to_owned(),
                file: hash_file(&path)?,
            });
        }
    }
    Ok(files)
}

/// Returns a file, or the files of a folder, in order.
fn files_at(path: &Path, depth: usize) -> Result<Vec<PathBuf>> {
    if !path.is_dir() {
        let is_kept = path.extension().is_some_and(|ending| ending == KEPT);
        return Ok(if is_kept {
            Vec::new()
        } else {
            vec![path.to_owned()]
        });
    }
    let mut files = Vec::new();
    if depth > 0 {
        let entries = fs::read_dir(path).with_context(|| path.display().to_string())?;
        let mut paths = entries
            .map(|entry| Ok(entry?.path()))
            .collect::<Result<Vec<PathBuf>>>()?;
        paths.sort();
        for path in paths {
            files.extend(files_at(&path, depth - 1)?);
        }
    }
    Ok(files)
}
