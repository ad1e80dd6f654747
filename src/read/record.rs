//! [`Record`]: a clause with metadata of its agreement, as lines of JSON and rows of tables give it.

use std::fmt;

use serde::Deserialize;
use serde::de::{self, Deserializer, IgnoredAny, MapAccess, Visitor};

use crate::agreement::FIELDS;

/// The keys of a clause. The metadata of its agreement has the columns of [`FIELDS`] as keys.
const KEYS: [&str; 7] = [
    "id",
    "agreement",
    "clause",
    "kind",
    "heading",
    "lead_in",
    "text",
];

/// A clause record; everything but the text is optional.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record {
    pub(crate) heading: Option<String>,
    pub(crate) lead_in: Option<String>,
    pub(crate) text: Option<String>,
    /// Its other values, by key: `id`, `agreement`, `clause`, `kind` and the fields of the agreement.
    pub(crate) names: Vec<(&'static str, String)>,
}

impl Record {
    /// Returns the record key that a word names, or `None`.
    pub(crate) fn key_of(word: &str) -> Option<&'static str> {
        let of_agreement = FIELDS.iter().filter_map(|field| field.column);
        KEYS.into_iter()
            .chain(of_agreement)
            .find(|key| *key == word)
    }

    /// Returns the value of a key; the words of the clause have no key here.
    pub(crate) fn name(&self, key: &str) -> Option<&str> {
        let mut names = self.names.iter();
        let (_, name) = names.find(|(known, _)| *known == key)?;
        Some(name)
    }

    /// Sets the value of a key, replacing an earlier one; blank text removes it.
    pub(crate) fn set(&mut self, key: &'static str, words: &str) {
        if words.trim().is_empty() {
            return;
        }
        match key {
            "heading" => self.heading = Some(words.to_owned()),
            "lead_in" => self.lead_in = Some(words.to_owned()),
            "text" => self.text = Some(words.to_owned()),
            _ => {
                self.names.retain(|(known, _)| *known != key);
                self.names.push((key, words.trim().to_owned()));
            }
        }
    }
}

/// The position of a record in its file, counted from 1.
#[derive(Clone, Copy, Debug)]
pub(crate) enum RecordPlace {
    Line(usize),
    Item(usize),
}

/// A line that is not a record: where it is and why it is skipped.
#[derive(Debug)]
pub(crate) struct Bad {
    pub(crate) place: RecordPlace,
    pub(crate) reason: String,
}

impl Bad {
    pub(crate) fn in_line(line: usize, reason: String) -> Self {
        let place = RecordPlace::Line(line);
        Self { place, reason }
    }
}

impl<'de> Deserialize<'de> for Record {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(RecordVisitor)
    }
}

struct RecordVisitor;

impl<'de> Visitor<'de> for RecordVisitor {
    type Value = Record;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Record, A::Error> {
        let mut record = Record::default();
        let mut seen: Vec<&str> = Vec::new();
        while let Some(Key(key)) = map.next_key()? {
            let Some(key) = key else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            if seen.contains(&key) {
                return Err(de::Error::duplicate_field(key));
            }
            seen.push(key);
            match key {
                "heading" => record.heading = map.next_value()?,
                "lead_in" => record.lead_in = map.next_value()?,
                "text" => record.text = map.next_value()?,
                _ => {
                    if let Some(Name(name)) = map.next_value()? {
                        record.set(key, &name);
                    }
                }
            }
        }
        Ok(record)
    }
}

/// The key of a record, or `None` for a key that is ignored.
struct Key(Option<&'static str>);

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_identifier(KeyVisitor)
    }
}

struct KeyVisitor;

impl Visitor<'_> for KeyVisitor {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: de::Error>(self, word: &str) -> Result<Key, E> {
        Ok(Key(Record::key_of(word)))
    }
}

/// A name given as text or as a number.
struct Name(String);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NameVisitor)
    }
}

struct NameVisitor;

impl Visitor<'_> for NameVisitor {
    type Value = Name;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or a number")
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Name, E> {
        Ok(Name(value.to_owned()))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Name, E> {
        Ok(Name(value.to_string()))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Name, E> {
        Ok(Name(value.to_string()))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Name, E> {
        Ok(Name(value.to_string()))
    }
}
