//! [`Agreement`]: one text (a report, code, call, convention, resolution) and what is known of it.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::id::ProcessId;
use crate::language::Language;

/// What is known of an agreement besides its text; every part may be unknown.
///
/// The same fields stand in a manifest entry and in the front matter of a Markdown file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Metadata {
    /// The full title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// A name short enough for a citation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub short_name: Option<String>,
    /// The process the agreement belongs to, such as "UN GGE".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub process: Option<String>,
    /// The body that adopted it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// The year of the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// When its wording was first public: a year, a month or a day (`2015`, `2015-07`,
    /// `2015-07-22`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_published: Option<String>,
    /// Who speaks: states, companies, experts ...
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor_kind: Option<String>,
    /// The part of the world it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The legal status: convention, resolution, political declaration ...
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The language of the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Where the official text is to be found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// A remark of whoever prepared the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Metadata {
    /// Returns the metadata with every unknown part taken from `other`.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            title: self.title.or(other.title),
            short_name: self.short_name.or(other.short_name),
            process: self.process.or(other.process),
            body: self.body.or(other.body),
            year: self.year.or(other.year),
            first_published: self.first_published.or(other.first_published),
            actor_kind: self.actor_kind.or(other.actor_kind),
            region: self.region.or(other.region),
            status: self.status.or(other.status),
            language: self.language.or(other.language),
            address: self.address.or(other.address),
            note: self.note.or(other.note),
        }
    }
}

/// One text of a corpus, whole and unchanged, and what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Agreement {
    /// The key that names it in clause keys and reports, such as `gge2015`: unique in its corpus.
    pub key: String,
    /// The name to cite it by: the short name, else the title, else the key.
    pub name: String,
    /// The process it belongs to.
    pub process: ProcessId,
    /// The language of its text, given or detected.
    pub language: Language,
    /// What else is known.
    pub metadata: Metadata,
    /// The file it was read from, relative to the folder that was read.
    pub file: Option<String>,
    /// The text, of which every clause is a byte range.
    pub text: String,
}

/// Returns a name without accents, case and punctuation, words parted by one space.
pub(crate) fn fold_name(name: &str) -> String {
    let plain: String = name
        .nfkd()
        .filter(|c| !is_combining_mark(*c) && !matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´'))
        .flat_map(char::to_lowercase)
        .collect();
    plain
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Orders names as a reader would: runs of digits by value, the rest by character.
pub(crate) fn natural_order(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a, b);
    while !left.is_empty() && !right.is_empty() {
        let (left_part, left_rest) = split_run(left);
        let (right_part, right_rest) = split_run(right);
        let order = match (digits_of(left_part), digits_of(right_part)) {
            (Some(x), Some(y)) => x.len().cmp(&y.len()).then_with(|| x.cmp(y)),
            _ => left_part.cmp(right_part),
        };
        if order != Ordering::Equal {
            return order;
        }
        (left, right) = (left_rest, right_rest);
    }
    left.len().cmp(&right.len()).then_with(|| a.cmp(b))
}

/// Returns the digits of a run without leading zeros, if it is one of digits.
fn digits_of(run: &str) -> Option<&str> {
    run.starts_with(|c: char| c.is_ascii_digit())
        .then(|| run.trim_start_matches('0'))
}

/// Splits off the leading run of digits, or of anything else.
fn split_run(text: &str) -> (&str, &str) {
    let is_number = text.starts_with(|c: char| c.is_ascii_digit());
    let end = text
        .find(|c: char| c.is_ascii_digit() != is_number)
        .unwrap_or(text.len());
    text.split_at(end)
}
