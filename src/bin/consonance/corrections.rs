//! The file of corrections: read, and changed so that of several programs that write at once none loses a decision.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

use anyhow::{Context, Result};
use consonance::corpus::read_file;
use consonance::report::save;
use consonance::table::Corrections;

use crate::inputs::parsed_at;
use crate::output::is_same_file;

/// Returns the corrections in a file.
pub(crate) fn read_corrections(path: &Path) -> Result<Corrections> {
    parsed_at(path, Corrections::parse)
}

/// Appends entries to the file of corrections, whose text is kept, and returns the corrections; a missing file is
/// created.
pub(crate) fn append(path: &Path, entries: &str) -> Result<Corrections> {
    change(path, |text| {
        let gap = match text {
            "" => "",
            _ if text.ends_with('\n') => "\n",
            _ => "\n\n",
        };
        format!("{text}{gap}{entries}")
    })
}

/// Takes entries out of the file again, the last if they are there several times.
pub(crate) fn take_back(path: &Path, entries: &str) -> Result<Corrections> {
    change(path, |text| match text.rfind(entries) {
        Some(at) => {
            let before = text[..at].trim_end_matches('\n');
            let end = if before.is_empty() { "" } else { "\n" };
            format!("{before}{end}{}", &text[at + entries.len()..])
        }
        None => text.to_owned(),
    })
}

/// Changes the text of the file, which is locked meanwhile.
fn change(path: &Path, changed: impl FnOnce(&str) -> String) -> Result<Corrections> {
    let _lock = lock(path).with_context(|| path.display().to_string())?;
    let text = changed(&read_file(path)?);
    let corrections = Corrections::parse(&text).context("the corrections with the new entry")?;
    save(path, &text)?;
    Ok(corrections)
}

/// Returns the file at `path`, which is created if missing, locked until it is dropped.
fn lock(path: &Path) -> io::Result<File> {
    loop {
        let file = OpenOptions::new().append(true).create(true).open(path)?;
        file.lock()?;
        // While this program waited, another may have put a new file in its place.
        let is_replaced = match fs::metadata(path) {
            Ok(there) => !is_same_file(&file.metadata()?, &there),
            Err(_) => true,
        };
        if !is_replaced || cfg!(not(unix)) {
            return Ok(file);
        }
    }
}
