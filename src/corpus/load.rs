//! Files and folders to a corpus: the only place that opens the files of texts.

use std::collections::{BTreeSet, HashSet};
use std::fs::{self, File, Metadata as FileFacts};
use std::io::Read;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::corpus::builder::CorpusBuilder;
use crate::corpus::collection::Corpus;
use crate::corpus::manifest::{MANIFEST, Manifest, ManifestEntry, is_same_path};
use crate::corpus::params::LoadParams;
use crate::error::{Diagnostic, Error, ErrorKind, Result, Severity};
use crate::read::{
    Parsed, ReadLimits, add_guesses, check_size, is_document_name, read_as_told, size_limit, text,
};

/// The greatest depth of folders that is read.
const MAX_DEPTH: usize = 64;

impl Corpus {
    /// Returns the corpus of some files and folders.
    ///
    /// A file is read whatever its name. A folder is read with all folders in it, up to 64 deep,
    /// without hidden files (a name that begins with a dot), files that its `corpus.toml` excludes,
    /// and files whose name is not that of a document; all but the hidden ones are reported. Links
    /// out of the folder and links to folders are not followed, and only regular files are opened.
    /// A file that cannot be read does not stop the others: it becomes a diagnostic of
    /// [`Severity::Refused`].
    ///
    /// ```toml
    /// name = "Norms of the sea"
    /// exclude = ["notes.md", "old/*"]
    ///
    /// [[agreement]]
    /// file = "harbor2015.md"
    /// process = "Harbor Forum"
    /// year = 2015
    /// ```
    ///
    /// An entry of a `corpus.toml` may set `key` and every field of
    /// [`Metadata`](crate::agreement::Metadata); these override what the file says about itself. A
    /// file of several agreements, such as a comparison table, may have one entry for each:
    /// `source` is the name in the file, so that a `title` or `short_name` can rename it. `exclude`
    /// names files by their path in the folder, or by their name alone in any folder; `*` matches
    /// any characters.
    ///
    /// Files are read in parallel; the result does not depend on their order. Takes time and memory
    /// linear in the bytes read.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Manifest`] if a `corpus.toml` breaks its rules; [`ErrorKind::Io`] if the only
    /// given path does not exist or a folder cannot be listed; [`ErrorKind::Empty`] if no clause is
    /// found, with the reasons; [`ErrorKind::Limit`] if there are too many clauses.
    pub fn load(paths: &[PathBuf], params: &LoadParams) -> Result<Self> {
        let mut builder = CorpusBuilder::with_params(params);
        let mut listing = Listing::default();
        let naming = match paths {
            [_] => Naming::InFolder,
            _ => Naming::WithFolder,
        };
        for path in paths {
            match listing.add(path, naming) {
                Err(error) if paths.len() > 1 && error.kind() == ErrorKind::Io => {
                    listing.diagnostics.push(Diagnostic::refusal(&error));
                }
                outcome => outcome?,
            }
        }
        builder.add_listing(listing, params);
        builder.build()
    }

    /// Returns whether a file was refused; a program that read all others then ends with status 3.
    pub fn has_refusals(&self) -> bool {
        self.refused_files().next().is_some()
    }

    /// Returns the files that were refused, each with its reason, in order of their names.
    pub fn refused_files(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics()
            .iter()
            .filter(|diagnostic| diagnostic.severity == Severity::Refused)
    }
}

impl CorpusBuilder {
    fn add_listing(&mut self, listing: Listing, params: &LoadParams) {
        let mut files = listing.files;
        files.sort_by(|a, b| a.name.cmp(&b.name));
        let readings: Vec<Result<Parsed>> = files
            .par_iter()
            .map(|file| read_listed(file, params))
            .collect();
        for diagnostic in listing.diagnostics {
            self.diagnose(diagnostic);
        }
        for (file, reading) in files.iter().zip(readings) {
            match reading {
                Ok(reading) => self.add(reading, Some(&file.name)),
                Err(error) => {
                    let error = error.in_file(&file.name);
                    self.diagnose(Diagnostic::refusal(&error))
                }
            };
        }
    }
}

/// Returns the text of a file that is not an agreement, such as a thesaurus or a human coding.
///
/// # Errors
///
/// [`ErrorKind::Io`] if it cannot be opened, [`ErrorKind::Limit`] if it is larger than 64 MiB,
/// [`ErrorKind::Format`] if it is not a text.
pub fn read_file(path: &Path) -> Result<String> {
    let limits = ReadLimits::default();
    let name = path.display().to_string();
    let decode = || {
        let bytes = read_bytes(path, limits.max_text_bytes)?;
        let decoded = text::decode(&bytes, &limits, &mut Vec::new())?;
        Ok(decoded.into_owned())
    };
    decode().map_err(|error: Error| error.in_file(name))
}

/// Reads a regular file of at most `limit` bytes.
fn read_bytes(path: &Path, limit: usize) -> Result<Vec<u8>> {
    let facts = fs::metadata(path).map_err(|error| not_readable(&error))?;
    if !facts.is_file() {
        let message = "not a regular file, so it is not opened";
        return Err(Error::new(ErrorKind::Io, message));
    }
    check_size(usize::try_from(facts.len()).unwrap_or(usize::MAX), limit)?;
    let file = File::open(path).map_err(|error| not_readable(&error))?;
    let mut bytes = Vec::new();
    let ceiling = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    file.take(ceiling)
        .read_to_end(&mut bytes)
        .map_err(|error| not_readable(&error))?;
    check_size(bytes.len(), limit)?;
    Ok(bytes)
}

fn not_readable(error: &std::io::Error) -> Error {
    Error::new(ErrorKind::Io, format!("cannot be read: {error}"))
}

/// A file to be read.
#[derive(Clone, Debug)]
struct Listed {
    path: PathBuf,
    /// Its name in diagnostics and in the corpus.
    name: String,
    /// What the manifest says about it and its agreements.
    entries: Vec<ManifestEntry>,
}

fn read_listed(file: &Listed, params: &LoadParams) -> Result<Parsed> {
    let limits = &params.limits;
    let bytes = read_bytes(&file.path, size_limit(&file.name, limits))?;
    let mut reading = read_as_told(&bytes, &file.name, limits)?;
    for entry in &file.entries {
        entry.apply(&mut reading);
    }
    // Metadata from the manifest need not be inferred.
    add_guesses(&mut reading, &file.name);
    Ok(reading)
}

/// How the files of a folder are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Naming {
    /// By their path in the folder.
    InFolder,
    /// With the path of the folder as a prefix, because there are several inputs.
    WithFolder,
}

/// The files that were found, each once, and diagnostics about the others.
#[derive(Debug, Default)]
struct Listing {
    files: Vec<Listed>,
    diagnostics: Vec<Diagnostic>,
    /// The canonical paths of the files, to detect one that is given twice.
    places: HashSet<PathBuf>,
}

/// A folder being listed.
struct Folder {
    /// Its canonical path, in which links must end.
    place: PathBuf,
    /// The prefix of the names of its files.
    prefix: String,
    manifest: Manifest,
}

impl Listing {
    /// Adds a path that the caller gave.
    fn add(&mut self, path: &Path, naming: Naming) -> Result<()> {
        let name = path.display().to_string();
        let facts = fs::metadata(path).map_err(|error| not_readable(&error).in_file(&name))?;
        if facts.is_dir() {
            return self.add_folder(path, naming);
        }
        self.add_file(path, name, Vec::new());
        Ok(())
    }

    fn add_file(&mut self, path: &Path, name: String, entries: Vec<ManifestEntry>) {
        let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if self.places.insert(place) {
            self.files.push(Listed {
                path: path.to_owned(),
                name,
                entries,
            });
        } else {
            self.tell(Severity::Note, "given twice, read once", &name);
        }
    }

    fn tell(&mut self, severity: Severity, message: &str, file: &str) {
        self.diagnostics
            .push(Diagnostic::new(severity, message).in_file(file));
    }

    fn add_folder(&mut self, root: &Path, naming: Naming) -> Result<()> {
        let name = root.display().to_string();
        let folder = Folder {
            place: fs::canonicalize(root).map_err(|error| not_readable(&error).in_file(&name))?,
            prefix: match naming {
                Naming::InFolder => String::new(),
                Naming::WithFolder => format!("{}/", name.trim_end_matches('/')),
            },
            manifest: manifest_of(root)?,
        };
        let mut seen = BTreeSet::new();
        // Folders still to be listed, with their names in the root and their depths.
        let mut waiting = vec![(root.to_owned(), String::new(), 0)];
        while let Some((path, inside, depth)) = waiting.pop() {
            let names = match names_in(&path) {
                Ok(names) => names,
                Err(error) if depth == 0 => return Err(error.in_file(name)),
                Err(error) => {
                    let error = error.in_file(format!("{}{inside}", folder.prefix));
                    self.diagnostics.push(Diagnostic::refusal(&error));
                    continue;
                }
            };
            for file_name in names {
                let child = path.join(&file_name);
                let in_root = format!("{inside}{}", file_name.to_string_lossy());
                let Some(facts) = self.facts_of(&folder, &child, &in_root) else {
                    continue;
                };
                if !facts.is_dir() {
                    self.add_found(&folder, &child, &in_root, &facts);
                    seen.insert(in_root);
                } else if depth < MAX_DEPTH {
                    waiting.push((child, format!("{in_root}/"), depth + 1));
                } else {
                    let message = format!("more than {MAX_DEPTH} folders deep, not read");
                    self.tell(Severity::Skipped, &message, &folder.name_of(&in_root));
                }
            }
        }
        self.tell_missing(&folder, &seen);
        Ok(())
    }

    /// Returns the metadata of a path in a folder, if it is to be examined: links are followed only
    /// to files inside the folder.
    fn facts_of(&mut self, folder: &Folder, path: &Path, in_root: &str) -> Option<FileFacts> {
        let name = folder.name_of(in_root);
        let facts = match fs::symlink_metadata(path) {
            Ok(facts) => facts,
            Err(error) => {
                let error = not_readable(&error).in_file(name);
                self.diagnostics.push(Diagnostic::refusal(&error));
                return None;
            }
        };
        if !facts.is_symlink() {
            return Some(facts);
        }
        let target = fs::canonicalize(path).ok();
        let is_inside = target.is_some_and(|target| target.starts_with(&folder.place));
        let facts = fs::metadata(path).ok().filter(FileFacts::is_file);
        if is_inside && facts.is_some() {
            return facts;
        }
        let message = "a link that leads out of the folder, to a folder or nowhere is not followed";
        self.tell(Severity::Skipped, message, &name);
        None
    }

    /// Adds a file of a folder, or reports why not.
    fn add_found(&mut self, folder: &Folder, path: &Path, in_root: &str, facts: &FileFacts) {
        let name = folder.name_of(in_root);
        let file_name = in_root.rsplit('/').next().unwrap_or(in_root);
        let entries: Vec<ManifestEntry> = folder.manifest.entries(in_root).cloned().collect();
        if in_root == MANIFEST {
            return;
        }
        if folder.manifest.excludes(in_root) {
            let message = format!("left out, as {MANIFEST} says");
            self.tell(Severity::Note, &message, &name);
        } else if !facts.is_file() {
            self.tell(Severity::Skipped, "not a regular file", &name);
        } else if entries.is_empty() && is_about_the_folder(file_name) {
            let message =
                format!("taken for words about the folder; list it in {MANIFEST} to read it");
            self.tell(Severity::Note, &message, &name);
        } else if entries.is_empty() && !is_document_name(file_name) {
            let message = "no agreement, by the ending of its name";
            self.tell(Severity::Skipped, message, &name);
        } else {
            self.add_file(path, name, entries);
        }
    }

    fn tell_missing(&mut self, folder: &Folder, seen: &BTreeSet<String>) {
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
    fn name_of(&self, in_root: &str) -> String {
        format!("{}{in_root}", self.prefix)
    }
}

/// Returns the names in a folder in order, without hidden ones.
fn names_in(path: &Path) -> Result<Vec<std::ffi::OsString>> {
    let entries = fs::read_dir(path).map_err(|error| not_readable(&error))?;
    let mut names = Vec::new();
    for entry in entries {
        let name = entry.map_err(|error| not_readable(&error))?.file_name();
        if !name.to_string_lossy().starts_with('.') {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn manifest_of(root: &Path) -> Result<Manifest> {
    let path = root.join(MANIFEST);
    if fs::symlink_metadata(&path).is_err() {
        return Ok(Manifest::default());
    }
    let source = read_file(&path)?;
    Manifest::parse(&source).map_err(|error| error.in_file(path.display().to_string()))
}

/// Returns whether a file, by its name, describes its folder and is not an agreement.
fn is_about_the_folder(file_name: &str) -> bool {
    let upper = file_name.to_uppercase();
    let stem = upper.split('.').next().unwrap_or_default();
    stem == "README" || stem.starts_with("LICENSE") || stem.starts_with("LICENCE")
}
