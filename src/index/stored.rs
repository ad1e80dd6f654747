//! [`Stored`]: a clause as the index gives it back.

use tantivy::schema::{Field, Value};
use tantivy::{DocAddress, TantivyDocument};

use crate::error::Result;
use crate::index::filter::Facts;
use crate::index::highlight::{Marker, Occurrence, Wanted};
use crate::index::schema::OrIndexError;
use crate::index::search::ClauseIndex;
use crate::language::Language;

/// What the index keeps of a clause to be shown.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stored {
    pub(crate) key: String,
    pub(crate) citation: String,
    pub(crate) text: String,
    label: Option<String>,
    heading: Option<String>,
}

impl ClauseIndex {
    /// Reads a clause back.
    pub(crate) fn stored(&self, clause: u32) -> Result<Stored> {
        let (segment, doc) = self.table.address_of[clause as usize];
        let document: TantivyDocument = self
            .searcher
            .doc(DocAddress::new(segment, doc))
            .or_index_error("a clause cannot be read from the index")?;
        let text_of = |field: Field| -> Option<String> {
            let value = document.get_first(field)?;
            value.as_str().map(str::to_owned)
        };
        let fields = self.fields;
        Ok(Stored {
            key: text_of(fields.key).unwrap_or_default(),
            citation: text_of(fields.citation).unwrap_or_default(),
            text: text_of(fields.text).unwrap_or_default(),
            label: text_of(fields.label),
            heading: text_of(fields.heading),
        })
    }

    /// Returns the language of a clause.
    pub(crate) fn language_of(&self, clause: u32) -> Language {
        let code = self.table.languages.values_of(clause).next();
        code.and_then(Language::from_tag)
            .unwrap_or(Language::ENGLISH)
    }

    /// Takes a clause apart, to see what a plan matched in it and what else is there.
    pub(crate) fn marker<'a>(&'a self, clause: u32, stored: &'a Stored) -> Marker<'a> {
        let facts = self.facts(clause, stored);
        Marker::new(
            &stored.text,
            self.language_of(clause),
            (&self.analyzer, facts),
        )
    }

    /// Returns the places of a clause where what is wanted matched.
    pub(crate) fn places(
        &self,
        clause: u32,
        stored: &Stored,
        wanted: &Wanted<'_>,
    ) -> Vec<Occurrence> {
        let (facts, language) = (self.facts(clause, stored), self.language_of(clause));
        let marker = Marker::of_wanted(wanted, (&stored.text, language), (&self.analyzer, facts));
        marker.wanted_places(wanted)
    }

    fn facts<'a>(&'a self, clause: u32, stored: &'a Stored) -> Facts<'a> {
        Facts {
            catalog: &self.catalog,
            agreement: self.table.agreement_of(clause),
            table: &self.table,
            clause,
            key: &stored.key,
            label: stored.label.as_deref(),
            heading: stored.heading.as_deref(),
        }
    }
}
