//! The fields of a clause in the index, and how words become index terms.

use tantivy::IndexSettings;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

use crate::error::{Error, ErrorKind, Result};
use crate::index::store::ready::READY_TERMS;
use crate::words::{self, each_part, each_standard_word, fold_name};

/// The version of the fields and their content; an index of another version is refused.
pub(crate) const SCHEMA_VERSION: &str = "consonance.index/2";

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
    /// Whole words without case and accents, for patterns.
    pub(crate) words: Field,
    /// The number of terms, for BM25.
    pub(crate) n_terms: Field,
    /// The number of its agreement in this index.
    pub(crate) agreement: Field,
    /// Its position among the clauses of its agreement.
    pub(crate) place: Field,
    pub(crate) text: Field,
    pub(crate) citation: Field,
    pub(crate) key: Field,
    pub(crate) label: Field,
    pub(crate) heading: Field,
    pub(crate) language: Field,
    pub(crate) force: Field,
    pub(crate) addressee: Field,
    /// Folded values, one term each, for field queries.
    pub(crate) folded_label: Field,
    pub(crate) folded_heading: Field,
    pub(crate) folded_citation: Field,
}

/// Returns the schema and its fields.
pub(crate) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let indexed_as = |record| {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(READY_TERMS)
            .set_fieldnorms(false)
            .set_index_option(record);
        TextOptions::default().set_indexing_options(indexing)
    };
    let fields = Fields {
        terms: builder.add_text_field(
            "terms",
            indexed_as(IndexRecordOption::WithFreqsAndPositions),
        ),
        words: builder.add_text_field("words", indexed_as(IndexRecordOption::WithFreqs)),
        n_terms: builder.add_u64_field("n_terms", FAST),
        agreement: builder.add_u64_field("agreement", FAST | INDEXED),
        place: builder.add_u64_field("place", FAST),
        text: builder.add_text_field("text", STORED),
        citation: builder.add_text_field("citation", STORED),
        key: builder.add_text_field("key", STRING | STORED),
        label: builder.add_text_field("label", STORED),
        heading: builder.add_text_field("heading", STORED),
        language: builder.add_text_field("language", FAST),
        force: builder.add_text_field("force", FAST),
        addressee: builder.add_text_field("addressee", FAST),
        folded_label: builder.add_text_field("folded_label", STRING),
        folded_heading: builder.add_text_field("folded_heading", STRING),
        folded_citation: builder.add_text_field("folded_citation", STRING),
    };
    (builder.build(), fields)
}

/// Returns the settings of every index.
pub(crate) fn settings() -> IndexSettings {
    IndexSettings {
        docstore_blocksize: BYTES_A_BLOCK,
        ..IndexSettings::default()
    }
}

/// Returns the index form of a term: the term, truncated to the maximum length.
pub(crate) fn index_term(term: &str) -> &str {
    let end = term.floor_char_boundary(MAX_TERM_BYTES.min(term.len()));
    &term[..end]
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
