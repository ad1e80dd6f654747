//! [`Agreement`]: one text (a report, code, call, convention, resolution) and its metadata.
//!
//! For whoever fills in or reads what is known of a text: its process, year, status.

use std::cmp::Ordering;
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use crate::id::ProcessId;
use crate::language::Language;

/// What is known of an agreement besides its text; every field may be unknown.
///
/// The same fields, under the same names, occur in manifests, in the front matter of Markdown
/// files, in clause records and in the tables that this crate writes.
///
/// # Examples
///
/// ```
/// use consonance::read::{ReadLimits, read};
///
/// let file = "+++\ntitle = \"Code of the Sea\"\nyear = 2015\n+++\n1. Members shall keep a light.";
/// let parsed = read(file.as_bytes(), "code.md", &ReadLimits::default())?;
/// let metadata = &parsed.documents[0].metadata;
/// assert_eq!(metadata.title.as_deref(), Some("Code of the Sea"));
/// assert_eq!(metadata.year, Some(2015));
/// assert_eq!(metadata.process, None);
/// # Ok::<(), consonance::Error>(())
/// ```
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
    /// When its wording was first public: a year, a month or a day (`2015`, `2015-07`, `2015-07-22`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_published: Option<String>,
    /// Who speaks: states, companies, experts ...
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor_kind: Option<String>,
    /// The part of the world it applies to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The legal status: convention, resolution, political declaration ...
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The language of the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// The address of the official text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// A note by the person who prepared the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Metadata {
    /// Returns the metadata with every unknown field taken from `other`.
    #[must_use]
    pub fn or(mut self, mut other: Self) -> Self {
        for field in &FIELDS {
            (field.complete)(&mut self, &mut other);
        }
        self
    }
}

/// A field of [`Metadata`]: its names in files, and how it is read and written.
pub(crate) struct Field {
    /// Its key in manifests and front matter.
    pub(crate) key: &'static str,
    /// Its column in tables of clauses and its key in records; `None` if they do not have it.
    pub(crate) column: Option<&'static str>,
    /// The title of its column in a list of sources; `None` if such a list does not have it.
    pub(crate) title: Option<&'static str>,
    /// What its value must be, for messages.
    pub(crate) must_be: &'static str,
    get: fn(&Metadata) -> Option<String>,
    set: fn(&mut Metadata, &str) -> bool,
    complete: fn(&mut Metadata, &mut Metadata),
}

macro_rules! field {
    ($name:ident, $column:expr, $title:expr, $must_be:expr) => {
        Field {
            key: stringify!($name),
            column: $column,
            title: $title,
            must_be: $must_be,
            get: |metadata| metadata.$name.as_ref().map(Value::print),
            set: |metadata, words| {
                metadata.$name = Value::parse(words);
                metadata.$name.is_some()
            },
            complete: |metadata, other| {
                metadata.$name = metadata.$name.take().or(other.$name.take());
            },
        }
    };
}

/// The most bytes of a name, a title and the like, which are said again with each clause and each cell.
pub(crate) const MAX_NAME: usize = 1_000;

/// Every field of [`Metadata`], in its order.
pub(crate) const FIELDS: [Field; 12] = [
    field!(title, Some("title"), Some("Title"), "a text"),
    field!(short_name, Some("short_name"), None, "a text"),
    field!(process, Some("process"), Some("Process"), "a text"),
    field!(body, Some("body"), Some("Adopted by"), "a text"),
    field!(year, Some("year"), Some("Year"), "a year such as 2015"),
    field!(
        first_published,
        Some("first_published"),
        Some("First published"),
        "a text"
    ),
    field!(actor_kind, Some("actor_kind"), Some("Actors"), "a text"),
    field!(region, Some("region"), Some("Region"), "a text"),
    field!(status, Some("status"), Some("Status"), "a text"),
    field!(
        language,
        Some("lang"),
        Some("Language"),
        "a language tag such as `en`"
    ),
    field!(address, Some("address"), Some("Address"), "a text"),
    field!(note, None, None, "a text"),
];

impl Field {
    /// Returns the field that a key of a manifest or of front matter names, or `None`.
    pub(crate) fn of_key(key: &str) -> Option<&'static Self> {
        let mut fields = FIELDS.iter();
        fields.find(|field| field.key == key || field.column == Some(key))
    }

    /// Returns the field that a column of a table of clauses, or a key of a record, names, or `None`.
    pub(crate) fn of_column(column: &str) -> Option<&'static Self> {
        FIELDS.iter().find(|field| field.column == Some(column))
    }

    /// Returns the value as text, if it is known.
    pub(crate) fn get(&self, metadata: &Metadata) -> Option<String> {
        (self.get)(metadata)
    }

    /// Cuts a value that is longer than any name; returns the number of its bytes if it was.
    pub(crate) fn shorten(&self, metadata: &mut Metadata) -> Option<usize> {
        let words = self.get(metadata).filter(|words| words.len() > MAX_NAME)?;
        self.set(metadata, &words[..words.floor_char_boundary(MAX_NAME)]);
        Some(words.len())
    }

    /// Sets the value from text; returns whether the text is a valid value. Blank text means that
    /// the value is unknown.
    pub(crate) fn set(&self, metadata: &mut Metadata, words: &str) -> bool {
        let words = words.trim();
        (self.set)(metadata, words) || words.is_empty()
    }
}

/// The value of a field of [`Metadata`].
trait Value: Sized {
    /// Parses trimmed text.
    fn parse(words: &str) -> Option<Self>;
    fn print(&self) -> String;
}

impl Value for String {
    fn parse(words: &str) -> Option<Self> {
        (!words.is_empty()).then(|| words.to_owned())
    }

    fn print(&self) -> String {
        self.clone()
    }
}

/// The years that an agreement may be of.
pub(crate) const YEARS: RangeInclusive<i32> = 1..=9_999;

/// A year, alone or at the start of a date.
impl Value for i32 {
    fn parse(words: &str) -> Option<Self> {
        let first = words.split('-').next().filter(|part| !part.is_empty());
        let year = first.unwrap_or(words).parse().ok();
        year.filter(|year| YEARS.contains(year))
    }

    fn print(&self) -> String {
        self.to_string()
    }
}

impl Value for Language {
    fn parse(words: &str) -> Option<Self> {
        Self::from_tag(words)
    }

    fn print(&self) -> String {
        self.to_string()
    }
}

/// One text of a corpus, whole and unchanged, with its metadata.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let first = &corpus.agreements()[0];
/// assert_eq!(first.key, "arab2010");
/// assert_eq!(first.name, "Arab Conv. 2010");
/// assert_eq!(corpus.process(first.process).name, "Arab League");
/// assert_eq!(first.metadata.first_published.as_deref(), Some("2010-12-21"));
/// # Ok::<(), consonance::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Agreement {
    /// The key that identifies it in clause keys and reports, such as `gge2015`; unique in its corpus.
    pub key: String,
    /// The name to cite it by: the short name, else the title, else the key.
    pub name: String,
    /// The process it belongs to.
    pub process: ProcessId,
    /// The language of its text, given or detected.
    pub language: Language,
    /// The other metadata.
    pub metadata: Metadata,
    /// The file it was read from, relative to the folder that was read.
    pub file: Option<String>,
    /// The text, of which every clause is a byte range.
    pub text: String,
}

/// Compares names as a reader would: runs of digits by value, the rest by character.
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

/// Returns a run of digits without leading zeros; `None` if the run is not of digits.
fn digits_of(run: &str) -> Option<&str> {
    run.starts_with(|c: char| c.is_ascii_digit())
        .then(|| run.trim_start_matches('0'))
}

/// Splits off the leading run of digits, or of non-digits.
fn split_run(text: &str) -> (&str, &str) {
    let is_number = text.starts_with(|c: char| c.is_ascii_digit());
    let end = text
        .find(|c: char| c.is_ascii_digit() != is_number)
        .unwrap_or(text.len());
    text.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_parsed_back_from_its_printed_form() {
        for field in &FIELDS {
            let written = match field.key {
                "year" => "2015",
                "language" => "fr",
                _ => "some words",
            };
            let mut metadata = Metadata::default();
            assert!(field.set(&mut metadata, &format!(" {written} ")));
            assert_eq!(field.get(&metadata).as_deref(), Some(written));
            let completed = Metadata::default().or(metadata.clone());
            assert_eq!(completed, metadata, "{}", field.key);
            assert!(field.set(&mut metadata, " "));
            assert_eq!(metadata, Metadata::default(), "{}", field.key);
        }
    }

    #[test]
    fn fields_have_the_names_of_the_serialized_metadata() {
        let mut metadata = Metadata::default();
        for field in &FIELDS {
            let words = if field.key == "language" {
                "fr"
            } else {
                "2015"
            };
            assert!(field.set(&mut metadata, words));
        }
        let data = serde_json::to_value(&metadata).unwrap();
        let mut keys: Vec<&str> = FIELDS.iter().map(|field| field.key).collect();
        keys.sort_unstable();
        let found: Vec<&String> = data.as_object().unwrap().keys().collect();
        assert_eq!(found, keys);
    }

    #[test]
    fn a_year_may_begin_a_date_but_not_other_words() {
        let mut metadata = Metadata::default();
        let year = Field::of_key("year").unwrap();
        assert!(year.set(&mut metadata, "2015-07-22") && metadata.year == Some(2015));
        for words in ["soon", "0", "-500", "10000", "2147483647", "99999999999"] {
            assert!(!year.set(&mut metadata, words), "{words}");
        }
    }
}
