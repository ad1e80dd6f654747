//! [`Listing`]: the files to be read, with what the manifest of their folder says about them.

use std::collections::{BTreeSet, HashSet};
use std::path::PathBuf;

use crate::corpus::manifest::{MANIFEST, Manifest, ManifestEntry, is_same_path};
use crate::corpus::original::SourceFile;
use crate::error::{Diagnostic, Severity};
use crate::read::is_document_name;

/// Where the bytes of a file are.
#[derive(Clone, Debug)]
pub(super) enum Contents<'f> {
    Path(PathBuf),
    Bytes(&'f [u8]),
}

/// A file to be read.
#[derive(Clone, Debug)]
pub(super) struct Listed<'f> {
    pub(super) contents: Contents<'f>,
    /// Its name in diagnostics and in the corpus.
    pub(super) name: String,
    /// What the manifest says about it and its agreements.
    pub(super) entries: Vec<ManifestEntry>,
}

/// The files that were found, each once, and diagnostics about the others.
#[derive(Debug, Default)]
pub(super) struct Listing<'f> {
    pub(super) files: Vec<Listed<'f>>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The manifests of the folders.
    pub(super) manifests: Vec<SourceFile>,
    /// The canonical paths of the files, to detect one that is given twice.
    places: HashSet<PathBuf>,
}

/// A folder being listed.
#[derive(Debug, Default)]
pub(super) struct Folder {
    /// Its canonical path, in which links must end.
    pub(super) place: PathBuf,
    /// The prefix of the names of its files.
    pub(super) prefix: String,
    pub(super) manifest: Manifest,
}

impl<'f> Listing<'f> {
    /// Adds a file, unless the one at its canonical path is there already.
    pub(super) fn add_file(&mut self, file: Listed<'f>, place: Option<PathBuf>) {
        if place.is_none_or(|place| self.places.insert(place)) {
            self.files.push(file);
        } else {
            self.tell(Severity::Note, "given twice, read once", &file.name);
        }
    }

    /// Notes that a manifest was read.
    pub(super) fn note(&mut self, name: &str, bytes: &[u8]) {
        self.manifests.push(SourceFile::of(name, bytes));
    }

    pub(super) fn tell(&mut self, severity: Severity, message: &str, file: &str) {
        self.diagnostics
            .push(Diagnostic::new(severity, message).in_file(file));
    }

    /// Returns what the manifest says about a file of a folder if it is to be read, otherwise `None`, and
    /// reports why not.
    pub(super) fn entries_to_read(
        &mut self,
        folder: &Folder,
        in_root: &str,
    ) -> Option<Vec<ManifestEntry>> {
        let name = folder.name_of(in_root);
        let file_name = in_root.rsplit('/').next().unwrap_or(in_root);
        let entries: Vec<ManifestEntry> = folder.manifest.entries(in_root).cloned().collect();
        if in_root == MANIFEST {
            return None;
        }
        if folder.manifest.excludes(in_root) {
            let message = format!("left out, as {MANIFEST} says");
            self.tell(Severity::Note, &message, &name);
        } else if entries.is_empty() && is_about_the_folder(file_name) {
            let message =
                format!("taken for words about the folder; list it in {MANIFEST} to read it");
            self.tell(Severity::Note, &message, &name);
        } else if entries.is_empty() && !is_document_name(file_name) {
            let message = "no agreement, by the ending of its name";
            self.tell(Severity::Skipped, message, &name);
        } else {
            return Some(entries);
        }
        None
    }

    /// Reports the entries of the manifest whose files are not in the folder.
    pub(super) fn tell_missing(&mut self, folder: &Folder, seen: &BTreeSet<String>) {
        for entry in &folder.manifest.agreements {
            let is_there = seen.contains(&entry.file)
                || seen.iter().any(|file| is_same_path(file, &entry.file));
            if !is_there {
                let message = format!("`{}` is listed but not in the folder", entry.file);
                let diagnostic = Diagnostic::new(Severity::Skipped, message)
                    .in_file(folder.name_of(MANIFEST))
                    .at_line(entry.line);
                self.diagnostics.push(diagnostic);
            }
        }
    }
}

impl Folder {
    /// Returns the name of a file in diagnostics and in the corpus.
    pub(super) fn name_of(&self, in_root: &str) -> String {
        format!("{}{in_root}", self.prefix)
    }
}

/// Returns whether a file, by its name, describes its folder and is not an agreement.
fn is_about_the_folder(file_name: &str) -> bool {
    let upper = file_name.to_uppercase();
    let stem = upper.split('.').next().unwrap_or_default();
    stem == "README" || stem.starts_with("LICENSE") || stem.starts_with("LICENCE")
}
