//! [`Postings`]: the posting lists of the index library, read as documents with counts.

use std::sync::Arc;

use tantivy::postings::{BlockSegmentPostings, Postings as _, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, InvertedIndexReader, Searcher, SegmentReader, TERMINATED, Term};

use crate::error::Result;
use crate::index::query::filter::holds_words;
use crate::index::query::pattern::Pattern;
use crate::index::retrieve::cursor::{Cursor, TermCursor};
use crate::index::retrieve::phrase::{WordSequence, count_occurrences};
use crate::index::store::schema::{Fields, OrIndexError};
use crate::index::store::table::ClauseTable;

const READING: &str = "the index cannot be read";

/// Documents with their number of occurrences, in any order.
pub(crate) type Counted = Vec<(u32, u32)>;

/// The posting lists of one state of the index.
#[derive(Clone, Copy)]
pub(crate) struct Postings<'a> {
    pub(crate) searcher: &'a Searcher,
    pub(crate) fields: Fields,
    pub(crate) table: &'a ClauseTable,
}

impl<'a> Postings<'a> {
    /// Returns a cursor over the documents of a term. Deleted clauses are included but do not count for
    /// its weight.
    pub(crate) fn term(&self, term: &str) -> Result<Cursor<'a>> {
        let mut lists = Vec::new();
        let mut df = 0;
        for slots in self.segments() {
            let term = Term::from_field_text(self.fields.terms, term);
            let list = slots
                .inverted(self.fields.terms)?
                .read_block_postings(&term, IndexRecordOption::WithFreqs)
                .or_index_error(READING)?;
            if let Some(list) = list {
                df += if slots.segment.has_deletes() {
                    n_alive(list.clone(), &slots)
                } else {
                    list.doc_freq() as usize
                };
                lists.push((list, slots.start));
            }
        }
        let weighing = self.table.norms.weighing(df);
        Ok(Cursor::Term(Box::new(TermCursor::new(lists, weighing))))
    }

    /// Returns the documents in which any of the sequences occurs.
    pub(crate) fn sequences(&self, sequences: &[WordSequence]) -> Result<Counted> {
        let mut counted = Counted::new();
        for sequence in sequences {
            for slots in self.segments() {
                match &sequence.terms[..] {
                    [term] => {
                        let term = Term::from_field_text(self.fields.terms, term);
                        count_term(&term, &slots, &mut counted)?;
                    }
                    _ => self.count_run(sequence, &slots, &mut counted)?,
                }
            }
        }
        Ok(counted)
    }

    /// Returns the total number of occurrences of a term in all clauses.
    pub(crate) fn n_occurrences(&self, term: &str) -> Result<u64> {
        let counted = self.count(&Term::from_field_text(self.fields.terms, term))?;
        Ok(counted.iter().map(|(_, tf)| u64::from(*tf)).sum())
    }

    /// Returns the documents with words that match a pattern.
    ///
    /// Tests every word with the pattern's literal prefix.
    pub(crate) fn pattern(&self, pattern: &Pattern) -> Result<Counted> {
        let is_match = |word: &str| pattern.matches(word);
        let words = self.terms(self.fields.words, &pattern.beginning(), is_match)?;
        Ok(words.into_iter().flat_map(|(_, counted)| counted).collect())
    }

    /// Returns the clauses that have exactly this value in a field.
    pub(crate) fn clauses_with(&self, field: Field, value: &str) -> Result<Vec<u32>> {
        let term = Term::from_field_text(field, value);
        Ok(self.clauses_of(&self.count(&term)?))
    }

    /// Returns the clauses whose name in a field contains the words of `folded`.
    ///
    /// Scans the names of the field, which are far fewer than the clauses.
    pub(crate) fn clauses_named(&self, field: Field, folded: &str) -> Result<Vec<u32>> {
        let names = self.terms(field, "", |name| holds_words(name, folded))?;
        let clauses = names
            .iter()
            .flat_map(|(_, counted)| self.clauses_of(counted));
        Ok(clauses.collect())
    }

    /// Returns the clause whose name in a field contains all words of `folded` in this order, possibly with
    /// others between, and ends with the last of them. Of several clauses, the one with the fewest words
    /// in its name; `None` if several have equally few.
    pub(crate) fn only_name_like(&self, field: Field, folded: &str) -> Result<Option<u32>> {
        let names = self.terms(field, "", |name| has_words_in_order(name, folded))?;
        let n_words = |name: &str| name.split(' ').count();
        let fewest = names.iter().map(|(name, _)| n_words(name)).min();
        let shortest = names
            .iter()
            .filter(|(name, _)| Some(n_words(name)) == fewest);
        let clauses: Vec<u32> = shortest
            .flat_map(|(_, counted)| self.clauses_of(counted))
            .collect();
        Ok(match clauses[..] {
            [only] => Some(only),
            _ => None,
        })
    }

    /// Returns the terms of a field that begin so and are wanted, each with its documents in a segment; those whose
    /// documents were all deleted are left out.
    fn terms(
        &self,
        field: Field,
        beginning: &str,
        is_wanted: impl Fn(&str) -> bool,
    ) -> Result<Vec<(String, Counted)>> {
        let mut found = Vec::new();
        for slots in self.segments() {
            let inverted = slots.inverted(field)?;
            let from_beginning = inverted.terms().range().ge(beginning).into_stream();
            let mut terms = from_beginning.or_index_error(READING)?;
            while terms.advance() && terms.key().starts_with(beginning.as_bytes()) {
                let Some(term) = std::str::from_utf8(terms.key())
                    .ok()
                    .filter(|term| is_wanted(term))
                else {
                    continue;
                };
                let postings = inverted
                    .read_block_postings_from_terminfo(terms.value(), IndexRecordOption::WithFreqs)
                    .or_index_error(READING)?;
                let mut counted = Counted::new();
                count_docs(postings, &slots, &mut counted);
                if !counted.is_empty() {
                    found.push((term.to_owned(), counted));
                }
            }
        }
        Ok(found)
    }

    /// Returns the documents of a term.
    fn count(&self, term: &Term) -> Result<Counted> {
        let mut counted = Counted::new();
        for slots in self.segments() {
            count_term(term, &slots, &mut counted)?;
        }
        Ok(counted)
    }

    /// Counts the occurrences of a sequence of several terms.
    fn count_run(
        &self,
        sequence: &WordSequence,
        slots: &Slots<'_>,
        counted: &mut Counted,
    ) -> Result<()> {
        let inverted = slots.inverted(self.fields.terms)?;
        let mut all_postings = Vec::with_capacity(sequence.terms.len());
        for term in &sequence.terms {
            let term = Term::from_field_text(self.fields.terms, term);
            let option = IndexRecordOption::WithFreqsAndPositions;
            let postings = inverted.read_postings(&term, option);
            let Some(postings) = postings.or_index_error(READING)? else {
                return Ok(());
            };
            all_postings.push(postings);
        }
        // The rarest term leads; the others skip to its documents.
        let mut by_length: Vec<usize> = (0..all_postings.len()).collect();
        by_length.sort_by_key(|&term| all_postings[term].doc_freq());
        let mut positions = vec![Vec::new(); all_postings.len()];
        let mut from = 0;
        while let Some(doc) = next_common_doc(&mut all_postings, &by_length, from) {
            if let Some(slot) = slots.of(doc) {
                for (postings, positions) in all_postings.iter_mut().zip(&mut positions) {
                    postings.positions(positions);
                }
                let n_places = count_occurrences(sequence, &positions);
                if n_places > 0 {
                    counted.push((slot, n_places));
                }
            }
            from = doc + 1;
        }
        Ok(())
    }

    fn clauses_of(&self, counted: &Counted) -> Vec<u32> {
        let slots = counted.iter().map(|(slot, _)| *slot);
        slots
            .filter_map(|slot| self.table.clause_at(slot))
            .collect()
    }

    fn segments(&self) -> impl Iterator<Item = Slots<'a>> {
        let table = self.table;
        let segments = self.searcher.segment_readers().iter().zip(&table.starts);
        segments.map(move |(segment, &start)| Slots {
            segment,
            start,
            table,
        })
    }
}

/// The documents of a segment.
struct Slots<'a> {
    segment: &'a SegmentReader,
    start: u32,
    table: &'a ClauseTable,
}

impl Slots<'_> {
    fn inverted(&self, field: Field) -> Result<Arc<InvertedIndexReader>> {
        self.segment.inverted_index(field).or_index_error(READING)
    }

    /// Returns the index-wide number of a document; `None` if it was deleted.
    fn of(&self, doc: DocId) -> Option<u32> {
        let slot = self.start + doc;
        self.table.clause_at(slot).map(|_| slot)
    }
}

/// Returns whether a name contains the wanted words in order and ends with the last of them.
fn has_words_in_order(name: &str, wanted: &str) -> bool {
    let mut words = name.split(' ');
    let mut last = None;
    let has_all = wanted.split(' ').all(|wanted| {
        last = words.find(|word| *word == wanted);
        last.is_some()
    });
    has_all && words.next().is_none()
}

fn count_term(term: &Term, slots: &Slots<'_>, counted: &mut Counted) -> Result<()> {
    let postings = slots
        .inverted(term.field())?
        .read_block_postings(term, IndexRecordOption::WithFreqs)
        .or_index_error(READING)?;
    if let Some(postings) = postings {
        count_docs(postings, slots, counted);
    }
    Ok(())
}

fn n_alive(list: BlockSegmentPostings, slots: &Slots<'_>) -> usize {
    let mut counted = Counted::new();
    count_docs(list, slots, &mut counted);
    counted.len()
}

/// Adds the documents of a list that are not deleted, block by block.
fn count_docs(mut postings: BlockSegmentPostings, slots: &Slots<'_>, counted: &mut Counted) {
    counted.reserve(postings.doc_freq() as usize);
    while !postings.docs().is_empty() {
        for (&doc, at) in postings.docs().iter().zip(0..) {
            if let Some(slot) = slots.of(doc) {
                counted.push((slot, postings.freq(at)));
            }
        }
        postings.advance();
    }
}

/// Moves all postings to the first common document at or after `from`.
fn next_common_doc(
    all_postings: &mut [SegmentPostings],
    by_length: &[usize],
    from: DocId,
) -> Option<DocId> {
    let mut wanted = from;
    'next: loop {
        for &term in by_length {
            let postings = &mut all_postings[term];
            let doc = match postings.doc() {
                doc if doc < wanted => postings.seek(wanted),
                doc => doc,
            };
            if doc == TERMINATED {
                return None;
            }
            if doc > wanted {
                wanted = doc;
                continue 'next;
            }
        }
        return Some(wanted);
    }
}
