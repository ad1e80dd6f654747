//! [`ClauseValues`]: what an index holds of each clause.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::id::ClauseId;
use crate::index::store::build::{Filling, Placed};
use crate::index::store::document::{ClauseDocument, FieldValues};
use crate::index::store::ready::ReadyTerms;
use crate::index::store::schema::{Fields, hash_of_key, index_name, index_term, schema};
use crate::index::store::written::{use_unwritten, uses_among_others, uses_of};
use crate::language::Language;
use crate::term::{Session, WrittenText};
use crate::words::Interner;

/// Makes the documents of clauses; each distinct word is analyzed once.
pub(crate) struct ClauseValues<'a> {
    filling: &'a Filling<'a>,
    fields: Fields,
    voices: BTreeMap<Language, Voice>,
    /// The document of the latest clause, whose memory is used again.
    values: Arc<FieldValues>,
    words: WrittenText,
    /// The uses of all words so far.
    pub(crate) uses: BTreeSet<String>,
}

/// The words of one language, and which of them were noted.
struct Voice {
    session: Session,
    /// Words that are standard words, by entry.
    whole: Seen,
    /// Other words, by their number in `odd_words`.
    odd: Seen,
    odd_words: Interner,
    /// Words that stand for others, by entry.
    added: Seen,
}

/// A set of numbers from 0.
#[derive(Default)]
struct Seen(Vec<bool>);

impl Seen {
    /// Adds a number; returns whether it is new.
    fn is_new(&mut self, number: u32) -> bool {
        let place = number as usize;
        if place >= self.0.len() {
            self.0.resize(place + 1, false);
        }
        !std::mem::replace(&mut self.0[place], true)
    }
}

impl<'a> ClauseValues<'a> {
    pub(crate) fn new(filling: &'a Filling<'a>) -> Self {
        let (_, fields) = schema();
        Self {
            filling,
            fields,
            voices: BTreeMap::new(),
            values: Arc::default(),
            words: WrittenText::default(),
            uses: BTreeSet::new(),
        }
    }

    /// Returns the document of a clause.
    pub(crate) fn document_of(&mut self, placed: &Placed) -> ClauseDocument {
        let (fields, corpus, id) = (self.fields, self.filling.corpus, placed.id);
        let (clause, text) = (corpus.clause(id), corpus.text(id));
        // The library has dropped the document before, so that nothing is copied.
        let values = Arc::make_mut(&mut self.values);
        values.clear();
        values.add_number(fields.agreement, placed.number);
        values.add_number(fields.place, placed.place);
        values.add_number(fields.key_hash, hash_of_key(&clause.key));
        values.add_text(fields.text, text);
        values.add_text(fields.key, &clause.key);
        values.add_text(fields.mark, mark_of(self.filling, id).as_str());
        let force = corpus.class_and_addressees(id);
        values.add_text(fields.force, force.class.name());
        for addressee in &force.addressees {
            values.add_text(fields.addressee, addressee.name());
        }
        if let Some(label) = &clause.label {
            values.add_text(fields.folded_label, &index_name(label.as_str()));
        }
        if let Some(heading) = &clause.heading {
            values.add_text(fields.folded_heading, &index_name(heading));
        }
        self.add_words(text, clause.language);
        ClauseDocument(Arc::clone(&self.values))
    }

    /// Adds the terms of a text, and notes how its words are written.
    fn add_words(&mut self, text: &str, language: Language) {
        let (fields, words) = (self.fields, &mut self.words);
        let values = Arc::make_mut(&mut self.values);
        let analyzer = self.filling.analyzer;
        let voice = self.voices.entry(language).or_insert_with(|| Voice {
            session: analyzer.take_session(language),
            whole: Seen::default(),
            odd: Seen::default(),
            odd_words: Interner::default(),
            added: Seen::default(),
        });
        let n_terms = values.write_text(fields.terms, |written| {
            let mut ready = ReadyTerms::at_end_of(written);
            let session = &mut voice.session;
            session.each_search_term(text, words, |term, position| {
                ready.add(index_term(term), position);
            })
        });
        values.add_number(fields.n_terms, n_terms as u64);
        voice.note(text, words, &mut self.uses);
    }
}

impl Voice {
    /// Adds the uses of the words of a text that were not yet noted.
    fn note(&mut self, text: &str, words: &WrittenText, uses: &mut BTreeSet<String>) {
        let session = &self.session;
        for word in &words.words {
            let entry = word.entry;
            let written = || &text[word.written.clone()];
            if word.is_whole {
                if self.whole.is_new(entry) {
                    uses.extend(uses_of(written(), &session.search_terms(entry)));
                }
                continue;
            }
            // The halves of a divided word are written the same.
            let known_by = format!("{entry} {}", written());
            let number = self.odd_words.number_of(&known_by, || ());
            if self.odd.is_new(number) {
                uses.extend(uses_among_others(written(), &session.search_terms(entry)));
            }
        }
        for &entry in &words.added {
            if self.added.is_new(entry) {
                uses.insert(use_unwritten(session.search_terms(entry)));
            }
        }
    }
}

/// Returns what the citation of a clause has after the name of its agreement.
fn mark_of(filling: &Filling<'_>, id: ClauseId) -> String {
    let name = &filling
        .corpus
        .agreement(filling.corpus.clause(id).agreement)
        .name;
    let citation = filling.corpus.citation(id);
    let after = citation.get(name.len() + 1..);
    after.unwrap_or_default().to_owned()
}

impl Drop for ClauseValues<'_> {
    fn drop(&mut self) {
        for voice in std::mem::take(&mut self.voices).into_values() {
            self.filling.analyzer.give_back(voice.session);
        }
    }
}
