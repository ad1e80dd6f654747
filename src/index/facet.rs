//! [`Facet`]: the distribution of the clauses that match a query over the values of a field.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::agreement::natural_order;
use crate::index::retrieve::scored::Scored;
use crate::index::search::ClauseIndex;
use crate::index::store::name_field::NameField;

/// A field by which clauses can be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum FacetField {
    /// The process.
    Process,
    /// The agreement, by its name.
    Agreement,
    /// The year of the agreement.
    Year,
    /// The language of the clause.
    Language,
    /// How strongly the clause binds.
    Force,
    /// Whom the clause binds; a clause counts under each.
    Addressee,
    /// The kind of actor that made the agreement.
    Actor,
    /// The region the agreement is for.
    Region,
    /// The legal status of the agreement.
    Status,
}

/// The clauses that match a query, counted by the values of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Facet {
    /// The field.
    pub field: FacetField,
    /// Its values with the number of clauses, most clauses first; years in chronological order.
    pub counts: Vec<FacetCount>,
    /// The number of clauses for which the field is unknown.
    pub n_unknown: usize,
}

/// A value of a field, and the number of clauses that have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FacetCount {
    /// The value.
    pub value: String,
    /// The number of matching clauses that have it.
    pub n_clauses: usize,
}

impl FacetField {
    /// All fields, in the order of the enum.
    pub const ALL: [Self; 9] = [
        Self::Process,
        Self::Agreement,
        Self::Year,
        Self::Language,
        Self::Force,
        Self::Addressee,
        Self::Actor,
        Self::Region,
        Self::Status,
    ];

    /// Returns its name, which is that of the field in a query.
    pub fn name(self) -> &'static str {
        match self {
            Self::Process => "process",
            Self::Agreement => "agreement",
            Self::Year => "year",
            Self::Language => "language",
            Self::Force => "force",
            Self::Addressee => "addressee",
            Self::Actor => "actor",
            Self::Region => "region",
            Self::Status => "status",
        }
    }

    /// Returns the field with this name, if there is one.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }
}

impl fmt::Display for FacetField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl ClauseIndex {
    /// Returns the values of a field of the query language in this index, in order, for completion. Empty
    /// for unknown fields and for keys.
    pub fn field_values(&self, field: &str) -> Vec<String> {
        let Some(field) = FacetField::from_name(field) else {
            return Vec::new();
        };
        let all = 0..u32::try_from(self.n_clauses()).unwrap_or(u32::MAX);
        let mut values: Vec<String> = self.counts_by_value(field, all).0.into_keys().collect();
        values.sort_by(|a, b| natural_order(a, b));
        values
    }

    /// Counts clauses by the values of a field; costs one look-up per clause.
    pub(crate) fn facet(&self, field: FacetField, matched: &Scored) -> Facet {
        let clauses = matched.iter().map(|item| item.id);
        let (counts, n_unknown) = self.counts_by_value(field, clauses);
        let count = |(value, n_clauses)| FacetCount { value, n_clauses };
        let mut counts: Vec<FacetCount> = counts.into_iter().map(count).collect();
        counts.sort_by(|a, b| {
            let by_value = natural_order(&a.value, &b.value);
            match field {
                FacetField::Year => by_value,
                _ => b.n_clauses.cmp(&a.n_clauses).then(by_value),
            }
        });
        Facet {
            field,
            counts,
            n_unknown,
        }
    }

    fn counts_by_value(
        &self,
        field: FacetField,
        clauses: impl Iterator<Item = u32>,
    ) -> (BTreeMap<String, usize>, usize) {
        let table = &self.table;
        let column = match field {
            FacetField::Language => &table.languages,
            FacetField::Force => &table.forces,
            FacetField::Addressee => &table.addressees,
            _ => return self.counts_by_agreement(field, clauses),
        };
        let mut counts = vec![0; column.values.len()];
        let mut n_unknown = 0;
        for clause in clauses {
            let places = column.of(clause);
            n_unknown += usize::from(places.is_empty());
            for &place in places {
                counts[usize::from(place)] += 1;
            }
        }
        let named = column.values.iter().cloned().zip(counts);
        (named.filter(|(_, n)| *n > 0).collect(), n_unknown)
    }

    fn counts_by_agreement(
        &self,
        field: FacetField,
        clauses: impl Iterator<Item = u32>,
    ) -> (BTreeMap<String, usize>, usize) {
        let mut by_agreement = vec![0; self.catalog.entries.len()];
        for clause in clauses {
            by_agreement[self.table.agreement_of(clause)] += 1;
        }
        let mut counts = BTreeMap::new();
        let mut n_unknown = 0;
        for (entry, n) in self.catalog.entries.iter().zip(by_agreement) {
            let year = entry.year.map(|year| year.to_string());
            let value = match field {
                FacetField::Process => Some(entry.process.as_str()),
                FacetField::Agreement => Some(entry.name.as_str()),
                FacetField::Actor => entry.names(NameField::Actor).first().copied(),
                FacetField::Region => entry.names(NameField::Region).first().copied(),
                FacetField::Status => entry.names(NameField::Status).first().copied(),
                _ => year.as_deref(),
            };
            match value {
                Some(value) if n > 0 => *counts.entry(value.to_owned()).or_default() += n,
                Some(_) => {}
                None => n_unknown += n,
            }
        }
        (counts, n_unknown)
    }
}
