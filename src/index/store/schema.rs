//! The fields of a clause in the index, and how words become index terms.

use tantivy::IndexSettings;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions,
};

use crate::error::{Error, ErrorKind, Result};
use crate::index::store::ready::READY_TERMS;
use crate::words::{self, StableHash, each_part, each_standard_word, fold_name};

/// The version of the fields and their content; an index of another version is refused.
pub(crate) const SCHEMA_VERSION: &str = "consonance.index/3";

/// The bytes of stored text that are compressed together. Small, since an answer reads few clauses from
/// all parts of the index.
const BYTES_A_BLOCK: usize = 4096;

/// The longest term the index keeps, in bytes; longer terms are truncated, in clauses and in queries
/// alike.
///
/// The index library silently drops terms of 64 KiB, and its tokenizer those of 40 bytes. Neither
/// happens here: terms come from our analyzer and are truncated to this length.
const MAX_TERM_BYTES: usize = 512;

/// The fields of a clause in the index.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    /// Terms of the analyzer, with positions.
    pub(crate) terms: Field,
    /// The number of terms, for BM25.
    pub(crate) n_terms: Field,
    /// The number of its agreement in this index.
    pub(crate) agreement: Field,
    /// Its position among the clauses of its agreement.
    pub(crate) place: Field,
    /// The hash of its key, for look-up.
    pub(crate) key_hash: Field,
    pub(crate) text: Field,
    pub(crate) key: Field,
    /// What its citation has after the name of the agreement.
    pub(crate) mark: Field,
    pub(crate) force: Field,
    pub(crate) addressee: Field,
    /// Folded values, for field queries.
    pub(crate) folded_label: Field,
    pub(crate) folded_heading: Field,
}

/// The names of the fields whose values are read as columns.
pub(crate) mod column {
    pub(crate) const N_TERMS: &str = "n_terms";
    pub(crate) const AGREEMENT: &str = "agreement";
    pub(crate) const PLACE: &str = "place";
    pub(crate) const KEY_HASH: &str = "key_hash";
    pub(crate) const FORCE: &str = "force";
    pub(crate) const ADDRESSEE: &str = "addressee";
    pub(crate) const FOLDED_LABEL: &str = "folded_label";
    pub(crate) const FOLDED_HEADING: &str = "folded_heading";
}

/// Returns the schema and its fields.
pub(crate) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(READY_TERMS)
        .set_fieldnorms(false)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let indexed = TextOptions::default().set_indexing_options(indexing);
    let fields = Fields {
        terms: builder.add_text_field("terms", indexed),
        n_terms: builder.add_u64_field(column::N_TERMS, FAST),
        agreement: builder.add_u64_field(column::AGREEMENT, FAST | INDEXED),
        place: builder.add_u64_field(column::PLACE, FAST),
        key_hash: builder.add_u64_field(column::KEY_HASH, FAST),
        text: builder.add_text_field("text", STORED),
        key: builder.add_text_field("key", STORED),
        mark: builder.add_text_field("mark", STORED),
        force: builder.add_text_field(column::FORCE, FAST),
        addressee: builder.add_text_field(column::ADDRESSEE, FAST),
        folded_label: builder.add_text_field(column::FOLDED_LABEL, FAST),
        folded_heading: builder.add_text_field(column::FOLDED_HEADING, FAST),
    };
    (builder.build(), fields)
}

/// Returns the settings of every index.
pub(crate) fn settings() -> IndexSettings {
    IndexSettings {
        docstore_blocksize: BYTES_A_BLOCK,
        // Segments are written on all threads anyway.
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    }
}

/// Returns the index form of a term: the term, truncated to the maximum length.
pub(crate) fn index_term(term: &str) -> &str {
    let end = term.floor_char_boundary(MAX_TERM_BYTES.min(term.len()));
    &term[..end]
}

/// Returns the hash by which a key is looked up.
pub(crate) fn hash_of_key(key: &str) -> u64 {
    StableHash::of(key.bytes()).number()
}

/// Returns a name for look-up: without accents, case and punctuation, truncated to the maximum length.
pub(crate) fn index_name(name: &str) -> String {
    let folded = fold_name(name);
    index_term(&folded).trim_end().to_owned()
}

/// Returns a word without case and accents, truncated to the maximum length.
pub(crate) fn fold_word(word: &str) -> String {
    let folded = words::fold_word(word);
    if folded.len() <= MAX_TERM_BYTES {
        return folded;
    }
    index_term(&folded).to_owned()
}

/// A whole word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct IndexedWord {
    /// The word without case and accents.
    pub(crate) folded: String,
    /// Its bytes in the text.
    pub(crate) range: std::ops::Range<usize>,
}

/// Returns the words of a text (Unicode Standard Annex 29), stop words included. An apostrophe separates
/// words, so that `intern*` matches "l'internet".
pub(crate) fn words_of(text: &str) -> Vec<IndexedWord> {
    let mut words = Vec::new();
    each_standard_word(text, |start, word| {
        each_part(word, |place, part| {
            let place = start + place;
            words.push(IndexedWord {
                folded: fold_word(part),
                range: place..place + part.len(),
            });
        });
    });
    words.retain(|word| !word.folded.is_empty());
    words
}

/// Converts an error of the index library.
pub(crate) fn index_error(
    message: &str,
    cause: impl Into<Box<dyn std::error::Error + Send + Sync>>,
) -> Error {
    Error::new(ErrorKind::Index, message).caused_by(cause)
}

/// Converts a failure of the index library to an error that names the failed operation.
pub(crate) trait OrIndexError<T> {
    fn or_index_error(self, message: &str) -> Result<T>;
}

impl<T, E: Into<Box<dyn std::error::Error + Send + Sync>>> OrIndexError<T>
    for std::result::Result<T, E>
{
    fn or_index_error(self, message: &str) -> Result<T> {
        self.map_err(|cause| index_error(message, cause))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lose_case_and_accents_and_keep_their_place() {
        let words = words_of("Le Communiqué, d’État");
        let folded: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
        assert_eq!(folded[..2], ["le", "communique"]);
        assert_eq!(words[1].range, 3..14);
        assert_eq!(folded[2..], ["d", "etat"]);
    }

    #[test]
    fn a_long_term_is_cut_on_a_character_boundary() {
        let term = "é".repeat(400);
        assert_eq!(index_term(&term).len(), MAX_TERM_BYTES);
        assert_eq!(index_term("state"), "state");
    }
}
