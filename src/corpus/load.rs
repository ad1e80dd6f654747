//! Files and folders to a corpus: the only place that opens the files of texts.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs::{self, File, Metadata as FileFacts};
use std::io::Read;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::corpus::builder::CorpusBuilder;
use crate::corpus::collection::Corpus;
use crate::corpus::listing::{Contents, Folder, Listed, Listing};
use crate::corpus::manifest::{MANIFEST, Manifest, ManifestEntry};
use crate::corpus::original::SourceFile;
use crate::corpus::params::LoadParams;
use crate::digest::RunningSha256;
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
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::corpus::{Corpus, LoadParams};
    ///
    /// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
    /// let [agreements, processes] = [corpus.agreements().len(), corpus.processes().len()];
    /// assert_eq!([agreements, processes, corpus.clauses().len()], [26, 20, 93]);
    /// assert!(!corpus.has_refusals());
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn load(paths: &[PathBuf], params: &LoadParams) -> Result<Self> {
        let mut builder = CorpusBuilder::with_params(params);
        builder.add_paths(paths)?;
        builder.build()
    }

    /// Returns whether a file of this name in a folder is opened by [`load`](Self::load), unless a
    /// `corpus.toml` leaves it out.
    pub fn opens(file_name: &str) -> bool {
        file_name == MANIFEST || (!is_hidden(file_name) && is_document_name(file_name))
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
    /// Adds files and folders, as [`Corpus::load`] describes.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Manifest`] and [`ErrorKind::Io`] as there; nothing is then added.
    pub fn add_paths(&mut self, paths: &[PathBuf]) -> Result<&mut Self> {
        let mut listing = Listing::default();
        let naming = match paths {
            [_] => Naming::InFolder,
            _ => Naming::WithFolder,
        };
        for path in paths {
            match listing.add_path(path, naming) {
                Err(error) if paths.len() > 1 && error.kind() == ErrorKind::Io => {
                    listing.diagnostics.push(Diagnostic::refusal(&error));
                }
                outcome => outcome?,
            }
        }
        Ok(self.add_listing(listing))
    }

    pub(super) fn add_listing(&mut self, listing: Listing<'_>) -> &mut Self {
        let mut files = listing.files;
        files.sort_by(|a, b| a.name.cmp(&b.name));
        let readings: Vec<ReadFile> = files
            .par_iter()
            .map(|file| read_listed(file, &self.params.limits))
            .collect();
        self.note_files(listing.manifests);
        for diagnostic in listing.diagnostics {
            self.diagnose(diagnostic);
        }
        for (file, ReadFile { source, parsed }) in files.iter().zip(readings) {
            self.note_files(source);
            match parsed {
                Ok(reading) => self.add(reading, Some(&file.name)),
                Err(error) => {
                    let error = error.in_file(&file.name);
                    self.diagnose(Diagnostic::refusal(&error))
                }
            };
        }
        self
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
    let decode = || {
        let bytes = read_bytes(path, limits.max_text_bytes)?;
        let decoded = text::decode(&bytes, &limits, &mut Vec::new())?;
        Ok(decoded.into_owned())
    };
    decode().map_err(|error: Error| error.in_file(path.display().to_string()))
}

/// Returns a file with its SHA-256, named by its path.
///
/// # Errors
///
/// [`ErrorKind::Io`] if it is no regular file or cannot be read.
pub fn hash_file(path: &Path) -> Result<SourceFile> {
    let name = path.display().to_string();
    let is_regular = path.metadata().is_ok_and(|facts| facts.is_file());
    if !is_regular && path.exists() {
        return Err(not_regular().in_file(name));
    }
    let mut hash = RunningSha256::default();
    let added = File::open(path).and_then(|file| hash.add(file));
    added.map_err(|error| not_readable(&error).in_file(&name))?;
    Ok(SourceFile {
        file: name,
        sha256: hash.finish(),
    })
}

/// Reads a regular file of at most `limit` bytes.
fn read_bytes(path: &Path, limit: usize) -> Result<Vec<u8>> {
    let facts = fs::metadata(path).map_err(|error| not_readable(&error))?;
    if !facts.is_file() {
        return Err(not_regular());
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

fn not_regular() -> Error {
    Error::new(ErrorKind::Io, "not a regular file, so it is not opened")
}

fn not_readable(error: &std::io::Error) -> Error {
    Error::new(ErrorKind::Io, format!("cannot be read: {error}"))
}

/// A file that was opened, or could not be.
struct ReadFile {
    /// Its hash, if its bytes were read.
    source: Option<SourceFile>,
    parsed: Result<Parsed>,
}

fn read_listed(file: &Listed<'_>, limits: &ReadLimits) -> ReadFile {
    match bytes_of(file, limits) {
        Ok(bytes) => ReadFile {
            source: Some(SourceFile::of(&file.name, &bytes)),
            parsed: parsed_of(file, &bytes, limits),
        },
        Err(error) => ReadFile {
            source: None,
            parsed: Err(error),
        },
    }
}

fn bytes_of<'f>(file: &Listed<'f>, limits: &ReadLimits) -> Result<Cow<'f, [u8]>> {
    let largest = size_limit(&file.name, limits);
    match &file.contents {
        Contents::Path(path) => Ok(Cow::Owned(read_bytes(path, largest)?)),
        Contents::Bytes(bytes) => check_size(bytes.len(), largest).map(|()| Cow::Borrowed(*bytes)),
    }
}

fn parsed_of(file: &Listed<'_>, bytes: &[u8], limits: &ReadLimits) -> Result<Parsed> {
    let mut reading = read_as_told(bytes, &file.name, limits)?;
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

impl Listing<'_> {
    /// Reads what the `corpus.toml` of a folder says, if there is one.
    fn read_manifest(&mut self, root: &Path, folder: &mut Folder) -> Result<()> {
        let path = root.join(MANIFEST);
        if fs::symlink_metadata(&path).is_err() {
            return Ok(());
        }
        let limits = ReadLimits::default();
        let name = path.display().to_string();
        let bytes = read_bytes(&path, limits.max_text_bytes);
        let bytes = bytes.map_err(|error| error.in_file(&name))?;
        self.note(&folder.name_of(MANIFEST), &bytes);
        let manifest = Manifest::read(&bytes, &limits);
        folder.manifest = manifest.map_err(|error| error.in_file(name))?;
        Ok(())
    }

    /// Adds a path that the caller gave.
    fn add_path(&mut self, path: &Path, naming: Naming) -> Result<()> {
        let name = path.display().to_string();
        let facts = fs::metadata(path).map_err(|error| not_readable(&error).in_file(&name))?;
        if facts.is_dir() {
            return self.add_folder(path, naming);
        }
        self.add_on_disk(path, name, Vec::new());
        Ok(())
    }

    fn add_on_disk(&mut self, path: &Path, name: String, entries: Vec<ManifestEntry>) {
        let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let file = Listed {
            contents: Contents::Path(path.to_owned()),
            name,
            entries,
        };
        self.add_file(file, Some(place));
    }

    fn add_folder(&mut self, root: &Path, naming: Naming) -> Result<()> {
        let name = root.display().to_string();
        let mut folder = Folder {
            place: fs::canonicalize(root).map_err(|error| not_readable(&error).in_file(&name))?,
            prefix: match naming {
                Naming::InFolder => String::new(),
                Naming::WithFolder => format!("{}/", name.trim_end_matches('/')),
            },
            manifest: Manifest::default(),
        };
        self.read_manifest(root, &mut folder)?;
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
        let Some(entries) = self.entries_to_read(folder, in_root) else {
            return;
        };
        let name = folder.name_of(in_root);
        if facts.is_file() {
            self.add_on_disk(path, name, entries);
        } else {
            self.tell(Severity::Skipped, "not a regular file", &name);
        }
    }
}

/// Returns the names in a folder in order, without hidden ones.
fn names_in(path: &Path) -> Result<Vec<std::ffi::OsString>> {
    let entries = fs::read_dir(path).map_err(|error| not_readable(&error))?;
    let mut names = Vec::new();
    for entry in entries {
        let name = entry.map_err(|error| not_readable(&error))?.file_name();
        if !is_hidden(&name.to_string_lossy()) {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

pub(super) fn is_hidden(file_name: &str) -> bool {
    file_name.starts_with('.')
}
