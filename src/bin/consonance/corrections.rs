//! The file of corrections: read, and changed so that of several programs that write at once none loses a decision.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result};
use consonance::corpus::read_file;
use consonance::report::save;
use consonance::table::{Corrections, Decision};

use crate::inputs::parsed_at;
use crate::output::{is_same_file, tell};

/// Returns the corrections in a file.
pub(crate) fn read_corrections(path: &Path) -> Result<Corrections> {
    parsed_at(path, Corrections::parse)
}

/// Appends entries to the file of corrections, whose text is kept, and returns the corrections; a missing file is
/// created.
pub(crate) fn append(path: &Path, entries: &str) -> Result<Corrections> {
    change(path, |text| format!("{text}{}{entries}", gap_behind(text)))
}

/// The line breaks that set new entries apart from the text before them.
fn gap_behind(text: &str) -> &'static str {
    match text {
        "" => "",
        _ if text.ends_with('\n') => "\n",
        _ => "\n\n",
    }
}

/// Takes decisions out of the file again, each the last that is equal if there are several; one that is no longer
/// there is told.
pub(crate) fn take_back(path: &Path, decisions: &[Decision]) -> Result<Corrections> {
    change(path, |text| {
        let mut text = text.to_owned();
        for decision in decisions.iter().rev() {
            match entry_of(&text, decision) {
                Some(entry) => text.replace_range(entry, ""),
                None => tell(&format!(
                    "{}: not undone, since it is no longer there: {}",
                    path.display(),
                    decision.in_words()
                )),
            }
        }
        text.truncate(text.trim_end().len());
        if !text.is_empty() {
            text.push('\n');
        }
        text
    })
}

/// Returns the bytes of the last entry that says the same as a decision, without blank lines and comments after it.
fn entry_of(text: &str, decision: &Decision) -> Option<Range<usize>> {
    let mut end = text.len();
    let starts = text.rmatch_indices("[[decision]]").map(|(at, _)| at);
    for start in
        starts.filter(|start| matches!(text[..*start].chars().next_back(), None | Some('\n')))
    {
        let parsed = Corrections::parse(&text[start..end]);
        if parsed.is_ok_and(|of| of.decisions == std::slice::from_ref(decision)) {
            let is_after =
                |line: &&str| line.trim().is_empty() || line.trim_start().starts_with('#');
            let after = text[start..end]
                .split_inclusive('\n')
                .rev()
                .take_while(is_after);
            return Some(start..end - after.map(str::len).sum::<usize>());
        }
        end = start;
    }
    None
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

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str = "[[decision]]\naction = \"alone\"\nclauses = [\n    { agreement = \"a\", text = \"1\" },\n]\n";

    #[test]
    fn an_entry_ends_where_the_next_begins_and_is_found_by_what_it_says() {
        let decision = &Corrections::parse(FIRST).unwrap().decisions[0];
        let signed = format!("{FIRST}author = \"B\"\n");
        let text = format!("# mine\n{FIRST}\n# of B\n{signed}");
        assert_eq!(entry_of(&text, decision), Some(7..7 + FIRST.len()));
        assert_eq!(entry_of(&signed, decision), None, "another's");
        let windows = text.replace('\n', "\r\n");
        assert!(entry_of(&windows, decision).is_some());
    }
}
