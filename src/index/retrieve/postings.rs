//! [`Postings`]: the posting lists of the index library, read as documents with counts.

use std::sync::Arc;

use rayon::prelude::*;
use tantivy::postings::{BlockSegmentPostings, Postings as _, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{
    DocAddress, DocId, DocSet, InvertedIndexReader, Searcher, SegmentReader, TERMINATED, Term,
};

use crate::error::Result;
use crate::index::query::pattern::Pattern;
use crate::index::retrieve::cursor::{Cursor, TermCursor};
use crate::index::retrieve::phrase::{WordSequence, count_occurrences};
use crate::index::store::schema::{Fields, OrIndexError, column, fold_word, hash_of_key};
use crate::index::store::stored::Stored;
use crate::index::store::table::ClauseTable;
use crate::words::{Interner, each_part, each_standard_word};

const READING: &str = "the index cannot be read";
/// The number of texts that a thread reads before it asks for more.
const TEXTS_AT_ONCE: usize = 2048;

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
    /// Tests every word with the pattern's literal beginning. Where the terms of these words also stand for other
    /// words, the texts are read; if a stop word matches, all of them.
    pub(crate) fn pattern(&self, pattern: &Pattern) -> Result<Counted> {
        let written = self.table.written_words(self.searcher)?;
        let found = written.found_by(&pattern.beginning(), |word| pattern.matches(word));
        let mut is_read = vec![found.anywhere; self.table.n_slots() as usize];
        for term in found.among {
            let counted = self.count(&Term::from_field_text(self.fields.terms, term))?;
            for (slot, _) in counted {
                is_read[slot as usize] = true;
            }
        }
        let mut counted = Counted::new();
        for term in found.exactly {
            let exact = self.count(&Term::from_field_text(self.fields.terms, term))?;
            let is_unread = |(slot, _): &(u32, u32)| !is_read[*slot as usize];
            counted.extend(exact.into_iter().filter(is_unread));
        }
        let slots = (0..)
            .zip(&is_read)
            .filter_map(|(slot, is_read)| is_read.then_some(slot));
        let slots: Vec<u32> = slots.collect();
        let chunks = slots.par_chunks(TEXTS_AT_ONCE);
        let read: Vec<Counted> = chunks
            .map(|slots| self.read_for(pattern, slots))
            .collect::<Result<_>>()?;
        counted.extend(read.into_iter().flatten());
        Ok(counted)
    }

    /// Reads documents and counts the words that match a pattern.
    fn read_for(&self, pattern: &Pattern, slots: &[u32]) -> Result<Counted> {
        let mut known = Interner::default();
        let mut n_matches_of: Vec<u32> = Vec::new();
        let mut counted = Counted::new();
        for &slot in slots {
            let Some(clause) = self.table.clause_at(slot) else {
                continue;
            };
            let (segment, doc) = self.table.address_of[clause as usize];
            let address = DocAddress::new(segment, doc);
            let text = Stored::read(self.searcher, self.fields, address)?.text;
            let mut n_matches = 0;
            each_standard_word(&text, |_, word| {
                let count = || n_matches_of.push(n_matching_parts(word, pattern));
                let number = known.number_of(word, count);
                n_matches += n_matches_of[number as usize];
            });
            if n_matches > 0 {
                counted.push((slot, n_matches));
            }
        }
        Ok(counted)
    }

    /// Returns the clauses with a value in a column that is wanted; tests every value once.
    pub(crate) fn clauses_with_value(
        &self,
        column: &str,
        is_wanted: impl Fn(&str) -> bool,
    ) -> Result<Vec<u32>> {
        let column = self.values_of(column)?;
        let is_kept: Vec<bool> = column.values.iter().map(|value| is_wanted(value)).collect();
        let clauses = (0..).zip(&column.place_of);
        let kept = clauses.filter(|(_, place)| place.is_some_and(|place| is_kept[place as usize]));
        Ok(kept.map(|(clause, _)| clause).collect())
    }

    /// Reads the values of a column in which a clause has at most one.
    pub(crate) fn values_of(&self, column: &str) -> Result<ColumnValues> {
        let mut found = ColumnValues {
            values: Vec::new(),
            place_of: vec![None; self.table.n_clauses()],
        };
        for slots in self.segments() {
            let column = slots.segment.fast_fields().str(column);
            let Some(column) = column.or_index_error(READING)? else {
                continue;
            };
            let first = found.values.len() as u64;
            for place in (0..).take(column.num_terms()) {
                let mut value = String::new();
                column
                    .ord_to_str(place, &mut value)
                    .or_index_error(READING)?;
                found.values.push(value);
            }
            for doc in slots.segment.doc_ids_alive() {
                let place = column.term_ords(doc).next();
                let clause = self.table.clause_at(slots.start + doc);
                if let (Some(place), Some(clause)) = (place, clause) {
                    found.place_of[clause as usize] = u32::try_from(first + place).ok();
                }
            }
        }
        Ok(found)
    }

    /// Returns the clauses with this key.
    ///
    /// Looks at the hashes of the keys of all clauses.
    pub(crate) fn clauses_with_key(&self, key: &str) -> Result<Vec<u32>> {
        let hash = hash_of_key(key);
        let mut found = Vec::new();
        for slots in self.segments() {
            let hashes = slots.segment.fast_fields().u64(column::KEY_HASH);
            let hashes = hashes.or_index_error(READING)?;
            for doc in slots.segment.doc_ids_alive() {
                if hashes.first(doc) != Some(hash) {
                    continue;
                }
                let address = DocAddress::new(slots.number, doc);
                if Stored::read(self.searcher, self.fields, address)?.key == key {
                    found.extend(self.table.clause_at(slots.start + doc));
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

    fn segments(&self) -> impl Iterator<Item = Slots<'a>> {
        let table = self.table;
        let segments = self.searcher.segment_readers().iter().zip(&table.starts);
        (0..)
            .zip(segments)
            .map(move |(number, (segment, &start))| Slots {
                segment,
                number,
                start,
                table,
            })
    }
}

/// The values of a column in which a clause has at most one.
pub(crate) struct ColumnValues {
    values: Vec<String>,
    /// The place of the value of each clause.
    place_of: Vec<Option<u32>>,
}

impl ColumnValues {
    /// Returns the value of a clause.
    pub(crate) fn of(&self, clause: u32) -> Option<&str> {
        let place = self.place_of[clause as usize]?;
        Some(&self.values[place as usize])
    }
}

/// The documents of a segment.
struct Slots<'a> {
    segment: &'a SegmentReader,
    number: u32,
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

/// Returns how many parts of a word match a pattern.
fn n_matching_parts(word: &str, pattern: &Pattern) -> u32 {
    let mut n_matches = 0;
    each_part(word, |_, part| {
        let folded = fold_word(part);
        n_matches += u32::from(!folded.is_empty() && pattern.matches(&folded));
    });
    n_matches
}

fn count_term(term: &Term, slots: &Slots<'_>, counted: &mut Counted) -> Result<()> {
    let inverted = slots.inverted(term.field())?;
    let postings = inverted.read_block_postings(term, IndexRecordOption::WithFreqs);
    if let Some(postings) = postings.or_index_error(READING)? {
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use crate::corpus::{Corpus, CorpusBuilder};
    use crate::index::query::pattern::Pattern;
    use crate::index::search::ClauseIndex;
    use crate::index::store::build::IndexParams;
    use crate::index::store::schema::words_of;
    use crate::language::Language;
    use crate::read::{Body, ClauseRecord, Document, Parsed};
    use crate::term::{Analyzer, AnalyzerParams, Thesaurus};

    /// Pieces of texts: words of one stem, joined, divided and replaced ones, stop words, other scripts.
    const PIECES: [&str; 30] = [
        "state",
        "States",
        "stately",
        "co-operation",
        "cooperation",
        "operation",
        "co",
        "re-cooperation",
        "cyberattack",
        "cyber-attack",
        "attacks",
        "Cyberand",
        "information and communications technologies",
        "technology",
        "ICTs",
        "ict",
        "colour",
        "color",
        "d’Etat",
        "l'été",
        "ete",
        "the",
        "their",
        "soft\u{ad}ware",
        "x_y",
        "3.5",
        "网络安全",
        "e\u{301}tat",
        "a\u{202f}b",
        "U.S.",
    ];
    const PATTERNS: [&str; 20] = [
        "st*", "state?", "stat*", "oper*", "co*", "coop*", "cyber*", "attack*", "and*", "tech*",
        "ict*", "i*", "col*r", "ete*", "th*", "*ware", "3*", "网*", "etat~1", "u*",
    ];

    fn corpus_of(texts: &[String]) -> Corpus {
        let clause = |text: &String| ClauseRecord {
            text: text.clone(),
            language: Some(Language::ENGLISH),
            ..ClauseRecord::default()
        };
        let mut reading = Parsed::default();
        reading.documents.push(Document {
            key: Some("a".to_owned()),
            metadata: crate::agreement::Metadata::default(),
            body: Body::Clauses(texts.iter().map(clause).collect()),
        });
        let mut builder = CorpusBuilder::new();
        builder.add(reading, None);
        builder.build().unwrap()
    }

    fn check(texts: &[String], analyzer: &Analyzer) -> std::result::Result<(), TestCaseError> {
        let corpus = corpus_of(texts);
        let index = ClauseIndex::build(&corpus, analyzer, &IndexParams::default()).unwrap();
        for source in PATTERNS {
            let pattern = Pattern::parse(source).unwrap().unwrap();
            let mut found: BTreeMap<u32, u32> = BTreeMap::new();
            for (slot, n) in index.postings().pattern(&pattern).unwrap() {
                *found
                    .entry(index.table.clause_at(slot).unwrap())
                    .or_default() += n;
            }
            let mut expected: BTreeMap<u32, u32> = BTreeMap::new();
            for (clause, id) in (0..).zip(corpus.clause_ids()) {
                let words = words_of(corpus.text(id)).into_iter();
                let n = words.filter(|word| pattern.matches(&word.folded)).count();
                if n > 0 {
                    expected.insert(clause, u32::try_from(n).unwrap());
                }
            }
            prop_assert_eq!(found, expected, "{}", source);
        }
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn patterns_find_what_a_plain_scan_finds(
            pieces in prop::collection::vec(
                prop::collection::vec((prop::sample::select(&PIECES[..]), "[ ,;\n、。]|-|’| \u{200b}"), 1..7),
                1..5,
            )
        ) {
            let text = |pieces: &Vec<(&str, String)>| -> String {
                pieces.iter().flat_map(|(piece, between)| [*piece, between]).collect()
            };
            let texts: Vec<String> = pieces.iter().map(text).collect();
            let with_thesaurus = AnalyzerParams::default().thesaurus(Thesaurus::bundled());
            check(&texts, &Analyzer::new(with_thesaurus))?;
            check(&texts, &Analyzer::new(AnalyzerParams::default().plain(vec!["the".to_owned()])))?;
        }
    }
}
