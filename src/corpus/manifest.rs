//! [`Manifest`]: what `corpus.toml` says about a folder: its files and their metadata.

use std::collections::BTreeSet;
use std::mem;
use std::path::{Component, Path};

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};
use unicode_normalization::UnicodeNormalization;

use crate::agreement::{FIELDS, Metadata};
use crate::error::{Diagnostic, Error, ErrorKind, Result, Severity};
use crate::read::setting::{Setting, set_field, toml_error, toml_settings};
use crate::read::text;
use crate::read::text::line_of;
use crate::read::{Parsed, ReadLimits};
use crate::words::fold_name;

/// The name of the file that describes a folder.
pub(super) const MANIFEST: &str = "corpus.toml";

/// The contents of a folder's `corpus.toml`; [`Corpus::load`](crate::corpus::Corpus::load) describes them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    /// The files left out.
    exclude: Vec<String>,
    /// The entries for single files, in the order of the manifest.
    pub(super) agreements: Vec<ManifestEntry>,
}

/// The entry for one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ManifestEntry {
    /// The path of the file in the folder, parts joined by `/`.
    pub(super) file: String,
    /// The name of one of its agreements, as in the file; `None` for its only one.
    source: Option<String>,
    /// The key of its agreement.
    key: Option<String>,
    /// What is known of its agreement.
    metadata: Metadata,
    /// The line of the manifest the entry begins in, counted from 1.
    pub(super) line: usize,
}

impl Manifest {
    /// Returns the manifest in the bytes of a file.
    ///
    /// # Errors
    ///
    /// Those of [`parse`](Self::parse), and [`ErrorKind::Format`] if the bytes are not a text.
    pub(super) fn read(bytes: &[u8], limits: &ReadLimits) -> Result<Self> {
        Self::parse(&text::decode(bytes, limits, &mut Vec::new())?)
    }

    /// Parses a manifest; no file is opened.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Manifest`], with the line, if the text is not TOML, has an unknown key or a
    /// value of the wrong type, names no `file` or the same one twice, or leads out of its folder.
    pub(super) fn parse(source: &str) -> Result<Self> {
        let table = DeTable::parse(source).map_err(|error| toml_error(&error, source, 0))?;
        let mut manifest = Self::default();
        for setting in toml_settings(table.get_ref(), source) {
            let value = table.get_ref().get(setting.key.as_str());
            match (setting.key.as_str(), value) {
                // A name of the whole collection is only for human readers.
                ("name", _) => drop(setting.text()?),
                ("exclude", Some(value)) => manifest.exclude = names_of(value, &setting)?,
                ("agreement", Some(value)) => manifest.agreements = entries_of(value, source)?,
                _ => return Err(unknown(&setting, &["name", "exclude", "agreement"])),
            }
        }
        manifest.check_repeats()?;
        Ok(manifest)
    }

    fn check_repeats(&self) -> Result<()> {
        let mut said = BTreeSet::new();
        let mut entries = self.agreements.iter();
        let second = entries.find(|entry| {
            let source = entry.source.as_deref().map(fold_name);
            !said.insert((&entry.file, source))
        });
        let Some(entry) = second else {
            return Ok(());
        };
        let message = format!("the file `{}` has a second entry", entry.file);
        Err(Error::new(ErrorKind::Manifest, message).at_line(entry.line))
    }

    /// Returns the entries for a file and its agreements, by its path in the folder.
    pub(super) fn entries<'a>(&'a self, file: &'a str) -> impl Iterator<Item = &'a ManifestEntry> {
        self.agreements
            .iter()
            .filter(move |entry| is_same_path(&entry.file, file))
    }

    /// Returns whether a file is excluded, by its path in the folder.
    pub(super) fn excludes(&self, file: &str) -> bool {
        let name = file.rsplit('/').next().unwrap_or(file);
        self.exclude
            .iter()
            .any(|pattern| matches(pattern, file) || matches(pattern, name))
    }
}

impl ManifestEntry {
    /// Overrides the file's metadata with that of the manifest; the names of one agreement are not
    /// given to the several agreements of a record file.
    pub(super) fn apply(&self, reading: &mut Parsed) {
        if let Some(source) = &self.source {
            return self.apply_to_source(source, reading);
        }
        let is_single = reading.documents.len() == 1;
        for document in &mut reading.documents {
            let mut given = self.metadata.clone();
            if is_single {
                document.key = self.key.clone().or(document.key.take());
            } else {
                (given.title, given.short_name) = (None, None);
            }
            document.metadata = given.or(mem::take(&mut document.metadata));
        }
    }

    /// Does the same for the one agreement that the file calls `source`, and renames it in the
    /// file's human coding.
    fn apply_to_source(&self, source: &str, reading: &mut Parsed) {
        let wanted = fold_name(source);
        let is_meant =
            |name: &Option<String>| name.as_deref().map(fold_name).as_ref() == Some(&wanted);
        let meant = reading.documents.iter_mut().find(|document| {
            is_meant(&document.metadata.title)
                || is_meant(&document.metadata.short_name)
                || is_meant(&document.key)
        });
        let Some(document) = meant else {
            let message = format!("no agreement in it is called `{source}`, as {MANIFEST} says");
            let diagnostic = Diagnostic::new(Severity::Skipped, message);
            reading.diagnostics.push(diagnostic);
            return;
        };
        document.key = self.key.clone().or(document.key.take());
        let mut own = mem::take(&mut document.metadata);
        let given = &self.metadata;
        if let Some(name) = given.short_name.as_ref().or(given.title.as_ref()) {
            // An agreement that is its own process gets its new name there too.
            if own.process == own.title {
                own.process = Some(name.clone());
            }
            let placements = reading.placements.iter_mut();
            for placement in placements.filter(|placement| is_meant(&placement.source)) {
                placement.source = Some(name.clone());
            }
        }
        document.metadata = given.clone().or(own);
    }
}

/// Returns whether two paths differ at most in how their accents are encoded.
pub(super) fn is_same_path(a: &str, b: &str) -> bool {
    a == b || a.nfc().eq(b.nfc())
}

/// Returns whether a name matches a pattern, in which `*` matches any characters.
///
/// The first place of each part is the best one: linear in the length of the name for each part.
fn matches(pattern: &str, name: &str) -> bool {
    let [pattern, name]: [String; 2] = [pattern, name].map(|text| text.nfc().collect());
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == name;
    };
    let (middle, end) = rest.rsplit_once('*').unwrap_or(("", rest));
    let inside = name
        .strip_prefix(start)
        .and_then(|name| name.strip_suffix(end));
    let Some(mut inside) = inside else {
        return false;
    };
    for part in middle.split('*') {
        let Some(at) = inside.find(part) else {
            return false;
        };
        inside = &inside[at + part.len()..];
    }
    true
}

fn names_of(value: &Spanned<DeValue<'_>>, setting: &Setting) -> Result<Vec<String>> {
    let wrong = || {
        let message = "`exclude` must be a list of file names, such as [\"notes.md\"]";
        Error::new(ErrorKind::Manifest, message).at_line(setting.line)
    };
    let list = value.get_ref().as_array().ok_or_else(wrong)?;
    list.iter()
        .map(|name| name.get_ref().as_str().map(str::to_owned).ok_or_else(wrong))
        .collect()
}

fn entries_of(value: &Spanned<DeValue<'_>>, source: &str) -> Result<Vec<ManifestEntry>> {
    let wrong = || {
        let line = line_of(source, value.span().start);
        let message = "`agreement` must be written as [[agreement]]";
        Error::new(ErrorKind::Manifest, message).at_line(line)
    };
    let list: &DeArray<'_> = value.get_ref().as_array().ok_or_else(wrong)?;
    list.iter()
        .map(|entry| {
            let table = entry.get_ref().as_table().ok_or_else(wrong)?;
            entry_of(table, line_of(source, entry.span().start), source)
        })
        .collect()
}

fn entry_of(table: &DeTable<'_>, line: usize, source: &str) -> Result<ManifestEntry> {
    let mut entry = ManifestEntry {
        line,
        ..ManifestEntry::default()
    };
    let mut file = None;
    for setting in toml_settings(table, source) {
        match setting.key.as_str() {
            "file" => file = Some((setting.text()?.unwrap_or_default(), setting.line)),
            "key" => entry.key = setting.text()?,
            "source" => entry.source = setting.text()?,
            _ if set_field(&mut entry.metadata, &setting)? => {}
            _ => {
                let own = ["file", "source", "key"].into_iter();
                let known: Vec<&str> = own.chain(FIELDS.iter().map(|field| field.key)).collect();
                return Err(unknown(&setting, &known));
            }
        }
    }
    let Some((written, line_of_file)) = file else {
        let message = "an [[agreement]] needs a `file`";
        return Err(Error::new(ErrorKind::Manifest, message).at_line(line));
    };
    entry.file = inside_folder(&written).ok_or_else(|| {
        let message = format!("`{written}` is not a path inside the folder");
        Error::new(ErrorKind::Manifest, message).at_line(line_of_file)
    })?;
    Ok(entry)
}

/// Returns a path as the names of folders and file joined by `/`; `None` if it leads out of the folder.
fn inside_folder(written: &str) -> Option<String> {
    let mut parts = Vec::new();
    for component in Path::new(written).components() {
        match component {
            Component::Normal(part) => parts.push(part.to_str()?),
            Component::CurDir => {}
            _ => return None,
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

fn unknown(setting: &Setting, known: &[&str]) -> Error {
    let known = known.join(", ");
    let message = format!("unknown key `{}`; the keys here are {known}", setting.key);
    Error::new(ErrorKind::Manifest, message).at_line(setting.line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_adds_metadata_to_its_files() {
        let manifest = Manifest::parse(
            "name = \"Sea\"\nexclude = [\"notes.md\"]\n\n[[agreement]]\nfile = \"./a/b.md\"\n\
             key = \"harbor\"\nyear = 2015\nfirst_published = 2015-07\nlanguage = \"fr\"\n"
                .replace("2015-07\n", "\"2015-07\"\n")
                .as_str(),
        )
        .unwrap();
        let entry = manifest.entries("a/b.md").next().unwrap();
        assert_eq!(entry.key.as_deref(), Some("harbor"));
        assert_eq!(entry.metadata.year, Some(2015));
        assert_eq!(entry.metadata.first_published.as_deref(), Some("2015-07"));
        assert!(manifest.excludes("deep/notes.md") && !manifest.excludes("notes.txt"));
    }

    #[test]
    fn a_broken_manifest_names_the_line() {
        let cases = [
            ("name = \"x\"\ncolor = 1\n", "`color`", 2),
            ("[[agreement]]\nfile = \"a\"\nyaer = 2015\n", "`yaer`", 3),
            (
                "[[agreement]]\nfile = \"a\"\nyear = \"soon\"\n",
                "`year`",
                3,
            ),
            ("\n[[agreement]]\ntitle = \"a\"\n", "`file`", 2),
            ("[[agreement]]\nfile = \"../a\"\n", "inside", 2),
            ("[[agreement]]\nfile = \"/etc/hosts\"\n", "inside", 2),
            ("[agreement]\nfile = \"a\"\n", "[[agreement]]", 1),
            ("exclude = \"a\"\n", "list", 1),
            ("name = \n", "TOML", 1),
            (
                "[[agreement]]\nfile = \"a\"\n[[agreement]]\nfile = \"a\"\n",
                "second",
                3,
            ),
        ];
        for (source, word, line) in cases {
            let error = Manifest::parse(source).unwrap_err();
            assert!(error.to_string().contains(word), "{error}");
            assert_eq!(error.line(), Some(line), "{error}");
        }
    }

    #[test]
    fn a_star_matches_any_characters() {
        let cases = [
            ("*.md", "a.md", true),
            ("old/*", "old/deep/a.md", true),
            ("a*b*c", "a-b-b-c", true),
            ("a*b", "a-b-c", false),
            ("caf\u{E9}.md", "cafe\u{301}.md", true),
            ("", "a", false),
        ];
        for (pattern, name, expected) in cases {
            assert_eq!(matches(pattern, name), expected, "{pattern} {name}");
        }
        assert!(!matches(&"*a".repeat(200), &"b".repeat(2_000)));
    }
}
