//! [`Catalog`]: the metadata an index keeps of its agreements.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::agreement::natural_order;
use crate::clause::ClauseKind;
use crate::corpus::Corpus;
use crate::id::AgreementId;
use crate::index::store::field::FacetField;
use crate::index::store::fingerprint::fingerprint_of_agreement;
use crate::index::store::schema::index_name;
use crate::language::Language;

/// Consecutive clauses with the same value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ValueRun<T> {
    pub(crate) value: T,
    pub(crate) n_clauses: usize,
}

impl<T> ValueRun<T> {
    /// Returns a run of the same clauses with another value.
    pub(crate) fn with<U>(&self, value: U) -> ValueRun<U> {
        ValueRun {
            value,
            n_clauses: self.n_clauses,
        }
    }
}

/// One agreement in the manifest of an index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CatalogEntry {
    /// The number that its clauses carry in this index; never reused.
    pub(crate) number: u64,
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) process: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) year: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) actor_kind: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) region: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<String>,
    pub(crate) n_clauses: usize,
    /// The kinds of its clauses, in order.
    pub(crate) kinds: Vec<ValueRun<ClauseKind>>,
    /// The languages of its clauses, in order.
    pub(crate) languages: Vec<ValueRun<Language>>,
    /// The fingerprint of all that the index stores of it.
    pub(crate) fingerprint: String,
}

impl CatalogEntry {
    /// Returns the entry of an agreement, with a given number.
    pub(crate) fn of(corpus: &Corpus, id: AgreementId, number: u64) -> Self {
        let agreement = corpus.agreement(id);
        let metadata = &agreement.metadata;
        Self {
            number,
            key: agreement.key.clone(),
            name: agreement.name.clone(),
            process: corpus.process(agreement.process).name.clone(),
            year: metadata.year,
            actor_kind: metadata.actor_kind.clone(),
            region: metadata.region.clone(),
            status: metadata.status.clone(),
            n_clauses: corpus.clauses_of(id).len(),
            kinds: runs_of(
                corpus
                    .clauses_of(id)
                    .map(|clause| corpus.clause(clause).kind),
            ),
            languages: runs_of(
                corpus
                    .clauses_of(id)
                    .map(|clause| corpus.clause(clause).language),
            ),
            fingerprint: fingerprint_of_agreement(corpus, id),
        }
    }

    /// Returns the names of a field that belongs to the agreement; none for other fields.
    pub(crate) fn names(&self, field: FacetField) -> Vec<&str> {
        match field {
            FacetField::Process => vec![&self.process],
            FacetField::Agreement => vec![&self.key, &self.name],
            FacetField::Actor => self.actor_kind.as_deref().into_iter().collect(),
            FacetField::Region => self.region.as_deref().into_iter().collect(),
            FacetField::Status => self.status.as_deref().into_iter().collect(),
            _ => Vec::new(),
        }
    }
}

/// Returns the runs of equal values.
fn runs_of<T: Copy + PartialEq>(values: impl Iterator<Item = T>) -> Vec<ValueRun<T>> {
    let mut runs: Vec<ValueRun<T>> = Vec::new();
    for value in values {
        match runs.last_mut() {
            Some(run) if run.value == value => run.n_clauses += 1,
            _ => runs.push(ValueRun {
                value,
                n_clauses: 1,
            }),
        }
    }
    runs
}

/// Returns the entries of all agreements of a corpus, in corpus order.
pub(crate) fn entries_of(corpus: &Corpus) -> Vec<CatalogEntry> {
    (0..corpus.agreements().len())
        .into_par_iter()
        .map(|index| CatalogEntry::of(corpus, AgreementId::new(index), index as u64))
        .collect()
}

/// Sorts entries into the order of a corpus that contains these agreements.
pub(crate) fn sort_entries(entries: &mut [CatalogEntry]) {
    entries.sort_by(|a, b| natural_order(&a.key, &b.key));
}

/// The agreements of an index in corpus order, prepared for queries.
#[derive(Debug)]
pub(crate) struct Catalog {
    pub(crate) entries: Vec<CatalogEntry>,
    /// The folded names of each agreement, by field.
    folded: Vec<Vec<(FacetField, String)>>,
    /// The rank of each agreement in the order of names.
    pub(crate) rank_by_name: Vec<u32>,
}

impl Catalog {
    pub(crate) fn new(entries: Vec<CatalogEntry>) -> Self {
        let folded = entries.iter().map(folded_names).collect();
        let mut by_name: Vec<usize> = (0..entries.len()).collect();
        by_name.sort_by(|&a, &b| natural_order(&entries[a].name, &entries[b].name).then(a.cmp(&b)));
        let mut rank_by_name = vec![0; entries.len()];
        for (rank, agreement) in (0..).zip(by_name) {
            rank_by_name[agreement] = rank;
        }
        Self {
            entries,
            folded,
            rank_by_name,
        }
    }

    /// Returns the folded names that an agreement has in a field.
    pub(crate) fn folded(&self, agreement: usize, field: FacetField) -> impl Iterator<Item = &str> {
        let names = self.folded[agreement].iter();
        names.filter_map(move |(other, name)| (*other == field).then_some(name.as_str()))
    }
}

fn folded_names(entry: &CatalogEntry) -> Vec<(FacetField, String)> {
    let folded_of = |field: FacetField| {
        let names = entry.names(field).into_iter();
        names.map(move |name| (field, index_name(name)))
    };
    let fields = FacetField::OF_AGREEMENT.into_iter();
    fields.flat_map(folded_of).collect()
}
