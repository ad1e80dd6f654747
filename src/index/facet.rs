//! [`Facet`]: the distribution of the clauses that match a query over the values of a field.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::agreement::natural_order;
use crate::index::retrieve::scored::Scored;
use crate::index::search::ClauseIndex;
use crate::index::store::field::FacetField;

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

impl Facet {
    /// Counts clauses by the values of a field; costs one look-up per clause.
    pub(crate) fn of(index: &ClauseIndex, field: FacetField, matched: &Scored) -> Self {
        let clauses = matched.iter().map(|item| item.id);
        let (counts, n_unknown) = counts_by_value(index, field, clauses);
        let count = |(value, n_clauses)| FacetCount { value, n_clauses };
        let mut counts: Vec<FacetCount> = counts.into_iter().map(count).collect();
        counts.sort_by(|a, b| {
            let by_value = natural_order(&a.value, &b.value);
            match field {
                FacetField::Year => by_value,
                _ => b.n_clauses.cmp(&a.n_clauses).then(by_value),
            }
        });
        Self {
            field,
            counts,
            n_unknown,
        }
    }
}

/// Returns the values of a field in an index, in order.
pub(crate) fn values_of(index: &ClauseIndex, field: FacetField) -> Vec<String> {
    let all = 0..u32::try_from(index.n_clauses()).unwrap_or(u32::MAX);
    let (counts, _) = counts_by_value(index, field, all);
    let mut values: Vec<String> = counts.into_keys().collect();
    values.sort_by(|a, b| natural_order(a, b));
    values
}

/// The number of clauses by value, and of those without one.
type ValueCounts = (BTreeMap<String, usize>, usize);

fn counts_by_value(
    index: &ClauseIndex,
    field: FacetField,
    clauses: impl Iterator<Item = u32>,
) -> ValueCounts {
    let column = match field {
        FacetField::Language => &index.table.languages,
        FacetField::Kind => &index.table.kinds,
        FacetField::Force => &index.table.forces,
        FacetField::Addressee => &index.table.addressees,
        _ => return counts_by_agreement(index, field, clauses),
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
    index: &ClauseIndex,
    field: FacetField,
    clauses: impl Iterator<Item = u32>,
) -> ValueCounts {
    let entries = &index.catalog.entries;
    let mut by_agreement = vec![0; entries.len()];
    for clause in clauses {
        by_agreement[index.table.agreement_of(clause)] += 1;
    }
    let mut counts = BTreeMap::new();
    let mut n_unknown = 0;
    for (entry, n) in entries.iter().zip(by_agreement).filter(|(_, n)| *n > 0) {
        let value = match field {
            FacetField::Year => entry.year.map(|year| year.to_string()),
            _ => entry.names(field).last().map(|name| (*name).to_owned()),
        };
        match value {
            Some(value) => *counts.entry(value).or_default() += n,
            None => n_unknown += n,
        }
    }
    (counts, n_unknown)
}
