//! [`Stored`]: the stored fields of a clause.

use tantivy::schema::Field;
use tantivy::schema::document::{
    DeserializeError, DocumentDeserialize, DocumentDeserializer, ValueDeserialize,
    ValueDeserializer,
};
use tantivy::{DocAddress, Searcher};

use crate::error::Result;
use crate::index::store::schema::{Fields, OrIndexError};

const READING: &str = "a clause cannot be read from the index";

/// The stored fields of a clause.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stored {
    pub(crate) key: String,
    /// What its citation has after the name of the agreement.
    pub(crate) mark: String,
    pub(crate) text: String,
}

/// The stored texts of a clause, as received; the index library's own document type would copy each.
struct StoredFields(Vec<(Field, String)>);

impl DocumentDeserialize for StoredFields {
    fn deserialize<'de, D>(mut deserializer: D) -> std::result::Result<Self, DeserializeError>
    where
        D: DocumentDeserializer<'de>,
    {
        let mut fields = Vec::with_capacity(deserializer.size_hint());
        while let Some((field, StoredText(text))) = deserializer.next_field()? {
            fields.push((field, text));
        }
        Ok(Self(fields))
    }
}

struct StoredText(String);

impl ValueDeserialize for StoredText {
    fn deserialize<'de, D>(deserializer: D) -> std::result::Result<Self, DeserializeError>
    where
        D: ValueDeserializer<'de>,
    {
        deserializer.deserialize_string().map(Self)
    }
}

impl Stored {
    /// Reads the stored fields of the clause at an address.
    pub(crate) fn read(searcher: &Searcher, fields: Fields, address: DocAddress) -> Result<Self> {
        let document = searcher.doc::<StoredFields>(address);
        let mut stored = Self::default();
        for (field, text) in document.or_index_error(READING)?.0 {
            match field {
                _ if field == fields.key => stored.key = text,
                _ if field == fields.mark => stored.mark = text,
                _ if field == fields.text => stored.text = text,
                _ => {}
            }
        }
        Ok(stored)
    }
}
