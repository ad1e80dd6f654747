//! [`ClauseTable`]: the address, length and metadata of each clause in the index.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use tantivy::columnar::StrColumn;
use tantivy::{DocId, Searcher, SegmentReader};

use crate::clause::ClauseKind;
use crate::error::Result;
use crate::index::retrieve::bm25::Norms;
use crate::index::store::catalog::{Catalog, CatalogEntry, ValueRun};
use crate::index::store::schema::{OrIndexError, column, index_error};
use crate::index::store::written::{WrittenWords, read_uses};

const OPENING: &str = "the index cannot be opened";

/// Marks a deleted document.
const DELETED: u32 = u32::MAX;

/// The address, length and metadata of each clause.
///
/// The index library numbers documents from 0 in each segment. Counted through all segments, each
/// document has a *slot*: the library's lists are in the order of slots, not in that of clauses.
#[derive(Debug)]
pub(crate) struct ClauseTable {
    /// The first slot of each segment.
    pub(crate) starts: Vec<u32>,
    /// The clause in each slot, or [`DELETED`].
    clauses: Vec<u32>,
    /// For each clause its segment and document.
    pub(crate) address_of: Vec<(u32, DocId)>,
    /// The length norms for BM25.
    pub(crate) norms: Norms,
    /// The first clause of each agreement, and the number of all clauses.
    first_of: Vec<u32>,
    pub(crate) languages: StoredColumn,
    pub(crate) kinds: StoredColumn,
    pub(crate) forces: StoredColumn,
    pub(crate) addressees: StoredColumn,
    /// How words are written, once a pattern has asked for it.
    written: OnceLock<WrittenWords>,
}

/// The values of a field for each clause.
#[derive(Debug)]
pub(crate) struct StoredColumn {
    /// All values, in order.
    pub(crate) values: Vec<String>,
    /// Where the values of each clause begin in `places`; then the end.
    starts: Vec<u32>,
    /// Indices into `values`.
    places: Vec<u16>,
}

impl StoredColumn {
    /// Returns the indices of the values of a clause.
    pub(crate) fn of(&self, clause: u32) -> &[u16] {
        let clause = clause as usize;
        &self.places[self.starts[clause] as usize..self.starts[clause + 1] as usize]
    }

    pub(crate) fn n_clauses(&self) -> u32 {
        u32::try_from(self.starts.len() - 1).expect("a clause has 32 bits")
    }

    /// Returns the values of a clause.
    pub(crate) fn values_of(&self, clause: u32) -> impl Iterator<Item = &str> {
        let value = |&place: &u16| self.values[usize::from(place)].as_str();
        self.of(clause).iter().map(value)
    }
}

impl ClauseTable {
    /// Reads the table of an index, for the agreements of a catalog.
    ///
    /// Takes time linear in the number of clauses.
    pub(crate) fn read(searcher: &Searcher, catalog: &Catalog) -> Result<Self> {
        let first_of = first_clauses(catalog)?;
        let (clauses, address_of) = addresses(searcher, catalog, &first_of)?;
        let starts = first_slots(searcher);
        let mut lengths = vec![0; clauses.len()];
        for (segment, &start) in searcher.segment_readers().iter().zip(&starts) {
            let length_of = numbers(segment, column::N_TERMS)?;
            for doc in segment.doc_ids_alive() {
                let n_terms = length_of.first(doc).unwrap_or_default();
                lengths[(start + doc) as usize] = u32::try_from(n_terms).unwrap_or(u32::MAX);
            }
        }
        let read = |name| read_column(searcher, name, &address_of);
        Ok(Self {
            languages: languages_of(catalog),
            kinds: kinds_of(catalog),
            forces: read(column::FORCE)?,
            addressees: read(column::ADDRESSEE)?,
            written: OnceLock::new(),
            norms: Norms::new(lengths, address_of.len()),
            starts,
            clauses,
            address_of,
            first_of,
        })
    }

    /// Returns how the words are written; reads it once.
    pub(crate) fn written_words(&self, searcher: &Searcher) -> Result<&WrittenWords> {
        if let Some(written) = self.written.get() {
            return Ok(written);
        }
        let written = read_uses(searcher.index())?;
        Ok(self.written.get_or_init(|| WrittenWords::of(written)))
    }

    pub(crate) fn n_clauses(&self) -> usize {
        self.address_of.len()
    }

    /// Returns the number of slots, deleted clauses included.
    pub(crate) fn n_slots(&self) -> u32 {
        u32::try_from(self.clauses.len()).expect("a slot has 32 bits")
    }

    /// Returns the clause in a slot; `None` if it was deleted.
    pub(crate) fn clause_at(&self, slot: u32) -> Option<u32> {
        let clause = self.clauses[slot as usize];
        (clause != DELETED).then_some(clause)
    }

    /// Returns the catalog index of the agreement of a clause.
    pub(crate) fn agreement_of(&self, clause: u32) -> usize {
        self.first_of.partition_point(|&first| first <= clause) - 1
    }

    /// Returns the clauses of the agreement with this catalog index.
    pub(crate) fn clauses_of(&self, agreement: usize) -> std::ops::Range<u32> {
        self.first_of[agreement]..self.first_of[agreement + 1]
    }
}

fn first_clauses(catalog: &Catalog) -> Result<Vec<u32>> {
    let mut first = 0_usize;
    let mut firsts = vec![0];
    for entry in &catalog.entries {
        first = first.saturating_add(entry.n_clauses);
        firsts.push(u32::try_from(first).map_err(|cause| index_error(OPENING, cause))?);
    }
    Ok(firsts)
}

fn first_slots(searcher: &Searcher) -> Vec<u32> {
    let mut next = 0;
    let mut starts = Vec::new();
    for segment in searcher.segment_readers() {
        starts.push(next);
        next += segment.max_doc();
    }
    starts
}

/// The clause in each slot, and for each clause its segment and document.
type Addresses = (Vec<u32>, Vec<(u32, DocId)>);

fn addresses(searcher: &Searcher, catalog: &Catalog, first_of: &[u32]) -> Result<Addresses> {
    const NOWHERE: (u32, DocId) = (u32::MAX, DocId::MAX);
    let wrong = || index_error(OPENING, "its clauses are not those it was made with");
    let entries = catalog.entries.iter().enumerate();
    let agreement_of: BTreeMap<u64, usize> = entries
        .map(|(place, entry)| (entry.number, place))
        .collect();
    let n_clauses = first_of.last().copied().unwrap_or_default();
    let segments = searcher.segment_readers().iter();
    let n_docs: u32 = segments.map(SegmentReader::num_docs).sum();
    if n_docs != n_clauses {
        return Err(wrong());
    }
    let mut address_of = vec![NOWHERE; n_clauses as usize];
    let mut clauses = Vec::new();
    for (segment_number, segment) in (0_u32..).zip(searcher.segment_readers()) {
        let (number_of, place_of) = (
            numbers(segment, column::AGREEMENT)?,
            numbers(segment, column::PLACE)?,
        );
        let start = clauses.len();
        clauses.resize(start + segment.max_doc() as usize, DELETED);
        for doc in segment.doc_ids_alive() {
            let number = number_of.first(doc).ok_or_else(wrong)?;
            let place = place_of.first(doc).ok_or_else(wrong)?;
            let agreement = *agreement_of.get(&number).ok_or_else(wrong)?;
            let clause = u64::from(first_of[agreement]).saturating_add(place);
            let clause = u32::try_from(clause).map_err(|_| wrong())?;
            if clause >= first_of[agreement + 1] || address_of[clause as usize] != NOWHERE {
                return Err(wrong());
            }
            address_of[clause as usize] = (segment_number, doc);
            clauses[start + doc as usize] = clause;
        }
    }
    if address_of.contains(&NOWHERE) {
        return Err(wrong());
    }
    Ok((clauses, address_of))
}

fn numbers(segment: &SegmentReader, field: &str) -> Result<tantivy::columnar::Column<u64>> {
    segment.fast_fields().u64(field).or_index_error(OPENING)
}

fn read_column(
    searcher: &Searcher,
    field: &str,
    address_of: &[(u32, DocId)],
) -> Result<StoredColumn> {
    let mut columns: Vec<Option<StrColumn>> = Vec::new();
    for segment in searcher.segment_readers() {
        columns.push(segment.fast_fields().str(field).or_index_error(OPENING)?);
    }
    let values_of = |column: &Option<StrColumn>| -> Result<Vec<String>> {
        let Some(column) = column else {
            return Ok(Vec::new());
        };
        let mut values = vec![String::new(); column.num_terms()];
        for (place, value) in (0..).zip(&mut values) {
            column.ord_to_str(place, value).or_index_error(OPENING)?;
        }
        Ok(values)
    };
    let values: Vec<Vec<String>> = columns.iter().map(values_of).collect::<Result<_>>()?;
    // Values of deleted clauses only are left out: a changed index equals one built from scratch.
    let unused = |values: &Vec<String>| vec![false; values.len()];
    let mut used: Vec<Vec<bool>> = values.iter().map(unused).collect();
    for_each_value(&columns, address_of, |segment, place, _| {
        used[segment][place] = true;
    });
    let in_use = values.iter().flatten().zip(used.iter().flatten());
    let in_use = in_use.filter(|(_, is_used)| **is_used);
    let all: BTreeSet<&String> = in_use.map(|(value, _)| value).collect();
    let mut result = StoredColumn {
        values: all.into_iter().cloned().collect(),
        starts: Vec::with_capacity(address_of.len() + 1),
        places: Vec::new(),
    };
    let place = |value: &String| {
        let place = result.values.binary_search(value).unwrap_or_default();
        u16::try_from(place).unwrap_or(u16::MAX)
    };
    let places = |values: &Vec<String>| values.iter().map(place).collect();
    let place_of: Vec<Vec<u16>> = values.iter().map(places).collect();
    let mut n_values_of = vec![0_u32; address_of.len()];
    for_each_value(&columns, address_of, |segment, place, clause| {
        result.places.push(place_of[segment][place]);
        n_values_of[clause] += 1;
    });
    let mut n_before = 0;
    result.starts.push(0);
    for n_values in n_values_of {
        n_before += n_values;
        result.starts.push(n_before);
    }
    Ok(result)
}

/// Returns the kinds of the clauses.
fn kinds_of(catalog: &Catalog) -> StoredColumn {
    let names = ClauseKind::ALL.map(ClauseKind::name);
    column_of(catalog, &names, |entry| {
        let runs = entry.kinds.iter();
        runs.map(|run| run.with(run.value.name())).collect()
    })
}

/// Returns the languages of the clauses.
fn languages_of(catalog: &Catalog) -> StoredColumn {
    let runs = catalog.entries.iter().flat_map(|entry| &entry.languages);
    let codes: BTreeSet<&str> = runs.map(|run| run.value.code()).collect();
    let codes: Vec<&str> = codes.into_iter().collect();
    column_of(catalog, &codes, |entry| {
        let runs = entry.languages.iter();
        runs.map(|run| run.with(run.value.code())).collect()
    })
}

/// Returns a column of the catalog, given all values and the runs of each agreement.
fn column_of<'c>(
    catalog: &'c Catalog,
    values: &[&str],
    runs_of: impl Fn(&'c CatalogEntry) -> Vec<ValueRun<&'c str>>,
) -> StoredColumn {
    let mut values: Vec<String> = values.iter().map(ToString::to_string).collect();
    values.sort_unstable();
    let (mut starts, mut places) = (vec![0], Vec::new());
    for entry in &catalog.entries {
        let before = places.len();
        for run in runs_of(entry) {
            let place = values.binary_search_by(|known| known.as_str().cmp(run.value));
            let place = place.ok().and_then(|place| u16::try_from(place).ok());
            let n_left = before + entry.n_clauses - places.len();
            places.extend(
                place
                    .into_iter()
                    .flat_map(|place| std::iter::repeat_n(place, run.n_clauses.min(n_left))),
            );
        }
        for place in 1..=entry.n_clauses {
            let end = places.len().min(before + place);
            starts.push(u32::try_from(end).unwrap_or(u32::MAX));
        }
    }
    StoredColumn {
        values,
        starts,
        places,
    }
}

/// Calls a function with the segment, the value's index in its column and the clause, for each value of
/// each clause.
fn for_each_value(
    columns: &[Option<StrColumn>],
    address_of: &[(u32, DocId)],
    mut each: impl FnMut(usize, usize, usize),
) {
    for (clause, &(segment, doc)) in address_of.iter().enumerate() {
        let segment = segment as usize;
        if let Some(column) = &columns[segment] {
            for place in column.term_ords(doc) {
                let place = usize::try_from(place).unwrap_or(usize::MAX);
                each(segment, place, clause);
            }
        }
    }
}
