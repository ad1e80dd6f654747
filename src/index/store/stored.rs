//! [`Stored`]: the stored fields of a clause.

use tantivy::DocAddress;
use tantivy::schema::Field;
use tantivy::schema::document::{
    DeserializeError, DocumentDeserialize, DocumentDeserializer, ValueDeserialize,
    ValueDeserializer,
};

use crate::error::Result;
use crate::index::query::filter::Facts;
use crate::index::retrieve::highlight::{Marker, OccurrenceRanges, ReadClause, Wanted};
use crate::index::search::ClauseIndex;
use crate::index::store::schema::OrIndexError;
use crate::language::Language;

/// The stored fields of a clause, for display.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stored {
    pub(crate) key: String,
    pub(crate) citation: String,
    pub(crate) text: String,
    label: Option<String>,
    heading: Option<String>,
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

impl ClauseIndex {
    /// Reads the stored fields of a clause.
    pub(crate) fn stored(&self, clause: u32) -> Result<Stored> {
        let (segment, doc) = self.table.address_of[clause as usize];
        let document: StoredFields = self
            .searcher
            .doc(DocAddress::new(segment, doc))
            .or_index_error("a clause cannot be read from the index")?;
        let mut stored = Stored::default();
        for (field, text) in document.0 {
            let fields = self.fields;
            match field {
                _ if field == fields.key => stored.key = text,
                _ if field == fields.citation => stored.citation = text,
                _ if field == fields.text => stored.text = text,
                _ if field == fields.label => stored.label = Some(text),
                _ if field == fields.heading => stored.heading = Some(text),
                _ => {}
            }
        }
        Ok(stored)
    }

    /// Returns the language of a clause.
    pub(crate) fn language_of(&self, clause: u32) -> Language {
        let code = self.table.languages.values_of(clause).next();
        code.and_then(Language::from_tag)
            .unwrap_or(Language::ENGLISH)
    }

    /// Analyzes a clause, to find the matches of a plan and its other terms.
    pub(crate) fn marker<'a>(&'a self, clause: u32, stored: &'a Stored) -> Marker<'a> {
        Marker::new(&self.analyzer, self.read_clause(clause, stored))
    }

    /// Returns the matches in a clause.
    pub(crate) fn places(
        &self,
        clause: u32,
        stored: &Stored,
        wanted: &Wanted<'_>,
    ) -> Vec<OccurrenceRanges> {
        let clause = self.read_clause(clause, stored);
        Marker::of_wanted(&self.analyzer, clause, wanted).places(wanted.plan)
    }

    fn read_clause<'a>(&'a self, clause: u32, stored: &'a Stored) -> ReadClause<'a> {
        let facts = Facts {
            catalog: &self.catalog,
            agreement: self.table.agreement_of(clause),
            table: &self.table,
            clause,
            key: &stored.key,
            label: stored.label.as_deref(),
            heading: stored.heading.as_deref(),
        };
        ReadClause {
            text: &stored.text,
            language: self.language_of(clause),
            facts,
        }
    }
}
