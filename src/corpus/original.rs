//! [`Original`]: where the words of a clause are in the file they come from.

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::digest::sha256_of;
use crate::read::{Body, Document, start_after};

/// A file that was read: a text, or the `corpus.toml` of a folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SourceFile {
    /// Its name, relative to the folder that was read.
    pub file: String,
    /// The SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: String,
}

impl SourceFile {
    /// Returns a file of this name and content.
    pub(super) fn of(name: &str, bytes: &[u8]) -> Self {
        Self {
            file: name.to_owned(),
            sha256: sha256_of(bytes),
        }
    }
}

/// Where the words of a clause are in the file they come from.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams, find_clause};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let clause = find_clause(&corpus, "AU Convention 25(4)")?;
/// let original = corpus.original(clause).expect("it was read from a file");
/// assert_eq!(original.file, "au2014.md");
/// assert_eq!(original.sha256.map(|digits| digits.len()), Some(64));
/// let n_bytes: usize = original.bytes.iter().map(|range| range.len()).sum();
/// assert_eq!(n_bytes, corpus.text(clause).len());
/// # Ok::<(), consonance::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Original {
    /// The name of the file, relative to the folder that was read.
    pub file: String,
    /// The SHA-256 of the file's bytes, in hexadecimal digits; `None` if they were not at hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// The bytes of its words in the text of the file ([`add_to_file_text`](crate::read::add_to_file_text)):
    /// one range, or several if page furniture is between them. Joined, they are its words.
    pub bytes: Vec<Range<usize>>,
}

impl Original {
    /// Returns the bytes as `120..240`, of several ranges separated by `; `.
    pub(crate) fn bytes_in_words(&self) -> String {
        let ranges = self.bytes.iter();
        let ranges = ranges.map(|range| format!("{}..{}", range.start, range.end));
        ranges.collect::<Vec<_>>().join("; ")
    }
}

/// A part of an agreement's text, and where it is in the text of its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FilePart {
    /// The name of the file.
    file: Arc<str>,
    /// The bytes of the agreement's text.
    range: Range<usize>,
    /// Where the part begins in the text of the file.
    start: usize,
}

/// The parts of an agreement's text, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct FileParts(Vec<FilePart>);

impl FileParts {
    /// Adds the part that follows the others; one that also follows in its file makes the last longer.
    pub(super) fn add(&mut self, file: &Arc<str>, range: Range<usize>, start: usize) {
        if let Some(last) = self.0.last_mut() {
            let between = range.start - last.range.end;
            let is_next = start == last.start + last.range.len() + between;
            if last.file == *file && is_next {
                last.range.end = range.end;
                return;
            }
        }
        let file = Arc::clone(file);
        self.0.push(FilePart { file, range, start });
    }

    /// Returns the file of a clause's words, and their bytes in its text; `None` if they are in no file.
    pub(super) fn locate(&self, ranges: &[Range<usize>]) -> Option<(&str, Vec<Range<usize>>)> {
        let first = ranges.first()?;
        let place = self
            .0
            .partition_point(|part| part.range.end <= first.start && part.range.end < first.end);
        let part = self.0.get(place)?;
        let bytes = ranges.iter().map(|range| {
            let start = range.start.checked_sub(part.range.start)? + part.start;
            Some(start..start + range.len())
        });
        Some((&part.file, bytes.collect::<Option<_>>()?))
    }
}

/// Returns where each document of a file begins in the text of the file: its first ready clause, if it has such.
pub(super) fn starts_of(documents: &[Document]) -> Vec<usize> {
    let mut n_bytes = 0;
    let starts = documents.iter().map(|document| {
        let start = start_after(n_bytes);
        match &document.body {
            Body::Text { text, .. } => n_bytes = start + text.len(),
            Body::Clauses(records) => {
                for record in records {
                    n_bytes = start_after(n_bytes) + record.text.len();
                }
            }
        }
        start
    });
    starts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_follow_each_other_are_one_and_others_are_found() {
        let file: Arc<str> = "a.jsonl".into();
        let mut parts = FileParts::default();
        // In the file: "aaaa", "cccc", "bb" at 0, 6 and 12; in the agreement in the order of their labels.
        parts.add(&file, 0..4, 0);
        parts.add(&file, 6..8, 12);
        parts.add(&file, 10..14, 6);
        assert_eq!(parts.0.len(), 3);
        let cases = [(0..4, 0..4), (1..3, 1..3), (6..8, 12..14), (11..14, 7..10)];
        for (range, expected) in cases {
            let found = parts.locate(&[range]);
            assert_eq!(found, Some(("a.jsonl", vec![expected])));
        }
        let mut parts = FileParts::default();
        parts.add(&file, 0..4, 0);
        parts.add(&file, 6..8, 6);
        assert_eq!(parts.0.len(), 1);
        let other: Arc<str> = "b.txt".into();
        parts.add(&other, 8..12, 8);
        assert_eq!(
            parts.locate(&[8..9, 10..12]),
            Some(("b.txt", vec![8..9, 10..12]))
        );
        assert_eq!(parts.locate(std::slice::from_ref(&(20..21))), None);
        assert_eq!(parts.locate(&[]), None);
    }
}
