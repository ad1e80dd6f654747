//! ZIP archives of readable files: each entry is read like a file.

use crate::error::{Diagnostic, Error, ErrorKind, Result, Severity};
use crate::read::document::Parsed;
use crate::read::kind::is_document_name;
use crate::read::package::Package;

/// Reads with `read_entry` every entry whose name is that of a document.
///
/// Other entries are reported. Diagnostics are named `archive.zip/inner.md`; so are documents without a key.
///
/// # Errors
///
/// [`ErrorKind::Limit`] if the archive exceeds a limit, [`ErrorKind::Format`] if nothing in it
/// could be read, with the first reason.
pub(crate) fn read(
    mut package: Package<'_>,
    file_name: &str,
    read_entry: impl Fn(&[u8], &str) -> Result<Parsed>,
) -> Result<Parsed> {
    let mut all = Parsed::default();
    let mut first_refusal = None;
    let names: Vec<String> = package.names().to_vec();
    for name in names.iter().filter(|name| !is_hidden(name)) {
        let whole = format!("{file_name}/{name}");
        if !is_document_name(name) {
            let message = "no agreement, by the ending of its name";
            let skipped = Diagnostic::new(Severity::Skipped, message).in_file(whole);
            all.diagnostics.push(skipped);
            continue;
        }
        let bytes = match package.entry(name) {
            Err(error) if error.kind() == ErrorKind::Limit => return Err(error),
            Err(error) => Err(error),
            Ok(bytes) => Ok(bytes.unwrap_or_default()),
        };
        match bytes.and_then(|bytes| read_entry(&bytes, &whole)) {
            Ok(reading) => add(&mut all, reading, name, &whole),
            Err(error) => {
                let error = error.in_file(&whole);
                all.diagnostics.push(Diagnostic::refusal(&error));
                first_refusal = first_refusal.or(Some(error));
            }
        }
    }
    if !all.documents.is_empty() {
        return Ok(all);
    }
    let error = Error::new(
        ErrorKind::Format,
        "the archive holds no file that can be read",
    );
    Err(match first_refusal {
        Some(reason) => error.caused_by(reason),
        None => error,
    })
}

/// Returns whether an entry is a folder or a file that an operating system adds.
fn is_hidden(name: &str) -> bool {
    let has_hidden = name
        .split('/')
        .any(|part| part.starts_with('.') || part == "__MACOSX");
    name.ends_with('/') || has_hidden
}

fn add(all: &mut Parsed, reading: Parsed, name: &str, whole: &str) {
    let is_single = reading.documents.len() == 1;
    for mut document in reading.documents {
        if document.key.is_none() && is_single {
            let last = name.rsplit('/').next().unwrap_or(name);
            let stem = last.split('.').next().unwrap_or(last);
            document.key = Some(stem.to_owned());
        }
        all.documents.push(document);
    }
    all.placements.extend(reading.placements);
    for mut diagnostic in reading.diagnostics {
        diagnostic.file = Some(whole.to_owned());
        all.diagnostics.push(diagnostic);
    }
}
