//! [`Package`]: a ZIP archive that inflates only the requested entries.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::error::{Diagnostic, Error, ErrorKind, Result, Severity};
use crate::read::kind::Kind;
use crate::read::limits::{ReadLimits, within};

/// An entry that inflates to no more than this is never refused for its compression ratio.
const SMALL_BYTES: u64 = 1 << 20;

/// An open archive with the number of bytes that may still be inflated.
#[derive(Debug)]
pub(crate) struct Package<'a> {
    bytes: &'a [u8],
    archive: ZipArchive<Cursor<&'a [u8]>>,
    names: Vec<String>,
    limits: &'a ReadLimits,
    n_left: u64,
}

impl<'a> Package<'a> {
    /// Opens an archive.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Format`] if it is damaged, [`ErrorKind::Limit`] if it has too many entries.
    pub(crate) fn open(bytes: &'a [u8], limits: &'a ReadLimits) -> Result<Self> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
        let rule = "the archive has more than {} entries";
        within(archive.len(), limits.max_entries, rule)?;
        let names: std::result::Result<Vec<String>, _> = archive
            .file_names()
            .map(|name| name.map(Cow::into_owned))
            .collect();
        let mut names = names.map_err(|error| damaged(&error))?;
        names.sort();
        Ok(Self {
            bytes,
            archive,
            names,
            limits,
            n_left: u64::try_from(limits.max_archive_bytes).unwrap_or(u64::MAX),
        })
    }

    /// Returns the names of the entries in order.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// Tells of each name that several entries have: an entry is found by its name, so only the last one is read.
    pub(crate) fn tell_double_names(&self, file_name: &str) -> Vec<Diagnostic> {
        if !self.archive.has_duplicate_names() {
            return Vec::new();
        }
        let start = usize::try_from(self.archive.central_directory_start()).unwrap_or(usize::MAX);
        let mut times: BTreeMap<&[u8], usize> = BTreeMap::new();
        for name in names_in_directory(self.bytes.get(start..).unwrap_or_default()) {
            *times.entry(name).or_default() += 1;
        }
        let doubles = times.into_iter().filter(|(_, n)| *n > 1);
        let told = doubles.map(|(name, n)| {
            let message = format!("{n} files in the archive have this name: only the last is read");
            let whole = format!("{file_name}/{}", String::from_utf8_lossy(name));
            Diagnostic::new(Severity::Skipped, message).in_file(whole)
        });
        told.collect()
    }

    /// Returns the kind of its contents.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Format`] if it is a document of an unsupported kind.
    pub(crate) fn content(&self) -> Result<Kind> {
        const NOT_READ: [(&str, &str); 4] = [
            ("xl/workbook.bin", "a binary spreadsheet (XLSB)"),
            ("ppt/presentation", "a presentation (PPTX)"),
            ("META-INF/container.xml", "an electronic book (EPUB)"),
            ("Payload/", "a program"),
        ];
        let has = |start: &str| self.names.iter().any(|name| name.starts_with(start));
        if has("word/document") && has("[Content_Types].xml") {
            return Ok(Kind::Docx);
        }
        if has("xl/workbook.xml") && has("[Content_Types].xml") {
            return Ok(Kind::Xlsx);
        }
        if has("content.xml") && has("META-INF/manifest.xml") {
            return Ok(Kind::Odt);
        }
        match NOT_READ.iter().find(|(start, _)| has(start)) {
            Some((_, what)) => {
                let message = format!("this is {what}, which is not read yet by this version");
                Err(Error::new(ErrorKind::Format, message))
            }
            None => Ok(Kind::Archive),
        }
    }

    /// Returns the bytes of an entry, if it exists.
    ///
    /// The sizes that the archive declares are not trusted.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Format`] if the entry is damaged or encrypted, [`ErrorKind::Limit`] if it inflates
    /// to too much.
    pub(crate) fn entry(&mut self, name: &str) -> Result<Option<Vec<u8>>> {
        let Some(index) = self.archive.index_for_name(name) else {
            return Ok(None);
        };
        let entry = self
            .archive
            .by_index(index)
            .map_err(|error| damaged(&error))?;
        let ratio = u64::try_from(self.limits.max_inflation).unwrap_or(u64::MAX);
        let by_ratio = entry
            .compressed_size()
            .saturating_mul(ratio)
            .max(SMALL_BYTES);
        let by_size = u64::try_from(self.limits.max_entry_bytes).unwrap_or(u64::MAX);
        let limit = by_ratio.min(by_size).min(self.n_left);
        let mut bytes = Vec::new();
        entry
            .take(limit.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|error| damaged(&error))?;
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if length > limit {
            let message = if limit == by_ratio {
                format!("`{name}` inflates to more than {ratio} times its size")
            } else {
                format!("`{name}` inflates to more than {limit} bytes")
            };
            return Err(Error::new(ErrorKind::Limit, message));
        }
        self.n_left -= length;
        Ok(Some(bytes))
    }
}

/// Returns the names of the entries of an archive, in the order of its directory, which begins with the `bytes`.
fn names_in_directory(mut bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    /// The bytes of an entry before its name.
    const FIXED: usize = 46;
    std::iter::from_fn(move || {
        if !bytes.starts_with(b"PK\x01\x02") {
            return None;
        }
        let length_at = |at: usize| {
            let pair = bytes.get(at..at + 2)?;
            Some(usize::from(u16::from_le_bytes(pair.try_into().ok()?)))
        };
        let (of_name, of_extra, of_remark) = (length_at(28)?, length_at(30)?, length_at(32)?);
        let name = bytes.get(FIXED..FIXED + of_name)?;
        bytes = bytes.get(FIXED + of_name + of_extra + of_remark..)?;
        Some(name)
    })
}

fn damaged(error: &dyn std::fmt::Display) -> Error {
    let message = format!("the archive is damaged or encrypted: {error}");
    Error::new(ErrorKind::Format, message)
}
