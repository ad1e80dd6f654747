//! Which fields a clause has in the index, and how words become index terms.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{PreTokenizedString, Token as IndexToken};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use crate::agreement::fold_name;
use crate::error::{Error, ErrorKind, Result};
use crate::language::Language;
use crate::term::Analyzer;

/// The version of the fields below and of what is put in them; an index of another is refused.
pub(crate) const SCHEMA_VERSION: &str = "consonance.index/1";

/// The longest term the index keeps, in bytes; the rest of a longer one is cut off, in clauses and
/// in queries alike.
///
/// The index below drops terms of 64 KiB without a word, and its own tokenizer already those of 40
/// bytes. Neither happens here: terms come from our analyzer and are cut to this length.
const MAX_TERM_BYTES: usize = 512;

/// The fields of a clause in the index.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    /// Terms of the analyzer, with positions.
    pub(crate) terms: Field,
    /// Whole words without case and accents, for prefixes.
    pub(crate) words: Field,
    /// Number of terms, which BM25 needs.
    pub(crate) n_terms: Field,
    pub(crate) clause_id: Field,
    pub(crate) text: Field,
    pub(crate) citation: Field,
    pub(crate) key: Field,
    pub(crate) label: Field,
    pub(crate) heading: Field,
    pub(crate) agreement_key: Field,
    pub(crate) agreement_name: Field,
    pub(crate) process: Field,
    pub(crate) year: Field,
    pub(crate) language: Field,
    /// Folded values, one term each, that field queries look through.
    pub(crate) folded_label: Field,
    pub(crate) folded_heading: Field,
    pub(crate) folded_agreement: Field,
    pub(crate) folded_process: Field,
}

/// Returns the schema and its fields.
pub(crate) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    // The tokenizer is never called: terms arrive ready made.
    let indexed_as = |record| {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("raw")
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
        clause_id: builder.add_u64_field("clause_id", FAST | INDEXED),
        text: builder.add_text_field("text", STORED),
        citation: builder.add_text_field("citation", STORED),
        key: builder.add_text_field("key", STRING | STORED),
        label: builder.add_text_field("label", STORED),
        heading: builder.add_text_field("heading", STORED),
        agreement_key: builder.add_text_field("agreement_key", STORED),
        agreement_name: builder.add_text_field("agreement_name", STORED),
        process: builder.add_text_field("process", STORED),
        year: builder.add_i64_field("year", INDEXED | FAST | STORED),
        language: builder.add_text_field("language", STRING | STORED),
        folded_label: builder.add_text_field("folded_label", STRING),
        folded_heading: builder.add_text_field("folded_heading", STRING),
        folded_agreement: builder.add_text_field("folded_agreement", STRING),
        folded_process: builder.add_text_field("folded_process", STRING),
    };
    (builder.build(), fields)
}

/// Returns the index form of a term: the term itself, cut to what the index keeps.
pub(crate) fn index_term(term: &str) -> &str {
    let end = term.floor_char_boundary(MAX_TERM_BYTES.min(term.len()));
    &term[..end]
}

/// Returns a name for look-up: without accents, case and punctuation, cut to what the index keeps.
pub(crate) fn index_name(name: &str) -> String {
    let folded = fold_name(name);
    index_term(&folded).trim_end().to_owned()
}

/// Returns a word without case and accents.
pub(crate) fn fold_word(word: &str) -> String {
    let folded: String = word
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect();
    index_term(&folded).to_owned()
}

/// A whole word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// The word without case and accents.
    pub(crate) folded: String,
    /// Its bytes in the text.
    pub(crate) range: std::ops::Range<usize>,
}

/// Returns the words of a text (Unicode Standard Annex 29), stop words among them; an apostrophe
/// parts two words, so that `intern*` finds "l'internet".
pub(crate) fn words_of(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    for (start, word) in text.unicode_word_indices() {
        let mut at = start;
        for part in word.split(['\'', '’']) {
            let part_start = at + text[at..].find(part).unwrap_or_default();
            at = part_start + part.len();
            words.push(Word {
                folded: fold_word(part),
                range: part_start..at,
            });
        }
    }
    words.retain(|word| !word.folded.is_empty());
    words
}

/// A text as the index takes it in.
#[derive(Clone, Debug)]
pub(crate) struct AnalyzedText {
    /// The terms, with positions.
    pub(crate) terms: PreTokenizedString,
    /// The whole words.
    pub(crate) words: PreTokenizedString,
}

/// Analyzes a clause's words in its own language.
pub(crate) fn analyze_text(analyzer: &Analyzer, text: &str, language: Language) -> AnalyzedText {
    let terms = analyzer
        .analyze_for_search(text, language)
        .into_iter()
        .map(|token| index_token(index_term(&token.term), token.range, token.position))
        .collect();
    let words = words_of(text)
        .into_iter()
        .enumerate()
        .map(|(position, word)| index_token(&word.folded, word.range, position))
        .collect();
    AnalyzedText {
        terms: pre_tokenized(terms),
        words: pre_tokenized(words),
    }
}

fn index_token(text: &str, range: std::ops::Range<usize>, position: usize) -> IndexToken {
    IndexToken {
        offset_from: range.start,
        offset_to: range.end,
        position,
        text: text.to_owned(),
        position_length: 1,
    }
}

fn pre_tokenized(tokens: Vec<IndexToken>) -> PreTokenizedString {
    // The index reads the tokens only; the text is stored in a field of its own.
    PreTokenizedString {
        text: String::new(),
        tokens,
    }
}

/// Returns what went wrong in the index library as an error of ours.
pub(crate) fn index_error(
    message: &str,
    cause: impl Into<Box<dyn std::error::Error + Send + Sync>>,
) -> Error {
    Error::new(ErrorKind::Index, message).caused_by(cause)
}

/// Turns a failure of the index library into an error of ours that says what was being done.
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
