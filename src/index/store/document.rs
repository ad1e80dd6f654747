//! [`ClauseDocument`]: the values of a clause as the index library takes them, in memory that is used again.

use std::iter::Empty;
use std::ops::Range;
use std::sync::Arc;

use tantivy::schema::Field;
use tantivy::schema::document::{Document, ReferenceValue, ReferenceValueLeaf, Value};

/// The values of a clause; the library drops it when the clause is written, and then its memory is free for
/// the next one.
#[derive(Clone, Debug)]
pub(crate) struct ClauseDocument(pub(crate) Arc<FieldValues>);

/// The values of a clause by field.
#[derive(Clone, Debug, Default)]
pub(crate) struct FieldValues {
    /// All texts, one after the other.
    texts: String,
    values: Vec<(Field, Held)>,
}

#[derive(Clone, Debug)]
enum Held {
    /// A part of the texts.
    Text(Range<usize>),
    Number(u64),
}

impl FieldValues {
    /// Removes all values and keeps the memory.
    pub(crate) fn clear(&mut self) {
        self.texts.clear();
        self.values.clear();
    }

    pub(crate) fn add_number(&mut self, field: Field, number: u64) {
        self.values.push((field, Held::Number(number)));
    }

    pub(crate) fn add_text(&mut self, field: Field, text: &str) {
        self.write_text(field, |texts| texts.push_str(text));
    }

    /// Adds the text that `write` writes to the end of a string; returns what it returns.
    pub(crate) fn write_text<T>(
        &mut self,
        field: Field,
        write: impl FnOnce(&mut String) -> T,
    ) -> T {
        let start = self.texts.len();
        let written = write(&mut self.texts);
        let range = start..self.texts.len();
        self.values.push((field, Held::Text(range)));
        written
    }
}

/// A value of a clause.
#[derive(Clone, Copy, Debug)]
pub(crate) enum FieldValue<'a> {
    Text(&'a str),
    Number(u64),
}

impl<'a> Value<'a> for FieldValue<'a> {
    type ArrayIter = Empty<Self>;
    type ObjectIter = Empty<(&'a str, Self)>;

    fn as_value(&self) -> ReferenceValue<'a, Self> {
        ReferenceValue::Leaf(match *self {
            Self::Text(text) => ReferenceValueLeaf::Str(text),
            Self::Number(number) => ReferenceValueLeaf::U64(number),
        })
    }
}

/// Iterates over the values of a clause.
#[derive(Debug)]
pub(crate) struct EachValue<'a> {
    texts: &'a str,
    values: std::slice::Iter<'a, (Field, Held)>,
}

impl<'a> Iterator for EachValue<'a> {
    type Item = (Field, FieldValue<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let (field, held) = self.values.next()?;
        let value = match held {
            Held::Text(range) => FieldValue::Text(&self.texts[range.clone()]),
            Held::Number(number) => FieldValue::Number(*number),
        };
        Some((*field, value))
    }
}

impl Document for ClauseDocument {
    type Value<'a> = FieldValue<'a>;
    type FieldsValuesIter<'a> = EachValue<'a>;

    fn iter_fields_and_values(&self) -> EachValue<'_> {
        EachValue {
            texts: &self.0.texts,
            values: self.0.values.iter(),
        }
    }
}
